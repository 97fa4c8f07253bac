using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Measures;

/// <summary>
/// Corrective and preventive measures of major complaints: carried out by their owner by the date in the report, and
/// checked for their effect by somebody else, whatever became of the complaint meanwhile (4.6.2-5, 4.5.4).
/// </summary>
public sealed class MeasureMatter : IMatter<Measure, MeasureCommand, MeasureEvent>
{
    private const string Clause = "4.6.2-5";

    private MeasureMatter()
    {
    }

    /// <summary>
    /// Why a report may not be filed like this, or null: it says what is to be done, by a member of staff in office for
    /// the community and not of the accused side, by a time that is yet to come and not too far off.
    /// <paramref name="field"/> is the report's; of its parts the name is followed by <c>Owner</c> and <c>Due</c>.
    /// </summary>
    public static Refusal? Plan(
        PlannedMeasure plan, string field, IMatterState complaint, DateTimeOffset now, Rules rules) =>
        Check.Text(plan.What.Value, field, Clause)
        ?? MayOwn(plan.Owner, $"{field}Owner", complaint, rules.Directory)
        ?? MayBeDue(plan.Due, $"{field}Due", now, rules);

    /// <inheritdoc/>
    public static Decision<MeasureEvent> Decide(
        Measure? state, MeasureCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (command is MeasureCommand.Begin begin)
            return Begin(state, begin, actor, rules);
        if (state is not { } s)
            return Refuse("There is no such measure.");
        if (command is MeasureCommand.TakeSides sides)
            return TakeSides(s, sides, actor, now, rules);
        if (actor is Actor.Staff { Member: var m } && Authority.IsBarred(s, m, rules.Directory))
        {
            return Check.No<MeasureEvent>(new Refusal(
                RefusalCode.Accused, "4.6.1-2-D", "The complaint is against you or somebody above you."));
        }

        return command switch
        {
            MeasureCommand.Finish c => Finish(s, c, actor, now, rules),
            MeasureCommand.CheckEffect c => CheckEffect(s, c, actor, now, rules),
            MeasureCommand.Reassign c => Reassign(s, c, actor, rules),
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static Measure Evolve(Measure? state, MeasureEvent e, DateTimeOffset at) => Measure.Evolve(state, e, at);

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(Measure state)
    {
        // Each round owes anew: whoever was late in one round is late in that one.
        Obligation Owe(ObligationKind kind, Party owner, DateTimeOffset due, string clause) =>
            new(kind, $"r{state.Round}", owner, due, clause, null);
        return state switch
        {
            { Stage: MeasureStage.Effective } => [],
            { Stage: MeasureStage.ToCheck } =>
                [Owe(ObligationKind.CheckMeasure, Party.Of(state.Checker), state.CheckDue!.Value, Clause)],
            { NameOwnerDue: { } name } => [Owe(ObligationKind.Assign, Party.Of(state.Chief), name, Clause)],
            _ => [Owe(ObligationKind.CarryOutMeasure, Party.Of(state.Owner), state.Due, Clause)],
        };
    }

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(MeasureEvent e, Measure state, Rules rules)
    {
        (string, Word) what = ("text", new Word.Said(state.Begun.Plan.What.Value));
        (string, Word) due = ("due", new Word.At(state.Due));
        return e switch
        {
            MeasureEvent.MeasureBegun or MeasureEvent.MeasureReassigned =>
                [MatterMessage.ToStaff("MeasureOwed", Party.Of(state.Owner), due, what)],
            MeasureEvent.MeasureDone d =>
            [
                MatterMessage.ToStaff(
                    "MeasureToCheck", Party.Of(state.Checker), ("due", new Word.At(d.CheckDue)),
                    ("text", new Word.Said(d.Result.Value))),
            ],
            MeasureEvent.MeasureChecked { Effective: false } c =>
            [
                c.NameOwnerDue is { } name ? OwnerMissing(state, name) : MatterMessage.ToStaff(
                    "MeasureAgain", Party.Of(state.Owner), due, ("text", new Word.Said(c.Finding.Value))),
                MatterMessage.ToStaff(
                    "MeasureNotEffective", Party.Of(state.Chief), due, ("text", new Word.Said(c.Finding.Value))),
            ],
            MeasureEvent.MeasureSidesChanged { NameOwnerDue: { } name } => [OwnerMissing(state, name)],
            MeasureEvent.MeasureChecked or MeasureEvent.MeasureSidesChanged => [],
            _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
        };
    }

    private static MatterMessage OwnerMissing(Measure s, DateTimeOffset due) =>
        MatterMessage.ToStaff("MeasureOwnerMissing", Party.Of(s.Chief), ("due", new Word.At(due)));

    private static Decision<MeasureEvent> Begin(Measure? s, MeasureCommand.Begin c, Actor actor, Rules rules)
    {
        if (actor is not Actor.System)
            return Check.No<MeasureEvent>(s_onlySystem);
        // The report was looked at when it was filed; what changed since must not lose it.
        return s is not null
            ? Check.Yes<MeasureEvent>()
            : Check.Unless<MeasureEvent>(
                Check.Text(c.Plan.What.Value, "what", Clause),
                new MeasureEvent.MeasureBegun(
                    Measure.NumberOf(c.Complaint, c.Type, c.ComplaintRound), c.Complaint, c.ComplaintRound, c.Type,
                    c.Plan, rules.Directory.Find(c.Plan.Owner)?.Unit ?? c.Sides.Keeper, c.FiledBy, c.Sides, c.Contact,
                    rules.PolicyVersion));
    }

    private static Decision<MeasureEvent> TakeSides(
        Measure s, MeasureCommand.TakeSides c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (actor is not Actor.System)
            return Check.No<MeasureEvent>(s_onlySystem);
        if (!s.Open || s.Sides.SameAs(c.Sides))
            return Check.Yes<MeasureEvent>();
        var after = s with { Sides = c.Sides };
        return Check.Yes<MeasureEvent>(new MeasureEvent.MeasureSidesChanged(
            c.Sides, CheckerOf(after, rules.Directory),
            s.Stage == MeasureStage.ToCarryOut && NameOwnerDue(after, now, rules) is { } due
                ? s.NameOwnerDue ?? due : null));
    }

    /// <summary>By when another owner is named, where the present one is of the accused side now.</summary>
    private static DateTimeOffset? NameOwnerDue(Measure s, DateTimeOffset now, Rules rules) =>
        rules.Directory.Find(s.Owner) is { } owner && Authority.IsBarred(s, owner, rules.Directory)
            ? rules.Due(now, rules.Policy.Measures.NameOwner) : null;

    private static Decision<MeasureEvent> Finish(
        Measure s, MeasureCommand.Finish c, Actor actor, DateTimeOffset now, Rules rules)
    {
        var no = Check.Staff(actor, Clause, "the owner of the measure", m => m.Id == s.Owner)
            ?? Check.Text(c.Result, "result", Clause);
        if (no is not null)
            return Check.No<MeasureEvent>(no);
        if (s.Result is { } before)
        {
            return before.Text.Value == c.Result
                ? Check.Yes<MeasureEvent>() : Refuse("It was carried out already; its effect is to be checked.");
        }

        var by = ((Actor.Staff)actor).Member.Id;
        return Check.Yes<MeasureEvent>(new MeasureEvent.MeasureDone(
            by, new Personal(c.Result), CheckerOf(s with { Worked = s.Worked.Add(by) }, rules.Directory),
            rules.Due(s.Due > now ? s.Due : now, rules.Policy.Measures.Check)));
    }

    private static Decision<MeasureEvent> CheckEffect(
        Measure s, MeasureCommand.CheckEffect c, Actor actor, DateTimeOffset now, Rules rules)
    {
        var no = Signing.MayJudge(s, Party.Of(s.Checker), actor, s.Hands, rules.Directory, "4.5.4")
            ?? Check.Text(c.Finding, "finding", Clause);
        if (no is not null)
            return Check.No<MeasureEvent>(no);
        var by = ((Actor.Staff)actor).Member.Id;
        if (s.Checks is [.., var last] && last.By == by && last.Effective == c.Effective
            && last.Finding.Value == c.Finding && s.Stage != MeasureStage.ToCheck)
        {
            return Check.Yes<MeasureEvent>();
        }

        if (s.Stage != MeasureStage.ToCheck)
        {
            return s.Stage == MeasureStage.Effective
                ? Check.No<MeasureEvent>(new Refusal(RefusalCode.Closed, Clause, "It was found effective already."))
                : Check.No<MeasureEvent>(new Refusal(
                    RefusalCode.NotYet, Clause, "It has not been carried out; there is no effect to check."));
        }

        if (!c.Effective && (c.NewDue is null
            ? Check.Bad("newDue", Clause, "Say by when it is to be carried out anew.")
            : MayBeDue(c.NewDue.Value, "newDue", now, rules)) is { } bad)
        {
            return Check.No<MeasureEvent>(bad);
        }

        return Check.Yes<MeasureEvent>(new MeasureEvent.MeasureChecked(
            by, c.Effective, new Personal(c.Finding), c.Effective ? null : c.NewDue,
            c.Effective ? null : NameOwnerDue(s, now, rules)));
    }

    private static Decision<MeasureEvent> Reassign(Measure s, MeasureCommand.Reassign c, Actor actor, Rules rules)
    {
        var no = Check.Staff(
                actor, Clause, "the head of the owner's unit or the leader in charge",
                m => (m.Rank == Rank.Head && Authority.Is(Party.Of(s.Unit), m, s.Community))
                    || Authority.Is(Party.Of(s.Chief), m, s.Community))
            ?? Check.Text(c.Reason, "reason", Clause) ?? MayOwn(c.Owner, "owner", s, rules.Directory)
            ?? (s.Stage == MeasureStage.ToCarryOut
                ? null : Check.WrongStage(Clause, "It was carried out already."));
        if (no is not null)
            return Check.No<MeasureEvent>(no);
        return c.Owner == s.Owner
            ? Check.Yes<MeasureEvent>()
            : Check.Yes<MeasureEvent>(new MeasureEvent.MeasureReassigned(
                ((Actor.Staff)actor).Member.Id, c.Owner, rules.Directory.Find(c.Owner)!.Unit, new Personal(c.Reason)));
    }

    /// <summary>
    /// The unit that can check it: the keeper of the records, else the first with somebody who had no hand in it.
    /// </summary>
    private static Unit CheckerOf(Measure s, CompanyDirectory directory) =>
        Signing.Reviewer(s, s.Sides.Keeper, s.Hands, directory);

    private static Refusal? MayOwn(StaffId owner, string field, IMatterState of, CompanyDirectory directory)
    {
        if (directory.Find(owner) is not { } member || (member.Community is { } own && own != of.Community))
            return Check.Bad(field, Clause, $"'{field}' must be of the community's office or a department.");
        return Authority.IsBarred(of, member, directory)
            ? new Refusal(RefusalCode.Accused, "4.6.1-2-D", $"'{field}' is of the accused side.", field)
            : null;
    }

    private static Refusal? MayBeDue(DateTimeOffset due, string field, DateTimeOffset now, Rules rules)
    {
        if (due <= now)
            return Check.Bad(field, Clause, $"'{field}' has passed; choose a later time.");
        return due > rules.Due(now, rules.Policy.Furthest)
            ? Check.Bad(field, Clause, $"'{field}' lies more than {rules.Policy.Furthest} ahead.")
            : null;
    }

    private static readonly Refusal s_onlySystem = new(
        RefusalCode.NotYours, Clause, "Measures begin with the reports of a complaint; the system alone does this.");

    private static Decision<MeasureEvent> Refuse(string text) => Check.No<MeasureEvent>(Check.WrongStage(Clause, text));
}
