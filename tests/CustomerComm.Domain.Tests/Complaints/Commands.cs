namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>
/// Every command in a complaint where somebody may give it, with exactly those who may. What several tests go through.
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
        new("Triage", () => ComplaintScenario.Received(), _ => ComplaintScenario.Triage(),
            Office + Judges + "s-leader s-eng-head"),
        new("Triage in progress", () => ComplaintScenario.InProgress(), _ => ComplaintScenario.Triage(Category.Charges),
            Office + Judges + "s-leader s-eng-head"),
        new("TakeSecondOpinion", () => Unsure(), _ => new ComplaintCommand.TakeSecondOpinion(null), SystemSide),
        new("RecordCallBack", () => ComplaintScenario.InDanger(), _ => ComplaintScenario.CallBack(),
            Office + Judges + "s-leader " + Departments),
        new("RecordCallBack, not reached", () => ComplaintScenario.InDanger(),
            _ => ComplaintScenario.CallBack(reached: false), Office + Judges + "s-leader " + Departments),
        new("Dismiss", () => ComplaintScenario.Received(), _ => new ComplaintCommand.Dismiss(FindingReason.NothingToHandle, "广告"),
            Office + Judges + "s-leader s-eng-head"),
        new("Assign", () => ComplaintScenario.Assigned(), _ => Assign("s-eng-other"), Office + "s-leader s-eng-head"),
        new("DecideFinding", Proposed, _ => new ComplaintCommand.DecideFinding(Consented: true, null), Judges),
        new("Accept", () => ComplaintScenario.Assigned(), _ => new ComplaintCommand.Accept(), "s-eng-duty"),
        new("Decline", () => ComplaintScenario.Assigned(), _ => new ComplaintCommand.Decline("休假"), "s-eng-duty"),
        new("HandOver", () => ComplaintScenario.InProgress(), _ => new ComplaintCommand.HandOver(Unit.Finance, "账目问题"),
            Handlers),
        new("Note", () => ComplaintScenario.InProgress(), _ => new ComplaintCommand.Note(Channel.Phone, "已到现场"),
            ResidentSide + " " + Office + Judges + Departments + "s-leader"),
        new("AskCooperation", () => ComplaintScenario.InProgress(),
            _ => new ComplaintCommand.AskCooperation(Unit.Finance, "查账"), Handlers),
        new("GiveCooperation", Asked, _ => new ComplaintCommand.GiveCooperation("已查"), Office + "s-fin-head s-fin-duty"),
        new("Escalate", () => ComplaintScenario.InProgress(), _ => new ComplaintCommand.Escalate("需大修资金"), Handlers),
        new("Instruct", Escalated, _ => new ComplaintCommand.Instruct("同意换主板", null), "s-leader"),
        new("TellExtension", () => ComplaintScenario.InProgress(),
            s => new ComplaintCommand.TellExtension(s.State.ResolveDue.AddDays(2), "配件未到"), Handlers),
        new("AnswerExtension", Extended,
            _ => new ComplaintCommand.AnswerExtension(Agreed: true, Channel.Phone, "王芳", "同意"),
            ResidentSide + " " + Office + Judges + "s-leader s-eng-head s-eng-other"),
        new("AnswerExtension, no", Extended,
            _ => new ComplaintCommand.AnswerExtension(Agreed: false, Channel.Phone, "王芳", "不同意"),
            ResidentSide + " " + Office + Judges + "s-leader " + Departments),
        new("TakeSilence", () => Extended().After(TimeSpan.FromDays(4)), _ => new ComplaintCommand.TakeSilence(null),
            SystemSide),
        new("TreatAsLetter", () => ComplaintScenario.InProgress(), _ => new ComplaintCommand.TreatAsLetter(),
            Office + Judges + Departments + "s-leader"),
        new("DraftLetter", () => ComplaintScenario.InProgress(letter: true),
            _ => new ComplaintCommand.DraftLetter(ComplaintScenario.Done), Handlers),
        new("DecideLetter", Drafted, _ => new ComplaintCommand.DecideLetter(Approved: true, null), "s-leader"),
        new("Resolve", () => ComplaintScenario.InProgress(), _ => new ComplaintCommand.Resolve(ComplaintScenario.Done),
            "s-eng-duty"),
        new("RequestSignature", () => ComplaintScenario.Resolved().After(TimeSpan.FromDays(20)),
            _ => new ComplaintCommand.RequestSignature(), ResidentSide + " " + SystemSide),
        new("RecordAttempt", () => ComplaintScenario.Resolved(), _ => Attempt(Channel.Phone), Handlers),
        new("Sign", () => ComplaintScenario.Resolved(), _ => ComplaintScenario.Sign(), ResidentSide),
        new("RefuseSignature", () => ComplaintScenario.Resolved(), _ => Refusal(), ResidentSide),
        new("RefuseInWords", () => ComplaintScenario.Resolved(),
            _ => new ComplaintCommand.RefuseInWords(Channel.Sms, "还是漏"), ResidentSide),
        new("RefuseInWords, signed", () => ComplaintScenario.Signed(),
            _ => new ComplaintCommand.RefuseInWords(Channel.Sms, "又漏了"), ResidentSide),
        new("AnswerFinally", RefusedTwice, _ => new ComplaintCommand.AnswerFinally("公司的最终答复"), "s-leader"),
        new("Object", () => ComplaintScenario.Verified(), _ => new ComplaintCommand.Object(Channel.Http, "没有解决"),
            ResidentSide),
        new("AnswerObjection", () => Objected(),
            _ => new ComplaintCommand.AnswerObjection(Upheld: false, "维持"), "s-qua-head s-qua-other"),
        new("AnswerObjection, the second", () => ObjectedTwice(),
            _ => new ComplaintCommand.AnswerObjection(Upheld: false, "维持"), "s-leader"),
        new("OfferRemedy", () => ComplaintScenario.InProgress(),
            _ => new ComplaintCommand.OfferRemedy(RemedyKind.Apology, "登门道歉", null), Handlers),
        new("DecideRemedy", () => Offered(), _ => new ComplaintCommand.DecideRemedy(1, Approved: true, null), "s-leader"),
        new("GiveRemedy", () => Offered().Do(TestCompany.Leader, new ComplaintCommand.DecideRemedy(1, true, null)),
            _ => new ComplaintCommand.GiveRemedy(1, "凭证12号"), "s-fin-head s-fin-duty"),
        new("DecideConsequence", () => ComplaintScenario.InProgress().Do(
                TestCompany.Inspector, new ComplaintCommand.ProveMisreport(TestCompany.Engineer.Id, "未到现场")),
            _ => new ComplaintCommand.DecideConsequence(TestCompany.Engineer.Id, "扣绩效"), "s-leader"),
        new("ProposeUnreachable", TriedEnough, _ => new ComplaintCommand.ProposeUnreachable(), Handlers),
        new("DecideUnreachable", Unreachable, _ => new ComplaintCommand.DecideUnreachable(Approved: true, ""),
            "s-eng-head"),
        new("AttachPaper", () => ComplaintScenario.Resolved(), _ => new ComplaintCommand.AttachPaper("scan", 4), Handlers),
        new("DecideSignature, on paper", OnPaper, _ => new ComplaintCommand.DecideSignature(Confirmed: true, "电话核实"), Judges),
        new("DecideSignature", SignedUnlisted,
            _ => new ComplaintCommand.DecideSignature(Confirmed: true, "电话核实", "王芳"), Judges),
        new("FollowUp", () => ComplaintScenario.Signed(),
            _ => new ComplaintCommand.FollowUp(Channel.Phone, "满意", "希望定期检查"), Departments),
        new("HandOverRecords", () => ComplaintScenario.Signed().FollowedUp(),
            _ => new ComplaintCommand.HandOverRecords(), Handlers),
        new("CheckRecords", HandedOver, _ => new ComplaintCommand.CheckRecords(Accepted: true, null), Judges),
        new("FindRootCause", () => ComplaintScenario.Signed(),
            _ => new ComplaintCommand.FindRootCause("门机磨损", "每季检查"), Handlers),
        new("FileReports", () => ComplaintScenario.Signed(severity: Severity.Major),
            s => ComplaintScenario.Reports(s.Now), Handlers),
        new("Verify", ReadyToVerify, _ => new ComplaintCommand.Verify(Holds: true, "复查正常"), Judges),
        new("Verify, does not hold", () => ComplaintScenario.Signed(),
            _ => new ComplaintCommand.Verify(Holds: false, "又坏了"), Judges),
        new("Answer", () => ComplaintScenario.Answering(), _ => new ComplaintCommand.Answer("每平米两元"),
            "s-fin-head s-fin-duty"),
        new("DeclareOutOfScope", () => ComplaintScenario.Answering(),
            _ => new ComplaintCommand.DeclareOutOfScope("请拨打供电公司95598"), "s-fin-head s-fin-duty"),
        new("DecideSuggestion", () => Answering(Nature.Suggestion),
            _ => new ComplaintCommand.DecideSuggestion(true, "下月起实行", true), "s-fin-head s-fin-duty"),
        new("PassOnPraise", () => Answering(Nature.Praise),
            _ => new ComplaintCommand.PassOnPraise(TestCompany.Engineer.Id, "谢谢鼓励"), "s-fin-head s-fin-duty"),
        new("Withdraw", () => ComplaintScenario.InProgress(), _ => new ComplaintCommand.Withdraw(Channel.Chat, "已解决"),
            ResidentSide),
        new("ProveMisreport", () => ComplaintScenario.InProgress(),
            _ => new ComplaintCommand.ProveMisreport(TestCompany.Engineer.Id, "未到现场却称已修"), Judges + "s-leader"),
        new("Join", () => ComplaintScenario.InProgress(), _ => new ComplaintCommand.Join(Another()), Joiners),
        new("Separate", () => ComplaintScenario.InProgress().Do(
            TestCompany.HyDuty, new ComplaintCommand.Join(Another())), _ => new ComplaintCommand.Separate(), Joiners),
        new("TakeFollower", () => ComplaintScenario.InProgress(), _ => new ComplaintCommand.TakeFollower(Another()),
            Joiners),
        new("DropFollower", () => ComplaintScenario.InProgress().Do(
            TestCompany.HyDuty, new ComplaintCommand.TakeFollower(Another())),
            _ => new ComplaintCommand.DropFollower(Another()), SystemSide),
        new("TellLeadMoved", () => ComplaintScenario.InProgress().Do(
            TestCompany.HyDuty, new ComplaintCommand.Join(Another())),
            _ => new ComplaintCommand.TellLeadMoved(Another(ComplaintScenario.Resolved())), SystemSide),
        new("SeeAuthority", Represented, _ => new ComplaintCommand.SeeAuthority("委托书"),
            Office + Judges + "s-leader s-eng-head s-eng-other"),
        new("TakeOutsideOrder", () => ComplaintScenario.InProgress(), _ => OutsideOrder(), Office + Judges + SystemSide),
        new("VoidNumber", () => ComplaintScenario.InProgress(),
            _ => new ComplaintCommand.VoidNumber(new MatterNumber(TestCompany.HY, "", 2026, 7), "double"), SystemSide),
    ];

    /// <summary>In progress, brought by a member of the family.</summary>
    public static ComplaintScenario Represented() => new ComplaintScenario()
        .Do(ComplaintScenario.System, ComplaintScenario.Intake() with
        {
            Complainant = new Complainant(Standing.Family, new Personal("王强"), null, null),
        })
        .Do(TestCompany.HyDuty, ComplaintScenario.Triage()).Do(TestCompany.Engineer, new ComplaintCommand.Accept());

    /// <summary>A work order of the city's hotline about it.</summary>
    public static ComplaintCommand.TakeOutsideOrder OutsideOrder(int number = 1) =>
        new(Outside.OutsideScenario.Delivery(number: $"BJ-{number}"), "电梯坏了没人修");

    /// <summary>A complaint like it under another number.</summary>
    public static Complaint Another(ComplaintScenario? like = null)
    {
        var state = (like ?? ComplaintScenario.InProgress()).State;
        return state with { Intake = state.Intake with { Number = new MatterNumber(TestCompany.HY, "", 2026, 2) } };
    }

    /// <summary>Received, and the classification is too likely to be wrong.</summary>
    public static ComplaintScenario Unsure() => new ComplaintScenario().Do(
        ComplaintScenario.System, ComplaintScenario.Intake() with { Unsure = true });

    public static ComplaintScenario Answering(Nature kind) => ComplaintScenario.Received(Category.Charges, kind)
        .Do(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Charges, kind));

    public static ComplaintCommand.Assign Assign(string to, string? reason = null) => new(new StaffId(to), reason);

    public static ComplaintCommand.RecordAttempt Attempt(Channel channel) => new(channel, "无人接听");

    public static ComplaintCommand.RefuseSignature Refusal(int issue = 1) =>
        new(issue, "还是会停", 1);

    public static ComplaintScenario Asked() => ComplaintScenario.InProgress().Do(
        TestCompany.Engineer, new ComplaintCommand.AskCooperation(Unit.Finance, "查账"));

    public static ComplaintScenario Escalated() =>
        ComplaintScenario.InProgress().Do(TestCompany.Engineer, new ComplaintCommand.Escalate("需大修资金"));

    public static ComplaintScenario Extended()
    {
        var scenario = ComplaintScenario.InProgress();
        return scenario.Do(
            TestCompany.Engineer,
            new ComplaintCommand.TellExtension(scenario.State.ResolveDue.AddDays(2), "配件未到"));
    }

    public static ComplaintScenario Proposed() => ComplaintScenario.Received().Do(
        TestCompany.HyDuty, new ComplaintCommand.Dismiss(FindingReason.Duplicate, "与昨天的相同"));

    public static ComplaintScenario RefusedTwice() => ComplaintScenario.Resolved()
        .Do(ComplaintScenario.Resident, Refusal()).Resolve()
        .Do(ComplaintScenario.Resident, Refusal(2))
        .Do(TestCompany.Leader, new ComplaintCommand.Instruct("再修一次", null)).Resolve();

    public static ComplaintScenario Objected() => ComplaintScenario.Verified()
        .Do(ComplaintScenario.Resident, new ComplaintCommand.Object(Channel.Http, "没有解决"));

    public static ComplaintScenario ObjectedTwice() => Objected()
        .Do(TestCompany.QualityHead, new ComplaintCommand.AnswerObjection(Upheld: false, "复核后维持"))
        .Do(ComplaintScenario.Resident, new ComplaintCommand.Object(Channel.Http, "还是不认可"));

    public static ComplaintScenario Offered() => ComplaintScenario.InProgress().Do(
        TestCompany.Engineer, new ComplaintCommand.OfferRemedy(RemedyKind.Money, "地板受潮", 300));

    public static ComplaintScenario Drafted() => ComplaintScenario.InProgress(letter: true).Do(
        TestCompany.Engineer, new ComplaintCommand.DraftLetter(ComplaintScenario.Done));

    public static ComplaintScenario TriedEnough() => ComplaintScenario.Resolved()
        .After(TimeSpan.FromDays(2)).Do(TestCompany.Engineer, Attempt(Channel.Phone))
        .After(TimeSpan.FromDays(1)).Do(TestCompany.Engineer, Attempt(Channel.Phone))
        .After(TimeSpan.FromDays(2)).Do(TestCompany.Engineer, Attempt(Channel.WalkIn));

    public static ComplaintScenario Unreachable() =>
        TriedEnough().Do(TestCompany.Engineer, new ComplaintCommand.ProposeUnreachable());

    public static ComplaintScenario OnPaper() =>
        ComplaintScenario.Resolved().Do(TestCompany.Engineer, new ComplaintCommand.AttachPaper("scan", 4));

    /// <summary>Signed by a phone that staff typed in and nobody has on file.</summary>
    public static ComplaintScenario SignedUnlisted() => Unlisted(TestCompany.Phone(77), "3-1-502")
        .Do(ComplaintScenario.Resident, ComplaintScenario.Sign());

    /// <summary>Resolved; phone and room as somebody gave them.</summary>
    public static ComplaintScenario Unlisted(string? phone, string? room, string? conversation = null) => new ComplaintScenario()
        .Do(TestCompany.HyDuty, ComplaintScenario.Intake() with
        {
            Contact = new Contact(
                null, phone is null ? null : new Personal(phone), room is null ? null : new Personal(room), conversation),
            Channel = Channel.Phone,
        })
        .Do(TestCompany.HyDuty, ComplaintScenario.Triage()).Do(TestCompany.Engineer, new ComplaintCommand.Accept()).Resolve();

    public static ComplaintScenario HandedOver() => ComplaintScenario.Signed().FollowedUp()
        .Do(TestCompany.Engineer, new ComplaintCommand.HandOverRecords());

    public static ComplaintScenario ReadyToVerify() => HandedOver()
        .Do(TestCompany.Inspector, new ComplaintCommand.CheckRecords(Accepted: true, null))
        .Do(TestCompany.Engineer, new ComplaintCommand.FindRootCause("门机磨损", "每季检查"));
}

/// <summary>A command, the complaint it belongs in, and who may give it, by their ids.</summary>
internal sealed record CommandRow(
    string Name, Func<ComplaintScenario> Given, Func<ComplaintScenario, ComplaintCommand> Command, string Who)
{
    public IEnumerable<Actor> Allowed => Actors(allowed: true);

    public IEnumerable<Actor> Forbidden => Actors(allowed: false);

    private IEnumerable<Actor> Actors(bool allowed)
    {
        var who = Who.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        if (who.Contains(Commands.ResidentSide) == allowed)
            yield return ComplaintScenario.Resident;
        if (who.Contains(Commands.SystemSide) == allowed)
            yield return ComplaintScenario.System;
        foreach (var member in TestCompany.Staff.Where(m => who.Contains(m.Id.Value) == allowed))
            yield return new Actor.Staff(member);
    }
}
