using System.Text;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Outside;

/// <summary>By whose line a work order came: the city's hotline or another authority (4.6.2-2).</summary>
public enum OutsideLine
{
    /// <summary>12345 政务服务便民热线.</summary>
    Hotline12345,
    /// <summary>街道、社区.</summary>
    SubDistrict,
    /// <summary>住建、房管部门.</summary>
    Housing,
    /// <summary>市场监管部门 (12315).</summary>
    MarketRegulation,
    /// <summary>信访部门.</summary>
    Petitions,
    /// <summary>Another authority.</summary>
    Other,
}

/// <summary>Why a work order is given back: one of these, with words of its own.</summary>
public enum ReturnReason
{
    /// <summary>非本辖区: the place is none of the company's.</summary>
    NotOurArea,
    /// <summary>非本单位职责: not the company's to do.</summary>
    NotOurDuty,
    /// <summary>重复派单: the same matter is handled under another number.</summary>
    Duplicate,
    /// <summary>信息不足: neither the place nor anybody to ask is known.</summary>
    InsufficientInformation,
    /// <summary>诉讼、仲裁等法定程序: it is before a court or another body that decides it.</summary>
    BeforeAnotherBody,
}

/// <summary>Where a work order stands.</summary>
public enum OutsideStage
{
    /// <summary>The reply is owed.</summary>
    ToReply,
    /// <summary>It was given back with consent: nothing is owed any more.</summary>
    Returned,
    /// <summary>It was replied to; the independent call-back is owed.</summary>
    ToCallBack,
    /// <summary>Nothing is left to do.</summary>
    Done,
}

/// <summary>
/// A work order as whoever enters it knows it. Times that it does not name itself follow from the policy.
/// </summary>
public sealed record OutsideDelivery(
    OutsideLine Line, string Number, DateTimeOffset ReceivedThere, bool Urgent, DateTimeOffset? ContactBy,
    DateTimeOffset? ReplyBy)
{
    private const string Clause = "4.6.2-2";

    /// <summary>Clocks of two systems may differ by this much.</summary>
    private static readonly TimeSpan s_clocks = TimeSpan.FromMinutes(10);

    /// <summary>What is wrong with it, or null.</summary>
    public Refusal? Wrong(DateTimeOffset now, Rules rules)
    {
        if (OutsideNumber.Read(Number) is null)
            return OutsideNumber.Bad;
        if (ReceivedThere > now + s_clocks)
            return Check.Bad("receivedThere", Clause, "'receivedThere' has not come yet.");
        if (rules.Due(ReceivedThere, rules.Policy.Furthest) < now)
        {
            return Check.Bad(
                "receivedThere", Clause, $"'receivedThere' lies more than {rules.Policy.Furthest} back.");
        }

        return Wrong(ContactBy, "contactBy", now, rules) ?? Wrong(ReplyBy, "replyBy", now, rules)
            ?? (ReplyBy < ContactBy
                ? Check.Bad("replyBy", Clause, "'replyBy' lies before 'contactBy'.") : null);
    }

    /// <summary>
    /// The times it is owed by, counted from when it was received there, however late it was entered here. Without
    /// anything to reach anybody by no contact is owed.
    /// </summary>
    public OutsideTerms Terms(Contact contact, Rules rules)
    {
        var usual = Usual(rules);
        var (first, reply) = (ContactBy ?? usual.Contact, ReplyBy ?? usual.Reply);
        return new OutsideTerms(
            Line, OutsideNumber.Read(Number)!, ReceivedThere, Urgent,
            contact.IsUnknown ? null : first < reply ? first : reply, reply);
    }

    /// <summary>
    /// The field whose time is later than the policy's, or null: whoever owes it does not give themselves longer.
    /// </summary>
    public string? LaterThanPolicy(Rules rules)
    {
        var usual = Usual(rules);
        return ContactBy > usual.Contact ? "contactBy" : ReplyBy > usual.Reply ? "replyBy" : null;
    }

    /// <summary>By the policy.</summary>
    private (DateTimeOffset Contact, DateTimeOffset Reply) Usual(Rules rules)
    {
        var limits = rules.Policy.Outside;
        return (
            rules.Due(ReceivedThere, Urgent ? limits.ContactUrgent : limits.Contact, Urgent),
            rules.Due(ReceivedThere, Urgent ? limits.ReplyUrgent : limits.Reply, Urgent));
    }

    private Refusal? Wrong(DateTimeOffset? by, string field, DateTimeOffset now, Rules rules) => by switch
    {
        { } at when at <= ReceivedThere => Check.Bad(field, Clause, $"'{field}' is not after 'receivedThere'."),
        { } at when at > rules.Due(now, rules.Policy.Furthest) =>
            Check.Bad(field, Clause, $"'{field}' lies more than {rules.Policy.Furthest} ahead."),
        _ => null,
    };
}

