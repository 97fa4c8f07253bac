using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Meetings;

/// <summary>
/// Meetings with the owners' committee and representatives: the office seeks them out, what was said is recorded, what
/// was agreed on is carried out (4.5.5).
/// </summary>
public sealed class MeetingMatter : IMatter<Meeting, MeetingCommand, MeetingEvent>
{
    /// <summary>Page of the minutes for the committee.</summary>
    public const string Page = "m";

    /// <summary>Most people and statements of one meeting.</summary>
    public const int Most = 100;

    private const string Clause = "4.5.5";

    private MeetingMatter()
    {
    }

    /// <summary>
    /// True where the committee is to be sought out in the month of <paramref name="today"/>: none was held in it and
    /// the <see cref="MeetingLimits.EveryMonths"/> − 1 months before.
    /// </summary>
    public static bool IsDue(DateOnly? lastHeld, DateOnly today, MeetingLimits limits)
    {
        var since = new DateOnly(today.Year, today.Month, 1).AddMonths(1 - limits.EveryMonths);
        return lastHeld is not { } held || held < since;
    }

    /// <inheritdoc/>
    public static Decision<MeetingEvent> Decide(
        Meeting? state, MeetingCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (command is MeetingCommand.Seek seek)
            return Seek(state, seek, actor, now, rules);
        var community = state?.Community ?? (command as MeetingCommand.Plan)?.Community;
        if (community is not { } where)
            return Refuse("There is no such meeting.");
        var owner = command is MeetingCommand.Finish f
            && state?.Actions.Find(a => a.No == f.No) is { } action && actor is Actor.Staff { Member.Id: var id }
            && id == action.Owner;
        if (!owner && Check.Staff(
            actor, Clause, "the community's office, its leader or the quality department",
            m => m.Unit is Unit.Leader or Unit.Quality || (m.Unit == Unit.Office && m.Community == where)) is { } no)
        {
            return Check.No<MeetingEvent>(no);
        }

        var by = ((Actor.Staff)actor).Member.Id;
        if (command is MeetingCommand.Plan plan)
            return Plan(state, plan, by, now, rules);
        return state is not { } s
            ? Refuse("There is no such meeting.")
            : command switch
            {
                MeetingCommand.CallOff c => CallOff(s, c, by, now, rules),
                MeetingCommand.Hold c => Hold(s, c, by, now, rules),
                MeetingCommand.Note c => Note(s, c, by),
                MeetingCommand.Correct c => Correct(s, c, by),
                MeetingCommand.Agree c => Agree(s, c, by, now, rules),
                MeetingCommand.Finish c => Finish(s, c, by),
                MeetingCommand.SendMinutes => SendMinutes(s, by),
                _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
            };
    }

