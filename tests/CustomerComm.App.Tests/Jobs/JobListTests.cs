using System.Text.RegularExpressions;
using CustomerComm.App.Jobs;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Jobs;

/// <summary>The one list of jobs, and that nothing else says when they run.</summary>
public sealed partial class JobListTests
{
    private static readonly CancellationToken s_ct = CancellationToken.None;

    [Fact]
    public async Task Given_the_list_Then_names_are_unique_and_every_job_comes_round_within_400_days()
    {
        await using var app = await TestApp.StartAsync();
        var jobs = app.Get<JobList>().All;
        Assert.Equal(jobs.Count, jobs.Select(j => j.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(jobs.Count, app.Get<JobRunner>().Jobs.Count);
        Assert.All(jobs, j =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", j.Name);
            Assert.EndsWith(".", j.Summary, StringComparison.Ordinal);
        });
        Assert.Equal(new JobTally(jobs.Count, 0), await app.Get<JobRunner>().RunDueAsync(s_ct));
        app.Time.Advance(TimeSpan.FromDays(400));
        var tally = await app.Get<JobRunner>().RunDueAsync(s_ct);
        Assert.Equal(0, tally.Failed);
        Assert.True(tally.Ran >= jobs.Count, $"only {tally.Ran} runs");
    }

    /// <summary>They differed: 0:05 here, 15:30 UTC in a README, 16:10 UTC among the parameters.</summary>
    [Fact]
    public void Given_documents_and_parameters_Then_no_time_of_a_job_stands_there()
    {
        var places = Repository.Files("infra", "*.bicep*").Concat(Repository.Files("infra", "*.md"))
            .Concat(Repository.Files("docs", "*.md")).Concat(Repository.Files("src", "*.md"))
            .Append(Path.Combine(Repository.Root, "README.md")).ToList();
        Assert.True(places.Count > 20, $"only {places.Count} files");
        Assert.All(places, file => Assert.DoesNotMatch(Cron(), File.ReadAllText(file)));
    }

    [Theory]
    [InlineData("0 9 2 * *")]
    [InlineData("'30 */10 * * * *'")]
    [InlineData("`0 20 0 1-3 * *`")]
    [InlineData("\"0 0 1 12 10 *\"")]
    public void Given_a_time_Then_it_would_be_seen(string text) => Assert.Matches(Cron(), text);

    [Fact]
    public async Task Given_a_document_that_names_jobs_Then_the_list_has_them()
    {
        await using var app = await TestApp.StartAsync();
        var row = File.ReadLines(Path.Combine(Repository.Root, "README.md"))
            .Single(l => l.Contains("`job NAME", StringComparison.Ordinal));
        var named = Named().Matches(row).Select(m => m.Groups["name"].Value).ToList();
        Assert.True(named.Count >= 3, row);
        Assert.All(named, n => Assert.Contains(n, app.Get<JobRunner>().Jobs.Keys));
    }

    [Fact]
    public async Task Given_a_day_was_missed_and_a_later_one_anchored_by_hand_When_due_Then_the_anchors_go_on()
    {
        await using var app = await TestApp.StartAsync();
        await app.Get<JobRunner>().RunDueAsync(s_ct);
        app.Time.Advance(TimeSpan.FromDays(2));
        await app.Get<LedgerAnchoring>().PublishAsync(new DateOnly(2026, 3, 4), s_ct);
        Assert.Equal(0, (await app.Get<JobRunner>().RunDueAsync(s_ct)).Failed);
        app.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await app.Get<JobRunner>().RunDueAsync(s_ct)).Failed);
        Assert.Equal(
            new DateOnly(2026, 3, 5), (await app.Get<IAnchorStore>().FindLatestAsync(s_ct))!.Anchor.Date);
    }

    /// <summary>Five fields or more of which one is a star.</summary>
    [GeneratedRegex(@"(?=[0-9 ]*[0-9*,/ -]*\*)(?:[0-9*][0-9*,/-]*[ ]){4,5}[0-9*][0-9*,/-]*", RegexOptions.None, 1000)]
    private static partial Regex Cron();

    [GeneratedRegex("`(?<name>[a-z]+-[a-z]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
