using CustomerComm.App.Meetings;
using CustomerComm.App.Notices;
using CustomerComm.App.Reports;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Reports;

/// <summary><c>docs/tables.md</c> tells every column, and no column that is not there.</summary>
public sealed class TablesDocumentTests
{
    [Theory]
    [InlineData(typeof(ComplaintRow))]
    [InlineData(typeof(StepRow))]
    [InlineData(typeof(DutyRow))]
    [InlineData(typeof(NoticeRow))]
    [InlineData(typeof(NoticeDeliveryRow))]
    [InlineData(typeof(NoticeReceiptRow))]
    [InlineData(typeof(NoticeSubscriberRow))]
    [InlineData(typeof(MeetingRow))]
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
