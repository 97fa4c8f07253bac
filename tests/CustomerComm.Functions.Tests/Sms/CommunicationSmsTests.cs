using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using CustomerComm.App.Ports;
using CustomerComm.Azure;
using CustomerComm.Domain;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.Functions.Tests.Sms;

/// <summary>Text messages by Communication Services, against a service that checks every request.</summary>
public sealed class CommunicationSmsTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);
    private static readonly string s_to = TestCompany.Phone(7);

    private readonly FakeTimeProvider _time = new(s_start);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_an_access_key_When_sent_Then_the_signature_holds_and_a_report_is_asked_for()
    {
        await using var server = await CommunicationServer.StartAsync();
        Assert.Equal(SendResult.Sent, await Sender(server).SendAsync(Message(), Ct));
        var sms = Assert.Single(server.Sent.Values);
        Assert.Equal((TestCompany.Phone(99), s_to, "您好 Hello", "complaint.1/000001-0", true),
            (sms.From, sms.To, sms.Text, sms.Tag, sms.Report));
    }

    [Fact]
    public async Task Given_another_key_When_sent_Then_it_is_tried_later_because_a_setting_is_wrong()
    {
        await using var server = await CommunicationServer.StartAsync();
        var sender = Sender(server, new CommunicationOptions
        {
            From = TestCompany.Phone(99),
            ConnectionString = $"endpoint={server.Address};accesskey={Convert.ToBase64String(new byte[64])}",
        });
        var result = await sender.SendAsync(Message(), Ct);
        Assert.Equal((SendOutcome.TryLater, "Communication Services: HTTP 401"), (result.Outcome, result.Error));
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task Given_a_managed_identity_When_sent_Then_its_token_is_shown_for_the_right_scope()
    {
        using var certificate = Certificate();
        await using var server = await CommunicationServer.StartAsync(certificate, "token-1");
        var credential = new OneToken("token-1");
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { certificate },
        };
        var sender = Sender(server, new CommunicationOptions
        {
            From = TestCompany.Phone(99),
            Endpoint = server.Address,
            Credential = credential,
            Configure = o => o.Transport = new HttpClientTransport(handler),
        });
        Assert.Equal(SendResult.Sent, await sender.SendAsync(Message(), Ct));
        Assert.Equal("https://communication.azure.com//.default", credential.Scope);
    }

    [Theory]
    [InlineData(429, 1)]
    [InlineData(503, 2)]
    public async Task Given_throttling_that_passes_When_sent_Then_the_repetition_is_known_for_one(int status, int times)
    {
        await using var server = await CommunicationServer.StartAsync();
        server.Fault = n => n <= times ? status : null;
        Assert.Equal(SendResult.Sent, await Sender(server).SendAsync(Message(), Ct));
        Assert.Equal(times + 1, server.Asked.Count);
        Assert.Single(server.Asked.Select(a => (a.RequestId, a.FirstSent)).Distinct());
        Assert.Single(server.Sent);
    }

    [Theory]
    [InlineData(429, "HTTP 429")]
    [InlineData(500, "HTTP 500")]
    [InlineData(503, "HTTP 503")]
    [InlineData(400, "HTTP 400")]
    [InlineData(401, "HTTP 401")]
    [InlineData(403, "HTTP 403")]
    public async Task Given_the_service_fails_for_long_When_sent_Then_it_is_tried_later(int status, string error)
    {
        await using var server = await CommunicationServer.StartAsync();
        server.Fault = _ => status;
        var result = await Sender(server).SendAsync(Message(), Ct);
        Assert.Equal((SendOutcome.TryLater, "Communication Services: " + error), (result.Outcome, result.Error));
    }

    [Theory]
    [InlineData(400, SendOutcome.Refused)]
    [InlineData(404, SendOutcome.Refused)]
    [InlineData(401, SendOutcome.TryLater)]
    [InlineData(429, SendOutcome.TryLater)]
    [InlineData(500, SendOutcome.TryLater)]
    public async Task Given_an_answer_for_the_recipient_When_sent_Then_only_a_bad_number_is_final_and_not_named(
        int status, SendOutcome expected)
    {
        await using var server = await CommunicationServer.StartAsync();
        server.Refuse = _ => status;
        var result = await Sender(server).SendAsync(Message(), Ct);
        Assert.Equal(expected, result.Outcome);
        Assert.DoesNotContain(s_to, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("您好", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_message_tried_again_elsewhere_When_sent_Then_it_carries_the_same_id_and_first_time()
    {
        await using var server = await CommunicationServer.StartAsync();
        await Sender(server).SendAsync(Message(), Ct);
        _time.Advance(TimeSpan.FromSeconds(40));
        await Sender(server).SendAsync(Message(), Ct);
        await Sender(server).SendAsync(Message("complaint.1/000001-1"), Ct);
        Assert.Equal(2, server.Sent.Count);
        Assert.Equal(s_start, Assert.Single(server.Asked.Select(a => a.FirstSent).Distinct()));
    }

    [Fact]
    public async Task Given_a_message_owed_for_hours_When_sent_Then_its_first_time_is_young_enough_to_be_taken()
    {
        await using var server = await CommunicationServer.StartAsync();
        _time.Advance(TimeSpan.FromHours(7.99));
        await Sender(server).SendAsync(Message(), Ct);
        var age = _time.GetUtcNow() - Assert.Single(server.Asked).FirstSent;
        Assert.InRange(age, TimeSpan.Zero, TimeSpan.FromMinutes(4));
    }

    [Theory]
    [InlineData("endpoint=https://x.example/")]
    [InlineData("accesskey=AAAA")]
    [InlineData("endpoint=nonsense;accesskey=AAAA")]
    [InlineData("endpoint=https://x.example/;accesskey=not base64")]
    public void Given_a_broken_connection_string_Then_the_setting_is_named_and_the_key_is_not(string text)
    {
        var options = new CommunicationOptions { From = TestCompany.Phone(99), ConnectionString = text };
        var error = Assert.Throws<InvalidDataException>(() => new CommunicationSms(options, _time));
        Assert.Contains("CustomerComm__Sms__ConnectionString", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not base64", error.Message, StringComparison.Ordinal);
    }

    private static ReadyMessage Message(string id = "complaint.1/000001-0") =>
        new(id, Channel.Sms, s_to, "您好 Hello") { Owed = s_start };

    private CommunicationSms Sender(CommunicationServer server, CommunicationOptions? options = null)
    {
        options ??= new CommunicationOptions
        {
            From = TestCompany.Phone(99),
            ConnectionString = server.ConnectionString,
        };
        var configure = options.Configure;
        return new CommunicationSms(
            options with
            {
                Configure = o =>
                {
                    o.Retry.Delay = o.Retry.MaxDelay = TimeSpan.FromMilliseconds(10);
                    configure?.Invoke(o);
                },
            },
            _time);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=loopback", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private sealed class OneToken(string token) : TokenCredential
    {
        public string? Scope { get; private set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scope = Assert.Single(requestContext.Scopes);
            return new AccessToken(token, TimeProvider.System.GetUtcNow().AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
