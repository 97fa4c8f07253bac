using System.Globalization;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.App.Surveys;

/// <summary>The report rows of a survey; a pure function of its state.</summary>
internal static class SurveyProjection
{
    /// <summary>The row of the survey and, once it is counted, those of its results.</summary>
    public static IEnumerable<ITableRow> RowsOf(LoadedMatter<Survey> matter, int smallest)
    {
        var s = matter.State;
        var whole = s.Counts.IsEmpty ? null : SurveyResults.Whole(s.Questionnaire, s.Counts, smallest);
        var row = RowOf(s, whole, matter.Version);
        return whole is null
            ? [row]
            : SurveyResults.ByBuilding(s.Questionnaire, s.Counts, smallest).Prepend(whole)
                .SelectMany((g, i) => RowsOf(s, g, i, matter.Version)).Prepend<ITableRow>(row);
    }

    private static SurveyRow RowOf(Survey s, GroupResult? whole, long version)
    {
        var counted = s.CountedAt is not null;
        var invited = s.Counts.Sum(c => c.Invited);
        var answered = s.Counts.Sum(c => c.Answered);
        return new SurveyRow
        {
            PartitionKey = s.Community.Value,
            RowKey = s.Year.ToString("D4", CultureInfo.InvariantCulture),
            Version = version,
            Number = s.Number,
            Stage = s.Stage.ToString(),
            SendDue = s.SendDue,
            SentAt = s.SentAt,
            Until = s.SentAt is null ? null : s.Until,
            EndedAt = s.EndedAt,
            AnalysedAt = s.AnalysedAt,
            FinishedAt = s.FinishedAt,
            Homes = counted ? invited : s.Invitations?.Homes,
            Unreachable = s.Invitations?.Unreachable,
            StaffHomes = s.Invitations?.StaffHomes,
            Answered = counted ? answered : null,
            Papers = s.EndedAt is null ? null : s.Papers,
            ResponseRate = counted && invited > 0 ? Math.Round((double)answered / invited, 4) : null,
            Satisfaction = Rounded(
                whole?.Items.FirstOrDefault(i => i.Type == QuestionType.Rating)?.Mean?.Value),
            NetPromoter = Rounded(whole?.Items.FirstOrDefault(i => i.NetPromoter is not null)?.NetPromoter?.Value),
            NeededAnswers = counted ? SurveyStatistics.NeededAnswers(invited) : null,
            Problems = s.Analysis?.Problems.Length,
            PublicAnswers = s.Analysis is null ? null : s.Answers.Length,
        };
    }

    private static IEnumerable<SurveyResultRow> RowsOf(Survey s, GroupResult group, int nth, long version)
    {
        var line = 0;
        foreach (var item in group.Items)
        {
            yield return Line(s, group, item, null, $"{nth:D4}-{line++:D4}", version);
            foreach (var option in item.Options)
                yield return Line(s, group, item, option, $"{nth:D4}-{line++:D4}", version);
        }
    }

    private static SurveyResultRow Line(
        Survey s, GroupResult group, ItemResult item, OptionResult? option, string key, long version)
    {
        var text = TextOf(s.Questionnaire, item, option?.Option);
        return new SurveyResultRow
        {
            PartitionKey = s.Number,
            RowKey = key,
            Version = version,
            Building = group.Building,
            Question = item.Question,
            Row = item.Row,
            Option = option?.Option ?? "",
            Type = item.Type?.ToString() ?? "",
            Text = text.Zh,
            TextEn = text.En,
            Homes = group.Invited,
            Answers = item.Answers,
            Count = option?.Count ?? item.Answers,
            Share = Rounded(option?.Share.Value),
            ShareLow = Rounded(option?.Share.Low),
            ShareHigh = Rounded(option?.Share.High),
            Mean = option is null ? Rounded(item.Mean?.Value) : null,
            MeanLow = option is null ? Rounded(item.Mean?.Low) : null,
            MeanHigh = option is null ? Rounded(item.Mean?.High) : null,
            TopTwo = option is null ? Rounded(item.TopTwo?.Value) : null,
            TopTwoLow = option is null ? Rounded(item.TopTwo?.Low) : null,
            TopTwoHigh = option is null ? Rounded(item.TopTwo?.High) : null,
            NetPromoter = option is null ? Rounded(item.NetPromoter?.Value) : null,
            NetPromoterLow = option is null ? Rounded(item.NetPromoter?.Low) : null,
            NetPromoterHigh = option is null ? Rounded(item.NetPromoter?.High) : null,
        };
    }

    private static Bilingual TextOf(Questionnaire form, ItemResult item, string? option)
    {
        if (form.Find(item.Question) is not { } q)
        {
            return option is null
                ? Bilingual.Of(l => Texts.Get("Survey.OpenAnswers", l))
                : Bilingual.Of(l => Enum.TryParse<Category>(option, out var c) ? Texts.Name(c, l) : option);
        }

        if (option is not null)
        {
            return q.Type switch
            {
                QuestionType.Single or QuestionType.Multiple => q.Options.First(o => o.Id == option).Text,
                QuestionType.YesNo => Bilingual.Of(l => Texts.Get($"Survey.{option}", l)),
                _ => Bilingual.Same(option),
            };
        }

        return item.Row.Length == 0
            ? q.Text
            : q.Options.FirstOrDefault(o => o.Id == item.Row) is { } row
                ? row.Text : Bilingual.Same(item.Row);
    }

    private static double? Rounded(double? value) => value is { } v ? Math.Round(v, 4) : null;
}
