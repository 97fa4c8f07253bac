using System.Collections.Immutable;

namespace CustomerComm.Domain.Complaints;

/// <summary>An event with the time it happened.</summary>
public sealed record Happened(ComplaintEvent Event, DateTimeOffset At);

/// <summary>The state of a case together with everything that was ever owed in it.</summary>
public sealed record CaseHistory(Complaint State, ImmutableList<Happened> Events, ImmutableList<ObligationStep> Steps)
{
    /// <summary>Folds a whole stream; throws <see cref="ArgumentException"/> for an empty one.</summary>
    public static CaseHistory Fold(IEnumerable<Happened> events)
    {
        CaseHistory? history = null;
        foreach (var e in events)
            history = Add(history, e);
        return history ?? throw new ArgumentException("A case has at least one event.", nameof(events));
    }

    /// <summary>Adds one event.</summary>
    public static CaseHistory Add(CaseHistory? history, Happened e)
    {
        var state = Complaint.Evolve(history?.State, e.Event, e.At);
        var steps = StepLog.Advance(history?.Steps ?? [], Obligations.Basic(state), e.At, state.Round);
        return new CaseHistory(state, (history?.Events ?? []).Add(e), steps);
    }
}
