using System.Text;
using System.Text.RegularExpressions;

namespace CustomerComm.Testing;

/// <summary>A test, or a class of tests, that cites a clause.</summary>
public sealed record Citation(string Clause, string Project, string Test);

/// <summary>
/// Which tests cite which clause, read from the sources of all test projects, so that projects which are not built
/// together are seen too.
/// </summary>
public static partial class ProcedureCoverage
{
    /// <summary>Where the document lies, from the root of the repository.</summary>
    public const string Document = "docs/procedure-coverage.md";

    /// <summary>Setting this environment variable to 1 writes the document instead of comparing it.</summary>
    public const string Update = "CUSTOMERCOMM_UPDATE_DOCS";

    /// <summary>Every citation below <c>tests/</c>.</summary>
    public static IReadOnlyList<Citation> InRepository() =>
    [
        .. Repository.Files("tests", "*.cs").SelectMany(file => Read(
            Path.GetRelativePath(Path.Combine(Repository.Root, "tests"), file).Split(Path.DirectorySeparatorChar)[0],
            File.ReadAllText(file))),
    ];

    /// <summary>The citations of one source file: each belongs to the next class or method below it.</summary>
    public static IEnumerable<Citation> Read(string project, string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var type = "";
        var waiting = new List<string>();
        foreach (var line in source.Split('\n'))
        {
            var code = line.TrimStart();
            if (code.StartsWith("//", StringComparison.Ordinal))
                continue;
            if (code.StartsWith('['))
                waiting.AddRange(Cited().Matches(code).Select(m => m.Groups[1].Value));
            else if (Type().Match(code) is { Success: true } t)
                type = t.Groups[1].Value;
            else if (Method().Match(code) is { Success: true } m && waiting.Count > 0)
                type = type.Split('.')[0] + "." + m.Groups[1].Value;
            else
                continue;
            if (code.StartsWith('['))
                continue;
            foreach (var clause in waiting.Distinct(StringComparer.Ordinal))
                yield return new Citation(clause, project, type);
            waiting.Clear();
            type = type.Split('.')[0];
        }
    }

    /// <summary>The document, one row a clause.</summary>
    public static string Write(IEnumerable<Citation> citations)
    {
        var byClause = citations.ToLookup(c => c.Clause, StringComparer.Ordinal);
        var text = new StringBuilder()
            .Append("# Which tests hold which clause of the procedure\n\n")
            .Append("Generated from the `[Clause]` attributes of all tests; do not edit. ")
            .Append('`').Append(Update)
            .Append("=1 dotnet test --project tests/CustomerComm.Domain.Tests` writes it anew.\n\n")
            .Append("| clause | what it asks | tests |\n|---|---|---|\n");
        foreach (var clause in ProcedureClauses.All)
        {
            text.Append("| ").Append(clause.Number).Append(" | ").Append(clause.Title).Append(" | ")
                .Append(Tests(byClause[clause.Number])).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Tests(IEnumerable<Citation> citations)
    {
        var projects = citations.GroupBy(c => c.Project, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"**{g.Key}**: " + string.Join(
                ", ", g.Select(c => c.Test).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                    .Select(t => $"`{t}`")));
        var text = string.Join("<br>", projects);
        return text.Length == 0 ? "not yet" : text;
    }

    [GeneratedRegex("""\bClause\("([^"]*)"\)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Cited();

    [GeneratedRegex(@"^(?:[a-z]+ )*(?:class|record|struct) (\w+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Type();

    [GeneratedRegex(@"^(?:public|internal|private|protected)\b[^=;(]*?\b(\w+)\(", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Method();
}
