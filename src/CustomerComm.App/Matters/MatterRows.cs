using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Matters;

/// <summary>
/// The rows of matters: those that every kind has (work lists, steps, proof of conduct), and for all rows of a matter
/// what of them is to be written and what is gone.
/// </summary>
internal static class MatterRows
{
    private const int Together = 500;

    private static readonly ConcurrentDictionary<Type, IRowTable> s_tables = new();

    /// <summary>The kinds of row that every kind of matter has.</summary>
    public static IReadOnlyList<Type> Common { get; } = [typeof(ObligationRow), typeof(ConformityRow), typeof(StepRow)];

    /// <summary>
    /// Writes the rows that changed since <paramref name="former"/>, the rows of every state in which they may have been
    /// written before, and removes those that are gone. Unless the first of these states was <paramref name="written"/>
    /// for certain, all rows are written.
    /// </summary>
    public static Task WriteAsync(
        ITables tables, IEnumerable<ITableRow> rows, IEnumerable<IEnumerable<ITableRow>> former, bool written,
        long version, CancellationToken ct)
    {
        var now = rows.ToDictionary(KeyOf);
        // A row is written that was another in any of them: it may stand there as it was then.
        var same = new Dictionary<(Type, RowId), int>();
        var gone = new HashSet<(Type Type, RowId Id)>();
        var states = 0;
        foreach (var then in former)
        {
            states++;
            foreach (var row in then)
            {
                var key = KeyOf(row);
                if (!now.TryGetValue(key, out var present))
                    gone.Add(key);
                else if (present.Equals(row))
                    same[key] = same.GetValueOrDefault(key) + 1;
            }
        }

        var changed = now.Where(r => !written || same.GetValueOrDefault(r.Key) < states);
        return Task.WhenAll(changed.Select(r => (r.Key.Item1, Row: r.Value, Id: default(RowId)))
            .Concat(gone.Select(g => (g.Type, Row: (ITableRow)null!, g.Id)))
            .GroupBy(x => x.Item1)
            .Select(g => TableOf(g.Key).WriteAsync(
                tables, [.. g.Where(x => x.Row is not null).Select(x => x.Row)],
                [.. g.Where(x => x.Row is null).Select(x => x.Id)], version, ct)));
    }

    /// <summary>The row that stands in the place of this one, or null.</summary>
    public static Task<ITableRow?> FindAsync(ITables tables, ITableRow row, CancellationToken ct) =>
        TableOf(row.GetType()).FindAsync(tables, row.PartitionKey, row.RowKey, ct);

    /// <summary>All rows of a kind that stand in its table.</summary>
    public static IAsyncEnumerable<ITableRow> ScanAsync(ITables tables, Type type, CancellationToken ct) =>
        TableOf(type).ScanAsync(tables, ct);

    /// <summary>Takes all rows of these kinds away.</summary>
    public static async Task ClearAsync(ITables tables, IEnumerable<Type> types, CancellationToken ct)
    {
        foreach (var type in types)
            await TableOf(type).ClearAsync(tables, ct);
    }

    /// <summary>Work-list rows, steps and proof-of-conduct rows of a matter.</summary>
    public static IEnumerable<ITableRow> CommonOf<TState>(
        string prefix, StreamId stream, Tracked<TState> tracked, IEnumerable<Obligation> owed, TimeZoneInfo zone)
        where TState : class, IMatterState =>
        owed.Select(o => (ITableRow)ObligationOf(prefix, stream, tracked, o)).Concat(StepsOf(prefix, tracked, zone))
            .Concat(ConformityRow.Of(
                tracked.Steps, tracked.State, prefix, stream.Value, tracked.Version, zone));

