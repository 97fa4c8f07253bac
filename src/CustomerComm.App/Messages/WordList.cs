using System.Collections.Frozen;

namespace CustomerComm.App.Messages;

/// <summary>
/// Words that are recognised in folded text. Latin ones count as whole words only, and one slip of the finger in a long
/// one does no harm; others count wherever they stand. At each place the longest word counts.
/// </summary>
internal sealed class WordList
{
    private const int Forgiven = 5;

    private readonly FrozenDictionary<char, string[]> _byFirst;
    private readonly FrozenDictionary<char, string[]> _long;

    public WordList(IEnumerable<string> words)
    {
        string[] all = [.. words.Select(Fold).Where(w => w.Length > 0).Distinct(StringComparer.Ordinal)];
        _byFirst = ByFirst(all);
        _long = ByFirst(all.Where(w => w.Length >= Forgiven && w.All(char.IsAsciiLetterLower)));
    }

    /// <summary>The words of these keys of the resources, in all languages.</summary>
    public static WordList Of(params ReadOnlySpan<string> keys)
    {
        var words = new List<string>();
        foreach (var key in keys)
            words.AddRange(Texts.Said(key));
        return new WordList(words);
    }

    /// <summary>A word as it stands in folded text.</summary>
    public static string Fold(string word) => FoldedText.Of(word).Text.Trim();

    /// <summary>Length of the longest word that begins here, or 0.</summary>
    public int At(string text, int i)
    {
        if (i > 0 && IsLatin(text[i]) && IsLatin(text[i - 1]))
            return 0;
        if (_byFirst.TryGetValue(text[i], out var words))
        {
            foreach (var word in words)
            {
                if (string.CompareOrdinal(text, i, word, 0, word.Length) == 0 && EndsAt(text, i + word.Length, word))
                    return word.Length;
            }
        }

        return Misspelt(text, i);
    }

    /// <summary>The first word from <paramref name="from"/> on and how long it is; at -1 where none stands.</summary>
    public (int At, int Length) Find(string text, int from = 0)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (At(text, i) is > 0 and var length)
                return (i, length);
        }

        return (-1, 0);
    }

    /// <summary>One of the words stands in the text.</summary>
    public bool In(string text) => Find(text).At >= 0;

    /// <summary>The text with blanks in the places of the words.</summary>
    public string Blanked(string text)
    {
        var (at, length) = Find(text);
        if (at < 0)
            return text;
        var left = text.ToCharArray();
        for (; at >= 0; (at, length) = Find(text, at + length))
            left.AsSpan(at, length).Fill(' ');
        return new string(left);
    }

    private static FrozenDictionary<char, string[]> ByFirst(IEnumerable<string> words) => words
        .GroupBy(w => w[0])
        .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(w => w.Length).ToArray());

    private static bool IsLatin(char c) => char.IsAsciiLetterOrDigit(c);

    private static bool EndsAt(string text, int end, string word) =>
        end == text.Length || !IsLatin(word[^1]) || !IsLatin(text[end]);

    private int Misspelt(string text, int i)
    {
        if (!_long.TryGetValue(text[i], out var words))
            return 0;
        var end = i;
        while (end < text.Length && char.IsAsciiLetterLower(text[end]))
            end++;
        var length = end - i;
        if (length < Forgiven - 1 || (end < text.Length && IsLatin(text[end])))
            return 0;
        foreach (var word in words)
        {
            if (OneSlip(text.AsSpan(i, length), word))
                return length;
        }

        return 0;
    }

    /// <summary>One letter too many, too few or wrong, or two that changed places.</summary>
    private static bool OneSlip(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (Math.Abs(a.Length - b.Length) > 1)
            return false;
        var same = a.CommonPrefixLength(b);
        var x = a[same..];
        var y = b[same..];
        if (x.Length == y.Length)
        {
            return x.Length == 0 || x[1..].SequenceEqual(y[1..])
                || (x.Length > 1 && x[0] == y[1] && x[1] == y[0] && x[2..].SequenceEqual(y[2..]));
        }

        return x.Length > y.Length ? x[1..].SequenceEqual(y) : x.SequenceEqual(y[1..]);
    }
}

/// <summary>What makes a number before it a quantity, a time or a place: 3点, 2 days, 1楼.</summary>
internal static class MeasureWords
{
    private static readonly WordList s_words = WordList.Of("Said.Measure");

    /// <summary>One stands here, after blanks or none.</summary>
    public static bool Follow(string text, int at) => Length(text, at) > 0;

    /// <summary>How long the one is that stands here, with the blanks before it; 0 where none does.</summary>
    public static int Length(string text, int at)
    {
        // Cut off from its number a measure begins a word: 3pm, 5min.
        var rest = text.AsSpan(at).TrimStart(' ').ToString();
        var length = rest.Length > 0 ? s_words.At(rest, 0) : 0;
        return length > 0 ? length + text.Length - at - rest.Length : 0;
    }
}
