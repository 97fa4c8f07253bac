using System.Collections.Immutable;
using System.Globalization;

namespace CustomerComm.Domain.Surveys;

/// <summary>How often an option was chosen, and by what share of those who answered the question.</summary>
public sealed record OptionResult(string Option, int Count, Estimate Share);

/// <summary>
/// The result of a question, or of a row of a matrix. <paramref name="Mean"/> and <paramref name="TopTwo"/> of ratings,
/// <paramref name="NetPromoter"/> of 0 to 10.
/// </summary>
public sealed record ItemResult(
    string Question, string Row, QuestionType? Type, int Answers, Estimate? Mean, Estimate? TopTwo,
    Estimate? NetPromoter, ImmutableArray<OptionResult> Options);

/// <summary>Homes asked and answered, with the share that answered; its interval is none: all were asked.</summary>
public sealed record GroupResult(string Building, int Invited, int Answered, ImmutableArray<ItemResult> Items)
{
    /// <summary>Share of the homes asked that answered, 0 to 1.</summary>
    public double ResponseRate => Invited == 0 ? 0 : (double)Answered / Invited;
}

/// <summary>Results from counts; groups and questions with too few homes are left out.</summary>
public static class SurveyResults
{
    /// <summary>Name of the buildings too small to be shown alone, taken together.</summary>
    public const string Others = "+";

    /// <summary>The whole community; null with fewer than <paramref name="smallest"/> answers.</summary>
    public static GroupResult? Whole(Questionnaire form, ImmutableArray<BuildingCount> counts, int smallest) =>
        Group(form, "", counts, smallest);

    /// <summary>
    /// By building. Those with fewer than <paramref name="smallest"/> answers are taken together, with the next
    /// smallest
    /// one as long as needed, so that nobody can be found by subtraction. Empty where that leaves one group alone.
    /// </summary>
    public static ImmutableArray<GroupResult> ByBuilding(
        Questionnaire form, ImmutableArray<BuildingCount> counts, int smallest)
    {
        var left = counts.OrderBy(c => c.Answered).ThenBy(c => c.Building, StringComparer.Ordinal).ToList();
        var pooled = new List<BuildingCount>();
        while (left.Count > 0
            && (left[0].Answered < smallest || (pooled.Count > 0 && pooled.Sum(p => p.Answered) < smallest)))
        {
            pooled.Add(left[0]);
            left.RemoveAt(0);
        }

        var groups = left.OrderBy(c => c.Building, StringComparer.Ordinal)
            .Select(c => Group(form, c.Building, [c], smallest)).ToList();
        if (pooled.Count > 0)
            groups.Add(Group(form, Others, [.. pooled], smallest));
        return groups.Count < 2
            ? [] : Unfindable([.. groups.OfType<GroupResult>()], Group(form, "", counts, smallest)!, smallest);
    }

    /// <summary>
    /// Without the questions that too few answered in the buildings that do not show them: the whole less the others
    /// would tell what those few said.
    /// </summary>
    private static ImmutableArray<GroupResult> Unfindable(
        ImmutableArray<GroupResult> groups, GroupResult whole, int smallest)
    {
        var open = whole.Items.Where(w =>
        {
            var hidden = w.Answers - groups.Sum(g => g.Items.Where(i => IsOf(i, w)).Sum(i => i.Answers));
            return hidden > 0 && hidden < smallest;
        }).ToList();
        return [.. groups.Select(g => g with { Items = g.Items.RemoveAll(i => open.Exists(w => IsOf(i, w))) })];
    }

    private static bool IsOf(ItemResult a, ItemResult b) => a.Question == b.Question && a.Row == b.Row;

    private static GroupResult? Group(
        Questionnaire form, string name, ImmutableArray<BuildingCount> counts, int smallest)
    {
        var invited = counts.Sum(c => c.Invited);
        var answered = counts.Sum(c => c.Answered);
        if (answered < smallest)
            return null;
        var cells = SurveyCells.Of(form);
        var sums = cells.Select((cell, i) => (cell, Count: counts.Sum(c => c.Counts[i]))).ToList();
        var items = ImmutableArray.CreateBuilder<ItemResult>();
        foreach (var group in sums.GroupBy(s => (s.cell.Question, s.cell.Row)))
        {
            var values = group.Select(g => (g.cell.Option, g.Count)).ToList();
            if (Item(form.Find(group.Key.Question), group.Key.Row, values, invited) is { } item
                && item.Answers >= smallest)
            {
                items.Add(item);
            }
        }

        return new GroupResult(name, invited, answered, items.ToImmutable());
    }