    /// <inheritdoc/>
    public static Meeting Evolve(Meeting? state, MeetingEvent e, DateTimeOffset at) => (state, e) switch
    {
        (null, MeetingEvent.MeetingSought x) => new Meeting(x.Number, x.Community, x.PolicyVersion)
        {
            SoughtBy = x.Due,
        },
        (_, MeetingEvent.MeetingPlanned x) => (state ?? new Meeting(x.Number, x.Community, x.PolicyVersion)) with
        {
            At = x.At,
            Place = x.Place,
            Agenda = x.Agenda,
            RecordDue = x.RecordDue,
            By = x.By,
            CalledOffFor = null,
        },
        ({ } s, MeetingEvent.MeetingCalledOff x) => s with
        {
            At = null,
            Place = null,
            RecordDue = null,
            CalledOffFor = x.Reason,
            SoughtBy = x.Due,
            By = x.By,
        },
        ({ } s, MeetingEvent.MeetingHeld x) => s with
        {
            At = x.At,
            Place = x.Place,
            Attendees = x.Attendees,
            RecordDue = null,
            SoughtBy = null,
            CalledOffFor = null,
            RecordedAt = at,
            MinutesDue = x.MinutesDue,
            By = x.By,
        },
        ({ } s, MeetingEvent.StatementNoted x) => s with
        {
            Statements = s.Statements.Add(new Statement(x.No, x.Speaker, x.Text, [])),
        },
        ({ } s, MeetingEvent.StatementCorrected x) => s with
        {
            Statements = s.Statements.ConvertAll(t => t.No == x.No
                ? t with { Text = x.Text, Was = t.Was.Add(new Correction(t.Text, x.Reason, x.By, at)) } : t),
        },
        ({ } s, MeetingEvent.ActionAgreed x) => s with
        {
            Actions = s.Actions.Add(new MeetingAction(x.No, x.What, x.Owner, x.Due, null, null)),
        },
        ({ } s, MeetingEvent.ActionDone x) => s with
        {
            Actions = s.Actions.ConvertAll(a => a.No == x.No ? a with { DoneAt = at, Result = x.Result } : a),
        },
        ({ } s, MeetingEvent.MinutesSent x) => s with { Issues = x.Issue, MinutesDue = null },
        _ => throw new InvalidOperationException($"{e?.GetType().Name} cannot follow here."),
    };

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(Meeting state)
    {
        if (state.Stage == MeetingStage.CalledOff)
            yield break;
        if (state.RecordedAt is null)
        {
            var due = state.RecordDue ?? state.SoughtBy!.Value;
            var owner = state.RecordDue is not null && state.By is { } by ? Party.Of(by) : Party.Of(Unit.Office);
            yield return new Obligation(ObligationKind.HoldMeeting, "", owner, due, Clause, null);
        }

        if (state.MinutesDue is { } minutes)
        {
            yield return new Obligation(
                ObligationKind.SendMinutes, "", Party.Of(state.By!.Value), minutes, Clause, null);
        }

        foreach (var a in state.Actions.Where(a => a.DoneAt is null))
        {
            yield return new Obligation(
                ObligationKind.CarryOutAction, $"a{a.No}", Party.Of(a.Owner), a.Due, Clause, null);
        }
    }

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(MeetingEvent e, Meeting state, Rules rules)
    {
        return e switch
        {
            MeetingEvent.MeetingSought x =>
                [MatterMessage.ToStaff("MeetingSought", Party.Of(Unit.Office), ("due", new Word.At(x.Due)))],
            MeetingEvent.MeetingPlanned x => ToCommittee(
                "MeetingInvitation", state, rules, ("at", new Word.At(x.At)), ("text", new Word.Said(x.Place.Value))),
            MeetingEvent.MeetingCalledOff x when state.Issues == 0 => ToCommittee(
                "MeetingCalledOff", state, rules, ("text", new Word.Said(x.Reason.Value))),
            MeetingEvent.ActionAgreed x =>
            [
                MatterMessage.ToStaff(
                    "ActionAgreed", Party.Of(x.Owner), ("due", new Word.At(x.Due)),
                    ("text", new Word.Said(x.What.Value))),
            ],
            MeetingEvent.ActionDone x => ToCommittee(
                "ActionDone", state, rules, ("text", new Word.Said(
                    state.Actions.Find(a => a.No == x.No)!.What.Value + "：" + x.Result.Value))),
            MeetingEvent.MinutesSent x => ToCommittee("MinutesSent", state, rules).Select(m => m with
            {
                Link = Page,
                Issue = x.Issue,
            }),
            _ => [],
        };
    }

    private static IEnumerable<MatterMessage> ToCommittee(
        string template, Meeting state, Rules rules, params (string Name, Word Word)[] words) =>
        rules.Directory.Committee.Where(c => c.Community == state.Community).Select(c => new MatterMessage(
            template, new Recipient.Resident(new Personal(c.Phone.Value), null, c.Language), [.. words]));

    private static Decision<MeetingEvent> Seek(
        Meeting? state, MeetingCommand.Seek c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (actor is not Actor.System)
            return Check.No<MeetingEvent>(new Refusal(RefusalCode.NotYours, Clause, "Only the system does this."));
        return state is not null
            ? Check.Yes<MeetingEvent>()
            : Check.Yes<MeetingEvent>(new MeetingEvent.MeetingSought(
                c.Number, c.Community, rules.PolicyVersion, rules.Due(now, rules.Policy.Meetings.Hold)));
    }

