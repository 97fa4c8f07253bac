using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Storage;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Outside;

namespace CustomerComm.App.Complaints;

/// <summary>
/// A complaint as it comes in. <paramref name="SourceId"/> is the sender's own id of the message, with the channel's
/// name before it; null where the sender gave none. <paramref name="Category"/> is null unless the resident chose.
/// <paramref name="Kind"/> is set where it is known otherwise than from the words, e.g. from an order that was refused.
/// </summary>
public sealed record IntakeRequest(
    CommunityId Community,
    string Text,
    string? Name,
    string? Phone,
    string? Room,
    string? Conversation,
    Channel Channel,
    Category? Category,
    ImmutableArray<Category> Also,
    DateTimeOffset? WantedBy,
    Language? Language,
    bool IsLetter,
    StaffId? EnteredBy,
    string? SourceId,
    Nature? Kind = null)
{
    /// <summary>What the text seems to be about, where that was asked on its way here already.</summary>
    public Suggestion? Suggestion { get; init; }

    /// <summary>
    /// Whether somebody is in danger; null: as the text reads. Words that only quote what was said before are none.
    /// </summary>
    public bool? Danger { get; init; }

    /// <summary>Nobody could say which community: it is the first.</summary>
    public bool CommunityAssumed { get; init; }

    /// <summary>The complaint of the same person, over by now, that this one takes up again.</summary>
    public MatterNumber? Follows { get; init; }

    /// <summary>The work order of an authority that it came as (4.6.2-2).</summary>
    public OutsideDelivery? Outside { get; init; }

    /// <summary>Who complains, where that is not the resident (4.6.2-4).</summary>
    public ComplainantRequest? Complainant { get; init; }
}

/// <summary>
/// Who complains for a resident, or the contact person of an organisation. <paramref name="AuthoritySeen"/> is the letter
/// of authority that staff who enter it have seen; null: they say so.
/// </summary>
public sealed record ComplainantRequest(
    Standing Standing, string? Name, string? Phone, string? Organisation, string? AuthoritySeen);

