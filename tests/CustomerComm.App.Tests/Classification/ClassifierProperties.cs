using CsCheck;
using CustomerComm.App.Classification;

namespace CustomerComm.App.Tests.Classification;

/// <summary>Laws of the classifier over any text whatever.</summary>
public sealed class ClassifierProperties
{
    private static readonly Classifier Classifier = new();

    private static readonly Gen<string> Anything = Gen.Char.Array[0, 400].Select(c => new string(c));

    private static readonly Gen<string> Wordy = Gen.OneOf(
        "电梯", "電梯", "坏了", "漏水", "没有", "不是", "投诉", "物业经理", "骂人", "赔偿", "谢谢", "你好", "着火", "万一", "多次",
        "leak", "lift", "not ", "Praise", "，", "。", "\n", " ", "　", "😀", "\ud83d", "\ude00", "ＡＢ", "A", "1", "系统：")
        .Array[0, 80].Select(string.Concat);

    private static readonly Gen<string> Long =
        Gen.Select(Wordy, Anything).Select((a, b) => string.Concat(Enumerable.Repeat(a + b + "电", 10_000)))
            .Select(s => s[..10_000]);

    [Fact]
    public void Given_any_text_When_classified_Then_it_is_sound_and_always_the_same() =>
        Gen.OneOf(Anything, Wordy).Sample(Holds, iter: 3_000);

    [Fact]
    public void Given_a_very_long_text_When_classified_Then_it_is_sound_and_always_the_same() =>
        Long.Sample(Holds, iter: 40);

    [Fact]
    public void Given_traditional_characters_When_folded_Then_each_stays_one_character() =>
        Gen.Char['一', '鿿'].Sample(c => TextFold.OfTerm(c.ToString()).Length == 1);

    [Fact]
    public void Given_a_traditional_and_a_simplified_text_When_classified_Then_they_are_the_same()
    {
        var simplified = Classifier.Classify("电梯坏了没人修，楼道没灯，还乱收费");
        var traditional = Classifier.Classify("電梯壞了沒人修，樓道沒燈，還亂收費");

        Assert.Equal(simplified.Category, traditional.Category);
        Assert.Equal(simplified.Also, traditional.Also);
        Assert.Equal(simplified.Kind, traditional.Kind);
        Assert.Equal(simplified.Because.Count, traditional.Because.Count);
        Assert.Contains(traditional.Because, word => word == "亂收費");
    }

    [Fact]
    public void Given_many_threads_When_they_classify_Then_they_agree()
    {
        var expected = Classifier.Classify("保安打人，要求赔偿").Because;

        Parallel.For(0, 200, _ => Assert.Equal(expected, Classifier.Classify("保安打人，要求赔偿").Because));
    }

    private static void Holds(string text)
    {
        var suggestion = Classifier.Classify(text);
        var again = new Classifier().Classify(text);

        Assert.Equal(suggestion.Category, again.Category);
        Assert.Equal(suggestion.Also, again.Also);
        Assert.Equal(suggestion.Kind, again.Kind);
        Assert.Equal(suggestion.Severity, again.Severity);
        Assert.Equal(suggestion.Because, again.Because);
        Assert.DoesNotContain(suggestion.Category, suggestion.Also);
        Assert.Equal(suggestion.Also.Distinct(), suggestion.Also);
        Assert.All(suggestion.Because, word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.All(suggestion.Because, Assert.NotEmpty);
    }
}
