using System.Collections.Immutable;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Reviews;

/// <content>
/// The inspection: quality verifies what was found, and looks itself at all that was dismissed, lowered, left out or
/// filtered; the month closes only when that is done (4.5.4).
/// </content>
public sealed partial class ReviewMatter
{
    private static Decision<ReviewEvent> Inspect(Review s, ReviewCommand.Inspect c, Actor actor, Rules rules)
    {
        var o = c.Opinion;
        var no = (o.Community == s.Community && o.DoubtIn(s.Name) != Doubt.None ? null : NotOfMonth(s, o))
            ?? Inspector(s, o, actor, rules)
            ?? (c.Holds ? Check.Optional(c.Comment, "comment", Clause) : Check.Text(c.Comment, "comment", Clause));
        if (no is not null)
            return Check.No<ReviewEvent>(no);
        if (!c.Holds && o.DoubtIn(s.Name) != Doubt.None && c.TakenUp is null)
        {
            return Check.No<ReviewEvent>(Check.Bad(
                "takenUp", Clause,
                $"What was wrongly put aside becomes a complaint: name the one that takes up {o.Number}."));
        }

        // What the office never had before it, it has found nothing of.
        var found = o.DoubtIn(s.Name) == Doubt.Filtered || o.Month != s.Name || s.Findings.ContainsKey(o.Number);
        if (!found)
            return Check.No<ReviewEvent>(Check.WrongStage(Clause, $"{o.Number} has not been reviewed."));
        var verdict = new Verdict(
            ((Actor.Staff)actor).Member.Id, c.Holds, Check.Said(c.Comment), c.Holds ? null : c.TakenUp);
        return s.Verdicts.TryGetValue(o.Number, out var before) && before == verdict
            ? Check.Yes<ReviewEvent>()
            : Check.Yes<ReviewEvent>(new ReviewEvent.OpinionChecked(
                o.Number, verdict.By, verdict.Holds, verdict.Comment, verdict.TakenUp));
    }

    private static Decision<ReviewEvent> SendBack(
        Review s, ReviewCommand.SendBack c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (s.Stage == ReviewStage.Reviewing && s.Reason?.Value == c.Reason?.Trim())
            return Check.Yes<ReviewEvent>();
        var no = Inspector(s, null, actor, rules) ?? Check.Text(c.Reason, "reason", Clause);
        return no is not null
            ? Check.No<ReviewEvent>(no)
            : Check.Yes<ReviewEvent>(new ReviewEvent.ReviewSentBack(
                ((Actor.Staff)actor).Member.Id, new Personal(c.Reason!.Trim()),
                rules.Due(now, rules.Policy.Reviews.Review)));
    }

    private static Decision<ReviewEvent> Close(Review s, ReviewCommand.Close c, Actor actor, Rules rules)
    {
        var unexplained = c.Facts.Open.Where(o => s.Findings.GetValueOrDefault(o) is not { Reasoned: true })
            .Concat(s.Findings.Where(f => !f.Value.Explained).Select(f => f.Key)).Concat(c.Facts.Undecided)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        var failed = s.Verdicts.Where(v => !v.Value.Settled).Select(v => v.Key)
            .Order(StringComparer.Ordinal).ToImmutableArray();
        bool Waits(string number) => s.Verdicts.GetValueOrDefault(number) is not { Settled: true };
        var no = Inspector(s, null, actor, rules) ?? NotAll("Left unexplained", unexplained)
            ?? NotAll("Found not to hold; send the review back", failed)
            ?? NotAll("Results that quality has not verified", [.. c.Facts.Unverified.Where(Waits)])
            ?? NotAll("In a register: make it a complaint or say why not", c.Facts.ToTakeUp)
            ?? NotAll(
                "Dismissed, lowered, left out or filtered; quality has not looked at it",
                [.. c.Facts.Doubtful.Where(Waits)]);
        return no is not null
            ? Check.No<ReviewEvent>(no)
            : Check.Yes<ReviewEvent>(new ReviewEvent.ReviewClosed(((Actor.Staff)actor).Member.Id, c.Figures));
    }

    /// <summary>
    /// Quality; for one opinion the leader, where all of quality had a hand in it or are complained of. Nobody looks at
    /// their own work.
    /// </summary>
    private static Refusal? Inspector(Review s, Opinion? o, Actor actor, Rules rules)
    {
        if (actor is not Actor.Staff { Member: var m })
            return NotYours("the quality department");
        ImmutableArray<StaffId> against = o?.Accused is { } accused ? [accused] : [];
        var except = o is null ? s.Reviewers : s.Reviewers.Union(o.Hands);
        var free = o is null
            || Authority.FirstFree(Unit.Quality, s.Community, against, rules.Directory, except) is not null;
        if (m.Unit != Unit.Quality && (free || m.Unit != Unit.Leader))
            return NotYours("the quality department");
        if (against.Any(a => Authority.IsBarred(a, m, s.Community, rules.Directory)))
            return new Refusal(RefusalCode.Accused, "4.6.1-2-D", "The opinion is against this side.");
        if (m.Unit == Unit.Quality && except.Contains(m.Id))
        {
            return new Refusal(
                RefusalCode.OwnWork, Clause,
                "Whoever reviewed the month or had a hand in the matter cannot inspect it.");
        }

        return s.Stage == ReviewStage.Inspecting
            ? null
            : Check.WrongStage(Clause, "The review lies with the office; there is nothing to inspect yet.");
    }
}
