using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Matters;

/// <summary>
/// What can happen to the obligations of every kind of matter, in the same stream as its own events. Stored types: a
/// field is never renamed or removed, new ones have a default.
/// </summary>
public abstract record ObligationEvent
{
    private ObligationEvent()
    {
    }

    /// <summary>
    /// Something was not done in time. <paramref name="Level"/> 0 tells whoever owes it, higher ones their superiors;
    /// unless <paramref name="Told"/> acknowledges by <paramref name="AcknowledgeDue"/>, the next is told.
    /// </summary>
    public sealed record Lapsed(
        ObligationKind Kind, string Subject, Party Owner, DateTimeOffset Due, int Level, StaffId Told,
        DateTimeOffset AcknowledgeDue) : ObligationEvent;

    /// <summary>
    /// The person told acknowledged; if it stays undone until <paramref name="Until"/>, the next is told.
    /// </summary>
    public sealed record LapseAcknowledged(
        StaffId By, ObligationKind Kind, string Subject, Personal? Comment, DateTimeOffset Until) : ObligationEvent;

    /// <summary>A message to somebody was given up; a person must see to it.</summary>
    public sealed record MessageFailed(string MessageId, string Template, Party? To, string Error) : ObligationEvent;

    /// <summary>
    /// Whoever has a page of theirs was given another link to it, the former being nowhere to be found any more; the
    /// former still opens. What is kept of its token is stored with this event.
    /// </summary>
    public sealed record LinkMade(string Page, int Issue) : ObligationEvent;
}
