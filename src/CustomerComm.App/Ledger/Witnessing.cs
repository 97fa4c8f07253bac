using System.Globalization;
using CustomerComm.App.Ports;

namespace CustomerComm.App.Ledger;

/// <summary>
/// Tells every witness the roots it was not told yet, oldest first. One that cannot be reached keeps no other waiting and
/// is told later what it missed.
/// </summary>
public sealed class Witnessing(
    IAnchorStore anchors, IEnumerable<IWitness> witnesses, ITables tables, TimeProvider time)
{
    private readonly ITable<WitnessRow> _told = tables.Of<WitnessRow>();

    /// <summary>
    /// Tells; gives how many lines were told. Throws <see cref="IOException"/> naming the witnesses that failed, once all
    /// others were told; <see cref="InvalidDataException"/> as <see cref="RequireAsync"/> does.
    /// </summary>
    public async Task<int> TellAsync(CancellationToken ct)
    {
        await RequireAsync(ct);
        var (told, failed) = (0, new List<string>());
        foreach (var witness in witnesses)
        {
            try
            {
                told += await TellAsync(witness, ct);
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                failed.Add($"{witness.Name}: {e.Message}");
            }
        }

        return failed.Count == 0 ? told : throw new IOException($"Not told: {string.Join("; ", failed)}");
    }

    /// <summary>
    /// Throws <see cref="InvalidDataException"/>, saying what to restore, where a witness was told of a day that the
    /// anchors do not have, or have otherwise: they, or the whole store, are an older copy.
    /// </summary>
    public async Task RequireAsync(CancellationToken ct)
    {
        foreach (var row in await RowsAsync(ct))
        {
            var date = DateOfRow(row);
            var line = await anchors.ListAsync(date.AddDays(-1), ct).FirstOrDefaultAsync(ct);
            if (line?.Anchor.Date != date || AnchorLine.HashOf(line.Line) != row.LineHash)
            {
                throw new InvalidDataException(
                    $"The witness '{row.RowKey}' was told the root of {row.Date}, and the anchors have "
                    + $"{(line?.Anchor.Date == date ? "another" : "none")} of that day. Restore the anchors (anchors.jsonl "
                    + "and the folder anchors, or the container) from their back-up; none is made anew.");
            }
        }
    }

    /// <summary>How far each witness was told.</summary>
    public async Task<IReadOnlyList<WitnessRow>> RowsAsync(CancellationToken ct) =>
        (await _told.QueryAsync(WitnessRow.Partition, null, null, 100, null, ct)).Rows;

    private async Task<int> TellAsync(IWitness witness, CancellationToken ct)
    {
        var told = 0;
        var row = await _told.GetAsync(WitnessRow.Partition, witness.Name, ct);
        await foreach (var anchor in anchors.ListAsync(row is null ? null : DateOfRow(row), ct))
        {
            if (anchor.Wrong is { } wrong)
                throw new InvalidDataException($"the anchor of {AnchorLine.Name(anchor.Anchor.Date)} does not hold: {wrong}");
            await witness.TellAsync(anchor.Anchor.Date, anchor.Line, ct);
            var now = new WitnessRow
            {
                RowKey = witness.Name,
                Date = AnchorLine.Name(anchor.Anchor.Date),
                LineHash = AnchorLine.HashOf(anchor.Line),
                ToldAt = time.Now(),
            };
            await _told.WriteAsync([now], [], now.Version, ct);
            told++;
        }

        return told;
    }

    private static DateOnly DateOfRow(WitnessRow row) =>
        DateOnly.ParseExact(row.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
