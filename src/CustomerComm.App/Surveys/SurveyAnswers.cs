using System.Collections.Immutable;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.App.Surveys;

/// <summary>A home's invitation with the survey it belongs to.</summary>
public sealed record Invitation(LoadedMatter<HomeAnswer> Home, LoadedMatter<Survey> Survey)
{
    /// <summary>True while answers are taken.</summary>
    public bool IsOpen(DateTimeOffset now) =>
        Survey.State.Stage == SurveyStage.Collecting && now < Survey.State.Until;
}

/// <summary>Takes the answers of homes, by their link or from a form on paper (4.5.6).</summary>
public sealed class SurveyAnswers(
    SurveyKind surveys, HomeAnswerKind answers, SurveyHomes homes)
{
    private const int LongestId = 100;

    /// <summary>The invitation behind a link, or null where the token is not its own.</summary>
    public async Task<Invitation?> FindAsync(string id, string token, CancellationToken ct)
    {
        return id.Length <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            && await FindAsync(answers.StreamOf(id), ct) is { } found
            && found.Home.Opens(token, HomeAnswerMatter.Page)
            ? found : null;
    }

    /// <summary>The residents' own answer, or their correction of it.</summary>
    public Task<MatterResult<HomeAnswer>> AnswerAsync(
        Invitation of, ImmutableArray<Reply> replies, Actor actor, SeenMessage? seen, CancellationToken ct)
    {
        var s = of.Survey.State;
        return answers.HandleAsync(
            of.Home.Stream,
            new HomeAnswerCommand.Answer(AnswerWay.Link, s.Questionnaire, replies, UntilOf(s)), actor, seen, ct);
    }

    /// <summary>The home does not take part.</summary>
    public Task<MatterResult<HomeAnswer>> DeclineAsync(
        Invitation of, Actor actor, SeenMessage? seen, CancellationToken ct)
    {
        return answers.HandleAsync(
            of.Home.Stream, new HomeAnswerCommand.Decline(UntilOf(of.Survey.State)), actor, seen, ct);
    }

    /// <summary>A form on paper that staff enter; a home that no message reached is invited with it.</summary>
    public async Task<MatterResult<HomeAnswer>> EnterPaperAsync(
        Survey survey, string room, ImmutableArray<Reply> replies, StaffMember by, SeenMessage? seen,
        CancellationToken ct)
    {
        const string clause = QuestionnaireRules.Clause;
        if (homes.Directory.FindHome(survey.Community, room) is not { } home)
        {
            return new MatterResult<HomeAnswer>.Refused(
                Check.Bad("room", clause, "There is no such home in this community."));
        }

        if (HomeAnswerMatter.IsStaffHome(home, homes.Directory))
            return new MatterResult<HomeAnswer>.Refused(Check.Bad("room", clause, "Homes of staff are not surveyed."));
        var stream = answers.StreamOf($"{survey.Number}.{homes.IdOf(home)}");
        var command = new HomeAnswerCommand.Answer(AnswerWay.Paper, survey.Questionnaire, replies, UntilOf(survey));
        if (await answers.LoadAsync(stream, ct) is null && survey.Stage == SurveyStage.Collecting)
        {
            var first = home.Residents.FirstOrDefault(r => r.TakesTexts);
            var invite = new HomeAnswerCommand.Invite(
                survey.Community, survey.Year, home.Room.Value, first?.Phone.Value,
                first?.Language ?? Languages.Default, survey.Until);
            await answers.BeginAsync(stream, survey.Community, invite, new Actor.System(), null, ct);
        }

        return await answers.HandleAsync(stream, command, new Actor.Staff(by), seen, ct);
    }

    /// <summary>The survey that the home of this phone is asked now, or null.</summary>
    public async Task<Invitation?> OfPhoneAsync(PhoneNumber phone, int year, CancellationToken ct)
    {
        if (homes.Directory.FindResident(phone) is not { Home: var home })
            return null;
        foreach (var y in (int[])[year, year - 1])
        {
            var stream = answers.StreamOf($"{Survey.IdOf(home.Community, y)}.{homes.IdOf(home)}");
            if (await FindAsync(stream, ct) is { Survey.State.Stage: SurveyStage.Collecting } found)
                return found;
        }

        return null;
    }

    /// <summary>An invitation by its stream, for the desk.</summary>
    public async Task<Invitation?> FindAsync(StreamId stream, CancellationToken ct) =>
        await answers.LoadAsync(stream, ct) is { } home
            && await surveys.FindAsync(home.State.Community, home.State.Year, ct) is { } survey
            ? new Invitation(home, survey) : null;

    /// <summary>Until when answers are taken; the beginning of time where they are not.</summary>
    private static DateTimeOffset UntilOf(Survey s) =>
        s.Stage == SurveyStage.Collecting ? s.Until : DateTimeOffset.MinValue;
}
