using System.Globalization;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Ports;
using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Reports;

/// <summary>All rows of one case.</summary>
public sealed record CaseRows(
    ComplaintRow Complaint, IReadOnlyList<StepRow> Steps, IReadOnlyList<ObligationRow> Duties,
    IReadOnlyList<ConformityRow> Conformity, PlaceRow? Place);

/// <summary>Derives the rows of a case from its history, and writes them.</summary>
public sealed class Projection(ITables tables, RulesBook book)
{
    /// <summary>Partition of a community's month in the report tables.</summary>
    public static string PartitionOf(CommunityId community, string month) => $"{community}-{month}";

    /// <summary>Month of a time in the community, <c>yyyy-MM</c>.</summary>
    public static string MonthOf(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>
    /// The rows of a case: a pure function of its history. The version of a row is the one at which it last changed.
    /// </summary>
    public static CaseRows RowsOf(CaseHistory history, TimeZoneInfo zone)
    {
        CaseHistory? then = null;
        CaseRows? rows = null;
        foreach (var e in history.Events)
        {
            then = CaseHistory.Add(then, e);
            var now = RowsAt(then, zone);
            rows = rows is null ? now : new CaseRows(
                now.Complaint,
                Kept(now.Steps, rows.Steps, (r, v) => r with { Version = v }),
                Kept(now.Duties, rows.Duties, (r, v) => r with { Version = v }),
                Kept(now.Conformity, rows.Conformity, (r, v) => r with { Version = v }),
                now.Place is null || rows.Place is null ? now.Place
                    : Kept([now.Place], [rows.Place], (r, v) => r with { Version = v })[0]);
        }

        return rows ?? throw new ArgumentException("A case has at least one event.", nameof(history));
    }

    /// <summary>The rows as they are now, those that did not change with the version they had before.</summary>
    private static List<T> Kept<T>(IReadOnlyList<T> now, IReadOnlyList<T> before, Func<T, long, T> with)
        where T : class, ITableRow
    {
        var known = new Dictionary<RowId, T>(before.Count);
        foreach (var row in before)
            known[new RowId(row.PartitionKey, row.RowKey)] = row;
        return [.. now.Select(row =>
            known.TryGetValue(new RowId(row.PartitionKey, row.RowKey), out var old)
                && with(row, old.Version).Equals(old) ? old : row)];
    }

    private static CaseRows RowsAt(CaseHistory history, TimeZoneInfo zone)
    {
        var s = history.State;
        var month = MonthOf(s.ReceivedAt, zone);
        var partition = PartitionOf(s.Community, month);
        var steps = history.Steps.Select((step, i) => StepOf(step, partition, s.Number.ToString(), i, s.Version, s.Lead))
            .ToList();
        return new CaseRows(
            Row(history, partition, month), steps, DutiesOf(s), [.. ConformityOf(history, zone)], PlaceRow.Of(s));
    }

    /// <summary>The row of the step with this running number.</summary>
    public static StepRow StepOf(
        ObligationStep step, string partition, string number, int index, long version, Unit lead)
    {
        return new StepRow
        {
            PartitionKey = partition,
            RowKey = string.Create(CultureInfo.InvariantCulture, $"{number}-{index:D3}"),
            Version = version,
            Number = number,
            Step = step.Kind.ToString(),
            Clause = step.Clause,
            Lead = lead.ToString(),
            Owner = step.Owner.ToString(),
            Since = step.Since,
            Due = step.Due,
            DoneAt = step.Done,
            Late = step.Done > step.Due,
            MinutesLate = step.Done > step.Due ? (int)Math.Ceiling((step.Done.Value - step.Due).TotalMinutes) : 0,
        };
    }

    /// <summary>Work-list rows of a state.</summary>
    public static List<ObligationRow> DutiesOf(Complaint s) =>
        [.. Obligations.Of(s).Select(o => new ObligationRow
        {
            PartitionKey = o.Owner.Key(s.Community),
            RowKey = RowKeyOf(s, o),
            Version = s.Version,
            Number = s.Number.ToString(),
            Kind = o.Kind.ToString(),
            Subject = o.Subject,
            Due = o.Due,
            Overdue = o.Lapse is not null || o.Kind == ObligationKind.AcknowledgeLapse,
            Category = s.Category.ToString(),
            Severity = s.Severity.ToString(),
        })];

    /// <summary>
    /// Writes the rows of the case that changed after <paramref name="projected"/>, the last version whose rows were
    /// written, and takes away the duties that are gone since then.
    /// </summary>
    public async Task WriteAsync(LoadedCase loaded, long projected, CancellationToken ct)
    {
        if (Rows(loaded) is not { } rows)
            return;
        var version = loaded.Version;
        var gone = Gone.Of(loaded.History, projected, rows, ZoneOf(loaded));
        await Task.WhenAll(
            tables.Of<ObligationRow>().WriteAsync(Changed(rows.Duties, projected), gone.Duties, version, ct),
            tables.Of<ConformityRow>().WriteAsync(Changed(rows.Conformity, projected), gone.Conformity, version, ct),
            tables.Of<PlaceRow>().WriteAsync(Changed(PlacesOf(rows), projected), gone.Places, version, ct),
            tables.Of<ComplaintRow>().WriteAsync([rows.Complaint], [], version, ct),
            tables.Of<StepRow>().WriteAsync(Changed(rows.Steps, projected), [], version, ct));
        if (ClosedRow.Of(loaded.History.State, loaded.Stream, ZoneOf(loaded)) is { } closed)
            await tables.Of<ClosedRow>().WriteAsync([closed], [], version, ct);
    }

    /// <summary>Writes all rows of the case where there are none, see <see cref="ClearAsync"/>.</summary>
    public async Task RewriteAsync(LoadedCase loaded, CancellationToken ct)
    {
        if (Rows(loaded) is not { } rows)
            return;
        await tables.Of<ObligationRow>().WriteAsync(rows.Duties, [], loaded.Version, ct);
        await tables.Of<ConformityRow>().WriteAsync(rows.Conformity, [], loaded.Version, ct);
        await tables.Of<PlaceRow>().WriteAsync(PlacesOf(rows), [], loaded.Version, ct);
        await tables.Of<ComplaintRow>().WriteAsync([rows.Complaint], [], loaded.Version, ct);
        await tables.Of<StepRow>().WriteAsync(rows.Steps, [], loaded.Version, ct);
        if (ClosedRow.Of(loaded.History.State, loaded.Stream, ZoneOf(loaded)) is { } closed)
            await tables.Of<ClosedRow>().WriteAsync([closed], [], loaded.Version, ct);
    }

    private static IReadOnlyList<PlaceRow> PlacesOf(CaseRows rows) => rows.Place is { } place ? [place] : [];

    private static List<T> Changed<T>(IReadOnlyList<T> rows, long projected)
        where T : ITableRow => [.. rows.Where(r => r.Version > projected)];

    private TimeZoneInfo ZoneOf(LoadedCase loaded)
    {
        var s = loaded.History.State;
        return book.Of(s.Community, s.Intake.PolicyVersion).Calendar.Zone;
    }

    private CaseRows? Rows(LoadedCase loaded) => loaded.History.State.Outcome == Outcome.Voided
        ? null : RowsOf(loaded.History, ZoneOf(loaded));

    /// <summary>Takes all rows away, before they are written afresh.</summary>
    public async Task ClearAsync(CancellationToken ct)
    {
        await tables.Of<ObligationRow>().ClearAsync(ct);
        await tables.Of<ComplaintRow>().ClearAsync(ct);
        await tables.Of<StepRow>().ClearAsync(ct);
        await tables.Of<ConformityRow>().ClearAsync(ct);
        await tables.Of<PlaceRow>().ClearAsync(ct);
        await tables.Of<ClosedRow>().ClearAsync(ct);
    }

    private static IEnumerable<ConformityRow> ConformityOf(CaseHistory history, TimeZoneInfo zone)
    {
        var s = history.State;
        return ConformityRow.Of(
            history.Steps, s.Community, "case", "", s.Number.ToString(), s.Lead, s.Version, zone);
    }

    private static ComplaintRow Row(CaseHistory history, string partition, string month)
    {
        var s = history.State;
        return new ComplaintRow
        {
            PartitionKey = partition,
            RowKey = s.Number.ToString(),
            Version = s.Version,
            Community = s.Community.Value,
            Month = month,
            Kind = s.Kind.ToString(),
            Category = s.Category.ToString(),
            Severity = s.Severity.ToString(),
            Building = s.Building,
            LeadCase = s.LeadCase?.ToString() ?? "",
            Channel = s.Intake.Channel.ToString(),
            Lead = s.Lead.ToString(),
            Cooperating = string.Join(' ', s.Cooperating),
            Clause = s.Clause,
            Stage = s.Stage.ToString(),
            Outcome = s.Outcome.ToString(),
            Handler = s.Handler?.Value ?? "",
            ReceivedAt = s.ReceivedAt,
            ResolveDue = s.ResolveDue,
            ResolvedAt = s.Resolution?.At,
            SignedAt = s.SignedAt,
            ClosedAt = s.ClosedAt,
            Signature = s.Signature?.Way.ToString() ?? (s.WasUnreachable ? "Unreachable" : ""),
            Satisfaction = s.Signature?.Satisfaction,
            Reopened = s.Reopened,
            LateSteps = history.Steps.Count(x => x.Done > x.Due)
                + Obligations.Of(s).Count(o => o.Lapse is not null),
            Lapses = history.Events.Count(e => e.Event is ComplaintEvent.Lapsed { Level: 0 }),
            FailedMessages = history.Events.Count(e => e.Event is ComplaintEvent.MessageFailed),
            AnsweredAs = s.AnsweredAs?.ToString() ?? "",
            AboutCommunication = s.AboutCommunication,
        };
    }

    private static string RowKeyOf(Complaint s, Obligation o) => string.Create(
        CultureInfo.InvariantCulture, $"{o.Due.UtcDateTime:yyyyMMddHHmmss}-{s.Number}-{o.Kind}-{o.Subject}");

    /// <summary>Rows of versions since the one projected last that no longer stand.</summary>
    private sealed record Gone(List<RowId> Duties, List<RowId> Conformity, List<RowId> Places)
    {
        public static Gone Of(CaseHistory history, long projected, CaseRows kept, TimeZoneInfo zone)
        {
            var (duties, conformity, places) = (new HashSet<RowId>(), new HashSet<RowId>(), new HashSet<RowId>());
            CaseHistory? past = null;
            // A case just opened has no rows that could be gone.
            foreach (var e in projected == 0 && history.State.Version <= 2 ? [] : history.Events)
            {
                past = CaseHistory.Add(past, e);
                if (past.State.Version < projected)
                    continue;
                duties.UnionWith(DutiesOf(past.State).Select(IdOf));
                conformity.UnionWith(ConformityOf(past, zone).Select(IdOf));
                if (PlaceRow.Of(past.State) is { } place)
                    places.Add(IdOf(place));
            }

            duties.ExceptWith(kept.Duties.Select(IdOf));
            conformity.ExceptWith(kept.Conformity.Select(IdOf));
            if (kept.Place is { } stays)
                places.Remove(IdOf(stays));
            return new Gone([.. duties], [.. conformity], [.. places]);
        }

        private static RowId IdOf(ITableRow row) => new(row.PartitionKey, row.RowKey);
    }
}
