using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Conversations;

/// <content>A danger: registered, or added to the one reported just before, then told what to do first.</content>
public sealed partial class ConversationRunner
{
    private async Task<ConversationEvent.Handled> ReportAsync(
        LoadedConversation conversation, long of, Step step, ConversationAction.Report report, CancellationToken ct)
    {
        var (state, community) = (step.State, book.Directory.Known(report.Community));
        var call = Emergency.TextOf(community, state.Language);
        var (text, link, number) = await AddedAsync(conversation, state, report, of, ct)
            ?? await OpenedAsync(conversation, state, report, ct);
        List<string> texts = [$"{call}\n{text}", .. step.Replies.Select(r => r.Text)];
        // Two text messages may arrive in either order: what is to be read first goes with the rest in one.
        var all = string.Join('\n', texts);
        if (conversation.Channel.Way().Short
            && SmsText.Segments(link is null ? all : links.Sized(all, link)) <= SmsText.MostSegments)
        {
            texts = [all];
        }

        if (number is { } found)
        {
            state = Opened(
                state with { Last = found, Alarm = new Alarm(found, report.Draft.Since) }, report.Draft, found);
            await AddMoreAsync(conversation, report.Draft, found, ct);
        }

        return new ConversationEvent.Handled(
            of, state, [.. texts.Select((t, i) => Store(t, [], i == 0 ? link : null))]);
    }

    /// <summary>Null where there is none, or none that can still be added to: then it is a danger of its own.</summary>
    private async Task<(string Text, LinkAt? Link, MatterNumber? Number)?> AddedAsync(
        LoadedConversation conversation, ConversationState state, ConversationAction.Report report, long of,
        CancellationToken ct)
    {
        if (report.Known is not { } known || await service.FindAsync(known, ct) is not { State.Open: true } found
            || !(StaffOf(conversation) is not null || IsOwn(conversation, found.State)))
        {
            return null;
        }

        var result = await service.HandleAsync(
            found.Stream, new ComplaintCommand.Note(conversation.Channel, report.Draft.Text.Value),
            ActorOf(conversation), new SeenMessage($"{conversation.Stream}:{of}", ""), ct);
        return result is MatterResult<Complaint>.Done
            ? (Texts.Format("Danger.Added", state.Language, ("number", known.ToString())), null, known)
            : null;
    }

    private async Task<(string Text, LinkAt? Link, MatterNumber? Number)> OpenedAsync(
        LoadedConversation conversation, ConversationState state, ConversationAction.Report report,
        CancellationToken ct)
    {
        var draft = report.Draft;
        var result = await intake.ReceiveAsync(
            new IntakeRequest(
                report.Community, draft.Text.Value, null, draft.Phone?.Value, draft.Room?.Value,
                conversation.Channel.Way().ByPhone ? null : conversation.Address, conversation.Channel, draft.Chosen,
                [.. draft.Suggestion.Also], draft.WantedBy, state.Language, IsLetter: false,
                StaffOf(conversation)?.Id, $"{conversation.Stream}:{draft.MessageId}")
            {
                Suggestion = draft.Suggestion,
                CommunityAssumed = report.Assumed,
            },
            ActorOf(conversation), ct, conversation.Channel.Way().Short ? null : s_ownLink);
        return result switch
        {
            MatterResult<Complaint>.Done opened => Registered(opened.Matter),
            // The same message with other words, after a crash in between: it was registered all the same.
            MatterResult<Complaint>.Reused again => Registered(again.Matter),
            MatterResult<Complaint>.Refused no => (Texts.Format(
                "Danger.Refused", state.Language, ("text", Texts.Why(no.Refusal, state.Language))), null, null),
            _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
        };

        (string, LinkAt?, MatterNumber?) Registered(LoadedMatter<Complaint> matter) => (
            Texts.Format(
                conversation.Channel.Way().Short ? "Danger.OpenedSms" : "Danger.Opened", state.Language,
                ("number", matter.State.Number.ToString())),
            OwnLinkTo(matter), matter.State.Number);
    }

    private StaffMember? StaffOf(LoadedConversation conversation) =>
        conversation.Channel.Way().ByPhone && PhoneNumber.TryCreate(conversation.Address, out var phone)
            ? book.Directory.FindStaff(phone) : null;

    private Actor ActorOf(LoadedConversation conversation) =>
        StaffOf(conversation) is { } member ? new Actor.Staff(member) : new Actor.Resident();
}
