using System.Globalization;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Orders;

namespace CustomerComm.App.Orders;

/// <summary>
/// One order for management. Partition: community and month it was opened in (<c>HY-2026-11</c>); row: the number. No
/// personal data.
/// </summary>
public sealed record OrderRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Community { get; init; }

    /// <summary>Month it was opened in, <c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>Repair or Service.</summary>
    public required string Kind { get; init; }

    public required string Category { get; init; }

    public required string Severity { get; init; }

    /// <summary>Channel it came by.</summary>
    public required string Channel { get; init; }

    /// <summary>Unit that carries it out.</summary>
    public required string Unit { get; init; }

    /// <summary>Id of the worker, empty while there is none.</summary>
    public required string Worker { get; init; }

    public required string Stage { get; init; }

    /// <summary>How it ended; <c>None</c> while open.</summary>
    public required string Outcome { get; init; }

    /// <summary>Opened, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>To be done by, UTC.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Done, UTC; the last time if it was done again.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Evaluated, UTC.</summary>
    public DateTimeOffset? EvaluatedAt { get; init; }

    /// <summary>Closed, UTC.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Its time passed before it was done, at least once.</summary>
    public required bool Late { get; init; }

    /// <summary>Amendments proposed.</summary>
    public required int Amendments { get; init; }

    /// <summary>Amendments agreed to.</summary>
    public required int Agreed { get; init; }

    /// <summary>How often it was done again.</summary>
    public required int Reopened { get; init; }

    /// <summary>How it was signed: <c>Drawn</c>, <c>Paper</c>, <c>Unreachable</c>, or empty.</summary>
    public required string Signature { get; init; }

    /// <summary>Quality of the work, 1 to 5.</summary>
    public int? Quality { get; init; }

    /// <summary>Attitude of the staff, 1 to 5.</summary>
    public int? Attitude { get; init; }

    /// <summary>Number of the complaint it came from, or empty.</summary>
    public required string Complaint { get; init; }

    /// <summary>Numbers of the complaints it became, separated by spaces.</summary>
    public required string Complaints { get; init; }
}

/// <summary>
/// An order in the list of its stage. Partition: community and stage (<c>HY-InProgress</c>); row: its time and number,
/// the most urgent first, of closed ones the latest.
/// </summary>
public sealed record OrderListRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Number { get; init; }

    /// <summary>Repair or Service.</summary>
    public required string Kind { get; init; }

    public required string Category { get; init; }

    /// <summary>Unit that carries it out.</summary>
    public required string Unit { get; init; }

    /// <summary>Id of the worker, empty while there is none.</summary>
    public required string Worker { get; init; }

    /// <summary>How it ended; <c>None</c> while open.</summary>
    public required string Outcome { get; init; }

    /// <summary>To be done by, UTC.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>It is late.</summary>
    public required bool Late { get; init; }

    /// <summary>An amendment waits for the resident.</summary>
    public required bool Amending { get; init; }

    /// <summary>Opened, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }
}

/// <summary>
/// Leads from a complaint (<c>complaint-HY-2026-000001</c>) or a person's pseudonym (<c>p-…</c>) to their orders; row: the
/// number.
/// </summary>
public sealed record OrderLinkRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Stream of the order.</summary>
    public required string Stream { get; init; }

    public required string Stage { get; init; }

    /// <summary>An amendment waits for the resident.</summary>
    public required bool Amending { get; init; }

    /// <summary>Opened, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Partition of a complaint's orders.</summary>
    public static string Of(MatterNumber number) => $"complaint-{number}";
}

