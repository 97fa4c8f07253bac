using CustomerComm.Domain;

namespace CustomerComm.Testing.Complaints;

/// <summary>What holds for every complaint after every event, whoever did what.</summary>
public static class ComplaintInvariant
{
    private static readonly HashSet<ObligationKind> s_beside =
    [
        ObligationKind.ApproveRemedy, ObligationKind.GiveRemedy, ObligationKind.DecideConsequence,
        ObligationKind.AcknowledgeLapse,
    ];

    /// <summary>
    /// An open complaint has at least one obligation, a closed one none but what was promised beside the handling; every obligation has exactly one responsible party
    /// and one due time; the history's open steps are these obligations; the version counts the events.
    /// </summary>
    public static void Holds(ComplaintHistory history)
    {
        var s = history.State;
        var owed = history.Owed;
        Assert.Equal(history.Events.Count, history.Tracked.Version);
        Assert.True(!s.Open || !owed.IsEmpty, "It is open and nobody owes anything.");
        Assert.True(s.Open || owed.All(o => s_beside.Contains(o.Kind)
            || (o.Kind == ObligationKind.FollowUp && s.TellDue == o.Due)), "It is closed and something of it is owed.");
        Assert.Equal(!owed.IsEmpty, history.NextTrigger is not null);
        foreach (var o in owed)
        {
            Assert.True(o.Owner.Unit is null != o.Owner.Staff is null, $"{o.Kind} is owed by '{o.Owner}'");
            Assert.True(o.Due > s.ReceivedAt, $"{o.Kind} is due at {o.Due:O}, before the complaint was received");
            Assert.NotEmpty(o.Clause);
        }

        var basic = owed.Where(o => o.Kind != ObligationKind.AcknowledgeLapse)
            .Select(o => (o.Kind, o.Subject, o.Owner, o.Due)).ToList();
        Assert.Distinct(basic.Select(o => (o.Kind, o.Subject)));
        Assert.Equivalent(
            basic.OrderBy(o => (o.Kind, o.Subject)),
            history.Steps.Where(x => x.Done is null).Select(x => (x.Kind, x.Subject, x.Owner, x.Due))
                .OrderBy(o => (o.Kind, o.Subject)),
            strict: true);
    }
}
