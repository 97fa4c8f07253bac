using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Reports;

/// <summary>
/// What is against somebody stands in no report that they or those around them read, not even as a number
/// (4.6.1-2-D): only the unit that decides on it sees it there.
/// </summary>
public static class Guards
{
    /// <summary>The unit whose members alone see the matter in reports; empty where everybody does.</summary>
    public static string Of(IMatterState s) => s.Against.Count == 0 ? "" : s.Chief.ToString();

    /// <summary>True where a reader of this unit sees what is so guarded.</summary>
    public static bool Opens(string guard, Unit reader) => guard.Length == 0 || guard == reader.ToString();
}
