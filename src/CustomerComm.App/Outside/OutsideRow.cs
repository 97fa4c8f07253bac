using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain.Outside;

namespace CustomerComm.App.Outside;

/// <summary>
/// One work order of an authority. Partition: community and the month it was received there first (<c>HY-2026-11</c>);
/// row: its stream. No personal data.
/// </summary>
public sealed record OutsideRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Community { get; init; }

    /// <summary>Month it was received there first, <c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>The authority's number.</summary>
    public required string Number { get; init; }

    /// <summary>An <c>OutsideLine</c>.</summary>
    public required string Line { get; init; }

    /// <summary>It is against somebody: the unit whose members alone see it in reports; else empty.</summary>
    public string Guard { get; init; } = "";

    /// <summary>Number of the complaint it is handled as.</summary>
    public required string Complaint { get; init; }

    /// <summary>An <c>OutsideStage</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>The unit that has it in hand.</summary>
    public required string Unit { get; init; }

    public required bool Urgent { get; init; }

    /// <summary>How often the authority sent it, 1 for once.</summary>
    public required int Round { get; init; }

    /// <summary>Received there in this round, UTC.</summary>
    public required DateTimeOffset ReceivedThere { get; init; }

    /// <summary>Entered here, UTC.</summary>
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>First contact owed by, UTC; empty where nobody can be reached.</summary>
    public DateTimeOffset? ContactDue { get; init; }

    /// <summary>The resident was reached, UTC.</summary>
    public DateTimeOffset? ContactedAt { get; init; }

    /// <summary>Reply owed by, UTC.</summary>
    public required DateTimeOffset ReplyDue { get; init; }

    /// <summary>Replied, UTC.</summary>
    public DateTimeOffset? RepliedAt { get; init; }

    /// <summary>Why it was given back, a <c>ReturnReason</c>; or empty.</summary>
    public required string ReturnReason { get; init; }

    /// <summary>Call-backs and attempts.</summary>
    public required int CallBacks { get; init; }

    /// <summary>Reached when called back, UTC.</summary>
    public DateTimeOffset? CalledBackAt { get; init; }

    /// <summary>The resident says that they were contacted.</summary>
    public bool? Contacted { get; init; }

    /// <summary>The resident says that it is resolved.</summary>
    public bool? Resolved { get; init; }

    /// <summary>The resident says that they are satisfied.</summary>
    public bool? Satisfied { get; init; }

    /// <summary>The row of a work order: a pure function of its state, months in the community's zone.</summary>
    internal static OutsideRow Of(LoadedMatter<OutsideOrder> matter, TimeZoneInfo zone)
    {
        var s = matter.State;
        var month = Months.Of(s.Begun.Terms.ReceivedThere, zone);
        return new OutsideRow
        {
            PartitionKey = Months.PartitionOf(s.Community, month),
            RowKey = matter.Stream.Value,
            Version = matter.Version,
            Community = s.Community.Value,
            Month = month,
            Number = s.Number,
            Line = s.Terms.Line.ToString(),
            Guard = Guards.Of(s),
            Complaint = s.Complaint.ToString(),
            Stage = s.Stage.ToString(),
            Unit = s.Sides.Unit.ToString(),
            Urgent = s.Terms.Urgent,
            Round = s.Round,
            ReceivedThere = s.Terms.ReceivedThere,
            EnteredAt = s.EnteredAt,
            ContactDue = s.Terms.ContactDue,
            ContactedAt = s.ContactedAt,
            ReplyDue = s.Terms.ReplyDue,
            RepliedAt = s.Reply?.At,
            ReturnReason = s.GivenBack?.Why.ToString() ?? "",
            CallBacks = s.CallBacks.Count,
            CalledBackAt = s.Answers is null ? null : s.CallBacks[^1].At,
            Contacted = s.Answers?.Contacted,
            Resolved = s.Answers?.Resolved,
            Satisfied = s.Answers?.Satisfied,
        };
    }
}
