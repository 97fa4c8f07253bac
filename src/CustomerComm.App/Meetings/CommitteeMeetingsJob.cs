using CustomerComm.App.Jobs;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Meetings;

/// <summary>
/// On the first of the month: where a community's committee was not met for as many months as the policy allows, its
/// office is told to seek it out (4.5.5). Run for a month before, it does what it would have done then.
/// </summary>
public sealed class CommitteeMeetingsJob(MeetingKind meetings, CompanyDirectory directory) : IJob
{
    /// <inheritdoc/>
    public string Name => "committee-meetings";

    /// <inheritdoc/>
    public string Summary => "Seeks out the owners' committees that were not met for too long.";

    /// <inheritdoc/>
    public JobPeriod Period => JobPeriod.Day;

    /// <inheritdoc/>
    public string Schedule => "30 8 1 * *";

    /// <inheritdoc/>
    public async Task<JobReport> RunAsync(JobRun run, CancellationToken ct)
    {
        var sought = 0;
        foreach (var (i, community) in directory.Communities.Index())
        {
            if (await meetings.SeekAsync(community.Id, run.First, ct) is not null)
                sought++;
            run.Progress?.Report(new JobProgress(i + 1, directory.Communities.Length));
        }

        return new JobReport(sought, $"{sought} committees to be met, as of {run.First:yyyy-MM}");
    }
}
