using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Complaints;

/// <content>
/// Whoever complains for a resident hears how it goes and may add words. They sign only where a member of staff without a
/// hand in it saw their letter of authority; their own word is none (4.6.2-4).
/// </content>
public sealed partial class ComplaintMatter
{
    /// <summary>Page where a representative signs.</summary>
    public const string RepresentativeSignPage = "sr";

    /// <summary>The link of the status page that a representative is sent: it shows and lets write.</summary>
    public const int RepresentativeLink = 2;

    private const string SignClause = "4.6.2-4";

    /// <summary>
    /// Staff represent nobody: else whoever handles it, or is complained of, could speak for the resident.
    /// </summary>
    private static Refusal? WrongComplainant(ComplaintCommand.Receive r, Actor actor, Rules rules)
    {
        if (r.Complainant is not { } c)
        {
            return r.AuthoritySeen is null
                ? null : Check.Bad("complainant.authoritySeen", SignClause, "Only a representative needs authority.");
        }

        return Names(c) ?? Phone(c, rules) ?? Check.Optional(r.AuthoritySeen, "complainant.authoritySeen", SignClause)
            ?? (r.AuthoritySeen is null || (actor is Actor.Staff && c.IsRepresentative) ? null : Check.Bad(
                "complainant.authoritySeen", SignClause,
                "The letter of authority of a representative is seen by staff at the desk; leave it out."))
            ?? (c.Standing == Standing.Organisation && r.Contact.Room is { } room
                && rules.Directory.FindHome(r.Number.Community, room.Value) is not null
                ? Check.Bad(
                    "contact.room", SignClause,
                    "That home has residents, who sign for it; leave it out, or enter a representative of theirs.")
                : null);
    }

    private static Refusal? Names(Complainant c) => c.Standing switch
    {
        Standing.Family or Standing.Representative =>
            Check.Text(c.Name.Value, "complainant.person", SignClause, 100)
            ?? (c.Organisation is null ? null : Check.Bad(
                "complainant.organisation", SignClause, "Only an organisation has an 'organisation'.")),
        Standing.Organisation => Check.Text(c.Organisation?.Value, "complainant.organisation", SignClause, 100)
            ?? Check.Text(c.Name.Value, "complainant.person", SignClause, 100),
        _ => Check.Bad(
            "complainant.standing", SignClause, "'standing' must be Family, Representative or Organisation, or left out."),
    };

    private static Refusal? Phone(Complainant c, Rules rules)
    {
        if (c.Remark is not null)
            return Check.Bad("complainant.personPhone", SignClause, "'complainant.personPhone' is no telephone number.");
        if (c.Phone is not { } phone)
            return null;
        if (!PhoneNumber.TryCreate(phone.Value, out var number))
            return Check.Bad("complainant.personPhone", SignClause, "'complainant.personPhone' is no telephone number.");
        return rules.Directory.FindStaff(number) is null
            ? null
            : Check.Bad(
                "complainant.personPhone", SignClause,
                "This phone belongs to staff, who represent no resident; give their own.");
    }

    /// <summary>Nothing said of who complains may cost a danger: what is wrong with it is left out.</summary>
    private static ComplaintCommand.Receive WithoutWrongComplainant(
        ComplaintCommand.Receive r, Actor actor, Rules rules)
    {
        if (WrongComplainant(r, actor, rules) is null)
            return r;
        var named = r with
        {
            Complainant = r.Complainant is { } c ? c with { Phone = null, Remark = null } : null,
            AuthoritySeen = null,
        };
        return WrongComplainant(named, actor, rules) is null ? named : named with { Complainant = null };
    }

    /// <summary>Records that the letter of authority was seen: by anybody who has no hand in the complaint.</summary>
    private static Decision<ComplaintEvent> SeeAuthority(Context c, ComplaintCommand.SeeAuthority a)
    {
        var (s, directory) = (c.S, c.Rules.Directory);
        var no = c.Staff(SignClause, "staff concerned with the complaint", m => Authority.MaySee(s, m, directory))
            ?? Check.Text(a.What, "what", SignClause);
        if (no is not null)
            return No(no);
        if (s.Intake.Complainant is not { IsRepresentative: true })
            return No(RefusalCode.WrongStage, SignClause, "Nobody represents the resident here.");
        if (c.HandledBy.Contains(c.Member!.Id))
        {
            return No(
                RefusalCode.OwnWork, SignClause,
                "Whoever handled it does not see the authority of whoever signs; ask a colleague without a hand in it.");
        }

        return s.AuthoritySeenBy.Contains(c.Member.Id)
            ? Yes() : Yes(new ComplaintEvent.AuthoritySeen(c.Member.Id, new Personal(a.What)));
    }

    private static Refusal? MayRepresent(Complaint s) => s.AuthorityHolds is not null
        ? null
        : new Refusal(
            RefusalCode.ApprovalMissing, SignClause,
            "A representative signs only where somebody without a hand in it has seen the letter of authority.");

    /// <summary>By which way somebody who may sign can be sent the link; null where only paper or a visit is left.</summary>
    public static Channel? WayToSign(Complaint s) =>
        Signing.WayTo(s.Intake.Contact) ?? (s.AuthorityHolds is null ? null : Signing.WayTo(ContactOf(s)));

    /// <summary>When whoever may sign is to be reminded; null where only paper is left.</summary>
    public static DateTimeOffset? RemindAt(Complaint s) => Signing.RemindAt(
        s.Request, Signing.WayTo(s.Intake.Contact) is null && s.AuthorityHolds is not null
            ? ContactOf(s) : s.Intake.Contact);

    private static Contact ContactOf(Complaint s) =>
        s.Intake.Complainant is { IsRepresentative: true, Phone: { } phone } c
            ? new Contact(c.Name, phone, null, null) : Contact.None;

    private static Signatory? SignatoryOf(Complaint s, bool asRepresentative) => s.Intake.Complainant switch
    {
        { IsRepresentative: true } c when asRepresentative =>
            new Signatory(c.Standing, c.Name, null, s.AuthorityHolds),
        { Standing: Standing.Organisation } c => new Signatory(c.Standing, c.Name, c.Organisation, null),
        _ => null,
    };

    /// <summary>What the resident is told of progress their representative hears too, by a link of their own.</summary>
    private static IEnumerable<MatterMessage> WithRepresentative(IEnumerable<MatterMessage> messages, Complaint s)
    {
        var to = ContactOf(s).Phone is { } phone ? new Recipient.Resident(phone, null, s.Intake.Language) : null;
        foreach (var m in messages)
        {
            yield return m;
            if (to is null || m.To is not Recipient.Resident)
                continue;
            if (m.Link == StatusPage)
                yield return m with { To = to, Issue = RepresentativeLink };
            else if (m.Link == SignPage && s.AuthorityHolds is not null)
                yield return m with { To = to, Link = RepresentativeSignPage };
        }
    }

    /// <summary>Once the authority is seen, whoever may sign by it is sent the link that stands.</summary>
    private static ImmutableArray<MatterMessage> OnAuthoritySeen(Complaint s) =>
        s.Request is { Issue: > 0 and var issue } && s.AuthorityHolds is not null && ContactOf(s).Phone is { } phone
            ? [
                new MatterMessage(
                    "PleaseSign", new Recipient.Resident(phone, null, s.Intake.Language), [], RepresentativeSignPage, issue),
            ]
            : [];
}
