using System.Globalization;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Surveys;

/// <summary>
/// A survey for management (3.2, 4.5.6), with last year's and the other communities' of the same year to compare with.
/// Read from the report tables alone. Shares 0 to 1.
/// </summary>
public sealed record SurveyReport(
    SurveyRow Survey, IReadOnlyList<SurveyResultRow> Results, IReadOnlyList<SurveyComparison> Years,
    IReadOnlyList<SurveyComparison> Communities);

/// <summary>Another survey to compare with: its row and its lines for whole questions.</summary>
public sealed record SurveyComparison(SurveyRow Survey, IReadOnlyList<SurveyResultRow> Questions);

/// <summary>Reads survey reports from the tables.</summary>
public sealed class SurveyReportReader(ITables tables, CompanyDirectory directory)
{
    private const int PageSize = 1_000;
    private const int MostYears = 5;

    /// <summary>The report of a community and year; null where there is no such survey.</summary>
    public async Task<SurveyReport?> ReadAsync(CommunityId community, int year, CancellationToken ct)
    {
        if (await RowAsync(community, year, ct) is not { } row)
            return null;
        var years = new List<SurveyComparison>();
        for (var y = year - MostYears + 1; y <= year; y++)
        {
            if (await ComparisonAsync(community, y, ct) is { } past)
                years.Add(past);
        }

        var others = new List<SurveyComparison>();
        foreach (var other in directory.Communities)
        {
            if (await ComparisonAsync(other.Id, year, ct) is { } found)
                others.Add(found);
        }

        return new SurveyReport(row, await tables.RowsAsync<SurveyResultRow>(row.Number, ct).ToListAsync(ct), years, others);
    }

    /// <summary>Surveys of a community, the latest first.</summary>
    public async Task<IReadOnlyList<SurveyRow>> ListAsync(CommunityId community, CancellationToken ct)
    {
        var page = await tables.Of<SurveyRow>().QueryAsync(community.Value, null, null, PageSize, null, ct);
        return [.. page.Rows.OrderByDescending(r => r.RowKey, StringComparer.Ordinal)];
    }

    private Task<SurveyRow?> RowAsync(CommunityId community, int year, CancellationToken ct) =>
        tables.Of<SurveyRow>().GetAsync(
            community.Value, year.ToString("D4", CultureInfo.InvariantCulture), ct);

    private async Task<SurveyComparison?> ComparisonAsync(CommunityId community, int year, CancellationToken ct)
    {
        if (await RowAsync(community, year, ct) is not { Answered: not null } row)
            return null;
        var lines = await tables.RowsAsync<SurveyResultRow>(row.Number, ct).ToListAsync(ct);
        return new SurveyComparison(row, [.. lines.Where(l => l.Building.Length == 0 && l.Option.Length == 0)]);
    }
}
