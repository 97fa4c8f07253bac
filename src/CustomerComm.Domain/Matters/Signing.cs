using System.Collections.Immutable;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Matters;

/// <summary>How the resident's consent was given.</summary>
public enum SignatureWay
{
    /// <summary>Drawn on the signing page.</summary>
    Drawn,
    /// <summary>On paper; quality confirmed it by a call (4.6.2-4).</summary>
    Paper,
}

/// <summary>An attempt to reach the resident for the signature.</summary>
public sealed record Attempt(DateTimeOffset At, Channel Channel, StaffId? By = null);

/// <summary>A decision that is open: who decides by when on what <paramref name="By"/> put forward.</summary>
public sealed record Pending(Party DecidedBy, DateTimeOffset Due, StaffId? By = null);

/// <summary>
/// A link to sign that goes out, a new one or the last once more; the resident is reminded at
/// <paramref name="RemindAt"/>.
/// </summary>
public sealed record SignLink(int Issue, Channel Channel, DateTimeOffset Expires, DateTimeOffset RemindAt);

/// <summary>
/// A resident's judgement of work: <paramref name="Quality"/> of the work and <paramref name="Attitude"/> of the staff,
/// each 1 (very bad) to 5 (very good), and whether the problem is solved (3.3, 4.5.3).
/// </summary>
public sealed record Judgement(int Quality, int Attitude, bool Solved)
{
    /// <summary>One mark for all, as complaints are judged: work and staff alike, the problem solved.</summary>
    public static Judgement Of(int satisfaction) => new(satisfaction, satisfaction, Solved: true);

    /// <summary>The worse of both marks: how content the resident is, 1 to 5.</summary>
    public int Satisfaction() => Math.Min(Quality, Attitude);

    /// <summary>
    /// True where it must be followed up: not solved, or a mark of at most <paramref name="badScore"/>.
    /// </summary>
    public bool IsBad(int badScore) => !Solved || Satisfaction() <= badScore;
}

/// <summary>
/// What a resident signed: the text with this hash, by the link with this token's hash; on paper the hash is the
/// scan's. <paramref name="As"/> is who signed in the resident's stead, null where they did themselves.
/// </summary>
public sealed record SignedForm(
    SignatureWay Way, string TokenHash, string TextHash, Channel Channel, Personal Mark, Judgement Judgement,
    Personal? Comment, Signatory? As = null);

/// <summary>
/// A form signed on paper that staff entered; it counts only after it was confirmed by a call.
/// <paramref name="ByRepresentative"/>: whoever speaks for the resident signed it.
/// </summary>
public sealed record PaperForm(
    StaffId By, Personal Scan, string ScanHash, Judgement Judgement, Personal? Comment, DateTimeOffset ConfirmDue,
    bool ByRepresentative = false);

/// <summary>A signature that counts once it was confirmed by a call, by <paramref name="ConfirmDue"/>.</summary>
public sealed record Unconfirmed(SignedForm Form, DateTimeOffset ConfirmDue);

/// <summary>
/// A text put to a resident to judge and sign, and how far that has come. Only the last link issued opens, once, until
/// <see cref="Expires"/>.
/// </summary>
public sealed record SignRequest(Personal Text, string TextHash, DateTimeOffset Due)
{
    /// <summary>Number of the last link; 0 while there is none.</summary>
    public int Issue { get; init; }

    /// <summary>How often it was asked for.</summary>
    public int Asked { get; init; }

    /// <summary>When the last link was issued.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>When the last link stops working.</summary>
    public DateTimeOffset Expires { get; init; }

    /// <summary>When the resident is reminded, or null.</summary>
    public DateTimeOffset? RemindAt { get; init; }

    /// <summary>By which way the last link went.</summary>
    public Channel By { get; init; }

    /// <summary>All attempts of people to reach the resident; what is sent by itself is none.</summary>
    public ImmutableList<Attempt> Attempts { get; init; } = [];

    /// <summary>"Unreachable" waits to be decided on.</summary>
    public Pending? Unreachable { get; init; }

