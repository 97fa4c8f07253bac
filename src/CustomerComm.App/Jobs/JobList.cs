using CustomerComm.App.Calls;
using CustomerComm.App.Ledger;
using CustomerComm.App.Meetings;
using CustomerComm.App.Privacy;
using CustomerComm.App.Pumping;
using CustomerComm.App.Reviews;
using CustomerComm.App.Revisits;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Jobs;

/// <summary>
/// All scheduled work of both hosts, and the only place that says when. A further job is an entry here and the method
/// that it runs.
/// </summary>
public sealed class JobList(
    Sweeper sweeper, NumberAudit numbers, OpenAudit open, LedgerAnchoring ledger, Witnessing witnesses,
    RosterKind rosters,
    CallFigures calls, Erasures erasures, AccessLog access,
    MeetingKind meetings, ReviewKind reviews, RevisitPlanning revisits, SurveyKind surveys,
    CompanyDirectory directory)
{
    /// <summary>The jobs.</summary>
    public IReadOnlyList<Job> All =>
    [
        new("sweep", "Moves and nudges everything that is overdue.", JobPeriod.Moment, "* * * * *",
            async (_, ct) => Count(await sweeper.NudgeAsync(ct), "streams were overdue")),
        new("number-audit", "Voids, in sight, every number that never became a complaint.",
            JobPeriod.Moment, "*/10 * * * *",
            async (_, ct) => Count(await numbers.RunAsync(ct), "numbers voided")),
        new("call-figures", "Counts the calls of this month and the last one for the report tables.",
            JobPeriod.Moment, "20 * * * *",
            (run, ct) => EachAsync(run, c => calls.WriteAsync(c, ct), "months of calls counted")),
        new("erasures", "Carries out the erasures of persons that two others agreed to.",
            JobPeriod.Moment, "*/10 * * * *",
            async (_, ct) => Count(await erasures.RunAsync(ct), "persons erased")),
        new("ledger-anchor", "Publishes the signed root over the heads of all streams.",
            JobPeriod.Day, "5 0 * * *",
            async (run, ct) => Count((await ledger.FollowAsync(run.First, ct)).Size, "heads in the tree")),
        new("ledger-witness", "Tells every witness outside the signed roots it was not told yet.",
            JobPeriod.Moment, "*/10 * * * *",
            async (_, ct) => Count(await witnesses.TellAsync(ct), "lines told")),
        new("access-log", "Removes who looked at complaints, once it was kept as long as the policy says.",
            JobPeriod.Day, "40 2 * * *",
            async (_, ct) => Count(await access.ClearAsync(ct), "looks removed")),
        new("duty-roster", "Finds gaps in the duty rosters of the coming days and alarms them.",
            JobPeriod.Day, "15 0 * * *",
            (run, ct) => EachAsync(
                run, async c => (await rosters.LookAheadAsync(c, ct)).Gaps.Count, "days of rosters are not covered")),
        new("open-audit", "Wakes whatever is open and has no time at which somebody looks at it.",
            JobPeriod.Day, "50 3 * * *",
            async (_, ct) => Count(await open.RunAsync(ct), "woken")),
        new("committee-meetings", "Seeks out the owners' committees that were not met for too long.",
            JobPeriod.Day, "30 8 1 * *",
            (run, ct) => EachAsync(
                run, async c => await meetings.SeekAsync(c, run.First, ct) is null ? 0 : 1, "committees to be met")),
        // On three days in a row, for communities whose month ends later than the company's.
        new("monthly-review", "Opens the review of last month's opinions, one for every community.",
            JobPeriod.LastMonth, "20 8 1-3 * *", reviews.OpenAsync),
        new("monthly-report", "Publishes the reports of closed months, and tells leader and quality.",
            JobPeriod.LastMonth, "30 8 * * *", reviews.PublishAsync),
        new("monthly-revisit",
            "Asks the residents of last month's repairs and closed complaints about quality and attitude.",
            JobPeriod.LastMonth, "0 9 2 * *", revisits.PlanAsync),
        // After the holidays.
        new("annual-survey", "Begins the year's opinion survey of every community, as a draft for quality.",
            JobPeriod.Year, "0 9 12 10 *",
            (run, ct) => EachAsync(
                run, async c => await surveys.BeginAsync(c, run.First.Year, ct) ? 1 : 0, "surveys begun")),
    ];

    private static JobReport Count(long done, string what) => new(done, $"{done} {what}");

    private async Task<JobReport> EachAsync(JobRun run, Func<CommunityId, Task<int>> work, string what)
    {
        var sum = 0L;
        foreach (var (i, community) in directory.Communities.Index())
        {
            sum += await work(community.Id);
            run.Progress?.Report(new JobProgress(i + 1, directory.Communities.Length));
        }

        return Count(sum, what);
    }
}
