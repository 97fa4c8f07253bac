using CustomerComm.App.Company;
using CustomerComm.App.Jobs;
using CustomerComm.App.Matters;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Reviews;

namespace CustomerComm.App.Reviews;

/// <summary>
/// Opens the review of the month that is over, one a community (4.5.4). A community whose month is not over yet in its
/// own time is left for the next run: it runs on three days in a row.
/// </summary>
public sealed class MonthlyReviewJob(ReviewKind reviews, RulesBook book) : IJob
{
    /// <inheritdoc/>
    public string Name => "monthly-review";

    /// <inheritdoc/>
    public string Summary => "Opens the review of last month's opinions, one for every community.";

    /// <inheritdoc/>
    public JobPeriod Period => JobPeriod.LastMonth;

    /// <inheritdoc/>
    public string Schedule => "20 8 1-3 * *";

    /// <inheritdoc/>
    public async Task<JobReport> RunAsync(JobRun run, CancellationToken ct)
    {
        var (open, none, early) = (0, 0, 0);
        var total = book.Directory.Communities.Length;
        foreach (var community in book.Directory.Communities)
        {
            var (_, end) = book.Current(community.Id).Calendar.Month(run.First.Year, run.First.Month);
            if (run.At < end)
                early++;
            else if (await reviews.OpenAsync(community.Id, run.First.Year, run.First.Month, ct) is null)
                none++;
            else
                open++;
            run.Progress?.Report(new JobProgress(open + none + early, total));
        }

        return new JobReport(
            open, $"{open} reviews of {run.First:yyyy-MM} are open or done, {none} communities without an opinion, "
            + $"{early} whose month is not over");
    }
}

/// <summary>
/// Publishes the reports of months whose review was closed, and tells the leader and quality (3.2, 4.5.4). A month that
/// is closed late is found for a year.
/// </summary>
public sealed class MonthlyReportJob(ReviewKind reviews, RulesBook book) : IJob
{
    private const int Back = 12;

    /// <inheritdoc/>
    public string Name => "monthly-report";

    /// <inheritdoc/>
    public string Summary => "Publishes the reports of closed months, and tells leader and quality.";

    /// <inheritdoc/>
    public JobPeriod Period => JobPeriod.LastMonth;

    /// <inheritdoc/>
    public string Schedule => "30 8 * * *";

    /// <inheritdoc/>
    public async Task<JobReport> RunAsync(JobRun run, CancellationToken ct)
    {
        var (published, waiting, done) = (0, 0, 0);
        foreach (var community in book.Directory.Communities)
        {
            for (var back = 0; back < Back; back++)
            {
                var month = run.First.AddMonths(-back);
                var stream = reviews.StreamOf(community.Id, month.Year, month.Month);
                done++;
                if (await reviews.LoadAsync(stream, ct) is not { State: { PublishedAt: null } review })
                    continue;
                if (review.Open)
                {
                    waiting++;
                    continue;
                }

                if (await reviews.HandleAsync(stream, new ReviewCommand.Publish(), new Actor.System(), null, ct)
                    is MatterResult<Review>.Done)
                {
                    published++;
                }
            }

            run.Progress?.Report(new JobProgress(done, (long)book.Directory.Communities.Length * Back));
        }

        return new JobReport(published, $"{published} reports published, {waiting} months still under review");
    }
}
