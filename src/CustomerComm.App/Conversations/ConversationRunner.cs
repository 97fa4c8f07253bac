using System.Collections.Immutable;
using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Enquiries;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Notices;
using CustomerComm.App.Orders;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using Microsoft.Extensions.Logging;

namespace CustomerComm.App.Conversations;

/// <summary>
/// Takes up what people wrote: steps the conversation, carries out what it wants, stores the replies. Every effect has
/// an id derived from the message, so that stopping and repeating it anywhere changes nothing.
/// </summary>
public sealed partial class ConversationRunner(
    ConversationStreams streams, Intake intake, ComplaintKind service, StaffReplies staff, RulesBook book,
    Classifier classifier, ServiceCatalogue catalogue, Phones phones, LinkMaker links, RepairTalk repairs,
    NoticeSubscriptionKind subscriptions, IEnumerable<IIncomingHandler> handlers, TimeProvider time,
    ILogger<ConversationRunner> log)
{
    /// <summary>What whoever opens a complaint by talking is shown: it goes to nobody else.</summary>
    private static readonly PageIssue s_ownLink = new(ComplaintMatter.StatusPage, ComplaintMatter.OwnLink);

    /// <summary>Handles everything unhandled; returns the version the conversation is at afterwards.</summary>
    public async Task<long> ProcessAsync(StreamId stream, CancellationToken ct)
    {
        while (true)
        {
            if (await streams.LoadAsync(stream, ct) is not { } conversation)
                return 0;
            var next = conversation.Unhandled.FirstOrDefault();
            if (next is null && !(Conversation.Due(conversation.State) is { } due && due <= time.Now()))
                return conversation.Version;
            if (Setbacks.Again(conversation) > time.Now())
                return conversation.Version;
            // Silence is taken up in the trace of what was said last.
            using var span = Traces.Converse(
                conversation, next ?? conversation.Lines.FindLast(l => l.Event is ConversationEvent.Incoming));
            if (await TryAsync(conversation, next, ct) is not { } done)
                continue;
            // Who fetches what is said finds the replies in the transcript; all others are sent them.
            var fetches = conversation.Channel.Way().Interactive && conversation.Reference is null;
            var outbox = new List<ReplyToSend>();
            if (!fetches && done is ConversationEvent.Handled handled)
            {
                foreach (var reply in handled.Replies)
                {
                    outbox.Add(new ReplyToSend(
                        ToSend(conversation, reply), reply.Link is { } at ? await links.TokenAsync(at, ct) : null));
                }
            }

            // A conflict means that someone else handled it, or more came in: look again either way.
            await streams.AppendAsync(conversation, done, outbox, null, time.Now(), ct);
        }
    }

    /// <summary>
    /// What is made of the next message, or of silence; that it failed, where it did. Null: look at it again.
    /// </summary>
    private async Task<ConversationEvent?> TryAsync(LoadedConversation conversation, Line? next, CancellationToken ct)
    {
        try
        {
            return next is null
                ? await PerformAsync(
                    conversation, 0, Conversation.TimeOut(conversation.State, ContextOf(conversation)), ct)
                : await HandleAsync(conversation, next, (ConversationEvent.Incoming)next.Event, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            NothingMade(log, conversation.Stream, next?.Version ?? 0, e.GetType().Name, e.StackTrace);
            List<StoredReply> replies = [Store(Texts.Get("Chat.Failed", conversation.State.Language), [])];
            TellHotline(conversation, conversation.State with { Turn = Turn.Idle }, replies);
            return Setbacks.Of(conversation, next?.Version ?? 0, e, replies[0]);
        }
    }

    /// <summary>When the writer's silence must be taken up, or what failed tried again; null: never.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(StreamId stream, CancellationToken ct) =>
        await streams.LoadAsync(stream, ct) is { } conversation
            ? Setbacks.Again(conversation) ?? Conversation.Due(conversation.State) : null;

    /// <summary>Null where the conversation moved on meanwhile and must be looked at again.</summary>
    private async Task<ConversationEvent.Handled?> HandleAsync(
        LoadedConversation conversation, Line line, ConversationEvent.Incoming incoming, CancellationToken ct)
    {
        var context = ContextOf(conversation);
        var member = context.From is { } from ? book.Directory.FindStaff(from) : null;
        var said = new Said(incoming.MessageId, incoming.Text.Value, line.At, incoming.Pictures)
        {
            Setting = incoming.Setting,
        };
        // Danger goes before everything that may otherwise have the message.
        if ((member is null || !staff.IsReply(said) || ResidentIntent.Read(said.Text).Kind == Intent.Distress)
            && Conversation.Danger(conversation.State, said, context) is { } danger)
        {
            return await PerformAsync(conversation, line.Version, danger, ct);
        }

        if (member is not null)
        {
            return await OfStaffAsync(conversation, line, said, context, member, ct)
                ?? await staff.HandleAsync(conversation, line, incoming, member, ct);
        }

        if (await TryHandlersAsync(conversation, line, incoming, context.From, ct) is { } answer)
        {
            List<StoredReply> replies = [Store(answer.Text, [], answer.Link)];
            TellHotline(conversation, conversation.State, replies);
            return new ConversationEvent.Handled(line.Version, conversation.State, [.. replies]);
        }

        context = context with { Own = await OwnAsync(conversation, said, ct) };
        return await PerformAsync(conversation, line.Version, Conversation.Next(conversation.State, said, context), ct);
    }

    private async Task<HandlerReply?> TryHandlersAsync(
        LoadedConversation conversation, Line line, ConversationEvent.Incoming incoming, PhoneNumber? from,
        CancellationToken ct)
    {
        var text = incoming.Text.Value.Trim();
        // In the middle of a complaint every word belongs to the complaint; whether an answer does is asked here too.
        if (conversation.State.Turn is not (Turn.Idle or Turn.Answered)
            || (conversation.State.Turn == Turn.Answered && (Words.IsContent(text) || Words.WantsPerson(text))))
        {
            return null;
        }

        var message = new IncomingMessage(
            $"{conversation.Stream}:{line.Version}", conversation.Channel, conversation.Address, from, text,
            Conversation.Speaking(
                conversation.State, new Said(incoming.MessageId, text, line.At), ResidentIntent.Read(text)).Language)
        {
            Last = conversation.State.Last,
        };
        foreach (var handler in handlers)
        {
            if (await handler.TryHandleAsync(message, ct) is { } reply)
                return reply;
        }

        return null;
    }

    private ConversationContext ContextOf(LoadedConversation conversation) => new(
        book.Directory, new OnceClassifier(classifier), phones, c => book.Current(c).Calendar, conversation.Channel,
        conversation.Channel.Way().ByPhone && PhoneNumber.TryCreate(conversation.Address, out var phone)
            ? phone : null)
    {
        Catalogue = catalogue,
        AtOnce = c => book.Current(c).Policy.ResolveUrgent,
    };

    private async Task<ConversationEvent.Handled> PerformAsync(
        LoadedConversation conversation, long of, Step step, CancellationToken ct)
    {
        var replies = new List<StoredReply>();
        var state = step.State;
        if (step.Action is ConversationAction.Report report)
        {
            return await ReportAsync(conversation, of, step, report, ct);
        }

        if (step.Action is ConversationAction.Open repair
            && await repairs.TryOpenAsync(conversation, state.Language, repair, ct) is { } ordered)
        {
            // What is said without a number from now on is about the order.
            state = Opened(state with { Last = null }, repair.Draft, ordered.Number);
            replies.Add(ordered.Reply);
        }
        else if (step.Action is ConversationAction.Open open)
        {
            var (reply, number) = await OpenAsync(conversation, state, open, ct);
            state = Opened(state with { Last = number ?? state.Last }, open.Draft, number);
            await AddMoreAsync(conversation, open.Draft, number, ct);
            replies.Add(reply);
        }
        else if (step.Action is { } action && await ActAsync(conversation, state, action, of, ct) is { } done)
        {
            replies.Add(Store(done, []));
        }

        replies.AddRange(step.Replies.Select(r => Store(r.Text, r.Choices)));
        TellHotline(conversation, state, replies);
        return new ConversationEvent.Handled(of, state, [.. replies]) { Wish = step.Wish };
    }

    /// <summary>Whoever is done is told the complaint number at the end, always (4.5.1, 4.6.1-1).</summary>
    private void TellHotline(LoadedConversation conversation, ConversationState state, List<StoredReply> replies)
    {
        if (state.Turn != Turn.Idle || replies.Count == 0)
            return;
        var home = conversation.Channel.Way().ByPhone && PhoneNumber.TryCreate(conversation.Address, out var phone)
            ? book.Directory.FindResident(phone)?.Home.Community : null;
        var known = (state.Community ?? home) is { } id ? book.Directory.Find(id) : null;
        var directory = book.Directory;
        IEnumerable<string> all = known is not null
            ? [directory.LinesOf(known.Id)]
            : directory.Communities.Select(c => $"{c.NameIn(state.Language)} {c.Hotline}")
                .Concat(directory.ComplaintLine is { } line ? [line] : Array.Empty<string>());
        var hotlines = string.Join(' ', all);
        var last = replies[^1];
        if (last.Text.Value.Contains(hotlines, StringComparison.Ordinal))
            return;
        var told = Texts.Format("Chat.Hotline", state.Language, ("hotline", hotlines));
        replies[^1] = last with { Text = new Personal($"{last.Text.Value}\n{told}") };
    }

    private async Task<(StoredReply Reply, MatterNumber? Number)> OpenAsync(
        LoadedConversation conversation, ConversationState state, ConversationAction.Open open, CancellationToken ct)
    {
        var draft = open.Draft;
        var way = conversation.Channel.Way();
        // A wish may have passed while the conversation lay unhandled; it must not cost the complaint.
        var wish = draft.WantedBy > time.Now() ? draft.WantedBy : null;
        var result = await intake.ReceiveAsync(
            new IntakeRequest(
                open.Community, draft.Text.Value, null, draft.Phone?.Value, draft.Room?.Value,
                way.ByPhone ? null : conversation.Address, conversation.Channel, draft.Chosen,
                [.. draft.Suggestion.Also], wish,
                state.Language, IsLetter: false, EnteredBy: null, $"{conversation.Stream}:{draft.MessageId}")
            {
                Suggestion = draft.Suggestion,
                Follows = open.Follows,
            },
            new Actor.Resident(), ct, s_ownLink);
        var hotline = book.Directory.LinesOf(open.Community);
        return result switch
        {
            MatterResult<Complaint>.Done opened =>
                (Announce(opened.Matter, state.Language, !way.Short), opened.Matter.State.Number),
            MatterResult<Complaint>.Refused no => (Store(Texts.Format(
                "Chat.Refused", state.Language, ("text", Texts.Why(no.Refusal, state.Language)),
                ("hotline", hotline)), []), null),
            // The writer went on after a crash had opened the complaint as it stood: it is the same complaint.
            MatterResult<Complaint>.Reused again => (Announce(again.Matter, state.Language, !way.Short), again.Matter.State.Number),
            _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
        };
    }

    private StoredReply Announce(LoadedMatter<Complaint> opened, Language language, bool full)
    {
        var s = opened.State;
        var zone = service.RulesOf(s).Calendar.Zone;
        var route = Routing.For(s.Category, s.Also);
        var text = Texts.Format(
            s.Kind switch
            {
                Nature.Suggestion when full => "Chat.OpenedSuggestion",
                Nature.Praise when full => "Chat.OpenedPraise",
                _ => full ? "Chat.Opened" : "Chat.OpenedSms",
            },
            language,
            ("number", s.Number.ToString()),
            ("explanation", s.Intake.CategoryConfirmed
                ? Texts.Why(route, language) : Texts.Get("Chat.OpenedTriage", language)),
            ("lead", Texts.Name(s.Lead, language)), ("due", Texts.Time(s.ResolveDue, zone, language)),
            ("hotline", book.Directory.LinesOf(s.Community)));
        // What is over cannot be opened again; whoever writes about it is told what becomes of it.
        if (s.Intake.Follows is { } over)
            text = $"{Texts.Format("Chat.TakenUp", language, ("number", over.ToString()))}\n{text}";
        return Store(text, [], OwnLinkTo(opened));
    }

    private string StatusOf(LoadedMatter<Complaint> found, Language language)
    {
        var s = found.State;
        return Texts.Format(
            "Chat.Status", language, ("number", s.Number.ToString()), ("stage", Texts.Name(s.Stage, language)),
            ("lead", Texts.Name(s.Lead, language)),
            ("due", Texts.Time(s.ResolveDue, service.RulesOf(s).Calendar.Zone, language)));
    }

    private static OutgoingMessage ToSend(LoadedConversation conversation, StoredReply reply)
    {
        var clicks = conversation.Channel.Way().Interactive;
        var text = clicks ? reply.Text.Value : string.Join("\n", [reply.Text.Value, .. Numbered(reply.Choices)]);
        return new OutgoingMessage(
            "", conversation.Channel, new Personal(conversation.Address), new Personal(text), null, reply.Link)
        {
            Choices = clicks ? reply.Choices : null,
        };
    }

    private static IEnumerable<string> Numbered(ImmutableArray<string> choices) =>
        choices.Select((c, i) => $"{i + 1} {c}");

    private static StoredReply Store(string text, ImmutableArray<string> choices, LinkAt? link = null) =>
        new(new Personal(text), choices, Links.Wants(text) ? link : null);

    private static LinkAt OwnLinkTo(LoadedMatter<Complaint> matter) =>
        new(matter.Stream, s_ownLink.Page, s_ownLink.Issue);

    [LoggerMessage(LogLevel.Error, "Nothing could be made of {Stream}, {Version}: {Error}{Where}")]
    private static partial void NothingMade(ILogger log, StreamId stream, long version, string error, string? where);
}
