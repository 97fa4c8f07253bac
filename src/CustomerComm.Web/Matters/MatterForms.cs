using System.Collections.Immutable;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Matters;

/// <summary>
/// What one person may do with a matter now. The trials of all actions are decided once, however often it is asked what
/// the domain said; <paramref name="posted"/> is what was just refused, so that nothing typed is lost.
/// </summary>
internal sealed class MatterForms<TMatter, TState, TCommand, TEvent>(
    ImmutableArray<Act<TState, TCommand>> acts, string clause, Sight<TState> sight, PostedForm? posted)
    where TMatter : IMatter<TState, TCommand, TEvent>
    where TState : class, IMatterState
    where TCommand : class
    where TEvent : class
{
    private readonly ImmutableArray<Tried> _tried = [.. acts.Select(a => Try(a, clause, sight))];

    private readonly ImmutableArray<Obligation> _owed =
        [.. Tracking<TMatter, TState, TCommand, TEvent>.Owed(sight.Matter.Tracked)];

    /// <summary>What is owed, the most urgent first.</summary>
    public IEnumerable<DeskObligation> Owed => _owed.OrderBy(o => o.Due).Select(
        o => sight.Words.Owed(o.Kind, sight.Words.Who(o.Owner), o.Due, sight.Now, o.Clause));

    /// <summary>That which is theirs to do first, most urgent before others; lapses last.</summary>
    public ImmutableArray<DeskForm> All()
    {
        var mine = _owed.Where(o => Authority.Is(o.Owner, sight.Member, sight.State.Community)).ToList();
        DateTimeOffset? DueOf(ObligationKind? settles, string subject) => mine
            .Where(o => o.Kind == settles && (subject.Length == 0 || o.Subject == subject))
            .Select(o => (DateTimeOffset?)o.Due).Min();
        var forms = _tried
            .SelectMany(a => a.Open.Select(t => (Of: a, Trial: t, Due: DueOf(a.Act.Settles, t.Subject))))
            .OrderBy(o => o.Due is null).ThenBy(o => o.Due ?? DateTimeOffset.MaxValue).ToList();
        if (posted is not null && _tried.FirstOrDefault(a => a.Act.Name == posted["action"]) is { } refused
            && !forms.Exists(o => o.Of == refused && o.Trial.Subject == posted.Subject))
        {
            forms.Insert(0, (refused, new Trial<TCommand>(default!, posted.Subject), null));
        }

        var waiting = _tried
            .Where(a => a.Missing is not null && mine.Exists(o => o.Kind == a.Act.Settles)
                && !forms.Exists(o => o.Of == a))
            .Select(a => FormOf(a, new Trial<TCommand>(default!), DueOf(a.Act.Settles, ""), first: false) with
            {
                Ready = false,
                Fields = [],
            });
        return [.. forms.Select((o, i) => FormOf(o.Of, o.Trial, o.Due, i == 0)), .. waiting, .. Lapses()];
    }

    /// <summary>Where a missing step is done: its form, for whoever may fill it in, else who owes it.</summary>
    public DeskFact? WayTo(ObligationKind? missing)
    {
        if (missing is not { } step)
            return null;
        var words = sight.Words;
        var act = _tried.FirstOrDefault(a => a.Act.Settles == step && !a.Open.IsEmpty)?.Act;
        var owed = _owed.FirstOrDefault(o => o.Kind == step);
        return new DeskFact(
            words["Action.First"],
            owed is null || act is not null ? words.Name(step) : $"{words.Name(step)} · {words.Who(owed.Owner)}",
            act is null ? $"#owed-{step}" : $"#do-{act.Name}");
    }

    private static Tried Try(Act<TState, TCommand> act, string clause, Sight<TState> sight)
    {
        if (act.IsOpen is { } isOpen)
            return new Tried(act, isOpen(sight) ? [new Trial<TCommand>(default!)] : [], null);
        var open = ImmutableArray.CreateBuilder<Trial<TCommand>>();
        Decision<TEvent>? first = null;
        foreach (var trial in act.Trials?.Invoke(sight)
            ?? [new Trial<TCommand>(act.Read(sight, act.AnswersOf(sight, null, clause)))])
        {
            if (open.Any(t => t.Subject == trial.Subject))
                continue;
            var decision = TMatter.Decide(
                sight.State, trial.Command, new Actor.Staff(sight.Member), sight.Now, sight.Rules);
            first ??= decision;
            if (decision is Decision<TEvent>.Accepted { Events.IsEmpty: false })
                open.Add(trial);
        }

        return new Tried(act, open.ToImmutable(), (first as Decision<TEvent>.Refused)?.Refusal.Missing);
    }

    private DeskForm FormOf(Tried of, Trial<TCommand> trial, DateTimeOffset? due, bool first)
    {
        var (act, words) = (of.Act, sight.Words);
        var typed = posted?["action"] == act.Name && posted.Subject == trial.Subject ? posted : null;
        // What cannot be chosen yet is not offered.
        var way = WayTo(of.Missing);
        var title = words[$"Action.{act.Name}"] + (trial.About is null ? "" : $": {trial.About}");
        return new DeskForm(
            act.Name, trial.Subject, title, trial.Hint ?? words.Find(act.Hint?.Invoke(sight) ?? $"Hint.{act.Name}"),
            due is { } at ? $"{words.Time(at)} · {words.Left(at, sight.Now)}" : null,
            [.. act.Fields(sight, new FormFields(words, act.Name, typed, trial.Subject))
                .Select(f => way is null ? f : f with { Choices = f.Choices.RemoveAll(c => c.Value == DeskChoice.Yes) })],
            Guid.NewGuid().ToString("N"), typed is not null || (posted is null && first && due is not null),
            act.Danger)
        {
            Way = way,
        };
    }

    /// <summary>The lapses this person was told of and has not acknowledged.</summary>
    private IEnumerable<DeskForm> Lapses()
    {
        const string acknowledge = DeskForm.AcknowledgeLapse;
        var words = sight.Words;
        foreach (var lapse in sight.Matter.Tracked.Lapses)
        {
            if (Tracking<TMatter, TState, TCommand, TEvent>.Acknowledge(
                sight.Matter.Tracked, lapse.Kind, lapse.Subject, null, sight.Member, sight.Now, sight.Rules)
                is not Decision<ObligationEvent>.Accepted { Events.IsEmpty: false })
            {
                continue;
            }

            var subject = $"{lapse.Kind}|{lapse.Subject}";
            var typed = posted?["action"] == acknowledge && posted.Subject == subject ? posted : null;
            yield return new DeskForm(
                acknowledge, subject, $"{words[$"Action.{acknowledge}"]}: {words.Name(lapse.Kind)}",
                words.Find($"Hint.{acknowledge}"), $"{words.Time(lapse.Next)} · {words.Left(lapse.Next, sight.Now)}",
                [new FormFields(words, acknowledge, typed).Area("comment", required: false)],
                Guid.NewGuid().ToString("N"), typed is not null);
        }
    }

    /// <summary>
    /// An action with the trials the domain accepts, at most one of each subject, and the step that must come before what
    /// the action is for.
    /// </summary>
    private sealed record Tried(
        Act<TState, TCommand> Act, ImmutableArray<Trial<TCommand>> Open, ObligationKind? Missing);
}
