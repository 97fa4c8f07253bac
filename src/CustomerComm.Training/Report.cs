using System.Globalization;
using System.Text;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using Answer = (
    CustomerComm.Training.LabelledText Text, CustomerComm.App.Classification.Suggestion Suggestion);

namespace CustomerComm.Training;

/// <summary>How often suggestions agree with what people said, as Markdown.</summary>
internal static class Report
{
    private static readonly (string Name, int Least, int Most)[] s_lengths =
        [("up to 40", 0, 40), ("41–150", 41, 150), ("over 150", 151, int.MaxValue)];

    /// <summary>
    /// Rows by batch and by length in characters; the confusion of categories and of kinds; danger and how sure it was.
    /// </summary>
    public static string Of(IReadOnlyList<Answer> answers)
    {
        var text = new StringBuilder();
        text.AppendLine("| texts | number | category | with equally right | lead department | kind | none-complaints told | "
            + "severity | danger heard | false alarms |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var batch in answers.GroupBy(a => a.Text.Batch, StringComparer.Ordinal))
            Row(text, batch.Key, [.. batch]);
        foreach (var (name, least, most) in s_lengths)
            Row(text, $"{name} characters", [.. answers.Where(a => a.Text.Text.Length >= least && a.Text.Text.Length <= most)]);
        Row(text, "all", answers);
        Sure(text, answers);
        text.AppendLine().AppendLine("Category, said (rows) and suggested (columns):").AppendLine();
        Confusion(text, answers, a => a.Text.Category, a => a.Suggestion.Category);
        text.AppendLine().AppendLine("Kind, said (rows) and suggested (columns):").AppendLine();
        Confusion(text, answers, a => a.Text.Kind, a => a.Suggestion.Kind);
        text.AppendLine().AppendLine("Severity, said (rows) and suggested (columns):").AppendLine();
        Confusion(text, answers, a => a.Text.Severity, a => a.Suggestion.Severity);
        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, IReadOnlyList<Answer> answers)
    {
        if (answers.Count == 0)
            return;
        string[] cells =
        [
            name, answers.Count.ToString(CultureInfo.InvariantCulture),
            Share(answers, _ => true, a => a.Suggestion.Category == a.Text.Category),
            Share(answers, _ => true, Right),
            Share(answers, _ => true, a => Lead(a.Suggestion.Category, a.Suggestion.Also) == Lead(a.Text.Category, a.Text.Also)),
            Share(answers, _ => true, a => a.Suggestion.Kind == a.Text.Kind),
            Share(answers, a => !Natures.HandledAsComplaint(a.Text.Kind), a => a.Suggestion.Kind == a.Text.Kind),
            Share(answers, _ => true, a => a.Suggestion.Severity == a.Text.Severity),
            Share(answers, a => a.Text.Severity == Severity.Urgent, a => a.Suggestion.Danger),
            Share(answers, a => a.Text.Severity != Severity.Urgent, a => a.Suggestion.Danger),
        ];
        text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |");
    }

    private static void Sure(StringBuilder text, IReadOnlyList<Answer> answers)
    {
        var unsure = Share(answers, _ => true, a => a.Suggestion.Unsure);
        var sureRight = Share(answers, a => !a.Suggestion.Unsure, Right);
        var unsureRight = Share(answers, a => a.Suggestion.Unsure, Right);
        text.AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Unsure: {unsure}. The category, equally right ones counted, is")
            .AppendLine(CultureInfo.InvariantCulture, $"right in {sureRight} where sure, in {unsureRight} where unsure.");
    }

    private static bool Right(Answer a) =>
        a.Suggestion.Category == a.Text.Category || a.Text.Equal.Contains(a.Suggestion.Category);

    private static Unit Lead(Category category, IEnumerable<Category> also) => Routing.For(category, also).Lead;

    private static string Share(IReadOnlyList<Answer> answers, Func<Answer, bool> among, Func<Answer, bool> which)
    {
        var all = answers.Where(among).ToList();
        return all.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * all.Count(which) / all.Count:F1} %");
    }

    private static void Confusion<T>(
        StringBuilder text, IReadOnlyList<Answer> answers, Func<Answer, T> said, Func<Answer, T> suggested)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        text.AppendLine(CultureInfo.InvariantCulture, $"| | {string.Join(" | ", values)} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|{string.Concat(values.Select(_ => "---|"))}");
        foreach (var row in values)
        {
            var of = answers.Where(a => EqualityComparer<T>.Default.Equals(said(a), row)).ToList();
            var cells = values.Select(v => of.Count(a => EqualityComparer<T>.Default.Equals(suggested(a), v)));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row} | {string.Join(" | ", cells)} |");
        }
    }
}
