using System.Collections.Immutable;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Conversations;

/// <content>
/// Staff who live there and complain by their own phone (4.6.2-1): what is no word about their work is a complaint of
/// theirs, and about a complaint of their own they are heard as residents are.
/// </content>
public sealed partial class ConversationRunner
{
    /// <summary>Null where the message is about their work.</summary>
    private async Task<ConversationEvent.Handled?> OfStaffAsync(
        LoadedConversation conversation, Line line, Said said, ConversationContext context, StaffMember member,
        CancellationToken ct)
    {
        if (await AreOwnAsync(staff.NamedIn(said), member, ct))
        {
            context = context with { Own = await OwnAsync(conversation, said, ct) };
            return await PerformAsync(
                conversation, line.Version, Conversation.Next(conversation.State, said, context), ct);
        }

        var suggestion = classifier.Classify(said.Text);
        if (!(Natures.HandledAsComplaint(suggestion.Kind) || suggestion.Kind == Nature.Suggestion)
            || !await staff.IsElseAsync(conversation, said, member, ct))
        {
            return null;
        }

        var directory = book.Directory;
        var named = directory.Communities.FirstOrDefault(c =>
            said.Text.Contains(c.Name, StringComparison.Ordinal)
            || said.Text.Contains(c.NameEn, StringComparison.OrdinalIgnoreCase));
        var community = named?.Id ?? member.Community;
        var language = Languages.Of(said.Text);
        var result = await intake.ReceiveAsync(
            new IntakeRequest(
                community ?? directory.Communities[0].Id, said.Text, member.Name, conversation.Address, null, null,
                conversation.Channel, null, [.. suggestion.Also], null, language, IsLetter: false, EnteredBy: null,
                $"{conversation.Stream}:{said.MessageId}")
            {
                Suggestion = suggestion,
                CommunityAssumed = community is null,
            },
            new Actor.Resident(), ct, s_ownLink);
        var reply = result switch
        {
            MatterResult<Complaint>.Done opened => Announce(opened.Matter, language, full: false),
            MatterResult<Complaint>.Reused again => Announce(again.Matter, language, full: false),
            MatterResult<Complaint>.Refused no => Store(Texts.Format(
                "Chat.Refused", language, ("text", Texts.Why(no.Refusal, language)),
                ("hotline", directory.LinesOf(community ?? directory.Communities[0].Id))), []),
            _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
        };
        return new ConversationEvent.Handled(line.Version, conversation.State, [reply]);
    }

    private async Task<bool> AreOwnAsync(
        ImmutableArray<MatterNumber> numbers, StaffMember member, CancellationToken ct)
    {
        foreach (var number in numbers)
        {
            if (await service.FindAsync(number, ct) is not { } found || found.State.Own != member.Id)
                return false;
        }

        return !numbers.IsEmpty;
    }
}
