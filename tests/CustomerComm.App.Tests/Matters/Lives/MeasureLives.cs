using CustomerComm.App.Measures;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Measures;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Matters.Lives;

using MeasureLife = Life<MeasureMatter, Measure, MeasureCommand, MeasureEvent, MeasureKind>;

/// <summary>A measure that was not effective the first time.</summary>
internal static class MeasureLives
{
    private static readonly ComplaintSides s_sides =
        new([], Unit.Leader, Unit.Quality, [TestCompany.Engineer.Id]);

    public static IEnumerable<ILife> All => [Measure];

    private static MeasureLife Measure => new MeasureLife(
        MeasureKind.Name, k => k.StreamOf("HY-2026-000009-C1"), new Actor.System(),
        _ => new MeasureCommand.Begin(
            new MatterNumber(TestCompany.HY, MatterNumber.Complaint, 2026, 9), 1, MeasureType.Corrective,
            new PlannedMeasure(
                new Personal("更换门机"), TestCompany.Engineer.Id, TestCompany.Time("2026-03-20 09:00")),
            TestCompany.Engineer.Id, s_sides,
            new Contact(new Personal("王芳"), new Personal(TestCompany.ResidentPhone), null, null)))
    { Person = TestCompany.ResidentPhone }
        .Then(TestCompany.EngineeringHead, (_, _) => new MeasureCommand.Reassign(TestCompany.OtherEngineer.Id, "休假"))
        .System((_, _) => new MeasureCommand.TakeSides(
            s_sides with { Handlers = [TestCompany.Engineer.Id, TestCompany.Inspector.Id] }))
        .Then(TestCompany.OtherEngineer, (_, _) => new MeasureCommand.Finish("已更换"))
        .Then(TestCompany.QualityHead, (_, now) => new MeasureCommand.CheckEffect(false, "又停了", now.AddDays(5)))
        .Then(TestCompany.OtherEngineer, (_, _) => new MeasureCommand.Finish("又更换了导靴"))
        .Then(TestCompany.OtherInspector, (_, _) => new MeasureCommand.CheckEffect(true, "未再发生", null));
}
