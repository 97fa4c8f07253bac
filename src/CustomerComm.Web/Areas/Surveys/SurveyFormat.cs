using System.Globalization;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Surveys;
using CustomerComm.Web.Matters;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>How figures and problems of a survey are written.</summary>
internal static class SurveyFormat
{
    /// <summary>Whose survey it is.</summary>
    public static string Title(Sight<Survey> sight) =>
        $"{sight.Words.Community(sight.Words.Directory.Known(sight.State.Community))} · {sight.State.Year}";

    /// <summary>A share of 0 to 1 in percent with one decimal.</summary>
    public static string Percent(double share, Language language) =>
        share.ToString("P1", Languages.Culture(language)).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>A mean with two decimals.</summary>
    public static string Mean(double mean) => mean.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A score of −1 to 1 in points.</summary>
    public static string Points(double score) =>
        (score * 100).ToString("+0;-0;0", CultureInfo.InvariantCulture);

    /// <summary>A value with its interval; a dash where there is none.</summary>
    public static string Interval(double? value, double? low, double? high, Func<double, string> write) =>
        value is { } v && low is { } l && high is { } h ? $"{write(v)} ({write(l)} – {write(h)})" : "–";

    /// <summary>What was raised, in words: a category by its name.</summary>
    public static string Problem(RaisedProblem problem, Language language) =>
        problem.Key.StartsWith(SurveyCell.Texts + "|", StringComparison.Ordinal)
            && Enum.TryParse<Category>(problem.Text.Zh, out var category)
            ? Texts.Name(category, language)
            : problem.Text.In(language);
}
