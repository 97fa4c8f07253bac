using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Telemetry;

namespace CustomerComm.App.Jobs;

/// <summary>
/// Nudges what is overdue, for hosts that pump one stream at a time: a nudge that was lost costs a minute.
/// </summary>
public sealed class SweepJob(IEventStore store, INudge nudge, Gauges gauges, TimeProvider time) : IJob
{
    /// <summary>How long a stream may be due before its nudge is taken for lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int MostNudges = 2_000;

    /// <inheritdoc/>
    public string Name => "sweep";

    /// <inheritdoc/>
    public string Summary => "Nudges everything that is overdue.";

    /// <inheritdoc/>
    public JobPeriod Period => JobPeriod.Moment;

    /// <inheritdoc/>
    public string Schedule => "* * * * *";

    /// <inheritdoc/>
    public async Task<JobReport> RunAsync(JobRun run, CancellationToken ct)
    {
        var heads = await store.DueAsync(time.Now() - Patience, MostNudges, ct);
        foreach (var head in heads)
            nudge.Nudge(head.Stream);
        Signals.Swept(heads.Count);
        await gauges.RefreshAsync(ct);
        return new JobReport(heads.Count, $"{heads.Count} streams nudged");
    }
}

/// <summary>Accounts for every number given out (4.6.2-1).</summary>
public sealed class NumberAuditJob(NumberAudit audit) : IJob
{
    /// <inheritdoc/>
    public string Name => "number-audit";

    /// <inheritdoc/>
    public string Summary => "Voids, in sight, every number that never became a case.";

    /// <inheritdoc/>
    public JobPeriod Period => JobPeriod.Moment;

    /// <inheritdoc/>
    public string Schedule => "*/10 * * * *";

    /// <inheritdoc/>
    public async Task<JobReport> RunAsync(JobRun run, CancellationToken ct)
    {
        var voided = await audit.RunAsync(ct);
        return new JobReport(voided, $"{voided} numbers voided");
    }
}

/// <summary>Gives whatever is open and was lost sight of its time again.</summary>
public sealed class OpenAuditJob(OpenAudit audit) : IJob
{
    /// <inheritdoc/>
    public string Name => "open-audit";

    /// <inheritdoc/>
    public string Summary => "Wakes whatever is open and has no time at which somebody looks at it.";

    /// <inheritdoc/>
    public JobPeriod Period => JobPeriod.Day;

    /// <inheritdoc/>
    public string Schedule => "50 3 * * *";

    /// <inheritdoc/>
    public async Task<JobReport> RunAsync(JobRun run, CancellationToken ct)
    {
        var woken = await audit.RunAsync(ct);
        return new JobReport(woken, $"{woken} woken");
    }
}

/// <summary>Publishes the ledger's anchor of the day.</summary>
public sealed class LedgerAnchorJob(LedgerAnchoring anchoring) : IJob
{
    /// <inheritdoc/>
    public string Name => "ledger-anchor";

    /// <inheritdoc/>
    public string Summary => "Publishes the signed root over the heads of all streams.";

    /// <inheritdoc/>
    public JobPeriod Period => JobPeriod.Day;

    /// <inheritdoc/>
    public string Schedule => "5 0 * * *";

    /// <inheritdoc/>
    public async Task<JobReport> RunAsync(JobRun run, CancellationToken ct)
    {
        var anchor = await anchoring.PublishAsync(run.First, ct);
        return new JobReport(anchor.Streams, $"{anchor.Streams} streams anchored for {anchor.Date:yyyy-MM-dd}");
    }
}
