using System.Reflection;

namespace CustomerComm.Sqlite;

/// <summary>How a property of a row is kept: its SQL type and the calls that bind and read it.</summary>
internal sealed record RowType(string SqlType, MethodInfo Bind, MethodInfo Get)
{
    private static readonly Dictionary<Type, RowType> s_types = new()
    {
        [typeof(string)] = Create<string>("TEXT", nameof(Statement.GetNullableString)),
        [typeof(bool)] = Create<bool>("INTEGER", nameof(Statement.GetBoolean)),
        [typeof(bool?)] = Create<bool?>("INTEGER", nameof(Statement.GetNullableBoolean)),
        [typeof(int)] = Create<int>("INTEGER", nameof(Statement.GetInt32)),
        [typeof(int?)] = Create<int?>("INTEGER", nameof(Statement.GetNullableInt32)),
        [typeof(long)] = Create<long>("INTEGER", nameof(Statement.GetInt64)),
        [typeof(long?)] = Create<long?>("INTEGER", nameof(Statement.GetNullableInt64)),
        [typeof(double)] = Create<double>("REAL", nameof(Statement.GetDouble)),
        [typeof(double?)] = Create<double?>("REAL", nameof(Statement.GetNullableDouble)),
        [typeof(DateTimeOffset)] = Create<DateTimeOffset>("TEXT", nameof(Statement.GetTime)),
        [typeof(DateTimeOffset?)] = Create<DateTimeOffset?>("TEXT", nameof(Statement.GetNullableTime)),
    };

    private static readonly RowType s_requiredText = Create<string>("TEXT", nameof(Statement.GetString));

    /// <summary>Throws <see cref="NotSupportedException"/> for a type that rows cannot have.</summary>
    public static RowType Of(PropertyInfo property)
    {
        if (!s_types.TryGetValue(property.PropertyType, out var type))
        {
            throw new NotSupportedException(
                $"{property.DeclaringType}.{property.Name}: a row cannot have a {property.PropertyType}.");
        }

        // The context caches in ways that are not thread-safe, so it is not shared.
        var required = property.PropertyType == typeof(string)
            && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull;
        return required ? s_requiredText : type;
    }

    private static RowType Create<T>(string sqlType, string get) => new(
        sqlType,
        typeof(Statement).GetMethod(nameof(Statement.Bind), [typeof(int), typeof(T)])!,
        typeof(Statement).GetMethod(get, [typeof(int)])!);
}