    private static ItemResult? Item(
        Question? question, string row, List<(string Option, int Count)> values, int population)
    {
        var all = values.FindIndex(v => v.Option == SurveyCell.All);
        var answers = all < 0 ? values.Sum(v => v.Count) : values[all].Count;
        if (answers == 0)
            return null;
        if (all >= 0)
            values.RemoveAt(all);
        ImmutableArray<int> counts = [.. values.Select(v => v.Count)];
        var rated = question?.Type is QuestionType.Rating or QuestionType.Matrix;
        var asked = question?.Type == QuestionType.Recommend;
        return new ItemResult(
            question?.Id ?? SurveyCell.Texts, row, question?.Type, answers,
            rated || asked ? SurveyStatistics.Mean([.. values.Select(Number)], population) : null,
            rated ? SurveyStatistics.TopTwo(counts, population) : null,
            asked ? SurveyStatistics.NetPromoter(counts, population) : null,
            [.. values.Select(v => new OptionResult(
                v.Option, v.Count, SurveyStatistics.Share(v.Count, answers, population)!.Value))]);
    }

    private static (double Value, int Count) Number((string Option, int Count) value) =>
        (int.Parse(value.Option, CultureInfo.InvariantCulture), value.Count);
}

/// <summary>Which problems many homes raised (4.5.6).</summary>
public static class SurveyProblems
{
    /// <summary>
    /// Those raised by more than <paramref name="percent"/> of the homes that answered, and by at least
    /// <paramref name="least"/> homes: options marked as problems, ratings of 1 and 2, a no, and categories of what
    /// people wrote; the most raised first.
    /// </summary>
    public static ImmutableArray<RaisedProblem> Of(
        Questionnaire form, ImmutableArray<BuildingCount> counts, int percent, int least)
    {
        var answered = counts.Sum(c => c.Answered);
        var sums = SurveyCells.Of(form).Select((cell, i) => (Cell: cell, Homes: counts.Sum(c => c.Counts[i])))
            .Select(s => (s.Homes, Raised: Problem(form, s.Cell)))
            .Where(s => s.Raised is not null)
            .GroupBy(s => s.Raised!.Value.Key, StringComparer.Ordinal)
            .Select(g => new RaisedProblem(g.Key, g.First().Raised!.Value.Text, g.Sum(x => x.Homes), answered));
        return
        [
            .. sums.Where(p => p.Homes >= least && (long)p.Homes * 100 > (long)answered * percent)
                .OrderByDescending(p => p.Homes).ThenBy(p => p.Key, StringComparer.Ordinal),
        ];
    }

    private static (string Key, Bilingual Text)? Problem(Questionnaire form, SurveyCell cell)
    {
        if (form.Find(cell.Question) is not { } q)
        {
            // What falls under no category, or nobody is to be told of, is no problem that could be answered.
            return cell.Option is SurveyCell.All or nameof(Category.Other)
                ? null : (cell.Key, new Bilingual(cell.Option, cell.Option));
        }

        if (!q.Raises)
            return null;
        switch (q.Type)
        {
            case QuestionType.Single or QuestionType.Multiple:
                var option = q.Options.FirstOrDefault(o => o.Id == cell.Option);
                return option is { Problem: true } ? (cell.Key, Joined(q.Text, option.Text)) : null;
            case QuestionType.Rating:
                return cell.Option is "1" or "2" ? (cell.Question, q.Text) : null;
            case QuestionType.Matrix:
                return cell.Option is "1" or "2"
                    ? ($"{cell.Question}.{cell.Row}", q.Options.First(o => o.Id == cell.Row).Text) : null;
            case QuestionType.YesNo:
                return cell.Option == "no" ? (cell.Key, Joined(q.Text, Bilingual.Of(l => DomainWords.Of("Survey.No", l)))) : null;
            default:
                return null;
        }
    }

    private static Bilingual Joined(Bilingual question, Bilingual option) =>
        Bilingual.Of(l => DomainWords.Of("Of", l)
            .Replace("{what}", question.In(l), StringComparison.Ordinal)
            .Replace("{detail}", option.In(l), StringComparison.Ordinal));
}
