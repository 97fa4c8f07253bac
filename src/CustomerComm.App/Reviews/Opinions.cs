using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Reviews;

namespace CustomerComm.App.Reviews;

/// <summary>
/// An opinion of a month as its source's rows tell it. <paramref name="Open"/>: it is not handled to the end.
/// <paramref name="Unverified"/>: it is, and quality has not verified the result. <paramref name="Withheld"/>: nobody
/// of the office may see it.
/// </summary>
public sealed record OpinionLine(
    string Number, string Matter, string Kind, string Category, string Stage, string Outcome,
    DateTimeOffset ReceivedAt, bool Open, bool Unverified, bool Withheld)
{
    /// <summary>Why quality itself looks at it in this month.</summary>
    public Doubt Doubt { get; init; }

    /// <summary>It stands in a register only: a complaint is to be made of it, or said why not (4.6.2-1).</summary>
    public bool ToTakeUp { get; init; }

    /// <summary>What is left to do: for quality what is not verified, for others what is not reviewed (4.5.4).</summary>
    public bool IsLeftFor(StaffMember member, Review s) => member.Unit == Unit.Quality
        ? s.Verdicts.GetValueOrDefault(Number) is not { Settled: true }
            && (Doubt != Doubt.None || Unverified || Open
                || s.Findings.GetValueOrDefault(Number) is not { Explained: true })
        : !s.Findings.ContainsKey(Number);
}

/// <summary>An opinion in full, for whoever reviews it.</summary>
public sealed record OpinionView(
    Opinion Facts, string Address, string Text, string? Result, bool Told, Func<StaffMember, bool> MaySee);

/// <summary>
/// Where opinions come from: complaints, and whatever else is collected in a month. Numbers are unique over all sources.
/// </summary>
public interface IOpinionSource
{
    /// <summary>So many months before the inspected one are looked through for what was put aside in it.</summary>
    const int MonthsBack = 12;

    /// <summary>Kind of matter, as in the stream's prefix.</summary>
    string Matter { get; }

    /// <summary>A page of a month's opinions, at most 200, in an order of its own that does not change.</summary>
    Task<Page<OpinionLine>> MonthAsync(CommunityId community, string month, string? next, CancellationToken ct);

    /// <summary>The opinion of this number, or null where it is none of this source's.</summary>
    Task<OpinionView?> FindAsync(string number, CancellationToken ct);

    /// <summary>
    /// What quality itself looks at in the month's inspection, received in it or in one of the twelve before: what
    /// was put
    /// aside in that month, and a sample of what the system put aside.
    /// </summary>
    Task<IReadOnlyList<OpinionLine>> DoubtsAsync(CommunityId community, string month, CancellationToken ct);

    /// <summary>
    /// Opens a complaint for what was wrongly put aside, linked with it; under the same <paramref name="source"/> once.
    /// </summary>
    Task<TakenUp> TakeUpAsync(string number, string source, StaffMember by, CancellationToken ct);
}

/// <summary>
/// Complaints, repairs, enquiries, suggestions and praise taken in as complaints; greetings and advertising are none.
/// </summary>
public sealed class ComplaintOpinions(ITables tables, ComplaintKind service, Intake intake) : IOpinionSource
{
    private const int Read = 200;

    /// <inheritdoc/>
    public string Matter => ComplaintKind.Name;

