using CustomerComm.Domain.Complaints;

namespace CustomerComm.Domain.Measures;

/// <summary>What can happen to a measure. Stored types: a field is never renamed or removed.</summary>
public abstract record MeasureEvent
{
    private MeasureEvent()
    {
    }

    /// <summary>
    /// A report was filed and its measure is to be carried out. <paramref name="ComplaintRound"/> is the complaint's
    /// round of resolving, <paramref name="Unit"/> the owner's, <paramref name="Contact"/> the resident's.
    /// </summary>
    public sealed record MeasureBegun(
        string Number, MatterNumber Complaint, int ComplaintRound, MeasureType Type, PlannedMeasure Plan, Unit Unit,
        StaffId FiledBy, ComplaintSides Sides, Contact Contact, string PolicyVersion) : MeasureEvent;

    /// <summary>The owner carried it out; whether it is effective is checked by <paramref name="CheckDue"/>.</summary>
    public sealed record MeasureDone(StaffId By, Personal Result, Unit Checker, DateTimeOffset CheckDue) : MeasureEvent;

    /// <summary>
    /// It was found effective, or not: then it is to be carried out anew by <paramref name="NewDue"/>. Where the owner is
    /// of the accused side, another is named by <paramref name="NameOwnerDue"/>.
    /// </summary>
    public sealed record MeasureChecked(
        StaffId By, bool Effective, Personal Finding, DateTimeOffset? NewDue, DateTimeOffset? NameOwnerDue)
        : MeasureEvent;

    /// <summary>Somebody else carries it out.</summary>
    public sealed record MeasureReassigned(StaffId By, StaffId Owner, Unit Unit, Personal Reason) : MeasureEvent;

    /// <summary>
    /// The sides of the complaint changed. Where the owner is of the accused side now, another is named by
    /// <paramref name="NameOwnerDue"/>.
    /// </summary>
    public sealed record MeasureSidesChanged(ComplaintSides Sides, Unit Checker, DateTimeOffset? NameOwnerDue)
        : MeasureEvent;
}
