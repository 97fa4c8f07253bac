using System.Globalization;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Matters;

/// <summary>The rows that every kind of matter has: its work-list rows and its steps.</summary>
public static class MatterRows
{
    /// <summary>Writes them; work-list rows of <paramref name="former"/> duties that no longer stand are removed.</summary>
    public static async Task WriteAsync<TState>(
        ITables tables, string prefix, StreamId stream, Tracked<TState> tracked, IReadOnlyList<Obligation> owed,
        IEnumerable<Obligation> former, TimeZoneInfo zone, CancellationToken ct)
        where TState : class, IMatterState
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(tracked);
        var duties = owed.Select(o => DutyOf(prefix, stream, tracked, o)).ToList();
        var kept = duties.Select(IdOf).ToHashSet();
        var gone = former.Select(o => IdOf(DutyOf(prefix, stream, tracked, o))).Where(id => !kept.Contains(id))
            .Distinct().ToList();
        await Task.WhenAll(
            tables.Of<DutyRow>().WriteAsync(duties, gone, tracked.Version, ct),
            tables.Of<StepRow>().WriteAsync(StepsOf(prefix, tracked, zone), [], tracked.Version, ct));
    }

    /// <summary>
    /// The steps of a matter, in the partition of the community and the month it began in; where it goes on for years,
    /// of the month they arose in.
    /// </summary>
    public static List<StepRow> StepsOf<TState>(string prefix, Tracked<TState> tracked, TimeZoneInfo zone)
        where TState : class, IMatterState
    {
        ArgumentNullException.ThrowIfNull(tracked);
        var s = tracked.State;
        string PartitionOf(DateTimeOffset at) => Projection.PartitionOf(s.Community, Projection.MonthOf(at, zone));
        var begun = PartitionOf(tracked.BegunAt);
        return [.. tracked.Steps.Select((step, i) => Projection.StepOf(
            step, s.GoesOn ? PartitionOf(step.Since) : begun, s.Number, i, tracked.Version, s.Lead) with
            {
                Matter = prefix,
            })];
    }

    private static DutyRow DutyOf<TState>(string prefix, StreamId stream, Tracked<TState> tracked, Obligation o)
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

    private static RowId IdOf(DutyRow row) => new(row.PartitionKey, row.RowKey);
}
