using System.Text;

namespace CustomerComm.App.Classification;

/// <summary>
/// A text as the terms see it: simplified characters, half-width forms, small letters, single spaces.
/// Every folded character knows where it stood, so that words can be quoted as they were written.
/// </summary>
internal readonly ref struct TextFold
{
    /// <summary>Stands for the number of a building or home; no term holds it.</summary>
    public const char Place = '#';

    private const int MostDigits = 5;

    private static readonly Dictionary<(char High, char Low), (char First, char Second)> s_pairs = [];
    private static readonly char[] s_map = BuildMap();

    // What a number before it makes the name of a place, and what must not follow: 3单元门 is a door (单元门).
    private static readonly (string Unit, string Unless)[] s_places =
    [
        ("号楼", "道梯顶上下层"), ("单元", "门"), ("室", "内外"), ("栋", ""), ("幢", ""), ("座", "椅位"),
    ];

    private TextFold(ReadOnlySpan<char> chars, ReadOnlySpan<int> positions)
    {
        Chars = chars;
        Positions = positions;
    }

    public ReadOnlySpan<char> Chars { get; }

    public ReadOnlySpan<int> Positions { get; }

    /// <summary>Folds into the given buffers, each at least as long as the text.</summary>
    public static TextFold Of(ReadOnlySpan<char> text, char[] chars, int[] positions)
    {
        var length = 0;
        var gap = -1;
        for (var i = 0; i < text.Length; i++)
        {
            var c = Fold(text, i);
            if (c == ' ')
            {
                gap = gap < 0 ? i : gap;
                continue;
            }

            // A blank between two Chinese characters is padding, not a boundary.
            if (gap >= 0 && length > 0 && !(IsChinese(chars[length - 1]) && IsChinese(c)))
            {
                chars[length] = ' ';
                positions[length++] = gap;
            }

            gap = -1;
            chars[length] = c;
            positions[length++] = i;
        }

        return new TextFold(chars.AsSpan(0, length), positions.AsSpan(0, length));
    }

    /// <summary>Folds a term of the lexicon.</summary>
    public static string OfTerm(string term) => new(Of(term, new char[term.Length], new int[term.Length]).Chars);

    /// <summary>One character as the terms see it.</summary>
    public static char Of(char c) => s_map[c];

    public static bool IsChinese(char c) => c is >= '㐀' and <= '鿿';

    public static bool IsWordLetter(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9');

    /// <summary>Ends a clause: what a denial or a condition governs stops here.</summary>
    public static bool EndsClause(char c) => c is ',' or '、' or ':' || EndsSentence(c);

    public static bool EndsSentence(char c) => c is '。' or '!' or '?' or ';' or '\n' or '.' or '…' or '～';

    /// <summary>
    /// Takes the numbers of buildings and homes out of a folded text, so that what stands behind them forms no word with
    /// them: 3号楼水压 is no 楼水.
    /// </summary>
    public static void MaskPlaces(Span<char> chars)
    {
        for (var i = 1; i < chars.Length; i++)
        {
            if (!IsNumeral(chars[i - 1]) || IsNumeral(chars[i]))
                continue;
            foreach (var (unit, unless) in s_places)
            {
                var end = i + unit.Length;
                if (!chars[i..].StartsWith(unit) || (end < chars.Length && unless.Contains(chars[end])))
                    continue;
                var start = i - 1;
                while (start > 0 && i - start < MostDigits && IsNumeral(chars[start - 1]))
                    start--;
                chars[start..end].Fill(Place);
                break;
            }
        }
    }

    // A few characters of Cantonese lie beyond the first plane: two code units become two characters.
    private static char Fold(ReadOnlySpan<char> text, int at)
    {
        var c = text[at];
        if (!char.IsSurrogate(c))
            return s_map[c];
        if (char.IsHighSurrogate(c) && at + 1 < text.Length && s_pairs.TryGetValue((c, text[at + 1]), out var pair))
            return pair.First;
        return at > 0 && s_pairs.TryGetValue((text[at - 1], c), out pair) ? pair.Second : c;
    }

    private static bool IsNumeral(char c) =>
        IsWordLetter(c) || c is '一' or '二' or '三' or '四' or '五' or '六' or '七' or '八' or '九' or '十' or '两' or Place;

    private static char[] BuildMap()
    {
        var map = new char[char.MaxValue + 1];
        for (var i = 0; i < map.Length; i++)
        {
            var c = Compatible((char)i);
            map[i] = c switch
            {
                >= 'A' and <= 'Z' => (char)(c | 0x20),
                '\u3000' or '\u00A0' or '\t' or '\r' or '\v' or '\f' or '\u200B' => ' ',
                '’' or '‘' or '`' => '\'',
                _ => c,
            };
        }

        foreach (var line in Lexicon.Lines("traditional.txt"))
        {
            foreach (var pair in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (char.IsHighSurrogate(pair[0]))
                    s_pairs[(pair[0], pair[1])] = (pair[2], pair[3]);
                else
                    map[pair[0]] = pair[1];
            }
        }

        return map;
    }

    // Compatibility forms of one character, such as full and half width. Most of the plane has none: it starts faster.
    private static char Compatible(char c)
    {
        if (c is < '\u0080' or (>= '㐀' and <= '鿿') or (>= '가' and <= '\uF8FF') or (>= '\uFDD0' and <= '\uFDEF')
            or >= '\uFFFE')
            return c;
        var form = c.ToString().Normalize(NormalizationForm.FormKC);
        return form.Length == 1 ? form[0] : c;
    }
}
