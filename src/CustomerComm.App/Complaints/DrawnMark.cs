using System.Buffers.Binary;
using System.Collections.Frozen;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Complaints;

/// <summary>
/// A drawn signature as a data address: SVG of lines alone, or PNG. It is evidence that others will open, so nothing
/// passes that could run, load or hide something (4.6.2-4).
/// </summary>
public static partial class DrawnMark
{
    private const string Svg = "data:image/svg+xml;base64,";
    private const string Png = "data:image/png;base64,";
    private const int MostPixels = 4_000_000;

    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";
    private static readonly byte[] s_png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly FrozenSet<string> s_elements = new[] { "svg", "g", "path", "circle", "rect" }
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_attributes = new[]
    {
        "version", "viewBox", "width", "height", "x", "y", "d", "cx", "cy", "r", "fill", "stroke", "stroke-width",
        "stroke-linecap", "stroke-linejoin", "transform",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True where it is a drawing, whole and harmless.</summary>
    public static bool IsSound(string? mark)
    {
        if (mark is null || mark.Length > Check.LongestMark)
            return false;
        if (mark.StartsWith(Svg, StringComparison.Ordinal))
            return Decode(mark[Svg.Length..]) is { } svg && IsSoundSvg(svg);
        return mark.StartsWith(Png, StringComparison.Ordinal)
            && Decode(mark[Png.Length..]) is { } png && IsSoundPng(png);
    }

    private static byte[]? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    private static bool IsSoundSvg(byte[] bytes)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new MemoryStream(bytes), settings);
            var document = XDocument.Load(reader);
            return document.Root!.Name == s_svg + "svg"
                && document.DescendantNodes().All(IsHarmless)
                && document.Descendants(s_svg + "path").Any(p => p.Attribute("d")?.Value.Length > 8);
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static bool IsHarmless(XNode node) => node switch
    {
        XElement e => e.Name.Namespace == s_svg && s_elements.Contains(e.Name.LocalName)
            && e.Attributes().All(IsHarmless),
        XText t => string.IsNullOrWhiteSpace(t.Value),
        _ => false,
    };

    private static bool IsHarmless(XAttribute a) =>
        a.IsNamespaceDeclaration
        || (a.Name.Namespace == XNamespace.None && s_attributes.Contains(a.Name.LocalName)
            && Harmless().IsMatch(a.Value) && !a.Value.Contains("url", StringComparison.OrdinalIgnoreCase));

    /// <summary>Every chunk whole, the picture inflates to the size it says, and it is not of one colour.</summary>
    private static bool IsSoundPng(byte[] png)
    {
        if (!png.AsSpan().StartsWith(s_png))
            return false;
        using var data = new MemoryStream();
        var (at, pixels, ended) = (s_png.Length, 0L, false);
        while (!ended && at + 12 <= png.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            if (length > png.Length - at - 12)
                return false;
            var body = png.AsSpan(at + 8, (int)length);
            var type = png.AsSpan(at + 4, 4);
            if (type.SequenceEqual("IHDR"u8) && length >= 8)
            {
                pixels = (long)BinaryPrimitives.ReadUInt32BigEndian(body)
                    * BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                data.Write(body);
            }

            ended = type.SequenceEqual("IEND"u8);
            at += 12 + (int)length;
        }

        return ended && at == png.Length && pixels is > 100 and <= MostPixels && HasDrawing(data, pixels);
    }

    private static bool HasDrawing(MemoryStream data, long pixels)
    {
        data.Position = 0;
        var seen = new bool[256];
        var read = 0L;
        var buffer = new byte[8192];
        try
        {
            using var inflated = new ZLibStream(data, CompressionMode.Decompress);
            for (int n; read <= MostPixels * 9L && (n = inflated.Read(buffer)) > 0; read += n)
            {
                foreach (var b in buffer.AsSpan(0, n))
                    seen[b] = true;
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }

        // An eighth of a byte is the least a pixel takes; the filters of an empty picture use a value or two.
        return read >= pixels / 8 && seen.Count(s => s) > 4;
    }

    [GeneratedRegex(@"\A[-+#A-Za-z0-9 .,()%\r\n\t]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Harmless();
}
