using System.Buffers;
using System.Text.Json;
using BitFaster.Caching.Lru;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Storage;

/// <summary>
/// Payloads of events and messages: <c>{"k": key id, "d": data, "t": trace, "l": secrets}</c>, personal values within
/// sealed with the key <c>k</c>. The trace is the W3C context it was written in; payloads written before, or while
/// nobody listened, have none, and whoever does not know it reads past it. The secrets are those that the event gave
/// out, as what is kept of each: <c>[page, issue, hash]</c>, of a code with its salt behind; where there are none they
/// are left out. Forgetting the key forgets the person; the bytes, and so the hash chain, stay as they are.
/// </summary>
public sealed class SealedJson(IPersonKeys keys)
{
    private const int KeysInMemory = 20_000;
    private readonly ConcurrentLru<string, byte[]> _known =
        RecentlyUsed.Keep<string, byte[]>(KeysInMemory);

    /// <summary>
    /// Makes sure that the key exists, durable, before anything is sealed with it, and returns its id. An erased person
    /// who comes again is served like anybody: what they say then is sealed with the key that <paramref name="otherwise"/> names.
    /// </summary>
    public async ValueTask<string> PrepareAsync(string keyId, Func<string> otherwise, CancellationToken ct)
    {
        if (await ExistsAsync(keyId, ct))
            return keyId;
        var other = otherwise();
        return await ExistsAsync(other, ct)
            ? other
            : throw new InvalidOperationException("The key of a stream was erased.");
    }

    /// <summary>Writes a payload; <see cref="PrepareAsync"/> must have run for the key.</summary>
    public byte[] Write(
        string keyId, object data, Type type, string? trace = null, IReadOnlyList<StoredSecret>? secrets = null)
    {
        if (!_known.TryGet(keyId, out var key))
            throw new InvalidOperationException("The key was not prepared.");
        return PersonalConverter.With(key, () =>
        {
            var buffer = new ArrayBufferWriter<byte>(512);
            using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
            writer.WriteStartObject();
            writer.WriteString("k"u8, keyId);
            writer.WritePropertyName("d"u8);
            JsonSerializer.Serialize(writer, data, type, StoredJson.Options);
            if (trace is not null)
                writer.WriteString("t"u8, trace);
            if (secrets is { Count: > 0 })
                Write(writer, secrets);
            writer.WriteEndObject();
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        });
    }

    /// <summary>Reads a payload; personal values of an erased person read as <see cref="Personal.Erased"/>.</summary>
    public async ValueTask<object> ReadAsync(ReadOnlyMemory<byte> payload, Type type, CancellationToken ct)
    {
        var keyId = KeyOf(payload.Span);
        if (!_known.TryGet(keyId, out var key))
        {
            key = await keys.FindAsync(keyId, ct);
            if (key is not null)
                _known.AddOrUpdate(keyId, key);
        }

        return PersonalConverter.With(key, () => ReadData(payload.Span, type));
    }

    /// <summary>
    /// The sealed values of a payload, each with its own key, to be shown to somebody who may read them; none where the
    /// person was erased or the payload is not sealed.
    /// </summary>
    public async Task<IReadOnlyList<Ledger.OpenedValue>> OpenAsync(ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        if (FindKey(payload.Span) is not { } keyId || await keys.FindAsync(keyId, ct) is not { } key)
            return [];
        var opened = new List<Ledger.OpenedValue>();
        foreach (var text in SealedIn(payload.Span))
        {
            var own = PersonalCipher.KeyOfValue(text, key);
            opened.Add(new Ledger.OpenedValue(text, Convert.ToBase64String(own), PersonalCipher.Open(text, own)));
        }

        return opened;
    }

    /// <summary>Whether the payload is sealed with the key of somebody who was erased.</summary>
    public async Task<bool> IsErasedAsync(ReadOnlyMemory<byte> payload, CancellationToken ct) =>
        FindKey(payload.Span) is { } keyId && await keys.FindAsync(keyId, ct) is null;

    /// <summary>The sealed values of a payload, in its order.</summary>
    internal static List<string> SealedIn(ReadOnlySpan<byte> payload)
    {
        var found = new List<string>();
        var reader = new Utf8JsonReader(payload);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.StartsWith("p1:"u8))
                found.Add(reader.GetString()!);
        }

        return found;
    }

    /// <summary>The id of the key a payload was sealed with.</summary>
    public static string KeyOf(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        reader.Read();
        reader.Read();
        reader.Read();
        return reader.GetString() ?? throw new JsonException("A payload names no key.");
    }

    /// <summary>As <see cref="KeyOf"/>, null where the payload is not sealed, or is no JSON at all.</summary>
    public static string? FindKey(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read()
                && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("k"u8) && reader.Read()
                && reader.TokenType == JsonTokenType.String
                ? reader.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The trace a payload was written in, or null.</summary>
    public static string? TraceOf(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var trace = reader.ValueTextEquals("t"u8);
            reader.Read();
            if (trace)
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }

        return null;
    }

    /// <summary>The secrets that an event gave out.</summary>
    public static IReadOnlyList<StoredSecret> SecretsOf(ReadOnlySpan<byte> payload)
    {
        // They come last: most payloads have none, and need not be read through for that.
        if (!payload.EndsWith("]]}"u8))
            return [];
        var reader = new Utf8JsonReader(payload);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("l"u8))
                return ReadSecrets(ref reader);
            reader.Skip();
        }

        return [];
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<StoredSecret> secrets)
    {
        writer.WriteStartArray("l"u8);
        foreach (var secret in secrets)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(secret.Page);
            writer.WriteNumberValue(secret.Issue);
            writer.WriteStringValue(secret.Hash);
            if (secret.Salt is not null)
                writer.WriteStringValue(secret.Salt);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static List<StoredSecret> ReadSecrets(ref Utf8JsonReader reader)
    {
        var secrets = new List<StoredSecret>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
            var page = reader.GetString()!;
            reader.Read();
            var issue = reader.GetInt32();
            reader.Read();
            var hash = reader.GetString()!;
            var salt = reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            if (salt is not null)
                reader.Read();
            secrets.Add(new StoredSecret(page, issue, hash, salt));
        }

        return secrets;
    }

    /// <summary>Nothing sealed with the key can be read again; <see cref="Erasure"/> records it first.</summary>
    internal async Task EraseAsync(string keyId, CancellationToken ct)
    {
        await keys.EraseAsync(keyId, ct);
        _known.TryRemove(keyId);
    }

    private async ValueTask<bool> ExistsAsync(string keyId, CancellationToken ct)
    {
        if (_known.TryGet(keyId, out _))
            return true;
        if (await keys.GetOrCreateAsync(keyId, ct) is not { } key)
            return false;
        _known.AddOrUpdate(keyId, key);
        return true;
    }

    private static object ReadData(ReadOnlySpan<byte> payload, Type type)
    {
        var reader = new Utf8JsonReader(payload);
        for (var i = 0; i < 5; i++)
            reader.Read();
        return JsonSerializer.Deserialize(ref reader, type, StoredJson.Options)
            ?? throw new JsonException($"A payload of {type.Name} is empty.");
    }
}
