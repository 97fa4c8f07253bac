using System.IO.Compression;
using System.Text;
using CsCheck;
using CustomerComm.App.Complaints;

namespace CustomerComm.Web.Tests.Pages;

/// <summary>What passes as a drawn signature (4.6.2-4).</summary>
public sealed class DrawnMarkTests
{
    /// <summary>As the signing page draws it.</summary>
    public const string Drawing =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
        + "viewBox=\"0 0 358 256\" width=\"358\" height=\"256\"><path d=\"M 40,40 C 41,48 46,70 58,88 L 90,120\" stroke-width=\"2.250\" "
        + "stroke=\"#10202a\" fill=\"none\" stroke-linecap=\"round\"></path><circle r=\"1.5\" cx=\"9\" cy=\"8\" "
        + "fill=\"#10202a\"></circle></svg>";

    public static string Svg(string xml) =>
        "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(xml));

    [Fact]
    public void Given_lines_as_drawn_on_the_page_Then_they_pass() => Assert.Null(DrawnMark.FaultOf(Svg(Drawing)));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">x</p></foreignObject>")]
    [InlineData("<image href=\"http://example.com/x.png\"/>")]
    [InlineData("<use href=\"#a\"/>")]
    [InlineData("<style>*{background:url(http://example.com)}</style>")]
    [InlineData("<path d=\"M 1,1 L 90,90\" onload=\"alert(1)\"/>")]
    [InlineData("<path d=\"M 1,1 L 90,90\" style=\"fill:url(http://example.com)\"/>")]
    [InlineData("<path d=\"M 1,1 L 90,90\" fill=\"url(#x)\"/>")]
    [InlineData("<path d=\"M 1,1 L 90,90\" xmlns:a=\"urn:a\" a:href=\"x\"/>")]
    [InlineData("<text>paid in full</text>")]
    [InlineData("written between")]
    [InlineData("<!-- hidden -->")]
    [InlineData("<?xml-stylesheet href=\"http://example.com\"?>")]
    public void Given_anything_but_lines_Then_it_does_not_pass(string inside) =>
        Assert.NotNull(DrawnMark.FaultOf(Svg(Drawing.Replace("</svg>", inside + "</svg>", StringComparison.Ordinal))));

    [Theory]
    [InlineData("")]
    [InlineData("data:image/svg+xml;base64,%%%")]
    [InlineData("data:image/gif;base64,R0lGODlhAQABAAAAACw=")]
    [InlineData("data:image/png;base64,iVBORw0KGgo=")]
    [InlineData("https://example.com/mark.svg")]
    public void Given_no_drawing_Then_it_does_not_pass(string mark) => Assert.NotNull(DrawnMark.FaultOf(mark));

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"1\" cx=\"9\" cy=\"8\"/></svg>")]
    [InlineData("<svg><path d=\"M 1,1 L 90,90 L 1,90\"/></svg>")]
    [InlineData("<!DOCTYPE svg><svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M 1,1 L 90,90\"/></svg>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M 1,1 L 90,90\">")]
    public void Given_an_empty_or_broken_picture_Then_it_does_not_pass(string xml) =>
        Assert.NotNull(DrawnMark.FaultOf(Svg(xml)));

    [Fact]
    public void Given_more_than_can_be_kept_Then_it_does_not_pass() => Assert.NotNull(DrawnMark.FaultOf(
        Svg(Drawing.Replace(
            "L 90,120", string.Concat(Enumerable.Repeat("L 90,120 ", 6_000)), StringComparison.Ordinal))));

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Given_a_bitmap_Then_it_passes_where_something_is_drawn(bool drawn, bool passes) =>
        Assert.Equal(passes, DrawnMark.FaultOf("data:image/png;base64," + Convert.ToBase64String(Bitmap(40, (x, y) => drawn ? (byte)((x + y) % 7 * 30) : (byte)0))) is null);

    [Fact]
    public void Given_a_bitmap_cut_short_Then_it_does_not_pass() =>
        Assert.NotNull(DrawnMark.FaultOf("data:image/png;base64," + Convert.ToBase64String(Bitmap(40, (x, y) => (byte)((x + y) % 7 * 30))[..^20])));

    [Theory]
    [InlineData("M 150.0,75.0 C 150.0,75.0 150.1,75.0 150.1,75.1", "stroke-width=\"2\" stroke=\"#10202a\" fill=\"none\"")]
    [InlineData("M 10,10 L 10,10", "stroke=\"#10202a\"")]
    [InlineData("M 10,10 L 12,12 M 280,140 L 282,142", "stroke=\"#10202a\"")]
    [InlineData("M 10,10 l 15,0 l 0,10", "stroke=\"#10202a\"")]
    [InlineData("M 40,40 L 140,120", "stroke=\"#ffffff\"")]
    [InlineData("M 40,40 L 140,120", "stroke=\"#fdfdfe\"")]
    [InlineData("M 40,40 L 140,120", "stroke=\"rgba(0,0,0,0.02)\"")]
    [InlineData("M 40,40 L 140,120", "stroke=\"#10202a05\"")]
    [InlineData("M 40,40 L 140,120", "stroke=\"none\"")]
    [InlineData("M 40,40 L 140,120", "stroke=\"transparent\"")]
    [InlineData("M 40,40 L 140,120", "")]
    [InlineData("M 40,40 L 140,120", "stroke=\"#10202a\" stroke-width=\"0\"")]
    [InlineData("M 40,40 L 140,120", "stroke=\"#10202a\" stroke-width=\"0.01\"")]
    [InlineData("M 400,400 L 900,900", "stroke=\"#10202a\"")]
    [InlineData("M 40,40 M 140,120 M 20,20", "stroke=\"#10202a\"")]
    [InlineData("M 40,40 L 140,120", "stroke=\"black\"")]
    [InlineData("M 20,75 L 120,75", "stroke=\"#10202a\"")]
    [InlineData("M 20,75 C 80,77 150,73 280,76", "stroke=\"#10202a\"")]
    [InlineData("M 20,140 C 90,105 160,78 280,12", "stroke=\"#10202a\"")]
    [InlineData("M 20,75 L 280,75 L 30,77 L 270,76", "stroke=\"#10202a\"")]
    [InlineData("M 20,75 L 90,75 M 120,75 L 200,76", "stroke=\"#10202a\"")]
    [InlineData("M 150,10 L 151,140", "stroke=\"#10202a\"")]
    public void Case_38_Given_a_touch_or_ink_nobody_sees_When_judged_Then_it_is_no_signature(string path, string style) =>
        Assert.Equal(MarkFault.NoSignature, DrawnMark.FaultOf(Path(path, style)));

    [Theory]
    [InlineData("M 40,90 L 55,40 L 70,90 M 46,72 L 64,72", "stroke=\"black\"")]
    [InlineData("M 60,40 L 60,90 L 85,90", "stroke=\"#10202a\"")]
    [InlineData("M 70,40 L 70,85 C 70,95 50,95 48,82", "stroke=\"#10202a\"")]
    [InlineData("M 40,75 C 60,60 80,90 100,72 S 140,64 160,76", "stroke=\"#10202a\"")]
    [InlineData("M 40,50 L 100,50 M 40,80 L 105,80", "stroke=\"#10202a\"")]
    [InlineData("m40 40l20 20h20v30z", "stroke=\"#00f\"")]
    [InlineData("M 10,80 C 40,10 65,10 95,80 S 150,150 180,80 Q 200,40 230,30 A 5,5 0 0 1 260,90", "stroke=\"rgb(0, 0, 0)\"")]
    public void Given_a_name_written_When_judged_Then_it_is_a_signature(string path, string style) =>
        Assert.Null(DrawnMark.FaultOf(Path(path, style)));

    [Theory]
    [InlineData("viewBox=\"0 0 300000 150000\" width=\"300\" height=\"150\"", "M 40,40 L 140,120")]
    [InlineData("viewBox=\"0 0 300000 150000\"", "M 40,40 L 140,120")]
    [InlineData("viewBox=\"0 0 300 150\" width=\"99999999\"", "M 40,40 L 42,42")]
    public void Given_a_picture_scaled_to_deceive_When_judged_Then_what_is_shown_counts(string frame, string path) =>
        Assert.Equal(
            MarkFault.NoSignature,
            DrawnMark.FaultOf(Svg(
                $"<svg xmlns=\"http://www.w3.org/2000/svg\" {frame}><path d=\"{path}\" stroke=\"black\" stroke-width=\"9\"/></svg>")));

    [Fact]
    public void Given_lines_that_are_covered_or_of_the_papers_colour_When_judged_Then_it_is_no_signature()
    {
        const string Rect = "<rect x=\"0\" y=\"0\" width=\"300\" height=\"150\" fill=\"#10202a\"/>";
        const string Line = "<path d=\"M 40,40 L 140,120\" stroke=\"#10202a\"/>";
        foreach (var inside in new[] { Rect + Line, Line + Rect })
        {
            Assert.Equal(
                MarkFault.NoSignature,
                DrawnMark.FaultOf(Svg($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 150\">{inside}</svg>")));
        }
    }

    [Fact]
    public void Given_any_path_When_judged_Then_nothing_is_thrown() =>
        Gen.String[Gen.Char["MLHVCSQTAZmlhvcsqtaz0123456789-+.,e "], 0, 60]
            .Sample(path => _ = DrawnMark.FaultOf(Path(path, "stroke=\"black\"")));

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(10, 10, false)]
    [InlineData(25, 25, true)]
    [InlineData(2, 70, false)]
    [InlineData(12, 70, true)]
    public void Case_38_Given_a_bitmap_with_little_ink_When_judged_Then_its_extent_counts(int rows, int columns, bool passes)
    {
        var png = Bitmap(80, (x, y) => y >= 3 && y < 3 + rows && x >= 3 && x < 3 + columns ? (byte)16 : (byte)255);
        Assert.Equal(
            passes ? null : MarkFault.NoSignature,
            DrawnMark.FaultOf("data:image/png;base64," + Convert.ToBase64String(png)));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Given_a_bitmap_of_one_stroke_When_judged_Then_it_must_bend(bool straight, bool passes)
    {
        var png = Bitmap(120, (x, y) => Math.Abs(y - (straight ? x : 60 + (30 * Math.Sin(x / 9.0)))) <= 1.5 ? (byte)16 : (byte)255);
        Assert.Equal(
            passes ? null : MarkFault.NoSignature,
            DrawnMark.FaultOf("data:image/png;base64," + Convert.ToBase64String(png)));
    }

    private static string Path(string path, string style) => Svg(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 150\" width=\"300\" height=\"150\">"
        + $"<path d=\"{path}\" {style}/></svg>");

    /// <summary>Grey, square; checksums are left empty, nobody reads them.</summary>
    private static byte[] Bitmap(int side, Func<int, int, byte> light)
    {
        using var whole = new MemoryStream();
        whole.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(whole, "IHDR", [0, 0, 0, (byte)side, 0, 0, 0, (byte)side, 8, 0, 0, 0, 0]);
        using var packed = new MemoryStream();
        using (var z = new ZLibStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            for (var y = 0; y < side; y++)
            {
                z.WriteByte(0);
                for (var x = 0; x < side; x++)
                    z.WriteByte(light(x, y));
            }
        }

        Chunk(whole, "IDAT", packed.ToArray());
        Chunk(whole, "IEND", []);
        return whole.ToArray();
    }

    private static void Chunk(MemoryStream to, string type, byte[] body)
    {
        to.Write([0, 0, (byte)(body.Length >> 8), (byte)body.Length]);
        to.Write(Encoding.ASCII.GetBytes(type));
        to.Write(body);
        to.Write([0, 0, 0, 0]);
    }
}
