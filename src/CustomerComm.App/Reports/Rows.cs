using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Reviews;

namespace CustomerComm.App.Reports;

/// <summary>
/// An obligation on somebody's work list. Partition: the party (<c>staff:s-li</c>, <c>unit:HY:Office</c>); row: due
/// time, number and kind, so that the most urgent comes first, before it <c>0-</c> where somebody is in danger.
/// Gone when it is met.
/// </summary>
public sealed record ObligationRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Number { get; init; }

    /// <summary>An <c>ObligationKind</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Tells apart two of one kind.</summary>
    public required string Subject { get; init; }

    /// <summary>By when, UTC.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>It lapsed.</summary>
    public required bool Overdue { get; init; }

    public required string Category { get; init; }

    public required string Severity { get; init; }

    /// <summary>Somebody is in danger: it goes before all others.</summary>
    public required bool Danger { get; init; }

    /// <summary>Kind of matter, the first part of its stream's id.</summary>
    public required string Matter { get; init; }

    /// <summary>Stream of the matter.</summary>
    public required string Stream { get; init; }
}

/// <summary>
/// One complaint for management. Partition: community and month of receipt (<c>HY-2026-11</c>); row: the number. No personal
/// data.
/// </summary>
public sealed record ComplaintRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Community { get; init; }

    /// <summary>Month of receipt in the community's time zone, <c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>Kind of complaint.</summary>
    public required string Kind { get; init; }

    public required string Category { get; init; }

    public required string Severity { get; init; }

    /// <summary>Kind it came as, whatever it is called now; it stays counted as what it was (3.2).</summary>
    public string OriginalKind { get; init; } = "";

    /// <summary>It was called a complaint or a repair at any time.</summary>
    public bool EverComplaint { get; init; }

    /// <summary>Why less was made of it, with somebody's consent, a <c>FindingReason</c>; or empty.</summary>
    public string Lowered { get; init; } = "";

    /// <summary>
    /// Why quality looks at it, by the month in whose inspection it does: <c>2026-03:Lowered 2026-04:Failed</c>; or empty.
    /// </summary>
    public string Doubts { get; init; } = "";

    /// <summary>Why quality looks at it in the inspection of this month (<c>yyyy-MM</c>).</summary>
    public Doubt DoubtIn(string month)
    {
        foreach (var doubt in Doubts.Split(' '))
        {
            if (doubt.StartsWith($"{month}:", StringComparison.Ordinal) && Enum.TryParse<Doubt>(doubt.AsSpan(month.Length + 1), out var found))
                return found;
        }

        return Doubt.None;
    }

    /// <summary>How often the resident objected to how it ended.</summary>
    public int Objections { get; init; }

    /// <summary>It is against somebody: the unit whose members alone see it in reports; else empty.</summary>
    public string Guard { get; init; } = "";

    /// <summary>It reported a danger.</summary>
    public bool Danger { get; init; }

    /// <summary>Building of the room, empty where it is not known.</summary>
    public string Building { get; init; } = "";

    /// <summary>The complaint that leads this one, or empty (4.5.7).</summary>
    public string LeadComplaint { get; init; } = "";

    /// <summary>In whose name it came, a <c>Standing</c> (4.6.2-4).</summary>
    public string Standing { get; init; } = "";

    /// <summary>Numbers of the work orders of authorities it is handled as, separated by spaces (4.6.2-2).</summary>
    public string Outside { get; init; } = "";

    /// <summary>Channel it came by.</summary>
    public required string Channel { get; init; }

    /// <summary>Unit that leads.</summary>
    public required string Lead { get; init; }

    /// <summary>Units that cooperate, separated by spaces.</summary>
    public required string Cooperating { get; init; }

    /// <summary>Clause that routed it.</summary>
    public required string Clause { get; init; }

    public required string Stage { get; init; }

    /// <summary>How it ended; <c>None</c> while open.</summary>
    public required string Outcome { get; init; }

    /// <summary>Id of the handler, empty while there is none.</summary>
    public required string Handler { get; init; }

    /// <summary>Received, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>To be solved by, UTC.</summary>
    public required DateTimeOffset ResolveDue { get; init; }

    /// <summary>Promised first, UTC, as far as the resident did not agree to more: by this it is on time or late.</summary>
    public required DateTimeOffset Promised { get; init; }

    /// <summary>Solved, UTC; the last time if it was opened again.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Signed, UTC.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>Closed, UTC.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>
    /// How it was signed: <c>Drawn</c>, <c>Paper</c>, <c>Unreachable</c>, <c>NoContact</c> where nothing was given by which
    /// to reach anybody, or empty.
    /// </summary>
    public required string Signature { get; init; }

    /// <summary>Satisfaction 1 to 5.</summary>
    public int? Satisfaction { get; init; }

    /// <summary>How often it was opened again.</summary>
    public required int Reopened { get; init; }

    /// <summary>Steps that were or are late.</summary>
    public required int LateSteps { get; init; }

    /// <summary>Lapses recorded.</summary>
    public required int Lapses { get; init; }

    /// <summary>Messages that could not be delivered.</summary>
    public required int FailedMessages { get; init; }

    /// <summary>To what the answer came, an <c>AnswerKind</c>; empty for complaints and while it is open.</summary>
    public string AnsweredAs { get; init; } = "";

    /// <summary>A suggestion about communication (4.5.7).</summary>
    public bool AboutCommunication { get; init; }

    /// <summary>
    /// What was taken from it, the last of each month (4.5.4); what the system itself took for no complaint is such a thing
    /// when it ends.
    /// </summary>
    public static ImmutableDictionary<string, Doubt> DoubtsOf(LoadedMatter<Complaint> matter, TimeZoneInfo zone)
    {
        var doubts = ImmutableDictionary.CreateBuilder<string, Doubt>(StringComparer.Ordinal);
        foreach (var e in matter.Events)
        {
            var doubt = e.Event switch
            {
                ComplaintEvent.Dismissed => Doubt.Dismissed,
                ComplaintEvent.Triaged { Consent: not null } => Doubt.Lowered,
                ComplaintEvent.Verified { Holds: false } => Doubt.Failed,
                ComplaintEvent.Withdrawn when matter.State.Intake.EnteredBy is not null => Doubt.TakenBack,
                ComplaintEvent.Closed { Outcome: Domain.Complaints.Outcome.Answered } when !matter.State.EverComplaint => Doubt.Filtered,
                _ => Doubt.None,
            };
            if (doubt != Doubt.None)
                doubts[Months.Of(e.At, zone)] = doubt;
        }

        return doubts.ToImmutable();
    }

    /// <summary>The row of a complaint, months in the community's zone.</summary>
    public static ComplaintRow Of(LoadedMatter<Complaint> matter, TimeZoneInfo zone)
    {
        var s = matter.State;
        var month = Months.Of(s.ReceivedAt, zone);
        return new ComplaintRow
        {
            PartitionKey = Months.PartitionOf(s.Community, month),
            RowKey = s.Number.ToString(),
            Version = matter.Version,
            Community = s.Community.Value,
            Month = month,
            Kind = s.Kind.ToString(),
            Category = s.Category.ToString(),
            Severity = s.Severity.ToString(),
            OriginalKind = s.Intake.Kind.ToString(),
            EverComplaint = s.EverComplaint,
            Lowered = s.Lowered?.ToString() ?? "",
            Doubts = string.Join(
                ' ', DoubtsOf(matter, zone).OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key}:{d.Value}")),
            Objections = s.Objections,
            Guard = Guards.Of(s),
            Danger = s.ReportedDanger,
            Building = s.Building,
            LeadComplaint = s.LeadComplaint?.ToString() ?? "",
            Standing = (s.Intake.Complainant?.Standing ?? Domain.Complaints.Standing.Self).ToString(),
            Outside = string.Join(' ', s.OutsideOrders.Select(o => o.Number)),
            Channel = s.Intake.Channel.ToString(),
            Lead = s.Lead.ToString(),
            Cooperating = string.Join(' ', s.Cooperating),
            Clause = s.Clause,
            Stage = s.Stage.ToString(),
            Outcome = s.Outcome.ToString(),
            Handler = s.Handler?.Value ?? "",
            ReceivedAt = s.ReceivedAt,
            ResolveDue = s.ResolveDue,
            Promised = s.FirstPromise,
            ResolvedAt = s.Resolution?.At,
            SignedAt = s.SignedAt,
            ClosedAt = s.ClosedAt,
            Signature = s.Signature?.Way.ToString() ?? (s.WasUnreachable ? "Unreachable" : s.NoContact ? "NoContact" : ""),
            Satisfaction = s.Signature?.Judgement.Satisfaction(),
            Reopened = s.Reopened,
            LateSteps = matter.Tracked.Steps.Count(x => x.Missed)
                + ComplaintKind.Owed(matter).Count(o => o.Lapse is not null),
            Lapses = matter.Events.Count(e => e.Event is ObligationEvent.Lapsed { Level: 0 }),
            FailedMessages = matter.Tracked.Failed.Count,
            AnsweredAs = s.AnsweredAs?.ToString() ?? "",
            AboutCommunication = s.AboutCommunication,
        };
    }
}

