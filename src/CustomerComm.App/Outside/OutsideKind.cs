using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Outside;

namespace CustomerComm.App.Outside;

/// <summary>
/// Work orders from outside (4.6.2-2): one stream for each number of a community, begun by the complaint it is handled as.
/// </summary>
public sealed class OutsideKind(MatterParts parts)
    : MatterKind<OutsideMatter, OutsideOrder, OutsideCommand, OutsideEvent>(parts, Name)
{
    /// <summary>Part of its stream ids before the first dot.</summary>
    public const string Name = "outside";

    /// <summary>
    /// Begins the work orders taken on in a complaint, and tells all of them its sides as they are now. Repeating it
    /// changes nothing.
    /// </summary>
    public async Task FollowAsync(LoadedMatter<Complaint> complaint, CancellationToken ct)
    {
        if (complaint.State.OutsideOrders.IsEmpty)
            return;
        var sides = OutsideSides.Of(complaint.State);
        foreach (var happened in complaint.Events)
        {
            if (happened.Event is not ComplaintEvent.OutsideOrderTaken taken)
                continue;
            var stream = StreamOf(complaint.State.Community, taken.Terms.Number);
            var order = await LoadAsync(stream, ct);
            if (order is null)
            {
                await BeginAsync(
                    stream, complaint.State.Community,
                    new OutsideCommand.Begin(
                        complaint.State.Number, taken.Terms, taken.Text, complaint.State.Intake.Contact, taken.By, sides),
                    new Actor.System(), null, ct);
            }
            else if (order.State.Complaint == complaint.State.Number && !order.State.Sides.SameAs(sides))
            {
                await HandleAsync(stream, new OutsideCommand.TakeSides(sides), new Actor.System(), null, ct);
            }
        }
    }

    /// <summary>The work orders of a complaint, the oldest first; those that are just being begun are missing.</summary>
    public async Task<IReadOnlyList<LoadedMatter<OutsideOrder>>> OfComplaintAsync(Complaint complaint, CancellationToken ct)
    {
        var found = new List<LoadedMatter<OutsideOrder>>();
        foreach (var terms in complaint.OutsideOrders)
        {
            if (await LoadAsync(StreamOf(complaint.Community, terms.Number), ct) is { } order)
                found.Add(order);
        }

        return found;
    }

    /// <summary>The work order of a community with this number, however it is written; or null.</summary>
    public async Task<LoadedMatter<OutsideOrder>?> FindAsync(CommunityId community, string? number, CancellationToken ct) =>
        OutsideNumber.Read(number) is { } read ? await LoadAsync(StreamOf(community, read), ct) : null;

    /// <summary>The work order of an address, as <see cref="Links.IdOf"/> gives it; or null.</summary>
    public async Task<LoadedMatter<OutsideOrder>?> FindAsync(string id, CancellationToken ct) =>
        id is { Length: > 0 and < 80 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')
            ? await LoadAsync(StreamOf(id), ct) : null;

    /// <summary>Stream of a number: numbers hold characters that a stream's id cannot.</summary>
    public StreamId StreamOf(CommunityId community, string number) => StreamOf(
        $"{community}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(number)).AsSpan(0, 12))}");

    /// <summary>The rows of a community's work orders received in a month (<c>yyyy-MM</c>), the latest first.</summary>
    public async Task<IReadOnlyList<OutsideRow>> ListAsync(CommunityId community, string month, CancellationToken ct) =>
        (await Tables.RowsAsync<OutsideRow>(Months.PartitionOf(community, month), ct).ToListAsync(ct))
            .OrderByDescending(r => r.ReceivedThere).ToList();

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(OutsideRow)];

    /// <inheritdoc/>
    protected override string? PersonOf(OutsideEvent e, OutsideOrder state) =>
        state.Begun.Contact.Phone?.Value ?? state.Begun.Contact.Conversation;

    /// <inheritdoc/>
    protected override string StageOf(OutsideOrder state) => state.Stage.ToString();

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<OutsideOrder> matter, long since) =>
        [OutsideRow.Of(matter, RulesOf(matter.State).Calendar.Zone)];
}
