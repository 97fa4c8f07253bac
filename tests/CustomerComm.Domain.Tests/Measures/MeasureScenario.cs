using CustomerComm.Domain.Measures;
using CustomerComm.Domain.Tests.Matters;

namespace CustomerComm.Domain.Tests.Measures;

/// <summary>One measure, begun from the corrective report of a complaint.</summary>
internal sealed class MeasureScenario
    : MatterScenario<MeasureScenario, MeasureMatter, Measure, MeasureCommand, MeasureEvent>
{
    protected override int MostOwed => 1;

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

    public Obligation Owed() => Assert.Single(MeasureMatter.Owed(State));

    protected override StaffId? JudgeOf(MeasureEvent e) => (e as MeasureEvent.MeasureChecked)?.By;
}
