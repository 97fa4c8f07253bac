using System.Collections.Immutable;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.Local.Demo;

/// <summary>The annual survey from the draft to the public answers (4.5.6).</summary>
internal sealed class DemoSurveys(
    SurveyKind surveys, SurveyAnswers answers, SurveyHomes homes, DemoWork work) : IDemoPlay
{
    private static readonly string[] s_said =
    [
        "演示：停车位太少，晚上没地方停车。", "演示：停车管理混乱，外来车随便停。", "演示：保洁很认真，谢谢。",
        "演示：电梯等太久。", "演示：希望多办社区活动。",
    ];

    private readonly DemoTally _tally = new();
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);

    public string Told => $"surveys: {_answered.Count} homes answered, {_tally}";

    public async Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct)
    {
        foreach (var owed in await work.OfAsync(moment, "survey", ct))
        {
            if (await surveys.LoadAsync(owed.Stream, ct) is not { } loaded)
                continue;
            if (loaded.State.Stage == SurveyStage.Collecting)
                await CollectAsync(moment, loaded.State, directory, ct);
            else if (moment.Acts(owed.Due) && CommandFor(owed, loaded.State) is { } command)
                await DoAsync(owed, command, loaded.State, directory, ct);
        }
    }

    private static SurveyCommand? CommandFor(DemoObligation owed, Survey s) => (owed.Kind, s.Stage) switch
    {
        (ObligationKind.SendSurvey, SurveyStage.Drafting) => new SurveyCommand.Approve(),
        (ObligationKind.SendSurvey, SurveyStage.Approved) => new SurveyCommand.Send(),
        (ObligationKind.Verify, SurveyStage.Counting) when s.Unchecked.FirstOrDefault() is { } paper =>
            new SurveyCommand.CheckPaper(paper, Matches: true, "演示：与原件一致。"),
        (ObligationKind.AnalyseSurvey, SurveyStage.Analysing) =>
            new SurveyCommand.Analyse("演示：总体满意，停车问题反映最多，将增设车位并加强夜间管理。"),
        (ObligationKind.PublishAnswer, SurveyStage.Answering) => new SurveyCommand.Publish(
            owed.Subject, new Bilingual("演示：已制定措施，下季度完成并公示进展。", "Demo: measures are planned for next quarter.")),
        _ => null,
    };

    private async Task DoAsync(
        DemoObligation owed, SurveyCommand command, Survey s, CompanyDirectory directory, CancellationToken ct)
    {
        var by = command switch
        {
            SurveyCommand.Approve => directory.Head(Unit.Quality, s.Community) ?? owed.By,
            SurveyCommand.Analyse or SurveyCommand.Publish => directory.Head(Unit.Office, s.Community) ?? owed.By,
            _ => owed.By,
        };
        _tally.Take(await surveys.HandleAsync(owed.Stream, command, new Actor.Staff(by), null, ct));
    }

    private async Task CollectAsync(DemoMoment moment, Survey s, CompanyDirectory directory, CancellationToken ct)
    {
        if (s.Invitations is null || moment.Now >= s.Until)
            return;
        foreach (var home in homes.Of(s.Community))
        {
            var id = $"{s.Number}.{home.Id}";
            if (_answered.Contains(id) || !moment.Chance(2))
                continue;
            var replies = Replies(moment, s.Questionnaire);
            if (moment.Chance(15))
            {
                var by = directory.Members(Unit.Office, s.Community).First();
                _tally.Take(await answers.EnterPaperAsync(s, home.Home.Room.Value, replies, by, null, ct));
            }
            else if (await answers.FindAsync(new StreamId($"answer.{id}"), ct) is { } found)
            {
                _tally.Take(await answers.AnswerAsync(found, replies, new Actor.Resident(), null, ct));
            }

            _answered.Add(id);
        }
    }

    private static ImmutableArray<Reply> Replies(DemoMoment moment, Questionnaire form) =>
    [
        .. form.Questions.Select(q => new Reply(q.Id, new Personal(Value(moment, q)))).Where(r => r.Value.Value != ""),
    ];

    private static string Value(DemoMoment moment, Question q) => q.Type switch
    {
        QuestionType.Rating => Mark(moment),
        QuestionType.Recommend => $"{moment.Dice.Next(5, 11)}",
        QuestionType.YesNo => moment.Chance(80) ? "yes" : "no",
        QuestionType.Single => moment.Any(q.Options).Id,
        QuestionType.Multiple => moment.Chance(40) ? q.Options[0].Id : moment.Any(q.Options).Id,
        QuestionType.Matrix => string.Join(',', q.Options.Select(o => $"{o.Id}={Mark(moment)}")),
        QuestionType.ShortText => moment.Chance(30) ? "演示：保安很热情。" : "",
        QuestionType.LongText => moment.Chance(60) ? moment.Any(s_said) : "",
        _ => "",
    };

    private static string Mark(DemoMoment moment) => $"{moment.Any([5, 5, 4, 4, 4, 3, 3, 2])}";
}
