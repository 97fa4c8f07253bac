using CustomerComm.Domain.Measures;

namespace CustomerComm.Domain.Complaints;

/// <content>The two reports of a major complaint (4.6.2-5).</content>
public sealed partial class ComplaintMatter
{
    /// <summary>Files both; each begins a measure, which goes on after the complaint is closed.</summary>
    private static Decision<ComplaintEvent> FileReports(Context c, ComplaintCommand.FileReports f)
    {
        if ((c.At("4.6.2-5", Stage.Completed) ?? c.Handler("4.6.2-5")) is { } no)
            return No(no);
        if (c.S.Completion!.ReportsDue is null)
            return No(RefusalCode.WrongStage, "4.6.2-5", "Reports are owed for a major complaint only.");
        if (c.S.Completion.ReportsFiled)
            return Yes();
        return (MeasureMatter.Plan(f.Corrective, "corrective", c.S, c.Now, c.Rules)
            ?? MeasureMatter.Plan(f.Preventive, "preventive", c.S, c.Now, c.Rules)) is { } bad
            ? No(bad)
            : Yes(new ComplaintEvent.ReportsFiled(c.Member!.Id, f.Corrective, f.Preventive));
    }
}
