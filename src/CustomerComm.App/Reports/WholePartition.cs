using CustomerComm.App.Ports;

namespace CustomerComm.App.Reports;

/// <summary>Reads whole partitions.</summary>
internal static class WholePartition
{
    private const int PageSize = 1_000;

    /// <summary>All rows of a partition, page by page.</summary>
    public static async Task<List<TRow>> AllAsync<TRow>(this ITables tables, string partition, CancellationToken ct)
        where TRow : class, ITableRow
    {
        var rows = new List<TRow>();
        string? next = null;
        do
        {
            var page = await tables.Of<TRow>().QueryAsync(partition, null, null, PageSize, next, ct);
            rows.AddRange(page.Rows);
            next = page.Next;
        }
        while (next is not null);
        return rows;
    }
}
