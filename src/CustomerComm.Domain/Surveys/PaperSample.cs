using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace CustomerComm.Domain.Surveys;

/// <summary>Which forms on paper quality compares with what was entered (4.5.6).</summary>
public static class PaperSample
{
    /// <summary>
    /// So many percent of them, but at least so many as far as there are. Drawn by digest, so that nobody can choose
    /// them and anybody can draw them again.
    /// </summary>
    public static ImmutableArray<string> Draw(ImmutableArray<string> papers, string survey, int percent, int least)
    {
        var size = Math.Min(papers.Length, Math.Max(least, ((papers.Length * percent) + 99) / 100));
        return
        [
            .. papers.Distinct(StringComparer.Ordinal)
                .OrderBy(
                    p => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(survey + "|" + p))),
                    StringComparer.Ordinal)
                .Take(size),
        ];
    }
}
