using CustomerComm.Domain;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>The words of the survey's pages in one language.</summary>
internal sealed class SurveyTexts(Language language)
{
    private static readonly UiTexts s_texts = new("Surveys");

    public string this[string key] => s_texts[key, language];

    public string Format(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = this[key];
        foreach (var (name, value) in values)
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        return text;
    }
}
