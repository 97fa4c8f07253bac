using System.Collections.Immutable;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Complaints;

/// <summary>An event with the time it happened.</summary>
public sealed record Happened(ComplaintEvent Event, DateTimeOffset At);

/// <summary>
/// One obligation from the moment it arose to the moment it was met. <paramref name="Due"/> is the last time that was
/// promised before it was met; <paramref name="Done"/> is null while it stands.
/// </summary>
public sealed record Step(
    ObligationKind Kind, string Subject, Party Owner, string Clause, DateTimeOffset Since, DateTimeOffset Due,
    DateTimeOffset? Done, int Round)
{
    /// <summary>How late it was met, or is now if it stands; zero when in time.</summary>
    public TimeSpan Late(DateTimeOffset now) => (Done ?? now) > Due ? (Done ?? now) - Due : TimeSpan.Zero;
}

/// <summary>The state of a case together with everything that was ever owed in it.</summary>
public sealed record CaseHistory(Complaint State, ImmutableList<Happened> Events, ImmutableList<Step> Steps)
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
        ArgumentNullException.ThrowIfNull(e);
        var state = Complaint.Evolve(history?.State, e.Event, e.At);
        var owed = Obligations.Basic(state).ToList();
        var steps = (history?.Steps ?? []).ToBuilder();
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Done is not null)
                continue;
            var at = owed.FindIndex(o => Same(o, steps[i]));
            if (at < 0)
            {
                steps[i] = steps[i] with { Done = e.At };
            }
            else
            {
                steps[i] = steps[i] with { Due = owed[at].Due, Owner = owed[at].Owner };
                owed.RemoveAt(at);
            }
        }

        steps.AddRange(owed.Select(o =>
            new Step(o.Kind, o.Subject, o.Owner, o.Clause, e.At, o.Due, null, state.Round)));
        return new CaseHistory(state, (history?.Events ?? []).Add(e), steps.ToImmutable());
    }

    private static bool Same(Obligation o, Step s) => o.Kind == s.Kind && o.Subject == s.Subject;
}
