using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Surveys;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>A line of the list of surveys.</summary>
public sealed record SurveyLine(string Number, string Community, string Stage, string When, string Answered);

/// <summary>A survey as its page shows it.</summary>
public sealed record SurveyView(
    Survey Survey, string Title, ImmutableArray<DeskFact> Facts, SurveyProgress? Progress,
    ImmutableArray<DeskObligation> Duties, ImmutableArray<DeskForm> Forms, ImmutableArray<DeskFact> Answers, bool MayEnter,
    bool MayEdit);

/// <summary>The list of surveys and the page of one: approve, send, extend, check, analyse, answer (4.5.6).</summary>
internal sealed class SurveyDesk(
    SurveyKind surveys, SurveyCounting counting, SurveyReportReader reports, SurveyAnswers answers, RulesBook book,
    StaffSessions sessions, CompanyDirectory directory, TimeProvider time)
{
    public async Task<IResult> ListAsync(HttpContext http, CancellationToken ct) =>
        sessions.Current(http) is { } member
            ? await ListAsync(http, member, null, null, StatusCodes.Status200OK, ct)
            : DeskPages.SignIn(http);

    public async Task<IResult> BeginAsync(HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        var words = WordsOf(http, null);
        if (form is null)
            return await ListAsync(http, member, null, words.Error(reason!), status, ct);
        var community = directory.Find(new CommunityId(form["community"]));
        if (community is null
            || !int.TryParse(form["year"], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || year is < 2000 or > 2099)
        {
            form.WrongField = community is null ? "community" : "year";
            var bad = new Refusal(
                RefusalCode.BadField, "4.5.6", $"'{form.WrongField}' is missing or cannot be read.", form.WrongField);
            return await ListAsync(
                http, member, form, words.Refused(bad, "Survey"), StatusCodes.Status400BadRequest, ct);
        }

        return await surveys.BeginAsync(community.Id, year, new Actor.Staff(member), ct) switch
        {
            MatterResult<Survey>.Done done => TypedResults.LocalRedirect($"~/desk/surveys/{done.Matter.State.Number}"),
            MatterResult<Survey>.Refused no => await ListAsync(
                http, member, form, words.Refused(no.Refusal, "Survey"), DeskPages.StatusOf(no.Refusal.Code), ct),
            _ => DeskPages.NotFound(http, member),
        };
    }

    public async Task<IResult> ShowAsync(string id, HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(id, member, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var words = WordsOf(http, found.State.Community);
        var done = words.Find($"Action.{http.Request.Query["done"]}");
        var banner = done is null
            ? null : new DeskBanner(Error: false, words.Format("Banner.Done", ("what", done)), null);
        return await PageAsync(http, member, found, null, banner, StatusCodes.Status200OK, ct);
    }

    public async Task<IResult> ActAsync(string id, HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(id, member, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var words = WordsOf(http, found.State.Community);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return await PageAsync(http, member, found, null, words.Error(reason!), status, ct);
        var zone = book.Current(found.State.Community).Calendar.Zone;
        if (SurveyActions.Read(form, zone) is not { } command)
            return await PageAsync(http, member, found, form, words.Error("Banner.Expired"), 400, ct);
        switch (await surveys.HandleAsync(found.Stream, command, new Actor.Staff(member), form.Seen(member.Id), ct))
        {
            case MatterResult<Survey>.Done:
                var action = SurveyActions.NameOf(form["action"]);
                return TypedResults.LocalRedirect($"~/desk/surveys/{found.State.Number}?done={action}");
            case MatterResult<Survey>.Refused no:
                form.WrongField = no.Refusal.Field;
                var now = await FindAsync(id, member, ct) ?? found;
                return await PageAsync(
                    http, member, now, form, words.Refused(no.Refusal, "Survey"),
                    DeskPages.StatusOf(no.Refusal.Code), ct);
            default:
                return await PageAsync(http, member, found, form, words.Error("Banner.Reused"), 409, ct);
        }
    }

    /// <summary>A survey this person may see: their own community's, or any for the departments.</summary>
    internal async Task<LoadedMatter<Survey>?> FindAsync(string id, StaffMember member, CancellationToken ct) =>
        await surveys.FindAsync(id, ct) is { } found
            && (member.Community is null || member.Community == found.State.Community)
            ? found : null;

    internal DeskWords WordsOf(HttpContext http, CommunityId? community) => new(
        UiLanguage.Of(http), directory, community is { } c ? book.Current(c).Calendar.Zone : null,
        new UiTexts("Surveys"));

    private async Task<IResult> ListAsync(
        HttpContext http, StaffMember member, PostedForm? typed, DeskBanner? banner, int status, CancellationToken ct)
    {
        var words = WordsOf(http, null);
        var lines = ImmutableArray.CreateBuilder<SurveyLine>();
        foreach (var c in directory.Communities.Where(c => member.Community is null || c.Id == member.Community))
        {
            var local = WordsOf(http, c.Id);
            foreach (var row in await reports.ListAsync(c.Id, ct))
            {
                lines.Add(new SurveyLine(
                    row.Number, words.Community(c), words.Name(Enum.Parse<SurveyStage>(row.Stage)),
                    local.Time(row.Until ?? row.SendDue),
                    row.ResponseRate is { } rate ? SurveyFormat.Percent(rate, words.Language) : "–"));
            }
        }

        var year = book.Current(directory.Communities[0].Id).Calendar.LocalDate(time.Now()).Year;
        var fields = new FormFields(words, "Survey", typed);
        var begin = member.Unit == Unit.Quality
            ? new DeskForm(
                "Begin", "", words["Action.Begin"], words["Hint.Begin"], null,
                [
                    fields.Community(member, directory),
                    fields.Number("year", present: year.ToString(CultureInfo.InvariantCulture)),
                ],
                Guid.NewGuid().ToString("N"), typed is not null)
            : null;
        return DeskPages.Page<SurveyListPage>(
            status, ("Frame", DeskPages.Frame(http, member, banner)), ("Lines", lines.ToImmutable()), ("Begin", begin));
    }

    private async Task<IResult> PageAsync(
        HttpContext http, StaffMember member, LoadedMatter<Survey> found, PostedForm? typed, DeskBanner? banner,
        int status, CancellationToken ct)
    {
        var s = found.State;
        var words = WordsOf(http, s.Community);
        var now = time.Now();
        var view = await surveys.ViewAsync(found.Stream, ct);
        var progress = s.SentAt is null ? null : await counting.ProgressAsync(s.Number, ct);
        var actions = new SurveyActions(s, member, words, typed);
        var papers = await PapersAsync(s, ct);
        var page = new SurveyView(
            s, $"{words.Community(directory.Find(s.Community)!)} · {s.Year}", Facts(s, words), progress,
            [.. view!.Owed.Select(o => words.Duty(o.Kind, words.Who(o.Owner), o.Due, now, o.Clause))],
            actions.Offered(papers, now), Answered(s, words),
            s.Stage == SurveyStage.Collecting && (member.Unit == Unit.Quality || member.Community == s.Community),
            member.Unit == Unit.Quality && s.SentAt is null);
        return DeskPages.Page<SurveyPage>(
            status, ("Frame", DeskPages.Frame(http, member, banner)), ("View", page));
    }

    /// <summary>The room and what was entered, of the forms of the sample that wait for their check.</summary>
    private async Task<ImmutableArray<PaperForm>> PapersAsync(Survey s, CancellationToken ct)
    {
        var papers = ImmutableArray.CreateBuilder<PaperForm>();
        if (s.Stage != SurveyStage.Counting)
            return [];
        foreach (var id in s.Unchecked.Take(20))
        {
            if (await answers.FindAsync(new StreamId($"answer.{s.Number}.{id}"), ct) is { Home.State: var home })
                papers.Add(new PaperForm(id, home.Room.Value, home.Answer!.Replies));
        }

        return papers.ToImmutable();
    }

    private static ImmutableArray<DeskFact> Facts(Survey s, DeskWords words)
    {
        var facts = ImmutableArray.CreateBuilder<DeskFact>();
        facts.Add(new DeskFact(words["Fact.Stage"], words.Name(s.Stage)));
        if (s.SentAt is { } sent)
        {
            facts.Add(new DeskFact(words["Fact.Sent"], words.Time(sent)));
            facts.Add(new DeskFact(words["Fact.Until"], words.Time(s.Until)));
        }
        else
        {
            facts.Add(new DeskFact(words["Fact.SendDue"], words.Time(s.SendDue)));
        }

        if (s.CopiedFrom is { } from)
            facts.Add(new DeskFact(words["Fact.CopiedFrom"], from));
        facts.Add(new DeskFact(
            words["Fact.Questions"], s.Questionnaire.Questions.Count().ToString(CultureInfo.InvariantCulture)));
        if (s.Invitations is { } out_)
            facts.Add(new DeskFact(words["Fact.StaffHomes"], out_.StaffHomes.ToString(CultureInfo.InvariantCulture)));
        if (s.EndedAt is not null)
        {
            facts.Add(new DeskFact(words["Fact.PaperSample"], words.Format(
                "Fact.PaperSample.Text", ("papers", s.Papers.ToString(CultureInfo.InvariantCulture)),
                ("sample", s.PaperSample.Length.ToString(CultureInfo.InvariantCulture)),
                ("wrong", s.Rejected.Count().ToString(CultureInfo.InvariantCulture)))));
        }

        if (s.Analysis is { } analysis)
            facts.Add(new DeskFact(words["Fact.Analysis"], analysis.Text));
        return facts.ToImmutable();
    }

    private static ImmutableArray<DeskFact> Answered(Survey s, DeskWords words) =>
    [
        .. s.Answers.Select(a => new DeskFact(
            SurveyFormat.Problem(s.Analysis!.Problems.First(p => p.Key == a.Problem), words.Language),
            a.Text.In(words.Language))),
    ];
}
