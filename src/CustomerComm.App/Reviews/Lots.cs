using System.Security.Cryptography;
using System.Text;

namespace CustomerComm.App.Reviews;

/// <summary>
/// Draws what quality looks at of all that the system itself made no complaint of (4.5.4): the same whoever draws and
/// whenever, and nobody's choice.
/// </summary>
public static class Lots
{
    /// <summary>So many of a month and kind of source, or all where there are fewer.</summary>
    public const int Sample = 5;

    /// <summary>The sample of a month (<c>yyyy-MM</c>).</summary>
    public static IEnumerable<T> Draw<T>(IEnumerable<T> from, Func<T, string> number, string month) =>
        from.OrderBy(x => Lot(number(x), month), StringComparer.Ordinal).Take(Sample);

    private static string Lot(string number, string month) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{month}|{number}")));
}
