using System.Collections.Immutable;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain;

/// <summary>
/// One obligation from the moment it arose to the moment it was met. <paramref name="Due"/> is the last time that was
/// promised before it was met; <paramref name="Done"/> is null while it stands.
/// </summary>
public sealed record ObligationStep(
    ObligationKind Kind, string Subject, Party Owner, string Clause, DateTimeOffset Since, DateTimeOffset Due,
    DateTimeOffset? Done, int Round)
{
    /// <summary>How late it was met, or is now if it stands; zero when in time.</summary>
    public TimeSpan Late(DateTimeOffset now) => (Done ?? now) > Due ? (Done ?? now) - Due : TimeSpan.Zero;
}

/// <summary>Keeps the steps of a matter: everything that was ever owed in it.</summary>
public static class StepLog
{
    /// <summary>
    /// The steps after an event that left <paramref name="owed"/>: what is owed no longer is done, what is owed newly
    /// begins. <paramref name="round"/> counts from 1 and goes up each time a matter is opened again.
    /// </summary>
    public static ImmutableList<ObligationStep> Advance(
        ImmutableList<ObligationStep> steps, IEnumerable<Obligation> owed, DateTimeOffset at, int round)
    {
        var standing = owed.ToList();
        var advanced = steps.ToBuilder();
        for (var i = 0; i < advanced.Count; i++)
        {
            if (advanced[i].Done is not null)
                continue;
            var found = standing.FindIndex(o => o.Kind == advanced[i].Kind && o.Subject == advanced[i].Subject);
            if (found < 0)
            {
                advanced[i] = advanced[i] with { Done = at };
            }
            else
            {
                advanced[i] = advanced[i] with { Due = standing[found].Due, Owner = standing[found].Owner };
                standing.RemoveAt(found);
            }
        }

        advanced.AddRange(standing.Select(o => new ObligationStep(o.Kind, o.Subject, o.Owner, o.Clause, at, o.Due, null, round)));
        return advanced.ToImmutable();
    }
}
