using CustomerComm.App.Complaints;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;
using CustomerComm.Testing.Complaints;
using Told = CustomerComm.Domain.Complaints.ComplaintCommand;

namespace CustomerComm.App.Tests.Matters.Lives;

using ComplaintLife = Life<ComplaintMatter, Complaint, ComplaintCommand, ComplaintEvent, ComplaintKind>;

/// <summary>Complaints: one to the end with all that can come between, and those that end otherwise.</summary>
internal static class ComplaintLives
{
    public static IEnumerable<ILife> All => [Whole, Joined, Answered, Withdrawn, Danger];

    private static ComplaintLife Whole => Begin("whole", Nature.Complaint, Severity.Major, letter: true)
        .Then(TestCompany.HyDuty, (_, _) => new Told.Triage(
            Nature.Complaint, Category.Equipment, [], Severity.Major, null, null))
        .Then(TestCompany.Engineer, (_, _) => new Told.Decline("不在班"))
        .Then(TestCompany.HyDuty, (_, _) => new Told.Assign(TestCompany.Engineer.Id, "回来了"))
        .Then(TestCompany.Engineer, (_, _) => new Told.Accept())
        .Then(TestCompany.Engineer, (_, _) => new Told.Note(Channel.Phone, "已到场"))
        .Resident((_, _) => new Told.Note(Channel.Sms, "还没修好"))
        .Then(TestCompany.Engineer, (_, _) => new Told.AskCooperation(Unit.Finance, "查合同"))
        .Then(TestCompany.Accountant, (_, _) => new Told.GiveCooperation("在保修期内"))
        .Then(TestCompany.Engineer, (_, _) => new Told.Escalate("厂家不来"))
        .Then(TestCompany.Leader, (_, _) => new Told.Instruct("换一家", null))
        .Then(TestCompany.Engineer, (s, _) => new Told.TellExtension(s.ResolveDue.AddDays(2), "等配件"))
        .Resident((_, _) => new Told.AnswerExtension(true, Channel.Sms))
        .Then(TestCompany.Engineer, (_, _) => new Told.DraftLetter("答复"))
        .Then(TestCompany.Leader, (_, _) => new Told.DecideLetter(false, "写清楚"))
        .Then(TestCompany.Engineer, (_, _) => new Told.DraftLetter("已更换钢丝绳"))
        .Then(TestCompany.Leader, (_, _) => new Told.DecideLetter(true, "可以"))
        .Then(TestCompany.Engineer, (_, _) => new Told.Resolve("已更换钢丝绳"))
        .Resident((_, _) => new Told.Note(Channel.Sms, "好的，我看看"))
        .Then(TestCompany.Engineer, (_, _) => new Told.AttachPaper("data:image/png;base64,AAAA", 4))
        .Then(TestCompany.Inspector, (_, _) => new Told.DecideSignature(false, "不是本人签的"))
        .Then(TestCompany.Engineer, (_, _) => new Told.RecordAttempt(Channel.Phone, "没人接"))
        .Wait((_, now) => now.AddDays(2))
        .Then(TestCompany.Engineer, (_, _) => new Told.RecordAttempt(Channel.Phone, "还是没人接"))
        .Wait((_, now) => now.AddDays(2))
        .Then(TestCompany.Engineer, (_, _) => new Told.RecordAttempt(Channel.WalkIn, "没人在家"))
        .Then(TestCompany.Engineer, (_, _) => new Told.ProposeUnreachable())
        .Then(TestCompany.EngineeringHead, (_, _) => new Told.DecideUnreachable(false, "再联系"))
        .System((_, _) => new Told.RequestSignature())
        .Resident((s, _) => new Told.RefuseSignature(s.Request!.Issue, "还有响声", 2))
        .Then(TestCompany.Engineer, (_, _) => new Told.DraftLetter("又换了导靴"))
        .Then(TestCompany.Leader, (_, _) => new Told.DecideLetter(true, null))
        .Then(TestCompany.Engineer, (_, _) => new Told.Resolve("又换了导靴"))
        .Resident((s, _) => new Told.Sign(s.Request!.Issue, "hash", s.Request.TextHash, "M0 0L9 9", 4, "谢谢"))
        .Then(TestCompany.Engineer, (_, _) => new Told.FollowUp(Channel.Phone, "满意", "多巡查"))
        .Then(TestCompany.Engineer, (_, _) => new Told.HandOverRecords())
        .Then(TestCompany.Inspector, (_, _) => new Told.CheckRecords(false, "缺照片"))
        .Then(TestCompany.Engineer, (_, _) => new Told.HandOverRecords())
        .Then(TestCompany.Inspector, (_, _) => new Told.CheckRecords(true, "齐全"))
        .Then(TestCompany.Engineer, (_, _) => new Told.FindRootCause("磨损", "每月检查"))
        .Then(TestCompany.Engineer, (_, now) => ComplaintScenario.Reports(now))
        .Then(TestCompany.Inspector, (_, _) => new Told.Verify(true, "有效"))
        .Then(TestCompany.QualityHead, (_, _) => new Told.ProveMisreport(TestCompany.OtherEngineer.Id, "漏报"));

