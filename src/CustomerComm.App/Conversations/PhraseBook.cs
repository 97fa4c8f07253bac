using CustomerComm.App.Classification;

namespace CustomerComm.App.Conversations;

/// <summary>
/// Phrases by what they mean, and how much of a text they cover. A pattern has choices in brackets,
/// <c>give me a [call/ring]</c>; an empty choice leaves it out. Texts are compared as <see cref="Fold"/> leaves them.
/// </summary>
internal sealed class PhraseBook
{
    private readonly Dictionary<string, ulong> _phrases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ulong>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int _longest;

    /// <summary>Phrases of each meaning, a number from 0 to 63.</summary>
    public PhraseBook(IEnumerable<(int Meaning, IEnumerable<string> Patterns)> phrases)
    {
        foreach (var (meaning, patterns) in phrases)
        {
            foreach (var phrase in patterns.SelectMany(Expand).Select(p => Fold(p).Text))
            {
                if (phrase.Length == 0)
                    continue;
                _phrases[phrase] = _phrases.GetValueOrDefault(phrase) | (1UL << meaning);
                _longest = Math.Max(_longest, phrase.Length);
            }
        }

        _lookup = _phrases.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>
    /// A text without its marks and pictures: folded as for the classifier, letters and digits with single blanks.
    /// <c>Marks</c> are those left out.
    /// </summary>
    public static (string Text, string Marks) Fold(string text)
    {
        var folded = TextFold.OfTerm(text);
        Span<char> kept = folded.Length <= 512 ? stackalloc char[folded.Length] : new char[folded.Length];
        var length = 0;
        var marks = new List<char>();
        var gap = false;
        foreach (var c in folded)
        {
            // don't and dont are the same word.
            if (c == '\'')
                continue;
            if (!char.IsLetterOrDigit(c))
            {
                if (c != ' ')
                    marks.Add(c);
                gap = true;
                continue;
            }

            if (gap && length > 0 && !(TextFold.IsChinese(kept[length - 1]) && TextFold.IsChinese(c)))
                kept[length++] = ' ';
            gap = false;
            kept[length++] = c;
        }

        return (new string(kept[..length]), new string([.. marks]));
    }

    /// <summary>
    /// The way to read a folded text as phrases that leaves fewest characters over, and of those the one with fewest
    /// phrases: the meanings in it and the characters no phrase covers. Digits are covered where
    /// <paramref name="digits"/> says what they mean.
    /// </summary>
    public (ulong Meanings, int Unread) Cover(ReadOnlySpan<char> text, int digits)
    {
        var best = new (int Cost, ulong Meanings)[text.Length + 1];
        Array.Fill(best, (int.MaxValue, 0UL));
        best[0] = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var (cost, meanings) = best[i];
            if (text[i] == ' ')
                Offer(ref best[i + 1], cost, meanings);
            else if (char.IsAsciiDigit(text[i]))
                Offer(ref best[i + 1], cost + 2, meanings | (1UL << digits));
            else
                Offer(ref best[i + 1], cost + OfUnread, meanings);
            for (var length = Math.Min(_longest, text.Length - i); length > 0; length--)
            {
                if (_lookup.TryGetValue(text.Slice(i, length), out var found) && IsWhole(text, i, i + length))
                    Offer(ref best[i + length], cost + 1, meanings | Only(found, meanings));
            }
        }

        return (best[^1].Meanings, best[^1].Cost / OfUnread);
    }

    /// <summary>True where the text contains a phrase of the meaning.</summary>
    public bool Contains(ReadOnlySpan<char> text, int meaning)
    {
        for (var i = 0; i < text.Length; i++)
        {
            for (var length = Math.Min(_longest, text.Length - i); length > 1; length--)
            {
                if (_lookup.TryGetValue(text.Slice(i, length), out var found) && (found & (1UL << meaning)) != 0
                    && IsWhole(text, i, i + length))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private const int OfUnread = 1_000;

    private static void Offer(ref (int Cost, ulong Meanings) best, int cost, ulong meanings)
    {
        if (cost < best.Cost)
            best = (cost, meanings);
    }

    // A word of several meanings means what the words before it meant, where they did.
    private static ulong Only(ulong found, ulong before) => (found & before) != 0 ? found & before : found;

    // English words end where letters do; Chinese has no such places.
    private static bool IsWhole(ReadOnlySpan<char> text, int start, int end) =>
        !(start > 0 && Joins(text[start - 1], text[start])) && !(end < text.Length && Joins(text[end - 1], text[end]));

    // 3pm is two words.
    private static bool Joins(char a, char b) =>
        (char.IsAsciiLetter(a) && char.IsAsciiLetter(b)) || (char.IsAsciiDigit(a) && char.IsAsciiDigit(b));

    private static IEnumerable<string> Expand(string pattern)
    {
        var open = pattern.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
            return [pattern];
        var close = pattern.IndexOf(']', open);
        var rest = Expand(pattern[(close + 1)..]).ToList();
        return from choice in pattern[(open + 1)..close].Split('/')
               from end in rest
               select pattern[..open] + choice + end;
    }
}
