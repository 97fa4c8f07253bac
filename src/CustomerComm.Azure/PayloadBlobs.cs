using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Azure;

/// <summary>
/// Payloads too large for a row: long texts, scans, attachments. They lie in a private container, each under its stream
/// and its own SHA-256, written before the transaction that refers to them. So no row ever refers to half a blob, a
/// repetition writes the same again, and what a crash leaves behind is referred to by nothing. Reading checks the hash.
/// </summary>
internal sealed class PayloadBlobs(StorageAccount account)
{
    public const string Container = "payloads";

    /// <summary>
    /// Longest payload of a row, 32 KiB: 60 of them, in base64, take 2.5 of the 4 MiB of a transaction, and the rest is
    /// more than the ids of 61 rows can need.
    /// </summary>
    public const int MostInRow = 32 * 1024;

    private const string Payload = "Payload";
    private const string PayloadBlob = "PayloadBlob";
    private const int AtOnce = 8;

    /// <summary>Writes what is too large for rows.</summary>
    public async Task SaveAsync(Append request, CancellationToken ct)
    {
        var large = request.Events.Select(e => e.Payload).Concat(request.Outbox.Select(m => m.Payload))
            .Where(p => p.Length > MostInRow)
            .DistinctBy(HashOf, StringComparer.Ordinal).ToArray();
        if (large.Length == 0)
            return;
        var container = await account.OpenContainerAsync(Container).ConfigureAwait(false);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
        // Written over what may be there: the same bytes, but young again, so that no tidying takes them for left over.
        await Parallel.ForEachAsync(
            large,
            options,
            async (payload, c) => await container.GetBlobClient(Name(request.Stream, HashOf(payload)))
                .UploadAsync(BinaryData.FromBytes(payload), overwrite: true, c).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    /// <summary>Puts a payload, or what finds it, into its row.</summary>
    public static void Write(TableEntity row, ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > MostInRow)
            row[PayloadBlob] = HashOf(payload);
        else
            row[Payload] = payload.ToArray();
    }

    /// <summary>
    /// The payload of a row. Throws <see cref="InvalidDataException"/> where its blob is missing or another than was
    /// written.
    /// </summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(StreamId stream, TableEntity row, CancellationToken ct)
    {
        if (row.GetString(PayloadBlob) is not { } hash)
            return row.GetBinary(Payload) ?? [];
        var name = Name(stream, hash);
        var container = await account.OpenContainerAsync(Container).ConfigureAwait(false);
        try
        {
            var found = await container.GetBlobClient(name).DownloadContentAsync(ct).ConfigureAwait(false);
            var payload = found.Value.Content.ToMemory();
            return HashOf(payload) == hash
                ? payload
                : throw new InvalidDataException($"Stream {stream}: blob {name} is not what was written.");
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw new InvalidDataException($"Stream {stream}: blob {name} is missing.", e);
        }
    }

    // Stream ids have no ~, and a name must not end in a dot, as they may.
    private static string Name(StreamId stream, string hash) => $"{stream.Value}~{hash}";

    private static string HashOf(ReadOnlyMemory<byte> payload) =>
        Convert.ToHexStringLower(SHA256.HashData(payload.Span));
}
