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
        ArgumentNullException.ThrowIfNull(text);
        var (length, single, each) = Measure(text);
        return length <= single ? 1 : (length + each - 1) / each;
    }

    /// <summary>
    /// Shortens <paramref name="text"/> to at most <paramref name="units"/> UTF-16 units, with an ellipsis.
    /// </summary>
    public static string Shorten(string text, int units)
    {
        ArgumentNullException.ThrowIfNull(text);
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
