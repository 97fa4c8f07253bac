using System.Globalization;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Reports;

/// <summary>
/// One obligation in the month it fell due. Partition: community and that month in the community's time zone
/// (<c>HY-2026-11</c>); row: clause, kind of matter, number and running number, so that the rows of one clause lie
/// together. Where a due time moves to another month, the row moves along. No personal data.
/// </summary>
public sealed record ConformityRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Clause it serves.</summary>
    public required string Clause { get; init; }

    /// <summary>What was owed, an <c>ObligationKind</c>.</summary>
    public required string Step { get; init; }

    /// <summary>Tells apart two of one kind.</summary>
    public required string Subject { get; init; }

    /// <summary>Kind of matter; <c>complaint</c> for a complaint.</summary>
    public required string Matter { get; init; }

    /// <summary>Number of the complaint or matter.</summary>
    public required string Number { get; init; }

    /// <summary>Stream of the matter; empty for a complaint.</summary>
    public required string Stream { get; init; }

    /// <summary>Unit that leads.</summary>
    public required string Lead { get; init; }

    /// <summary>Who owed it: staff id or unit.</summary>
    public required string Owner { get; init; }

    /// <summary>It is against somebody: the unit whose members alone see it in reports; else empty.</summary>
    public string Guard { get; init; } = "";

    /// <summary>By when, UTC.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Over, UTC; empty while it stands.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Done after it was due, or over without having been done, or what was done did not hold.</summary>
    public required bool Late { get; init; }

    /// <summary>
    /// Rows of all obligations of a complaint or matter, those left out that fell away before their time;
    /// <paramref name="stream"/> is empty for a complaint.
    /// </summary>
    public static IEnumerable<ConformityRow> Of(
        IEnumerable<ObligationStep> steps, IMatterState s, string matter, string stream, long version,
        TimeZoneInfo zone) =>
        steps.Index().Where(x => !x.Item.FellAway)
            .Select(x => Of(x, s, matter, stream, version, zone));

    /// <summary>First and last key of a clause's rows within a partition; the last is exclusive.</summary>
    public static (string From, string To) RangeOf(string clause) => (clause + "_", clause + "`");

    private static ConformityRow Of(
        (int Index, ObligationStep Step) x, IMatterState s, string matter, string stream, long version, TimeZoneInfo zone)
    {
        var (i, step) = x;
        return new ConformityRow
        {
            PartitionKey = Months.PartitionOf(s.Community, Months.Of(step.Due, zone)),
            RowKey = string.Create(CultureInfo.InvariantCulture, $"{step.Clause}_{matter}_{s.Number}-{i:D3}"),
            Version = version,
            Clause = step.Clause,
            Step = step.Kind.ToString(),
            Subject = step.Subject,
            Matter = matter,
            Number = s.Number,
            Stream = stream,
            Lead = s.Lead.ToString(),
            Guard = Guards.Of(s),
            Owner = step.Owner.ToString(),
            Due = step.Due,
            DoneAt = step.Done,
            Late = step.Missed,
        };
    }
}
