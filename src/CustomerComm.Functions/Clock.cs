using CustomerComm.App.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CustomerComm.Functions;

/// <summary>
/// What must be done by the clock. Times are settings, in UTC: <c>{second} {minute} {hour} {day} {month} {weekday}</c>.
/// </summary>
public sealed class Clock(JobRunner jobs, Nudges nudges)
{
    /// <summary>Jobs with a timer of their own; <see cref="Upkeep"/> runs the others when their time has come.</summary>
    public static IReadOnlyList<string> Timed { get; } =
    [
        "sweep", "number-audit", "ledger-anchor", "monthly-revisit",
        "monthly-review", "monthly-report", "annual-survey",
    ];

    /// <summary>Nudges what is overdue.</summary>
    [Function(nameof(Sweep))]
    public Task Sweep(
        [TimerTrigger("%Schedule_Sweep%")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken ct) => RunAsync("sweep", client, ct);

    /// <summary>Accounts for the numbers given out (4.6.2-1).</summary>
    [Function(nameof(NumberAudit))]
    public Task NumberAudit(
        [TimerTrigger("%Schedule_NumberAudit%")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken ct) => RunAsync("number-audit", client, ct);

    /// <summary>Publishes the day's anchor of the ledger.</summary>
    [Function(nameof(LedgerAnchor))]
    public Task LedgerAnchor(
        [TimerTrigger("%Schedule_LedgerAnchor%")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken ct) => RunAsync("ledger-anchor", client, ct);

    /// <summary>Revisits last month's repairs and complaints (4.5.3).</summary>
    [Function(nameof(MonthlyRevisit))]
    public Task MonthlyRevisit(
        [TimerTrigger("%Schedule_MonthlyRevisit%")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken ct) => RunAsync("monthly-revisit", client, ct);

    /// <summary>Opens the review of last month's opinions (4.5.4).</summary>
    [Function(nameof(MonthlyReview))]
    public Task MonthlyReview(
        [TimerTrigger("%Schedule_MonthlyReview%")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken ct) => RunAsync("monthly-review", client, ct);

    /// <summary>Publishes the report of months that were closed (3.2).</summary>
    [Function(nameof(MonthlyReport))]
    public Task MonthlyReport(
        [TimerTrigger("%Schedule_MonthlyReport%")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken ct) => RunAsync("monthly-report", client, ct);

    /// <summary>Begins the survey of the year (4.5.6).</summary>
    [Function(nameof(AnnualSurvey))]
    public Task AnnualSurvey(
        [TimerTrigger("%Schedule_AnnualSurvey%")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken ct) => RunAsync("annual-survey", client, ct);

    /// <summary>Runs every other job whose time has come, and makes up for times that were missed.</summary>
    [Function(nameof(Upkeep))]
    public Task Upkeep(
        [TimerTrigger("%Schedule_Upkeep%")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken ct)
    {
        nudges.Use(client);
        return jobs.RunDueAsync(ct, j => !Timed.Contains(j.Name, StringComparer.Ordinal));
    }

    private Task RunAsync(string job, DurableTaskClient client, CancellationToken ct)
    {
        nudges.Use(client);
        return jobs.RunAsync(job, null, null, ct);
    }
}
