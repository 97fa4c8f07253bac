using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerComm.App.Ports;

namespace CustomerComm.App.Ledger;

/// <summary>
/// An anchor as published, one line of JSON. Signed (ECDSA P-256, SHA-256, r and s, base64) is the text of the first five
/// fields, in their order, each followed by a line feed. <paramref name="Previous"/> is the SHA-256 of the line before,
/// without its line feed, so that no line can be taken out of the middle; <paramref name="Consistency"/> proves (RFC
/// 6962) that the tree of the line before is the beginning of this one, so that nothing it had was taken out or changed.
/// <paramref name="Key"/> is the first 16 hex digits of the SHA-256 of the public key.
/// </summary>
public sealed record AnchorLine(
    string Date, string At, long Size, string Root, string Previous, IReadOnlyList<string> Consistency, string Key,
    string Signature)
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
        string.Create(CultureInfo.InvariantCulture, $"{Date}\n{At}\n{Size}\n{Root}\n{Previous}\n"));

    /// <summary>What the line says.</summary>
    [JsonIgnore]
    public LedgerAnchor Anchor => new(
        DateOnly.ParseExact(Date, DateFormat, CultureInfo.InvariantCulture),
        DateTimeOffset.ParseExact(At, "O", CultureInfo.InvariantCulture),
        Size,
        Convert.FromHexString(Root));

    /// <summary>The line of a new anchor behind the one whose hash is <paramref name="previous"/>.</summary>
    public static async Task<AnchorLine> SignAsync(
        LedgerAnchor anchor, string previous, IReadOnlyList<byte[]> consistency, IAnchorKey key, CancellationToken ct)
    {
        var line = new AnchorLine(
            Name(anchor.Date),
            anchor.At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            anchor.Size,
            HashChain.Hex(anchor.RootHash.Span),
            previous,
            [.. consistency.Select(c => HashChain.Hex(c))],
            "",
            "");
        var signature = Convert.ToBase64String(await key.SignAsync(line.Signed, ct).ConfigureAwait(false));
        var pem = await key.FindPublicAsync(ct).ConfigureAwait(false)
            ?? throw new InvalidDataException("The key that signs the roots has no public half.");
        return line with { Key = NameOf(Open(pem)), Signature = signature };
    }

    /// <summary>The day as anchors and their files are named.</summary>
    public static string Name(DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>What the next line names as its previous one.</summary>
    public static string HashOf(string line) => HashChain.Hex(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    /// <summary>Opens a public key; throws <see cref="InvalidDataException"/> for what is none.</summary>
    public static ECDsa Open(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidDataException($"The key of the roots is no public key in PEM: {e.Message}", e);
        }
    }

    /// <summary>Reads a line; throws <see cref="InvalidDataException"/> for one that is no anchor.</summary>
    public static AnchorLine Parse(string text)
    {
        try
        {
            var line = JsonSerializer.Deserialize<AnchorLine>(text, s_json);
            if (line is
                {
                    Date: not null, At: not null, Root.Length: 64, Previous: not null, Consistency: not null,
                    Signature: not null
                })
            {
                _ = line.Anchor;
                return line;
            }
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new InvalidDataException($"A line of the roots is unreadable: {e.Message}", e);
        }

        throw new InvalidDataException("A line of the roots lacks a field.");
    }

    /// <summary>Whether the signature is of this key and these fields.</summary>
    public bool IsSigned(ECDsa key)
    {
        var signature = new byte[(Signature.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(Signature, signature, out var length)
            && key.VerifyData(Signed.Span, signature.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    /// <summary>The proof of consistency, or null where it is no list of hashes.</summary>
    public IReadOnlyList<byte[]>? Proof()
    {
        try
        {
            return [.. Consistency.Select(Convert.FromHexString)];
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The line itself, without a line feed.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, s_json);

    private static string NameOf(ECDsa key)
    {
        using (key)
            return HashChain.Hex(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
    }
}
