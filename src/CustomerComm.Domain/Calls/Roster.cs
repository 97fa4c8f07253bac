using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Calls;

/// <summary>The duty roster of a community's office (4.5.2).</summary>
public sealed record Roster(
    CommunityId Community, string PolicyVersion, StaffId Owner, DateTimeOffset FirstDue, RosterPlan Plan,
    ImmutableSortedDictionary<DateOnly, GapFound> Gaps) : IMatterState
{
    /// <inheritdoc/>
    public string Number => $"{Community}-ROSTER";

    /// <inheritdoc/>
    public Unit Lead => Unit.Office;

    /// <inheritdoc/>
    public bool Open => true;

    /// <inheritdoc/>
    public bool GoesOn => true;

    bool IMatterState.MaySee(StaffMember staff, CompanyDirectory directory) => Call.MaySee(staff, Community);
}

/// <summary>The roster: 24-hour cover, gaps alarmed before they come (4.5.2).</summary>
public abstract class RosterMatter : IMatter<Roster, RosterCommand, RosterEvent>
{
    /// <summary>Subject of the obligation to enter a first shift.</summary>
    public const string NoRoster = "none";

    private const string Clause = "4.5.2";

    private RosterMatter()
    {
    }

    /// <inheritdoc/>
    public static Decision<RosterEvent> Decide(
        Roster? state, RosterCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (command is RosterCommand.LookAhead look)
        {
            return state is null
                ? Check.Yes<RosterEvent>(new RosterEvent.RosterBegun(
                    look.Community, rules.PolicyVersion, OwnerOf(look.Community, rules),
                    rules.Due(now, rules.Policy.Calls.Cover)))
                : Check.Yes([.. Look(state, now, rules)]);
        }

        return state is null
            ? Check.No<RosterEvent>(Check.WrongStage(Clause, "The roster was not begun."))
            : Change(state, command, actor, now, rules);
    }

