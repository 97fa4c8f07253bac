using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Complaints;

/// <content>What makes good what went wrong, and what follows for whoever reported untruly (4.6.1-2-D, 4.6.1-2-G).</content>
public sealed partial class ComplaintMatter
{
    private const decimal MostMoney = 10_000_000;

    /// <summary>An apology or work is promised by whoever handles it; money waits for somebody else's approval.</summary>
    private static Decision<ComplaintEvent> OfferRemedy(Context c, ComplaintCommand.OfferRemedy o)
    {
        var no = c.At(LeaderClause, Stage.Assigned, Stage.InProgress, Stage.Resolved, Stage.Completed)
            ?? c.Handler(LeaderClause) ?? Check.Text(o.What, "what", LeaderClause) ?? AmountOf(o);
        if (no is not null)
            return No(no);
        var (s, policy) = (c.S, c.Rules.Policy);
        if (s.Remedies.Exists(r => !r.Given && r.Kind == o.Kind && r.What.Value == o.What && r.Amount == o.Amount))
            return Yes();
        if (o.Kind != RemedyKind.Money)
        {
            return Yes(new ComplaintEvent.RemedyOffered(
                s.Remedies.Count + 1, c.Member!.Id, o.Kind, new Personal(o.What), null, null, null,
                c.Due(policy.GiveRemedy)));
        }

        // Finance pays; where nobody else of it may, the chief sees to it. Nobody approves what they pay out.
        var others = new HashSet<StaffId> { c.Member!.Id };
        var pays = Authority.FirstFree(Unit.Finance, s, c.Rules.Directory, others) is null ? s.Chief : Unit.Finance;
        return Yes(new ComplaintEvent.RemedyOffered(
            s.Remedies.Count + 1, c.Member.Id, o.Kind, new Personal(o.What), o.Amount,
            Signing.Reviewer(s, s.Chief, c.Hands, c.Rules.Directory, not: pays), pays,
            c.Due(policy.ApproveRemedy)));
    }

    private static Refusal? AmountOf(ComplaintCommand.OfferRemedy o) => (o.Kind, o.Amount) switch
    {
        (RemedyKind.Money, null) => Check.Bad("amount", LeaderClause, "'amount' is empty; say how much money."),
        (RemedyKind.Money, <= 0 or > MostMoney) =>
            Check.Bad("amount", LeaderClause, $"'amount' must be more than 0 and at most {MostMoney:F0}."),
        (RemedyKind.Money, { } a) when decimal.Round(a, 2) != a =>
            Check.Bad("amount", LeaderClause, "'amount' has at most two decimal places."),
        (not RemedyKind.Money, not null) => Check.Bad("amount", LeaderClause, "Only money has an 'amount'."),
        _ => null,
    };

    private static Decision<ComplaintEvent> DecideRemedy(Context c, ComplaintCommand.DecideRemedy d)
    {
        if (c.S.Remedies.Find(r => r.Number == d.Remedy) is not { DecidedBy: { } unit } remedy)
            return No(RefusalCode.BadField, LeaderClause, $"No remedy {d.Remedy} waits for approval.", "remedy");
        var no = Signing.MayJudge(
                c.S, Party.Of(unit), c.Actor, c.HandledBy.Add(remedy.By), c.Rules.Directory, LeaderClause)
            ?? (d.Approved
                ? Check.Optional(d.Comment, "comment", LeaderClause)
                : Check.Text(d.Comment, "comment", LeaderClause));
        if (no is not null)
            return No(no);
        if (remedy.Approved is { } done)
        {
            return done == d.Approved
                ? Yes()
                : No(RefusalCode.WrongStage, LeaderClause, "This remedy has been decided on already.");
        }

        return Yes(new ComplaintEvent.RemedyDecided(
            remedy.Number, c.Member!.Id, d.Approved, Check.Said(d.Comment),
            d.Approved ? c.Due(c.Rules.Policy.GiveRemedy) : null));
    }

    /// <summary>Money is paid by finance, nobody else; the rest is given by whoever handles it.</summary>
    private static Decision<ComplaintEvent> GiveRemedy(Context c, ComplaintCommand.GiveRemedy g)
    {
        var s = c.S;
        if (s.Remedies.Find(r => r.Number == g.Remedy) is not { } remedy)
            return No(RefusalCode.BadField, LeaderClause, $"There is no remedy {g.Remedy}.", "remedy");
        var no = (remedy.GivenBy is { } payer ? c.Only(Party.Of(payer), LeaderClause) : c.Handler(LeaderClause))
            ?? Check.Text(g.Evidence, "evidence", LeaderClause);
        if (no is not null)
            return No(no);
        if (remedy.Approved != true)
            return No(RefusalCode.ApprovalMissing, LeaderClause, "It has not been approved.", "remedy");
        if (remedy.Kind == RemedyKind.Money && (remedy.By == c.Member!.Id || remedy.ApprovedBy == c.Member.Id))
            return No(RefusalCode.OwnWork, LeaderClause, "Whoever offered or approved the money does not pay it out.");
        return remedy.Given ? Yes() : Yes(new ComplaintEvent.RemedyGiven(remedy.Number, c.Member!.Id, new Personal(g.Evidence)));
    }

    private static Decision<ComplaintEvent> DecideConsequence(Context c, ComplaintCommand.DecideConsequence d)
    {
        const string clause = "4.6.1-2-G";
        if (c.S.Misreports.Find(m => m.Concerned == d.Concerned) is not { } found)
            return No(RefusalCode.WrongStage, clause, "No proven misreporting of theirs waits for what follows.");
        var no = Signing.MayJudge(
                c.S, Party.Of(found.DecidedBy), c.Actor, new HashSet<StaffId> { d.Concerned }, c.Rules.Directory, clause)
            ?? Check.Text(d.What, "what", clause);
        return no is not null
            ? No(no)
            : Yes(new ComplaintEvent.ConsequenceDecided(c.Member!.Id, found.Concerned, new Personal(d.What)));
    }
}
