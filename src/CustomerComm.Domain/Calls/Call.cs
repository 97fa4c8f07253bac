using System.Globalization;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Calls;

/// <summary>Which way a call went.</summary>
public enum CallWay
{
    /// <summary>To the hotline.</summary>
    In,
    /// <summary>From the office.</summary>
    Out,
}

/// <summary>
/// A call as the telephone system or the desk tells it. <paramref name="Rings"/> 0 to 200,
/// <paramref name="SecondsToAnswer"/> (for a missed call: until the caller gave up) 0 to 3,600,
/// <paramref name="Seconds"/> of talk 0 to 86,400; each may be unknown. <paramref name="Other"/> is the resident's
/// number in E.164 form, or the extension or name that the telephone system calls by; null where it was withheld.
/// <paramref name="Internal"/>: from or to an own number or staff.
/// </summary>
public sealed record CallReport(
    string Source, CommunityId Community, CallWay Way, string? Other, DateTimeOffset StartedAt, int? Rings,
    int? SecondsToAnswer, StaffId? AnsweredBy, int? Seconds, bool Missed, bool Internal)
{
    /// <summary>Who answers the line: the office its own, quality the company's complaint line (4.6.1-1).</summary>
    public Unit Unit { get; init; } = Unit.Office;

    /// <summary>
    /// Who answered as the telephone system calls them, up to 100 characters, where that is nobody on file: an extension, a
    /// queue, somebody who left. Null where <see cref="AnsweredBy"/> says it or nothing does.
    /// </summary>
    public string? AnsweredAs { get; init; }
}

/// <summary>
/// What can happen to a call. Stored types: a field is never renamed or removed, new ones have a default.
/// </summary>
public abstract record CallEvent
{
    private CallEvent()
    {
    }

    /// <summary>
    /// The call was recorded. <paramref name="InTime"/>: answered within the rings that are allowed; null where that is
    /// not known or the call is no resident's to the hotline. A call back is owed where <paramref name="CallBackDue"/>
    /// is set. <paramref name="Unit"/> answers the line.
    /// </summary>
    public sealed record CallRecorded(
        string Source, CommunityId Community, string Number, CallWay Way, Personal? Other, DateTimeOffset StartedAt,
        int? Rings, int? SecondsToAnswer, StaffId? AnsweredBy, int? Seconds, bool Missed, bool Internal,
        StaffId? EnteredBy, string PolicyVersion, bool? InTime, DateTimeOffset? CallBackDue, Unit Unit = Unit.Office,
        Personal? AnsweredAs = null)
        : CallEvent;

    /// <summary>Somebody called back; <paramref name="Reached"/>: and spoke to the caller.</summary>
    public sealed record CalledBack(StaffId By, DateTimeOffset CallAt, bool Reached, Personal? Note) : CallEvent;

    /// <summary>Office and caller spoke in another call, to or from the same number.</summary>
    public sealed record SpokenLater(string Call, DateTimeOffset CallAt, StaffId? By) : CallEvent;
}

/// <summary>What can be asked of a call.</summary>
public abstract record CallCommand
{
    private CallCommand()
    {
    }

    /// <summary>Records it under this number.</summary>
    public sealed record Record(CallReport Report, string Number) : CallCommand;

    /// <summary>Records that the caller was called back.</summary>
    public sealed record CallBack(DateTimeOffset At, bool Reached, string? Note) : CallCommand;

    /// <summary>Notes that office and caller spoke in another call.</summary>
    public sealed record NoteSpoken(string Call, DateTimeOffset At, StaffId? By) : CallCommand;
}

/// <summary>How the caller was reached after a missed call.</summary>
public sealed record Return(StaffId? By, DateTimeOffset At, bool Reached, string? Call, Personal? Note);

