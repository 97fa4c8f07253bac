using System.Collections.Immutable;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Tests.Matters;

/// <summary>
/// Drives one matter that began from a complaint through its decider. After every event it holds that something is owed
/// exactly while it is open, each by its own name, that nobody with a hand in it judged it, nor anybody barred did anything.
/// </summary>
internal abstract class MatterScenario<TSelf, TMatter, TState, TCommand, TEvent>
    where TSelf : MatterScenario<TSelf, TMatter, TState, TCommand, TEvent>
    where TMatter : IMatter<TState, TCommand, TEvent>
    where TState : class, IMatterState
    where TCommand : class
    where TEvent : class
{
    public static readonly Actor System = new Actor.System();

    public DateTimeOffset Now { get; private set; } = TestCompany.Time(ComplaintScenario.Start);

    public Rules Rules { get; set; } = TestCompany.Rules;

    public TState State { get; private set; } = null!;

    public ImmutableArray<TEvent> Last { get; private set; } = [];

    public IEnumerable<Obligation> AllOwed => TMatter.Owed(State);

    /// <summary>How much may be owed in it at a time.</summary>
    protected virtual int MostOwed => int.MaxValue;

    private TSelf Self => (TSelf)this;

    public TSelf After(double days) => At(Now.AddDays(days));

    public TSelf At(DateTimeOffset now)
    {
        Now = now;
        return Self;
    }

    public TSelf Do(StaffMember by, TCommand command) => Do(new Actor.Staff(by), command);

    public TSelf Do(Actor by, TCommand command)
    {
        var decision = Try(by, command);
        Assert.True(
            decision is Decision<TEvent>.Accepted, (decision as Decision<TEvent>.Refused)?.Refusal.ToString());
        return Self;
    }

    public TSelf Unchanged(StaffMember by, TCommand command) => Unchanged(new Actor.Staff(by), command);

    public TSelf Unchanged(Actor by, TCommand command)
    {
        Do(by, command);
        Assert.Empty(Last);
        return Self;
    }

    public TSelf Refuse(StaffMember by, TCommand command, RefusalCode code, string? field = null) =>
        Refuse(new Actor.Staff(by), command, code, field);

    public TSelf Refuse(Actor by, TCommand command, RefusalCode code, string? field = null)
    {
        var before = State;
        var refused = Assert.IsType<Decision<TEvent>.Refused>(Try(by, command)).Refusal;
        Assert.Equal((code, field), (refused.Code, refused.Field));
        Assert.Contains(ProcedureClauses.All, c => c.Number == refused.Clause);
        Assert.Same(before, State);
        return Self;
    }

    /// <summary>Templates of the messages of the last command, with whom they go to.</summary>
    public IEnumerable<(string Template, Party To)> Told() => Last
        .SelectMany(e => TMatter.Messages(e, State, Rules)).Select(m => (m.Template, ((Recipient.Staff)m.To).Party));

    public Decision<TEvent> Try(Actor by, TCommand command)
    {
        var hands = State?.Hands;
        var decision = TMatter.Decide(State, command, by, Now, Rules);
        Last = decision is Decision<TEvent>.Accepted yes ? yes.Events : [];
        foreach (var e in Last)
        {
            State = TMatter.Evolve(State, e, Now);
            Assert.Equal(State.Open, AllOwed.Any());
            Assert.True(AllOwed.Count() <= MostOwed);
            Assert.Distinct(AllOwed.Select(o => (o.Kind, o.Subject)));
            Assert.True(JudgeOf(e) is not { } judge || !hands!.Contains(judge), $"{e} judges own work");
            Assert.True(
                by is not Actor.Staff { Member: var m } || !Authority.IsBarred(State, m, Rules.Directory),
                $"{e} by the accused side");
            Assert.All(TMatter.Messages(e, State, Rules), x => Assert.NotEmpty(
                App.Messages.Texts.Get($"Template.{x.Template}", Language.Chinese)));
        }

        return decision;
    }

    /// <summary>Who judges by this event, or null where it judges nothing.</summary>
    protected abstract StaffId? JudgeOf(TEvent e);
}
