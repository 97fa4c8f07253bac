using System.Collections.Frozen;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Complaints;

/// <summary>Why a mark does not do.</summary>
public enum MarkFault
{
    /// <summary>It is no drawing, or something that must not be kept.</summary>
    Unreadable,
    /// <summary>A touch by accident, a straight stroke, or ink that nobody sees: the person did not sign.</summary>
    NoSignature,
}

/// <summary>
/// A drawn signature as a data address: SVG of lines alone, or PNG. It is evidence that others will open, so nothing
/// passes that could run, load or hide something (4.6.2-4).
/// </summary>
public static partial class DrawnMark
{
    private const string Svg = "data:image/svg+xml;base64,";
    private const string Png = "data:image/png;base64,";
    private const double LeastSide = 20;
    private const double LeastLength = 28;
    private const double LeastLengthOfFlat = 60;

    // A finger that swipes across wavers by some pixels; a name bends more.
    private const double LeastBend = 6;
    private const double LeastBendShare = 0.05;

    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private static readonly FrozenSet<string> s_elements = new[] { "svg", "g", "path", "circle", "rect" }
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_attributes = new[]
    {
        "version", "viewBox", "width", "height", "x", "y", "d", "cx", "cy", "r", "fill", "stroke", "stroke-width",
        "stroke-linecap", "stroke-linejoin",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// What is wrong with a mark; null where it is a drawing, whole and harmless, and large enough to be a signature: 20
    /// pixels each way in all, or a line of 60, and bent: one straight stroke is none.
    /// </summary>
    public static MarkFault? FaultOf(string? mark)
    {
        if (mark is null || mark.Length > Check.LongestMark)
            return MarkFault.Unreadable;
        if (mark.StartsWith(Svg, StringComparison.Ordinal))
            return Decode(mark[Svg.Length..]) is { } svg ? FaultOfSvg(svg) : MarkFault.Unreadable;
        return mark.StartsWith(Png, StringComparison.Ordinal) && Decode(mark[Png.Length..]) is { } png
            ? FaultOfPng(png)
            : MarkFault.Unreadable;
    }

    private static MarkFault? FaultOfPng(byte[] png)
    {
        if (PngInk.Measure(png) is not var (rows, columns, narrow, across))
            return MarkFault.Unreadable;
        var large = rows >= LeastSide && columns >= LeastSide || Math.Max(rows, columns) >= LeastLengthOfFlat;
        return large && IsBent(narrow, across) ? null : MarkFault.NoSignature;
    }

    private static bool IsBent(double narrow, double across) =>
        narrow >= Math.Max(LeastBend, LeastBendShare * across);

    private static byte[]? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    private static MarkFault? FaultOfSvg(byte[] bytes)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new MemoryStream(bytes), settings);
            var document = XDocument.Load(reader);
            if (document.Root!.Name != s_svg + "svg" || document.Descendants(s_svg + "svg").Count() > 1
                || !document.DescendantNodes().All(IsHarmless))
            {
                return MarkFault.Unreadable;
            }

            var ink = SvgInk.Measure(document.Root);
            var large = ink is { Width: >= LeastSide, Height: >= LeastSide, Length: >= LeastLength }
                || ink.Length >= LeastLengthOfFlat;
            return large && IsBent(ink.Narrow, ink.Long) ? null : MarkFault.NoSignature;
        }
        catch (Exception e) when (e is XmlException or RegexMatchTimeoutException)
        {
            return MarkFault.Unreadable;
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

    [GeneratedRegex(@"\A[-+#A-Za-z0-9 .,()%\r\n\t]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Harmless();
}
