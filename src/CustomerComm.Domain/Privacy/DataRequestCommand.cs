using System.Collections.Immutable;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.Domain.Privacy;

/// <summary>
/// What can be asked of a data request. How the person stands is looked up by the application, never given by who asks.
/// </summary>
public abstract record DataRequestCommand
{
    private DataRequestCommand()
    {
    }

    /// <summary>
    /// Asks; by the resident, or by staff who say how the person proved who they are. <paramref name="Own"/>: the member of
    /// staff whose number it is.
    /// </summary>
    public sealed record Ask(
        MatterNumber Number, DataRequestType Type, Contact Contact, Channel Channel, Language Language, string? Proof,
        string Reason, StaffId? Own, PersonStanding Standing, string? SourceId) : DataRequestCommand;

    /// <summary>Makes sure who asked, and says how.</summary>
    public sealed record Examine(string Proof) : DataRequestCommand;

    /// <summary>Approves the erasure.</summary>
    public sealed record Approve(PersonStanding Standing) : DataRequestCommand;

    /// <summary>Refuses it with a reason that the person is told.</summary>
    public sealed record Refuse(string Reason) : DataRequestCommand;

    /// <summary>Puts a legal hold on it until a time; the person is told on what ground.</summary>
    public sealed record Hold(string Ground, DateTimeOffset Until) : DataRequestCommand;

    /// <summary>Stops it; by the person alone.</summary>
    public sealed record Stop : DataRequestCommand;

    /// <summary>Gives the copy: the person can fetch it by their link.</summary>
    public sealed record GiveCopy : DataRequestCommand;

    /// <summary>Tells the person that they are being erased now; by the system, once its time has come.</summary>
    public sealed record Announce(PersonStanding Standing) : DataRequestCommand;

    /// <summary>
    /// Begins the erasure of these keys; by the system, once the person was told. <paramref name="Shared"/>: conversations
    /// left, for others use them too.
    /// </summary>
    public sealed record Begin(PersonStanding Standing, ImmutableArray<string> Keys, int Shared) : DataRequestCommand;

    /// <summary>Records that the keys are gone; by the system.</summary>
    public sealed record Finish : DataRequestCommand;
}
