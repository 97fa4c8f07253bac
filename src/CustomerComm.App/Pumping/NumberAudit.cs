using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Pumping;

/// <summary>How far the numbers of a series were checked. Partition <c>numbers</c>, row the series.</summary>
public sealed record NumberAuditRow : ITableRow
{
    /// <inheritdoc/>
    public string PartitionKey { get; init; } = "numbers";

    /// <inheritdoc/>
    public required string RowKey { get; init; }

    /// <summary>The last number checked.</summary>
    public long Checked { get; init; }

    /// <inheritdoc/>
    public long Version => Checked;
}

/// <summary>
/// Accounts for every number given out: one that never became a complaint (a crash in between) is voided in sight, so that
/// a gap is never silent (4.6.2-1).
/// </summary>
public sealed class NumberAudit(
    Numbering numbering, ComplaintKind complaints, RulesBook book, ITables tables, TimeProvider time)
{
    /// <summary>How long a number may be on its way to its complaint before it is voided.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private const int Page = 200;

    /// <summary>
    /// Checks all numbers older than <see cref="Patience"/> that were not checked before; returns how many were voided.
    /// </summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var voided = 0;
        foreach (var community in book.Directory.Communities)
        {
            var year = book.Current(community.Id).Calendar.LocalDate(time.Now()).Year;
            // Around New Year the last numbers of the old series may still be on their way.
            voided += await RunAsync(community.Id, year - 1, ct) + await RunAsync(community.Id, year, ct);
        }

        return voided;
    }

    private async Task<int> RunAsync(CommunityId community, int year, CancellationToken ct)
    {
        var table = tables.Of<NumberAuditRow>();
        var key = $"{community}-{year:D4}";
        var after = (await table.GetAsync("numbers", key, ct))?.Checked ?? 0;
        var voided = 0;
        while (true)
        {
            var page = await numbering.ListAsync(
                new MatterNumber(community, MatterNumber.Complaint, year, after), Page, ct);
            var ripe = page.TakeWhile(n => n.At + Patience <= time.Now()).ToList();
            foreach (var (number, stream, _) in ripe)
            {
                if (await VoidIfLostAsync(number, stream, ct))
                    voided++;
            }

            if (ripe.Count > 0)
            {
                after = ripe[^1].Number.Sequence;
                await table.WriteAsync([new NumberAuditRow { RowKey = key, Checked = after }], [], after, ct);
            }

            if (ripe.Count < Page)
                return voided;
        }
    }

    private async Task<bool> VoidIfLostAsync(MatterNumber number, StreamId stream, CancellationToken ct)
    {
        var present = await complaints.LoadAsync(stream, ct);
        if (present?.State.Number == number)
            return false;
        // Opening the stream with the tombstone also stops a straggler: its append then conflicts.
        var reason = present is null
            ? "The number was given out but no complaint followed." : "The same message had opened a complaint already.";
        return await complaints.BeginAsync(
            stream, number.Community, new ComplaintCommand.VoidNumber(number, reason), new Actor.System(), null, ct)
            is MatterResult<Complaint>.Done;
    }
}
