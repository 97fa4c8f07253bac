using System.Globalization;
using CustomerComm.App.Company;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;

namespace CustomerComm.App.Calls;

/// <summary>A community's month of calls, for the page and <c>GET /api/reports/calls</c> (4.5.2).</summary>
public sealed record CallReportMonth(
    string Community, string CommunityName, string Month, DateTimeOffset From, DateTimeOffset To,
    DateTimeOffset MadeAt, int Calls, int Answered, int InTime, int Unknown, int Missed, int CalledBackInTime,
    int CalledBackLate, int Owed, int Withheld, double? Share);

/// <summary>Counts calls (4.5.2).</summary>
public sealed class CallFigures(ITables tables, RulesBook book, TimeProvider time)
{
    /// <summary>Counts a community's month.</summary>
    public async Task<CallReportMonth> MonthAsync(CommunityId id, int year, int month, CancellationToken ct)
    {
        var community = book.Directory.Find(id) ?? throw new ArgumentException($"No community '{id}'.", nameof(id));
        var (from, to) = book.Current(id).Calendar.Month(year, month);
        var name = from.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var row = await CountAsync(id, name, ct);
        return new CallReportMonth(
            id.Value, community.Name, name, from, to, time.Now(), row.Calls, row.Answered, row.InTime, row.Unknown,
            row.Missed, row.CalledBackInTime, row.CalledBackLate, row.Owed,
            row.Withheld, row.Share);
    }

    /// <summary>Writes the rows of this month and the last one as their calls are now; returns how many.</summary>
    public async Task<int> WriteAsync(CommunityId id, CancellationToken ct)
    {
        var today = book.Current(id).Calendar.LocalDate(time.Now());
        foreach (var day in (DateOnly[])[today.AddMonths(-1), today])
        {
            var row = await CountAsync(id, day.ToString("yyyy-MM", CultureInfo.InvariantCulture), ct);
            await tables.Of<CallMonthRow>().WriteAsync([row], [], row.Version, ct);
        }

        return 2;
    }

    private async Task<CallMonthRow> CountAsync(CommunityId id, string month, CancellationToken ct)
    {
        var rows = await tables.RowsAsync<CallRow>(Months.PartitionOf(id, month), ct)
            .Where(r => r is { Way: nameof(Domain.Calls.CallWay.In), Internal: false }).ToListAsync(ct);
        var inTime = rows.Count(r => r.InTime == true);
        var unknown = rows.Count(r => r is { Missed: false, InTime: null });
        var known = rows.Count - unknown;
        return new CallMonthRow
        {
            PartitionKey = id.Value,
            RowKey = month,
            Version = time.Now().ToUnixTimeMilliseconds(),
            Calls = rows.Count,
            Answered = rows.Count(r => !r.Missed),
            InTime = inTime,
            Unknown = unknown,
            Missed = rows.Count(r => r.Missed),
            CalledBackInTime = rows.Count(r => r.CallBackDue is { } due && r.CalledBackAt <= due),
            CalledBackLate = rows.Count(r => r.CallBackDue is { } due && r.CalledBackAt > due),
            Owed = rows.Count(r => r is { CallBackDue: not null, CalledBackAt: null }),
            Withheld = rows.Count(r => r is { Missed: true, CallBackDue: null }),
            Share = known == 0 ? null : (double)inTime / known,
        };
    }
}
