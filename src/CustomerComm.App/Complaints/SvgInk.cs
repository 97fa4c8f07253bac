using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CustomerComm.App.Complaints;

/// <summary>
/// How much of a drawing of lines can be seen, in pixels: its size each way, the length of its lines, and how far it leaves
/// one straight line.
/// </summary>
internal readonly record struct InkExtent(double Width, double Height, double Length, double Narrow, double Long);

/// <summary>
/// Measures the visible lines of a drawing: those inside the picture, thick enough and not of the paper's colour.
/// </summary>
internal static partial class SvgInk
{
    private const double WidestShown = 1_000;
    private const double WidestUnsized = 600;
    private const double ThinnestLine = 0.3;
    private const int StepsOfCurve = 8;

    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    /// <summary>Nothing where something may cover the lines.</summary>
    public static InkExtent Measure(XElement root)
    {
        var frame = FrameOf(root);
        var paper = InkColour.White;
        var pen = new Pen(frame);
        foreach (var shape in root.Descendants())
        {
            if (shape.Name == s_svg + "rect")
            {
                if (pen.Drew)
                    return default;
                paper = InkColour.Parse(Inherited(shape, "fill") ?? "black") is { } fill ? fill.On(paper) : paper;
            }
            else if (shape.Name == s_svg + "path" && IsVisible(shape, paper, frame.Scale))
            {
                Draw(pen, shape.Attribute("d")?.Value ?? "");
            }
        }

        return pen.Extent;
    }

    private static bool IsVisible(XElement path, InkColour paper, double scale)
    {
        var width = Number(Inherited(path, "stroke-width")) ?? 1;
        return width * scale >= ThinnestLine && InkColour.Parse(Inherited(path, "stroke") ?? "none") is { } ink
            && ink.IsSeenOn(paper);
    }

    private static string? Inherited(XElement? element, string name)
    {
        for (; element is not null; element = element.Parent)
        {
            if (element.Attribute(name) is { } own)
                return own.Value;
        }

        return null;
    }

    private static Frame FrameOf(XElement root)
    {
        var (width, height) = (Number(root.Attribute("width")?.Value), Number(root.Attribute("height")?.Value));
        var box = Numbers().Matches(root.Attribute("viewBox")?.Value ?? "").Select(m => Number(m.Value) ?? 0).ToArray();
        if (box is not [var left, var top, > 0 and var across, > 0 and var down])
            return new Frame(0, 0, width ?? WidestUnsized, height ?? WidestUnsized, 1);
        var shown = Math.Min(width ?? Math.Min(across, WidestUnsized), WidestShown);
        var scale = Math.Min(shown / across, (height ?? double.MaxValue) / down);
        return new Frame(left, top, left + across, top + down, scale);
    }

