using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CustomerComm.Simulation;

/// <summary>The counted part of docs/cost.md, between two marks; the rest of the document is written by hand.</summary>
internal sealed partial class CostDocument(IReadOnlyDictionary<Transaction, int> counts, int complaints)
{
    private const string Begin = "<!-- counted: begin -->";
    private const string End = "<!-- counted: end -->";

    /// <summary>The document.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "docs", "cost.md");

    /// <summary>Transactions a complaint, all tables together.</summary>
    public double PerComplaint => counts.Values.Sum() / (double)complaints;

    /// <summary>The number that the committed document gives, or null.</summary>
    public static double? Committed()
    {
        var all = File.Exists(Path) ? Total().Match(File.ReadAllText(Path)) : Match.Empty;
        return all.Success ? double.Parse(all.Groups["n"].Value, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>One row a table and operation.</summary>
    public string Table()
    {
        var text = new StringBuilder("| table | operation | transactions a complaint |\n|---|---|---:|\n");
        foreach (var (t, n) in counts.OrderBy(c => c.Key.Table, StringComparer.Ordinal)
            .ThenBy(c => c.Key.Operation, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {t.Table} | {t.Operation} | {n / (double)complaints:F2} |\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"| **all** | | **{PerComplaint:F2}** |\n").ToString();
    }

    /// <summary>Puts the table in place of the one before.</summary>
    public void Write()
    {
        var text = File.ReadAllText(Path);
        var from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = text.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(Path, string.Create(
            CultureInfo.InvariantCulture, $"{text[..from]}\n{complaints} complaints:\n\n{Table()}{text[to..]}"));
    }

    [GeneratedRegex(@"\| \*\*all\*\* \| \| \*\*(?<n>[0-9.]+)\*\* \|", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Total();
}
