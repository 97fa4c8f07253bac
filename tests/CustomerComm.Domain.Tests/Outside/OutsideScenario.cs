using CustomerComm.Domain.Outside;
using CustomerComm.Domain.Tests.Matters;

namespace CustomerComm.Domain.Tests.Outside;

/// <summary>One work order, begun from a complaint.</summary>
internal sealed class OutsideScenario
    : MatterScenario<OutsideScenario, OutsideMatter, OutsideOrder, OutsideCommand, OutsideEvent>
{
    public static OutsideDelivery Delivery(
        DateTimeOffset? there = null, bool urgent = false, DateTimeOffset? contact = null, DateTimeOffset? reply = null,
        string number = "BJ-20260302-00017") => new(
        OutsideLine.Hotline12345, number, there ?? TestCompany.Time(ComplaintScenario.Start).AddHours(-1), urgent, contact,
        reply);

    /// <summary>A work order about the lift, handled by the engineer on duty.</summary>
    public static OutsideScenario Begun(ComplaintScenario? of = null, OutsideDelivery? delivery = null)
    {
        var complaint = (of ?? ComplaintScenario.InProgress()).State;
        return new OutsideScenario().Do(System, new OutsideCommand.Begin(
            complaint.Number, (delivery ?? Delivery()).Terms(complaint.Intake.Contact, TestCompany.Rules),
            new Personal("电梯坏了三天没人修。"), complaint.Intake.Contact, TestCompany.HyDuty.Id, OutsideSides.Of(complaint)));
    }

    /// <summary>As above, contacted and with a reply that waits.</summary>
    public static OutsideScenario Drafted() => Begun().After(0.1).Do(TestCompany.Engineer, Contact())
        .Do(TestCompany.Engineer, new OutsideCommand.DraftReply("已更换门机，试运行正常。"));

    /// <summary>As above, replied to.</summary>
    public static OutsideScenario Replied()
    {
        var scenario = Drafted();
        return scenario.Do(TestCompany.Inspector, scenario.Approve());
    }

    public static OutsideCommand.RecordContact Contact(bool reached = true) =>
        new(Channel.Phone, reached, "王芳", "说明了维修安排");

    public static OutsideCommand.CallBack CallBack(bool contacted = true, bool resolved = true, bool satisfied = true) =>
        new(new CallBackAnswers(contacted, resolved, satisfied), "住户答复");

    public OutsideCommand.DecideReply Approve() => new(State.Draft!.Id, true, null);

    public Obligation Owed(ObligationKind kind) => Assert.Single(OutsideMatter.Owed(State), o => o.Kind == kind);

    public IEnumerable<ObligationKind> Owes() => OutsideMatter.Owed(State).Select(o => o.Kind);

    protected override StaffId? JudgeOf(OutsideEvent e) => e switch
    {
        OutsideEvent.OutsideReturnDecided x => x.By,
        OutsideEvent.OutsideReplyDecided x => x.By,
        OutsideEvent.OutsideCalledBack x => x.By,
        _ => null,
    };
}