    private static Decision<MeetingEvent> Plan(
        Meeting? s, MeetingCommand.Plan c, StaffId by, DateTimeOffset now, Rules rules)
    {
        if (s?.RecordedAt is not null)
            return Refuse("It was held already.");
        if (s is not null && s.At == c.At && s.Place?.Value == c.Place && s.Agenda?.Value == c.Agenda)
            return Check.Yes<MeetingEvent>();
        if (rules.Directory.Find(c.Community) is null)
            return Check.No<MeetingEvent>(Check.Bad("community", Clause, $"There is no community '{c.Community}'."));
        var when = c.At <= now ? Check.Bad("at", Clause, "'at' has passed; a meeting that was held is recorded.")
            : c.At > rules.Due(now, rules.Policy.Furthest)
                ? Check.Bad("at", Clause, $"'at' lies more than {rules.Policy.Furthest} ahead.") : null;
        return Check.Unless<MeetingEvent>(
            when ?? Check.Text(c.Place, "place", Clause, 200) ?? Check.Optional(c.Agenda, "agenda", Clause),
            new MeetingEvent.MeetingPlanned(
                s?.Number ?? c.Number, c.Community, rules.PolicyVersion, c.At, new Personal(c.Place),
                Check.Said(c.Agenda), by,
                rules.Due(c.At, rules.Policy.Meetings.Record)));
    }

    /// <summary>A meeting that was due is still due when one date did not work out.</summary>
    private static Decision<MeetingEvent> CallOff(
        Meeting s, MeetingCommand.CallOff c, StaffId by, DateTimeOffset now, Rules rules)
    {
        if (s.RecordedAt is not null)
            return Refuse("It was held already.");
        if (s.At is null)
            return s.CalledOffFor is not null ? Check.Yes<MeetingEvent>() : Refuse("No time is set.");
        DateTimeOffset? due = s.SoughtBy is { } sought
            ? sought > now ? sought : rules.Due(now, rules.Policy.Meetings.Record) : null;
        return Check.Unless<MeetingEvent>(
            Check.Text(c.Reason, "reason", Clause),
            new MeetingEvent.MeetingCalledOff(new Personal(c.Reason), by, due));
    }

    private static Decision<MeetingEvent> Hold(
        Meeting s, MeetingCommand.Hold c, StaffId by, DateTimeOffset now, Rules rules)
    {
        if (s.RecordedAt is not null)
            return s.At == c.At ? Check.Yes<MeetingEvent>() : Refuse("It was recorded already; add what is missing.");
        if (s.Stage == MeetingStage.CalledOff)
            return Refuse("It was called off.");
        var no = (c.At > now ? Check.Bad("at", Clause, "'at' lies ahead; record a meeting after it was held.") : null)
            ?? Check.Text(c.Place, "place", Clause, 200)
            ?? Check.Range(c.Attendees.Length, 1, Most, "attendees", Clause)
            ?? Names(c.Attendees.Select(a => a.Name.Value))
            ?? Check.Range(c.Statements.Length, 0, 50, "statements", Clause)
            ?? c.Statements.Select(x => Said(x.Speaker, x.Text)).FirstOrDefault(x => x is not null)
            ?? (c.Attendees.Any(a => a.Role is AttendeeRole.Committee or AttendeeRole.Representative)
                ? null
                : Check.Bad(
                    "attendees", Clause, "Nobody of the committee or the representatives took part; name who did."));
        if (no is not null)
            return Check.No<MeetingEvent>(no);
        MeetingEvent held = new MeetingEvent.MeetingHeld(
            c.At, new Personal(c.Place), c.Attendees, by, rules.Due(now, rules.Policy.Meetings.SendMinutes));
        return Check.Yes<MeetingEvent>(
        [
            held,
            .. c.Statements.Select((x, i) => new MeetingEvent.StatementNoted(
                i + 1, new Personal(x.Speaker), new Personal(x.Text), by)),
        ]);
    }