/// <summary>A telephone call of a community's office.</summary>
public sealed record Call(
    CallEvent.CallRecorded Recorded, Return? Returned) : IMatterState
{
    /// <inheritdoc/>
    public CommunityId Community => Recorded.Community;

    /// <inheritdoc/>
    public string PolicyVersion => Recorded.PolicyVersion;

    /// <inheritdoc/>
    public string Number => Recorded.Number;

    /// <inheritdoc/>
    public Unit Lead => Recorded.Unit;

    /// <inheritdoc/>
    public bool Open => Recorded.CallBackDue is not null && Returned is null;

    /// <summary>A resident's call to the hotline.</summary>
    public bool Counts => Recorded is { Way: CallWay.In, Internal: false };

    /// <summary>The offices answer the phone and are on duty; quality and the leader look at the figures (3.2).</summary>
    public static bool MayList(StaffMember member) => member.Unit is Unit.Office or Unit.Quality or Unit.Leader;

    /// <summary>Whoever may call the number back; others see its end.</summary>
    public bool MayDial(StaffMember member) => member.Unit == Recorded.Unit;

    /// <summary>Quality enters calls to the company's complaint line, others those to the community's (4.6.1-1).</summary>
    public static Unit LineOf(StaffMember member, CompanyDirectory directory) =>
        member.Unit == Unit.Quality && directory.ComplaintLine is not null ? Unit.Quality : Unit.Office;

    /// <summary>
    /// Calls to the company's complaint line are none of the office's that is complained of (4.6.1-1).
    /// </summary>
    public static bool MayList(StaffMember member, Unit line) =>
        MayList(member) && (line == Unit.Office || member.Unit is Unit.Quality or Unit.Leader);

    bool IMatterState.MaySee(StaffMember staff, CompanyDirectory directory) =>
        MayList(staff, Recorded.Unit) && MaySee(staff, Community);

    internal static bool MaySee(StaffMember member, CommunityId community) =>
        MayList(member) && member.Serves(community);
}

/// <summary>Calls: answered within three rings, or called back (4.5.2).</summary>
public abstract class CallMatter : IMatter<Call, CallCommand, CallEvent>
{
    private const string Clause = "4.5.2";
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_longestAgo = TimeSpan.FromDays(400);

    private CallMatter()
    {
    }

