using System.Collections.Concurrent;
using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>
/// Row tables in Table storage, with plain typed columns, so that Excel and Power BI read them straight. Throws
/// <see cref="NotSupportedException"/> for a type that cannot be a row, <see cref="InvalidOperationException"/> where
/// two row types, or a row type and the streams, share a table name.
/// </summary>
public sealed class TableTables(StorageAccount account) : ITables
{
    private static readonly string[] s_reserved =
        [TableEventStore.Table, IndexTable.Due, IndexTable.Open, TablePersonKeys.Table];

    private readonly ConcurrentDictionary<string, object> _tables = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public ITable<TRow> Of<TRow>()
        where TRow : class, ITableRow
    {
        var name = RowColumns<TRow>.TableOf(typeof(TRow));
        if (s_reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw new InvalidOperationException($"The name {name} is taken by a table of the store itself.");
        if (name.Length is < 3 or > 30 || !name.All(char.IsAsciiLetterOrDigit))
            throw new NotSupportedException($"{typeof(TRow)}: a table name has 3 to 30 letters and digits.");
        return _tables.GetOrAdd(
                name, static (_, s) => new TableTable<TRow>(s, new RowColumns<TRow>()), account) as ITable<TRow>
            ?? throw new InvalidOperationException($"Another row type than {typeof(TRow)} has the table {name}.");
    }
}
