namespace CustomerComm.Web.Matters;

/// <summary>Ids of matters as they stand in addresses.</summary>
internal static class MatterIds
{
    private const int Longest = 80;

    /// <summary>True where it can be part of a stream's id: nothing else is ever looked up in a store.</summary>
    public static bool IsSound(string id) =>
        id.Length is > 0 and <= Longest && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
