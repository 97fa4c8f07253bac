using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.App.Surveys;

/// <summary>
/// Passes over all homes of a survey: inviting, reminding, telling. Each call does one page and remembers how far it
/// came; every effect is idempotent besides, so that a page done twice changes nothing. Memory does not grow with
/// homes.
/// </summary>
public sealed class SurveyPasses(HomeAnswerKind answers, SurveyHomes homes, ITables tables)
{
    /// <summary>Homes of one page.</summary>
    public const int PageSize = 250;

    private const int AtOnce = 16;

    private enum Effect
    {
        None,
        Sent,
        Unreachable,
    }

    /// <summary>Invites a page of homes; the end of the pass as a command, or null where there is more.</summary>
    public async Task<SurveyCommand?> InviteAsync(Survey survey, CancellationToken ct)
    {
        var done = await PageAsync(survey, "invite", (home, token) => InviteAsync(survey, home, token), ct);
        return done is null
            ? null
            : new SurveyCommand.FinishInviting(
                done.Sent + done.Unreachable, done.Unreachable, homes.StaffHomes(survey.Community));
    }

    /// <summary>Reminds a page of homes that have not answered, and invites those that are new.</summary>
    public async Task<SurveyCommand?> RemindAsync(Survey survey, int nth, CancellationToken ct)
    {
        var done = await PageAsync(
            survey, $"remind-{nth}",
            async (home, token) =>
            {
                var stream = StreamOf(survey, home.Id);
                if (await answers.LoadAsync(stream, token) is not { } before)
                    return await InviteAsync(survey, home, token);
                var remind = new HomeAnswerCommand.Remind(nth, survey.Until);
                return await SentAsync(stream, before, remind, token) ? Effect.Sent : Effect.None;
            },
            ct);
        return done is null ? null : new SurveyCommand.FinishReminding(nth, done.Sent);
    }

    /// <summary>
    /// Tells a page of the homes that answered of the public answers; at once done where there are none.
    /// </summary>
    public async Task<SurveyCommand?> TellAsync(Survey survey, CancellationToken ct)
    {
        if (survey.Answers.IsEmpty)
            return new SurveyCommand.Finish(0);
        var done = await PageAsync(
            survey, "tell",
            async (home, token) =>
            {
                var stream = StreamOf(survey, home.Id);
                var tell = new HomeAnswerCommand.Tell(survey.Answers.Length);
                return await answers.LoadAsync(stream, token) is { } before
                    && await SentAsync(stream, before, tell, token) ? Effect.Sent : Effect.None;
            },
            ct);
        return done is null ? null : new SurveyCommand.Finish(done.Sent);
    }

    /// <summary>Stream of a home's answer.</summary>
    public StreamId StreamOf(Survey survey, string home)
    {
        return answers.StreamOf($"{survey.Number}.{home}");
    }

    private async Task<Effect> InviteAsync(Survey survey, SurveyHome home, CancellationToken ct)
    {
        var first = home.Home.Residents.FirstOrDefault(r => r.TakesTexts);
        var invite = new HomeAnswerCommand.Invite(
            survey.Community, survey.Year, home.Home.Room.Value, first?.Phone.Value,
            first?.Language ?? Languages.Default, survey.Until);
        await answers.BeginAsync(
            StreamOf(survey, home.Id), survey.Community, invite, new Actor.System(), null, ct);
        return first is null ? Effect.Unreachable : Effect.Sent;
    }

    private async Task<bool> SentAsync(
        StreamId stream, LoadedMatter<HomeAnswer> before, HomeAnswerCommand command, CancellationToken ct) =>
        await answers.HandleAsync(stream, command, new Actor.System(), null, ct)
            is MatterResult<HomeAnswer>.Done done && done.Matter.Version > before.Version;

    /// <summary>One page of a pass; the pass as it ended, or null where there is more.</summary>
    private async Task<SurveyPassRow?> PageAsync(
        Survey survey, string pass, Func<SurveyHome, CancellationToken, Task<Effect>> each, CancellationToken ct)
    {
        var table = tables.Of<SurveyPassRow>();
        var at = await table.GetAsync(survey.Number, pass, ct) ?? new SurveyPassRow
        {
            PartitionKey = survey.Number,
            RowKey = pass,
            Version = 0,
            After = "",
            Sent = 0,
            Unreachable = 0,
        };
        var page = homes.Page(survey.Community, at.After, PageSize);
        if (page.Count == 0)
            return at;
        var (sent, unreachable) = (0, 0);
        await Parallel.ForEachAsync(
            page, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (home, token) =>
            {
                var effect = await each(home, token);
                if (effect == Effect.Sent)
                    Interlocked.Increment(ref sent);
                else if (effect == Effect.Unreachable)
                    Interlocked.Increment(ref unreachable);
            });
        var after = at with
        {
            Version = at.Version + page.Count,
            After = page[^1].Id,
            Sent = at.Sent + sent,
            Unreachable = at.Unreachable + unreachable,
        };
        await table.WriteAsync([after], [], after.Version, ct);
        return page.Count < PageSize ? after : null;
    }
}
