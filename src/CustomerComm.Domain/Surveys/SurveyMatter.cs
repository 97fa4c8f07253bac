using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Surveys;

/// <summary>
/// The annual survey as a matter: quality arranges it, the office counts, analyses and answers (4.5.6).
/// </summary>
public sealed partial class SurveyMatter : IMatter<Survey, SurveyCommand, SurveyEvent>
{
    private const string Clause = QuestionnaireRules.Clause;

    private SurveyMatter()
    {
    }

    /// <inheritdoc/>
    public static Decision<SurveyEvent> Decide(
        Survey? state, SurveyCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (command is SurveyCommand.Begin begin)
            return state is null ? Begin(begin, actor, now, rules) : Check.Yes<SurveyEvent>();
        if (state is not { } s)
            return No(Wrong("There is no such survey."));
        return command switch
        {
            SurveyCommand.Change c => Change(s, c, actor),
            SurveyCommand.Approve => Approve(s, actor),
            SurveyCommand.Send => Send(s, actor, now, rules),
            SurveyCommand.FinishInviting c => FinishInviting(s, c, actor),
            SurveyCommand.FinishReminding c => c.Nth <= s.Reminded
                ? Check.Yes<SurveyEvent>()
                : Check.Unless<SurveyEvent>(
                    System(actor) ?? Stage(s, SurveyStage.Collecting), new SurveyEvent.RemindersOut(c.Nth, c.Homes)),
            SurveyCommand.Extend c => Extend(s, c, actor, now, rules),
            SurveyCommand.EndCollection c => End(s, c, actor, now, rules),
            SurveyCommand.CheckPaper c => CheckPaper(s, c, actor),
            SurveyCommand.Count c => Count(s, c, actor),
            SurveyCommand.Analyse c => Analyse(s, c, actor, now, rules),
            SurveyCommand.Publish c => Publish(s, c, actor),
            SurveyCommand.Finish c => Finish(s, c, actor),
            _ => throw new InvalidOperationException($"Unknown command {command?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static Survey Evolve(Survey? state, SurveyEvent e, DateTimeOffset at)
    {
        if (e is SurveyEvent.SurveyBegun b)
        {
            return new Survey
            {
                Community = b.Community,
                PolicyVersion = b.PolicyVersion,
                Year = b.Year,
                Questionnaire = b.Questionnaire,
                CopiedFrom = b.CopiedFrom,
                SendDue = b.Due,
            };
        }

        var s = state ?? throw new InvalidOperationException("A survey begins with SurveyBegun.");
        return e switch
        {
            SurveyEvent.QuestionnaireChanged c => s with
            {
                Questionnaire = c.Questionnaire,
                Stage = SurveyStage.Drafting,
            },
            SurveyEvent.QuestionnaireApproved => s with { Stage = SurveyStage.Approved },
            SurveyEvent.SurveySent sent => s with
            {
                Stage = SurveyStage.Collecting,
                SentAt = at,
                Until = sent.Until,
                AnalyseDue = sent.AnalyseDue,
                Reminders = sent.Reminders,
            },
            SurveyEvent.InvitationsOut i => s with { Invitations = i },
            SurveyEvent.RemindersOut r => s with { Reminded = r.Nth },
            SurveyEvent.CollectionExtended x => s with { Until = x.Until, AnalyseDue = x.AnalyseDue },
            SurveyEvent.CollectionEnded x => s with
            {
                Stage = SurveyStage.Counting,
                EndedAt = at,
                Papers = x.Papers,
                PaperSample = x.PaperSample,
                EnteredBy = [.. x.EnteredBy],
                CheckDue = x.CheckDue,
            },
            SurveyEvent.PaperChecked c => s with
            {
                PaperChecks = s.PaperChecks.Add(new PaperCheck(c.Answer, c.By, c.Matches, c.Comment)),
            },
            SurveyEvent.SurveyCounted c => s with
            {
                Stage = SurveyStage.Analysing,
                Counts = c.Buildings,
                CountedAt = at,
            },
            SurveyEvent.SurveyAnalysed a => s with { Stage = SurveyStage.Answering, Analysis = a, AnalysedAt = at },
            SurveyEvent.AnswerPublished p => s with
            {
                Answers = s.Answers.Add(new PublicAnswer(p.Problem, p.Text, p.By, at)),
            },
            SurveyEvent.SurveyFinished => s with { Stage = SurveyStage.Finished, FinishedAt = at },
            _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(Survey state)
    {
        switch (state.Stage)
        {
            case SurveyStage.Drafting or SurveyStage.Approved:
                yield return Of(ObligationKind.SendSurvey, "", Unit.Quality, state.SendDue);
                break;
            case SurveyStage.Collecting or SurveyStage.Counting or SurveyStage.Analysing:
                if (state.Stage == SurveyStage.Counting && state.Unchecked.Any())
                    yield return Of(ObligationKind.Verify, "paper", Unit.Quality, state.CheckDue);
                yield return Of(ObligationKind.AnalyseSurvey, "", Unit.Office, state.AnalyseDue);
                break;
            case SurveyStage.Answering:
                foreach (var problem in state.Unanswered)
                    yield return Of(ObligationKind.PublishAnswer, problem.Key, Unit.Office, state.Analysis!.AnswerDue);
                break;
            case SurveyStage.Finished:
                break;
            default:
                throw new InvalidOperationException($"Unknown stage {state.Stage}.");
        }
    }

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(SurveyEvent e, Survey state, Rules rules)
    {
        switch (e)
        {
            case SurveyEvent.SurveyBegun b:
                yield return ToUnit("SurveyOwed", Unit.Quality, ("due", new Word.At(b.Due)));
                break;
            case SurveyEvent.QuestionnaireApproved:
                yield return ToUnit("SurveyApproved", Unit.Quality, ("due", new Word.At(state.SendDue)));
                break;
            case SurveyEvent.SurveySent s:
                yield return ToUnit("SurveyRuns", Unit.Office, ("until", new Word.At(s.Until)));
                break;
            case SurveyEvent.CollectionEnded { PaperSample.Length: > 0 } c:
                yield return ToUnit("PaperFormsToCheck", Unit.Quality, ("due", new Word.At(c.CheckDue)));
                break;
            case SurveyEvent.SurveyCounted:
                yield return ToUnit("SurveyToAnalyse", Unit.Office, ("due", new Word.At(state.AnalyseDue)));
                break;
            case SurveyEvent.SurveyAnalysed { Problems.Length: > 0 } a:
                yield return ToUnit(
                    "PublicAnswersOwed", Unit.Office, ("due", new Word.At(a.AnswerDue)),
                    ("text", new Word.Said(string.Join('、', a.Problems.Select(p => p.Text.Zh)))));
                break;
            default:
                break;
        }
    }

    private static Obligation Of(ObligationKind kind, string subject, Unit unit, DateTimeOffset due) =>
        new(kind, subject, Party.Of(unit), due, Clause, null);

    private static MatterMessage ToUnit(
        string template, Unit unit, params ReadOnlySpan<(string Name, Word Word)> words) =>
        MatterMessage.ToStaff(template, Party.Of(unit), words);
}
