using System.Collections.Immutable;
using CustomerComm.App.Classification;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.App.Surveys;

/// <summary>Counts the answers of a survey, one home after the other (3.2, 4.5.6).</summary>
public sealed class SurveyCounting(HomeAnswerService answers, Classifier classifier, ITables tables)
{
    private const int PageSize = 500;

    /// <summary>What ends the collection: the forms on paper and who entered them.</summary>
    public async Task<SurveyCommand> EndAsync(Survey survey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var papers = ImmutableArray.CreateBuilder<string>();
        var by = new HashSet<StaffId>();
        await foreach (var row in RowsAsync(survey.Number, ct))
        {
            if (row.Way != nameof(AnswerWay.Paper))
                continue;
            papers.Add(row.RowKey);
            by.Add(new StaffId(row.EnteredBy));
        }

        return new SurveyCommand.EndCollection(papers.ToImmutable(), [.. by]);
    }

    /// <summary>Counts by building; forms that quality found wrongly entered are not counted.</summary>
    public async Task<ImmutableArray<BuildingCount>> CountAsync(Survey survey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var counter = new SurveyCounter(survey.Questionnaire);
        var rejected = survey.Rejected.ToHashSet(StringComparer.Ordinal);
        await foreach (var row in RowsAsync(survey.Number, ct))
        {
            counter.Invited(row.Building);
            if (row.Status != nameof(InvitationStatus.Answered) || rejected.Contains(row.RowKey))
                continue;
            var home = await answers.LoadAsync(answers.StreamOf($"{survey.Number}.{row.RowKey}"), ct);
            if (home?.State.Answer is { } answer)
                counter.Answered(row.Building, answer.Replies, RaisedBy(survey.Questionnaire, answer.Replies));
        }

        return counter.Result;
    }

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
    public async IAsyncEnumerable<SurveyAnswerRow> RowsAsync(
        string survey, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        string? next = null;
        do
        {
            var page = await tables.Of<SurveyAnswerRow>().QueryAsync(survey, null, null, PageSize, next, ct);
            foreach (var row in page.Rows)
                yield return row;
            next = page.Next;
        }
        while (next is not null);
    }

    /// <summary>
    /// What a home's own words complain about; null where it wrote nothing. Praise and greetings raise no problem.
    /// </summary>
    public IReadOnlySet<Category>? RaisedBy(Questionnaire form, ImmutableArray<Reply> replies)
    {
        ArgumentNullException.ThrowIfNull(form);
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
        return suggestion.Kind is CaseKind.Praise or CaseKind.Greeting or CaseKind.Spam
            ? [] : suggestion.Also.Prepend(suggestion.Category);
    }
}

/// <summary>How the invitations of a survey stand, in homes; <paramref name="Reminders"/> are messages.</summary>
public sealed record SurveyProgress(
    int Invited, int Delivered, int Answered, int Papers, int Declined, int Unreachable, int Reminders);