/// <summary>
/// One step of a complaint: what was owed, by whom, by when, and when it was done. Partition as <see cref="ComplaintRow"/>;
/// row: number and running number of the step.
/// </summary>
public sealed record StepRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Number { get; init; }

    /// <summary>What was owed, an <c>ObligationKind</c>.</summary>
    public required string Step { get; init; }

    /// <summary>Clause it serves.</summary>
    public required string Clause { get; init; }

    /// <summary>Unit that leads the complaint.</summary>
    public required string Lead { get; init; }

    /// <summary>Who owed it: staff id or unit.</summary>
    public required string Owner { get; init; }

    /// <summary>It is against somebody: the unit whose members alone see it in reports; else empty.</summary>
    public string Guard { get; init; } = "";

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>By when, UTC.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Done, UTC; empty while it stands.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Done after it was due, or over without having been done, or what was done did not hold.</summary>
    public required bool Late { get; init; }

    /// <summary>Minutes late, 0 when in time or while it stands.</summary>
    public required int MinutesLate { get; init; }

    /// <summary>Kind of matter, the first part of its stream's id; <c>complaint</c> for a complaint.</summary>
    public required string Matter { get; init; }
}

/// <summary>Names of months and of the partitions that hold them.</summary>
public static class Months
{
    /// <summary>A month and so many before it, the latest first, each <c>yyyy-MM</c>.</summary>
    public static IEnumerable<string> Back(string month, int back)
    {
        var last = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Enumerable.Range(0, back + 1)
            .Select(i => last.AddMonths(-i).ToString("yyyy-MM", CultureInfo.InvariantCulture));
    }

    /// <summary>Partition of a community's month, <c>HY-2026-11</c>.</summary>
    public static string PartitionOf(CommunityId community, string month) => $"{community}-{month}";

    /// <summary>The month a time lies in, in the community's zone: <c>2026-11</c>.</summary>
    public static string Of(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