    /// <summary>
    /// The steps of a matter, in the partition of the community and the month it began in; where it goes on for years,
    /// of the month they arose in; without what fell away before its time. A revisit bears the number of what is revisited: the kind tells their rows apart.
    /// </summary>
    private static IEnumerable<StepRow> StepsOf<TState>(string prefix, Tracked<TState> tracked, TimeZoneInfo zone)
        where TState : class, IMatterState
    {
        var s = tracked.State;
        string PartitionOf(DateTimeOffset at) => Months.PartitionOf(s.Community, Months.Of(at, zone));
        var begun = PartitionOf(tracked.BegunAt);
        return tracked.Steps.Index().Where(x => !x.Item.FellAway).Select(x => RowOf(x.Index, x.Item));

        StepRow RowOf(int i, ObligationStep step) => new()
        {
            PartitionKey = s.GoesOn ? PartitionOf(step.Since) : begun,
            RowKey = string.Create(CultureInfo.InvariantCulture, $"{s.Number}-{prefix}-{i:D3}"),
            Version = tracked.Version,
            Number = s.Number,
            Matter = prefix,
            Step = step.Kind.ToString(),
            Clause = step.Clause,
            Lead = s.Lead.ToString(),
            Owner = step.Owner.ToString(),
            Guard = Guards.Of(s),
            Since = step.Since,
            Due = step.Due,
            DoneAt = step.Done,
            Late = step.Missed,
            MinutesLate = step.Done > step.Due ? (int)Math.Ceiling((step.Done.Value - step.Due).TotalMinutes) : 0,
        };
    }

    private static ObligationRow ObligationOf<TState>(
        string prefix, StreamId stream, Tracked<TState> tracked, Obligation o)
        where TState : class, IMatterState => new()
        {
            PartitionKey = o.Owner.Key(tracked.State.Community),
            // Before every time there is, so that old obligations never push a danger off the list.
            RowKey = (tracked.State.Danger ? "0-" : "") + string.Create(
                CultureInfo.InvariantCulture,
                $"{o.Due.UtcDateTime:yyyyMMddHHmmss}-{tracked.State.Number}-{prefix}-{o.Kind}-{o.Subject}"),
            Version = tracked.Version,
            Number = tracked.State.Number,
            Kind = o.Kind.ToString(),
            Subject = o.Subject,
            Due = o.Due,
            Overdue = o.Lapse is not null || o.Kind == ObligationKind.AcknowledgeLapse,
            Category = tracked.State.Category?.ToString() ?? "",
            Severity = tracked.State.Severity?.ToString() ?? "",
            Danger = tracked.State.Danger,
            Matter = prefix,
            Stream = stream.Value,
        };

    private static (Type, RowId) KeyOf(ITableRow row) => (row.GetType(), new RowId(row.PartitionKey, row.RowKey));

    private static IRowTable TableOf(Type type) => s_tables.GetOrAdd(
        type, t => (IRowTable)Activator.CreateInstance(typeof(RowTable<>).MakeGenericType(t))!);

    /// <summary>A table whose kind of row is known only when it runs.</summary>
    private interface IRowTable
    {
        Task WriteAsync(
            ITables tables, IReadOnlyList<ITableRow> rows, IReadOnlyList<RowId> gone, long version,
            CancellationToken ct);

        Task ClearAsync(ITables tables, CancellationToken ct);

        Task<ITableRow?> FindAsync(ITables tables, string partitionKey, string rowKey, CancellationToken ct);

        IAsyncEnumerable<ITableRow> ScanAsync(ITables tables, CancellationToken ct);
    }

    private sealed class RowTable<TRow> : IRowTable
        where TRow : class, ITableRow
    {
        public async Task WriteAsync(
            ITables tables, IReadOnlyList<ITableRow> rows, IReadOnlyList<RowId> gone, long version, CancellationToken ct)
        {
            var table = tables.Of<TRow>();
            if (rows.Count <= Together)
            {
                await table.WriteAsync([.. rows.Cast<TRow>()], gone, version, ct);
                return;
            }

            foreach (var some in rows.Cast<TRow>().Chunk(Together))
                await table.WriteAsync(some, [], version, ct);
            if (gone.Count > 0)
                await table.WriteAsync([], gone, version, ct);
        }

        public Task ClearAsync(ITables tables, CancellationToken ct) => tables.Of<TRow>().ClearAsync(ct);

        public async Task<ITableRow?> FindAsync(
            ITables tables, string partitionKey, string rowKey, CancellationToken ct) =>
            await tables.Of<TRow>().GetAsync(partitionKey, rowKey, ct);

        public async IAsyncEnumerable<ITableRow> ScanAsync(
            ITables tables, [EnumeratorCancellation] CancellationToken ct)
        {
            RowId? after = null;
            while (await tables.Of<TRow>().ScanAsync(after, Together, ct) is { Count: > 0 } rows)
            {
                foreach (var row in rows)
                    yield return row;
                after = new RowId(rows[^1].PartitionKey, rows[^1].RowKey);
            }
        }
    }
}
