using System.Collections.Immutable;
using CustomerComm.Domain;

namespace CustomerComm.App.Conversations;

/// <summary>What a text message of staff is for; see docs/staff-messages.md.</summary>
public enum StaffIntent
{
    /// <summary>Cannot be told: nothing changes.</summary>
    Unclear,
    /// <summary>Takes it on.</summary>
    Accept,
    /// <summary>Gives it back; the text is the reason, or empty.</summary>
    Decline,
    /// <summary>It is done; the text is the result, or empty.</summary>
    Result,
    /// <summary>How it goes on, or anything that was not quite one of the others.</summary>
    Progress,
    /// <summary>Asks something.</summary>
    Question,
    /// <summary>Asks how to reply.</summary>
    Help,
    /// <summary>Yes to what was shown.</summary>
    Yes,
    /// <summary>No to what was shown.</summary>
    No,
}

/// <summary>
/// A text message of staff as it was read. <paramref name="Codes"/> are the matters it names;
/// <paramref name="Unreadable"/> is what looks like a code and is none. <paramref name="Text"/> is what was said besides
/// codes and command; <paramref name="Whole"/> besides codes alone.
/// </summary>
internal sealed record StaffMessage(
    StaffIntent Intent, ImmutableArray<MatterNumber> Codes, string? Unreadable, string Text, string Whole)
{
    /// <summary>The reading that was close but not certain: the writer is asked about it.</summary>
    public StaffIntent? Doubt { get; init; }

    /// <summary>Beyond doubt a result with its text and its code: nothing needs to be asked.</summary>
    public bool Plain { get; init; }

    /// <summary>It may be a yes to what was shown, whatever else it is.</summary>
    public bool Confirms { get; init; }

    /// <summary>Progress that a resident may be told.</summary>
    public bool Tells { get; init; }

    /// <summary>More was said than the intent takes along, and is to be kept.</summary>
    public bool Adds { get; init; }

    /// <summary>Two different commands in one message.</summary>
    public bool Mixed { get; init; }
}
