using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.App.Surveys;

/// <summary>The invitations and answers of homes, one stream each: <c>answer.HY-2026.{home}</c> (4.5.6).</summary>
public sealed class HomeAnswerKind(MatterParts parts, CompanyDirectory directory)
    : MatterKind<HomeAnswerMatter, HomeAnswer, HomeAnswerCommand, HomeAnswerEvent>(parts, "answer")
{
    /// <summary>By when a message is usually handed over; the row is written again then.</summary>
    private static readonly TimeSpan s_delivered = TimeSpan.FromMinutes(1);

    private readonly IEventStore _store = parts.Store;

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(SurveyAnswerRow)];

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowsBeside => RowTypes;

    /// <inheritdoc/>
    public override bool IsForPerson(object e) => e is HomeAnswerEvent;

    /// <inheritdoc/>
    protected override string? PersonOf(HomeAnswerEvent e, HomeAnswer state)
    {
        // Erased, the room cannot be read any more; what comes then is sealed with a key of the stream's own.
        return state.Room.Value == Personal.Erased ? null : SurveyHomes.PersonOf(state.Community, state.Room.Value);
    }

    /// <inheritdoc/>
    protected override DateTimeOffset? NextTime(HomeAnswer state)
    {
        // What was written at night goes in the morning.
        var at = (Book.QuietUntil(state.Community, state.InvitedAt) ?? state.InvitedAt) + s_delivered;
        return at > Now ? at : null;
    }

    /// <inheritdoc/>
    protected override async Task<bool> FollowAsync(LoadedMatter<HomeAnswer> matter, CancellationToken ct)
    {
        var s = matter.State;
        if (Lost(matter) && s.Answer is null && directory.FindHome(s.Community, s.Room.Value) is { } home)
        {
            foreach (var other in home.Residents.Where(r => r.TakesTexts && !s.Phones.Contains(new Personal(r.Phone.Value))))
            {
                var invite = new HomeAnswerCommand.InviteAgain(other.Phone.Value, other.Language);
                return await HandleAsync(matter.Stream, invite, new Actor.System(), null, ct)
                    is MatterResult<HomeAnswer>.Done done && done.Matter.Version > matter.Version;
            }
        }

        // Delivery leaves no event, so what was written before it is written again.
        if ((await _store.ReadHeadAsync(matter.Stream, ct))?.Projected == matter.Version)
            await ProjectedAsync(matter, matter.Version, ct);
        return false;
    }

    /// <inheritdoc/>
    protected override async Task ProjectedAsync(
        LoadedMatter<HomeAnswer> matter, long projected, CancellationToken ct)
    {
        var s = matter.State;
        var outbox = s.Phones.IsEmpty ? [] : await _store.ReadOutboxAsync(matter.Stream, ct, all: true);
        var lost = s.Phones.IsEmpty || Lost(matter);
        var status = s switch
        {
            { Answer: not null } => InvitationStatus.Answered,
            { Declined: true } => InvitationStatus.Declined,
            _ => lost ? InvitationStatus.Unreachable : InvitationStatus.Invited,
        };
        var row = new SurveyAnswerRow
        {
            PartitionKey = s.Number,
            RowKey = matter.Stream.Value[(matter.Stream.Value.LastIndexOf('.') + 1)..],
            Version = matter.Version,
            Building = s.Building,
            Status = status.ToString(),
            Delivered = !lost && outbox.Count > 0 && outbox.Any(m => m.Status == DeliveryStatus.Delivered),
            Way = s.Answer?.Way.ToString() ?? "",
            EnteredBy = s.Answer?.EnteredBy?.Value ?? "",
            Reminders = s.Reminded,
            InvitedAt = s.InvitedAt,
            AnsweredAt = s.AnsweredAt,
        };
        await Tables.Of<SurveyAnswerRow>().WriteAsync([row], [], matter.Version, ct);
    }

    /// <summary>No invitation arrived: as many were lost as phones were tried.</summary>
    private static bool Lost(LoadedMatter<HomeAnswer> matter) =>
        matter.Tracked.Failed.Count(f => f.Template.StartsWith("SurveyInvitation", StringComparison.Ordinal))
        >= Math.Max(1, matter.State.Phones.Length);
}
