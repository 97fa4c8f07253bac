using System.Collections.Immutable;
using CustomerComm.App.Matters;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Surveys;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>
/// The form to look at, to print, and to enter from paper, under the name of whoever enters it (4.5.6).
/// </summary>
internal sealed class SurveyPaper(
    SurveyAnswers answers, SurveyCounting counting, SurveyDesk desk, StaffSessions sessions, CompanyDirectory directory)
{
    private const int MostRooms = 300;

    public async Task<IResult> PreviewAsync(string id, HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        return await desk.FindAsync(id, member, ct) is { } found
            ? DeskPages.Page<PreviewPage>(
                StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, member)), ("Survey", found.State))
            : DeskPages.NotFound(http, member);
    }

    /// <summary>The form on paper, with the homes that no message reaches.</summary>
    public async Task<IResult> PrintAsync(string id, HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await desk.FindAsync(id, member, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var s = found.State;
        return DeskPages.Page<PaperPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, member)), ("Survey", s),
            ("Community", desk.WordsOf(http, s.Community).Community(directory.Find(s.Community)!)),
            ("Until", s.SentAt is null ? "" : desk.WordsOf(http, s.Community).Time(s.Until)),
            ("Rooms", await RoomsAsync(s, ct)));
    }

    public async Task<IResult> AskAsync(string id, HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await desk.FindAsync(id, member, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var done = http.Request.Query["done"].ToString() == "1"
            ? new DeskBanner(Error: false, desk.WordsOf(http, found.State.Community)["Enter.Done"], null) : null;
        return Page(http, member, found.State, "", [], [], done, StatusCodes.Status200OK);
    }

    public async Task<IResult> EnterAsync(string id, HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await desk.FindAsync(id, member, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var s = found.State;
        var words = desk.WordsOf(http, s.Community);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return Page(http, member, s, "", [], [], words.Error(reason!), status);
        var replies = SheetInput.Read(s.Questionnaire, name => form[name]);
        var wrong = AnswerRules.Check(s.Questionnaire, replies);
        var room = form["room"].Trim();
        if (!wrong.IsEmpty)
            return Page(http, member, s, room, replies, wrong, words.Error("Answer.Wrong"), 400);
        var result = await answers.EnterPaperAsync(s, room, replies, member, form.Seen(member.Id), ct);
        return result switch
        {
            MatterResult<HomeAnswer>.Done => TypedResults.LocalRedirect($"~/desk/surveys/{s.Number}/enter?done=1"),
            MatterResult<HomeAnswer>.Refused no => Page(
                http, member, s, room, replies, [], words.Refused(no.Refusal, "Enter"),
                DeskPages.StatusOf(no.Refusal.Code)),
            _ => Page(http, member, s, room, replies, [], words.Error("Banner.Reused"), 409),
        };
    }

    private async Task<ImmutableArray<string>> RoomsAsync(Survey s, CancellationToken ct)
    {
        var rooms = new List<string>();
        if (s.Stage != SurveyStage.Collecting)
            return [];
        await foreach (var row in counting.RowsAsync(s.Number, ct))
        {
            if (row.Status == nameof(InvitationStatus.Unreachable) && rooms.Count < MostRooms
                && await answers.FindAsync(new StreamId($"answer.{s.Number}.{row.RowKey}"), ct) is { } found)
            {
                rooms.Add(found.Home.State.Room.Value);
            }
        }

        return [.. rooms.Order(StringComparer.Ordinal)];
    }

    private static IResult Page(
        HttpContext http, StaffMember member, Survey s, string room, ImmutableArray<Reply> replies,
        ImmutableArray<WrongReply> wrong, DeskBanner? banner, int status) =>
        DeskPages.Page<EnterPage>(
            status, ("Frame", DeskPages.Frame(http, member, banner)), ("Survey", s), ("Room", room),
            ("Replies", replies), ("Wrong", wrong));
}
