using System.Buffers;
using System.Text;

namespace CustomerComm.Sqlite;

/// <summary>
/// What may be a key. SQLite orders text by its UTF-8 bytes, that is by Unicode code point; .NET's ordinal order is by
/// UTF-16 unit. The two differ only between characters beyond U+FFFF (emoji, rare Han) and those from U+E000 to U+FFFF.
/// </summary>
internal static class Keys
{
    private static readonly SearchValues<char> s_forbidden = SearchValues.Create("/\\#?");
    private static readonly UTF8Encoding s_strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Throws for an id that is empty, or not well-formed Unicode (two such would be stored as one).</summary>
    public static void RequireId(string? id, string what)
    {
        if (string.IsNullOrEmpty(id))
            throw new ArgumentException($"A {what} cannot be empty.", nameof(id));
        RequireWellFormed(id, what);
    }

    /// <summary>Throws for a partition or row key with a character that keys of a table may not have.</summary>
    public static void RequireTableKey(string? key, string what)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.AsSpan().ContainsAny(s_forbidden))
            throw new ArgumentException($"A {what} cannot contain / \\ # or ?.", nameof(key));
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
