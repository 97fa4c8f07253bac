using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Matters;

/// <summary>
/// A matter with what is the same for all kinds: its version, the lapses that stand, the steps taken, and the messages
/// that failed. <paramref name="State"/> is as its own events left it.
/// </summary>
public sealed record Tracked<TState>(
    TState State, long Version, DateTimeOffset BegunAt, ImmutableList<Lapse> Lapses, ImmutableList<ObligationStep> Steps,
    ImmutableList<ObligationEvent.MessageFailed> Failed)
    where TState : class, IMatterState;

/// <summary>Folds a kind of matter, and carries the ladder of its lapses.</summary>
[SuppressMessage("Design", "CA1000", Justification = "The kind of matter is the argument.")]
public static class Tracking<TMatter, TState, TCommand, TEvent>
    where TMatter : IMatter<TState, TCommand, TEvent>
    where TState : class, IMatterState
    where TCommand : class
    where TEvent : class
{
    private const string Clause = "4.6.2-6";

    /// <summary>After one of its own events; <paramref name="before"/> is null for the first.</summary>
    public static Tracked<TState> Add(Tracked<TState>? before, TEvent e, DateTimeOffset at)
    {
        var state = TMatter.Evolve(before?.State, e, at);
        var owed = TMatter.Owed(state).ToList();
        return new Tracked<TState>(
            state, (before?.Version ?? 0) + 1, before?.BegunAt ?? at,
            Standing(before, state, owed), StepLog.Advance(before?.Steps ?? [], owed, at, state),
            before?.Failed ?? []);
    }

    /// <summary>
    /// Whoever was told of a lapse may be the accused now, or stand below them: then all lapses start afresh.
    /// </summary>
    private static ImmutableList<Lapse> Standing(Tracked<TState>? before, TState state, List<Obligation> owed) =>
        before is null || before.Lapses.IsEmpty || !before.State.Against.SequenceEqual(state.Against)
            ? []
            : Obligations.Standing(owed, before.Lapses);

    /// <summary>After an event of its obligations.</summary>
    public static Tracked<TState> Add(Tracked<TState> before, ObligationEvent e)
    {
        var after = before with { Version = before.Version + 1 };
        return e switch
        {
            ObligationEvent.Lapsed l => after with
            {
                Lapses = before.Lapses.RemoveAll(x => x.Kind == l.Kind && x.Subject == l.Subject)
                    .Add(new Lapse(l.Kind, l.Subject, l.Due, l.Level, l.Told, l.AcknowledgeDue, Acknowledged: false)),
            },
            ObligationEvent.LapseAcknowledged a => after with
            {
                Lapses = before.Lapses.ConvertAll(x => x.Kind == a.Kind && x.Subject == a.Subject
                    ? x with { Acknowledged = true, Next = a.Until } : x),
            },
            ObligationEvent.MessageFailed f => after with { Failed = before.Failed.Add(f) },
            ObligationEvent.LinkMade => after,
            _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
        };
    }

    /// <summary>All that is owed now, lapses and their acknowledgement included.</summary>
    public static ImmutableArray<Obligation> Owed(Tracked<TState> matter)
    {
        return Obligations.WithLapses(TMatter.Owed(matter.State), matter.Lapses);
    }

    /// <summary>The lapses to record now; none where nothing is overdue.</summary>
    public static IEnumerable<ObligationEvent> Overdue(Tracked<TState> matter, DateTimeOffset now, Rules rules)
    {
        var s = matter.State;
        foreach (var o in Owed(matter))
        {
            if (o.Kind == ObligationKind.AcknowledgeLapse || o.Trigger > now)
                continue;
            var ladder = Ladder.Of(o.Owner, s, rules.Directory, Obligations.IsReview(o.Kind) ? s.Hands : null);
            var rung = Ladder.Next(ladder, o, rules.Policy);
            yield return new ObligationEvent.Lapsed(
                o.Kind, o.Subject, o.Owner, o.Due, rung.Level, rung.Told, rules.Due(now, rung.Wait, s.Urgent));
        }
    }

    /// <summary>Acknowledges a lapse: only whoever was told of it can.</summary>
    public static Decision<ObligationEvent> Acknowledge(
        Tracked<TState> matter, ObligationKind kind, string subject, string? comment, StaffMember by,
        DateTimeOffset now, Rules rules)
    {
        if (matter.Lapses.Find(l => l.Kind == kind && l.Subject == subject) is not { } lapse)
            return No(RefusalCode.WrongStage, "Nothing of the kind stands overdue.", "kind");
        if (lapse.Told != by.Id)
            return No(RefusalCode.NotYours, "Only the person told may acknowledge.", null);
        if (Check.Optional(comment, "comment", Clause) is { } bad)
            return new Decision<ObligationEvent>.Refused(bad);
        return lapse.Acknowledged
            ? new Decision<ObligationEvent>.Accepted([])
            : new Decision<ObligationEvent>.Accepted(
            [
                new ObligationEvent.LapseAcknowledged(
                    by.Id, kind, subject, Check.Said(comment),
                    rules.Due(now, Ladder.AfterAcknowledgement(kind, rules.Policy), matter.State.Urgent)),
            ]);
    }

    /// <summary>Whom an event of the obligations must be told to.</summary>
    public static IEnumerable<MatterMessage> Messages(ObligationEvent e, Tracked<TState> matter, Rules rules)
    {
        switch (e)
        {
            case ObligationEvent.Lapsed l:
                yield return MatterMessage.ToStaff(
                    l.Level == 0 ? "Overdue" : "OverdueBelow", Party.Of(l.Told), ("obligation", new Word.Named(l.Kind)),
                    ("overdue", new Word.At(l.Due)), ("owner", new Word.Who(l.Owner)));
                if (l.Level == 0 && matter.State.ChiefHears(l.Kind)
                    && rules.Directory.Find(l.Told)?.Unit != matter.State.Chief)
                {
                    yield return MatterMessage.ToStaff(
                        "OverdueBelow", Party.Of(matter.State.Chief), ("obligation", new Word.Named(l.Kind)),
                        ("overdue", new Word.At(l.Due)), ("owner", new Word.Who(l.Owner)));
                }

                break;
            // A failed report of a failed message would chase itself; it stays visible in the matter instead.
            case ObligationEvent.MessageFailed f when f.Template != "MessageFailed" && matter.State.TellsLosses:
                yield return MatterMessage.ToStaff(
                    "MessageFailed", Authority.HeadOf(matter.State, rules.Directory), ("text", new Word.Said(f.Template)));
                break;
            default:
                break;
        }
    }

    private static Decision<ObligationEvent>.Refused No(RefusalCode code, string text, string? field) =>
        new(new Refusal(code, Clause, text, field));
}
