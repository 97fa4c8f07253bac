using System.Security.Cryptography;
using System.Text;
using CustomerComm.Domain.Revisits;

namespace CustomerComm.App.Revisits;

/// <summary>
/// Picks the items of a month: of each handler the set share, at least the set number. Which ones follows from a hash
/// of number and month, so nobody chooses them and a second run picks the same.
/// </summary>
public static class RevisitSample
{
    /// <summary>The picked ones, in order of their hash.</summary>
    public static IReadOnlyList<ClosedRow> Pick(
        IReadOnlyCollection<ClosedRow> items, string month, RevisitLimits limits)
    {
        var percent = Math.Clamp(limits.SamplePercent, 1, 100);
        return
        [
            .. items.GroupBy(i => i.Handler, StringComparer.Ordinal)
                .SelectMany(g =>
                {
                    var of = g.Select(i => (Item: i, Rank: Rank(i.RowKey, month)))
                        .OrderBy(x => x.Rank, StringComparer.Ordinal).ToList();
                    var wanted = Math.Max(limits.LeastPerHandler, ((of.Count * percent) + 99) / 100);
                    return of.Take(wanted);
                })
                .OrderBy(x => x.Rank, StringComparer.Ordinal).Select(x => x.Item),
        ];
    }

    /// <summary>SHA-256 of month and number, lower-case hex: its beginning names the revisit's stream too.</summary>
    public static string Rank(string number, string month) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{month}|{number}")));
}
