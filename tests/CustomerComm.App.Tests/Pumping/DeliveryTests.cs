using CustomerComm.App.Complaints;
using CustomerComm.App.Ports;
using CustomerComm.Domain.Matters;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Pumping;

/// <summary>Messages are retried, and given up in sight.</summary>
public sealed class DeliveryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_the_provider_is_down_When_it_comes_back_Then_every_message_goes_out_once()
    {
        await using var app = await TestApp.StartAsync();
        app.Sms.Answer = _ => throw new HttpRequestException("down");
        await app.OpenAsync();
        await app.SweepAsync();
        Assert.Empty(app.Sms.Sent);
        app.Sms.Answer = _ => SendResult.Sent;
        app.Time.Advance(TimeSpan.FromSeconds(6));
        await app.SweepAsync();
        // To the duty post, to whoever it is assigned to, and to the office, which cooperates.
        Assert.Equal(3, app.Sms.Sent.Count);
        await app.SweepAsync();
        Assert.Equal(3, app.Sms.Sent.Count);
    }

    [Fact, Clause("4.6.1-2-G")]
    public async Task Given_a_phone_refuses_When_the_assignment_is_sent_Then_it_is_recorded_and_the_head_is_told()
    {
        await using var app = await TestApp.StartAsync();
        app.Sms.Answer = m => m.To == TestCompany.Engineer.Phone.Value
            ? new SendResult(SendOutcome.Refused, "no such number") : SendResult.Sent;
        var complaint = await app.OpenAsync();
        await app.SweepAsync();
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.EngineeringHead.Phone.Value);
        var loaded = await app.Get<ComplaintKind>().LoadAsync(complaint.Stream, Ct);
        var failed = Assert.Single(loaded!.Events.Select(e => e.Event).OfType<ObligationEvent.MessageFailed>());
        Assert.Equal("no such number", failed.Error);
    }

    [Fact]
    public async Task Given_it_never_works_When_days_pass_Then_it_is_given_up_after_the_last_attempt()
    {
        await using var app = await TestApp.StartAsync();
        var attempts = 0;
        app.Sms.Answer = m =>
        {
            if (m.To != TestCompany.Engineer.Phone.Value)
                return SendResult.Sent;
            attempts++;
            return new SendResult(SendOutcome.TryLater, "busy");
        };
        var complaint = await app.OpenAsync();
        for (var hour = 0; hour < 20 && attempts < 20; hour++)
        {
            await app.SweepAsync();
            app.Time.Advance(TimeSpan.FromHours(1));
        }

        var outbox = await app.Get<IEventStore>().ReadOutboxAsync(complaint.Stream, Ct, all: true);
        Assert.Contains(outbox, m => m.Status == DeliveryStatus.Dead && m.Attempts == 9);
    }
}
