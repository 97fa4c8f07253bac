using CustomerComm.App.Pumping;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Pumping;

/// <summary>What the sweep does for hosts that pump one stream at a time.</summary>
public sealed class SweeperTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact, Clause("4.6.2-6")]
    public async Task Given_nobody_moves_a_complaint_When_it_is_overdue_Then_the_sweep_itself_sends_what_is_owed()
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync();
        Assert.Equal(0, await app.Get<Sweeper>().NudgeAsync(Ct));
        Assert.Empty(app.Sms.Sent);

        app.Time.Advance(Sweeper.Patience);
        Assert.Equal(1, await app.Get<Sweeper>().NudgeAsync(Ct));
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.Engineer.Phone.Value);
        var sent = app.Sms.Sent.Count;
        Assert.Equal(0, await app.Get<Sweeper>().NudgeAsync(Ct));
        Assert.Equal(sent, app.Sms.Sent.Count);
    }
}
