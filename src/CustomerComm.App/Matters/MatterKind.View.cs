using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Matters;

/// <content>What work lists show of a matter, and how a lapse is acknowledged.</content>
public abstract partial class MatterKind<TMatter, TState, TCommand, TEvent>
{
    /// <inheritdoc/>
    public async Task<MatterView?> ViewAsync(StreamId stream, CancellationToken ct) =>
        await LoadAsync(stream, ct) is { } m
            ? new MatterView(
                stream, Prefix, m.State.Number, m.State.Community, m.State.Lead, m.State.Open,
                [.. Owed(m).Select(o => Passed(m.State, o))])
            : null;

    /// <summary>What whoever left the company owed is owed by the unit that has the matter in hand.</summary>
    private Obligation Passed(TState state, Obligation owed) =>
        owed.Owner.Staff is { } id && Book.Directory.Find(id) is null
            ? owed with { Owner = Party.Of(state.HandlingUnit) }
            : owed;

    /// <inheritdoc/>
    public async Task<Refusal?> AcknowledgeAsync(
        StreamId stream, ObligationKind kind, string subject, string? comment, StaffMember by, CancellationToken ct)
    {
        while (true)
        {
            if (await LoadAsync(stream, ct) is not { } loaded)
                return new Refusal(RefusalCode.WrongStage, "4.6.2-6", "There is no such matter.");
            var rules = RulesOf(loaded.State);
            var decision = Tracking<TMatter, TState, TCommand, TEvent>.Acknowledge(
                loaded.Tracked, kind, subject, comment, by, Now, rules);
            if (decision is Decision<ObligationEvent>.Refused no)
                return no.Refusal;
            var events = ((Decision<ObligationEvent>.Accepted)decision).Events;
            if (events.IsEmpty || await AppendAsync(loaded, [.. events], rules, null, ct) is not null)
                return null;
        }
    }
}
