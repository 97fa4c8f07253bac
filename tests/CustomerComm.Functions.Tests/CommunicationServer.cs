using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerComm.Functions.Tests;

/// <summary>A text message as the service was asked to send it.</summary>
internal sealed record AskedSms(
    string From, string To, string Text, string Tag, bool Report, Guid RequestId, DateTimeOffset FirstSent);

/// <summary>
/// Stands in for Communication Services: checks who asks (signature or bearer token), remembers what was asked, and
/// answers as told. What fails its checks is answered as the service does, so that a wrong signature fails a test.
/// </summary>
internal sealed class CommunicationServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;
    private readonly Signal _news = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(64);

    private CommunicationServer(X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, o =>
        {
            if (certificate is not null)
                o.UseHttps(certificate);
        }));
        _app = builder.Build();
        _app.MapPost("/sms", TakeAsync);
    }

    public Uri Address { get; private set; } = null!;

    public string ConnectionString => $"endpoint={Address};accesskey={Convert.ToBase64String(_key)}";

    /// <summary>Every request that passed the checks, repetitions included.</summary>
    public ConcurrentQueue<AskedSms> Asked { get; } = new();

    /// <summary>What went out: a repeatability id counts once.</summary>
    public ConcurrentDictionary<Guid, AskedSms> Sent { get; } = new();

    /// <summary>The bearer token that is good instead of a signature.</summary>
    public string? Token { get; init; }

    /// <summary>Status of the whole answer for the n-th request (from 1) if not 202.</summary>
    public Func<int, int?> Fault { get; set; } = _ => null;

    /// <summary>Status of the recipient if not 202.</summary>
    public Func<AskedSms, int?> Refuse { get; set; } = _ => null;

    public int Requests => _requests;

    public static async Task<CommunicationServer> StartAsync(X509Certificate2? certificate = null, string? token = null)
    {
        var server = new CommunicationServer(certificate) { Token = token };
        await server._app.StartAsync();
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(addresses.Addresses.First());
        return server;
    }

    /// <summary>Waits until so many messages went out.</summary>
    public Task SentAsync(int count) => _news.UntilAsync(() => Sent.Count >= count, $"{count} messages");

    /// <summary>Waits until a message went to this phone.</summary>
    public Task SentAsync(string phone) =>
        _news.UntilAsync(() => Sent.Values.Any(s => s.To == phone), $"a message to {phone}");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        var nth = Interlocked.Increment(ref _requests);
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (http.Request.Query["api-version"] != "2021-03-07" || !MayAsk(http.Request, body.ToArray()))
        {
            http.Response.StatusCode = 401;
            return;
        }

        var asked = Read(JsonNode.Parse(body.ToArray())!);
        Asked.Enqueue(asked);
        if (Fault(nth) is { } fault)
        {
            http.Response.StatusCode = fault;
            http.Response.Headers.RetryAfter = "0";
            return;
        }

        var status = Refuse(asked) ?? 202;
        if (status == 202 && Sent.TryAdd(asked.RequestId, asked))
            _news.Pulse();
        http.Response.StatusCode = 202;
        await http.Response.WriteAsJsonAsync(new
        {
            value = new[]
            {
                new
                {
                    to = asked.To, messageId = "Outgoing_" + nth, httpStatusCode = status,
                    successful = status == 202, errorMessage = status == 202 ? null : $"{asked.To} is not valid",
                },
            },
        });
    }

    /// <summary>Recomputes the signature as the documentation says.</summary>
    private bool MayAsk(HttpRequest request, byte[] body)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (Token is not null)
            return authorization == "Bearer " + Token;
        var hash = Convert.ToBase64String(SHA256.HashData(body));
        var date = request.Headers["x-ms-date"].ToString();
        var text = $"{request.Method}\n{request.Path}{request.QueryString}\n{date};{request.Host};{hash}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
        return request.Headers["x-ms-content-sha256"] == hash
            && DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && authorization
                == $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}";
    }

    private static AskedSms Read(JsonNode json)
    {
        var to = Assert.Single(json["smsRecipients"]!.AsArray())!;
        var options = json["smsSendOptions"]!;
        return new AskedSms(
            json["from"]!.GetValue<string>(), to["to"]!.GetValue<string>(), json["message"]!.GetValue<string>(),
            options["tag"]!.GetValue<string>(), options["enableDeliveryReport"]!.GetValue<bool>(),
            to["repeatabilityRequestId"]!.GetValue<Guid>(),
            DateTimeOffset.ParseExact(
                to["repeatabilityFirstSent"]!.GetValue<string>(), "r", CultureInfo.InvariantCulture));
    }
}
