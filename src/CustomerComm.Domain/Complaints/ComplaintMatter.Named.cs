using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Complaints;

/// <content>Whom the resident's later words name (4.6.1-2-D).</content>
public sealed partial class ComplaintMatter
{
    /// <summary>
    /// Whoever is named in what the resident writes later keeps out from then until the chief has looked: a member of staff
    /// whose hands it is in, which goes to somebody else in the same moment; and whomever an objection accuses.
    /// </summary>
    private static Decision<ComplaintEvent> WithNamed(
        Complaint? state, Decision<ComplaintEvent> decision, DateTimeOffset now, Rules rules)
    {
        if (state is null || decision is not Decision<ComplaintEvent>.Accepted { Events: [var first, ..] events })
            return decision;
        return first switch
        {
            ComplaintEvent.Objected o => Accusing(state, o, now, rules),
            ComplaintEvent.Noted { ByResident: true } n when state.Stage is Stage.Assigned or Stage.InProgress =>
                Mentioning(n.Text.Value),
            ComplaintEvent.SignatureRefused r when state.Stage == Stage.Resolved => Mentioning(r.Reason.Value),
            _ => decision,
        };

        Decision<ComplaintEvent> Mentioning(string words)
        {
            // A head's name bars their unit: that is for the chief to find, not for whoever mentions them.
            var named = NewIn(words, state.Category, state, rules)
                .RemoveAll(id => rules.Directory.Find(id) is not { Rank: Rank.Member });
            return named.IsEmpty ? decision : Yes([.. Leaving(state, named, now, rules), .. events]);
        }
    }

    private static IEnumerable<ComplaintEvent> Leaving(
        Complaint s, ImmutableArray<StaffId> named, DateTimeOffset now, Rules rules)
    {
        var (told, after) = Bar(s, named, now, rules);
        yield return told;
        var next = s.Handler is { } handler && named.Contains(handler)
            ? Authority.FirstFree(s.Lead, after, rules.Directory) ?? Authority.FirstFree(after.Chief, after, rules.Directory)
            : null;
        if (next is not null)
        {
            yield return new ComplaintEvent.Assigned(
                next.Id, next.Unit, rules.Due(now, rules.Policy.Accept, s.Urgent), null);
        }
    }

    /// <summary>Who answers an objection is none of those it accuses, whatever the complaint is about.</summary>
    private static Decision<ComplaintEvent> Accusing(
        Complaint s, ComplaintEvent.Objected o, DateTimeOffset now, Rules rules)
    {
        var named = NewIn(o.Reason.Value, Category.AgainstManager, s, rules);
        if (named.IsEmpty)
            return Yes(o);
        var (told, after) = Bar(s, named, now, rules);
        return Yes(told, o with { AnsweredBy = AnswererOf(after, o.Level, rules.Directory) });
    }

    private static (ComplaintEvent.StaffNamed Told, Complaint After) Bar(
        Complaint s, ImmutableArray<StaffId> named, DateTimeOffset now, Rules rules)
    {
        var place = Place(s.Category, s.Also, s.Accused, [.. s.Named, .. named], s.Own, s.Community, rules);
        var told = new ComplaintEvent.StaffNamed(named, place.Chief, place.Keeper);
        return (told, Complaint.Evolve(s, told, now));
    }

    private static ImmutableArray<StaffId> NewIn(string words, Category about, Complaint s, Rules rules) =>
    [
        .. Naming.In(words, about, s.Also, s.Community, rules.Directory)
            .Where(id => id != s.Own && !s.Against.Contains(id) && !s.Cleared.Contains(id)),
    ];
}
