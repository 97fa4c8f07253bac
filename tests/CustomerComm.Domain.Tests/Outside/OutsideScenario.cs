using System.Collections.Immutable;
using CustomerComm.Domain.Outside;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Tests.Outside;

/// <summary>
/// Drives one work order through the decider, begun from a complaint. After every event it holds that something is owed
/// exactly while it is open, by one party each, and that nobody with a hand in it judged it, nor anybody barred did anything.
/// </summary>
internal sealed class OutsideScenario
{
    public static readonly Actor System = new Actor.System();

    public DateTimeOffset Now { get; private set; } = TestCompany.Time(ComplaintScenario.Start);

    public Rules Rules { get; set; } = TestCompany.Rules;

    public OutsideOrder State { get; private set; } = null!;

    public ImmutableArray<OutsideEvent> Last { get; private set; } = [];

    public static OutsideNotice Notice(
        DateTimeOffset? there = null, bool urgent = false, DateTimeOffset? contact = null, DateTimeOffset? reply = null,
        string number = "BJ-20260302-00017") => new(
        OutsideLine.Hotline12345, number, there ?? TestCompany.Time(ComplaintScenario.Start).AddHours(-1), urgent, contact,
        reply);

    /// <summary>A work order about the lift, handled by the engineer on duty.</summary>
    public static OutsideScenario Begun(ComplaintScenario? of = null, OutsideNotice? notice = null)
    {
        var complaint = (of ?? ComplaintScenario.InProgress()).State;
        return new OutsideScenario().Do(System, new OutsideCommand.Begin(
            complaint.Number, (notice ?? Notice()).Terms(complaint.Intake.Contact, TestCompany.Rules),
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

    public OutsideScenario After(double days) => At(Now.AddDays(days));

    public OutsideScenario At(DateTimeOffset now)
    {
        Now = now;
        return this;
    }

    public OutsideScenario Do(StaffMember by, OutsideCommand command) => Do(new Actor.Staff(by), command);

    public OutsideScenario Do(Actor by, OutsideCommand command)
    {
        var decision = Try(by, command);
        Assert.True(
            decision is Decision<OutsideEvent>.Accepted,
            (decision as Decision<OutsideEvent>.Refused)?.Refusal.ToString());
        return this;
    }

    public OutsideScenario Unchanged(StaffMember by, OutsideCommand command) => Unchanged(new Actor.Staff(by), command);

    public OutsideScenario Unchanged(Actor by, OutsideCommand command)
    {
        Do(by, command);
        Assert.Empty(Last);
        return this;
    }

    public OutsideScenario Refuse(StaffMember by, OutsideCommand command, RefusalCode code, string? field = null) =>
        Refuse(new Actor.Staff(by), command, code, field);

    public OutsideScenario Refuse(Actor by, OutsideCommand command, RefusalCode code, string? field = null)
    {
        var before = State;
        var refused = Assert.IsType<Decision<OutsideEvent>.Refused>(Try(by, command)).Refusal;
        Assert.Equal((code, field), (refused.Code, refused.Field));
        Assert.Contains(ProcedureClauses.All, c => c.Number == refused.Clause);
        Assert.Same(before, State);
        return this;
    }

    public Obligation Owed(ObligationKind kind) => Assert.Single(OutsideMatter.Owed(State), o => o.Kind == kind);

    public IEnumerable<ObligationKind> Owes() => OutsideMatter.Owed(State).Select(o => o.Kind);

    /// <summary>Templates of the messages of the last command, with whom they go to.</summary>
    public IEnumerable<(string Template, Party To)> Told() => Last
        .SelectMany(e => OutsideMatter.Messages(e, State, Rules)).Select(m => (m.Template, ((Recipient.Staff)m.To).Party));

    public Decision<OutsideEvent> Try(Actor by, OutsideCommand command)
    {
        var hands = State?.Hands;
        var decision = OutsideMatter.Decide(State, command, by, Now, Rules);
        Last = decision is Decision<OutsideEvent>.Accepted yes ? yes.Events : [];
        foreach (var e in Last)
        {
            State = OutsideMatter.Evolve(State, e, Now);
            Assert.Equal(State.Open, OutsideMatter.Owed(State).Any());
            Assert.Distinct(OutsideMatter.Owed(State).Select(o => (o.Kind, o.Subject)));
            Assert.True(
                JudgeOf(e) is not { } judge || !hands!.Contains(judge), $"{e} judges own work");
            Assert.True(
                by is not Actor.Staff { Member: var m } || !Authority.IsBarred(State, m, Rules.Directory),
                $"{e} by the accused side");
            Assert.All(OutsideMatter.Messages(e, State, Rules), x => Assert.NotEmpty(
                App.Messages.Texts.Get($"Template.{x.Template}", Language.Chinese)));
        }

        return decision;
    }

    private static StaffId? JudgeOf(OutsideEvent e) => e switch
    {
        OutsideEvent.OutsideReturnDecided x => x.By,
        OutsideEvent.OutsideReplyDecided x => x.By,
        OutsideEvent.OutsideCalledBack x => x.By,
        _ => null,
    };
}
