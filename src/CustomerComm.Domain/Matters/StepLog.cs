using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain;

/// <summary>
/// One obligation from the moment it arose to the moment it was met. <paramref name="Due"/> is the last time that was
/// promised before it was met; <paramref name="Done"/> is null while it stands.
/// </summary>
public sealed record ObligationStep(
    ObligationKind Kind, string Subject, Party Owner, string Clause, DateTimeOffset Since, DateTimeOffset Due,
    DateTimeOffset? Done, int Round)
{
    /// <summary>How it ended; says nothing while it stands.</summary>
    public StepEnd End { get; init; }

    /// <summary>It was asked for and not done, or what was done did not hold.</summary>
    public bool Unmet => End == StepEnd.Undone;

    /// <summary>
    /// It stood until its time had not come and then nobody needed it any more: it was neither met nor missed.
    /// </summary>
    public bool FellAway => End == StepEnd.FellAway && Done <= Due;

    /// <summary>How late it was met, or is now if it stands; zero when in time.</summary>
    public TimeSpan Late(DateTimeOffset now) => (Done ?? now) > Due ? (Done ?? now) - Due : TimeSpan.Zero;

    /// <summary>It is over and was not met in time.</summary>
    public bool Missed => Unmet || Done > Due;
}

/// <summary>How something owed came to its end.</summary>
public enum StepEnd
{
    /// <summary>It was done.</summary>
    Done,
    /// <summary>It was not done although it was due, or what was done did not hold.</summary>
    Undone,
    /// <summary>It was needed no longer: nobody did it, and nobody has to.</summary>
    FellAway,
}

/// <summary>Keeps the steps of a matter: everything that was ever owed in it.</summary>
public static class StepLog
{
    /// <summary>
    /// The steps after an event that left <paramref name="owed"/>: what is owed no longer is done, what is owed newly
    /// begins. Where a matter is opened again, what was done of the step that did not hold was not met.
    /// </summary>
    public static ImmutableList<ObligationStep> Advance(
        ImmutableList<ObligationStep> steps, IEnumerable<Obligation> owed, DateTimeOffset at, IMatterState state)
    {
        var round = state.Round;
        var standing = owed.ToList();
        var advanced = steps.ToBuilder();
        for (var i = 0; i < advanced.Count; i++)
        {
            if (advanced[i].Done is not null)
            {
                if (advanced[i].Round < round && advanced[i].Kind == state.Undone)
                    advanced[i] = advanced[i] with { End = StepEnd.Undone };
                continue;
            }

            var found = standing.FindIndex(o => o.Kind == advanced[i].Kind && o.Subject == advanced[i].Subject);
            if (found < 0)
            {
                advanced[i] = advanced[i] with
                {
                    Done = at,
                    End = state.EndOf(advanced[i].Kind, advanced[i].Subject),
                };
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
