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
    MatterParts parts, Pseudonyms pseudonyms, ComplaintKind complaints, Intake intake)
    : MatterKind<OrderMatter, Order, OrderCommand, OrderEvent>(parts, Name, Letter)
{
    /// <summary>Part of its stream ids before the first dot.</summary>
    public const string Name = "order";

    /// <summary>Code of its numbers.</summary>
    public const string Letter = "W";

    /// <summary>Longest part of the order's text that a complaint repeats, in characters.</summary>
    private const int LongestQuote = 8_000;

    /// <summary>Numbers of the orders of a complaint, at most 100.</summary>
    public async Task<IReadOnlyList<LoadedMatter<Order>>> OfComplaintAsync(MatterNumber number, CancellationToken ct)
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
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(OrderRow), typeof(OrderListRow), typeof(OrderLinkRow), typeof(ClosedRow)];

    /// <summary>What they said and were told, and what they judged.</summary>
    public override bool IsForPerson(object e) => e is OrderEvent.OrderOpened or OrderEvent.ProgressTold
        or OrderEvent.ResidentNoted or OrderEvent.AmendmentProposed or OrderEvent.AmendmentAnswered
        or OrderEvent.OrderFinished or OrderEvent.OrderEvaluated or OrderEvent.EvaluationRefused
        or OrderEvent.OrderCancelled or OrderEvent.OrderRefused;

    /// <inheritdoc/>
    protected override string? PersonOf(OrderEvent e, Order state)
    {
        return state.Intake.Contact.Phone?.Value ?? state.Intake.Contact.Conversation;
    }

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<Order> matter, long since)
    {
        var zone = RulesOf(matter.State).Calendar.Zone;
        IEnumerable<ITableRow?> rows =
        [
            OrderRows.Row(matter, zone), OrderRows.ListRow(matter), OrderRows.Closed(matter, zone),
            .. OrderRows.LinkRows(matter, pseudonyms.Person),
        ];
        return rows.OfType<ITableRow>();
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
        return command is not null && await MovedAsync(matter, command, ct);
    }

    /// <inheritdoc/>
    protected override DateTimeOffset? NextTime(Order state)
    {
        return LateAt(state) ?? RemindAt(state);
    }

    private static DateTimeOffset? LateAt(Order s) =>
        s.Stage is OrderStage.Opened or OrderStage.Assigned or OrderStage.InProgress && !s.Late ? s.Due : null;

    private static DateTimeOffset? RemindAt(Order s) =>
        s.Stage == OrderStage.Done ? Signing.RemindAt(s.Request, s.Intake.Contact) : null;

    /// <summary>
    /// The complaint that the order becomes: the one it came from while that is open, else a new one, opened once for
    /// each cause. Null where nothing is left to read.
    /// </summary>
    private async Task<MatterNumber?> OpenComplaintAsync(
        LoadedMatter<Order> matter, OrderCause cause, CancellationToken ct)
    {
        var s = matter.State;
        if (s.Intake.Complaint is { } from && await complaints.FindAsync(from, ct) is { State.Open: true })
            return from;
        if (s.Intake.Text.Value == Personal.Erased)
            return null;
        var contact = s.Intake.Contact;
        var quote = s.Intake.Text.Value;
        if (cause == OrderCause.Danger)
            return await OpenDangerAsync(matter, ct);
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
                IsLetter: false, EnteredBy: null, $"{matter.Stream}:{cause}", Nature.Complaint)
            {
                // The danger, if there was one, was reported when the order was opened.
                Danger = false,
            },
            new Actor.System(), ct);
        return Intake.NumberOf(result);
    }

    /// <summary>The danger reported in an order's words: they and their category stay as they are.</summary>
    private async Task<MatterNumber?> OpenDangerAsync(LoadedMatter<Order> matter, CancellationToken ct)
    {
        var (s, contact) = (matter.State, matter.State.Intake.Contact);
        return Intake.NumberOf(await intake.ReceiveAsync(
            new IntakeRequest(
                s.Community, s.Intake.Text.Value, contact.Name?.Value, contact.Phone?.Value, contact.Room?.Value,
                contact.Conversation, s.Intake.Channel, s.Intake.Category, [], null, s.Intake.Language,
                IsLetter: false, s.Intake.EnteredBy, $"{matter.Stream}:{OrderCause.Danger}", Nature.RepairRequest)
            {
                Danger = true,
            },
            new Actor.System(), ct));
    }

    private static string Why(LoadedMatter<Order> matter, OrderCause cause) => cause switch
    {
        OrderCause.Refused => matter.Events.Select(e => e.Event).OfType<OrderEvent.OrderRefused>().Last().Reason.Value,
        OrderCause.NotContent =>
            matter.Events.Select(e => e.Event).OfType<OrderEvent.EvaluationRefused>().Last().Reason.Value,
        OrderCause.BadEvaluation => matter.State.Evaluation?.Comment?.Value ?? "",
        OrderCause.Late or OrderCause.Danger => "",
        _ => throw new InvalidOperationException($"Unknown cause {cause}."),
    };
}
