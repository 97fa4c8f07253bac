using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerComm.App.Ports;

namespace CustomerComm.App.Ledger;

/// <summary>
/// An anchor as published, one line of JSON. Signed (ECDSA P-256, SHA-256, base64) is the text of the five fields
/// before the signature, in their order, each followed by a line feed. <paramref name="Previous"/> is the SHA-256 of
/// the line before, without its line feed, so that no line can be taken out of the middle.
/// </summary>
public sealed record AnchorLine(string Date, string At, long Streams, string Root, string Previous, string Signature)
{
    private const string DateFormat = "yyyy-MM-dd";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        // Base64 with its plus signs as they are: nothing here ever goes into a page.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What the first line names as its previous one.</summary>
    public static string NoPrevious { get; } = new('0', 64);

    /// <summary>The text that is signed, in UTF-8.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Signed => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Date}\n{At}\n{Streams}\n{Root}\n{Previous}\n"));

    /// <summary>What the line says.</summary>
    [JsonIgnore]
    public LedgerAnchor Anchor => new(
        DateOnly.ParseExact(Date, DateFormat, CultureInfo.InvariantCulture),
        DateTimeOffset.ParseExact(At, "O", CultureInfo.InvariantCulture),
        Streams,
        Convert.FromHexString(Root));

    /// <summary>The line of a new anchor behind the one whose hash is <paramref name="previous"/>.</summary>
    public static async Task<AnchorLine> SignAsync(
        LedgerAnchor anchor, string previous, IAnchorKey key, CancellationToken ct)
    {
        var line = new AnchorLine(
            Name(anchor.Date),
            anchor.At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            anchor.Streams,
            Convert.ToHexStringLower(anchor.RootHash.Span),
            previous,
            "");
        return line with { Signature = Convert.ToBase64String(await key.SignAsync(line.Signed, ct)) };
    }

    /// <summary>The day as anchors and their files are named.</summary>
    public static string Name(DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>What the next line names as its previous one.</summary>
    public static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    /// <summary>Reads a line; throws <see cref="InvalidDataException"/> for one that is no anchor.</summary>
    public static AnchorLine Parse(string text)
    {
        try
        {
            var line = JsonSerializer.Deserialize<AnchorLine>(text, s_json);
            if (line is { Date: not null, At: not null, Root: not null, Previous: not null, Signature: not null })
            {
                _ = line.Anchor;
                return line;
            }
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new InvalidDataException($"A line of the anchors is unreadable: {e.Message}", e);
        }

        throw new InvalidDataException("A line of the anchors lacks a field.");
    }

    /// <summary>Whether the signature is of this key and these fields.</summary>
    public bool IsSigned(ECDsa key)
    {
        var signature = new byte[(Signature.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(Signature, signature, out var length)
            && key.VerifyData(Signed.Span, signature.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    /// <summary>The line itself, without a line feed.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, s_json);
}
