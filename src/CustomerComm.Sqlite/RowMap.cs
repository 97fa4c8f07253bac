using System.Linq.Expressions;
using System.Reflection;
using CustomerComm.App.Ports;

namespace CustomerComm.Sqlite;

/// <summary>One column of a row table.</summary>
internal sealed record RowColumn(string Name, string SqlType);

/// <summary>
/// How a row type and its table correspond, compiled once a type. Columns are the row's public properties, keys and
/// version first. Reading uses the longest public constructor whose parameters are all properties, then the remaining
/// properties that can be set or initialised; computed ones are stored for whoever reads the table, and not read back.
/// </summary>
internal sealed class RowMap<TRow>
    where TRow : class, ITableRow
{
    private static readonly string[] s_keys =
        [nameof(ITableRow.PartitionKey), nameof(ITableRow.RowKey), nameof(ITableRow.Version)];

    public RowMap()
    {
        Table = RowSql.TableOf(typeof(TRow));
        var others = typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)
            .Where(p => !s_keys.Contains(p.Name, StringComparer.Ordinal));
        var properties = s_keys.Select(k => typeof(ITableRow).GetProperty(k)!).Concat(others).ToArray();
        Columns = [.. properties.Select(p => new RowColumn(p.Name, RowType.Of(p).SqlType))];
        Bind = CompileBind(properties);
        Read = CompileRead(properties);
        Sql = new RowSql(Table, Columns);
    }

    /// <summary>Name of the table: the type's, without the suffix <c>Row</c>.</summary>
    public string Table { get; }

    public IReadOnlyList<RowColumn> Columns { get; }

    public RowSql Sql { get; }

    /// <summary>Binds a row to the parameters of an upsert, in the order of the columns.</summary>
    public Action<Statement, TRow> Bind { get; }

    /// <summary>Reads a row whose columns were selected in their order.</summary>
    public Func<Statement, TRow> Read { get; }

    private static Action<Statement, TRow> CompileBind(PropertyInfo[] properties)
    {
        var statement = Expression.Parameter(typeof(Statement));
        var row = Expression.Parameter(typeof(TRow));
        var calls = properties.Select(Expression (p, i) => Expression.Call(
            statement,
            RowType.Of(p).Bind,
            Expression.Constant(i + 1),
            Expression.Property(Expression.Convert(row, p.DeclaringType!), p)));
        return Expression.Lambda<Action<Statement, TRow>>(Expression.Block(typeof(void), calls), statement, row)
            .Compile();
    }

    private static Func<Statement, TRow> CompileRead(PropertyInfo[] properties)
    {
        var statement = Expression.Parameter(typeof(Statement));
        // By name and not by property: the keys come from the interface, and the row type may or may not take them.
        var columns = properties.Select((p, i) => (p, i))
            .ToDictionary(x => x.p.Name, x => x, StringComparer.OrdinalIgnoreCase);
        var constructor = typeof(TRow).GetConstructors()
            .OrderByDescending(c => c.GetParameters().Length)
            .FirstOrDefault(c => c.GetParameters().All(Matches))
            ?? throw new NotSupportedException(
                $"{typeof(TRow)} needs a public constructor whose parameters are all properties, or have none.");
        var parameters = constructor.GetParameters();
        var taken = parameters.Select(p => p.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var create = Expression.New(constructor, parameters.Select(p => Value(columns[p.Name!].p, columns[p.Name!].i)));
        var settable = typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true } && columns.ContainsKey(p.Name) && !taken.Contains(p.Name));
        var bindings = settable.Select(p => Expression.Bind(p, Value(p, columns[p.Name].i)));
        return Expression.Lambda<Func<Statement, TRow>>(Expression.MemberInit(create, bindings), statement).Compile();

        bool Matches(ParameterInfo p) =>
            p.Name is { } name && columns.TryGetValue(name, out var column) && column.p.PropertyType == p.ParameterType;

        MethodCallExpression Value(PropertyInfo property, int index) =>
            Expression.Call(statement, RowType.Of(property).Get, Expression.Constant(index));
    }
}
