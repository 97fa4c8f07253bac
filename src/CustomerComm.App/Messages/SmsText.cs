namespace CustomerComm.App.Messages;

/// <summary>
/// How long a text message is: 160 characters of the GSM alphabet or 70 UCS-2 code units for one segment, 153 or 67
/// for each of several.
/// </summary>
public static class SmsText
{
    /// <summary>The most segments a message may have.</summary>
    public const int MostSegments = 2;

    /// <summary>The most characters that fit into so many segments: 153 each.</summary>
    public const int Longest = MostSegments * 153;

    private const string Gsm =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
        + "abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string GsmExtended = "^{}\\[~]|€";

    /// <summary>Number of segments, 1 for an empty text.</summary>
    public static int Segments(string text)
    {
        var (length, single, each) = Measure(text);
        return length <= single ? 1 : (length + each - 1) / each;
    }

    /// <summary>
    /// Shortens <paramref name="text"/> to at most <paramref name="units"/> UTF-16 units, with an ellipsis.
    /// </summary>
    public static string Shorten(string text, int units)
    {
        text = text.ReplaceLineEndings(" ").Trim();
        if (text.Length <= units)
            return text;
        if (units < 2)
            return "";
        var end = units - 1;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end] + "…";
    }

    /// <summary>
    /// The frame with <paramref name="free"/> in the place of <c>{text}</c>, shortened until it has at most
    /// <see cref="MostSegments"/> by the count given.
    /// </summary>
    public static string Fit(string frame, string free, Func<string, int> segments)
    {
        free = Plain(free);
        string With(int keep) => frame.Replace("{text}", Shorten(free, keep), StringComparison.Ordinal);
        var whole = frame.Replace("{text}", free, StringComparison.Ordinal);
        if (segments(whole) <= MostSegments)
            return whole;
        // Free text gives way first, so that every message fits two segments with its links in place: the longest
        // beginning that fits, found by halving, for a long text would take hundreds of tries otherwise.
        var (fits, tooLong) = (0, Math.Min(free.Length, Longest + 1));
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            if (segments(With(middle)) <= MostSegments)
                fits = middle;
            else
                tooLong = middle;
        }

        return With(fits);
    }

    /// <summary>
    /// What people wrote, without braces: links are put into braces at delivery, and nobody may have one made for
    /// somebody else by writing its name.
    /// </summary>
    public static string Plain(string text)
    {
        return text.Replace('{', '(').Replace('}', ')');
    }

    private static (int Length, int Single, int Each) Measure(string text)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (Gsm.Contains(c, StringComparison.Ordinal))
                length++;
            else if (GsmExtended.Contains(c, StringComparison.Ordinal))
                length += 2;
            else
                return (text.Length, 70, 67);
        }

        return (length, 160, 153);
    }
}
