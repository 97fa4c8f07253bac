using System.Collections.Immutable;

namespace CustomerComm.Domain;

/// <summary>Why a command was refused.</summary>
public enum RefusalCode
{
    /// <summary>A field is missing, too long, or not of its form.</summary>
    BadField,
    /// <summary>The complaint is closed.</summary>
    Closed,
    /// <summary>The complaint does not stand where this can be done.</summary>
    WrongStage,
    /// <summary>It is somebody else's to do.</summary>
    NotYours,
    /// <summary>Only the resident of the complaint may do this (4.6.2-4).</summary>
    ResidentOnly,
    /// <summary>The complaint is against this member of staff or somebody above them (4.6.1-2-D).</summary>
    Accused,
    /// <summary>Whoever handled the complaint cannot verify it (4.5.4).</summary>
    OwnWork,
    /// <summary>The leader has not approved the answer to the letter (4.6.1-2-E).</summary>
    ApprovalMissing,
    /// <summary>The signing link is not valid (any more).</summary>
    LinkInvalid,
    /// <summary>The text shown is not the text to be signed.</summary>
    TextChanged,
    /// <summary>Too few attempts for "unreachable" (4.6.2-4).</summary>
    AttemptsMissing,
    /// <summary>Something that must come first is not done.</summary>
    NotYet,
    /// <summary>The time for it has passed.</summary>
    TooLate,
}

/// <summary>
/// An expected refusal: a value, not an exception. <paramref name="Field"/> names the input at fault, if any.
/// </summary>
public sealed record Refusal(RefusalCode Code, string Clause, string Text, string? Field = null)
{
    /// <summary>The step that must come first, where one is missing.</summary>
    public ObligationKind? Missing { get; init; }
}

/// <summary>What a command came to.</summary>
public abstract record Decision<TEvent>
{
    private Decision()
    {
    }

    /// <summary>These events happened; none where the command repeats what is already so.</summary>
    public sealed record Accepted(ImmutableArray<TEvent> Events) : Decision<TEvent>;

    /// <summary>It was refused.</summary>
    public sealed record Refused(Refusal Refusal) : Decision<TEvent>;
}