    /// <summary>A paper form waits to be confirmed.</summary>
    public PaperForm? Paper { get; init; }

    /// <summary>A signature by a phone that is not on file waits to be confirmed.</summary>
    public Unconfirmed? Drawn { get; init; }

    /// <summary>By when the form that waits is to be confirmed; null where none waits.</summary>
    public DateTimeOffset? ConfirmDue => Paper?.ConfirmDue ?? Drawn?.ConfirmDue;

    /// <summary>The form that waits to be confirmed, as it counts then; null where none does.</summary>
    public SignedForm? Waiting => Paper is { } paper
        ? new SignedForm(
            SignatureWay.Paper, paper.ScanHash, TextHash, Channel.WalkIn, paper.Scan, paper.Judgement, paper.Comment)
        : Drawn?.Form;

    /// <summary>
    /// Whoever tried to reach the resident, put "unreachable" forward or entered the form that waits: none of them
    /// judges it.
    /// </summary>
    public IEnumerable<StaffId> Hands =>
        Attempts.Select(a => a.By).Append(Unreachable?.By).Append(Paper?.By).OfType<StaffId>();

    /// <summary>No form waits any more; where none counts, the signature is due anew.</summary>
    public SignRequest WithoutForm(DateTimeOffset? due) => this with { Paper = null, Drawn = null, Due = due ?? Due };

    /// <summary>A link went out.</summary>
    public SignRequest WithLink(
        int issue, Channel by, DateTimeOffset expires, DateTimeOffset? remindAt, DateTimeOffset at) =>
        this with
        {
            Issue = issue,
            Asked = Asked + 1,
            AskedAt = at,
            Expires = expires,
            RemindAt = remindAt,
            By = by,
        };
}

/// <summary>
/// The rules of signing that complaints, orders and revisits share: only the resident signs, once, the very text they were shown;
/// honest other outcomes need proof and somebody else's decision (4.5.3, 4.6.2-4).
/// </summary>
public static class Signing
{
    /// <summary>How often the resident is reminded every working day; after that only when the link has died.</summary>
    public const int Reminders = 5;

    private const int LongestWith = 100;

    /// <summary>
    /// The resident's own phone where text messages arrive, else their chat; null where only paper or a visit is left.
    /// </summary>
    public static Channel? WayTo(Contact contact)
    {
        if (contact.ForTexts() is { } phone && PhoneNumber.TryCreate(phone.Value, out _))
            return Channel.Sms;
        return contact.Conversation is { } address ? Channels.OfAddress(address) : null;
    }

    /// <summary>Where a signing link goes: the phone first, for only the resident has it.</summary>
    public static Recipient Signer(Contact contact, Language language)
    {
        return WayTo(contact)?.Way().ByPhone == true
            ? new Recipient.Resident(contact.Phone, null, language)
            : new Recipient.Resident(null, contact.Conversation, language);
    }

    /// <summary>True where the link of this issue may be signed by now.</summary>
    public static bool Opens(SignRequest? request, int issue, DateTimeOffset now) =>
        request is { } r && r.Issue == issue && issue > 0 && r.Expires > now;

    /// <summary>When the resident is to be reminded; null while somebody decides on it, or where only paper is left.</summary>
    public static DateTimeOffset? RemindAt(SignRequest? request, Contact contact) =>
        request is { Paper: null, Drawn: null, Unreachable: null } r && WayTo(contact) is not null ? r.RemindAt : null;

