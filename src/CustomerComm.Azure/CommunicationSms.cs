using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using CustomerComm.App;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Azure;

/// <summary>
/// Text messages by Azure Communication Services, REST version 2021-03-07. Delivery reports are asked for, with the
/// message's id as their tag. A repetition carries the same repeatability id, so that the service sends it once.
/// Throttling and failures are repeated twice at once, and later by whoever calls.
/// </summary>
public sealed class CommunicationSms : IMessageChannel
{
    private const string Scope = "https://communication.azure.com//.default";

    // The service remembers requests for five minutes and refuses those first sent longer ago.
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(4);

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly HttpPipeline _pipeline;
    private readonly Uri _address;
    private readonly string _from;
    private readonly TimeProvider _time;

    /// <summary>Throws <see cref="InvalidDataException"/> where the options name no resource.</summary>
    public CommunicationSms(CommunicationOptions options, TimeProvider time)
    {
        var (endpoint, key) = options.Checked(HostSettings.Sms).Resolve()!.Value;
        var client = new Settings();
        client.Retry.MaxRetries = 2;
        client.Retry.Delay = TimeSpan.FromSeconds(0.5);
        client.Retry.MaxDelay = TimeSpan.FromSeconds(5);
        client.Retry.NetworkTimeout = TimeSpan.FromSeconds(15);
        // Bodies hold numbers and texts.
        client.Diagnostics.IsLoggingContentEnabled = false;
        options.Configure?.Invoke(client);
        HttpPipelinePolicy authentication = key is not null
            ? new HmacPolicy(key, time)
            : new BearerTokenAuthenticationPolicy(options.Credential ?? new DefaultAzureCredential(), Scope);
        _pipeline = HttpPipelineBuilder.Build(client, authentication);
        _address = new Uri(endpoint, "/sms?api-version=2021-03-07");
        _from = options.From;
        _time = time;
    }

    /// <inheritdoc/>
    public Channel Channel => Channel.Sms;

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(ReadyMessage message, CancellationToken ct)
    {
        using var http = _pipeline.CreateMessage();
        http.Request.Method = RequestMethod.Post;
        http.Request.Uri.Reset(_address);
        http.Request.Headers.SetValue("Content-Type", "application/json");
        http.Request.Content = RequestContent.Create(BinaryData.FromObjectAsJson(Body(message), s_json));
        await _pipeline.SendAsync(http, ct).ConfigureAwait(false);
        // What the service says in words may repeat the number, so only codes go further.
        if (http.Response.Status is < 200 or > 299)
            return Later($"HTTP {http.Response.Status}");
        var answer = http.Response.Content.ToObjectFromJson<Answer>(s_json);
        return answer?.Value is [var sent] ? Judge(sent) : Later("an answer without the recipient");
    }

    private static SendResult Judge(Sent sent) => sent switch
    {
        { Successful: true } => SendResult.Sent,
        // The service holds the earlier try, of another first time, for some minutes more.
        { Repeatability: "rejected" } => Later("repetition refused"),
        { Status: 400 or 404 } => new SendResult(SendOutcome.Refused, $"recipient refused, {sent.Status}"),
        _ => Later($"recipient {sent.Status}"),
    };

    private static SendResult Later(string error) => new(SendOutcome.TryLater, "Communication Services: " + error);

    private object Body(ReadyMessage message) => new
    {
        From = _from,
        SmsRecipients = new[]
        {
            new
            {
                message.To,
                RepeatabilityRequestId = RequestId(message.Id),
                RepeatabilityFirstSent = FirstSent(message.Owed).ToString("r", CultureInfo.InvariantCulture),
            },
        },
        Message = message.Text,
        SmsSendOptions = new { EnableDeliveryReport = true, Tag = message.Id },
    };

    /// <summary>
    /// The same for tries close together, even from different processes, and never older than what the service still
    /// accepts.
    /// </summary>
    private DateTimeOffset FirstSent(DateTimeOffset? owed)
    {
        var now = _time.GetUtcNow();
        return owed is { } since && since <= now ? since + ((now - since).Ticks / s_window.Ticks * s_window) : now;
    }

    private static Guid RequestId(string message) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(message)).AsSpan(0, 16));

    private sealed class Settings : ClientOptions;

    private sealed record Answer(IReadOnlyList<Sent>? Value);

    private sealed record Sent(
        [property: JsonPropertyName("httpStatusCode")] int Status,
        [property: JsonPropertyName("repeatabilityResult")] string? Repeatability,
        bool Successful);
}