    private static ComplaintLife Joined => Begin("joined", Nature.Complaint, Severity.Ordinary)
        .Then(TestCompany.HyDuty, (_, _) => new Told.Triage(
            Nature.Complaint, Category.Equipment, [], Severity.Ordinary, null, TestCompany.Engineer.Id))
        .Then(TestCompany.Engineer, (_, _) => new Told.HandOver(Unit.Office, "不属于工程部"))
        .Then(TestCompany.HyDuty, (_, _) => new Told.Resolve("已处理"))
        .Then(TestCompany.HyDuty, (_, _) => new Told.AttachPaper("data:image/png;base64,AAAA", 4))
        .Then(TestCompany.Inspector, (_, _) => new Told.DecideSignature(true, "本人确认"))
        .Then(TestCompany.Inspector, (_, _) => new Told.Verify(false, "又坏了"));

    private static ComplaintLife Answered => Begin("answered", Nature.Enquiry, Severity.Ordinary)
        .Then(TestCompany.HyDuty, (_, _) => new Told.Triage(
            Nature.Enquiry, Category.Charges, [Category.Parking], Severity.Ordinary, null, null))
        .Then(TestCompany.Accountant, (_, _) => new Told.Answer("每月十号"));

    private static ComplaintLife Withdrawn => Begin("withdrawn", Nature.Complaint, Severity.Ordinary)
        .Resident((_, _) => new Told.Withdraw(Channel.Sms, "自己解决了"));

    private static ComplaintLife Danger => Begin("danger", Nature.Complaint, Severity.Ordinary, danger: true)
        .Resident((_, _) => new Told.Note(Channel.Sms, "烟越来越大"))
        .Then(TestCompany.HyDuty, (_, _) => new Told.RecordCallBack(Channel.Phone, false, "王芳", "没人接"))
        .Then(TestCompany.HyManager, (_, _) => new Told.RecordCallBack(Channel.WalkIn, true, "王芳", "是烧饭的烟"))
        .Then(TestCompany.HyDuty, (_, _) => new Told.Triage(
            Nature.Complaint, Category.Equipment, [], Severity.Ordinary, null, null, "是烧饭的烟", FindingReason.LessGrave))
        .Then(TestCompany.Inspector, (_, _) => new Told.DecideFinding(true, null));

    private static ComplaintLife Begin(
        string variant, Nature kind, Severity severity, bool letter = false, bool danger = false)
    {
        var number = new MatterNumber(TestCompany.HY, MatterNumber.Complaint, 2026, 1);
        return new ComplaintLife(
            ComplaintKind.Name, k => k.StreamOf("life"), new Actor.Resident(),
            _ => new Told.Receive(
                number, "电梯坏了三天没人修",
                new Contact(new Personal("王芳"), new Personal(TestCompany.ResidentPhone), new Personal("3-1-502"), null),
                Channel.Http, Language.Chinese, Category.Equipment, [], false, kind, severity, letter,
                null, null, null, danger),
            variant)
        {
            Person = TestCompany.ResidentPhone,
            Series = number,
            From = (c, source) => ((Told.Receive)c) with { SourceId = source },
        };
    }
}
