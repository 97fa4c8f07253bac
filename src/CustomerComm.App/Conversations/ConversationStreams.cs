using System.Collections.Immutable;
using BitFaster.Caching.Lru;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Conversations;

/// <summary>What has happened in a conversation. Stored types, as the events of a complaint.</summary>
public abstract record ConversationEvent
{
    private ConversationEvent()
    {
    }

    /// <summary>The conversation began. <paramref name="Address"/> is a phone number or a conversation id.</summary>
    public sealed record Begun(Channel Channel, Personal Address) : ConversationEvent;

    /// <summary>
    /// A person wrote. Saved before anything is made of it, so that it cannot be lost. <paramref name="Apart"/>:
    /// nothing is to be made of it, and why; the register shows it.
    /// </summary>
    public sealed record Incoming(string MessageId, Personal Text, Apart? Apart = null) : ConversationEvent
    {
        /// <summary>How many pictures came with it; they are not kept.</summary>
        public int Pictures { get; init; }

        /// <summary>The language its chat was set to, where it was.</summary>
        public Language? Setting { get; init; }
    }

    /// <summary>
    /// What the system made of the event <paramref name="Of"/> (0: the writer's silence). <paramref name="Apart"/>:
    /// nothing, after all, and why.
    /// </summary>
    public sealed record Handled(
        long Of, ConversationState State, ImmutableArray<StoredReply> Replies, Apart? Apart = null) : ConversationEvent
    {
        /// <summary>What was wanted of a person: the register owes it.</summary>
        public ContactWish? Wish { get; init; }
    }

    /// <summary>
    /// Making something of the event <paramref name="Of"/> (0: the writer's silence) failed; it is tried again, or
    /// given to a person. <paramref name="Error"/> is the kind of failure, with nothing of what was written.
    /// </summary>
    public sealed record Failed(long Of, string Error) : ConversationEvent;

    /// <summary>
    /// What waited for a member of staff when they wrote the event <paramref name="Of"/> without a code: kept before
    /// anything is done, so that doing it again after a failure does it to the same matter.
    /// </summary>
    public sealed record Waited(long Of, ImmutableArray<StaffTask> Tasks) : ConversationEvent;

    /// <summary>The system wrote on its own account; <paramref name="Link"/> as in <see cref="StoredReply"/>.</summary>
    public sealed record Told(string MessageId, Personal Text, LinkAt? Link = null) : ConversationEvent;

    /// <summary>
    /// How the writer is reached in a chat service that brings messages rather than letting them be fetched: that
    /// service's own description of the conversation. It tells who the person is.
    /// </summary>
    public sealed record Reached(Personal Reference) : ConversationEvent;
}

/// <summary>
/// A reply as stored. Its link stands as <c>{link}</c>, so that a transcript opens nothing; <paramref name="Link"/> is
/// where it leads, null where there is none.
/// </summary>
public sealed record StoredReply(Personal Text, ImmutableArray<string> Choices, LinkAt? Link = null);

/// <summary>A reply to be sent, with the token of its link where it has one.</summary>
public sealed record ReplyToSend(OutgoingMessage Message, string? Token);

/// <summary>One entry of the transcript.</summary>
public sealed record Line(long Version, DateTimeOffset At, ConversationEvent Event)
{
    /// <summary>The trace a person's message came in by, a W3C <c>traceparent</c>; null where none was kept.</summary>
    public string? Trace { get; init; }
}

/// <summary>A conversation as stored.</summary>
public sealed record LoadedConversation(
    StreamId Stream, long Version, string KeyId, Channel Channel, string Address, ConversationState State,
    ImmutableList<Line> Lines, long HandledUpTo)
{
    /// <summary>How a chat service reaches the writer; null where the writer fetches what is said.</summary>
    public string? Reference { get; init; }

    /// <summary>Messages nobody has made anything of yet, in order.</summary>
    public IEnumerable<Line> Unhandled =>
        Lines.Where(l => l.Version > HandledUpTo && l.Event is ConversationEvent.Incoming { Apart: null });

    /// <summary>When making something of this event failed, the last time first.</summary>
    public IEnumerable<DateTimeOffset> FailuresOf(long of)
    {
        for (var i = Lines.Count - 1; i >= 0 && Lines[i].Event is not ConversationEvent.Handled; i--)
        {
            if (Lines[i].Event is ConversationEvent.Failed failed && failed.Of == of)
                yield return Lines[i].At;
        }
    }
}

/// <summary>Reads and writes conversations, and keeps those last used.</summary>
public sealed class ConversationStreams(IEventStore store, SealedJson json, Pseudonyms pseudonyms, TimeProvider time)
{
    private const int Kept = 3_000;

    private static readonly Dictionary<string, Type> s_types = typeof(ConversationEvent)
        .GetNestedTypes().ToDictionary(t => t.Name, StringComparer.Ordinal);

    private readonly ConcurrentLru<StreamId, LoadedConversation> _kept =
        RecentlyUsed.Keep<StreamId, LoadedConversation>(Kept);

    /// <summary>Stream of a conversation by its address.</summary>
    public StreamId StreamOf(Channel channel, string address) =>
        pseudonyms.Conversation(
            channel.Way().Talk ?? throw new ArgumentOutOfRangeException(nameof(channel), channel, "Nobody talks by it."),
            address);