    /// <inheritdoc/>
    public static Roster Evolve(Roster? state, RosterEvent e, DateTimeOffset at)
    {
        if (e is RosterEvent.RosterBegun b)
        {
            return new Roster(
                b.Community, b.PolicyVersion, b.Owner, b.Due, RosterPlan.Empty,
                ImmutableSortedDictionary<DateOnly, GapFound>.Empty);
        }

        var s = state!;
        var plan = s.Plan;
        return e switch
        {
            RosterEvent.GapsFound g => s with
            {
                Owner = g.Owner,
                Gaps = s.Gaps.SetItems(g.Gaps.Select(x => KeyValuePair.Create(x.Day, x))),
            },
            RosterEvent.GapsClosed g => s with { Gaps = s.Gaps.RemoveRange(g.Days) },
            RosterEvent.ShiftAdded a => s with
            {
                Plan = plan with
                {
                    Weekly = plan.Weekly.Add(new WeeklyShift(a.Shift, a.Days, a.From, a.To, a.Staff, a.First, null)),
                },
            },
            RosterEvent.ShiftEnded x => s with
            {
                Plan = plan with
                {
                    Weekly = plan.Weekly.ConvertAll(w => w.Number == x.Shift ? w with { Last = x.Last } : w),
                },
            },
            RosterEvent.ShiftExcused x => s with
            {
                Plan = plan with { Excuses = plan.Excuses.Add(new Excuse(x.Shift, x.Day)) },
            },
            RosterEvent.ExtraAdded a => s with
            {
                Plan = plan with
                {
                    Extras = plan.Extras.Add(new ExtraShift(a.Extra, a.Day, a.From, a.To, a.Staff, Dropped: false)),
                },
            },
            RosterEvent.ExtraDropped d => s with
            {
                Plan = plan with
                {
                    Extras = plan.Extras.ConvertAll(x => x.Number == d.Extra ? x with { Dropped = true } : x),
                },
            },
            _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(Roster state)
    {
        if (state.Plan.IsEmpty)
        {
            yield return new Obligation(
                ObligationKind.CoverDuty, NoRoster, Party.Of(state.Owner), state.FirstDue, Clause, null);
        }

        foreach (var gap in state.Gaps.Values)
        {
            yield return new Obligation(
                ObligationKind.CoverDuty, gap.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Party.Of(state.Owner), gap.Due, Clause, null);
        }
    }

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(RosterEvent e, Roster state, Rules rules)
    {
        switch (e)
        {
            case RosterEvent.RosterBegun b:
                yield return MatterMessage.ToStaff("RosterMissing", Party.Of(b.Owner), ("due", new Word.At(b.Due)));
                break;
            case RosterEvent.GapsFound g:
                yield return MatterMessage.ToStaff(
                    "RosterGaps", Party.Of(g.Owner),
                    ("count", new Word.Plain(state.Gaps.Count.ToString(CultureInfo.InvariantCulture))),
                    ("at", new Word.At(g.Gaps.Min(x => x.From))), ("due", new Word.At(g.Gaps.Min(x => x.Due))));
                break;
            default:
                break;
        }
    }

    /// <summary>A change by the office, with what it does to the gaps in the same decision.</summary>
    private static Decision<RosterEvent> Change(
        Roster state, RosterCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (Check.Office(actor, state.Community, Clause) is { } no)
            return Check.No<RosterEvent>(no);
        var by = ((Actor.Staff)actor).Member.Id;
        var today = rules.Calendar.LocalDate(now);
        var (change, bad) = command switch
        {
            RosterCommand.AddShift c => Add(state, c, by, today, rules),
            RosterCommand.AddExtra c => Add(state, c, by, today, rules),
            RosterCommand.EndShift c => End(state, c, by, today),
            RosterCommand.ExcuseShift c => Excuse(state, c, by, today),
            RosterCommand.DropExtra c => Drop(state, c, by, today),
            _ => throw new InvalidOperationException($"Unknown command {command?.GetType().Name}."),
        };
        if (bad is not null)
            return Check.No<RosterEvent>(bad);
        if (change is null)
            return Check.Yes<RosterEvent>();
        return Check.Yes([change, .. Look(Evolve(state, change, now), now, rules)]);
    }

    private static (RosterEvent? Event, Refusal? Bad) Add(
        Roster s, RosterCommand.AddShift c, StaffId by, DateOnly today, Rules rules)
    {
        if (c.Days.IsDefaultOrEmpty)
            return (null, Check.Bad("days", Clause, "'days' is empty; choose the days of the week."));
        if (WhoMay(s, c.Staff, rules) is { } bad)
            return (null, bad);
        if (c.First < today || c.First > today.AddYears(1))
            return (null, Check.Bad("first", Clause, "'first' must be a day from today on, within a year."));
        ImmutableArray<DayOfWeek> days = [.. c.Days.Distinct().Order()];
        var known = s.Plan.Weekly.Any(w => w.Last is null && w.Staff == c.Staff && w.From == c.From && w.To == c.To
            && w.First <= c.First && days.All(w.Days.Contains));
        return known
            ? (null, null)
            : (new RosterEvent.ShiftAdded(s.Plan.Weekly.Count + 1, days, c.From, c.To, c.Staff, c.First, by), null);
    }

    private static (RosterEvent? Event, Refusal? Bad) Add(
        Roster s, RosterCommand.AddExtra c, StaffId by, DateOnly today, Rules rules)
    {
        if (WhoMay(s, c.Staff, rules) is { } bad)
            return (null, bad);
        if (c.Day < today || c.Day > today.AddYears(1))
            return (null, Check.Bad("day", Clause, "'day' must be a day from today on, within a year."));
        var known = s.Plan.Extras.Any(x => !x.Dropped && x.Day == c.Day && x.From == c.From && x.To == c.To
            && x.Staff == c.Staff);
        return known
            ? (null, null)
            : (new RosterEvent.ExtraAdded(s.Plan.Extras.Count + 1, c.Day, c.From, c.To, c.Staff, by), null);
    }

    private static (RosterEvent? Event, Refusal? Bad) End(
        Roster s, RosterCommand.EndShift c, StaffId by, DateOnly today)
    {
        if (s.Plan.Weekly.Find(w => w.Number == c.Shift) is not { } shift)
            return (null, Check.Bad("shift", Clause, $"There is no shift {c.Shift}."));
        // What was worked stays on record: a shift ends at the earliest with yesterday.
        if (c.Last < today.AddDays(-1) || c.Last > today.AddYears(1))
            return (null, Check.Bad("last", Clause, "'last' must be a day from yesterday on, within a year."));
        return shift.Last <= c.Last ? (null, null) : (new RosterEvent.ShiftEnded(c.Shift, c.Last, by), null);
    }

    private static (RosterEvent? Event, Refusal? Bad) Excuse(
        Roster s, RosterCommand.ExcuseShift c, StaffId by, DateOnly today)
    {
        if (s.Plan.Weekly.Find(w => w.Number == c.Shift) is not { } shift)
            return (null, Check.Bad("shift", Clause, $"There is no shift {c.Shift}."));
        if (c.Day < today || !shift.Days.Contains(c.Day.DayOfWeek) || c.Day < shift.First || c.Day > shift.Last)
            return (null, Check.Bad("day", Clause, "'day' must be a day of this shift, from today on."));
        return s.Plan.Excuses.Contains(new Excuse(c.Shift, c.Day))
            ? (null, null)
            : (new RosterEvent.ShiftExcused(c.Shift, c.Day, by), null);
    }

    private static (RosterEvent? Event, Refusal? Bad) Drop(
        Roster s, RosterCommand.DropExtra c, StaffId by, DateOnly today)
    {
        if (s.Plan.Extras.Find(x => x.Number == c.Extra) is not { } extra)
            return (null, Check.Bad("extra", Clause, $"There is no shift {c.Extra} on one day."));
        if (extra.Day < today)
            return (null, Check.Bad("extra", Clause, "This shift has passed; what was worked stays on record."));
        return extra.Dropped ? (null, null) : (new RosterEvent.ExtraDropped(c.Extra, by), null);
    }

    private static Refusal? WhoMay(Roster s, StaffId staff, Rules rules) =>
        rules.Directory.Find(staff) is { Unit: Unit.Office } m && m.Community == s.Community
            ? null
            : Check.Bad("staff", Clause, "'staff' must be somebody of this community's office.");

    /// <summary>What changed about the gaps of the days to come; nothing while there is no roster at all.</summary>
    private static IEnumerable<RosterEvent> Look(Roster s, DateTimeOffset now, Rules rules)
    {
        var today = rules.Calendar.LocalDate(now);
        var passed = s.Gaps.Keys.Where(d => d < today).ToImmutableArray();
        if (!passed.IsEmpty)
            yield return new RosterEvent.GapsClosed(passed, Covered: false);
        if (s.Plan.IsEmpty)
            yield break;
        var limits = rules.Policy.Calls;
        var gaps = s.Plan.Gaps(
            now, today.AddDays(limits.RosterDays), rules.Calendar.Zone, id => rules.Directory.Find(id) is not null)
            .ToDictionary(g => g.Day);
        var covered = s.Gaps.Keys.Where(d => d >= today && !gaps.ContainsKey(d)).ToImmutableArray();
        if (!covered.IsEmpty)
            yield return new RosterEvent.GapsClosed(covered, Covered: true);
        // What is left of today shrinks by itself; that is no news.
        var news = gaps.Values.Where(g => !s.Gaps.TryGetValue(g.Day, out var known)
                || (g.Day > today && (known.Minutes != g.Minutes || known.From != g.From)))
            .OrderBy(g => g.Day)
            .Select(g => new GapFound(g.Day, g.From, g.Minutes, DueOf(s, g, now, rules))).ToImmutableArray();
        if (!news.IsEmpty)
            yield return new RosterEvent.GapsFound(OwnerOf(s.Community, rules), news);
    }

    /// <summary>What was promised for the day stays; a new gap is due before it begins, or in a day.</summary>
    private static DateTimeOffset DueOf(Roster s, DutyGap gap, DateTimeOffset now, Rules rules)
    {
        if (s.Gaps.TryGetValue(gap.Day, out var known))
            return known.Due;
        var due = rules.Due(now, rules.Policy.Calls.Cover);
        return gap.From < due ? gap.From : due;
    }

    private static StaffId OwnerOf(CommunityId community, Rules rules) =>
        rules.Directory.Head(Unit.Office, community)!.Id;
}
