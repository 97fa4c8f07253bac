using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Matters;

/// <summary>A scan of a signature on paper: a small PNG or JPEG, known by its first bytes, not by its name.</summary>
internal static class PaperScan
{
    /// <summary>Largest file, 150 KB.</summary>
    public const int Largest = 150 * 1024;

    private static readonly (string Type, byte[] Start)[] s_kinds =
    [
        ("image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        ("image/jpeg", [0xFF, 0xD8, 0xFF]),
    ];

    /// <summary>The image as a data URL; null where it is none, or too large.</summary>
    public static string? Read(IFormFile file)
    {
        if (file.Length > Largest)
            return null;
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        var bytes = memory.ToArray();
        return TypeOf(bytes) is { } type ? $"data:{type};base64,{Convert.ToBase64String(bytes)}" : null;
    }

    /// <summary>Media type by the first bytes, or null.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> bytes)
    {
        foreach (var (type, start) in s_kinds)
        {
            if (bytes.StartsWith(start))
                return type;
        }

        return null;
    }

    /// <summary>What may stand in a page as an image: our own kinds of data URL, nothing else.</summary>
    public static string? Shown(string? mark) =>
        mark is not null && (mark.StartsWith("data:image/svg+xml;base64,", StringComparison.Ordinal)
            || mark.StartsWith("data:image/png;base64,", StringComparison.Ordinal)
            || mark.StartsWith("data:image/jpeg;base64,", StringComparison.Ordinal))
            ? mark : null;
}
