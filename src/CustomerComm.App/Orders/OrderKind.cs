using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Revisits;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Orders;

namespace CustomerComm.App.Orders;

/// <summary>Orders and repairs (3.3, 4.2.4).</summary>
public sealed class OrderKind(
    MatterParts parts, Pseudonyms pseudonyms, Numbering numbering, ComplaintKind cases, Intake intake)
    : MatterKind<OrderMatter, Order, OrderCommand, OrderEvent>(parts, Name)
{
    /// <summary>Part of its stream ids before the first dot.</summary>
    public const string Name = "order";

    /// <summary>Code of its numbers.</summary>
    public const string Code = "W";

    /// <summary>Longest part of the order's text that a complaint repeats, in characters.</summary>
    private const int LongestQuote = 8_000;

    /// <summary>The order of a number, or null.</summary>
    public async Task<LoadedMatter<Order>?> FindAsync(MatterNumber number, CancellationToken ct) =>
        number.Code == Code && await numbering.FindAsync(number, ct) is { } stream
            && await LoadAsync(stream, ct) is { } found && found.State.OrderNumber == number
            ? found
            : null;

    /// <summary>Numbers of the orders of a complaint, at most 100.</summary>
    public async Task<IReadOnlyList<LoadedMatter<Order>>> OfCaseAsync(ComplaintNumber number, CancellationToken ct)
    {
        var page = await Tables.Of<OrderLinkRow>().QueryAsync(OrderLinkRow.Of(number), null, null, 100, null, ct);
        var found = new List<LoadedMatter<Order>>();
        foreach (var row in page.Rows)
        {
            if (await LoadAsync(new StreamId(row.Stream), ct) is { } order)
                found.Add(order);
        }

        return found;
    }

    /// <summary>Open orders of the person with this phone or conversation, the latest first, at most 100.</summary>
    public async Task<IReadOnlyList<OrderLinkRow>> OfPersonAsync(string address, CancellationToken ct)
    {
        var page = await Tables.Of<OrderLinkRow>()
            .QueryAsync(pseudonyms.Person(address), null, null, 1_000, null, ct);
        return
        [
            .. page.Rows.Where(r => r.Stage != nameof(OrderStage.Closed)).OrderByDescending(r => r.OpenedAt).Take(100),
        ];
    }

    /// <inheritdoc/>
    public override async Task ClearRowsAsync(CancellationToken ct)
    {
        await Tables.Of<OrderRow>().ClearAsync(ct);
        await Tables.Of<OrderListRow>().ClearAsync(ct);
        await Tables.Of<OrderLinkRow>().ClearAsync(ct);
        await Tables.Of<ClosedRow>().ClearAsync(ct);
    }

    /// <inheritdoc/>
    protected override string? PersonOf(OrderEvent e, Order state)
    {
        return state.Intake.Contact.Phone?.Value ?? state.Intake.Contact.Conversation;
    }

    /// <inheritdoc/>
    protected override async Task ProjectAsync(LoadedMatter<Order> matter, CancellationToken ct)
    {
        var zone = RulesOf(matter.State).Calendar.Zone;
        var former = OrderRows.States(matter).ToList();
        var list = OrderRows.ListRow(matter.State, matter.Version);
        var closed = OrderRows.Closed(matter.State, matter.Stream, matter.Version, zone);
        await Task.WhenAll(
            Tables.Of<OrderRow>().WriteAsync([OrderRows.Row(matter, zone)], [], matter.Version, ct),
            Tables.Of<OrderListRow>().WriteAsync(
                [list], Gone(former.Select(s => OrderRows.ListRow(s, 0)), list), matter.Version, ct),
            Tables.Of<OrderLinkRow>().WriteAsync(
                [.. OrderRows.LinkRows(matter, pseudonyms.Person)], [], matter.Version, ct),
            Tables.Of<ClosedRow>().WriteAsync(
                closed is null ? [] : [closed],
                Gone(former.Select(s => OrderRows.Closed(s, matter.Stream, 0, zone)).OfType<ClosedRow>(), closed),
                matter.Version, ct));
    }

    /// <inheritdoc/>
    protected override async Task<bool> FollowAsync(LoadedMatter<Order> matter, CancellationToken ct)
    {
        var s = matter.State;
        OrderCommand? command = null;
        if (s.Owing is [var cause, ..])
            command = new OrderCommand.LinkComplaint(cause, await OpenComplaintAsync(matter, cause, ct));
        else if (LateAt(s) is { } late && late <= Now)
            command = new OrderCommand.RecordLate();
        else if (RemindAt(s) is { } remind && remind <= Now)
            command = new OrderCommand.RequestEvaluation();
        return command is not null
            && await HandleAsync(matter.Stream, command, new Actor.System(), null, ct)
                is MatterResult<Order>.Done done
            && done.Matter.Version > matter.Version;
    }

    /// <inheritdoc/>
    protected override DateTimeOffset? NextTime(Order state)
    {
        return LateAt(state) ?? RemindAt(state);
    }

    private static DateTimeOffset? LateAt(Order s) =>
        s.Stage is OrderStage.Opened or OrderStage.Assigned or OrderStage.InProgress && !s.Late ? s.Due : null;

    private static DateTimeOffset? RemindAt(Order s) =>
        s is { Stage: OrderStage.Done, Request: { Paper: null, Unreachable: null } request }
            && Signing.WayTo(s.Intake.Contact) is not null
            ? request.RemindAt : null;

    private static List<RowId> Gone<TRow>(IEnumerable<TRow> former, TRow? present)
        where TRow : class, ITableRow =>
        [.. former.Select(r => new RowId(r.PartitionKey, r.RowKey)).Distinct()
            .Where(id => present is null || id != new RowId(present.PartitionKey, present.RowKey))];

    /// <summary>
    /// The complaint that the order becomes: the one it came from while that is open, else a new one, opened once for
    /// each cause. Null where nothing is left to read.
    /// </summary>
    private async Task<ComplaintNumber?> OpenComplaintAsync(
        LoadedMatter<Order> matter, OrderCause cause, CancellationToken ct)
    {
        var s = matter.State;
        if (s.Intake.Case is { } from && await cases.FindAsync(from, ct) is { History.State.Open: true })
            return from;
        if (s.Intake.Text.Value == Personal.Erased)
            return null;
        var contact = s.Intake.Contact;
        var quote = s.Intake.Text.Value;
        var why = Why(matter, cause);
        // What stands in the resident's own words is not read as a place to fill in.
        var text = Texts.Format($"Order.Complaint.{cause}", s.Intake.Language, name => name switch
        {
            "number" => s.Number,
            "text" => quote.Length <= LongestQuote ? quote : quote[..LongestQuote],
            "why" => why,
            _ => null,
        });
        // Slow, missing or bad service is what it is about; the trade cooperates (4.6.1-2-A, F).
        var result = await intake.ReceiveAsync(
            new IntakeRequest(
                s.Community, text, contact.Name?.Value, contact.Phone?.Value, contact.Room?.Value, contact.Conversation,
                s.Intake.Channel, Category.ServiceQuality, [s.Intake.Category], null, s.Intake.Language,
                IsLetter: false, EnteredBy: null, $"{matter.Stream}:{cause}", Nature.Complaint),
            new Actor.System(), ct);
        return result switch
        {
            IntakeResult.Opened opened => opened.Case.History.State.Number,
            IntakeResult.Reused again => again.Case.History.State.Number,
            _ => null,
        };
    }

    private static string Why(LoadedMatter<Order> matter, OrderCause cause) => cause switch
    {
        OrderCause.Refused => matter.Events.Select(e => e.Event).OfType<OrderEvent.OrderRefused>().Last().Reason.Value,
        OrderCause.NotContent =>
            matter.Events.Select(e => e.Event).OfType<OrderEvent.EvaluationRefused>().Last().Reason.Value,
        OrderCause.BadEvaluation => matter.State.Evaluation?.Comment?.Value ?? "",
        OrderCause.Late => "",
        _ => throw new InvalidOperationException($"Unknown cause {cause}."),
    };
}
