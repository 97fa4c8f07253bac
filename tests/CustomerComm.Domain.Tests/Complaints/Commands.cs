namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>
/// Every command in a case where somebody may give it, with exactly those who may. What several tests go through.
/// </summary>
internal static class Commands
{
    public const string ResidentSide = "resident";
    public const string SystemSide = "system";

    private const string Office = "s-hy-manager s-hy-duty s-hy-guard ";
    private const string Judges = "s-qua-head s-qua-duty s-qua-other ";
    private const string Handlers = "s-eng-duty s-eng-head";
    private const string Joiners = Office + Judges + "s-leader " + Handlers;
    private const string Departments = "s-eng-duty s-eng-head s-eng-other ";

    public static IReadOnlyList<CommandRow> All { get; } =
    [
        new("Triage", () => CaseScenario.Received(), _ => CaseScenario.Triage(),
            Office + Judges + "s-leader s-eng-head"),
        new("Triage in progress", () => CaseScenario.InProgress(), _ => CaseScenario.Triage(Category.Charges),
            Office + Judges + "s-leader s-eng-head"),
        new("Dismiss", () => CaseScenario.Received(), _ => new ComplaintCommand.Dismiss("广告"),
            Office + Judges + "s-leader s-eng-head"),
        new("Assign", () => CaseScenario.Assigned(), _ => Assign("s-eng-other"), Office + "s-leader s-eng-head"),
        new("Accept", () => CaseScenario.Assigned(), _ => new ComplaintCommand.Accept(), "s-eng-duty"),
        new("Decline", () => CaseScenario.Assigned(), _ => new ComplaintCommand.Decline("休假"), "s-eng-duty"),
        new("HandOver", () => CaseScenario.InProgress(), _ => new ComplaintCommand.HandOver(Unit.Finance, "账目问题"),
            Handlers),
        new("Note", () => CaseScenario.InProgress(), _ => new ComplaintCommand.Note(Channel.Phone, "已到现场"),
            ResidentSide + " " + Office + Judges + Departments + "s-leader"),
        new("AskCooperation", () => CaseScenario.InProgress(),
            _ => new ComplaintCommand.AskCooperation(Unit.Finance, "查账"), Handlers),
        new("GiveCooperation", Asked, _ => new ComplaintCommand.GiveCooperation("已查"), "s-fin-head s-fin-duty"),
        new("Escalate", () => CaseScenario.InProgress(), _ => new ComplaintCommand.Escalate("需大修资金"), Handlers),
        new("Instruct", Escalated, _ => new ComplaintCommand.Instruct("同意换主板", null), "s-leader"),
        new("TellExtension", () => CaseScenario.InProgress(),
            s => new ComplaintCommand.TellExtension(s.State.ResolveDue.AddDays(2), "配件未到"), Handlers),
        new("AnswerExtension", Extended, _ => new ComplaintCommand.AnswerExtension(Agreed: true, Channel.Phone),
            ResidentSide + " " + Handlers),
        new("DraftLetter", () => CaseScenario.InProgress(letter: true),
            _ => new ComplaintCommand.DraftLetter(CaseScenario.Done), Handlers),
        new("DecideLetter", Drafted, _ => new ComplaintCommand.DecideLetter(Approved: true, null), "s-leader"),
        new("Resolve", () => CaseScenario.InProgress(), _ => new ComplaintCommand.Resolve(CaseScenario.Done),
            "s-eng-duty"),
        new("RequestSignature", () => CaseScenario.Resolved().After(TimeSpan.FromDays(2)),
            _ => new ComplaintCommand.RequestSignature(), SystemSide),
        new("RecordAttempt", () => CaseScenario.Resolved(), _ => Attempt(Channel.Phone), Handlers),
        new("Sign", () => CaseScenario.Resolved(), _ => CaseScenario.Sign(), ResidentSide),
        new("RefuseSignature", () => CaseScenario.Resolved(), _ => Refusal(), ResidentSide),
        new("ProposeUnreachable", TriedEnough, _ => new ComplaintCommand.ProposeUnreachable(), Handlers),
        new("DecideUnreachable", Unreachable, _ => new ComplaintCommand.DecideUnreachable(Approved: true, ""),
            "s-eng-head"),
        new("AttachPaper", () => CaseScenario.Resolved(), _ => new ComplaintCommand.AttachPaper("scan", 4), Handlers),
        new("DecidePaper", OnPaper, _ => new ComplaintCommand.DecidePaper(Confirmed: true, "电话核实"), Judges),
        new("FollowUp", () => CaseScenario.Signed(),
            _ => new ComplaintCommand.FollowUp(Channel.Phone, "满意", "希望定期检查"), Departments),
        new("HandOverRecords", () => CaseScenario.Signed().FollowedUp(),
            _ => new ComplaintCommand.HandOverRecords(), Handlers),
        new("CheckRecords", HandedOver, _ => new ComplaintCommand.CheckRecords(Accepted: true, null), Judges),
        new("FindRootCause", () => CaseScenario.Signed(),
            _ => new ComplaintCommand.FindRootCause("门机磨损", "每季检查"), Handlers),
        new("FileReports", () => CaseScenario.Signed(severity: Severity.Major),
            _ => new ComplaintCommand.FileReports("更换", "巡检"), Handlers),
        new("Verify", ReadyToVerify, _ => new ComplaintCommand.Verify(Holds: true, "复查正常"), Judges),
        new("Verify, does not hold", () => CaseScenario.Signed(),
            _ => new ComplaintCommand.Verify(Holds: false, "又坏了"), Judges),
        new("Answer", () => CaseScenario.Answering(), _ => new ComplaintCommand.Answer("每平米两元"),
            "s-fin-head s-fin-duty"),
        new("DeclareOutOfScope", () => CaseScenario.Answering(),
            _ => new ComplaintCommand.DeclareOutOfScope("请拨打供电公司95598"), "s-fin-head s-fin-duty"),
        new("DecideSuggestion", () => Answering(Nature.Suggestion),
            _ => new ComplaintCommand.DecideSuggestion(true, "下月起实行", true), "s-fin-head s-fin-duty"),
        new("PassOnPraise", () => Answering(Nature.Praise),
            _ => new ComplaintCommand.PassOnPraise(TestCompany.Engineer.Id, "谢谢鼓励"), "s-fin-head s-fin-duty"),
        new("Withdraw", () => CaseScenario.InProgress(), _ => new ComplaintCommand.Withdraw(Channel.Chat, "已解决"),
            ResidentSide),
        new("ProveMisreport", () => CaseScenario.InProgress(),
            _ => new ComplaintCommand.ProveMisreport(TestCompany.Engineer.Id, "未到现场却称已修"), Judges + "s-leader"),
        new("Join", () => CaseScenario.InProgress(), _ => new ComplaintCommand.Join(Another()), Joiners),
        new("Separate", () => CaseScenario.InProgress().Do(
            TestCompany.HyDuty, new ComplaintCommand.Join(Another())), _ => new ComplaintCommand.Separate(), Joiners),
        new("TakeFollower", () => CaseScenario.InProgress(), _ => new ComplaintCommand.TakeFollower(Another()),
            Joiners),
        new("DropFollower", () => CaseScenario.InProgress().Do(
            TestCompany.HyDuty, new ComplaintCommand.TakeFollower(Another())),
            _ => new ComplaintCommand.DropFollower(Another()), SystemSide),
        new("TellLeadMoved", () => CaseScenario.InProgress().Do(
            TestCompany.HyDuty, new ComplaintCommand.Join(Another())),
            _ => new ComplaintCommand.TellLeadMoved(Another(CaseScenario.Resolved())), SystemSide),
        new("VoidNumber", () => CaseScenario.InProgress(),
            _ => new ComplaintCommand.VoidNumber(new MatterNumber(TestCompany.HY, "", 2026, 7), "double"), SystemSide),
    ];

