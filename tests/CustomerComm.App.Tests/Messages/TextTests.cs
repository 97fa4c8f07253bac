using System.Collections;
using System.Globalization;
using System.Resources;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Tests.Messages;

/// <summary>Every text is there and fits what carries it.</summary>
public sealed class TextTests
{
    [Fact]
    public void Given_all_files_When_compared_Then_no_key_is_in_two_of_them() =>
        Assert.Distinct(Texts.Files.SelectMany(f => Read(f, "").Keys));

    [Fact]
    public void Given_any_name_a_page_may_show_When_looked_up_Then_there_is_a_text()
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            Assert.All(Enum.GetValues<Category>(), v => Texts.Name(v, language));
            Assert.All(Enum.GetValues<Nature>(), v => Texts.Name(v, language));
            Assert.All(Enum.GetValues<Severity>(), v => Texts.Name(v, language));
            Assert.All(Enum.GetValues<Unit>(), v => Texts.Name(v, language));
            Assert.All(Enum.GetValues<Stage>(), v => Texts.Name(v, language));
            Assert.All(Enum.GetValues<Outcome>(), v => Texts.Name(v, language));
            Assert.All(Enum.GetValues<Channel>(), v => Texts.Name(v, language));
            Assert.All(Enum.GetValues<ObligationKind>(), v => Texts.Name(v, language));
            Assert.All(Enum.GetValues<AnswerKind>(), v => Texts.Name(v, language));
            Assert.All(Enum.GetValues<RefusalCode>(), v => Texts.Get($"Refusal.{v}", language));
            Assert.All(Enum.GetValues<Category>(), v => Texts.Why(Routing.For(v, []), language));
        }
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("plain", 1)]
    [InlineData("{}{}{}", 1)]
    [InlineData("投诉", 1)]
    public void Given_a_short_text_When_measured_Then_it_is_one_segment(string text, int segments) =>
        Assert.Equal(segments, SmsText.Segments(text));

    [Theory]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('投', 70, 1)]
    [InlineData('投', 71, 2)]
    [InlineData('投', 134, 2)]
    [InlineData('投', 135, 3)]
    [InlineData('[', 80, 1)]
    [InlineData('[', 81, 2)]
    public void Given_a_length_When_measured_Then_the_segments_follow_the_alphabet(char c, int length, int segments) =>
        Assert.Equal(segments, SmsText.Segments(new string(c, length)));

    [Fact]
    public void Given_a_text_ends_in_a_pair_of_surrogates_When_shortened_Then_the_pair_is_not_cut()
    {
        var text = SmsText.Shorten("abc😀😀😀", 5);
        Assert.Equal("abc…", text);
    }

    private static Dictionary<string, string> Read(string file, string culture)
    {
        var resources = new ResourceManager($"CustomerComm.App.Resources.{file}", typeof(Texts).Assembly);
        var set = resources.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false);
        return set!.Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);
    }

    private static string Placeholders(string text) => string.Join(
        ' ', System.Text.RegularExpressions.Regex.Matches(
            text, "{[a-z]+}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Value).Distinct()
            .Order(StringComparer.Ordinal));
}