    /// <summary>The conversation, or null where nobody has written yet.</summary>
    public async Task<LoadedConversation?> LoadAsync(StreamId stream, CancellationToken ct)
    {
        _kept.TryGet(stream, out var loaded);
        foreach (var e in await store.ReadAsync(stream, loaded?.Version ?? 0, ct))
        {
            if (!s_types.TryGetValue(e.Type, out var type))
                throw new InvalidDataException($"Stream {e.Stream}, event {e.Version}: unknown type '{e.Type}'.");
            var data = (ConversationEvent)await json.ReadAsync(e.Payload, type, ct);
            loaded = Fold(loaded, e, data);
        }

        if (loaded is not null)
            _kept.AddOrUpdate(stream, loaded);
        return loaded;
    }

    /// <summary>Forgets what is kept, e.g. after a person was erased.</summary>
    public void Forget() => _kept.Clear();

    /// <summary>Begins the conversation where it has not begun; harmless to repeat.</summary>
    public async Task<LoadedConversation> BeginAsync(Channel channel, string address, CancellationToken ct)
    {
        var stream = StreamOf(channel, address);
        if (await LoadAsync(stream, ct) is { } present)
            return present;
        var keyId = await json.PrepareAsync(pseudonyms.Person(address), () => pseudonyms.Person(stream.Value), ct);
        var begun = new ConversationEvent.Begun(channel, new Personal(address));
        await store.AppendTimedAsync(
            new Append(stream, 0, time.Now(), [Write(keyId, begun)], [], [], null, Open: false), ct);
        return await LoadAsync(stream, ct) ?? throw new IOException($"Stream {stream} cannot be read back.");
    }

    /// <summary>
    /// Appends; null where somebody else was first (load and think again). <paramref name="due"/>: when the pump must
    /// look.
    /// </summary>
    public async Task<LoadedConversation?> AppendAsync(
        LoadedConversation to, ConversationEvent e, IReadOnlyList<ReplyToSend> outbox, SeenMessage? seen,
        DateTimeOffset? due, CancellationToken ct)
    {
        var keyId = await json.PrepareAsync(to.KeyId, () => pseudonyms.Person(to.Stream.Value), ct);
        var now = time.Now();
        var messages = outbox.Select((m, i) => new NewMessage(
            $"{to.Version + 1:D6}-{i}",
            json.Write(keyId, m.Message with { Owed = now }, typeof(OutgoingMessage), Traces.Current),
            m.Token is { } token
                ? json.Write(keyId, new MessageSecret(new Personal(token)), typeof(MessageSecret)) : default)).ToList();
        var result = await store.AppendTimedAsync(
            new Append(
                to.Stream, to.Version, now, [Write(keyId, e)], messages, seen is null ? [] : [seen], due,
                Open: false),
            ct);
        return result is AppendResult.Appended ? await LoadAsync(to.Stream, ct) : null;
    }

    /// <summary>
    /// Saves a message of a person; false where this message was saved before. After it returns the message cannot be
    /// lost any more. <paramref name="apart"/> tells from the conversation why nothing is to be made of it, null where
    /// something is; it is asked again whenever something else came in between. Characters that are no text become
    /// U+FFFD.
    /// </summary>
    public async Task<bool> SaveAsync(
        Channel channel, string address, string messageId, string text, Func<LoadedConversation, Apart?> apart,
        CancellationToken ct, int pictures = 0, Language? setting = null)
    {
        if (text.Length > Check.LongestText && !channel.Way().Interactive)
            text = text[..Check.LongestText];
        while (true)
        {
            var conversation = await BeginAsync(channel, address, ct);
            if (await store.FindSeenAsync(conversation.Stream, messageId, ct) is not null)
                return false;
            var incoming = new ConversationEvent.Incoming(
                messageId, new Personal(Check.Mended(text)), apart(conversation))
            {
                Pictures = pictures,
                Setting = setting,
            };
            if (await AppendAsync(conversation, incoming, [], new SeenMessage(messageId, ""), time.Now(), ct) is not null)
                return true;
        }
    }

    /// <summary>Remembers how a chat service reaches the writer; repeating it adds nothing.</summary>
    public async Task ReachAsync(string address, string reference, CancellationToken ct)
    {
        while (true)
        {
            var conversation = await BeginAsync(Channel.Chat, address, ct);
            if (conversation.Reference == reference)
                return;
            // What lies there unhandled keeps its claim on the pump.
            var due = conversation.Unhandled.Any() ? time.Now() : Conversation.Due(conversation.State);
            var reached = new ConversationEvent.Reached(new Personal(reference));
            if (await AppendAsync(conversation, reached, [], null, due, ct) is not null)
                return;
        }
    }

    private NewEvent Write(string keyId, ConversationEvent e) =>
        new(e.GetType().Name, json.Write(keyId, e, e.GetType(), Traces.Current));

    private static LoadedConversation Fold(LoadedConversation? before, StoredEvent e, ConversationEvent data)
    {
        var line = new Line(e.Version, e.At, data)
        {
            Trace = data is ConversationEvent.Incoming && Traces.Wanted ? SealedJson.TraceOf(e.Payload.Span) : null,
        };
        if (before is null)
        {
            var begun = data as ConversationEvent.Begun
                ?? throw new InvalidDataException($"Stream {e.Stream} does not begin as a conversation.");
            return new LoadedConversation(
                e.Stream, e.Version, SealedJson.KeyOf(e.Payload.Span), begun.Channel, begun.Address.Value,
                ConversationState.Start, [line], 0);
        }

        var handled = data as ConversationEvent.Handled;
        return before with
        {
            Version = e.Version,
            Lines = before.Lines.Add(line),
            State = handled?.State ?? before.State,
            HandledUpTo = Math.Max(before.HandledUpTo, handled?.Of ?? 0),
            Reference = (data as ConversationEvent.Reached)?.Reference.Value ?? before.Reference,
        };
    }
}
