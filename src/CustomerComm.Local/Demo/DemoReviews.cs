using CustomerComm.App.Matters;
using CustomerComm.App.Reviews;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Reviews;

namespace CustomerComm.Local.Demo;

/// <summary>The monthly review of opinions by the office, and its inspection by quality (4.5.4).</summary>
internal sealed class DemoReviews(ReviewKind reviews, DemoWork work) : IDemoPlay
{
    private readonly DemoTally _tally = new();
    private int _closed;

    public string Told => $"reviews: {_closed} months closed, {_tally}";

    public async Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct)
    {
        foreach (var owed in await work.OfAsync(moment, "review", ct))
        {
            if (!moment.Acts(owed.Due) || await reviews.LoadAsync(owed.Stream, ct) is not { } loaded)
                continue;
            if (owed.Kind == ObligationKind.ReviewMonth)
                await ReviewAsync(loaded, owed.By, ct);
            else if (owed.Kind == ObligationKind.InspectMonth)
                await InspectAsync(loaded, owed.By, directory, ct);
        }
    }

    private async Task ReviewAsync(LoadedMatter<Review> review, StaffMember by, CancellationToken ct)
    {
        var s = review.State;
        var findings = new List<OpinionFinding>();
        await foreach (var line in reviews.OpinionsAsync(s.Community, s.Name, ct))
        {
            if (line.Withheld == (by.Unit == Unit.Leader) && await reviews.FindAsync(line.Number, ct) is { } view)
                findings.Add(FindingOf(view));
        }

        foreach (var some in findings.Chunk(ReviewMatter.MostAtOnce))
            await DoAsync(review, new ReviewCommand.Find([.. some]), by, ct);
        // As it stands now, with what was found just before.
        if (await reviews.LoadAsync(review.Stream, ct) is { } found)
            _tally.Take(await reviews.SubmitAsync(found, by, null, ct));
    }

    private async Task InspectAsync(
        LoadedMatter<Review> review, StaffMember by, CompanyDirectory directory, CancellationToken ct)
    {
        var s = review.State;
        await foreach (var line in reviews.LinesAsync(s.Community, s.Name, ct))
        {
            if (!(line.Unverified || line.Doubt != Doubt.None)
                || await reviews.FindAsync(line.Number, s.Community, s.Name, ct) is not { } view)
            {
                continue;
            }

            // Who had a hand in it leaves it to a colleague, or to the leader.
            foreach (var judge in Judges(by, directory))
            {
                if (await reviews.InspectAsync(review, view, holds: true, "演示：已核对。", judge, null, ct)
                    is MatterResult<Review>.Done)
                {
                    break;
                }
            }
        }

        switch (await reviews.CloseAsync(await reviews.LoadAsync(review.Stream, ct) ?? review, by, null, ct))
        {
            case MatterResult<Review>.Done:
                _closed++;
                break;
            case MatterResult<Review>.Refused no:
                _tally.Take(no.Refusal);
                await DoAsync(review, new ReviewCommand.SendBack("演示：有意见没有写明原因，请补充。"), by, ct);
                break;
        }
    }

    private async Task DoAsync(
        LoadedMatter<Review> review, ReviewCommand command, StaffMember by, CancellationToken ct) =>
        _tally.Take(await reviews.HandleAsync(review.Stream, command, new Actor.Staff(by), null, ct));

    private static IEnumerable<StaffMember> Judges(StaffMember by, CompanyDirectory directory) =>
        directory.Staff.Where(m => m.Unit is Unit.Quality or Unit.Leader && m.Id != by.Id)
            .OrderBy(m => m.Unit == Unit.Leader).Prepend(by);

    private static OpinionFinding FindingOf(OpinionView view)
    {
        var done = !view.Facts.Open && view.Told;
        return new OpinionFinding(
            view.Facts, !view.Facts.Open, view.Told, done ? null : "演示：配件未到，尚在处理。",
            done ? null : "演示：下月十日前完成并告知。", null);
    }
}
