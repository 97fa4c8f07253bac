using System.Collections.Immutable;
using System.Globalization;

namespace CustomerComm.Web.Matters;

/// <summary>
/// A field of a printed form; <paramref name="Room"/> is how high it is kept even where little stands in it.
/// </summary>
public sealed record SheetField(string Label, string Text, SheetRoom Room = SheetRoom.None)
{
    /// <summary>An image below the text, as a data URL.</summary>
    public string? Image { get; init; }
}

/// <summary>How much room a field has at least, to be written in by hand.</summary>
public enum SheetRoom
{
    /// <summary>A line.</summary>
    None,
    /// <summary>A few lines.</summary>
    Low,
    /// <summary>An eighth of a page.</summary>
    High,
    /// <summary>A sixth of a page.</summary>
    Tall,
}

/// <summary>One side of a form: each line has one field, or two beside each other.</summary>
public sealed record PrintedSheet(
    string Title, string Head, ImmutableArray<ImmutableArray<SheetField>> Lines, string? Rule = null);

/// <summary>
/// Fills the fields of a form of which each side is one A4 page, whatever was written: what does not fit is printed to
/// its end on a continuation sheet, and the field says so.
/// </summary>
internal sealed class SheetWriter(string continued, TimeZoneInfo zone)
{
    /// <summary>Width of a line across the page, in Latin letters; a Chinese one counts for two.</summary>
    private const int Across = 80;

    /// <summary>As above, of a field beside another, and how many lines it may have.</summary>
    private const int Beside = 30;
    private const int LinesBeside = 2;

    private readonly List<SheetField> _whole = [];

    /// <summary>What did not fit, in full.</summary>
    public ImmutableArray<SheetField> Annex => [.. _whole];

    /// <summary>A time with its year, for paper is kept; in the community's zone.</summary>
    public string Time(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A line of two fields.</summary>
    public ImmutableArray<SheetField> Pair((string Label, string? Text) left, (string Label, string? Text) right) =>
        [Field(left.Label, left.Text, Beside, LinesBeside), Field(right.Label, right.Text, Beside, LinesBeside)];

    /// <summary>A line of one field of at most so many <paramref name="lines"/>.</summary>
    public ImmutableArray<SheetField> Wide(
        string label, string? text, int lines = 1, SheetRoom room = SheetRoom.None, string? image = null) =>
        [Field(label, text, Across, lines) with { Room = room, Image = image }];

    private SheetField Field(string label, string? text, int width, int lines)
    {
        var said = (text ?? "").ReplaceLineEndings("\n").Trim();
        if (Fit(said, width, lines) is not { } end)
            return new SheetField(label, said);
        _whole.Add(new SheetField(label, said));
        return new SheetField(label, said[..end].TrimEnd() + continued);
    }

    /// <summary>Where to cut, so that what is left fits with the note that it goes on; null where all fits.</summary>
    private int? Fit(string text, int width, int lines)
    {
        var (line, used, end) = (1, 0, 0);
        var note = continued.Sum(Width);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = Width(text[i]);
            if (text[i] == '\n' || used + letter > width)
                (line, used) = (line + 1, 0);
            if (line > lines)
                return end;
            used += text[i] == '\n' ? 0 : letter;
            // Never through the middle of a pair of surrogates.
            if ((line < lines || used + note <= width) && !char.IsHighSurrogate(text[i]))
                end = i + 1;
        }

        return null;
    }

    private static int Width(char c) => c < 0x1100 ? 1 : 2;
}
