using CustomerComm.App.Jobs;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Calls;

/// <summary>Looks for gaps in the rosters of the coming days and alarms them (4.5.2).</summary>
public sealed class DutyRosterJob(RosterKind rosters, CompanyDirectory directory) : IJob
{
    /// <inheritdoc/>
    public string Name => "duty-roster";

    /// <inheritdoc/>
    public string Summary => "Finds gaps in the duty rosters of the coming days and alarms them.";

    /// <inheritdoc/>
    public JobPeriod Period => JobPeriod.Day;

    /// <inheritdoc/>
    public string Schedule => "15 0 * * *";

    /// <inheritdoc/>
    public async Task<JobReport> RunAsync(JobRun run, CancellationToken ct)
    {
        var gaps = 0L;
        var done = 0L;
        foreach (var community in directory.Communities)
        {
            gaps += (await rosters.LookAheadAsync(community.Id, ct)).Gaps.Count;
            run.Progress?.Report(new JobProgress(++done, directory.Communities.Length));
        }

        return new JobReport(gaps, $"{gaps} days of {directory.Communities.Length} rosters are not covered");
    }
}

/// <summary>Writes the monthly rows of calls: this month's and the last one's, of every community (4.5.2).</summary>
public sealed class CallFiguresJob(CallFigures figures, CompanyDirectory directory) : IJob
{
    /// <inheritdoc/>
    public string Name => "call-figures";

    /// <inheritdoc/>
    public string Summary => "Counts the calls of this month and the last one for the report tables.";

    /// <inheritdoc/>
    public JobPeriod Period => JobPeriod.Moment;

    /// <inheritdoc/>
    public string Schedule => "20 * * * *";

    /// <inheritdoc/>
    public async Task<JobReport> RunAsync(JobRun run, CancellationToken ct)
    {
        var done = 0L;
        foreach (var community in directory.Communities)
        {
            foreach (var month in figures.MonthsAround(community.Id))
            {
                await figures.WriteAsync(community.Id, month, ct);
                done++;
            }
        }

        return new JobReport(done, $"{done} months of calls counted");
    }
}
