using CustomerComm.App.Calls;
using CustomerComm.App.Meetings;
using CustomerComm.App.Notices;
using CustomerComm.App.Orders;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.App.Revisits;
using CustomerComm.App.Surveys;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Reports;

/// <summary><c>docs/tables.md</c> tells every column, and no column that is not there.</summary>
public sealed class TablesDocumentTests
{
    [Theory]
    [InlineData(typeof(ComplaintRow))]
    [InlineData(typeof(StepRow))]
    [InlineData(typeof(ObligationRow))]
    [InlineData(typeof(SurveyRow))]
    [InlineData(typeof(SurveyResultRow))]
    [InlineData(typeof(SurveyAnswerRow))]
    [InlineData(typeof(SurveyPassRow))]
    [InlineData(typeof(ConformityRow))]
    [InlineData(typeof(PlaceRow))]
    [InlineData(typeof(App.Reviews.ReviewRow))]
    [InlineData(typeof(App.Reviews.MonthRow))]
    [InlineData(typeof(ContactRow))]
    [InlineData(typeof(CallRow))]
    [InlineData(typeof(CallMonthRow))]
    [InlineData(typeof(OrderRow))]
    [InlineData(typeof(OrderListRow))]
    [InlineData(typeof(OrderLinkRow))]
    [InlineData(typeof(ClosedRow))]
    [InlineData(typeof(RevisitRow))]
    [InlineData(typeof(RevisitSampleRow))]
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
