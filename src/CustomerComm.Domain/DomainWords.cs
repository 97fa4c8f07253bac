using System.Resources;

namespace CustomerComm.Domain;

/// <summary>
/// The few words decided here, from <c>Resources/Words.resx</c>: of what people sign, for they go into the hash, and of
/// what is published.
/// </summary>
internal static class DomainWords
{
    private static readonly ResourceManager s_words =
        new("CustomerComm.Domain.Resources.Words", typeof(DomainWords).Assembly);

    /// <summary>Words people may write, of all languages; in the resources they stand side by side, <c>栋|幢</c>.</summary>
    public static IEnumerable<string> Said(string key) =>
        Languages.All.SelectMany(l => Of(key, l).Split('|')).Distinct(StringComparer.OrdinalIgnoreCase);

    public static string Of(string key, Language language) =>
        s_words.GetString(key, Languages.Culture(language))
            ?? throw new MissingManifestResourceException($"No text '{key}'.");
}
