using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Orders;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Conversations;

/// <content>What the writer has of their own already, and what is done with it.</content>
public sealed partial class ConversationRunner
{
    /// <summary>
    /// Complaints of this very phone or chat, the latest first. Those spoken of are found by their numbers, for their rows
    /// may not be written yet.
    /// </summary>
    private async Task<System.Collections.Immutable.ImmutableArray<OwnComplaint>> OwnAsync(
        LoadedConversation conversation, Said said, CancellationToken ct)
    {
        var state = conversation.State;
        var found = (await service.OfPersonAsync(conversation.Address, ct)).ToDictionary(m => m.State.Number);
        MatterNumber?[] spoken =
        [
            MatterCode.Find(said.Text, MatterNumber.Complaint, said.At.Year), state.Last, state.Opening?.Number,
            state.Withdrawing?.Number,
        ];
        foreach (var number in spoken.OfType<MatterNumber>().Distinct().Where(n => !found.ContainsKey(n)))
        {
            if (await service.FindAsync(number, ct) is { } matter)
                found[number] = matter;
        }

        return
        [
            .. found.Values.Where(m => IsOwn(conversation, m.State)).Select(m => OwnOf(m.State))
                .OrderByDescending(c => c.ReceivedAt).ThenByDescending(c => c.Number.Sequence),
        ];
    }

    private static OwnComplaint OwnOf(Complaint s) => new(
        s.Number, s.Stage, s.Category, s.Intake.Text.Value, s.ReceivedAt,
        s.ClosedAt ?? s.Completion?.At ?? s.Resolution?.At ?? s.ReceivedAt, s.ResolveDue, s.Intake.Contact.Phone,
        s.Intake.Contact.Room);

    private static ConversationState Opened(ConversationState state, Draft draft, MatterNumber? number) =>
        number is { } opened
            ? state with { Opening = new Opening(opened, draft.Since, draft.Chosen ?? draft.Suggestion.Category) }
            : state;

    /// <summary>What no longer fitted into the complaint's text follows it.</summary>
    private async Task AddMoreAsync(
        LoadedConversation conversation, Draft draft, MatterNumber? number, CancellationToken ct)
    {
        if (number is not { } opened)
            return;
        for (var i = 0; i < draft.More.Length; i++)
        {
            await service.HandleAsync(
                opened, new ComplaintCommand.Note(conversation.Channel, draft.More[i].Value), new Actor.Resident(),
                new SeenMessage($"{conversation.Stream}:{draft.MessageId}:more-{i}", ""), ct);
        }
    }

    private async Task<string?> ActAsync(
        LoadedConversation conversation, ConversationState state, ConversationAction action, long of,
        CancellationToken ct)
    {
        var seen = new SeenMessage($"{conversation.Stream}:{of}", "");
        switch (action)
        {
            case ConversationAction.Unsubscribe:
                await subscriptions.UnwantAsync(conversation.Address, ct);
                return null;
            case ConversationAction.Add { Number.Code: OrderKind.Letter } more:
                return await repairs.AddAsync(conversation, more, seen, state.Language, ct);
            default:
                break;
        }

        var number = action switch
        {
            ConversationAction.Status a => a.Number,
            ConversationAction.Withdraw a => a.Number,
            ConversationAction.Add a => a.Number,
            ConversationAction.Refuse a => a.Number,
            ConversationAction.Sign a => a.Number,
            ConversationAction.AnswerExtension a => a.Number,
            _ => throw new InvalidOperationException($"Unknown action {action.GetType().Name}."),
        };
        // A number alone opens nothing: it must be a complaint of this very phone or chat.
        if (await service.FindAsync(number, ct) is not { } found || !IsOwn(conversation, found.State))
            return Texts.Get("Chat.NotFound", state.Language);
        var channel = conversation.Channel;
        return action switch
        {
            ConversationAction.Status => StatusOf(found, state.Language),
            ConversationAction.Withdraw => await DoAsync(
                found, new ComplaintCommand.Withdraw(channel, null), seen, "Chat.Withdrawn", state.Language, ct),
            ConversationAction.Add add => await DoAsync(
                found, new ComplaintCommand.Note(channel, add.Text), seen, add.Reply, state.Language, ct),
            ConversationAction.Refuse refuse => await RefuseAsync(found, refuse, channel, seen, state.Language, ct),
            ConversationAction.Sign => await SignAsync(found, seen, state.Language, ct),
            ConversationAction.AnswerExtension answer => await DoAsync(
                found, new ComplaintCommand.AnswerExtension(answer.Agreed, channel), seen, "Chat.ExtensionNoted",
                state.Language, ct),
            _ => throw new InvalidOperationException($"Unknown action {action.GetType().Name}."),
        };
    }

    /// <summary>Where it was signed or opened again meanwhile, the words are noted all the same.</summary>
    private async Task<string> RefuseAsync(
        LoadedMatter<Complaint> found, ConversationAction.Refuse refuse, Channel channel, SeenMessage seen,
        Language language, CancellationToken ct)
    {
        var result = await service.HandleAsync(
            found.Stream, new ComplaintCommand.RefuseInWords(channel, refuse.Text), new Actor.Resident(), seen, ct);
        return result is MatterResult<Complaint>.Done done
            ? Told(done.Matter, "Chat.Reopened", language)
            : await DoAsync(
                found, new ComplaintCommand.Note(channel, refuse.Text), seen, "Chat.Added", language, ct);
    }

    /// <summary>The system sends a new link where the last is dead; what still works is only told of (4.6.2-4).</summary>
    private async Task<string> SignAsync(
        LoadedMatter<Complaint> found, SeenMessage seen, Language language, CancellationToken ct)
    {
        var s = found.State;
        if (s.Stage != Stage.Resolved)
            return s.Signature is null ? StatusOf(found, language) : Told(found, "Chat.SignDone", language);
        if (ComplaintMatter.WayToSign(s) is null)
            return Told(found, "Chat.SignPaper", language);
        var result = await service.HandleAsync(
            found.Stream, new ComplaintCommand.RequestSignature(), new Actor.Resident(), seen, ct);
        var request = result is MatterResult<Complaint>.Done done ? done.Matter.State.Request! : s.Request!;
        return Texts.Format(
            request.Issue > s.Request!.Issue ? "Chat.SignSent" : "Chat.SignOpen", language,
            ("number", s.Number.ToString()),
            ("expires", Texts.Time(request.Expires, service.RulesOf(s).Calendar.Zone, language)));
    }

    private static bool IsOwn(LoadedConversation conversation, Complaint s) => conversation.Channel.Way().ByPhone
        ? s.Intake.Contact.Phone?.Value == conversation.Address
        : s.Intake.Contact.Conversation == conversation.Address;

    private async Task<string> DoAsync(
        LoadedMatter<Complaint> found, ComplaintCommand command, SeenMessage seen, string key, Language language,
        CancellationToken ct)
    {
        var result = await service.HandleAsync(found.Stream, command, new Actor.Resident(), seen, ct);
        return result switch
        {
            MatterResult<Complaint>.Refused no =>
                Texts.Format("Chat.CannotDo", language, ("text", Texts.Why(no.Refusal, language))),
            MatterResult<Complaint>.Done done => Told(done.Matter, key, language),
            _ => Told(found, key, language),
        };
    }

    private string Told(LoadedMatter<Complaint> matter, string key, Language language)
    {
        var s = matter.State;
        return Texts.Format(
            key, language, ("number", s.Number.ToString()), ("stage", Texts.Name(s.Stage, language)),
            ("due", Texts.Time(s.ResolveDue, service.RulesOf(s).Calendar.Zone, language)));
    }
}
