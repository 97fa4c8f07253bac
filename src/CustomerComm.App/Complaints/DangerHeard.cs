using CustomerComm.App.Classification;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Complaints;

/// <summary>
/// Dangers in what a resident adds on the page of a complaint or order of theirs: they are registered as in a talk, and
/// before the words are noted (4.6.2-6).
/// </summary>
public sealed class DangerHeard(Intake intake, ComplaintKind complaints, Classifier classifier)
{
    /// <summary>
    /// The complaint that has the danger now: a new one, or, where whoever wrote it is still to be called back because of
    /// one, that one, which gets the words as a note. Null where they report none. The same message does it once.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="community">Where.</param>
    /// <param name="contact">Who wrote it.</param>
    /// <param name="language">In which they are answered.</param>
    /// <param name="over">The complaint it was written to, where that is over.</param>
    /// <param name="beside">What it was written to.</param>
    /// <param name="once">The message.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<LoadedMatter<Complaint>?> HearAsync(
        string text, CommunityId community, Contact contact, Language language, MatterNumber? over, StreamId beside,
        SeenMessage once, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text) || classifier.Classify(text) is not { Danger: true } suggestion)
            return null;
        if (await WaitingAsync(contact, ct) is { } waiting
            && await complaints.HandleAsync(
                waiting.Stream, new ComplaintCommand.Note(Channel.Http, text), new Actor.Resident(), once, ct)
                is MatterResult<Complaint>.Done)
        {
            return waiting;
        }

        var result = await intake.ReceiveAsync(
            new IntakeRequest(
                community, text, Known(contact.Name),
                Known(contact.Phone) ?? (contact.PhoneUnread ? Known(contact.Remark) : null), Known(contact.Room), contact.Conversation, Channel.Http, null, [], null, language, IsLetter: false,
                EnteredBy: null, $"{beside}:{once.Id}:{once.Fingerprint}")
            {
                Danger = true,
                Suggestion = suggestion,
                Follows = over,
            },
            new Actor.Resident(), ct);
        return result switch
        {
            MatterResult<Complaint>.Done opened => opened.Matter,
            MatterResult<Complaint>.Reused before => before.Matter,
            _ => null,
        };
    }

    /// <summary>The danger that this person reported already and is not called back for.</summary>
    private async Task<LoadedMatter<Complaint>?> WaitingAsync(Contact contact, CancellationToken ct) =>
        (Known(contact.Phone) ?? contact.Conversation) is { } address
            ? (await complaints.OfPersonAsync(address, ct))
                .FirstOrDefault(c => c.State is { Open: true, CallBackDue: not null })
            : null;

    private static string? Known(Personal? said) =>
        said is { Value: var value } && value != Personal.Erased ? value : null;
}
