using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Surveys;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SurveyAct =
    CustomerComm.Web.Matters.Act<CustomerComm.Domain.Surveys.Survey, CustomerComm.Domain.Surveys.SurveyCommand>;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>A line of the list of surveys.</summary>
public sealed record SurveyLine(string Number, string Community, string Stage, string When, string Answered);

/// <summary>The annual survey at the desk: approve, send, extend, check, analyse, answer (4.5.6).</summary>
internal sealed class SurveyArea(
    SurveyKind surveys, SurveyCounting counting, SurveyReportReader reports, SurveyAnswers answers,
    QuestionnaireArea questionnaires, SurveyPaper paper, SurveyResultsPages results, DeskParts parts)
    : MatterArea<SurveyMatter, Survey, SurveyCommand, SurveyEvent>(surveys, parts)
{
    public const string First = "/desk/surveys";

    private const int MostPapers = 20;

    public override string Words => "Surveys";

    public override string Path => First;

    protected override string Clause => QuestionnaireRules.Clause;

    protected override Type Page => typeof(SurveyPage);

    protected override ImmutableArray<SurveyAct> Acts { get; } =
    [
        new("Approve", _ => new SurveyCommand.Approve()) { Settles = ObligationKind.SendSurvey },
        new("Send", _ => new SurveyCommand.Send()) { Settles = ObligationKind.SendSurvey },
        new(
            "Extend", (_, f) => [f.Time("until"), f.Line("reason")],
            (_, a) => new SurveyCommand.Extend(a.TimeOrNone("until"), a.Text("reason")))
        {
            Trials = s => [new Trial<SurveyCommand>(new SurveyCommand.Extend(
                (s.State.Until > s.Now ? s.State.Until : s.Now).AddMinutes(1), "x"))],
        },
        new(
            "CheckPaper", (_, f) => [f.YesNo("decision", "matches"), f.Area("comment", required: false)],
            (_, a) => new SurveyCommand.CheckPaper(a.Subject, a.Yes("decision"), a.TextOrNone("comment")))
        {
            Trials = s => ((SurveySight)s).Papers.Select(p => new Trial<SurveyCommand>(
                new SurveyCommand.CheckPaper(p.Id, true, null), p.Id, p.Room)
            {
                Hint = Entered(s, p),
            }),
        },
        new("Analyse", (_, f) => [f.Area("text")], (_, a) => new SurveyCommand.Analyse(a.Text("text")))
        {
            Settles = ObligationKind.AnalyseSurvey,
        },
        new(
            "Publish", (_, f) => [f.Area("textZh"), f.Area("textEn", required: false)],
            (_, a) => new SurveyCommand.Publish(a.Subject, new Bilingual(a.Text("textZh"), a.Text("textEn"))))
        {
            Settles = ObligationKind.PublishAnswer,
            Trials = s => s.State.Unanswered.Select(p => new Trial<SurveyCommand>(
                new SurveyCommand.Publish(p.Key, new Bilingual("x", "x")), p.Key,
                SurveyFormat.Problem(p, s.Words.Language))
            {
                Hint = s.Words.Format("Hint.Publish", ("homes", $"{p.Homes}/{p.Of}")),
            }),
        },
    ];

    public override bool MaySee(StaffMember member) => Survey.MayList(member);

    public override void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/surveys", (HttpContext http, CancellationToken ct) => AreaPage.Of(http, Parts, this) is { } page
            ? ListAsync(page, ct) : Task.FromResult(DeskPages.SignIn(http)));
        new Beginning<SurveyCommand.Begin>(
            Clause, (page, f, _) => Task.FromResult(Blank(page, f)), Read, BeginAsync)
            .Map(desk, "/surveys/new", this, Parts);
        base.Map(desk);
        questionnaires.Map(desk);
        var own = desk.MapGroup("/surveys/{id}");
        void Get(string path, Func<HttpContext, Sight<Survey>, CancellationToken, Task<IResult>> show) =>
            own.MapGet(path, (HttpContext http, string id, CancellationToken ct) =>
                OpenAsync(http, id, s => show(http, s, ct), ct));
        Get("/preview", SurveyPaper.PreviewAsync);
        Get("/paper", paper.PrintAsync);
        Get("/enter", SurveyPaper.AskAsync);
        own.MapPost("/enter", (HttpContext http, string id, CancellationToken ct) =>
            OpenAsync(http, id, s => paper.EnterAsync(http, s, ct), ct));
        Get("/results", results.ShowAsync);
        Get("/said", results.SaidAsync);
    }

    protected override Task<LoadedMatter<Survey>?> FindAsync(string id, CancellationToken ct) =>
        QuestionnaireArea.FindAsync(surveys, id, ct);

    protected override string TitleOf(Sight<Survey> sight) => SurveyFormat.Title(sight);

    protected override IEnumerable<DeskBadge> Badges(Sight<Survey> sight) =>
        [new DeskBadge(sight.Words.Name(sight.State.Stage))];

    protected override IEnumerable<DeskFact> Facts(Sight<Survey> sight)
    {
        var (s, words) = (sight.State, sight.Words);
        DeskFact Fact(string key, string value) => new(words[$"Fact.{key}"], value);
        if (s.SentAt is { } sent)
        {
            yield return Fact("Sent", words.Time(sent));
            yield return Fact("Until", words.Time(s.Until));
        }
        else
        {
            yield return Fact("SendDue", words.Time(s.SendDue));
        }

        if (s.CopiedFrom is { } from)
            yield return Fact("CopiedFrom", from);
        yield return Fact("Questions", Number(s.Questionnaire.Questions.Count()));
        if (s.Invitations is { } sentOut)
            yield return Fact("StaffHomes", Number(sentOut.StaffHomes));
        if (s.EndedAt is not null)
        {
            yield return Fact("PaperSample", words.Format(
                "Fact.PaperSample.Text", ("papers", Number(s.Papers)), ("sample", Number(s.PaperSample.Length)),
                ("wrong", Number(s.Rejected.Count()))));
        }
    }

    protected override IEnumerable<(string Key, string? Value)> Said(SurveyEvent e, DeskWords words) => e switch
    {
        SurveyEvent.SurveyBegun b => [("Due", words.Time(b.Due))],
        SurveyEvent.QuestionnaireChanged c => [("By", words.Person(c.By))],
        SurveyEvent.QuestionnaireApproved a => [("By", words.Person(a.By))],
        SurveyEvent.SurveySent s => [("By", words.Person(s.By)), ("Until", words.Time(s.Until))],
        SurveyEvent.InvitationsOut i => [("homes", Number(i.Homes)), ("unreachable", Number(i.Unreachable))],
        SurveyEvent.RemindersOut r => [("nth", Number(r.Nth)), ("homes", Number(r.Homes))],
        SurveyEvent.CollectionExtended x => [
            ("By", words.Person(x.By)), ("Until", words.Time(x.Until)), ("reason", x.Reason)],
        SurveyEvent.CollectionEnded x => [("papers", Number(x.Papers)), ("sample", Number(x.PaperSample.Length))],
        SurveyEvent.PaperChecked c => [
            ("By", words.Person(c.By)), ("result", words[$"Choice.matches.{(c.Matches ? "yes" : "no")}"]),
            ("comment", c.Comment)],
        SurveyEvent.SurveyAnalysed a => [("By", words.Person(a.By)), ("problems", Number(a.Problems.Length))],
        SurveyEvent.AnswerPublished p => [("By", words.Person(p.By)), ("text", p.Text.In(words.Language))],
        SurveyEvent.SurveyFinished f => [("homes", Number(f.Told))],
        _ => [],
    };

    protected override async Task<Sight<Survey>?> LookAsync(
        HttpContext http, Sight<Survey> sight, CancellationToken ct)
    {
        var s = sight.State;
        var papers = ImmutableArray.CreateBuilder<EnteredPaper>();
        foreach (var id in s.Stage == SurveyStage.Counting ? s.Unchecked.Take(MostPapers) : [])
        {
            if (await answers.FindAsync(new StreamId($"answer.{s.Number}.{id}"), ct) is { Home.State: var home })
                papers.Add(new EnteredPaper(id, home.Room.Value, home.Answer!.Replies));
        }

        return new SurveySight(sight, papers.ToImmutable());
    }

    protected override async Task<(string Name, object? Value)[]> MoreAsync(
        HttpContext http, Sight<Survey> sight, CancellationToken ct) =>
        [("Progress", sight.State.SentAt is null ? null : await counting.ProgressAsync(sight.State.Number, ct))];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>What was entered from a form on paper, to be compared with it.</summary>
    private static string Entered(Sight<Survey> sight, EnteredPaper paper)
    {
        var words = sight.Words;
        string Option(Question q, string id) => q.Type == QuestionType.YesNo
            ? words[id] : q.Options.FirstOrDefault(o => o.Id == id)?.Text.In(words.Language) ?? id;
        string Shown(Question q, string value) => q.IsText ? value : string.Join('、', AnswerRules.Parts(q, value)
            .Select(p => p.Split('=') is [var row, var rating] ? $"{Option(q, row)} {rating}" : Option(q, p)));
        var said = sight.State.Questionnaire.Questions
            .Select(q => (Question: q, Value: AnswerRules.ValueOf(paper.Replies, q.Id))).Where(x => x.Value.Length > 0)
            .Select(x => $"{x.Question.Text.In(words.Language)} {Shown(x.Question, x.Value)}");
        return words.Format("Hint.CheckPaper", ("entered", string.Join("；", said)));
    }

    private async Task<IResult> ListAsync(AreaPage page, CancellationToken ct)
    {
        var words = page.Words;
        var lines = ImmutableArray.CreateBuilder<SurveyLine>();
        foreach (var c in page.Communities)
        {
            var zone = Parts.Book.Current(c.Id).Calendar.Zone;
            foreach (var row in await reports.ListAsync(c.Id, ct))
            {
                lines.Add(new SurveyLine(
                    row.Number, words.Community(c), words.Name(Enum.Parse<SurveyStage>(row.Stage)),
                    App.Messages.Texts.Time(row.Until ?? row.SendDue, zone, words.Language),
                    row.ResponseRate is { } rate ? SurveyFormat.Percent(rate, words.Language) : "–"));
            }
        }

        return DeskPages.Page<SurveyListPage>(
            StatusCodes.Status200OK, ("Frame", page.Frame()), ("Lines", lines.ToImmutable()),
            ("MayBegin", MayBegin(page.Member, page.Community.Id, new SurveyCommand.Begin(
                page.Community.Id, Year(page), StandardQuestionnaire.Form, null))));
    }

    private int Year(AreaPage page) =>
        Parts.Book.Current(page.Community.Id).Calendar.LocalDate(Parts.Time.Now()).Year;

    private IEnumerable<DeskField> Blank(AreaPage page, FormFields f) =>
    [
        f.Select("community", page.CommunityChoices, page.Community.Id.Value),
        f.Number("year", present: Number(Year(page))),
    ];

    private static SurveyCommand.Begin Read(AreaPage page, Answers a, SeenMessage seen)
    {
        var community = new CommunityId(a.Text("community"));
        if (page.Directory.Find(community) is null)
            a.Wrong("community", community);
        var year = a.Number("year");
        if (Check.Range(year, 2000, 2099, "year", QuestionnaireRules.Clause) is not null)
            a.Wrong("year", year);
        return new SurveyCommand.Begin(community, year, StandardQuestionnaire.Form, null);
    }

    private async Task<Begun> BeginAsync(AreaPage page, SurveyCommand.Begin begin, CancellationToken ct) => Begun.Of(
        await surveys.BeginAsync(begin.Community, begin.Year, new Actor.Staff(page.Member), ct),
        m => $"{First}/{m.State.Number}");
}

/// <summary>A form on paper that waits for its check: the home and what was entered.</summary>
public sealed record EnteredPaper(string Id, string Room, ImmutableArray<Reply> Replies);

/// <summary>A survey with the forms on paper that are to be checked now.</summary>
public sealed record SurveySight(Sight<Survey> Of, ImmutableArray<EnteredPaper> Papers) : Sight<Survey>(Of);
