using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CustomerComm.Azure;

/// <summary>
/// What may be a key: no <c>/ \ # ?</c>, no control characters, well-formed, at most 1 KiB in UTF-16. Ids that others
/// chose are escaped (<c>=002F</c> for a slash), or stand as their digest where they are too long.
/// </summary>
internal static class Keys
{
    private const int MostChars = 500;

    private static readonly SearchValues<char> s_forbidden = SearchValues.Create("/\\#?");
    private static readonly UTF8Encoding s_strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Throws for an id that is empty or not well-formed.</summary>
    public static void RequireId(string? id, string what)
    {
        if (string.IsNullOrEmpty(id))
            throw new ArgumentException($"A {what} cannot be empty.", nameof(id));
        RequireWellFormed(id, what);
    }

    /// <summary>Throws for what cannot be a partition or row key as it is.</summary>
    public static void RequireTableKey(string? key, string what)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.AsSpan().ContainsAny(s_forbidden))
            throw new ArgumentException($"A {what} cannot contain / \\ # or ?.", nameof(key));
        if (key.Length > MostChars)
            throw new ArgumentException($"A {what} has at most {MostChars} characters.", nameof(key));
        if (key.Any(char.IsControl))
            throw new ArgumentException($"A {what} cannot contain control characters.", nameof(key));
        RequireWellFormed(key, what);
    }

    /// <summary>A key for any id; two ids never share one.</summary>
    public static string Escape(string id)
    {
        var text = new StringBuilder(id.Length);
        foreach (var c in id)
        {
            if (c is '=' or '%' || s_forbidden.Contains(c) || char.IsControl(c))
                text.Append(CultureInfo.InvariantCulture, $"={(int)c:X4}");
            else
                text.Append(c);
        }

        return text.Length <= MostChars
            ? text.ToString()
            : "=h" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
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
