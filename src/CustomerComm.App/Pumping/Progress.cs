using CustomerComm.Domain;

namespace CustomerComm.App.Pumping;

/// <summary>
/// How a complaint or matter stands, for whoever watches the machinery: the stage, and which obligation is next and when.
/// Names no person.
/// </summary>
public sealed record Progress(string Stage, string? Next, DateTimeOffset? Due)
{
    /// <summary>Of what stands at this stage and owes these.</summary>
    public static Progress Of(string stage, IEnumerable<Obligation> owed)
    {
        var next = owed.MinBy(o => o.Trigger);
        return new Progress(stage, next?.Kind.ToString(), next?.Due);
    }
}
