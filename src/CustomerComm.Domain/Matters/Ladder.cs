using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain;

/// <summary>The next one to be told of a lapse, and how long they have to acknowledge.</summary>
public readonly record struct Rung(int Level, StaffId Told, Limit Wait);

/// <summary>Whom a lapse is told to: whoever owes it, then office manager or head, then the leader.</summary>
public static class Ladder
{
    /// <summary>
    /// Whom to tell, in order, without the accused side; never empty. The unit that has the matter in hand stands in for an
    /// owner who left the company; <paramref name="except"/> are those who may not judge their own work.
    /// </summary>
    public static IReadOnlyList<StaffId> Of(
        Party owner, IMatterState s, CompanyDirectory directory, IReadOnlySet<StaffId>? except)
    {
        var first = (owner.Staff is { } id ? directory.Find(id) : null)
            ?? Authority.FirstFree(owner.Unit ?? s.HandlingUnit, s, directory, except);
        var ladder = new List<StaffId>();
        if (first is not null)
        {
            ladder.Add(first.Id);
            foreach (var above in directory.Superiors(first, s.Community))
            {
                if (!Authority.IsBarred(s, above, directory) && !ladder.Contains(above.Id))
                    ladder.Add(above.Id);
            }
        }

        if (Authority.FirstFree(s.Chief, s, directory) is { } last && !ladder.Contains(last.Id))
            ladder.Add(last.Id);
        return ladder;
    }

    /// <summary>The rung above the lapse that stands, the lowest where there is none yet.</summary>
    public static Rung Next(IReadOnlyList<StaffId> ladder, Obligation of, Policy policy)
    {
        var level = (of.Lapse?.Level ?? -1) + 1;
        var top = level >= ladder.Count - 1 && level > 0;
        var wait = of.Kind == ObligationKind.DangerCallBack
            // Whoever is in danger is waited for no longer at any rung; at the top it is told again less often.
            ? top ? policy.AcknowledgeLapse : policy.DangerCallBack
            // At the top there is nobody further to tell: the leader hears of it again every working day.
            : top ? policy.AfterAcknowledgement : policy.AcknowledgeLapse;
        return new Rung(level, ladder[Math.Min(level, ladder.Count - 1)], wait);
    }

    /// <summary>How long an acknowledged lapse may stay undone before the next is told.</summary>
    public static Limit AfterAcknowledgement(ObligationKind kind, Policy policy) =>
        kind == ObligationKind.DangerCallBack ? policy.DangerCallBack : policy.AfterAcknowledgement;
}
