using CustomerComm.App.Orders;
using CustomerComm.App.Reviews;
using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Orders;
using CustomerComm.Domain.Reviews;
using CustomerComm.Domain.Revisits;
using CustomerComm.Testing;
using Ordered = CustomerComm.Domain.Orders.OrderCommand;
using Reviewed = CustomerComm.Domain.Reviews.ReviewCommand;
using Revisited = CustomerComm.Domain.Revisits.RevisitCommand;

namespace CustomerComm.App.Tests.Matters.Lives;

using OrderLife = Life<OrderMatter, Order, OrderCommand, OrderEvent, OrderKind>;
using ReviewLife = Life<ReviewMatter, Review, ReviewCommand, ReviewEvent, ReviewKind>;
using RevisitLife = Life<RevisitMatter, Revisit, RevisitCommand, RevisitEvent, RevisitKind>;

/// <summary>What residents are served and asked: orders, revisits, the monthly review.</summary>
internal static class ServiceLives
{
    private static readonly Contact s_contact = new(
        new Personal("王芳"), new Personal(TestCompany.ResidentPhone), new Personal("3-1-502"), null);

    /// <summary>As staff typed it in: the phone is on file for no home.</summary>
    private static readonly Contact s_unlisted = s_contact with { Phone = new Personal(TestCompany.Phone(77)) };

    public static IEnumerable<ILife> All =>
        [Evaluated, OnPaper, Confirmed, Cancelled, Refused, Signed, SignedUnlisted, Declined, Month];

    private static OrderLife Evaluated => Order("evaluated")
        .Then(TestCompany.Engineer, (_, _) => new Ordered.Decline("不在班"))
        .Then(TestCompany.EngineeringHead, (_, _) => new Ordered.Assign(TestCompany.OtherEngineer.Id, "顶班"))
        .Then(TestCompany.OtherEngineer, (_, _) => new Ordered.Accept())
        .Then(TestCompany.OtherEngineer, (_, _) => new Ordered.TellProgress("明天上门"))
        .Resident((_, _) => new Ordered.Note(Channel.Sms, "下午在家"))
        .Then(TestCompany.OtherEngineer, (_, _) => new Ordered.Note(Channel.Sms, "门铃坏了，到了打电话"))
        .Then(TestCompany.OtherEngineer, (_, now) => new Ordered.ProposeAmendment(
            "120元", now.AddDays(4), "加一盏灯", "多一处"))
        .Resident((s, _) => new Ordered.AnswerAmendment(s.Amendment!.No, true, Channel.Sms, "好"))
        .Then(TestCompany.OtherEngineer, (_, _) => new Ordered.ProposeAmendment("150元", null, null, "涨价"))
        .Then(TestCompany.OtherEngineer, (_, _) => new Ordered.WithdrawAmendment())
        .Then(TestCompany.OtherEngineer, (_, _) => new Ordered.Finish("装好了"))
        .Then(TestCompany.OtherEngineer, (_, _) => new Ordered.AttachPaper("data:image/png;base64,AAAA", 4, 4, "还行"))
        .Then(TestCompany.Inspector, (_, _) => new Ordered.DecideSignature(false, "不是本人签的"))
        .Resident((s, _) => new Ordered.RefuseEvaluation(s.Request!.Issue, "灯不亮", false))
        .Then(TestCompany.OtherEngineer, (_, _) => new Ordered.Finish("重新接线"))
        .Then(TestCompany.OtherEngineer, (_, _) => new Ordered.RecordAttempt(Channel.Phone, "没人接"))
        .Wait((_, now) => now.AddDays(2))
        .Then(TestCompany.OtherEngineer, (_, _) => new Ordered.RecordAttempt(Channel.Phone, "还是没人接"))
        .Wait((_, now) => now.AddDays(2))
        .Then(TestCompany.OtherEngineer, (_, _) => new Ordered.RecordAttempt(Channel.WalkIn, "没人在家"))
        .Then(TestCompany.OtherEngineer, (_, _) => new Ordered.ProposeUnreachable())
        .Then(TestCompany.EngineeringHead, (_, _) => new Ordered.DecideUnreachable(false, "再联系"))
        .System((_, _) => new Ordered.RequestEvaluation())
        .Resident((s, _) => new Ordered.Evaluate(s.Request!.Issue, "hash", s.Request.TextHash, "M0 0L9 9", 2, 2, "太慢"))
        .System((_, _) => new Ordered.LinkComplaint(OrderCause.BadEvaluation, null));

    private static OrderLife OnPaper => Order("on paper")
        .Then(TestCompany.Engineer, (_, _) => new Ordered.Finish("装好了"))
        .Then(TestCompany.Engineer, (_, _) => new Ordered.AttachPaper("data:image/png;base64,AAAA", 4, 4, "还行"))
        .Then(TestCompany.Inspector, (_, _) => new Ordered.DecideSignature(true, "本人确认"));

    private static OrderLife Confirmed => Order("confirmed", s_unlisted)
        .Then(TestCompany.Engineer, (_, _) => new Ordered.Finish("装好了"))
        .Resident((s, _) => new Ordered.Evaluate(s.Request!.Issue, "hash", s.Request.TextHash, "M0 0L9 9", 5, 4, "很好"))
        .Then(TestCompany.Inspector, (_, _) => new Ordered.DecideSignature(false, "住户说没有签过"))
        .Resident((s, _) => new Ordered.Evaluate(s.Request!.Issue, "hash", s.Request.TextHash, "M0 0L9 9", 3, 3, "一般"))
        .Then(TestCompany.Inspector, (_, _) => new Ordered.DecideSignature(true, "本人确认", "王芳"));

