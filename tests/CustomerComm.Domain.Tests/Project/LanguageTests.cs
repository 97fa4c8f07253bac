using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CustomerComm.Domain.Tests.Project;

/// <summary>A language is one line and its resources: nothing else names one, and no word is missing in any.</summary>
public sealed partial class LanguageTests
{
    private const string OnlyPlace = "CustomerComm.Domain/Languages.cs";

    /// <summary>Words that are rightly nothing: a complaint that has no outcome yet.</summary>
    private const string Nothing = "Outcome.None";

    public static TheoryData<string> Resources =>
        [.. Repository.Files("src", "*.resx").Where(f => !Path.GetFileNameWithoutExtension(f).Contains('.'))
            .Select(f => Path.GetRelativePath(Path.Combine(Repository.Root, "src"), f))];

    [Theory, MemberData(nameof(Resources))]
    public void Given_words_Then_every_language_has_the_same_ones_with_the_same_places_and_none_is_empty(string file)
    {
        var path = Path.Combine(Repository.Root, "src", file);
        var words = Read(path);
        Assert.NotEmpty(words);
        Assert.All(words, w => Assert.True(w.Key == Nothing || !string.IsNullOrWhiteSpace(w.Value), w.Key));
        foreach (var language in Languages.All.Where(l => l != Languages.Default))
        {
            var others = Read(Path.ChangeExtension(path, Languages.Culture(language).Name + ".resx"));
            Assert.Equal(words.Keys.Order(StringComparer.Ordinal), others.Keys.Order(StringComparer.Ordinal));
            Assert.All(others, w => Assert.Equal((w.Key, Places(words[w.Key])), (w.Key, Places(w.Value))));
            Assert.All(others, w => Assert.True(w.Key == Nothing || !string.IsNullOrWhiteSpace(w.Value), w.Key));
        }
    }

    [Fact]
    public void Given_the_source_Then_languages_are_named_in_one_place_only()
    {
        var naming = Repository.Files("src", "*.cs").Concat(Repository.Files("src", "*.razor"))
            .Where(f => Naming().IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetRelativePath(Path.Combine(Repository.Root, "src"), f))
            .Where(f => !f.StartsWith("CustomerComm.Local/Demo", StringComparison.Ordinal));
        Assert.Equal([OnlyPlace], naming);
    }

    [Fact]
    public void Given_the_scripts_of_the_pages_Then_their_words_come_from_the_page()
    {
        var scripts = System.IO.Directory.GetFiles(Path.Combine(Repository.Root, "src", "web", "src"), "*.ts");
        Assert.NotEmpty(scripts);
        Assert.All(scripts, f => Assert.DoesNotContain(
            File.ReadAllText(f), c => c is >= '\u4E00' and <= '\u9FFF'));
    }

    [Theory]
    [InlineData("zh", Language.Chinese)]
    [InlineData("zh-TW", Language.Chinese)]
    [InlineData("EN", Language.English)]
    [InlineData("en-GB", Language.English)]
    [InlineData("English", Language.English)]
    [InlineData("enx", null)]
    [InlineData("fr", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("0", null)]
    public void Given_a_code_Then_the_language_is_found(string? code, Language? language) =>
        Assert.Equal(language, Languages.Find(code));

    [Theory]
    [InlineData("电梯坏了", Language.Chinese)]
    [InlineData("B2 电梯 broken", Language.Chinese)]
    [InlineData("The lift is broken", Language.English)]
    [InlineData("123 [_]", Language.Chinese)]
    [InlineData("", Language.Chinese)]
    public void Given_a_text_Then_its_letters_tell_the_language(string text, Language language) =>
        Assert.Equal(language, Languages.Of(text));

    [Fact]
    public void Given_all_languages_Then_each_has_a_culture_a_code_and_a_name_of_its_own()
    {
        Assert.Equal(Languages.Default, Languages.All[0]);
        Assert.Equal(Enum.GetValues<Language>().Order(), Languages.All.Order());
        Assert.Distinct(Languages.All.Select(Languages.Code));
        Assert.Distinct(Languages.All.Select(Languages.NameOf));
    }

    private static string Places(string text) =>
        string.Join(' ', Place().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal));

    private static Dictionary<string, string> Read(string path) => XDocument.Load(path).Root!.Elements("data")
        .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);

    [GeneratedRegex(@"\bLanguage\.(?:Chinese|English)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Naming();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Place();
}
