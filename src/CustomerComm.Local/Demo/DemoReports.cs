using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Measures;

namespace CustomerComm.Local.Demo;

/// <summary>The two reports of a major complaint of the demo (4.6.2-5).</summary>
internal static class DemoReports
{
    /// <summary>Large damage and theft make a major complaint, which owes reports.</summary>
    public static Severity SeverityOf(Complaint s) =>
        Natures.HandledAsComplaint(s.Kind) && s.Severity == Severity.Ordinary
            && s.Category is Category.CivilWorks or Category.Compensation or Category.Security
            ? Severity.Major : s.Severity;

    /// <summary>Both, owned by whoever handled it; null where nobody is known.</summary>
    public static ComplaintCommand? Of(Obligation owed, Complaint s, DemoMoment moment) =>
        (owed.Owner.Staff ?? s.Handler) is { } owner
            ? new ComplaintCommand.FileReports(
                new PlannedMeasure(new Personal("演示：更换损坏部件，全小区同类设备排查一遍。"), owner, moment.Now.AddDays(10)),
                new PlannedMeasure(new Personal("演示：增加每周巡查，巡查表由主管抽查。"), owner, moment.Now.AddDays(20)))
            : null;
}
