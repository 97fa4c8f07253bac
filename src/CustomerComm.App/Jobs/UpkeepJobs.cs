using CustomerComm.App.Ledger;
using CustomerComm.App.Pumping;

namespace CustomerComm.App.Jobs;

/// <summary>
/// Finds what is due and pumps it: the watchdog behind lost nudges, for hosts without a pump service of their own.
/// </summary>
public sealed class SweepJob(Sweeper sweeper) : IJob
{
    /// <inheritdoc/>
    public string Name => "sweep";

    /// <inheritdoc/>
    public string Summary => "Moves everything that is due.";

    /// <inheritdoc/>
    public JobPeriod Period => JobPeriod.Moment;

    /// <inheritdoc/>
    public string Schedule => "* * * * *";

    /// <inheritdoc/>
    public async Task<JobReport> RunAsync(JobRun run, CancellationToken ct)
    {
        var moved = await sweeper.RunAsync(ct);
        return new JobReport(moved, $"{moved} streams moved");
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
        ArgumentNullException.ThrowIfNull(run);
        var anchor = await anchoring.PublishAsync(run.First, ct);
        return new JobReport(anchor.Streams, $"{anchor.Streams} streams anchored for {anchor.Date:yyyy-MM-dd}");
    }
}
