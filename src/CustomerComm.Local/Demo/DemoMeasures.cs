using CustomerComm.App.Matters;
using CustomerComm.App.Measures;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Measures;

namespace CustomerComm.Local.Demo;

/// <summary>
/// The measures of major complaints: carried out by their owners, checked by somebody else, now and then not effective
/// the first time (4.6.2-5).
/// </summary>
internal sealed class DemoMeasures(MeasureKind measures, DemoWork work) : IDemoPlay
{
    private readonly DemoTally _tally = new();
    private int _effective;

    public string Told => $"measures: {_effective} found effective, {_tally}";

    public async Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct)
    {
        foreach (var owed in await work.OfAsync(moment, MeasureKind.Name, ct))
        {
            if (!moment.Acts(owed.Due) || await measures.LoadAsync(owed.Stream, ct) is not { } loaded
                || CommandFor(moment, owed, loaded.State, directory) is not { } command)
            {
                continue;
            }

            var by = owed.Kind == ObligationKind.CheckMeasure
                ? owed.Other(m => loaded.State.Hands.Contains(m.Id)) : owed.By;
            if (by is null)
                continue;
            var result = await measures.HandleAsync(owed.Stream, command, new Actor.Staff(by), null, ct);
            if (_tally.Take(result) && result is MatterResult<Measure>.Done { Matter.State.Open: false })
                _effective++;
        }
    }

    private static MeasureCommand? CommandFor(
        DemoMoment moment, DemoObligation owed, Measure s, CompanyDirectory directory) => owed.Kind switch
        {
            ObligationKind.CarryOutMeasure => new MeasureCommand.Finish(s.Begun.Type == MeasureType.Corrective
                ? "演示：已按报告更换部件并复查，现场拍照存档。" : "演示：已列入每周巡查表，并培训当班人员。"),
            ObligationKind.CheckMeasure when s.Round == 1 && moment.Chance(20) => new MeasureCommand.CheckEffect(
                Effective: false, "演示：抽查发现巡查表漏填两次。", moment.Now.AddDays(10)),
            ObligationKind.CheckMeasure => new MeasureCommand.CheckEffect(
                Effective: true, "演示：现场查看并询问住户，未再发生。", null),
            ObligationKind.Assign when directory.Head(s.Unit, s.Community) is { } head && head.Id != s.Owner =>
                new MeasureCommand.Reassign(head.Id, "演示：原落实人应回避。"),
            _ => null,
        };
}