    /// <summary>
    /// The link that is to go out now: the first, a reminder, or a new one that the resident asks for once the last is
    /// dead; null where none is, and for staff, who trigger none. A reminder brings the same link again as long as it
    /// works: an older message is as good; it never stays dead. <paramref name="issued"/>: number of the matter's last
    /// link; <paramref name="works"/>: how long a new one works.
    /// </summary>
    public static SignLink? LinkDue(
        SignRequest? request, int issued, Channel? way, Actor actor, DateTimeOffset now, Limit works, Rules rules)
    {
        var opens = Opens(request, request?.Issue ?? 0, now);
        var wanted = actor switch
        {
            Actor.System => request is not { Issue: > 0 } || request.RemindAt <= now,
            Actor.Resident => !opens,
            _ => false,
        };
        if (way is not { } by || !wanted)
            return null;
        var expires = opens ? request!.Expires : rules.Due(now, works);
        // The first message is none of the reminders.
        var remind = request is null || request.Asked < Reminders
            ? rules.Due(now, rules.Policy.ObtainSignature) : expires;
        return new SignLink(opens ? request!.Issue : issued + 1, by, expires, remind);
    }

    /// <summary>Links to sign are issued by the system, or renewed by the resident: staff trigger none.</summary>
    public static Refusal? NotByStaff(Actor actor, string clause) => actor is Actor.Staff
        ? new Refusal(RefusalCode.NotYours, clause, "Signing links are issued by the system alone.")
        : null;

    /// <summary>One form at a time waits to be confirmed: none is put in its place while somebody calls.</summary>
    public static Refusal? NoFormWaits(SignRequest request, string clause) => request.ConfirmDue is null
        ? null
        : Check.WrongStage(clause, "A signature waits to be confirmed.");

    /// <summary>Nothing is tried any more while "unreachable" is decided on: whoever decides made no attempt.</summary>
    public static Refusal? StillSought(SignRequest request, string clause) => request.Unreachable is null
        ? null
        : Check.WrongStage(clause, "Whether the resident is unreachable is being decided.");

    /// <summary>
    /// What the call about a form found; of one drawn by a phone that is not on file, with whom it was.
    /// </summary>
    public static Refusal? CallTold(SignRequest request, bool confirmed, string comment, string? with, string clause) =>
        Check.Text(comment, "comment", clause)
        ?? (request.Paper is null && confirmed
            ? Check.Text(with, "with", clause, LongestWith)
            : Check.Optional(with, "with", clause, LongestWith));

    /// <summary>The link must hold, and staff can never sign, whatever link they have.</summary>
    public static Refusal? LinkHolds(SignRequest? request, int issue, Actor actor, DateTimeOffset now, string clause)
    {
        if (actor is not Actor.Resident)
        {
            return new Refusal(RefusalCode.ResidentOnly, clause,
                "Only the resident can sign; staff must never sign in the resident's place.");
        }

        return Opens(request, issue, now)
            ? null
            : new Refusal(RefusalCode.LinkInvalid, clause,
                "This link is no longer valid. If you have not signed yet, call the hotline for a new one.", "token");
    }

    /// <summary>What was filled in must be whole, and the text the one that stands.</summary>
    public static Refusal? FormHolds(
        SignRequest request, string textHash, string mark, Judgement judgement, string? comment, string clause)
    {
        return Check.Text(mark, "signature", clause, Check.LongestMark)
            ?? Marks(judgement, clause) ?? Check.Optional(comment, "comment", clause)
            ?? (textHash == request.TextHash
                ? null
                : new Refusal(RefusalCode.TextChanged, clause,
                    "The text shown is not the present one. Open the link again and read it.", "textHash"));
    }

    /// <summary>
    /// The phone is on file for a resident of this very home, so who signs by it is known: what staff typed in, or a room
    /// that nobody knows, is not enough (4.6.2-4).
    /// </summary>
    public static bool IsOnFile(Contact contact, CommunityId community, CompanyDirectory directory) =>
        contact.Phone is { } phone && PhoneNumber.TryCreate(phone.Value, out var number)
        && directory.FindResident(number) is { Home: var home } && home.Community == community
        && (contact.Room is not { } room || directory.FindHome(community, room.Value) == home);

    /// <summary>Both marks must be 1 to 5.</summary>
    public static Refusal? Marks(Judgement judgement, string clause)
    {
        return Check.Range(judgement.Quality, 1, 5, "quality", clause)
            ?? Check.Range(judgement.Attitude, 1, 5, "attitude", clause);
    }

