using System.Collections.Immutable;
using CustomerComm.App.Matters;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Surveys;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>
/// The form to look at, to print, and to enter from paper, under the name of whoever enters it (4.5.6).
/// </summary>
internal sealed class SurveyPaper(SurveyAnswers answers, SurveyCounting counting)
{
    private const int MostRooms = 300;

    public static Task<IResult> PreviewAsync(HttpContext http, Sight<Survey> sight, CancellationToken ct) =>
        Task.FromResult<IResult>(DeskPages.Page<PreviewPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, sight.Member)), ("Survey", sight.State)));

    /// <summary>The form on paper, with the homes that no message reaches.</summary>
    public async Task<IResult> PrintAsync(HttpContext http, Sight<Survey> sight, CancellationToken ct)
    {
        var (s, words) = (sight.State, sight.Words);
        return DeskPages.Page<PaperPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, sight.Member)), ("Survey", s),
            ("Community", words.Community(words.Directory.Known(s.Community))),
            ("Until", s.SentAt is null ? "" : words.Time(s.Until)), ("Rooms", await RoomsAsync(s, ct)));
    }

    public static Task<IResult> AskAsync(HttpContext http, Sight<Survey> sight, CancellationToken ct)
    {
        var done = http.Request.Query["done"].ToString() == "1"
            ? new DeskBanner(Error: false, sight.Words["Enter.Done"], null) : null;
        return Task.FromResult(Page(http, sight, "", [], [], done, StatusCodes.Status200OK));
    }

    public async Task<IResult> EnterAsync(HttpContext http, Sight<Survey> sight, CancellationToken ct)
    {
        var (s, words) = (sight.State, sight.Words);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return Page(http, sight, "", [], [], words.Error(reason!), status);
        var replies = SheetInput.Read(s.Questionnaire, name => form[name]);
        var wrong = AnswerRules.Check(s.Questionnaire, replies);
        var room = form["room"].Trim();
        if (!wrong.IsEmpty)
            return Page(http, sight, room, replies, wrong, words.Error("Answer.Wrong"), 400);
        return await answers.EnterPaperAsync(s, room, replies, sight.Member, form.Seen(sight.Member.Id), ct) switch
        {
            MatterResult<HomeAnswer>.Done =>
                TypedResults.LocalRedirect($"~{SurveyArea.First}/{s.Number}/enter?done=1"),
            MatterResult<HomeAnswer>.Refused no => Page(
                http, sight, room, replies, [], words.Refused(no.Refusal, "Enter"),
                DeskPages.StatusOf(no.Refusal.Code)),
            _ => Page(http, sight, room, replies, [], words.Error("Banner.Reused"), 409),
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
        HttpContext http, Sight<Survey> sight, string room, ImmutableArray<Reply> replies,
        ImmutableArray<WrongReply> wrong, DeskBanner? banner, int status) =>
        DeskPages.Page<EnterPage>(
            status, ("Frame", DeskPages.Frame(http, sight.Member, banner)), ("Survey", sight.State), ("Room", room),
            ("Replies", replies), ("Wrong", wrong));
}
