using CustomerComm.App.Jobs;
using CustomerComm.App.Ports;
using CustomerComm.App.Privacy;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Privacy;

/// <summary>Who looked is on record for as long as the policy says, and nobody waits for it to be written.</summary>
public sealed class AccessLogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_looks_When_noted_Then_nothing_is_written_on_the_way_and_all_is_there_when_asked()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = (await app.OpenAsync()).State;
        var log = app.Get<AccessLog>();
        log.Note(complaint, TestCompany.HyDuty, AccessKind.Page);
        log.Note(complaint, TestCompany.HyDuty, AccessKind.Page);
        log.Note(complaint, TestCompany.QualityHead, AccessKind.Evidence);
        Assert.Empty(await app.Get<ITables>().Of<AccessRow>().ScanAsync(null, 10, Ct));
        app.Time.Advance(TimeSpan.FromMinutes(2));
        log.Note(complaint, TestCompany.HyDuty, AccessKind.Page);
        var rows = await log.OfAsync(complaint.Number, Ct);
        Assert.Equal(
            ["s-hy-duty Page Office Member", "s-hy-duty Page Office Member", "s-qua-head Evidence Quality Head"],
            rows.Select(r => $"{r.Staff} {r.What} {r.Unit} {r.Rank}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Given_more_than_is_written_together_When_flushed_by_many_at_once_Then_none_is_lost()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = (await app.OpenAsync()).State;
        var log = app.Get<AccessLog>();
        for (var i = 0; i < 450; i++)
        {
            log.Note(complaint, TestCompany.HyDuty, AccessKind.Page);
            app.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => log.FlushAsync(Ct), Ct)));
        Assert.Equal(450, (await log.OfAsync(complaint.Number, Ct)).Count);
    }

    [Fact]
    public async Task Given_looks_older_than_the_policy_keeps_When_the_job_runs_Then_those_go_once_and_the_others_stay()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = (await app.OpenAsync()).State;
        var log = app.Get<AccessLog>();
        log.Note(complaint, TestCompany.HyDuty, AccessKind.Page);
        await log.FlushAsync(Ct);
        Assert.Equal(0, await ClearAsync(app));
        app.Time.Advance(TimeSpan.FromDays(300));
        log.Note(complaint, TestCompany.HyGuard, AccessKind.Page);
        Assert.Single(await log.OfAsync(complaint.Number, Ct), r => r.Staff == "s-hy-duty");
        Assert.Equal(0, await ClearAsync(app));
        app.Time.Advance(TimeSpan.FromDays(66));
        Assert.Equal(1, await ClearAsync(app));
        Assert.Equal("s-hy-guard", Assert.Single(await log.OfAsync(complaint.Number, Ct)).Staff);
        Assert.Equal(0, await ClearAsync(app));
        // Both places of the one that stays, and neither of the other.
        Assert.Equal(2, (await app.Get<ITables>().Of<AccessRow>().ScanAsync(null, 10, Ct)).Count);
    }

    [Theory]
    [InlineData("s-qua-duty", true)]
    [InlineData("s-leader", true)]
    [InlineData("s-hy-manager", false)]
    [InlineData("s-eng-duty", false)]
    public async Task Given_somebody_of_staff_Then_only_quality_and_the_leader_see_who_looked(string who, bool may)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        Assert.Equal(may, Authority.MaySeeAccess(
            complaint.Tracked, TestCompany.Directory.Find(new StaffId(who))!, TestCompany.Directory));
    }

    private static async Task<long> ClearAsync(TestApp app) =>
        (await app.Get<JobRunner>().RunAsync("access-log", null, null, Ct)).Done;
}
