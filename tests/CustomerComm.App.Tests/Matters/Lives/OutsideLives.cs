using CustomerComm.App.Outside;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Outside;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Matters.Lives;

using OutsideLife = Life<OutsideMatter, OutsideOrder, OutsideCommand, OutsideEvent, OutsideKind>;

/// <summary>A work order that the office would give back, that is answered, comes back, and is called back.</summary>
internal static class OutsideLives
{
    private const string Number = "BJ-20260302-00017";

    private static readonly OutsideSides s_sides = new(
        new ComplaintSides([], Unit.Leader, Unit.Quality, [TestCompany.HyDuty.Id]), Unit.Office,
        Party.Of(TestCompany.HyDuty.Id), null);

    private static readonly OutsideTerms s_terms = new(
        OutsideLine.Hotline12345, Number, TestCompany.Time("2026-03-01 09:00"), false,
        TestCompany.Time("2026-03-09 12:00"), TestCompany.Time("2026-03-12 12:00"));

    public static IEnumerable<ILife> All => [Order];

    private static OutsideLife Order => new OutsideLife(
        OutsideKind.Name, k => k.StreamOf(TestCompany.HY, Number), new Actor.System(),
        _ => new OutsideCommand.Begin(
            new MatterNumber(TestCompany.HY, MatterNumber.Complaint, 2026, 9), s_terms, new Personal("水压低"),
            new Contact(new Personal("王芳"), new Personal(TestCompany.ResidentPhone), null, null),
            TestCompany.HyDuty.Id, s_sides))
    { Person = TestCompany.ResidentPhone }
        .Then(TestCompany.HyDuty, (_, _) => new OutsideCommand.RecordContact(Channel.Phone, false, "王芳", "无人接听"))
        .Then(TestCompany.HyDuty, (_, _) => new OutsideCommand.RecordContact(Channel.Phone, true, "王芳", "约好上门"))
        .Then(TestCompany.HyGuard, (_, _) => new OutsideCommand.ProposeReturn(ReturnReason.NotOurDuty, "属自来水公司"))
        .Then(TestCompany.Inspector, (_, _) => new OutsideCommand.DecideReturn(false, "泵房归我们"))
        .Then(TestCompany.HyManager, (_, now) => new OutsideCommand.ReceiveAgain(Delivery(s_terms.ReceivedThere), "催办"))
        .System((_, _) => new OutsideCommand.TakeSides(s_sides with { Responsible = Party.Of(TestCompany.HyGuard.Id) }))
        .Then(TestCompany.HyGuard, (_, _) => new OutsideCommand.DraftReply("已调高泵房压力。"))
        .Then(TestCompany.Leader, (s, _) => new OutsideCommand.DecideReply(s.Draft?.Id ?? "-", true, "同意"))
        .Then(TestCompany.Inspector, (_, _) => new OutsideCommand.CallBack(null, "无人接听"))
        .Then(TestCompany.OtherInspector, (_, _) => new OutsideCommand.CallBack(
            new CallBackAnswers(true, false, false), "仍然水压低"))
        .Then(TestCompany.Inspector, (_, now) => new OutsideCommand.ReceiveAgain(Delivery(now), "诉求人不认可"))
        .Then(TestCompany.HyGuard, (_, _) => new OutsideCommand.ProposeReturn(ReturnReason.Duplicate, "同一事项另有工单"))
        .Then(TestCompany.OtherInspector, (_, _) => new OutsideCommand.DecideReturn(true, null));

    private static OutsideDelivery Delivery(DateTimeOffset there) =>
        new(OutsideLine.Hotline12345, Number, there, false, null, null);
}
