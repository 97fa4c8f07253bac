using System.Runtime.CompilerServices;

namespace CustomerComm.App.Ports;

/// <summary>Reads the rows of a partition without end, page by page.</summary>
public static class PartitionRows
{
    private const int PageSize = 1_000;

    /// <summary>
    /// Rows of a partition in key order, from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive),
    /// either may be null; read a thousand at a time, as they are asked for.
    /// </summary>
    public static async IAsyncEnumerable<TRow> RowsAsync<TRow>(
        this ITable<TRow> table, string partition, string? from = null, string? to = null,
        [EnumeratorCancellation] CancellationToken ct = default)
        where TRow : class, ITableRow
    {
        string? next = null;
        do
        {
            var page = await table.QueryAsync(partition, from, to, PageSize, next, ct);
            foreach (var row in page.Rows)
                yield return row;
            next = page.Next;
        }
        while (next is not null);
    }

    /// <summary>As the other, of the table of the row type.</summary>
    public static IAsyncEnumerable<TRow> RowsAsync<TRow>(this ITables tables, string partition, CancellationToken ct)
        where TRow : class, ITableRow =>
        tables.Of<TRow>().RowsAsync(partition, ct: ct);
}
