using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Surveys;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>A survey's public answers.</summary>
public sealed record PublishedAnswers(
    int Year, string Rate, string Answered, ImmutableArray<PublishedAnswer> Answers);

/// <summary>A problem many homes raised, with the office's answer.</summary>
public sealed record PublishedAnswer(string Problem, string Raised, string Text, string At);

/// <summary>
/// The residents' pages: the form behind their link, and the public answers of a community (4.5.6). The token in the
/// link is the only key; staff at the desk are turned away.
/// </summary>
internal sealed class HomePages(
    SurveyAnswers answers, SurveyKind surveys, SurveyReportReader reports, RulesBook book,
    CompanyDirectory directory, StaffSessions sessions, TimeProvider time)
{
    private const int MostYears = 10;

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/surveys/{community}", PublishedAsync);
        var home = pages.MapGroup("/q/{id}/{token}");
        home.MapGet("", ShowAsync);
        home.MapPost("", AnswerAsync);
        home.MapPost("/decline", DeclineAsync);
    }

    private async Task<IResult> ShowAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not null)
            return StatusPages.StaffMayNot(http, General(http));
        if (await answers.FindAsync(id, token, ct) is not { } found)
            return Gone(http);
        return http.Request.Query["done"].ToString() switch
        {
            "answered" => Message(http, found, id, token, "Answer.Done"),
            "declined" => Message(http, found, id, token, "Answer.Declined"),
            _ => Show(http, found, id, token, found.Home.State.Answer?.Replies ?? [], [], null, 200),
        };
    }

    private async Task<IResult> AnswerAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (await answers.FindAsync(id, token, ct) is not { } found)
            return Gone(http);
        if (await PageForm.ReadAsync(http.Request, ct) is not { } form)
            return Show(http, found, id, token, [], [], "Answer.Unreadable", 400);
        var questionnaire = found.Survey.State.Questionnaire;
        var replies = SheetInput.Read(questionnaire, name => form[name]);
        var wrong = AnswerRules.Check(questionnaire, replies);
        if (!wrong.IsEmpty)
            return Show(http, found, id, token, replies, wrong, "Answer.Wrong", 400);
        var once = form.Once([.. replies.Select(r => $"{r.Question}={r.Value.Value}")]);
        return await answers.AnswerAsync(found, replies, ActorOf(http), once, ct) switch
        {
            MatterResult<HomeAnswer>.Done => PageResults.SeeOther(http, Address(id, token) + "?done=answered"),
            MatterResult<HomeAnswer>.Refused { Refusal.Code: RefusalCode.ResidentOnly } =>
                StatusPages.StaffMayNot(http, General(http)),
            MatterResult<HomeAnswer>.Refused no => Show(
                http, found, id, token, replies, [],
                no.Refusal.Code == RefusalCode.TooLate ? "Answer.Late" : "Answer.Wrong",
                Api.Problems.StatusOf(no.Refusal.Code)),
            _ => Show(http, found, id, token, replies, [], "Answer.Unreadable", 409),
        };
    }

    private async Task<IResult> DeclineAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (await answers.FindAsync(id, token, ct) is not { } found)
            return Gone(http);
        if (await PageForm.ReadAsync(http.Request, ct) is not { } form)
            return Show(http, found, id, token, [], [], "Answer.Unreadable", 400);
        return await answers.DeclineAsync(found, ActorOf(http), form.Once("decline"), ct) switch
        {
            MatterResult<HomeAnswer>.Done => PageResults.SeeOther(http, Address(id, token) + "?done=declined"),
            MatterResult<HomeAnswer>.Refused { Refusal.Code: RefusalCode.ResidentOnly } =>
                StatusPages.StaffMayNot(http, General(http)),
            _ => Show(http, found, id, token, [], [], "Answer.Late", 409),
        };
    }

    /// <summary>The public answers of a community, the latest year first; for everybody.</summary>
    private async Task<IResult> PublishedAsync(string community, HttpContext http, CancellationToken ct)
    {
        if (directory.Find(new CommunityId(community.ToUpperInvariant())) is not { } found)
            return PageResults.Message(http, General(http), StatusCodes.Status404NotFound, "Error.404");
        var context = new PageContext(UiLanguage.Of(http), directory, $"/surveys/{found.Id}");
        var zone = book.Current(found.Id).Calendar.Zone;
        var list = ImmutableArray.CreateBuilder<PublishedAnswers>();
        foreach (var row in (await reports.ListAsync(found.Id, ct)).Where(r => r.Problems is not null).Take(MostYears))
        {
            if (await surveys.LoadAsync(surveys.StreamOf(row.Number), ct) is { State: var s })
                list.Add(Of(s, row, context.Language, zone));
        }

        return PageResults.Page<PublishedPage>(
            http, 200, ("Context", context), ("Name", context.NameOf(found)), ("Surveys", list.ToImmutable()));
    }

    private static PublishedAnswers Of(Survey s, SurveyRow row, Language language, TimeZoneInfo zone) => new(
        s.Year, SurveyFormat.Percent(row.ResponseRate ?? 0, language), $"{row.Answered} / {row.Homes}",
        [
            .. s.Analysis!.Problems.Select(p => (p, Answer: s.Answers.FirstOrDefault(a => a.Problem == p.Key)))
                .Where(x => x.Answer is not null)
                .Select(x => new PublishedAnswer(
                    SurveyFormat.Problem(x.p, language),
                    SurveyFormat.Percent((double)x.p.Homes / Math.Max(1, x.p.Of), language),
                    x.Answer!.Text.In(language), Texts.Time(x.Answer.At, zone, language))),
        ]);

    private IResult Show(
        HttpContext http, Invitation found, string id, string token, ImmutableArray<Reply> replies,
        ImmutableArray<WrongReply> wrong, string? error, int status)
    {
        var s = found.Survey.State;
        if (!found.IsOpen(time.Now()))
            return Message(http, found, id, token, s.Answers.IsEmpty ? "Answer.Over" : "Answer.Published", status);
        var context = ContextOf(http, found, id, token);
        var zone = surveys.RulesOf(s).Calendar.Zone;
        var home = found.Home.State;
        var note = home switch
        {
            { Answer.Way: AnswerWay.Paper } => "Answer.WasPaper",
            { Answer: not null } => "Answer.Correct",
            { Declined: true } => "Answer.WasDeclined",
            _ => null,
        };
        return PageResults.Page<AnswerPage>(
            http, status, ("Context", context), ("Form", s.Questionnaire), ("Action", Address(id, token)),
            ("FormKey", PageForm.NewKey()), ("Community", context.NameOf(directory.Known(s.Community))),
            ("Until", Texts.Time(s.Until, zone, context.Language)), ("Note", note), ("Replies", replies),
            ("Wrong", wrong), ("Error", error), ("MayDecline", home.Answer is null && !home.Declined));
    }

    private IResult Message(
        HttpContext http, Invitation found, string id, string token, string key, int status = 200)
    {
        var context = ContextOf(http, found, id, token);
        var s = found.Survey.State;
        var until = Texts.Time(s.Until, surveys.RulesOf(s).Calendar.Zone, context.Language);
        var open = found.IsOpen(time.Now());
        return PageResults.Page<SurveyMessagePage>(
            http, status, ("Context", context), ("Key", key), ("Until", until), ("Community", s.Community),
            ("Again", open ? Address(id, token) : null), ("Published", !s.Answers.IsEmpty));
    }

    private Actor ActorOf(HttpContext http) =>
        sessions.Current(http) is { } member ? new Actor.Staff(member) : new Actor.Resident();

    private PageContext General(HttpContext http) => new(UiLanguage.Of(http), directory, "/");

    private PageContext ContextOf(HttpContext http, Invitation found, string id, string token) =>
        new(UiLanguage.Of(http, found.Home.State.Language), directory, Address(id, token));

    private IResult Gone(HttpContext http) =>
        PageResults.Message(http, General(http), StatusCodes.Status410Gone, "Error.410");

    private static string Address(string id, string token) =>
        $"/q/{Uri.EscapeDataString(id)}/{Uri.EscapeDataString(token)}";
}