    /// <inheritdoc/>
    public async Task<Page<OpinionLine>> MonthAsync(
        CommunityId community, string month, string? next, CancellationToken ct)
    {
        var page = await tables.Of<ComplaintRow>().QueryAsync(
            Months.PartitionOf(community, month), null, null, Read, next, ct);
        var lines = new List<OpinionLine>();
        foreach (var row in page.Rows)
        {
            if (row.Kind is nameof(Nature.Greeting) or nameof(Nature.Spam))
                continue;
            lines.Add(await LineOfAsync(row, month, ct));
        }

        return new Page<OpinionLine>(lines, page.Next);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OpinionLine>> DoubtsAsync(
        CommunityId community, string month, CancellationToken ct)
    {
        var lines = new List<OpinionLine>();
        var unasked = new List<ComplaintRow>();
        foreach (var received in Months.Back(month, IOpinionSource.MonthsBack))
        {
            await foreach (var row in tables.RowsAsync<ComplaintRow>(Months.PartitionOf(community, received), ct))
            {
                var doubt = row.DoubtIn(month);
                if (doubt == Doubt.Filtered)
                    unasked.Add(row);
                else if (doubt != Doubt.None)
                    lines.Add(await LineOfAsync(row, month, ct));
            }
        }

        foreach (var row in Lots.Draw(unasked, r => r.RowKey, month))
            lines.Add(await LineOfAsync(row, month, ct));
        return lines;
    }

    /// <inheritdoc/>
    public async Task<TakenUp> TakeUpAsync(string number, string source, StaffMember by, CancellationToken ct)
    {
        if (!MatterNumber.TryParse(number, out var parsed)
            || await service.FindAsync(parsed, ct) is not { State: var s })
        {
            return new TakenUp.Refused(Check.Bad("opinion", "4.5.4", $"There is no complaint {number}."));
        }

        var contact = s.Intake.Contact;
        var request = new IntakeRequest(
            s.Community, s.Intake.Text.Value, contact.Name?.Value, contact.Phone?.Value, contact.Room?.Value,
            contact.Conversation, s.Intake.Channel, null, [], null, s.Intake.Language, s.IsLetter, by.Id, source,
            Natures.HandledAsComplaint(s.Intake.Kind) ? s.Intake.Kind : Nature.Complaint)
        { Follows = s.Number };
        return await intake.ReceiveAsync(request, new Actor.Staff(by), ct) switch
        {
            MatterResult<Complaint>.Done done => new TakenUp.Opened(done.Matter.State),
            MatterResult<Complaint>.Reused again => new TakenUp.Opened(again.Matter.State),
            MatterResult<Complaint>.Refused no => new TakenUp.Refused(no.Refusal),
            var other => throw new InvalidOperationException($"Unknown result {other.GetType().Name}."),
        };
    }

    private async Task<OpinionLine> LineOfAsync(ComplaintRow row, string month, CancellationToken ct) => new(
        row.RowKey, Matter, row.Kind, row.Category, row.Stage, row.Outcome, row.ReceivedAt,
        row.ClosedAt is null && row.Stage != nameof(Stage.Completed), row.Stage == nameof(Stage.Completed),
        await IsWithheldAsync(row, ct))
    {
        Doubt = row.DoubtIn(month),
    };

    /// <inheritdoc/>
    public async Task<OpinionView?> FindAsync(string number, CancellationToken ct)
    {
        if (!MatterNumber.TryParse(number, out var parsed) || await service.FindAsync(parsed, ct) is not { } found)
            return null;
        var s = found.State;
        var directory = service.RulesOf(s).Directory;
        var contact = s.Intake.Contact;
        var answer = found.Events.Select(e => e.Event).OfType<ComplaintEvent.Answered>().LastOrDefault();
        var zone = service.RulesOf(s).Calendar.Zone;
        var doubts = ComplaintRow.DoubtsOf(found, zone);
        return new OpinionView(
            new Opinion(
                s.Number.ToString(), Matter, s.Community,
                Months.Of(s.ReceivedAt, zone),
                // Once the resident has signed it is handled; what remains is owed inside, to quality.
                s.Open && s.Stage != Stage.Completed, s.Accused, contact.Phone, contact.Conversation,
                s.Intake.Language)
            {
                Doubts = doubts,
                Hands = doubts.IsEmpty ? [] : s.Handlers.Union(s.Judges),
            },
            $"/desk/complaints/{s.Number}", s.Intake.Text.Value, s.Resolution?.Text.Value ?? answer?.Text.Value,
            s.SignedAt is not null || s.Outcome is Outcome.Answered or Outcome.Withdrawn or Outcome.Dismissed,
            member => Authority.MayOpen(found.Tracked, member, directory)
                || ReviewMatter.MayReview(member, s.Accused, s.Community, directory));
    }

    /// <summary>Only what goes to the leader can be against a manager; few complaints are, so they are looked at.</summary>
    private async Task<bool> IsWithheldAsync(ComplaintRow row, CancellationToken ct)
    {
        if (row.Clause != "4.6.1-2-D" || !MatterNumber.TryParse(row.RowKey, out var number)
            || await service.FindAsync(number, ct) is not { } found)
        {
            return false;
        }

        var s = found.State;
        return ReviewMatter.IsWithheld(s.Accused, s.Community, service.RulesOf(s).Directory);
    }
}
