using System.Buffers;
using System.Text;

namespace CustomerComm.App.Ports;

/// <summary>
/// What may be an id or a key in any store. Table storage sets the limits of keys (no <c>/ \ # ?</c>, no control
/// characters, 1 KiB); ids that senders choose are freer, since a store may escape them. SQLite orders text by its
/// UTF-8 bytes, Table storage by UTF-16 units: the two differ only between characters beyond U+FFFF (emoji, rare Han)
/// and those from U+E000 to U+FFFF.
/// </summary>
public static class Keys
{
    /// <summary>Most characters of a partition or row key.</summary>
    public const int LongestKey = 500;

    /// <summary>Most characters of a stream id: indexes put a time and another id into a key with it.</summary>
    public const int LongestStream = 400;

    /// <summary>Most characters of an id that a sender chose.</summary>
    public const int LongestId = 2_000;

    private static readonly SearchValues<char> s_forbidden = SearchValues.Create("/\\#?");
    private static readonly UTF8Encoding s_strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a character cannot stand in a key.</summary>
    public static bool IsForbidden(char c) => s_forbidden.Contains(c) || char.IsControl(c);

    /// <summary>
    /// Throws ArgumentException for an id that is empty, longer than <see cref="LongestId"/>, or not well-formed
    /// Unicode (two such would be stored as one).
    /// </summary>
    public static void RequireId(string? id, string what)
    {
        if (string.IsNullOrEmpty(id))
            throw new ArgumentException($"A {what} cannot be empty.", nameof(id));
        if (id.Length > LongestId)
            throw new ArgumentException($"A {what} has at most {LongestId} characters.", nameof(id));
        RequireWellFormed(id, what);
    }

    /// <summary>Throws ArgumentException for what cannot be a partition or row key as it is.</summary>
    public static void RequireTableKey(string key, string what)
    {
        if (key.AsSpan().ContainsAny(s_forbidden))
            throw new ArgumentException($"A {what} cannot contain / \\ # or ?.", nameof(key));
        if (key.Length > LongestKey)
            throw new ArgumentException($"A {what} has at most {LongestKey} characters.", nameof(key));
        if (key.Any(char.IsControl))
            throw new ArgumentException($"A {what} cannot contain control characters.", nameof(key));
        RequireWellFormed(key, what);
    }

    private static void RequireWellFormed(string text, string what)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return;
        try
        {
            s_strict.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException($"A {what} must be well-formed Unicode.", nameof(text), e);
        }
    }
}
