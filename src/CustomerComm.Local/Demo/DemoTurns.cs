using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Local.Demo;

/// <summary>What happens now and then besides what is owed: staff differ, residents answer back.</summary>
internal static class DemoTurns
{
    /// <summary>The turn a complaint takes now and whose it is; null: none.</summary>
    public static (ComplaintCommand Command, Actor By)? Of(Complaint s, DemoMoment moment, CompanyDirectory directory)
    {
        if (!s.Open)
            return Objection(s, moment);
        if (s.Extension is not null)
            return Answer(moment);
        return s.Stage switch
        {
            Stage.Received or Stage.Assigned => Finding(s, moment, directory),
            Stage.InProgress when HandlerOf(s, directory) is { } handler => InHand(s, moment, handler),
            Stage.Resolved when IsUnheard(s) && HandlerOf(s, directory) is { } handler => Unheard(s, moment, handler, directory),
            Stage.Completed when moment.Dice.Next(500) == 0 => Misreport(s, directory),
            _ => null,
        };
    }

    /// <summary>One of those who are never at home and pick up no phone (4.6.2-4).</summary>
    public static bool IsUnheard(Complaint s) => s.Number.Sequence % 19 == 7;

    /// <summary>One of those who are content with nothing, until the leader has the last word (4.6.1-3).</summary>
    public static bool IsNeverContent(Complaint s) => s.Number.Sequence % 37 == 11;

    private static StaffMember? HandlerOf(Complaint s, CompanyDirectory directory) =>
        s.Handler is { } id ? directory.Find(id) : null;

    /// <summary>Tried on three days, on the phone and at the door, before it is put forward.</summary>
    private static (ComplaintCommand, Actor)? Unheard(
        Complaint s, DemoMoment moment, StaffMember handler, CompanyDirectory directory)
    {
        var attempts = s.Request!.Attempts;
        if (s.Request.Unreachable is not null || (!attempts.IsEmpty && moment.Now - attempts[^1].At < TimeSpan.FromHours(25)))
            return null;
        if (attempts.Count >= 4 && s.SaysUnsolved)
        {
            return Authority.FirstFree(s.Chief, s, directory, s.HandledBy) is { } leader
                ? (new ComplaintCommand.AnswerFinally("演示：多次联系未果，检测合格，作为最终答复。"), new Actor.Staff(leader))
                : null;
        }

        return (
            attempts.Count < 4
                ? new ComplaintCommand.RecordAttempt(
                    attempts.Count % 2 == 0 ? Channel.Phone : Channel.WalkIn, "演示：电话无人接听，上门无人应答。")
                : new ComplaintCommand.ProposeUnreachable(),
            new Actor.Staff(handler));
    }

    /// <summary>Quality finds that somebody reported what was not so (4.6.1-2-G).</summary>
    private static (ComplaintCommand, Actor)? Misreport(Complaint s, CompanyDirectory directory) =>
        s.Handler is { } handler && s.Misreports.IsEmpty
            && Authority.FirstFree(Unit.Quality, s, directory, s.HandledBy) is { } inspector
            ? (new ComplaintCommand.ProveMisreport(handler, "演示：上报已完成，现场并未完工。"), new Actor.Staff(inspector))
            : null;

    /// <summary>A few do not accept how it ended (4.6.1-2-G).</summary>
    private static (ComplaintCommand, Actor)? Objection(Complaint s, DemoMoment moment) =>
        s.ObjectUntil is { } until && moment.Now < until && moment.Dice.Next(400) == 0
            ? (new ComplaintCommand.Object(Channel.Http, "演示：处理结果与实际不符，请重新核实。"), new Actor.Resident())
            : null;

    /// <summary>The resident agrees to wait, or does not, or says nothing (4.6.2-6).</summary>
    private static (ComplaintCommand, Actor)? Answer(DemoMoment moment) => moment.Dice.Next(10) switch
    {
        < 2 => (new ComplaintCommand.AnswerExtension(Agreed: true, Channel.Http), new Actor.Resident()),
        2 => (new ComplaintCommand.AnswerExtension(Agreed: false, Channel.Http), new Actor.Resident()),
        _ => null,
    };

    /// <summary>The office thinks that it is less than it was called; that waits for consent (4.6.2-1).</summary>
    private static (ComplaintCommand, Actor)? Finding(Complaint s, DemoMoment moment, CompanyDirectory directory)
    {
        // Asked once: what was decided stands.
        if (s.Proposed is not null || !s.Judges.IsEmpty || s.Lead is Unit.Leader or Unit.Quality
            || Authority.FirstFree(Unit.Office, s, directory) is not { } member)
        {
            return null;
        }

        ComplaintCommand? command = (s.Number.Sequence % 30) switch
        {
            3 or 10 or 17 or 24 when s.Kind == Nature.Complaint => new ComplaintCommand.Triage(
                Nature.Enquiry, s.Category, s.Also, Severity.Ordinary, s.Accused, null, "演示：来电只是询问办理时间。",
                FindingReason.OnlyAsks),
            12 or 27 when s.Severity == Severity.Major => new ComplaintCommand.Triage(
                s.Kind, s.Category, s.Also, Severity.Ordinary, s.Accused, null, "演示：现场查看，损坏轻微。",
                FindingReason.LessGrave),
            6 or 20 => new ComplaintCommand.Dismiss(FindingReason.Duplicate, "演示：同一住户昨天已就同一问题投诉。"),
            _ => null,
        };
        return command is null ? null : (command, new Actor.Staff(member));
    }

    /// <summary>While it is handled (4.6.1-2-F, 4.6.1-3).</summary>
    private static (ComplaintCommand, Actor)? InHand(Complaint s, DemoMoment moment, StaffMember handler)
    {
        var helper = s.Lead == Unit.Engineering ? Unit.Office : Unit.Engineering;
        ComplaintCommand? command = moment.Dice.Next(100) switch
        {
            < 5 => new ComplaintCommand.AskCooperation(helper, "演示：请派人到现场配合查看。"),
            < 9 => new ComplaintCommand.Escalate("演示：涉及多个部门，请领导协调。"),
            < 11 => new ComplaintCommand.Withdraw(Channel.Phone, "演示：问题已经自己解决了。"),
            < 15 => new ComplaintCommand.TellExtension(s.ResolveDue.AddDays(2), "演示：配件后天才到。"),
            < 17 => new ComplaintCommand.OfferRemedy(RemedyKind.Apology, "演示：负责人登门道歉。", null),
            < 19 => new ComplaintCommand.OfferRemedy(RemedyKind.Money, "演示：物业费抵扣。", 100),
            < 21 => new ComplaintCommand.HandOver(helper, "演示：主要问题属于贵部门。"),
            _ => null,
        };
        return command switch
        {
            null => null,
            ComplaintCommand.Withdraw => (command, new Actor.Resident()),
            _ => (command, new Actor.Staff(handler)),
        };
    }
}
