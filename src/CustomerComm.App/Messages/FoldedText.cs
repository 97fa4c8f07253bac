using System.Globalization;
using System.Text;
using CustomerComm.App.Classification;

namespace CustomerComm.App.Messages;

/// <summary>
/// A text as short messages are recognised: digits of any width or dress as digits, small letters, simplified
/// characters, one kind of dash; what is not seen is left out. Every character knows where it stood.
/// </summary>
internal sealed class FoldedText
{
    private readonly int[] _at;

    private FoldedText(string original, string text, int[] at)
    {
        Original = original;
        Text = text;
        _at = at;
    }

    /// <summary>As it was written.</summary>
    public string Original { get; }

    /// <summary>As it is recognised.</summary>
    public string Text { get; }

    public static FoldedText Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        var at = new List<int>(text.Length + 1);
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            Fold(text, i, pair, folded);
            while (at.Count < folded.Length)
                at.Add(i);
            if (pair)
                i++;
        }

        at.Add(text.Length);
        return new FoldedText(text, folded.ToString(), [.. at]);
    }

    /// <summary>What was written, without these parts of the recognised text; single spaces in their places.</summary>
    public string Without(IEnumerable<(int From, int To)> parts)
    {
        var left = new StringBuilder(Original.Length);
        var done = 0;
        foreach (var (from, to) in parts.OrderBy(p => p.From))
        {
            if (_at[from] > done)
                left.Append(Original, done, _at[from] - done);
            left.Append(' ');
            done = Math.Max(done, _at[to]);
        }

        left.Append(Original, done, Original.Length - done);
        return Single(left.ToString());
    }

    private static string Single(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in text.Trim())
        {
            var blank = c is ' ' or '\t' or '\u3000' or '\r';
            if (!blank || (kept.Length > 0 && kept[^1] is not (' ' or '\n')))
                kept.Append(blank ? ' ' : c);
        }

        return kept.ToString();
    }

    private static void Fold(string text, int i, bool pair, StringBuilder to)
    {
        var c = text[i];
        if (c < 0x80)
        {
            if (c != '\'')
                to.Append(char.IsControl(c) && c != '\n' ? ' ' : char.ToLowerInvariant(c));
            return;
        }

        if (TextFold.IsChinese(c))
        {
            to.Append(TextFold.Of(c));
            return;
        }

        // ① ❶ ١ １ and 𝟏 are all ones, whatever Unicode calls them.
        if (CharUnicodeInfo.GetDigitValue(text, i) is >= 0 and <= 9 and var digit)
            to.Append((char)('0' + digit));
        else if (pair)
            Add(text.Substring(i, 2), to);
        else if (char.IsSurrogate(c))
            to.Append('\uFFFD');
        else
            Add(c, to);
    }

    private static void Add(char c, StringBuilder to)
    {
        switch (c)
        {
            // Selectors, joiners, directions, the key cap: they change how a character looks, not what it is.
            case >= '\uFE00' and <= '\uFE0F' or >= '\u200B' and <= '\u200F' or >= '\u202A' and <= '\u202E'
                or >= '\u2060' and <= '\u2064' or '\uFEFF' or '\u00AD' or '\u20E3':
            case '’' or '‘' or '＇':
                break;
            case >= '\u2010' and <= '\u2015' or '\u2212' or '\uFE63' or '\uFF0D' or '\u30FC':
                to.Append('-');
                break;
            // The private area marks codes in what is read on.
            case >= '\uE000' and <= '\uF8FF':
                to.Append(' ');
                break;
            default:
                if (char.IsWhiteSpace(c) || char.IsControl(c))
                    to.Append(c is '\u2028' or '\u2029' ? '\n' : ' ');
                else
                    Add(c.ToString(), to);
                break;
        }
    }

    private static void Add(string one, StringBuilder to)
    {
        foreach (var c in one.Normalize(NormalizationForm.FormKC))
            to.Append(TextFold.Of(c));
    }
}
