using CustomerComm.App.Complaints;
using CustomerComm.App.Jobs;
using CustomerComm.App.Ports;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Pumping;

/// <summary>A complaint whose wake-up was lost is found again, whatever lost it.</summary>
public sealed class OpenAuditTests
{
    [Fact]
    [Clause("4.6.2-1"), Clause("4.6.2-6")]
    public async Task Given_a_wake_up_was_lost_When_the_audit_comes_Then_the_lapse_is_told_after_all()
    {
        await using var app = await TestApp.StartAsync();
        var opened = await app.OpenAsync();
        await app.SweepAsync();
        var head = (await app.Get<IEventStore>().ReadHeadAsync(opened.Stream, CancellationToken.None))!;
        await app.Get<IEventStore>().SettleAsync(opened.Stream, head.Version, [], null, CancellationToken.None);
        app.Time.Advance(TimeSpan.FromHours(5));
        await app.SweepAsync();
        Assert.Empty((await app.Get<ComplaintKind>().LoadAsync(opened.Stream, CancellationToken.None))!.Tracked.Lapses);

        var report = await app.Get<JobRunner>().RunAsync("open-audit", null, null, CancellationToken.None);
        Assert.Equal(1, report.Done);
        Assert.NotEmpty((await app.Get<ComplaintKind>().LoadAsync(opened.Stream, CancellationToken.None))!.Tracked.Lapses);
        Assert.Equal(0, (await app.Get<JobRunner>().RunAsync("open-audit", null, null, CancellationToken.None)).Done);
    }
}