    private static double? Number(string? text) =>
        double.TryParse(
            text?.Replace("px", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var n)
            && double.IsFinite(n) ? n : null;

    /// <summary>Follows the commands of a path as far as they can be read, as a browser does.</summary>
    private static void Draw(Pen pen, string path)
    {
        pen.Begin();
        foreach (Match m in Commands().Matches(path))
        {
            var values = Numbers().Matches(m.Groups["values"].Value).Select(v => Number(v.Value) ?? 0).ToArray();
            if (!Follow(pen, m.Groups["command"].Value[0], values))
                return;
        }
    }

    private static bool Follow(Pen pen, char command, double[] v)
    {
        var relative = char.IsAsciiLetterLower(command);
        var kind = char.ToUpperInvariant(command);
        var each = kind switch { 'M' or 'L' or 'T' => 2, 'H' or 'V' => 1, 'S' or 'Q' => 4, 'C' => 6, 'A' => 7, _ => 0 };
        if (kind == 'Z')
            pen.Close();
        if (each == 0)
            return kind == 'Z';
        for (var at = 0; at + each <= v.Length; at += each)
        {
            var (x, y) = relative ? (pen.X, pen.Y) : (0d, 0d);
            switch (kind)
            {
                case 'M' when at == 0:
                    pen.Move(x + v[at], y + v[at + 1]);
                    break;
                case 'H':
                    pen.Line(x + v[at], pen.Y);
                    break;
                case 'V':
                    pen.Line(pen.X, y + v[at]);
                    break;
                case 'C':
                    pen.Curve(x + v[at], y + v[at + 1], x + v[at + 2], y + v[at + 3], x + v[at + 4], y + v[at + 5]);
                    break;
                case 'S' or 'Q':
                    pen.Curve(x + v[at], y + v[at + 1], x + v[at], y + v[at + 1], x + v[at + 2], y + v[at + 3]);
                    break;
                default:
                    // Lines, and arcs as their chord, which is never longer.
                    pen.Line(x + v[at + each - 2], y + v[at + each - 1]);
                    break;
            }
        }

        return true;
    }

    [GeneratedRegex(@"(?<command>[A-Za-z])(?<values>[^A-DF-Za-df-z]*)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Commands();

    [GeneratedRegex(@"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbers();

    /// <summary>What is shown, in units of the drawing, and how many pixels a unit takes.</summary>
    private readonly record struct Frame(double Left, double Top, double Right, double Bottom, double Scale)
    {
        public bool Holds(double x, double y) => x >= Left && x <= Right && y >= Top && y <= Bottom;
    }

    private sealed class Pen(Frame frame)
    {
        private readonly Breadth _breadth = new();
        private double _startX, _startY, _length;
        private double _left = double.MaxValue, _top = double.MaxValue, _right = double.MinValue, _bottom = double.MinValue;

        public double X { get; private set; }

        public double Y { get; private set; }

        public bool Drew => _length > 0;

        public InkExtent Extent => Drew && _breadth.Extent is var (narrow, across)
            ? new InkExtent(
                (_right - _left) * frame.Scale, (_bottom - _top) * frame.Scale, _length * frame.Scale,
                narrow * frame.Scale, across * frame.Scale)
            : default;

        public void Begin() => Move(0, 0);

        public void Move(double x, double y) => (X, Y, _startX, _startY) = (x, y, x, y);

        public void Close() => Line(_startX, _startY);

        public void Line(double x, double y)
        {
            var length = Math.Sqrt(((x - X) * (x - X)) + ((y - Y) * (y - Y)));
            if (length > 0 && double.IsFinite(length) && frame.Holds(X, Y) && frame.Holds(x, y))
            {
                _length += length;
                _breadth.Add(X, Y);
                _breadth.Add(x, y);
                (_left, _right) = (Math.Min(_left, Math.Min(X, x)), Math.Max(_right, Math.Max(X, x)));
                (_top, _bottom) = (Math.Min(_top, Math.Min(Y, y)), Math.Max(_bottom, Math.Max(Y, y)));
            }

            (X, Y) = (x, y);
        }

        public void Curve(double ax, double ay, double bx, double by, double x, double y)
        {
            var (fromX, fromY) = (X, Y);
            for (var step = 1; step <= StepsOfCurve; step++)
            {
                var t = (double)step / StepsOfCurve;
                Line(At(t, fromX, ax, bx, x), At(t, fromY, ay, by, y));
            }
        }

        private static double At(double t, double a, double b, double c, double d)
        {
            var s = 1 - t;
            return (s * s * s * a) + (3 * s * s * t * b) + (3 * s * t * t * c) + (t * t * t * d);
        }
    }
}

/// <summary>A colour of ink, opaque from 0 to 1.</summary>
internal readonly partial record struct InkColour(double Light, double Opacity)
{
    private const double LeastContrast = 0.2;

    /// <summary>Paper.</summary>
    public static InkColour White { get; } = new(1, 1);

    /// <summary>Of red, green and blue from 0 to 255.</summary>
    public static InkColour Of(double red, double green, double blue, double opacity) =>
        new(((0.2126 * red) + (0.7152 * green) + (0.0722 * blue)) / 255, Math.Clamp(opacity, 0, 1));

    /// <summary>A colour written in hexadecimal digits, as rgb(), or black, blue or white by name; null: none that is known.</summary>
    public static InkColour? Parse(string text)
    {
        var t = text.Trim().ToUpperInvariant();
        if (t is "WHITE")
            return White;
        if (t is "BLACK" or "CURRENTCOLOR")
            return new InkColour(0, 1);
        if (t is "BLUE" or "NAVY" or "DARKBLUE" or "MIDNIGHTBLUE")
            return new InkColour(0.07, 1);
        if (Hex().Match(t) is { Success: true } hex)
        {
            var digits = hex.Groups["digits"].Value;
            if (digits.Length < 6)
                digits = string.Concat(digits.Select(d => new string(d, 2)));
            var n = Convert.FromHexString(digits);
            return Of(n[0], n[1], n[2], n.Length > 3 ? n[3] / 255d : 1);
        }

        var parts = Rgb().Match(t);
        if (!parts.Success)
            return null;
        double Part(string name) => double.Parse(parts.Groups[name].Value, CultureInfo.InvariantCulture);
        return Of(Part("r"), Part("g"), Part("b"), parts.Groups["a"].Success ? Part("a") : 1);
    }

    /// <summary>This colour laid over a paper.</summary>
    public InkColour On(InkColour paper) => new((Light * Opacity) + (paper.Light * (1 - Opacity)), 1);

    /// <summary>True where somebody sees it on the paper.</summary>
    public bool IsSeenOn(InkColour paper) => Math.Abs(On(paper).Light - paper.Light) >= LeastContrast;

    [GeneratedRegex(
        @"\A#(?<digits>[0-9A-F]{3}|[0-9A-F]{4}|[0-9A-F]{6}|[0-9A-F]{8})\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hex();

    [GeneratedRegex(
        @"\ARGBA?\(\s*(?<r>[0-9]{1,3})\s*,\s*(?<g>[0-9]{1,3})\s*,\s*(?<b>[0-9]{1,3})\s*(?:,\s*(?<a>[0-9]*\.?[0-9]+)\s*)?\)\z",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Rgb();
}
