using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>
/// Compares the tables that reports and work lists are made of with the cases: every row is there as its case says, and
/// every row there belongs to a case. A row keeps eight bytes in memory.
/// </summary>
internal sealed class RowVerifier(IEventStore store, StreamKinds kinds, ITables tables, LedgerCount count)
{
    private const int HeadsAtOnce = 500;

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> s_properties = new();

    private readonly HashSet<long> _known = [];

    public async Task<LedgerFault?> VerifyAsync(CancellationToken ct)
    {
        StreamId? after = null;
        while (await store.ListAsync(after, HeadsAtOnce, ct).ConfigureAwait(false) is { Count: > 0 } heads)
        {
            foreach (var head in heads)
            {
                if (await StreamAsync(head, ct).ConfigureAwait(false) is { } fault)
                    return fault;
            }

            after = heads[^1].Stream;
        }

        foreach (var type in kinds.All.SelectMany(k => k.OwnRows).Distinct())
        {
            await foreach (var row in MatterRows.ScanAsync(tables, type, ct).ConfigureAwait(false))
            {
                count.AddRows(1);
                if (!_known.Contains(KeyOf(row)))
                    return new LedgerFault(LedgerFaultKind.WrongRow, null, 0, null, $"{NameOf(row)}: it belongs to no case.");
            }
        }

        return null;
    }

    private async Task<LedgerFault?> StreamAsync(StreamHead head, CancellationToken ct)
    {
        if (kinds.Of(head.Stream) is not { } kind)
            return null;
        foreach (var row in await kind.RowsAsync(head.Stream, ct).ConfigureAwait(false))
        {
            _known.Add(KeyOf(row));
            // What the pump has not written yet, it will.
            if (head.Projected < head.Version)
                continue;
            var stored = await MatterRows.FindAsync(tables, row, ct).ConfigureAwait(false);
            if (stored is not null && Differs(row, stored) is null)
                continue;
            // It may have moved on since.
            if ((await store.ReadHeadAsync(head.Stream, ct).ConfigureAwait(false))?.Version != head.Version)
                break;
            return LedgerFault.At(LedgerFaultKind.WrongRow, head.Stream, head.Version, stored is null
                ? $"{NameOf(row)} is missing" : $"{NameOf(row)} says something else in {Differs(row, stored)}");
        }

        return null;
    }

    /// <summary>Name of the first column that differs; the version says only when it was written last.</summary>
    private static string? Differs(ITableRow row, ITableRow stored) =>
        s_properties.GetOrAdd(row.GetType(), t =>
        [
            .. t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.Name != nameof(ITableRow.Version) && p.GetIndexParameters().Length == 0),
        ]).FirstOrDefault(p => !Equals(Stored(p.GetValue(row)), Stored(p.GetValue(stored))))?.Name;

    /// <summary>A value as stores keep it.</summary>
    private static object? Stored(object? value) =>
        value is DateTimeOffset time ? time.ToUnixTimeMilliseconds() : value;

    private static string NameOf(ITableRow row) =>
        $"Table {row.GetType().Name[..^"Row".Length]}, row {row.PartitionKey} / {row.RowKey}";

    private static long KeyOf(ITableRow row) => BitConverter.ToInt64(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{row.GetType().Name}\n{row.PartitionKey}\n{row.RowKey}")));
}
