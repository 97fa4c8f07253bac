using CustomerComm.Domain.Complaints;

namespace CustomerComm.Domain.Outside;

/// <summary>What can be asked of a work order from outside.</summary>
public abstract record OutsideCommand
{
    private OutsideCommand()
    {
    }

    /// <summary>Begins it from the complaint it was entered as; by the system alone.</summary>
    public sealed record Begin(
        MatterNumber Complaint, OutsideTerms Terms, Personal Text, Contact Contact, StaffId? EnteredBy,
        OutsideSides Sides) : OutsideCommand;

    /// <summary>Tells it the sides of its complaint as they are now; by the system alone.</summary>
    public sealed record TakeSides(OutsideSides Sides) : OutsideCommand;

    /// <summary>
    /// The same number came again: while it is open the same order, with what is new in its words; after that sent back by
    /// the authority, where it was received there later than before.
    /// </summary>
    public sealed record ReceiveAgain(OutsideDelivery Delivery, string Text) : OutsideCommand;

    /// <summary>Records a first contact with the resident, or an attempt.</summary>
    public sealed record RecordContact(Channel Channel, bool Reached, string With, string Said) : OutsideCommand;

    /// <summary>Asks to give it back to the authority.</summary>
    public sealed record ProposeReturn(ReturnReason Why, string Words) : OutsideCommand;

    /// <summary>Consents to that or not.</summary>
    public sealed record DecideReturn(bool Consented, string? Comment) : OutsideCommand;

    /// <summary>Puts a reply to the authority up for approval; a new one takes the place of one that waits.</summary>
    public sealed record DraftReply(string Text) : OutsideCommand;

    /// <summary>
    /// Approves the reply, which is given with that, or not. <paramref name="Reply"/> is the id of the reply that was
    /// read: where another has taken its place meanwhile, nothing is decided.
    /// </summary>
    public sealed record DecideReply(string Reply, bool Approved, string? Comment) : OutsideCommand;

    /// <summary>
    /// Records an independent call-back: with <paramref name="Answers"/> where the resident was reached.
    /// </summary>
    public sealed record CallBack(CallBackAnswers? Answers, string Said) : OutsideCommand;
}
