using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Complaints;

/// <content>Repeated complaints from one place, joined as related complaints with one lead (1.0, 4.5.7).</content>
public sealed partial class ComplaintMatter
{
    private const string RelatedClause = "4.5.7";

    private static Decision<ComplaintEvent> Join(Context c, ComplaintCommand.Join j)
    {
        if (c.S.LeadComplaint == j.Lead.Number)
            return Yes();
        if (CannotJoin(c, c.S, j.Lead) is { } no)
            return No(no);
        var joined = new ComplaintEvent.Joined(c.Member!.Id, j.Lead.Number, j.Lead.Stage, j.Lead.Round);
        // One problem, one handler: whoever has the leading complaint in hand takes this one along.
        return j.Lead.Stage is Stage.Assigned or Stage.InProgress && j.Lead.Handler is { } h && h != c.S.Handler
            && c.Rules.Directory.Find(h)?.Unit == c.S.HandlingUnit
            && CannotHandle(c, c.Rules.Directory.Find(h), h, c.S.Against) is null
            ? Yes(joined, new ComplaintEvent.Assigned(
                h, c.Rules.Directory.Find(h)!.Unit, c.HandlingDue(c.Rules.Policy.Accept), null))
            : Yes(joined);
    }

    private static Decision<ComplaintEvent> TakeFollower(Context c, ComplaintCommand.TakeFollower t)
    {
        if (c.S.Followers.Contains(t.Follower.Number))
            return Yes();
        return CannotJoin(c, t.Follower, c.S) is { } no
            ? No(no)
            : Yes(new ComplaintEvent.FollowerTaken(c.Member!.Id, t.Follower.Number));
    }

    private static Decision<ComplaintEvent> Separate(Context c)
    {
        if (c.S.LeadComplaint is not { } lead)
            return Yes();
        return MayJoin(c, c.S) is { } no ? No(no) : Yes(new ComplaintEvent.Separated(c.Member!.Id, lead));
    }

    /// <summary>Only once that complaint knows no lead any more, so that no resident is left untold.</summary>
    private static Decision<ComplaintEvent> DropFollower(Context c, ComplaintCommand.DropFollower d)
    {
        if (c.Actor is not Actor.System)
            return No(RefusalCode.NotYours, RelatedClause, "Separate the complaint itself; the system does the rest.");
        if (!c.S.Followers.Contains(d.Follower.Number))
            return Yes();
        return d.Follower.LeadComplaint == c.S.Number
            ? No(RefusalCode.WrongStage, RelatedClause, $"{d.Follower.Number} is still joined to this complaint.")
            : Yes(new ComplaintEvent.FollowerLeft(d.Follower.Number));
    }

    private static Decision<ComplaintEvent> TellLeadMoved(Context c, ComplaintCommand.TellLeadMoved t)
    {
        if (c.Actor is not Actor.System)
            return No(RefusalCode.NotYours, RelatedClause, "The system alone tells how a leading complaint moves.");
        return WantsLeadProgress(c.S, t.Lead)
            ? Yes(new ComplaintEvent.LeadMoved(t.Lead.Number, t.Lead.Stage, t.Lead.Round, t.Lead.ResolveDue))
            : Yes();
    }

    /// <summary>True where the resident of a joined complaint is to be told that the leading one moved on (4.5.7).</summary>
    public static bool WantsLeadProgress(Complaint follower, Complaint lead)
    {
        return follower.Open && follower.LeadComplaint == lead.Number
            && lead.Stage is Stage.InProgress or Stage.Resolved or Stage.Closed
            && follower.LeadTold != new LeadProgress(lead.Stage, lead.Round);
    }

    private static Refusal? CannotJoin(Context c, Complaint follower, Complaint lead)
    {
        if (MayJoin(c, follower) is { } no)
            return no;
        if (!Authority.MaySee(lead, c.Member!, c.Rules.Directory))
            return BadLead("There is no such complaint for you.");
        if (follower.Number == lead.Number || follower.Community != lead.Community)
            return BadLead("Join it to another complaint of the same community.");
        if (lead.LeadComplaint is { } first)
            return BadLead($"{lead.Number} is joined to {first} itself; join it to that one.");
        if (lead.Outcome is Outcome.Withdrawn or Outcome.Dismissed or Outcome.Voided
            || !Natures.HandledAsComplaint(lead.Kind))
        {
            return BadLead($"{lead.Number} cannot lead: there is nothing to handle in it.");
        }

        if (follower.Accused != lead.Accused || !follower.Named.SequenceEqual(lead.Named))
            return BadLead("A complaint against a member of staff stands alone.");
        // Joining never changes who leads (4.6.1-2-A, 4.6.1-2-D).
        if (follower.Lead != lead.Lead && (follower.Clause == LeaderClause || follower.Lead == Unit.Quality))
            return BadLead($"Unit {follower.Lead} leads this one by the clause; join it to one that it leads too.");
        if (follower.LeadComplaint is { } other && other != lead.Number)
            return new Refusal(RefusalCode.WrongStage, RelatedClause, $"It is joined to {other}; separate it first.");
        if (!follower.Followers.IsEmpty)
            return new Refusal(RefusalCode.WrongStage, RelatedClause, "Other complaints are joined to it; it leads them.");
        return follower.Stage is Stage.Received or Stage.Assigned or Stage.InProgress
            ? null
            : new Refusal(RefusalCode.WrongStage, RelatedClause, $"Nothing is joined while it is {follower.Stage}.");
    }

    private static Refusal BadLead(string text) => new(RefusalCode.BadField, RelatedClause, text, "lead");

    /// <summary>The duty post, whoever handles it, the head of its unit, quality and the leader.</summary>
    private static Refusal? MayJoin(Context c, Complaint follower)
    {
        if (c.Member is { } m && Authority.IsBarred(follower, m, c.Rules.Directory))
            return new Refusal(RefusalCode.Accused, RelatedClause, "The complaint is against this side.");
        return c.Staff(RelatedClause, "the duty post, the handler, a head, quality or the leader", x =>
            (follower.Clause != LeaderClause
                && Authority.Is(Party.Of(follower.Intake.TriageBy), x, follower.Community)) || follower.Handler == x.Id
            || x.Unit is Unit.Quality or Unit.Leader
            || (x.Rank == Rank.Head && Authority.Is(Party.Of(follower.HandlingUnit), x, follower.Community)));
    }
}