/// <summary>
/// Opens complaints: every valid complaint gets its number and its form, none is left out and none is opened twice
/// (4.6.2-1). When it returns, the complaint is durable; nobody has been waited for.
/// </summary>
public sealed class Intake(
    ComplaintKind complaints, RulesBook book, Phones phones, Classifier classifier, Waiting waiting, TimeProvider time)
{
    /// <summary>
    /// Takes a complaint in: <c>Done</c> with the complaint, whether this message opened it now or before,
    /// <c>Refused</c>, or <c>Reused</c> where its id was used with another content. With <paramref name="page"/>,
    /// whoever sent it is given the token of that page of theirs.
    /// </summary>
    public async Task<MatterResult<Complaint>> ReceiveAsync(
        IntakeRequest request, Actor actor, CancellationToken ct, PageIssue? page = null)
    {
        using var span = Traces.TakeIn(request.Channel);
        var result = await TakeAsync(request, actor, page, ct);
        var (kind, outcome) = result switch
        {
            MatterResult<Complaint>.Done o => (o.Matter.State.Kind.ToString(), o.Repeated ? "repeated" : "opened"),
            MatterResult<Complaint>.Reused => ("none", "reused"),
            _ => ("none", "refused"),
        };
        Signals.TookIn(request.Channel, kind, outcome);
        span.End(outcome);
        return result;
    }

    /// <summary>The number of the complaint that an intake came to; null where it was refused.</summary>
    public static MatterNumber? NumberOf(MatterResult<Complaint> result) => result switch
    {
        MatterResult<Complaint>.Done opened => opened.Matter.State.Number,
        MatterResult<Complaint>.Reused again => again.Matter.State.Number,
        _ => null,
    };

    private async Task<MatterResult<Complaint>> TakeAsync(
        IntakeRequest request, Actor actor, PageIssue? page, CancellationToken ct)
    {
        var source = request.SourceId is { } id ? $"{id}#{Fingerprint(request)}" : null;
        if (Unfit(request) is { } bad)
            return new MatterResult<Complaint>.Refused(bad);
        var year = book.Current(request.Community).Calendar.LocalDate(time.Now()).Year;
        var series = new MatterNumber(request.Community, MatterNumber.Complaint, year, 0);
        waiting.Enter();
        try
        {
            var result = await complaints.OpenAsync(
                complaints.StreamOf(Pseudonyms.Source(request.SourceId ?? Guid.NewGuid().ToString("N"))), series,
                () => Receive(request, series, source), source, actor, ct, page);
            return result is MatterResult<Complaint>.Reused { Matter.State.Outcome: Outcome.Voided } ? GivenUp : result;
        }
        finally
        {
            waiting.Leave();
        }
    }

    private static MatterResult<Complaint>.Refused GivenUp => new(new Refusal(
        RefusalCode.TooLate, "4.6.2-1",
        "This message was given up half-way before; send it again under a new Idempotency-Key."));

    private Refusal? Unfit(IntakeRequest r)
    {
        const string clause = "4.6.2-1";
        if (book.Directory.Find(r.Community) is null)
        {
            return Check.Bad(
                "community", clause, $"There is no community '{r.Community}'. GET /api/communities lists them.");
        }

        return Check.Text(r.Text, "text", clause, Check.LongestText)
            ?? Check.Reach(new Contact(Check.Said(r.Name), null, Check.Said(r.Room), r.Conversation), clause);
    }

    private ComplaintCommand.Receive Receive(IntakeRequest r, MatterNumber number, string? source)
    {
        var complainant = ComplainantOf(r.Complainant);
        // An organisation is reached by its contact person; what is on file for a home is not theirs.
        var contact = complainant is { Standing: Standing.Organisation }
            ? Contacts.Of(
                book.Directory, phones, r.Community, r.Complainant!.Name, r.Complainant.Phone, r.Room, null,
                byStaff: false, r.Channel)
            : Contacts.Of(
                book.Directory, phones, r.Community, r.Name, r.Phone, r.Room, r.Conversation, r.EnteredBy is not null,
                r.Channel);
        var suggestion = r.Suggestion ?? classifier.Classify(r.Text);
        var chosen = r.Category is not null;
        // Somebody who picked a category complains, whatever their words look like.
        var kind = r.Kind
            ?? (chosen && suggestion.Kind != Nature.RepairRequest ? Nature.Complaint : suggestion.Kind);
        var category = r.Category ?? suggestion.Category;
        var also = r.Also.IsDefaultOrEmpty
            ? suggestion.Also.Prepend(suggestion.Category).Where(c => c != category).Distinct().ToImmutableArray()
            : r.Also.Where(c => c != category).Distinct().ToImmutableArray();
        // People are answered in the language they write; what staff took down tells nothing about it.
        var onFile = r.EnteredBy is null ? null : book.Directory.FindResident(PhoneOf(contact));
        var language = r.Language ?? onFile?.Resident.Language ?? Languages.Of(r.Text);
        return new ComplaintCommand.Receive(
            number, r.Text, contact, r.Channel, language, category, also, chosen, kind, suggestion.Severity,
            r.IsLetter, r.WantedBy, r.EnteredBy, source, r.Danger ?? suggestion.Danger, r.CommunityAssumed, r.Follows,
            suggestion.Unsure && !chosen, r.Outside, complainant,
            string.IsNullOrWhiteSpace(r.Complainant?.AuthoritySeen) ? null : r.Complainant.AuthoritySeen.Trim());
    }

    private Complainant? ComplainantOf(ComplainantRequest? c)
    {
        if (c is null)
            return null;
        var read = phones.TryRead(c.Phone, out var number);
        return new Complainant(
            c.Standing, new Personal(c.Name?.Trim() ?? ""), read ? new Personal(number.Value) : null,
            Check.Said(c.Organisation?.Trim()))
        {
            Remark = read ? null : Check.Said(c.Phone?.Trim()),
        };
    }

    private static PhoneNumber PhoneOf(Contact contact) =>
        contact.Phone is { } p && PhoneNumber.TryCreate(p.Value, out var number) ? number : default;

    private static string Fingerprint(IntakeRequest r)
    {
        var text = string.Join('\u001f', r.Community, r.Text, r.Name, r.Phone, r.Room, r.Category, r.IsLetter)
            + (r.Complainant is null ? "" : $"\u001f{r.Complainant}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
    }
}