/// <summary>
/// A work order as it was taken on: the resident is contacted by <paramref name="ContactDue"/> (null: nobody can be) and
/// the authority replied to by <paramref name="ReplyDue"/>.
/// </summary>
public sealed record OutsideTerms(
    OutsideLine Line, string Number, DateTimeOffset ReceivedThere, bool Urgent, DateTimeOffset? ContactDue,
    DateTimeOffset ReplyDue);

/// <summary>The numbers of work orders: the authority's own, written in one way.</summary>
public static class OutsideNumber
{
    /// <summary>Longest number in characters.</summary>
    public const int Longest = 40;

    /// <summary>A number that is none.</summary>
    public static Refusal Bad { get; } = Check.Bad(
        "number", "4.6.2-2",
        $"'number' is the authority's number of the order: 3 to {Longest} letters, digits and - _ . ( ) [ ] only.");

    /// <summary>
    /// The number without spaces, full-width characters narrow and letters capital, so that the same number is the same;
    /// null where it is none.
    /// </summary>
    public static string? Read(string? text)
    {
        if (text is not { Length: > 0 and <= 200 } || Check.Optional(text, "number", "4.6.2-2") is not null)
            return null;
        var folded = text.Normalize(NormalizationForm.FormKC).Replace('〔', '[').Replace('〕', ']');
        var read = string.Concat(folded.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        return read.Length is >= 3 and <= Longest && read.Any(char.IsAsciiDigit)
            && read.All(c => char.IsLetterOrDigit(c) || "-_.()[]".Contains(c, StringComparison.Ordinal)) ? read : null;
    }
}

/// <summary>
/// The sides of the complaint that a work order belongs to: those of it, the unit that has it in hand, and who owes its
/// result now.
/// </summary>
public sealed record OutsideSides(ComplaintSides People, Unit Unit, Party Responsible, StaffId? Own)
{
    /// <summary>As they are in the complaint now.</summary>
    public static OutsideSides Of(Complaint s) => new(ComplaintSides.Of(s), s.HandlingUnit, s.Responsible, s.Own);

    /// <summary>True where both say the same.</summary>
    public bool SameAs(OutsideSides other) =>
        (Unit, Responsible, Own) == (other.Unit, other.Responsible, other.Own) && People.SameAs(other.People);
}

/// <summary>Giving it back waits for consent.</summary>
public sealed record ProposedReturn(StaffId By, ReturnReason Why, Personal Words, DateTimeOffset Due);

/// <summary>A reply to the authority; not given while it waits for approval.</summary>
public sealed record OutsideReply(StaffId By, Personal Text, DateTimeOffset ApproveDue)
{
    /// <summary>Tells this text from another that takes its place.</summary>
    public string Id => Check.HashOf(Text.Value)[..16];
}

/// <summary>The reply that was given: who wrote it, who approved it, when.</summary>
public sealed record GivenReply(StaffId By, Personal Text, StaffId ApprovedBy, DateTimeOffset At);

/// <summary>What the resident answered when called back: were they contacted, is it resolved, are they satisfied.</summary>
public sealed record CallBackAnswers(bool Contacted, bool Resolved, bool Satisfied);

/// <summary>An independent call-back; without <paramref name="Answers"/> nobody was reached.</summary>
public sealed record OutsideCallBack(StaffId By, DateTimeOffset At, CallBackAnswers? Answers, Personal Said);
