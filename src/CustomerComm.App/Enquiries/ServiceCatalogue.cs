using CustomerComm.App.Classification;
using CustomerComm.App.Messages;
using CustomerComm.Domain;

namespace CustomerComm.App.Enquiries;

/// <summary>An entry of the catalogue that answers a question.</summary>
public sealed record CatalogueAnswer(CatalogueFile.ServiceEntry? Service, CatalogueFile.OutOfScopeEntry? OutOfScope)
{
    /// <summary>Its name in a language.</summary>
    public string Name(Language language) => Languages.Pick(
        language, (Service?.Name ?? OutOfScope!.Name)!, Service is null ? OutOfScope!.NameEn : Service.NameEn);

    /// <summary>
    /// The concrete answer: what, at which price, when, by whom; or that it is outside the scope and what to do
    /// instead.
    /// </summary>
    public string Text(Language language) => Service is { } s
        ? Texts.Format(
            "Catalogue.Service", language, ("name", Name(language)), ("offer", Languages.Pick(language, s.Offer!, s.OfferEn)),
            ("price", Languages.Pick(language, s.Price!, s.PriceEn)), ("hours", Languages.Pick(language, s.Hours!, s.HoursEn)),
            ("provider", Texts.Name(s.Provider!.Value, language)))
        : Texts.Format(
            "Catalogue.OutOfScope", language, ("name", Name(language)),
            ("instead", Languages.Pick(language, OutOfScope!.Instead!, OutOfScope.InsteadEn)));
}

/// <summary>
/// Answers questions from the catalogue, for chatbot, SMS and desk alike (4.2.3). The entry whose words a question
/// holds most of answers it.
/// </summary>
public sealed class ServiceCatalogue
{
    private readonly List<(CatalogueAnswer Answer, IReadOnlyList<string>? Communities, string[] Words)> _entries;

    /// <summary>Takes the file.</summary>
    public ServiceCatalogue(CatalogueFile file)
    {
        file.Check("Service catalogue");
        File = file;
        _entries =
        [
            .. file.Services.Select(s => (new CatalogueAnswer(s, null), s.Communities, Fold(s.Keywords!))),
            .. file.OutOfScope.Select(s =>
                (new CatalogueAnswer(null, s), (IReadOnlyList<string>?)null, Fold(s.Keywords!))),
        ];
    }

    /// <summary>A catalogue with nothing in it.</summary>
    public static ServiceCatalogue Empty { get; } = new(CatalogueFile.Empty);

    /// <summary>What it was made of.</summary>
    public CatalogueFile File { get; }

    /// <summary>
    /// The entry that answers a question best, or null. Where the community is known, only what it offers.
    /// </summary>
    public CatalogueAnswer? Match(string question, CommunityId? community) =>
        Suggest(question, community, 1) is [var best, ..] ? best : null;

    /// <summary>The entries that may answer a question, the best first.</summary>
    public IReadOnlyList<CatalogueAnswer> Suggest(string question, CommunityId? community, int take)
    {
        if (_entries.Count == 0)
            return [];
        var text = TextFold.OfTerm(question);
        return
        [
            .. _entries
                .Where(e => e.Communities is null || community is null
                    || e.Communities.Contains(community.Value.Value, StringComparer.OrdinalIgnoreCase))
                .Select(e => (e.Answer, Weight: e.Words.Where(w => Contains(text, w)).Sum(Weight)))
                .Where(x => x.Weight > 0).OrderByDescending(x => x.Weight).Take(take).Select(x => x.Answer),
        ];
    }

    private static string[] Fold(IReadOnlyList<string> words) =>
        [.. words.Select(TextFold.OfTerm).Where(w => w.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>A Chinese character says about as much as two letters.</summary>
    private static int Weight(string word) => word.Sum(c => TextFold.IsChinese(c) ? 2 : 1);

    /// <summary>English words count where they stand alone: "fee" is not in "coffee".</summary>
    private static bool Contains(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            var begins = at == 0 || !TextFold.IsWordLetter(text[at - 1]) || !TextFold.IsWordLetter(word[0]);
            var ends = end == text.Length || !TextFold.IsWordLetter(text[end]) || !TextFold.IsWordLetter(word[^1])
                || (text[end] == 's' && (end + 1 == text.Length || !TextFold.IsWordLetter(text[end + 1])));
            if (begins && ends)
                return true;
        }

        return false;
    }
}