    private static OrderLife Cancelled => Order("cancelled")
        .Resident((_, _) => new Ordered.Cancel(Channel.Sms, "不用了"));

    private static OrderLife Refused => Order("refused")
        .Then(TestCompany.EngineeringHead, (_, _) => new Ordered.RefuseOrder("不在服务范围"));

    private static RevisitLife Signed => Planned("signed")
        .Then(TestCompany.HyDuty, (_, _) => new Revisited.RecordAttempt(Channel.Phone, "没人接"))
        .Then(TestCompany.HyDuty, (_, now) => new Revisited.EnterVisit(
            now.AddMinutes(-5), "data:image/png;base64,AAAA", new Judgement(4, 4, true), "还行"))
        .Then(TestCompany.Inspector, (_, _) => new Revisited.DecideSignature(false, "不是本人签的"))
        .Wait((_, now) => now.AddDays(2))
        .Then(TestCompany.HyDuty, (_, _) => new Revisited.RecordAttempt(Channel.Phone, "还是没人接"))
        .Wait((_, now) => now.AddDays(2))
        .Then(TestCompany.HyDuty, (_, _) => new Revisited.RecordAttempt(Channel.WalkIn, "没人在家"))
        .Then(TestCompany.HyDuty, (_, _) => new Revisited.ProposeUnreachable())
        .Then(TestCompany.HyManager, (_, _) => new Revisited.DecideUnreachable(false, "再联系"))
        .System((_, _) => new Revisited.Ask())
        .Resident((s, _) => new Revisited.Sign(
            s.Request.Issue, "hash", s.Request.TextHash, "M0 0L9 9", new Judgement(1, 2, false), "没修好"))
        .System((_, _) => new Revisited.LinkComplaint(null));

    private static RevisitLife SignedUnlisted => Planned("unlisted", s_unlisted)
        .Resident((s, _) => Answer(s, new Judgement(5, 5, true)))
        .Then(TestCompany.Inspector, (_, _) => new Revisited.DecideSignature(false, "住户说没有签过"))
        .Resident((s, _) => Answer(s, new Judgement(3, 3, true)))
        .Then(TestCompany.Inspector, (_, _) => new Revisited.DecideSignature(true, "本人确认", "王芳"));

    private static Revisited.Sign Answer(Revisit s, Judgement judgement) => new(
        s.Request.Issue, "hash", s.Request.TextHash, "M0 0L9 9", judgement, "修好了");

    private static RevisitLife Declined => Planned("declined")
        .Resident((s, _) => new Revisited.Decline(s.Request.Issue, "不想说"));

    private static ReviewLife Month
    {
        get
        {
            var facts = new MonthFacts(1, 0, [], [], []);
            return new ReviewLife(
                    "review", k => k.StreamOf(TestCompany.HY, 2026, 2), new Actor.System(),
                    _ => new Reviewed.Open(TestCompany.HY, 2026, 2, 1, 0))
            { Person = TestCompany.ResidentPhone }
                .Then(TestCompany.HyManager, (_, _) => new Reviewed.Find([new(Heard, true, false, null, null, "已修好")]))
                .Then(TestCompany.HyManager, (_, _) => new Reviewed.Submit(facts))
                .Then(TestCompany.Inspector, (_, _) => new Reviewed.Inspect(Heard, false, "没有回访"))
                .Then(TestCompany.Inspector, (_, _) => new Reviewed.SendBack("请回访"))
                .Then(TestCompany.HyManager, (_, _) => new Reviewed.Find([new(Heard, false, true, "缺料", "下周", "下周修")]))
                .Then(TestCompany.HyManager, (_, _) => new Reviewed.Submit(facts))
                .Then(TestCompany.Inspector, (_, _) => new Reviewed.Inspect(Heard, true, "属实"))
                .Then(TestCompany.Inspector, (_, _) => new Reviewed.Close(
                    facts, new MonthFigures(1, 1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 4.5, [new("Equipment", "3", 1)])))
                .System((_, _) => new Reviewed.Publish());
        }
    }

    private static Opinion Heard => new(
        "HY-2026-000001", "complaint", TestCompany.HY, "2026-02", false, null, new Personal(TestCompany.ResidentPhone),
        null, Language.Chinese);

    private static OrderLife Order(string variant, Contact? contact = null)
    {
        var number = new MatterNumber(TestCompany.HY, OrderKind.Letter, 2026, 1);
        return new OrderLife(
            OrderKind.Name, k => k.StreamOf("life"), new Actor.Staff(TestCompany.HyDuty),
            now => new Ordered.Open(
                number, OrderType.Service, "装一盏灯", contact ?? s_contact, Channel.Phone, Language.Chinese, Category.Equipment,
                Severity.Ordinary, Unit.Engineering, "100元", now.AddDays(9), null, null, TestCompany.HyDuty.Id, null),
            variant)
        {
            Person = (contact ?? s_contact).Phone!.Value.Value,
            Series = number,
            From = (c, source) => ((Ordered.Open)c) with { SourceId = source },
        };
    }

    private static RevisitLife Planned(string variant, Contact? contact = null) => new(
        RevisitKind.Name, k => k.StreamOf(TestCompany.HY, "2026-02", "HY-2026-000001"), new Actor.System(),
        now => new Revisited.Plan(
            TestCompany.HY, "2026-02",
            new RevisitedItem(
                "HY-2026-000001", "complaint", "complaint.old", Category.Equipment, TestCompany.Engineer.Id,
                [TestCompany.Engineer.Id], now.AddDays(-20)),
            contact ?? s_contact, Language.Chinese, "电梯已修好", new RevisitSides(Unit.Office, Unit.Quality, Unit.Leader)),
        variant)
    { Person = (contact ?? s_contact).Phone!.Value.Value };
}
