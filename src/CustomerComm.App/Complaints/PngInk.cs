using System.Buffers.Binary;
using System.IO.Compression;

namespace CustomerComm.App.Complaints;

/// <summary>
/// Reads how much is drawn on a bitmap: in how many rows and columns there is ink that differs from the paper, which is the
/// colour most of it has. Interlaced bitmaps are not read: no page makes them.
/// </summary>
internal sealed class PngInk : IDisposable
{
    private const int MostPixels = 4_000_000;
    private const int LeastContrast = 51;

    private static readonly byte[] s_mark = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly MemoryStream _data = new();
    private byte[] _palette = [];
    private byte[] _alpha = [];
    private int _width, _height, _depth, _type;

    private PngInk()
    {
    }

    /// <summary>
    /// Rows and columns with ink, and how far it leaves one straight line; null where the bitmap is not whole.
    /// </summary>
    public static (int Rows, int Columns, double Narrow, double Long)? Measure(byte[] png)
    {
        using var ink = new PngInk();
        try
        {
            return ink.ReadChunks(png) && ink.Lights() is { } lights ? ink.Count(lights) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public void Dispose() => _data.Dispose();

    private int Samples => _type switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    private bool ReadChunks(byte[] png)
    {
        if (!png.AsSpan().StartsWith(s_mark))
            return false;
        var at = s_mark.Length;
        while (at + 12 <= png.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            if (length > png.Length - at - 12)
                return false;
            var type = png.AsSpan(at + 4, 4);
            var body = png.AsSpan(at + 8, (int)length);
            at += 12 + (int)length;
            if (type.SequenceEqual("IHDR"u8) && !ReadHeader(body))
                return false;
            if (type.SequenceEqual("PLTE"u8))
                _palette = body.ToArray();
            if (type.SequenceEqual("tRNS"u8))
                _alpha = body.ToArray();
            if (type.SequenceEqual("IDAT"u8))
                _data.Write(body);
            if (type.SequenceEqual("IEND"u8))
                return at == png.Length && _width > 0;
        }

        return false;
    }

    private bool ReadHeader(ReadOnlySpan<byte> body)
    {
        if (body.Length != 13)
            return false;
        var (width, height) = (
            BinaryPrimitives.ReadUInt32BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body[4..]));
        if (width == 0 || height == 0 || (long)width * height > MostPixels)
            return false;
        (_width, _height, _depth, _type) = ((int)width, (int)height, body[8], body[9]);
        var depths = _type switch
        {
            0 => _depth is 1 or 2 or 4 or 8 or 16,
            3 => _depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => _depth is 8 or 16,
            _ => false,
        };
        return depths && body[12] == 0;
    }

    /// <summary>How light each pixel is on white paper, 0 to 255; null where there are too few.</summary>
    private byte[]? Lights()
    {
        var bits = Samples * _depth;
        var (stride, step) = (((_width * bits) + 7) / 8, Math.Max(1, bits / 8));
        var (row, above) = (new byte[stride], new byte[stride]);
        var lights = new byte[_width * _height];
        _data.Position = 0;
        using var inflated = new ZLibStream(_data, CompressionMode.Decompress);
        for (var y = 0; y < _height; y++)
        {
            var filter = inflated.ReadByte();
            if (filter is < 0 or > 4 || inflated.ReadAtLeast(row, stride, throwOnEndOfStream: false) < stride)
                return null;
            Unfilter(filter, row, above, step);
            for (var x = 0; x < _width; x++)
                lights[(y * _width) + x] = Light(row, x);
            (row, above) = (above, row);
        }

        return lights;
    }

    private static void Unfilter(int filter, byte[] row, byte[] above, int step)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var (left, up, corner) = (i < step ? 0 : row[i - step], above[i], i < step ? 0 : above[i - step]);
            row[i] += (byte)(filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => 0 });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (a, b, c) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    private byte Light(byte[] row, int x)
    {
        var first = x * Samples;
        var (red, green, blue, opacity) = _type switch
        {
            3 => Indexed(Raw(row, first)),
            2 => (Full(row, first), Full(row, first + 1), Full(row, first + 2), 255),
            6 => (Full(row, first), Full(row, first + 1), Full(row, first + 2), Full(row, first + 3)),
            4 => (Full(row, first), Full(row, first), Full(row, first), Full(row, first + 1)),
            _ => (Full(row, first), Full(row, first), Full(row, first), 255),
        };
        var ink = InkColour.Of(red, green, blue, opacity / 255d);
        return (byte)Math.Round(255 * ink.On(InkColour.White).Light);
    }

    private (int Red, int Green, int Blue, int Opacity) Indexed(int index) => (3 * index) + 2 < _palette.Length
        ? (_palette[3 * index], _palette[(3 * index) + 1], _palette[(3 * index) + 2],
            index < _alpha.Length ? _alpha[index] : 255)
        : (255, 255, 255, 255);

    /// <summary>A sample from 0 to 255, whatever its depth.</summary>
    private int Full(byte[] row, int sample) =>
        _depth >= 8 ? Raw(row, sample) : Raw(row, sample) * 255 / ((1 << _depth) - 1);

    private int Raw(byte[] row, int sample)
    {
        if (_depth >= 8)
            return row[sample * (_depth / 8)];
        var bit = sample * _depth;
        return (row[bit / 8] >> (8 - _depth - (bit % 8))) & ((1 << _depth) - 1);
    }

    private (int Rows, int Columns, double Narrow, double Long) Count(byte[] lights)
    {
        var often = new int[256];
        foreach (var light in lights)
            often[light]++;
        var paper = Array.IndexOf(often, often.Max());
        var (rows, columns) = (0, new bool[_width]);
        var breadth = new Breadth();
        for (var y = 0; y < _height; y++)
        {
            var (first, last) = (-1, -1);
            for (var x = 0; x < _width; x++)
            {
                if (Math.Abs(lights[(y * _width) + x] - paper) < LeastContrast)
                    continue;
                columns[x] = true;
                (first, last) = (first < 0 ? x : first, x);
            }

            if (first < 0)
                continue;
            rows++;
            breadth.Add(first, y);
            breadth.Add(last, y);
        }

        var (narrow, across) = breadth.Extent;
        return (rows, columns.Count(c => c), narrow, across);
    }
}
