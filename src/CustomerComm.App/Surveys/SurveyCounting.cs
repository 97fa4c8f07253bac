using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CustomerComm.App.Classification;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.App.Surveys;

/// <summary>Counts the answers of a survey, one home after the other (3.2, 4.5.6).</summary>
public sealed class SurveyCounting(
    HomeAnswerKind answers, SurveyHomes homes, Classifier classifier, ITables tables)
{
    /// <summary>What ends the collection: the forms on paper and who entered them.</summary>
    public async Task<SurveyCommand> EndAsync(Survey survey, CancellationToken ct)
    {
        var papers = ImmutableArray.CreateBuilder<string>();
        var by = new HashSet<StaffId>();
        await foreach (var (id, home) in AnswersAsync(survey, ct))
        {
            if (home.Answer is not { Way: AnswerWay.Paper } paper)
                continue;
            papers.Add(id);
            if (paper.EnteredBy is { } who)
                by.Add(who);
        }

        return new SurveyCommand.EndCollection(papers.ToImmutable(), [.. by]);
    }

    /// <summary>Counts by building; forms that quality found wrongly entered are not counted.</summary>
    public async Task<ImmutableArray<BuildingCount>> CountAsync(Survey survey, CancellationToken ct)
    {
        var counter = new SurveyCounter(survey.Questionnaire);
        var rejected = survey.Rejected.ToHashSet(StringComparer.Ordinal);
        await foreach (var (id, home) in AnswersAsync(survey, ct))
        {
            counter.Invited(home.Building);
            if (home.Answer is { } answer && !rejected.Contains(id))
                counter.Answered(home.Building, answer.Replies, RaisedBy(survey.Questionnaire, answer.Replies));
        }

        return counter.Result;
    }

    /// <summary>
    /// Every home that was invited, from its stream: rows may lag behind after an outage, and no answer may be lost by
    /// that. Rows are asked only for homes that have left the company file since.
    /// </summary>
    private async IAsyncEnumerable<(string Id, HomeAnswer Home)> AnswersAsync(
        Survey survey, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var home in homes.Of(survey.Community))
        {
            if (await LoadAsync(survey, home.Id, ct) is { } found)
                yield return (home.Id, found);
        }

        await foreach (var row in RowsAsync(survey.Number, ct))
        {
            if (!homes.Knows(survey.Community, row.RowKey) && await LoadAsync(survey, row.RowKey, ct) is { } found)
                yield return (row.RowKey, found);
        }
    }

    private async Task<HomeAnswer?> LoadAsync(Survey survey, string id, CancellationToken ct) =>
        (await answers.LoadAsync(answers.StreamOf($"{survey.Number}.{id}"), ct))?.State;

    /// <summary>How the invitations stand now.</summary>
    public async Task<SurveyProgress> ProgressAsync(string survey, CancellationToken ct)
    {
        var p = new SurveyProgress(0, 0, 0, 0, 0, 0, 0);
        await foreach (var row in RowsAsync(survey, ct))
        {
            p = new SurveyProgress(
                p.Invited + 1, p.Delivered + (row.Delivered ? 1 : 0),
                p.Answered + (row.Status == nameof(InvitationStatus.Answered) ? 1 : 0),
                p.Papers + (row.Way == nameof(AnswerWay.Paper) ? 1 : 0),
                p.Declined + (row.Status == nameof(InvitationStatus.Declined) ? 1 : 0),
                p.Unreachable + (row.Status == nameof(InvitationStatus.Unreachable) ? 1 : 0),
                p.Reminders + row.Reminders);
        }

        return p;
    }

    /// <summary>Rows of a survey's homes, page by page.</summary>
    public IAsyncEnumerable<SurveyAnswerRow> RowsAsync(string survey, CancellationToken ct) =>
        tables.RowsAsync<SurveyAnswerRow>(survey, ct);

    /// <summary>
    /// What a home's own words complain about; null where it wrote nothing. Praise and greetings raise no problem.
    /// </summary>
    public IReadOnlySet<Category>? RaisedBy(Questionnaire form, ImmutableArray<Reply> replies)
    {
        HashSet<Category>? raised = null;
        foreach (var q in form.Questions.Where(q => q.IsText))
        {
            var text = AnswerRules.ValueOf(replies, q.Id);
            if (text.Length == 0 || text == Personal.Erased)
                continue;
            raised ??= [];
            if (q.Raises)
                raised.UnionWith(CategoriesOf(text));
        }

        return raised;
    }

    /// <summary>Categories of a text that raises something; none of praise, greetings and spam.</summary>
    public IEnumerable<Category> CategoriesOf(string text)
    {
        var suggestion = classifier.Classify(text);
        return suggestion.Kind is Nature.Praise or Nature.Greeting or Nature.Spam
            ? [] : suggestion.Also.Prepend(suggestion.Category);
    }
}

/// <summary>How the invitations of a survey stand, in homes; <paramref name="Reminders"/> are messages.</summary>
public sealed record SurveyProgress(
    int Invited, int Delivered, int Answered, int Papers, int Declined, int Unreachable, int Reminders);
