using System.IO.Compression;
using System.Text;
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
    public void Given_lines_as_drawn_on_the_page_Then_they_pass() => Assert.True(DrawnMark.IsSound(Svg(Drawing)));

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
        Assert.False(DrawnMark.IsSound(Svg(Drawing.Replace("</svg>", inside + "</svg>", StringComparison.Ordinal))));

    [Theory]
    [InlineData("")]
    [InlineData("data:image/svg+xml;base64,%%%")]
    [InlineData("data:image/gif;base64,R0lGODlhAQABAAAAACw=")]
    [InlineData("data:image/png;base64,iVBORw0KGgo=")]
    [InlineData("https://example.com/mark.svg")]
    public void Given_no_drawing_Then_it_does_not_pass(string mark) => Assert.False(DrawnMark.IsSound(mark));

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"1\" cx=\"9\" cy=\"8\"/></svg>")]
    [InlineData("<svg><path d=\"M 1,1 L 90,90 L 1,90\"/></svg>")]
    [InlineData("<!DOCTYPE svg><svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M 1,1 L 90,90\"/></svg>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M 1,1 L 90,90\">")]
    public void Given_an_empty_or_broken_picture_Then_it_does_not_pass(string xml) =>
        Assert.False(DrawnMark.IsSound(Svg(xml)));

    [Fact]
    public void Given_more_than_can_be_kept_Then_it_does_not_pass() => Assert.False(DrawnMark.IsSound(
        Svg(Drawing.Replace(
            "L 90,120", string.Concat(Enumerable.Repeat("L 90,120 ", 6_000)), StringComparison.Ordinal))));

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Given_a_bitmap_Then_it_passes_where_something_is_drawn(bool drawn, bool passes) =>
        Assert.Equal(passes, DrawnMark.IsSound("data:image/png;base64," + Convert.ToBase64String(Png(drawn))));

    [Fact]
    public void Given_a_bitmap_cut_short_Then_it_does_not_pass() =>
        Assert.False(DrawnMark.IsSound("data:image/png;base64," + Convert.ToBase64String(Png(drawn: true)[..^20])));

    /// <summary>Grey, 40 by 40; checksums are left empty, nobody reads them.</summary>
    private static byte[] Png(bool drawn)
    {
        using var png = new MemoryStream([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], 0, 8);
        using var whole = new MemoryStream();
        png.CopyTo(whole);
        Chunk(whole, "IHDR", [0, 0, 0, 40, 0, 0, 0, 40, 8, 0, 0, 0, 0]);
        using var packed = new MemoryStream();
        using (var z = new ZLibStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            for (var i = 0; i < 41 * 40; i++)
                z.WriteByte(drawn && i % 41 != 0 ? (byte)(i % 7 * 30) : (byte)0);
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
