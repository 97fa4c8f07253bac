using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Surveys;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>A page of what people wrote, in one category.</summary>
public sealed record SaidView(
    Survey Survey, string Category, ImmutableArray<DeskChoice> Categories, ImmutableArray<string> Texts, string? Next);

/// <summary>The results of a survey with charts, and what people wrote, clustered by category (3.2, 4.5.6).</summary>
internal sealed class SurveyResultsPages(
    SurveyReportReader reports, SurveyCounting counting, HomeAnswerKind answers)
{
    private const int SaidOnPage = 50;

    // The default encoder escapes what could end the script element that holds the data.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public async Task<IResult> ShowAsync(HttpContext http, Sight<Survey> sight, CancellationToken ct)
    {
        var (s, words) = (sight.State, sight.Words);
        if (await reports.ReadAsync(s.Community, s.Year, ct) is not { } report)
            return DeskPages.NotFound(http, sight.Member);
        return DeskPages.Page<ResultsPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, sight.Member)), ("Report", report),
            ("Title", SurveyFormat.Title(sight)), ("Problems", Problems(s, words)),
            ("Data", Data(report, words.Language)),
            ("Names", words.Directory.Communities
                .ToDictionary(c => c.Id.Value, words.Community, StringComparer.Ordinal)));
    }

    public async Task<IResult> SaidAsync(HttpContext http, Sight<Survey> sight, CancellationToken ct)
    {
        var (s, words) = (sight.State, sight.Words);
        if (!s.MayReadTexts(sight.Member))
            return DeskPages.NotFound(http, sight.Member);
        var smallest = sight.Rules.Policy.Surveys.SmallestGroup;
        var whole = SurveyResults.Whole(s.Questionnaire, s.Counts, smallest);
        ImmutableArray<DeskChoice> categories =
        [
            .. (whole?.Items.FirstOrDefault(i => i.Question == SurveyCell.Texts)?.Options ?? [])
                .Where(o => o.Count >= smallest).OrderByDescending(o => o.Count)
                .Select(o => new DeskChoice(o.Option, $"{words.Name(Enum.Parse<Category>(o.Option))} ({o.Count})")),
        ];
        var asked = http.Request.Query["category"].ToString();
        var category = categories.FirstOrDefault(c => c.Value == asked)?.Value
            ?? (categories.IsEmpty ? null : categories[0].Value);
        var (texts, next) = category is null
            ? ([], null)
            : await TextsAsync(s, Enum.Parse<Category>(category), http.Request.Query["after"].ToString(), ct);
        return DeskPages.Page<SaidPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, sight.Member)),
            ("View", new SaidView(s, category ?? "", categories, texts, next)));
    }

    /// <summary>A page of texts in the order of the homes' pseudonyms, which tells nothing of who wrote them.</summary>
    private async Task<(ImmutableArray<string> Texts, string? Next)> TextsAsync(
        Survey s, Category category, string after, CancellationToken ct)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        var rejected = s.Rejected.ToHashSet(StringComparer.Ordinal);
        await foreach (var row in counting.RowsAsync(s.Number, ct))
        {
            if (string.CompareOrdinal(row.RowKey, after) <= 0 || rejected.Contains(row.RowKey)
                || row.Status != nameof(InvitationStatus.Answered)
                || await answers.LoadAsync(answers.StreamOf($"{s.Number}.{row.RowKey}"), ct) is not { } home)
            {
                continue;
            }

            foreach (var q in s.Questionnaire.Questions.Where(q => q.IsText && q.Raises))
            {
                var text = AnswerRules.ValueOf(home.State.Answer!.Replies, q.Id);
                if (text.Length > 0 && text != Personal.Erased && counting.CategoriesOf(text).Contains(category))
                    texts.Add(text);
            }

            if (texts.Count >= SaidOnPage)
                return (texts.ToImmutable(), row.RowKey);
        }

        return (texts.ToImmutable(), null);
    }

    private static ImmutableArray<DeskFact> Problems(Survey s, DeskWords words) =>
    [
        .. (s.Analysis?.Problems ?? []).Select(p => new DeskFact(
            SurveyFormat.Problem(p, words.Language),
            string.Create(CultureInfo.InvariantCulture, $"{p.Homes}/{p.Of} · ")
            + words[s.Answers.Any(a => a.Problem == p.Key) ? "Result.AnsweredYes" : "Result.AnsweredNo"])),
    ];

    /// <summary>
    /// What the charts are drawn from: by question the options chosen, for a matrix the means of its rows.
    /// </summary>
    private static string Data(SurveyReport report, Language language)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["words"] = new { Count = new SurveyTexts(language)["Result.Value"] },
        };
        var whole = report.Results.Where(r => r.Building.Length == 0);
        foreach (var q in whole.GroupBy(r => r.Question, StringComparer.Ordinal))
        {
            var matrix = q.First().Row.Length > 0;
            data[$"q-{q.Key}"] = q.Where(r => matrix ? r.Option.Length == 0 : r.Option.Length > 0)
                .Where(r => q.Key != SurveyCell.Texts || r.Count > 0)
                .Select(r => new
                {
                    Label = Languages.Pick(language, r.Text, r.TextEn),
                    Count = matrix ? Math.Round(r.Mean ?? 0, 2) : r.Count,
                }).ToArray();
        }

        return JsonSerializer.Serialize(data, s_json);
    }
}
