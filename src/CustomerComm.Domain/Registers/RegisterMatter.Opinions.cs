using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Registers;

/// <content>
/// What is said at a post and is an opinion becomes a complaint, or somebody says why not: answered alone it is not
/// done
/// with (4.6.2-1).
/// </content>
public abstract partial class RegisterMatter
{
    /// <summary>True for what must not stay in a register alone.</summary>
    public static bool IsOpinion(Nature? kind) =>
        kind is { } k && (Natures.HandledAsComplaint(k) || k == Nature.Suggestion);

    /// <summary>
    /// Whoever enters it may make more of its words, not less. What puts right an entry that is an opinion already is
    /// no
    /// second one.
    /// </summary>
    private static bool IsOpinion(Register? state, RegisterCommand.Enter c) =>
        (IsOpinion(c.Contact.Kind) || IsOpinion(c.Contact.Reads))
        && !(c.Corrects is { } wrong && state?.Find(wrong) is { Opinion: true });

    private static Nature? KindOf(RegisterContact contact) =>
        IsOpinion(contact.Kind) || !IsOpinion(contact.Reads) ? contact.Kind ?? contact.Reads : contact.Reads;

    /// <summary>Any entry that is no complaint yet can become one, once.</summary>
    private static Decision<RegisterEvent> TakeUp(Register state, RegisterCommand.TakeUp c, Actor actor, Rules rules)
    {
        if (Writer(state.Key, actor, rules, PostRules.MayTakeUp) is { } no)
            return Check.No<RegisterEvent>(no);
        if (state.Find(c.Entry) is not { } entry)
            return Check.No<RegisterEvent>(NoEntry(c.Entry));
        var number = c.Complaint.ToString();
        if (entry.SeenTo?.Complaint is { } before && before.Number == number)
            return Check.Yes<RegisterEvent>();
        return entry.Subject?.Kind is SubjectKind.Complaint or SubjectKind.Call
            ? Check.No<RegisterEvent>(
                Check.WrongStage(AsideClause, "This entry is about a complaint or a call already."))
            : Check.Yes<RegisterEvent>(new RegisterEvent.ContactSeenTo(
                c.Entry, ((Actor.Staff)actor).Member.Id, null,
                new Subject(SubjectKind.Complaint, number, c.Stream)));
    }

    /// <summary>The reason with its words; never by those whom the words name (4.6.1-2-D).</summary>
    private static Decision<RegisterEvent> LeaveOut(
        Register state, RegisterCommand.LeaveOut c, Actor actor, Rules rules)
    {
        if (Writer(state.Key, actor, rules) is { } no)
            return Check.No<RegisterEvent>(no);
        if (state.Find(c.Entry) is not { } entry)
            return Check.No<RegisterEvent>(NoEntry(c.Entry));
        var member = ((Actor.Staff)actor).Member;
        var named = Naming.In(
            entry.Entered.Text?.Value ?? "", Category.AgainstManager, [], state.Community, rules.Directory);
        if (named.Any(n => Authority.IsBarred(n, member, state.Community, rules.Directory)))
        {
            return Check.No<RegisterEvent>(new Refusal(
                RefusalCode.Accused, "4.6.1-2-D",
                "The words name this side; somebody else decides what becomes of them."));
        }

        if (Check.Text(c.Words, "words", AsideClause) is { } bad)
            return Check.No<RegisterEvent>(bad);
        if (entry.LeftOut is { } before)
        {
            return before.By == member.Id && before.Why == c.Why && before.Words.Value == c.Words.Trim()
                ? Check.Yes<RegisterEvent>()
                : Check.No<RegisterEvent>(
                    Check.WrongStage(AsideClause, "It is said already why no complaint was made of it."));
        }

        return entry.ToTakeUp
            ? Check.Yes<RegisterEvent>(new RegisterEvent.ContactLeftOut(
                c.Entry, member.Id, c.Why, new Personal(c.Words.Trim())))
            : Check.No<RegisterEvent>(
                Check.WrongStage(AsideClause, "No complaint is owed of this entry; there is nothing to leave out."));
    }
}