/// <summary>Derives the rows of an order from its history.</summary>
internal static class OrderRows
{
    public static OrderRow Row(LoadedMatter<Order> matter, TimeZoneInfo zone)
    {
        var s = matter.State;
        var month = Months.Of(s.OpenedAt, zone);
        return new OrderRow
        {
            PartitionKey = Months.PartitionOf(s.Community, month),
            RowKey = s.Number,
            Version = matter.Version,
            Community = s.Community.Value,
            Month = month,
            Kind = s.Intake.Kind.ToString(),
            Category = s.Intake.Category.ToString(),
            Severity = s.Intake.Severity.ToString(),
            Channel = s.Intake.Channel.ToString(),
            Unit = s.Unit.ToString(),
            Worker = s.Worker?.Value ?? "",
            Stage = s.Stage.ToString(),
            Outcome = s.Outcome.ToString(),
            OpenedAt = s.OpenedAt,
            Due = s.Due,
            FinishedAt = s.FinishedAt,
            EvaluatedAt = s.EvaluatedAt,
            ClosedAt = s.ClosedAt,
            Late = s.WasLate,
            Amendments = s.Amendments,
            Agreed = s.Agreed,
            Reopened = s.Reopened,
            Signature = s.Evaluation?.Way.ToString() ?? (s.Outcome == OrderOutcome.Unreachable ? "Unreachable" : ""),
            Quality = s.Evaluation?.Judgement.Quality,
            Attitude = s.Evaluation?.Judgement.Attitude,
            Complaint = s.Intake.Complaint?.ToString() ?? "",
            Complaints = string.Join(
                ' ', s.Complaints.Select(c => c.Number?.ToString()).OfType<string>().Distinct(StringComparer.Ordinal)),
        };
    }

    public static OrderListRow ListRow(LoadedMatter<Order> matter)
    {
        var s = matter.State;
        return new OrderListRow
        {
            PartitionKey = $"{s.Community}-{s.Stage}",
            RowKey = (s.ClosedAt is { } closed
                ? (DateTimeOffset.MaxValue.Ticks - closed.UtcTicks).ToString("D19", CultureInfo.InvariantCulture)
                : s.Due.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)) + "-" + s.Number,
            Version = matter.Version,
            Number = s.Number,
            Kind = s.Intake.Kind.ToString(),
            Category = s.Intake.Category.ToString(),
            Unit = s.Unit.ToString(),
            Worker = s.Worker?.Value ?? "",
            Outcome = s.Outcome.ToString(),
            Due = s.Due,
            Late = s.Late,
            Amending = s.Amendment is not null,
            OpenedAt = s.OpenedAt,
        };
    }

    public static IEnumerable<OrderLinkRow> LinkRows(
        LoadedMatter<Order> matter, Func<string, string> pseudonym)
    {
        var s = matter.State;
        var contact = s.Intake.Contact;
        var from = s.Complaints.Select(c => c.Number).Append(s.Intake.Complaint).OfType<MatterNumber>()
            .Select(OrderLinkRow.Of);
        var erased = s.Intake.Text.Value == Personal.Erased;
        if (contact.Phone is { } phone && !erased)
            from = from.Append(pseudonym(phone.Value));
        if (contact.Conversation is { } conversation && !erased)
            from = from.Append(pseudonym(conversation));
        return from.Distinct(StringComparer.Ordinal).Select(key => new OrderLinkRow
        {
            PartitionKey = key,
            RowKey = s.Number,
            Version = matter.Version,
            Stream = matter.Stream.Value,
            Stage = s.Stage.ToString(),
            Amending = s.Amendment is not null,
            OpenedAt = s.OpenedAt,
        });
    }

    /// <summary>
    /// The row of the month it was finished in, for the revisit of that month; null while it is not, and where there is
    /// nothing to ask about or the resident complains already.
    /// </summary>
    public static ClosedRow? Closed(LoadedMatter<Order> matter, TimeZoneInfo zone)
    {
        var s = matter.State;
        if (s.FinishedAt is not { } at
            || s.Outcome is OrderOutcome.Cancelled or OrderOutcome.Refused or OrderOutcome.Disputed)
            return null;
        var month = Months.Of(at, zone);
        return new ClosedRow
        {
            PartitionKey = Months.PartitionOf(s.Community, month),
            RowKey = s.Number,
            Version = matter.Version,
            Community = s.Community.Value,
            Month = month,
            Matter = OrderKind.Name,
            Stream = matter.Stream.Value,
            Category = s.Intake.Category.ToString(),
            Handler = s.Worker?.Value ?? "",
            ClosedAt = at,
        };
    }
}
