using System.Reflection;
using System.Text;
using Azure.Data.Tables;
using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>
/// How a row type and its table correspond: a plain column for each public property, under its own name and type. What
/// is null has no column. Reading uses the longest public constructor whose parameters are all properties, then the
/// remaining properties that can be set or initialised; computed ones are stored for whoever reads the table, and not
/// read back.
/// </summary>
internal sealed class RowColumns<TRow>
    where TRow : class, ITableRow
{
    private const string VersionName = nameof(ITableRow.Version);

    // The earliest time that Table storage knows; only the default value, which has no column, lies before it.
    private static readonly DateTimeOffset s_earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_keys =
        [nameof(ITableRow.PartitionKey), nameof(ITableRow.RowKey), VersionName];

    private static readonly HashSet<Type> s_types =
        [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(DateTimeOffset)];

    private readonly PropertyInfo[] _others;
    private readonly ConstructorInfo _constructor;
    private readonly Column[] _parameters;
    private readonly (PropertyInfo Property, Column Column)[] _settable;

    public RowColumns()
    {
        Table = TableOf(typeof(TRow));
        var all = typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0).ToArray();
        _others = [.. all.Where(p => !s_keys.Contains(p.Name, StringComparer.Ordinal))];
        var keys = s_keys.Select(k => typeof(ITableRow).GetProperty(k)!);
        var columns = keys.Concat(_others).Select(Describe)
            .ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
        _constructor = typeof(TRow).GetConstructors()
            .OrderByDescending(c => c.GetParameters().Length)
            .FirstOrDefault(c => c.GetParameters().All(p =>
                columns.TryGetValue(p.Name!, out var column) && column.Type == p.ParameterType))
            ?? throw new NotSupportedException(
                $"{typeof(TRow)} needs a public constructor whose parameters are all properties, or have none.");
        _parameters = [.. _constructor.GetParameters().Select(p => columns[p.Name!])];
        var taken = _parameters.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        _settable =
        [
            .. all.Where(p => p.SetMethod is { IsPublic: true } && !taken.Contains(p.Name))
                .Select(p => (p, columns[p.Name])),
        ];
    }

    /// <summary>Name of the table: the type's, without the suffix <c>Row</c>.</summary>
    public string Table { get; }

    public static string TableOf(Type row) =>
        row.Name.EndsWith("Row", StringComparison.Ordinal) && row.Name.Length > 3 ? row.Name[..^3] : row.Name;

    public TableEntity Write(TRow row)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey) { [VersionName] = row.Version };
        foreach (var property in _others)
        {
            if (Stored(property.GetValue(row)) is { } value)
                entity[property.Name] = value;
        }

        return entity;
    }

    public TRow Read(TableEntity entity)
    {
        var row = _constructor.Invoke([.. _parameters.Select(c => c.Read(entity))]);
        foreach (var (property, column) in _settable)
            property.SetValue(row, column.Read(entity));
        return (TRow)row;
    }

    private static Column Describe(PropertyInfo property)
    {
        if (property.Name is "Timestamp" or "ETag")
            throw new NotSupportedException($"{typeof(TRow)}.{property.Name}: Table storage has that name for itself.");
        if (!s_types.Contains(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType))
        {
            throw new NotSupportedException(
                $"{typeof(TRow)}.{property.Name}: a row cannot have a {property.PropertyType}.");
        }

        var required = property.PropertyType == typeof(string)
            && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull;
        var missing = required ? ""
            : property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null;
        return new Column(property.Name, property.PropertyType, missing);
    }

    private static object? Stored(object? value) => value switch
    {
        // Half a character, where a phone cut a text, cannot travel.
        string text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)),
        DateTimeOffset time when time == default => null,
        DateTimeOffset time when time < s_earliest =>
            throw new ArgumentOutOfRangeException(
                nameof(value), time, $"Table storage has no time before {s_earliest:yyyy}."),
        DateTimeOffset time => Millis.Truncate(time),
        _ => value,
    };

    /// <summary><paramref name="Missing"/> is what is read where the row has no such column.</summary>
    private sealed record Column(string Name, Type Type, object? Missing)
    {
        public object? Read(TableEntity entity) => entity.TryGetValue(Name, out var value) ? value : Missing;
    }
}
