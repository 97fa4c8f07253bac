using CustomerComm.Domain.Complaints;

namespace CustomerComm.Domain.Measures;

/// <summary>What can be asked of a measure.</summary>
public abstract record MeasureCommand
{
    private MeasureCommand()
    {
    }

    /// <summary>Begins it from a filed report; by the system alone.</summary>
    public sealed record Begin(
        MatterNumber Complaint, int ComplaintRound, MeasureType Type, PlannedMeasure Plan, StaffId FiledBy,
        ComplaintSides Sides, Contact Contact) : MeasureCommand;

    /// <summary>Tells it the sides of its complaint as they are now; by the system alone.</summary>
    public sealed record TakeSides(ComplaintSides Sides) : MeasureCommand;

    /// <summary>Records that it was carried out.</summary>
    public sealed record Finish(string Result) : MeasureCommand;

    /// <summary>
    /// Finds it effective, or not; then <paramref name="NewDue"/> is by when it is to be carried out anew.
    /// </summary>
    public sealed record CheckEffect(bool Effective, string Finding, DateTimeOffset? NewDue) : MeasureCommand;

    /// <summary>Gives it to another owner; its due date stands.</summary>
    public sealed record Reassign(StaffId Owner, string Reason) : MeasureCommand;
}
