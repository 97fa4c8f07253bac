using Cronos;
using CustomerComm.App.Company;
using CustomerComm.App.Jobs;
using CustomerComm.App.Matters;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.App.Surveys;

/// <summary>When the surveys of a year are begun.</summary>
public sealed record SurveyOptions
{
    /// <summary>
    /// A cron expression of five fields in the company's time zone; another throws
    /// <see cref="CronFormatException"/>. Default 12 October, 9:00, after the holidays.
    /// </summary>
    public string Schedule
    {
        get;
        set
        {
            _ = CronExpression.Parse(value);
            field = value;
        }
    } = "0 9 12 10 *";
}

/// <summary>Begins the annual survey of every community: quality then owes sending it (4.5.6).</summary>
public sealed class AnnualSurveyJob(SurveyKind surveys, RulesBook book, SurveyOptions options) : IJob
{
    /// <inheritdoc/>
    public string Name => "annual-survey";

    /// <inheritdoc/>
    public string Summary => "Begins the year's opinion survey of every community, as a draft for quality.";

    /// <inheritdoc/>
    public JobPeriod Period => JobPeriod.Year;

    /// <inheritdoc/>
    public string Schedule => options.Schedule;

    /// <inheritdoc/>
    public async Task<JobReport> RunAsync(JobRun run, CancellationToken ct)
    {
        var begun = 0L;
        var done = 0L;
        foreach (var community in book.Directory.Communities)
        {
            if (await surveys.FindAsync(community.Id, run.First.Year, ct) is null
                && await surveys.BeginAsync(community.Id, run.First.Year, new Actor.System(), ct)
                    is MatterResult<Survey>.Done)
            {
                begun++;
            }

            run.Progress?.Report(new JobProgress(++done, book.Directory.Communities.Length));
        }

        return new JobReport(begun, $"{begun} surveys of {run.First.Year} begun");
    }
}
