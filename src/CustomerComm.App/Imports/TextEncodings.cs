using System.Text;
using UtfUnknown;

namespace CustomerComm.App.Imports;

/// <summary>The encoding of a file, or why it cannot be told and what to do then: exactly one of the two.</summary>
public sealed record FoundEncoding(Encoding? Encoding, string? Problem);

/// <summary>
/// Tells in which encoding a text was saved: UTF-8, UTF-16 with or without its mark, GB18030 (GBK), Big5. What is not
/// certain is refused: a text read wrongly looks like one and is lost.
/// </summary>
public static class TextEncodings
{
    /// <summary>The names by which an encoding may be asked for.</summary>
    public const string Names = "utf-8, gb18030, big5, utf-16 or utf-16be";

    /// <summary>Share of common characters from which on a reading makes sense.</summary>
    private const double LeastCommon = 0.8;

    /// <summary>How much more sense one reading must make than the other.</summary>
    private const double LeastAhead = 0.2;

    /// <summary>How sure the detector must be where both readings make sense.</summary>
    private const double Sure = 0.9;

    private static readonly EncodingProvider s_pages = CodePagesEncodingProvider.Instance;

    /// <summary>The encoding of this name, or null; it throws on what is not encoded so.</summary>
    public static Encoding? Named(string name) => name.Trim().ToUpperInvariant() switch
    {
        "UTF-8" or "UTF8" => new UTF8Encoding(false, throwOnInvalidBytes: true),
        "GB18030" or "GBK" or "GB2312" or "CP936" => Strict("gb18030"),
        "BIG5" or "BIG-5" or "CP950" => Strict("big5"),
        "UTF-16" or "UTF-16LE" or "UNICODE" => new UnicodeEncoding(false, true, throwOnInvalidBytes: true),
        "UTF-16BE" => new UnicodeEncoding(true, true, throwOnInvalidBytes: true),
        _ => null,
    };

    /// <summary>
    /// Tells it from the beginning of a file, of some thousand bytes at least where it is that long;
    /// <paramref name="whole"/>: there is no more.
    /// </summary>
    public static FoundEncoding Detect(ReadOnlySpan<byte> beginning, bool whole)
    {
        if (Marked(beginning) is { } marked)
            return new FoundEncoding(marked, null);
        if (beginning.Contains((byte)0))
        {
            return Wide(beginning) is { } wide
                ? new FoundEncoding(wide, null)
                : No("it contains bytes of 0, which no text does");
        }

        if (IsUtf8(beginning, whole))
            return new FoundEncoding(Named("UTF-8"), null);
        var found = CharsetDetector.DetectFromBytes(beginning.ToArray()).Detected;
        var (guess, confidence) = (found?.EncodingName ?? "", found?.Confidence ?? 0);
        var (simplified, traditional) = (Common(beginning, InGbk), Common(beginning, InBig5));
        var name = simplified >= traditional ? "gb18030" : "big5";
        var (best, other) = (Math.Max(simplified, traditional), Math.Min(simplified, traditional));
        // Both readings make sense of some texts, e.g. of Korean ones: then the detector must be sure of one of them.
        var agreed = guess.Equals(name, StringComparison.OrdinalIgnoreCase) && confidence >= Sure;
        return best >= LeastCommon && (best - other >= LeastAhead || agreed)
            ? new FoundEncoding(Named(name), null)
            : No(guess.Length == 0 ? "it looks like none that is known" : $"it looks most like {guess}");
    }

    private static FoundEncoding No(string why) => new(
        null, $"The encoding of the file cannot be told for certain ({why}). Save it as UTF-8 (Excel: \"CSV UTF-8\"), "
        + $"or name its encoding with --encoding: {Names}.");

    private static Encoding Strict(string name) =>
        s_pages.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private static Encoding? Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Named("UTF-8"),
        [0xFF, 0xFE, 0, 0, ..] => new UTF32Encoding(false, true, throwOnInvalidCharacters: true),
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(true, true, throwOnInvalidCharacters: true),
        [0xFF, 0xFE, ..] => Named("UTF-16"),
        [0xFE, 0xFF, ..] => Named("UTF-16BE"),
        [0x84, 0x31, 0x95, 0x33, ..] => Named("GB18030"),
        _ => null,
    };

    /// <summary>UTF-16 without a mark: the zeros of its blanks, digits and quotes all stand on one side.</summary>
    private static Encoding? Wide(ReadOnlySpan<byte> bytes)
    {
        Span<int> zeros = stackalloc int[2];
        for (var i = 0; i < bytes.Length; i++)
            zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
        return (zeros[0], zeros[1]) switch
        {
            (0, > 0) => Named("UTF-16"),
            ( > 0, 0) => Named("UTF-16BE"),
            _ => null,
        };
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes, bool whole)
    {
        var decoder = Named("UTF-8")!.GetDecoder();
        try
        {
            decoder.GetCharCount(bytes, flush: whole);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>
    /// Share of characters in daily use among those of two bytes and more; 0: the bytes are no such text.
    /// </summary>
    private static double Common(ReadOnlySpan<byte> bytes, Func<byte, byte, (int Length, bool Common)?> read)
    {
        var (all, common) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
                continue;
            if (i + 1 == bytes.Length)
                break;
            if (read(bytes[i], bytes[i + 1]) is not { } character)
                return 0;
            all++;
            common += character.Common ? 1 : 0;
            i += character.Length - 1;
        }

        return all == 0 ? 0 : (double)common / all;
    }

    /// <summary>What begins with these two bytes in GB18030; null: nothing does.</summary>
    private static (int Length, bool Common)? InGbk(byte lead, byte trail) =>
        lead is 0x80 or 0xFF || (trail < 0x40 && trail is not (>= 0x30 and <= 0x39)) || trail is 0x7F or 0xFF ? null
        : trail < 0x40 ? (4, false)
        : (2, trail >= 0xA1 && lead is (>= 0xB0 and <= 0xD7) or (>= 0xA1 and <= 0xA3));

    /// <summary>As the other, in Big5.</summary>
    private static (int Length, bool Common)? InBig5(byte lead, byte trail) =>
        lead is 0x80 or 0xFF || trail is not ((>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE)) ? null
        : (2, lead is >= 0xA1 and <= 0xC6);
}
