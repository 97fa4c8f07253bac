using CustomerComm.App.Conversations;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>Streams of conversations as they are read and written.</summary>
public sealed class ConversationStreamsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_an_event_of_an_unknown_type_When_read_Then_stream_event_and_type_are_named()
    {
        await using var app = await TestApp.StartAsync();
        var streams = app.Get<ConversationStreams>();
        var begun = await streams.BeginAsync(Channel.Chat, "c1", Ct);
        await app.Get<IEventStore>().AppendAsync(
            new Append(
                begun.Stream, 1, app.Time.GetUtcNow(), [new NewEvent("Whispered", new byte[2])], [], [], null, false),
            Ct);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => streams.LoadAsync(begun.Stream, Ct));
        Assert.Equal($"Stream {begun.Stream}, event 2: unknown type 'Whispered'.", error.Message);
    }

    [Theory]
    [InlineData("灯坏了\0{half}", "灯坏了\ufffd\ufffd")]
    [InlineData("tab\tand\r\nline 😀", "tab\tand\r\nline 😀")]
    public async Task Given_a_message_with_what_is_no_text_When_saved_Then_the_rest_of_it_is_kept(
        string text, string expected)
    {
        await using var app = await TestApp.StartAsync();
        var streams = app.Get<ConversationStreams>();
        // Half a pair cannot stand in an attribute.
        var sent = text.Replace("{half}", "\ud800", StringComparison.Ordinal);
        Assert.True(await streams.SaveAsync(Channel.Chat, "c1", "m1", sent, _ => null, Ct));
        var kept = await streams.LoadAsync(streams.StreamOf(Channel.Chat, "c1"), Ct);
        var incoming = Assert.IsType<ConversationEvent.Incoming>(kept!.Lines[^1].Event);
        Assert.Equal(expected, incoming.Text.Value);
    }

    [Fact]
    public async Task Given_a_long_text_message_When_it_is_cut_within_a_pair_Then_no_half_is_left()
    {
        await using var app = await TestApp.StartAsync();
        var streams = app.Get<ConversationStreams>();
        var text = new string('a', 9_999) + "😀";
        await streams.SaveAsync(Channel.Sms, TestCompany.ResidentPhone, "m1", text, _ => null, Ct);
        var kept = await streams.LoadAsync(streams.StreamOf(Channel.Sms, TestCompany.ResidentPhone), Ct);
        var incoming = Assert.IsType<ConversationEvent.Incoming>(kept!.Lines[^1].Event);
        Assert.Equal(new string('a', 9_999) + '\ufffd', incoming.Text.Value);
    }
}
