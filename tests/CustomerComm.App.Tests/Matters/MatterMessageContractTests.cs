using System.Collections.Concurrent;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.App.Tests.Matters.Lives;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Matters;

/// <summary>Messages of every kind of matter: lost ones are reported, repeated ones are known.</summary>
public sealed class MatterMessageContractTests
{
    private static readonly CancellationToken s_ct = CancellationToken.None;

    [Theory, MemberData(nameof(MatterLives.Names), MemberType = typeof(MatterLives))]
    [Clause("4.6.1-2-G")]
    public async Task Given_phones_refuse_all_When_told_Then_each_loss_is_recorded_and_told_once(string name)
    {
        await using var app = await MatterLives.StartAsync();
        var life = MatterLives.Of(name);
        app.Sms.Answer = _ => new SendResult(SendOutcome.Refused, "unknown number");
        await MatterLives.LiveAsync(app, life);
        var m = (await life.SeeAsync(app))!;
        var outbox = await app.Get<IEventStore>().ReadOutboxAsync(life.Stream(app), s_ct, all: true);
        Assert.DoesNotContain(outbox, o => o.Status == DeliveryStatus.Pending);
        var failed = m.Events.Where(e => e.Event is ObligationEvent.MessageFailed)
            .Select(e => (e.Version, Of: (ObligationEvent.MessageFailed)e.Event)).ToList();
        Assert.Equal(
            outbox.Where(o => o.Status == DeliveryStatus.Dead).Select(o => o.Id).Order(StringComparer.Ordinal),
            failed.Select(f => f.Of.MessageId).Order(StringComparer.Ordinal));
        foreach (var (version, of) in failed)
        {
            var told = outbox.Where(o => MatterLives.VersionOf($"{o.Stream}/{o.Id}", o.Stream) == version).ToList();
            if (of.Template == "MessageFailed" || !m.TellsLosses)
            {
                Assert.Empty(told);
                continue;
            }

            var message = (OutgoingMessage)await app.Get<SealedJson>().ReadAsync(
                Assert.Single(told).Payload, typeof(OutgoingMessage), s_ct);
            Assert.Equal("MessageFailed", message.Template);
            Assert.Equal(Rank.Head, TestCompany.Directory.FindStaff(PhoneNumber.Create(message.To.Value))!.Rank);
        }
    }

    [Theory, MemberData(nameof(MatterLives.Names), MemberType = typeof(MatterLives))]
    public async Task Given_an_answer_was_lost_When_a_message_is_sent_again_Then_it_is_owed_as_before(string name)
    {
        await using var app = await MatterLives.StartAsync();
        var life = MatterLives.Of(name);
        var attempts = new ConcurrentQueue<ReadyMessage>();
        var known = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        app.Sms.Answer = m =>
        {
            attempts.Enqueue(m);
            return known.TryAdd(m.Id, true) ? new SendResult(SendOutcome.TryLater, "no answer") : SendResult.Sent;
        };
        await MatterLives.LiveAsync(app, life, after: async _ =>
            await MatterLives.UntilAsync(app, app.Time.GetUtcNow().AddSeconds(7)));
        var stream = life.Stream(app);
        var events = (await life.SeeAsync(app))!.Events;
        var own = attempts.Where(a => MatterLives.VersionOf(a.Id, stream) > 0)
            .ToLookup(a => a.Id, StringComparer.Ordinal);
        Assert.Equal(life.Prefix is "notice" or "chatnotices" || name == "post, chat", own.Count == 0);
        foreach (var message in own)
        {
            Assert.Equal(2, message.Count());
            Assert.All(message, a => Assert.Equal(events[(int)MatterLives.VersionOf(a.Id, stream) - 1].At, a.Owed));
        }
    }
}