    /// <inheritdoc/>
    public static Decision<CallEvent> Decide(
        Call? state, CallCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        return command switch
        {
            CallCommand.Record c => Record(state, c, actor, now, rules),
            _ when state is null => Check.No<CallEvent>(Check.WrongStage(Clause, "There is no such call.")),
            CallCommand.CallBack c => CallBack(state, c, actor, now),
            CallCommand.NoteSpoken c => NoteSpoken(state, c, actor),
            _ => throw new InvalidOperationException($"Unknown command {command?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static Call Evolve(Call? state, CallEvent e, DateTimeOffset at) => e switch
    {
        CallEvent.CallRecorded r => new Call(r, null),
        CallEvent.CalledBack b => state! with { Returned = new Return(b.By, b.CallAt, b.Reached, null, b.Note) },
        CallEvent.SpokenLater s => state! with { Returned = new Return(s.By, s.CallAt, true, s.Call, null) },
        _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
    };

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(Call state)
    {
        if (state.Open)
        {
            yield return new Obligation(
                ObligationKind.CallBack, "", Party.Of(state.Recorded.Unit), state.Recorded.CallBackDue!.Value, Clause,
                null);
        }
    }

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(CallEvent e, Call state, Rules rules)
    {
        if (e is CallEvent.CallRecorded { CallBackDue: { } due } r)
        {
            yield return MatterMessage.ToStaff(
                "CallMissed", Party.Of(r.Unit), ("phone", new Word.Plain(r.Other?.Value ?? "")),
                ("at", new Word.At(r.StartedAt)), ("due", new Word.At(due)));
        }
    }

    /// <summary>
    /// Within the rings that are allowed: by rings where they are known, else by the seconds they take; null where
    /// neither is known.
    /// </summary>
    public static bool? InTime(int? rings, int? seconds, CallLimits limits)
    {
        return rings is { } r ? r <= limits.Rings : seconds is { } s ? s <= limits.Rings * limits.SecondsPerRing : null;
    }

    private static Decision<CallEvent> Record(
        Call? state, CallCommand.Record c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (state is not null)
            return Check.Yes<CallEvent>();
        var r = c.Report;
        if (actor is not Actor.System && Check.Of(actor, r.Unit, r.Community, Clause) is { } no)
            return Check.No<CallEvent>(no);
        if (Fields(r, now, rules) is { } bad)
            return Check.No<CallEvent>(bad);
        var counts = r is { Way: CallWay.In, Internal: false };
        var inTime = !counts ? null : r.Missed ? false : InTime(r.Rings, r.SecondsToAnswer, rules.Policy.Calls);
        // Whoever withheld their number cannot be called back; the call is counted as missed all the same.
        var due = counts && r is { Missed: true, Other: not null }
            ? rules.Due(r.StartedAt.AddSeconds(r.SecondsToAnswer ?? 0), rules.Policy.Calls.CallBack)
            : (DateTimeOffset?)null;
        return Check.Yes<CallEvent>(new CallEvent.CallRecorded(
            r.Source, r.Community, c.Number, r.Way, r.Other is null ? null : new Personal(r.Other), r.StartedAt,
            r.Rings, r.SecondsToAnswer, r.AnsweredBy, r.Seconds, r.Missed, r.Internal, (actor as Actor.Staff)?.Member.Id,
            rules.PolicyVersion, inTime, due, r.Unit,
            r.AnsweredAs is null ? null : new Personal(r.AnsweredAs)));
    }

    private static Refusal? Fields(CallReport r, DateTimeOffset now, Rules rules)
    {
        if (r.StartedAt > now + s_clockSkew)
            return Check.Bad("started", Clause, "'started' lies ahead; send when the call began, with its offset.");
        if (r.StartedAt < now - s_longestAgo)
            return Check.Bad("started", Clause, "'started' is more than 400 days ago.");
        if (r.AnsweredBy is { } by && rules.Directory.Find(by) is null)
            return Check.Bad("answeredBy", Clause, $"'answeredBy': there is no member of staff '{by}'.");
        if (r is { Missed: true, AnsweredBy: not null })
            return Check.Bad("missed", Clause, "'missed' is true although 'answeredBy' is named; send one of them.");
        if (r is { Missed: true, Seconds: > 0 })
            return Check.Bad("duration", Clause, "'duration' is more than 0 although 'missed' is true.");
        return Optional(r.Rings, 200, "rings") ?? Optional(r.SecondsToAnswer, 3_600, "secondsToAnswer")
            ?? Optional(r.Seconds, 86_400, "duration");
    }

    private static Refusal? Optional(int? value, int most, string field) =>
        value is { } v ? Check.Range(v, 0, most, field, Clause) : null;

    private static Decision<CallEvent> CallBack(Call state, CallCommand.CallBack c, Actor actor, DateTimeOffset now)
    {
        if (Check.Of(actor, state.Recorded.Unit, state.Community, Clause) is { } no)
            return Check.No<CallEvent>(no);
        if (!state.Recorded.Missed)
            return Check.No<CallEvent>(Check.WrongStage(Clause, "This call was answered; no call back is owed."));
        if (c.At > now + s_clockSkew || c.At < state.Recorded.StartedAt)
            return Check.No<CallEvent>(Check.Bad("at", Clause, "'at' must lie between the missed call and now."));
        if (Check.Optional(c.Note, "note", Clause) is { } bad)
            return Check.No<CallEvent>(bad);
        var by = ((Actor.Staff)actor).Member.Id;
        return state.Returned is { Reached: true } || (state.Returned is not null && !c.Reached)
            ? Check.Yes<CallEvent>()
            : Check.Yes<CallEvent>(new CallEvent.CalledBack(
                by, c.At, c.Reached, string.IsNullOrWhiteSpace(c.Note) ? null : new Personal(c.Note.Trim())));
    }

    private static Decision<CallEvent> NoteSpoken(Call state, CallCommand.NoteSpoken c, Actor actor) =>
        actor is Actor.System && state.Open && c.At >= state.Recorded.StartedAt && c.Call != state.Number
            ? Check.Yes<CallEvent>(new CallEvent.SpokenLater(c.Call, c.At, c.By))
            : Check.Yes<CallEvent>();

    /// <summary>
    /// What people call a call: community, local start, and four letters that tell apart calls of one second.
    /// </summary>
    public static string NumberOf(CommunityId community, DateTimeOffset startedAt, TimeZoneInfo zone, string mark) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{community}-C-{TimeZoneInfo.ConvertTime(startedAt, zone):yyyyMMdd-HHmmss}-{mark}");
}
