using CustomerComm.App.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CustomerComm.Functions;

/// <summary>
/// What must be done by the clock. Times are settings, in UTC: <c>{second} {minute} {hour} {day} {month} {weekday}</c>.
/// </summary>
public sealed class Clock(Jobs jobs, Nudges nudges)
{
    /// <summary>Nudges what is overdue.</summary>
    [Function(nameof(Sweep))]
    public Task Sweep(
        [TimerTrigger("%Schedule_Sweep%")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken ct) => RunAsync(Jobs.Sweep, client, ct);

    /// <summary>Accounts for the numbers given out (4.6.2-1).</summary>
    [Function(nameof(NumberAudit))]
    public Task NumberAudit(
        [TimerTrigger("%Schedule_NumberAudit%")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken ct) => RunAsync(Jobs.AuditNumbers, client, ct);

    /// <summary>Publishes the day's anchor of the ledger.</summary>
    [Function(nameof(LedgerAnchor))]
    public Task LedgerAnchor(
        [TimerTrigger("%Schedule_LedgerAnchor%")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken ct) => RunAsync(Jobs.AnchorLedger, client, ct);

    private Task RunAsync(string job, DurableTaskClient client, CancellationToken ct)
    {
        nudges.Use(client);
        return jobs.RunAsync(job, ct);
    }
}
