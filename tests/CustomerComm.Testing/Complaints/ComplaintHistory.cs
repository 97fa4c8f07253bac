using System.Collections.Immutable;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Testing.Complaints;

/// <summary>An event of a complaint, its own or of its obligations, with the time it happened.</summary>
public sealed record Happened(object Event, DateTimeOffset At);

/// <summary>A complaint as its events left it, folded by the rules alone, without a store.</summary>
public sealed record ComplaintHistory(Tracked<Complaint> Tracked, ImmutableList<Happened> Events)
{
    /// <summary>The state.</summary>
    public Complaint State => Tracked.State;

    /// <summary>Everything that was ever owed.</summary>
    public ImmutableList<ObligationStep> Steps => Tracked.Steps;

    /// <summary>The lapses that stand.</summary>
    public ImmutableList<Lapse> Lapses => Tracked.Lapses;

    /// <summary>All that is owed now.</summary>
    public ImmutableArray<Obligation> Owed => Track.Owed(Tracked);

    /// <summary>When the pump must look at it next because of what is owed.</summary>
    public DateTimeOffset? NextTrigger => Obligations.NextTrigger(Owed);

    /// <summary>Folds a whole stream.</summary>
    public static ComplaintHistory Fold(IEnumerable<Happened> events) =>
        events.Aggregate((ComplaintHistory?)null, Add) ?? throw new ArgumentException("At least one event.", nameof(events));

    /// <summary>Adds one event.</summary>
    public static ComplaintHistory Add(ComplaintHistory? before, Happened e)
    {
        var tracked = e.Event is ComplaintEvent own
            ? Track.Add(before?.Tracked, own, e.At)
            : Track.Add(before!.Tracked, (ObligationEvent)e.Event);
        return new ComplaintHistory(tracked, (before?.Events ?? []).Add(e));
    }

    /// <summary>The messages that the last event owes.</summary>
    public IReadOnlyList<MatterMessage> Messages(Domain.Policies.Rules rules) => MessagesOf(Events[^1].Event, rules);

    /// <summary>The messages that an event owes in this state.</summary>
    public IReadOnlyList<MatterMessage> MessagesOf(object e, Domain.Policies.Rules rules) => e is ComplaintEvent own
        ? [.. ComplaintMatter.Messages(own, State, rules)]
        : [.. Track.Messages((ObligationEvent)e, Tracked, rules)];
}
