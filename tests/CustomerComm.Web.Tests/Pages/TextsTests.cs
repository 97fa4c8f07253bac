using System.Collections;
using System.Globalization;
using System.Resources;
using CustomerComm.Web.Pages;

namespace CustomerComm.Web.Tests.Pages;

public sealed class TextsTests
{
    [Theory]
    [InlineData("Pages")]
    [InlineData("Shared")]
    [InlineData("Surveys")]
    [InlineData("Registers")]
    [InlineData("Calls")]
    [InlineData("Roster")]
    [InlineData("Notices")]
    [InlineData("Meetings")]
    public void Given_the_words_of_pages_Then_both_languages_have_the_same_ones_and_none_is_empty(string name)
    {
        var texts = new ResourceManager($"CustomerComm.Web.Resources.{name}", typeof(PageContext).Assembly);
        var chinese = Read(texts, CultureInfo.InvariantCulture);
        var english = Read(texts, CultureInfo.GetCultureInfo("en"));

        Assert.NotEmpty(chinese);
        Assert.Equal(chinese.Keys.Order(), english.Keys.Order());
        Assert.All(chinese, t => Assert.False(string.IsNullOrWhiteSpace(t.Value), t.Key));
        Assert.All(english, t => Assert.False(string.IsNullOrWhiteSpace(t.Value), t.Key));
        Assert.All(english, t => Assert.Equal(Places(chinese[t.Key]), Places(t.Value)));
    }

    private static Dictionary<string, string> Read(ResourceManager texts, CultureInfo culture) =>
        texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!);

    /// <summary>The <c>{names}</c> a text fills in.</summary>
    private static IEnumerable<string> Places(string text) =>
        text.Split('{').Skip(1).Select(t => t.Split('}')[0]).Order();
}
