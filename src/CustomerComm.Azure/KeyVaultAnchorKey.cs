using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>
/// The anchors' key in Key Vault (P-256, REST version 7.4), which never leaves it: the application may sign with it, and
/// neither it nor who administers it can read it. The identifier is with its version, for only that one is what the
/// outsiders have the public half of.
/// </summary>
public sealed class KeyVaultAnchorKey : IAnchorKey
{
    private const string Scope = "https://vault.azure.net/.default";
    private const string Version = "?api-version=7.4";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly HttpPipeline _pipeline;
    private readonly Uri _key;
    private string? _public;

    /// <summary>
    /// Takes <c>https://….vault.azure.net/keys/NAME/VERSION</c>; throws <see cref="InvalidDataException"/> for another.
    /// </summary>
    public KeyVaultAnchorKey(string keyId, Action<ClientOptions>? configure = null, TokenCredential? credential = null)
    {
        if (!Uri.TryCreate(keyId, UriKind.Absolute, out var key) || key.Segments is not [_, "keys/", _, { Length: > 0 }])
        {
            throw new InvalidDataException(
                "CustomerComm__AnchorKeyId must be the identifier of a key with its version, "
                + "https://….vault.azure.net/keys/NAME/VERSION.");
        }

        _key = key;
        var client = new Settings();
        client.Diagnostics.IsLoggingContentEnabled = false;
        configure?.Invoke(client);
        _pipeline = HttpPipelineBuilder.Build(
            client, new BearerTokenAuthenticationPolicy(credential ?? new DefaultAzureCredential(), Scope));
    }

    /// <inheritdoc/>
    public async Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        var digest = SHA256.HashData(data.Span);
        var body = BinaryData.FromObjectAsJson(new { alg = "ES256", value = Base64Url.EncodeToString(digest) }, s_json);
        var signed = await SendAsync<Signed>(RequestMethod.Post, "/sign", body, ct).ConfigureAwait(false);
        return Base64Url.DecodeFromChars(signed.Value);
    }

    /// <inheritdoc/>
    public async Task<string?> FindPublicAsync(CancellationToken ct)
    {
        if (_public is not null)
            return _public;
        var found = await SendAsync<Bundle>(RequestMethod.Get, "", null, ct).ConfigureAwait(false);
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(found.Key.X), Y = Base64Url.DecodeFromChars(found.Key.Y) },
        });
        return _public = key.ExportSubjectPublicKeyInfoPem();
    }

    private async Task<T> SendAsync<T>(RequestMethod method, string path, BinaryData? body, CancellationToken ct)
    {
        using var http = _pipeline.CreateMessage();
        http.Request.Method = method;
        http.Request.Uri.Reset(new Uri(_key.AbsoluteUri + path + Version));
        if (body is not null)
        {
            http.Request.Headers.SetValue("Content-Type", "application/json");
            http.Request.Content = RequestContent.Create(body);
        }

        await _pipeline.SendAsync(http, ct).ConfigureAwait(false);
        return http.Response.Status == 200 && http.Response.Content.ToObjectFromJson<T>(s_json) is { } answer
            ? answer
            : throw new IOException($"Key Vault answered {http.Response.Status}; the key is {_key.Segments[2]}.");
    }

    private sealed class Settings : ClientOptions;

    private sealed record Signed(string Value);

    private sealed record Bundle(Jwk Key);

    private sealed record Jwk([property: JsonPropertyName("x")] string X, [property: JsonPropertyName("y")] string Y);
}
