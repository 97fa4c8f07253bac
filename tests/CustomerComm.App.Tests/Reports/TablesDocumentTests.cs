using CustomerComm.App.Calls;
using CustomerComm.App.Jobs;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.App.Privacy;
using CustomerComm.App.Pumping;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Reports;

/// <summary><c>docs/tables.md</c> tells every column, and no column that is not there.</summary>
public sealed class TablesDocumentTests
{
    /// <summary>Tables that only the program itself reads.</summary>
    private static readonly Type[] s_own =
    [
        typeof(CallerRow), typeof(JobRow), typeof(NumberAuditRow), typeof(WitnessRow), typeof(DataRequestLinkRow),
        typeof(AccessClearedRow),
    ];

    public static TheoryData<Type> Rows =>
    [
        .. typeof(ITableRow).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(ITableRow)))
            .Except(s_own),
    ];

    [Theory, MemberData(nameof(Rows))]
    public void Given_a_table_When_the_document_is_read_Then_it_tells_exactly_its_columns(Type row)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "tables.md"));
        var heading = $"## {row.Name[..^3]}\n";
        var start = text.IndexOf(heading, StringComparison.Ordinal);
        Assert.True(start >= 0, $"no section '{heading.Trim()}'");
        var end = text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        var told = text[start..(end < 0 ? text.Length : end)].Split('\n')
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| column", StringComparison.Ordinal))
            .Select(l => l.Split('|')[1].Trim());
        Assert.Equal(row.GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }
}