    /// <summary>An attempt to reach somebody is made by a person: on the phone, face to face, or by letter.</summary>
    public static Refusal? ByPerson(Channel channel, string clause) => Channels.ByPerson.Contains(channel)
        ? null
        : new Refusal(
            RefusalCode.BadField, clause,
            "An attempt is a call, a visit or a letter; what is sent by itself is none.", "channel");

    /// <summary>What staff note that somebody said was said to them: on the phone or face to face.</summary>
    public static Refusal? Spoken(Channel channel, string clause) =>
        Channels.Spoken.Contains(channel)
            ? null
            : new Refusal(
                RefusalCode.BadField, clause, "What staff note was said on the phone or face to face.", "channel");

    /// <summary>The attempts that must lie behind before "unreachable" may be put forward.</summary>
    public static Refusal? EnoughAttempts(SignRequest request, Rules rules, string clause)
    {
        var policy = rules.Policy;
        var attempts = request.Attempts;
        var days = attempts.Select(a => TimeZoneInfo.ConvertTime(a.At, rules.Calendar.Zone).Date).Distinct().Count();
        var enough = days >= policy.UnreachableAttempts
            && attempts.Select(a => a.Channel).Distinct().Count() >= policy.UnreachableChannels
            && attempts[^1].At >= rules.Due(attempts[0].At, policy.UnreachableSpan);
        return enough
            ? null
            : new Refusal(RefusalCode.AttemptsMissing, clause,
                $"Unreachable needs attempts by people on {policy.UnreachableAttempts} days, on {policy.UnreachableChannels} "
                + $"channels, over {policy.UnreachableSpan}; so far {attempts.Count} on {days}.");
    }

    /// <summary>
    /// Who decides on "unreachable": the head of the unit that has it in hand, or another unit where the head did the
    /// work or is of the accused side.
    /// </summary>
    public static Party DeciderAbove(IMatterState s, Unit chief, IReadOnlySet<StaffId> hands, CompanyDirectory directory)
    {
        var head = directory.Head(s.HandlingUnit, s.Community);
        return head is null || hands.Contains(head.Id) || Authority.IsBarred(s, head, directory)
            ? Party.Of(Reviewer(s, chief, hands, directory, s.Against.Count == 0 ? null : s.HandlingUnit))
            : Party.Of(head.Id);
    }

    /// <summary>
    /// The unit that can judge the work: the preferred one, else the first with somebody who had no hand in it and is
    /// not of the accused side.
    /// </summary>
    public static Unit Reviewer(
        IMatterState s, Unit preferred, IReadOnlySet<StaffId> hands, CompanyDirectory directory, Unit? not = null)
    {
        ReadOnlySpan<Unit> order =
            [preferred, Unit.Quality, s.Chief, Unit.Leader, Unit.Finance, Unit.Engineering, Unit.Office];
        foreach (var unit in order)
        {
            if (unit != not && Authority.FirstFree(unit, s, directory, hands) is not null)
                return unit;
        }

        return preferred;
    }

    /// <summary>
    /// The party must be the actor, or, where nobody of it can judge any more, the one that stands in; and nobody
    /// judges their own work.
    /// </summary>
    public static Refusal? MayJudge(
        IMatterState s, Party party, Actor actor, IReadOnlySet<StaffId> hands, CompanyDirectory directory, string clause)
    {
        var able = party.Staff is { } id
            ? directory.Find(id) is not null
            : Authority.FirstFree(party.Unit!.Value, s, directory, hands) is not null;
        var judge = able ? party : Party.Of(Reviewer(s, s.Chief, hands, directory));
        return Check.Staff(actor, clause, judge.ToString(), m => Authority.Is(judge, m, s.Community))
            ?? (actor is Actor.Staff by && hands.Contains(by.Member.Id)
                ? new Refusal(RefusalCode.OwnWork, clause, "Whoever did the work cannot decide on it.")
                : null);
    }
}
