using System.Collections.Immutable;
using CustomerComm.Domain.Measures;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Tests.Measures;

/// <summary>
/// Drives one measure through the decider, begun from the corrective report of a complaint. After every event it holds
/// that something is owed exactly while it is open, by one party, and that nobody who had a hand in it checked it.
/// </summary>
internal sealed class MeasureScenario
{
    public static readonly Actor System = new Actor.System();

    public DateTimeOffset Now { get; private set; } = TestCompany.Time(ComplaintScenario.Start);

    public Rules Rules { get; set; } = TestCompany.Rules;

    public Measure State { get; private set; } = null!;

    public ImmutableArray<MeasureEvent> Last { get; private set; } = [];

    /// <summary>The corrective measure of a major complaint that the engineer on duty handled and filed.</summary>
    public static MeasureScenario Begun(StaffMember? owner = null, ComplaintScenario? of = null)
    {
        var complaint = (of ?? ComplaintScenario.Signed(severity: Severity.Major)).State;
        var scenario = new MeasureScenario();
        return scenario.Do(System, new MeasureCommand.Begin(
            complaint.Number, complaint.Round, MeasureType.Corrective,
            new PlannedMeasure(
                new Personal("更换门机"), (owner ?? TestCompany.OtherEngineer).Id, scenario.Now.AddDays(10)),
            TestCompany.Engineer.Id, ComplaintSides.Of(complaint), complaint.Intake.Contact));
    }

    /// <summary>As above, carried out the next day.</summary>
    public static MeasureScenario Done(StaffMember? owner = null) => Begun(owner).After(1)
        .Do(owner ?? TestCompany.OtherEngineer, new MeasureCommand.Finish("已更换"));

    public MeasureScenario After(double days)
    {
        Now = Now.AddDays(days);
        return this;
    }

    public MeasureScenario Do(StaffMember by, MeasureCommand command) => Do(new Actor.Staff(by), command);

    public MeasureScenario Do(Actor by, MeasureCommand command)
    {
        var decision = Try(by, command);
        Assert.True(
            decision is Decision<MeasureEvent>.Accepted,
            (decision as Decision<MeasureEvent>.Refused)?.Refusal.ToString());
        return this;
    }

    public MeasureScenario Unchanged(StaffMember by, MeasureCommand command)
    {
        Do(by, command);
        Assert.Empty(Last);
        return this;
    }

    public MeasureScenario Refuse(StaffMember by, MeasureCommand command, RefusalCode code, string? field = null) =>
        Refuse(new Actor.Staff(by), command, code, field);

    public MeasureScenario Refuse(Actor by, MeasureCommand command, RefusalCode code, string? field = null)
    {
        var before = State;
        var refused = Assert.IsType<Decision<MeasureEvent>.Refused>(Try(by, command)).Refusal;
        Assert.Equal((code, field), (refused.Code, refused.Field));
        Assert.Contains(ProcedureClauses.All, c => c.Number == refused.Clause);
        Assert.Same(before, State);
        return this;
    }

    public Obligation Owed() => Assert.Single(MeasureMatter.Owed(State));

    /// <summary>Templates of the messages of the last command, with whom they go to.</summary>
    public IEnumerable<(string Template, Party To)> Told() => Last
        .SelectMany(e => MeasureMatter.Messages(e, State, Rules)).Select(m => (m.Template, ((Recipient.Staff)m.To).Party));

    public Decision<MeasureEvent> Try(Actor by, MeasureCommand command)
    {
        var hands = State?.Hands;
        var decision = MeasureMatter.Decide(State, command, by, Now, Rules);
        Last = decision is Decision<MeasureEvent>.Accepted yes ? yes.Events : [];
        foreach (var e in Last)
        {
            State = MeasureMatter.Evolve(State, e, Now);
            Assert.Equal(State.Open ? 1 : 0, MeasureMatter.Owed(State).Count());
            Assert.True(
                e is not MeasureEvent.MeasureChecked c || !hands!.Contains(c.By), $"{e} is a check of own work");
            Assert.True(
                by is not Actor.Staff { Member: var m } || !Authority.IsBarred(State, m, Rules.Directory),
                $"{e} by the accused side");
            Assert.All(MeasureMatter.Messages(e, State, Rules), x => Assert.NotEmpty(x.Template));
        }

        return decision;
    }
}
