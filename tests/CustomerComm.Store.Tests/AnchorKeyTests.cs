using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using CustomerComm.App.Ledger;
using CustomerComm.Azure;
using CustomerComm.Sqlite;

namespace CustomerComm.Store.Tests;

/// <summary>Keys that sign without being at hand: in Key Vault, and with a program.</summary>
public sealed class AnchorKeyTests : IDisposable
{
    private const string KeyId = "https://vault.example/keys/anchors/0123456789abcdef";

    private static readonly byte[] s_data = "2026-11-23\n"u8.ToArray();

    private readonly TempDirectory _directory = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _key.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Given_Key_Vault_Then_it_signs_the_digest_and_gives_the_public_half()
    {
        var vault = new Vault(_key);
        var key = new KeyVaultAnchorKey(KeyId, o => o.Transport = new HttpClientTransport(vault), new AnyCredential());
        using var opened = AnchorLine.Open((await key.FindPublicAsync(Ct))!);
        Assert.True(opened.VerifyData(s_data, await key.SignAsync(s_data, Ct), HashAlgorithmName.SHA256));
        await key.FindPublicAsync(Ct);
        Assert.Equal(
            ["GET /keys/anchors/0123456789abcdef?api-version=7.4", "POST /keys/anchors/0123456789abcdef/sign?api-version=7.4"],
            vault.Requests);
    }

    [Fact]
    public async Task Given_Key_Vault_refuses_Then_it_is_an_error_that_names_the_key()
    {
        var vault = new Vault(_key) { Status = HttpStatusCode.Forbidden };
        var key = new KeyVaultAnchorKey(KeyId, o => o.Transport = new HttpClientTransport(vault), new AnyCredential());
        var refused = await Assert.ThrowsAsync<IOException>(() => key.SignAsync(s_data, Ct));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        Assert.Contains("anchors", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("anchors")]
    [InlineData("https://vault.example/keys/anchors")]
    [InlineData("https://vault.example/secrets/anchors/0")]
    public void Given_no_identifier_with_a_version_Then_it_is_refused(string keyId) =>
        Assert.Throws<InvalidDataException>(() => new KeyVaultAnchorKey(keyId));

    [Theory]
    [InlineData(DSASignatureFormat.Rfc3279DerSequence)]
    [InlineData(DSASignatureFormat.IeeeP1363FixedFieldConcatenation)]
    public async Task Given_a_program_that_signs_Then_its_signature_is_taken_in_either_form(DSASignatureFormat format)
    {
        // Some have a leading zero, or lack one, in DER.
        for (var i = 0; i < 20; i++)
        {
            var key = Program(_key.SignData(s_data, HashAlgorithmName.SHA256, format));
            Assert.True(_key.VerifyData(s_data, await key.SignAsync(s_data, Ct), HashAlgorithmName.SHA256));
        }
    }

    [Fact]
    public async Task Given_a_program_that_signs_something_else_or_fails_Then_nothing_is_published_with_it()
    {
        var other = Program(_key.SignData("other"u8, HashAlgorithmName.SHA256));
        await Assert.ThrowsAsync<InvalidDataException>(() => other.SignAsync(s_data, Ct));
        await Assert.ThrowsAsync<InvalidDataException>(() => Program([1, 2, 3]).SignAsync(s_data, Ct));
        await Assert.ThrowsAsync<IOException>(
            () => new CommandAnchorKey("false", [], _directory["key.pub"]).SignAsync(s_data, Ct));
        await Assert.ThrowsAsync<IOException>(
            () => new CommandAnchorKey(_directory["nothing"], [], _directory["key.pub"]).SignAsync(s_data, Ct));
        await Assert.ThrowsAsync<InvalidDataException>(
            () => new CommandAnchorKey("cat", [], _directory["none.pub"]).FindPublicAsync(Ct));
    }

    /// <summary>A program that gives this signature, whatever it is asked.</summary>
    private CommandAnchorKey Program(byte[] signature)
    {
        File.WriteAllText(_directory["key.pub"], _key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(_directory["signature"], Convert.ToBase64String(signature));
        return new CommandAnchorKey("cat", [_directory["signature"]], _directory["key.pub"]);
    }

    private sealed class AnyCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>As Key Vault answers: base64url, the digest signed as it comes.</summary>
    private sealed class Vault(ECDsa key) : HttpMessageHandler
    {
        public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

        public List<string> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
            var q = key.ExportParameters(includePrivateParameters: false).Q;
            object answer = new { key = new { kty = "EC", crv = "P-256", x = Encode(q.X!), y = Encode(q.Y!) } };
            if (request.Method == HttpMethod.Post)
            {
                using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
                Assert.Equal("ES256", body.RootElement.GetProperty("alg").GetString());
                var digest = Convert.FromBase64String(Pad(body.RootElement.GetProperty("value").GetString()!));
                answer = new { kid = KeyId, value = Encode(key.SignHash(digest)) };
            }

            return new HttpResponseMessage(Status) { Content = new StringContent(JsonSerializer.Serialize(answer)) };
        }

        private static string Encode(byte[] bytes) =>
            Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        private static string Pad(string text) =>
            text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
    }
}
