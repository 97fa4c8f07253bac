namespace CustomerComm.App.Classification;

/// <summary>
/// A text as the terms see it: simplified characters, half-width forms, small letters, single spaces.
/// Every folded character knows where it stood, so that words can be quoted as they were written.
/// </summary>
internal readonly ref struct TextFold
{
    private static readonly char[] Map = BuildMap();

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
            var c = Map[text[i]];
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
    public static char Of(char c) => Map[c];

    public static bool IsChinese(char c) => c is >= '㐀' and <= '鿿';

    public static bool IsWordLetter(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9');

    /// <summary>Ends a clause: what a denial or a condition governs stops here.</summary>
    public static bool EndsClause(char c) => c is ',' or '、' or ':' || EndsSentence(c);

    public static bool EndsSentence(char c) => c is '。' or '!' or '?' or ';' or '\n' or '.' or '…' or '～';

    private static char[] BuildMap()
    {
        var map = new char[char.MaxValue + 1];
        for (var i = 0; i < map.Length; i++)
        {
            var c = (char)i;
            c = c is >= '！' and <= '～' ? (char)(c - 0xFEE0) : c;
            map[i] = c switch
            {
                >= 'A' and <= 'Z' => (char)(c | 0x20),
                '\u3000' or '\u00A0' or '\t' or '\r' or '\v' or '\f' or '\u200B' => ' ',
                '’' or '‘' or '`' => '\'',
                _ => c,
            };
        }

        foreach (var line in Lexicon.Lines("traditional.txt"))
            foreach (var pair in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                map[pair[0]] = pair[1];
        return map;
    }
}
