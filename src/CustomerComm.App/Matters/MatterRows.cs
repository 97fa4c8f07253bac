using System.Globalization;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Matters;

/// <summary>The rows that every kind of matter has: its work-list rows and its steps.</summary>
public static class MatterRows
{
    /// <summary>
    /// Writes them; rows of the <paramref name="former"/> states, with what was owed in each, that no longer stand are
    /// removed.
    /// </summary>
    public static async Task WriteAsync<TState>(
        ITables tables, string prefix, StreamId stream, Tracked<TState> tracked, IReadOnlyList<Obligation> owed,
        IReadOnlyList<(Tracked<TState> State, IReadOnlyList<Obligation> Owed)> former, TimeZoneInfo zone,
        CancellationToken ct)
        where TState : class, IMatterState
    {
        var duties = owed.Select(o => DutyOf(prefix, stream, tracked, o)).ToList();
        var conformity = ConformityOf(prefix, stream, tracked, zone).ToList();
        var kept = duties.Select(IdOf).Concat(conformity.Select(IdOf)).ToHashSet();
        var gone = former.SelectMany(f => f.Owed.Select(o => IdOf(DutyOf(prefix, stream, tracked, o))))
            .Where(id => !kept.Contains(id)).Distinct().ToList();
        var moved = former.SelectMany(f => ConformityOf(prefix, stream, f.State, zone).Select(IdOf))
            .Where(id => !kept.Contains(id)).Distinct().ToList();
        await Task.WhenAll(
            tables.Of<ObligationRow>().WriteAsync(duties, gone, tracked.Version, ct),
            tables.Of<ConformityRow>().WriteAsync(conformity, moved, tracked.Version, ct),
            tables.Of<StepRow>().WriteAsync(StepsOf(prefix, tracked, zone), [], tracked.Version, ct));
    }

    /// <summary>
    /// The steps of a matter, in the partition of the community and the month it began in; where it goes on for years,
    /// of the month they arose in.
    /// </summary>
    public static List<StepRow> StepsOf<TState>(string prefix, Tracked<TState> tracked, TimeZoneInfo zone)
        where TState : class, IMatterState
    {
        var s = tracked.State;
        string PartitionOf(DateTimeOffset at) => Projection.PartitionOf(s.Community, Projection.MonthOf(at, zone));
        var begun = PartitionOf(tracked.BegunAt);
        return [.. tracked.Steps.Select((step, i) => Projection.StepOf(
            step, s.GoesOn ? PartitionOf(step.Since) : begun, s.Number, i, tracked.Version, s.Lead) with
            {
                Matter = prefix,
            })];
    }

    private static ObligationRow DutyOf<TState>(string prefix, StreamId stream, Tracked<TState> tracked, Obligation o)
        where TState : class, IMatterState => new()
        {
            PartitionKey = o.Owner.Key(tracked.State.Community),
            RowKey = string.Create(
                CultureInfo.InvariantCulture,
                $"{o.Due.UtcDateTime:yyyyMMddHHmmss}-{tracked.State.Number}-{o.Kind}-{o.Subject}"),
            Version = tracked.Version,
            Number = tracked.State.Number,
            Kind = o.Kind.ToString(),
            Subject = o.Subject,
            Due = o.Due,
            Overdue = o.Lapse is not null || o.Kind == ObligationKind.AcknowledgeLapse,
            Category = "",
            Severity = "",
            Matter = prefix,
            Stream = stream.Value,
        };

    private static IEnumerable<ConformityRow> ConformityOf<TState>(
        string prefix, StreamId stream, Tracked<TState> tracked, TimeZoneInfo zone)
        where TState : class, IMatterState => ConformityRow.Of(
            tracked.Steps, tracked.State.Community, prefix, stream.Value, tracked.State.Number, tracked.State.Lead,
            tracked.Version, zone);

    private static RowId IdOf(ITableRow row) => new(row.PartitionKey, row.RowKey);
}
