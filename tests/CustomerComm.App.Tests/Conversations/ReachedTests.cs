using System.Text;
using CustomerComm.App.Conversations;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>Chat services that bring messages are sent the replies; pages that fetch them find them.</summary>
public sealed class ReachedTests
{
    private const string Address = "msteams:19:abc";
    private const string Reference = """{"user":{"id":"29:1x","name":"王芳"},"serviceUrl":"https://service.example/"}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_a_chat_When_its_writer_can_be_reached_Then_replies_are_sent_else_they_lie_there(bool reached)
    {
        await using var app = await TestApp.StartAsync();
        var streams = app.Get<ConversationStreams>();
        if (reached)
            await streams.ReachAsync(Address, Reference, Ct);
        await streams.SaveAsync(Channel.Chat, Address, "m1", "三号楼的电梯坏了三天，没人来修", _ => null, Ct);
        var stream = streams.StreamOf(Channel.Chat, Address);
        await app.Get<Pump>().AdvanceAsync(stream, Ct);
        var lines = (await streams.LoadAsync(stream, Ct))!.Lines.ConvertAll(l => l.Event);
        var reply = Assert.Single(lines.OfType<ConversationEvent.Handled>()).Replies[^1];
        var sent = lines.OfType<ConversationEvent.Told>().Select(t => t.Text.Value).ToList();
        Assert.Equal(reached ? [reply.Text.Value] : [], sent);
    }

    [Fact]
    public async Task Given_how_a_writer_is_reached_When_kept_Then_once_and_sealed_and_the_latest_counts()
    {
        await using var app = await TestApp.StartAsync();
        var streams = app.Get<ConversationStreams>();
        await streams.ReachAsync(Address, "old", Ct);
        await streams.ReachAsync(Address, Reference, Ct);
        await streams.ReachAsync(Address, Reference, Ct);
        var stream = streams.StreamOf(Channel.Chat, Address);
        var events = await app.Get<IEventStore>().ReadAsync(stream, 0, Ct);
        Assert.Equal(["Begun", "Reached", "Reached"], events.Select(e => e.Type));
        Assert.All(events, e => Assert.DoesNotContain(
            "service.example", Encoding.UTF8.GetString(e.Payload.Span), StringComparison.Ordinal));
        Assert.Equal(Reference, (await streams.LoadAsync(stream, Ct))!.Reference);
    }
}
