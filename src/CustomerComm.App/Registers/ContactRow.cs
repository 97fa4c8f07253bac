using CustomerComm.App.Ports;

namespace CustomerComm.App.Registers;

/// <summary>
/// One entry of a communication register. Partition: community, post and month (<c>HY-office-2026-11</c>); row: the
/// newest first. No personal data: who and what is read from the register itself.
/// </summary>
public sealed record ContactRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Community { get; init; }

    /// <summary>Post.</summary>
    public required string Post { get; init; }

    /// <summary>Month in the community's time zone, <c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>Running number within the register of the month.</summary>
    public required int Entry { get; init; }

    /// <summary>When the contact was, UTC.</summary>
    public required DateTimeOffset ContactAt { get; init; }

    /// <summary>When it was entered, UTC.</summary>
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>Channel.</summary>
    public required string Channel { get; init; }

    /// <summary>Id of who entered it, empty where it entered itself.</summary>
    public required string EnteredBy { get; init; }

    /// <summary>
    /// <c>Complaint</c>, <c>Call</c>, <c>Conversation</c>, or empty for what is written in the register only.
    /// </summary>
    public required string About { get; init; }

    /// <summary>Number of that complaint or call, or empty.</summary>
    public required string AboutNumber { get; init; }

    /// <summary>Why nothing was made of it by itself, an <c>Apart</c>; empty where something was.</summary>
    public required string Apart { get; init; }

    /// <summary>The entry that this one puts right.</summary>
    public int? Corrects { get; init; }

    /// <summary>An answer was owed by then, UTC.</summary>
    public DateTimeOffset? AnswerDue { get; init; }

    /// <summary>Answered first, UTC.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Id of who answered first, empty where the system did or nobody yet.</summary>
    public required string AnsweredBy { get; init; }

    /// <summary>By which channel it was answered first, empty where it was not.</summary>
    public required string AnswerChannel { get; init; }

    /// <summary>Seen to by somebody, or made a complaint, UTC.</summary>
    public DateTimeOffset? SeenToAt { get; init; }

    /// <summary>Id of who saw to it, or empty.</summary>
    public required string SeenToBy { get; init; }

    /// <summary>What kind of message it is, a <c>Nature</c>; empty where nobody said or read it.</summary>
    public required string Kind { get; init; }

    /// <summary>An opinion: a complaint of it, or why not, was owed by then, UTC.</summary>
    public DateTimeOffset? TakeUpDue { get; init; }

    /// <summary>It was said why no complaint is made of it, UTC.</summary>
    public DateTimeOffset? LeftOutAt { get; init; }

    /// <summary>Why, a <c>LeftOutReason</c>; empty where that was not said.</summary>
    public required string LeftOut { get; init; }
}
