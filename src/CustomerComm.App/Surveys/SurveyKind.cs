using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.App.Surveys;

/// <summary>
/// The annual surveys, one stream a community and year: <c>survey.HY-2026</c> (4.5.6). Whatever goes out to all homes
/// goes page by page as the pump comes round, so that stopping it anywhere loses and repeats nothing.
/// </summary>
public sealed class SurveyKind(
    MatterParts parts, SurveyPasses passes, SurveyCounting counting, SurveyAnnouncement announcement)
    : MatterKind<SurveyMatter, Survey, SurveyCommand, SurveyEvent>(parts, "survey")
{
    /// <summary>How long an answer that was on its way at the last moment may take until all are counted.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>The survey of a community and year, or null.</summary>
    public Task<LoadedMatter<Survey>?> FindAsync(CommunityId community, int year, CancellationToken ct) =>
        LoadAsync(StreamOf(Survey.IdOf(community, year)), ct);

    /// <summary>
    /// Begins the survey of a community and year from last year's questionnaire, or from the standard one. Once begun,
    /// nothing happens.
    /// </summary>
    public async Task<MatterResult<Survey>> BeginAsync(
        CommunityId community, int year, Actor actor, CancellationToken ct)
    {
        var last = await FindAsync(community, year - 1, ct);
        var begin = new SurveyCommand.Begin(
            community, year, last?.State.Questionnaire ?? StandardQuestionnaire.Form, last?.State.Number);
        return await BeginAsync(StreamOf(Survey.IdOf(community, year)), community, begin, actor, null, ct);
    }

    /// <summary>As the other, on schedule: quality then owes sending it. True where this call began it.</summary>
    public async Task<bool> BeginAsync(CommunityId community, int year, CancellationToken ct) =>
        await FindAsync(community, year, ct) is null
            && await BeginAsync(community, year, new Actor.System(), ct) is MatterResult<Survey>.Done;

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(SurveyRow), typeof(SurveyResultRow)];

    /// <inheritdoc/>
    protected override DateTimeOffset? NextTime(Survey state)
    {
        return state.Stage switch
        {
            SurveyStage.Collecting when state.Invitations is null => Now,
            SurveyStage.Collecting => state.Reminded < state.Reminders.Length && Now < state.Until
                ? Later(state.Reminders[state.Reminded]) : Later(state.Until + Grace),
            SurveyStage.Counting when !state.Unchecked.Any() => Later(state.EndedAt!.Value),
            SurveyStage.Answering when !state.Unanswered.Any() => Now,
            _ => null,
        };
    }

    /// <inheritdoc/>
    protected override async Task<bool> FollowAsync(LoadedMatter<Survey> matter, CancellationToken ct)
    {
        return await NextAsync(matter.State, ct) is { } command && await MovedAsync(matter, command, ct);
    }

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<Survey> matter, long since) =>
        SurveyProjection.RowsOf(matter, RulesOf(matter.State).Policy.Surveys.SmallestGroup);

    /// <summary>
    /// Does a page of what goes to all homes; the command that ends it, or null where there is more to do.
    /// </summary>
    private async Task<SurveyCommand?> NextAsync(Survey s, CancellationToken ct)
    {
        switch (s.Stage)
        {
            case SurveyStage.Collecting when s.Invitations is null:
                await announcement.AnnounceAsync(s, ct);
                return await passes.InviteAsync(s, ct);
            case SurveyStage.Collecting when s.Until + Grace <= Now:
                return await counting.EndAsync(s, ct);
            case SurveyStage.Collecting when s.Until > Now && s.Reminded < s.Reminders.Length
                && s.Reminders[s.Reminded] <= Now:
                // Of two rounds that are due, after the machine stood still, only the later one is made.
                var nth = s.Reminders.Count(r => r <= Now);
                return await passes.RemindAsync(s, nth, ct);
            case SurveyStage.Counting when !s.Unchecked.Any():
                return new SurveyCommand.Count(await counting.CountAsync(s, ct));
            case SurveyStage.Answering when !s.Unanswered.Any():
                return await passes.TellAsync(s, ct);
            default:
                return null;
        }
    }

    private DateTimeOffset Later(DateTimeOffset at) => at > Now ? at : Now;
}
