using System.Globalization;
using System.Text;

namespace CustomerComm.App.Imports;

/// <summary>
/// A file to be imported, opened as text. Before its first line is used, all of it is known to be readable: nothing is
/// imported from a file of which half is.
/// </summary>
public sealed class ImportText
{
    private const int Beginning = 1 << 20;
    private readonly Func<Stream> _open;

    private ImportText(Func<Stream> open, Encoding encoding) => (_open, Encoding) = (open, encoding);

    /// <summary>How it is encoded.</summary>
    public Encoding Encoding { get; }

    /// <summary>
    /// Opens it; <paramref name="encoding"/> is a name of <see cref="TextEncodings.Names"/>, null to have it told.
    /// Throws <see cref="InvalidDataException"/> with what is wrong and what to do where it cannot be read.
    /// </summary>
    public static ImportText Open(Func<Stream> open, string? encoding)
    {
        var found = encoding is null ? Detect(open) : TextEncodings.Named(encoding)
            ?? throw new InvalidDataException($"There is no encoding '{encoding}'; name {TextEncodings.Names}.");
        var text = new ImportText(open, found);
        text.Check();
        return text;
    }

    /// <summary>Reads it from the beginning.</summary>
    public StreamReader Read() => new(_open(), Encoding, detectEncodingFromByteOrderMarks: true);

    private static Encoding Detect(Func<Stream> open)
    {
        using var stream = open();
        var bytes = new byte[Beginning];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var found = TextEncodings.Detect(bytes.AsSpan(0, read), whole: read < bytes.Length);
        return found.Encoding ?? throw new InvalidDataException(found.Problem);
    }

    private void Check()
    {
        using var reader = Read();
        var buffer = new char[1 << 14];
        var line = 1;
        try
        {
            while (reader.Read(buffer) is > 0 and var read)
                line += buffer.AsSpan(0, read).Count('\n');
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"Behind line {line} the file is not {Encoding.WebName}. Save all of it as UTF-8, or name its encoding "
                + $"with --encoding: {TextEncodings.Names}. Nothing was imported."), e);
        }
    }
}