    private static Decision<MeetingEvent> Note(Meeting s, MeetingCommand.Note c, StaffId by)
    {
        if (s.RecordedAt is null)
            return Refuse("Record first that it was held.");
        // The same words of the same speaker right after each other are the form sent twice.
        return s.Statements is [.., var last] && last.By.Value == c.Speaker && last.Text.Value == c.Text
            ? Check.Yes<MeetingEvent>()
            : Check.Unless<MeetingEvent>(
                Said(c.Speaker, c.Text) ?? Check.Range(s.Statements.Count, 0, Most - 1, "statements", Clause),
                new MeetingEvent.StatementNoted(
                    s.Statements.Count + 1, new Personal(c.Speaker), new Personal(c.Text), by));
    }

    private static Decision<MeetingEvent> Correct(Meeting s, MeetingCommand.Correct c, StaffId by)
    {
        if (s.Statements.Find(t => t.No == c.No) is not { } statement)
            return Check.No<MeetingEvent>(Check.Bad("no", Clause, "There is no such statement."));
        return statement.Text.Value == c.Text
            ? Check.Yes<MeetingEvent>()
            : Check.Unless<MeetingEvent>(
                Check.Text(c.Text, "text", Clause) ?? Check.Text(c.Reason, "reason", Clause),
                new MeetingEvent.StatementCorrected(c.No, new Personal(c.Text), new Personal(c.Reason), by));
    }

    private static Decision<MeetingEvent> Agree(
        Meeting s, MeetingCommand.Agree c, StaffId by, DateTimeOffset now, Rules rules)
    {
        if (s.RecordedAt is null)
            return Refuse("Record first that it was held.");
        if (s.Actions.Exists(x => x.DoneAt is null && x.What.Value == c.What && x.Owner == c.Owner && x.Due == c.Due))
            return Check.Yes<MeetingEvent>();
        return Check.Unless<MeetingEvent>(
            Check.Text(c.What, "what", Clause)
                ?? (rules.Directory.Find(c.Owner) is { } m && m.Serves(s.Community)
                    ? null : Check.Bad("owner", Clause, "'owner' must be of the community's office or a department."))
                ?? (c.Due > now ? null : Check.Bad("due", Clause, "'due' has passed; choose a later time."))
                ?? (c.Due <= rules.Due(now, rules.Policy.Furthest)
                    ? null : Check.Bad("due", Clause, $"'due' lies more than {rules.Policy.Furthest} ahead."))
                ?? Check.Range(s.Actions.Count, 0, Most - 1, "what", Clause),
            new MeetingEvent.ActionAgreed(s.Actions.Count + 1, new Personal(c.What), c.Owner, c.Due, by));
    }

    private static Decision<MeetingEvent> Finish(Meeting s, MeetingCommand.Finish c, StaffId by)
    {
        if (s.Actions.Find(a => a.No == c.No) is not { } action)
            return Check.No<MeetingEvent>(Check.Bad("no", Clause, "There is no such action."));
        return action.DoneAt is not null
            ? Check.Yes<MeetingEvent>()
            : Check.Unless<MeetingEvent>(
                Check.Text(c.Result, "result", Clause), new MeetingEvent.ActionDone(c.No, new Personal(c.Result), by));
    }

    private static Decision<MeetingEvent> SendMinutes(Meeting s, StaffId by)
    {
        if (s.RecordedAt is null)
            return Refuse("Record first that it was held.");
        return s.Statements.IsEmpty
            ? Check.No<MeetingEvent>(new Refusal(
                RefusalCode.NotYet, Clause, "Nothing that was said is recorded; write it down first."))
            : Check.Yes<MeetingEvent>(new MeetingEvent.MinutesSent(s.Issues + 1, by));
    }

    private static Refusal? Names(IEnumerable<string> names) =>
        names.Select(n => Check.Text(n, "attendees", Clause, 100)).FirstOrDefault(x => x is not null);

    private static Refusal? Said(string speaker, string text) =>
        Check.Text(speaker, "speaker", Clause, 100) ?? Check.Text(text, "text", Clause);

    private static Decision<MeetingEvent> Refuse(string text) => Check.No<MeetingEvent>(Check.WrongStage(Clause, text));
}
