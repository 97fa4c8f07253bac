using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Tests.Matters;

/// <summary>The smallest matter there can be: something asked of the duty post, done or not.</summary>
public sealed record Errand(
    CommunityId Community, string PolicyVersion, Personal What, DateTimeOffset Due, bool Done, int Reminded) : IMatterState
{
    public string Number => $"{Community}-E";

    public Unit Lead => Unit.Office;

    public bool Open => !Done;
}

public abstract record ErrandEvent
{
    private ErrandEvent()
    {
    }

    public sealed record Asked(CommunityId Community, string PolicyVersion, Personal What, DateTimeOffset Due) : ErrandEvent;

    public sealed record Finished(StaffId By) : ErrandEvent;
}

public abstract record ErrandCommand
{
    private ErrandCommand()
    {
    }

    public sealed record Ask(CommunityId Community, string What) : ErrandCommand;

    public sealed record Finish : ErrandCommand;
}

public sealed class ErrandRules : IMatter<Errand, ErrandCommand, ErrandEvent>
{
    public static Decision<ErrandEvent> Decide(
        Errand? state, ErrandCommand command, Actor actor, DateTimeOffset now, Rules rules) => (state, command) switch
        {
            (null, ErrandCommand.Ask a) => Check.Unless<ErrandEvent>(
                Check.Text(a.What, "what", "4.2.1"),
                new ErrandEvent.Asked(
                    a.Community, rules.PolicyVersion, new Personal(a.What),
                    rules.Due(now, new Limit(60, TimeUnit.Minutes)))),
            (not null, ErrandCommand.Ask) => Check.Yes<ErrandEvent>(),
            ({ Done: false }, ErrandCommand.Finish) when actor is Actor.Staff s => Check.Unless<ErrandEvent>(
                Check.Office(actor, state.Community, "4.2.1"), new ErrandEvent.Finished(s.Member.Id)),
            _ => Check.Yes<ErrandEvent>(),
        };

    public static Errand Evolve(Errand? state, ErrandEvent e, DateTimeOffset at) => e switch
    {
        ErrandEvent.Asked a => new Errand(a.Community, a.PolicyVersion, a.What, a.Due, Done: false, 0),
        ErrandEvent.Finished => state! with { Done = true },
        _ => throw new InvalidOperationException(),
    };

    public static IEnumerable<Obligation> Owed(Errand state) => state.Done
        ? []
        : [new Obligation(ObligationKind.AnswerContact, "", Party.Of(Unit.Office), state.Due, "4.2.1", null)];

    public static IEnumerable<MatterMessage> Messages(ErrandEvent e, Errand state, Rules rules) => e switch
    {
        ErrandEvent.Asked => [MatterMessage.ToStaff(
            "LetterRefused", Party.Of(Unit.Office), ("text", new Word.Said(state.What.Value)))],
        _ => [],
    };
}

public sealed class ErrandService(MatterParts parts)
    : MatterKind<ErrandRules, Errand, ErrandCommand, ErrandEvent>(parts, "errand")
{
    public int Projections { get; private set; }

    protected override IReadOnlyList<Type> RowTypes => [];

    protected override Task ProjectedAsync(LoadedMatter<Errand> matter, long projected, CancellationToken ct)
    {
        Projections++;
        return Task.CompletedTask;
    }
}
