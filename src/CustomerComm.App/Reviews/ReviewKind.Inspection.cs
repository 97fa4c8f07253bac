using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Registers;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Reviews;

namespace CustomerComm.App.Reviews;

/// <content>What quality itself looks at, and what becomes of what was wrongly put aside (4.5.4).</content>
public sealed partial class ReviewKind
{
    /// <summary>What quality itself looks at in a month's inspection: each of it needs a verdict.</summary>
    public async Task<IReadOnlyList<OpinionLine>> DoubtsAsync(CommunityId community, string month, CancellationToken ct)
    {
        var lines = new List<OpinionLine>();
        foreach (var source in _sources)
            lines.AddRange(await source.DoubtsAsync(community, month, ct));
        return lines;
    }

    /// <summary>A month's opinions, and behind them what else quality looks at in it.</summary>
    public async IAsyncEnumerable<OpinionLine> LinesAsync(
        CommunityId community, string month,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var line in OpinionsAsync(community, month, ct))
        {
            seen.Add(line.Number);
            yield return line;
        }

        foreach (var line in await DoubtsAsync(community, month, ct))
        {
            if (seen.Add(line.Number))
                yield return line;
        }
    }

    /// <summary>
    /// What of a month is listed for somebody: for the office its opinions, but none that nobody of it may see; for others
    /// also what quality looks at.
    /// </summary>
    public IAsyncEnumerable<OpinionLine> LinesFor(Review s, StaffMember member, CancellationToken ct) =>
        member.Unit == Unit.Office
            ? OpinionsAsync(s.Community, s.Name, ct).Where(l => !l.Withheld)
            : LinesAsync(s.Community, s.Name, ct);

    /// <summary>
    /// Quality's verdict. What was put aside and should not have been becomes a new complaint, linked with it: that one
    /// opens before the verdict is written, once, however often this is repeated.
    /// </summary>
    public async Task<MatterResult<Review>> InspectAsync(
        LoadedMatter<Review> review, OpinionView opinion, bool holds, string? comment, StaffMember by,
        SeenMessage? seen, CancellationToken ct)
    {
        var (s, facts) = (review.State, opinion.Facts);
        var command = new ReviewCommand.Inspect(facts, holds, comment);
        var trial = command with { TakenUp = new MatterNumber(s.Community, MatterNumber.Complaint, s.Year, 1) };
        if (!holds && facts.DoubtIn(s.Name) != Doubt.None && Accepts(s, s.Community, trial, by))
        {
            foreach (var source in _sources.Where(x => x.Matter == facts.Matter))
            {
                switch (await source.TakeUpAsync(facts.Number, $"review:{s.Number}:{facts.Number}", by, ct))
                {
                    case TakenUp.Opened opened:
                        command = command with { TakenUp = opened.Complaint.Number };
                        break;
                    case TakenUp.Refused no:
                        return new MatterResult<Review>.Refused(no.Refusal);
                }
            }
        }

        return await HandleAsync(review.Stream, command, new Actor.Staff(by), seen, ct);
    }
}