    /// <summary>A case like it under another number.</summary>
    public static Complaint Another(CaseScenario? like = null)
    {
        var state = (like ?? CaseScenario.InProgress()).State;
        return state with { Intake = state.Intake with { Number = new MatterNumber(TestCompany.HY, "", 2026, 2) } };
    }

    public static CaseScenario Answering(Nature kind) => CaseScenario.Received(Category.Charges, kind)
        .Do(TestCompany.HyDuty, CaseScenario.Triage(Category.Charges, kind));

    public static ComplaintCommand.Assign Assign(string to, string? reason = null) => new(new StaffId(to), reason);

    public static ComplaintCommand.RecordAttempt Attempt(Channel channel) => new(channel, "无人接听");

    public static ComplaintCommand.RefuseSignature Refusal(int issue = 1) =>
        new(issue, "还是会停", 1);

    public static CaseScenario Asked() => CaseScenario.InProgress().Do(
        TestCompany.Engineer, new ComplaintCommand.AskCooperation(Unit.Finance, "查账"));

    public static CaseScenario Escalated() =>
        CaseScenario.InProgress().Do(TestCompany.Engineer, new ComplaintCommand.Escalate("需大修资金"));

    public static CaseScenario Extended()
    {
        var scenario = CaseScenario.InProgress();
        return scenario.Do(
            TestCompany.Engineer,
            new ComplaintCommand.TellExtension(scenario.State.ResolveDue.AddDays(2), "配件未到"));
    }

    public static CaseScenario Drafted() => CaseScenario.InProgress(letter: true).Do(
        TestCompany.Engineer, new ComplaintCommand.DraftLetter(CaseScenario.Done));

    public static CaseScenario TriedEnough() => CaseScenario.Resolved()
        .After(TimeSpan.FromDays(2)).Do(TestCompany.Engineer, Attempt(Channel.Phone))
        .After(TimeSpan.FromDays(1)).Do(TestCompany.Engineer, Attempt(Channel.Phone));

    public static CaseScenario Unreachable() =>
        TriedEnough().Do(TestCompany.Engineer, new ComplaintCommand.ProposeUnreachable());

    public static CaseScenario OnPaper() =>
        CaseScenario.Resolved().Do(TestCompany.Engineer, new ComplaintCommand.AttachPaper("scan", 4));

    public static CaseScenario HandedOver() => CaseScenario.Signed().FollowedUp()
        .Do(TestCompany.Engineer, new ComplaintCommand.HandOverRecords());

    public static CaseScenario ReadyToVerify() => HandedOver()
        .Do(TestCompany.Inspector, new ComplaintCommand.CheckRecords(Accepted: true, null))
        .Do(TestCompany.Engineer, new ComplaintCommand.FindRootCause("门机磨损", "每季检查"));
}

/// <summary>A command, the case it belongs in, and who may give it, by their ids.</summary>
internal sealed record CommandRow(
    string Name, Func<CaseScenario> Given, Func<CaseScenario, ComplaintCommand> Command, string Who)
{
    public IEnumerable<Actor> Allowed => Actors(allowed: true);

    public IEnumerable<Actor> Forbidden => Actors(allowed: false);

    private IEnumerable<Actor> Actors(bool allowed)
    {
        var who = Who.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        if (who.Contains(Commands.ResidentSide) == allowed)
            yield return CaseScenario.Resident;
        if (who.Contains(Commands.SystemSide) == allowed)
            yield return CaseScenario.System;
        foreach (var member in TestCompany.Staff.Where(m => who.Contains(m.Id.Value) == allowed))
            yield return new Actor.Staff(member);
    }
}
