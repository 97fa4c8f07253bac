using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Messaging.EventGrid;
using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>
/// Communication Services' events in the Event Grid schema and as CloudEvents 1.0: structured, in batches, binary. Only
/// what is needed is read, and leniently, so that a field that does not concern us costs no message. No message is lost
/// for what is no Unicode in it: that becomes U+FFFD.
/// </summary>
public sealed partial class EventGridSmsEvents : ISmsEvents
{
    private const int LongestId = 200;
    private const string OfAzure = "Microsoft.";

    /// <inheritdoc/>
    public IReadOnlyList<SmsEvent> Parse(ReadOnlyMemory<byte> json, EventHead? head = null)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(Whole(TextOf(json.Span)));
        }
        catch (JsonException)
        {
            return [NotEvents with { Raw = json }];
        }

        using (document)
        {
            var root = document.RootElement;
            if (head is not null)
                return [Read(head.Type, head.Id, root, "data") with { Raw = json }];
            return root.ValueKind switch
            {
                JsonValueKind.Array => [.. root.EnumerateArray().Select((e, i) => Read(e, i))],
                JsonValueKind.Object => [Read(root, 0)],
                _ => [NotEvents with { Raw = json }],
            };
        }
    }

    private static SmsEvent.Malformed NotEvents { get; } =
        new("body", "The body must be JSON: an array of Event Grid events or CloudEvents, or one of them.");

    /// <summary>An event with its envelope: what Event Grid calls eventType is type in CloudEvents.</summary>
    private static SmsEvent Read(JsonElement e, int index)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"[{index}]");
        var read = e.ValueKind != JsonValueKind.Object
            ? new SmsEvent.Malformed(at, "An event must be a JSON object.")
            : (Text(e, "eventType") ?? Text(e, "type")) is not { Length: > 0 } type
                ? new SmsEvent.Malformed($"{at}.eventType", "An event needs 'eventType', or 'type' as a CloudEvent.")
                : ReadData(e, type, at);
        return read with { Raw = Encoding.UTF8.GetBytes(e.GetRawText()) };
    }

    private static SmsEvent ReadData(JsonElement e, string type, string at)
    {
        if (e.TryGetProperty("data", out var data))
            return Read(type, Text(e, "id"), data, $"{at}.data");
        if (Text(e, "data_base64") is not { } coded)
            return new SmsEvent.Malformed($"{at}.data", "An event needs 'data'.");
        try
        {
            using var decoded = JsonDocument.Parse(Whole(TextOf(Convert.FromBase64String(coded))));
            return Read(type, Text(e, "id"), decoded.RootElement, $"{at}.data_base64");
        }
        catch (Exception x) when (x is JsonException or FormatException)
        {
            return new SmsEvent.Malformed($"{at}.data_base64", "'data_base64' must be JSON in base64.");
        }
    }

    private static SmsEvent Read(string type, string? id, JsonElement data, string at)
    {
        if (Is(type, SystemEventNames.EventGridSubscriptionValidation))
        {
            return Text(data, "validationCode") is { Length: > 0 } code
                ? new SmsEvent.Validation(code)
                : new SmsEvent.Malformed($"{at}.validationCode", "The code is missing.");
        }

        if (Is(type, SystemEventNames.AcsSmsReceived))
        {
            return Text(data, "from") is { Length: > 0 } from && Text(data, "message") is { } text
                ? new SmsEvent.Received(IdOf(Text(data, "messageId") ?? id, data), from, text)
                : new SmsEvent.Malformed(at, "SMSReceived needs messageId, from and message.");
        }

        if (Is(type, SystemEventNames.AcsSmsDeliveryReportReceived))
        {
            if (Text(data, "messageId") is not { Length: > 0 } sent)
                return new SmsEvent.Malformed(at, "SMSDeliveryReportReceived needs messageId.");
            // Without a tag of ours it is about a message that somebody else sent by the same number.
            return Text(data, "tag") is { } tag
                ? new SmsEvent.Reported(IdOf(sent, data), tag, Text(data, "deliveryStatus") ?? "")
                : new SmsEvent.Other();
        }

        // What the platform tells beside is none of ours; anything else somebody means us to read.
        return type.StartsWith(OfAzure, StringComparison.OrdinalIgnoreCase)
            ? new SmsEvent.Other()
            : new SmsEvent.Malformed(
                at, "The type of the event is not known; send Microsoft.Communication.SMSReceived or "
                + "Microsoft.Communication.SMSDeliveryReportReceived.");
    }

    private static bool Is(string type, string name) => type.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The id; where there is none, or one beyond measure, it is made of the event.</summary>
    private static string IdOf(string? id, JsonElement data)
    {
        if (id is { Length: > 0 and <= LongestId })
            return id;
        var source = id is { Length: > 0 } ? id : data.GetRawText();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)));
    }

    private static string TextOf(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).TrimStart('\ufeff');

    /// <summary>The JSON text, escapes of half a surrogate pair replaced: nothing else reads them.</summary>
    private static string Whole(string json) =>
        Escape().Replace(json, m => m.Groups["half"].Success ? @"\ufffd" : m.Value);

    [GeneratedRegex(
        @"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Escape();

    /// <summary>A field as text; a number counts as it is written.</summary>
    private static string? Text(JsonElement e, string name) =>
        e.ValueKind != JsonValueKind.Object || !e.TryGetProperty(name, out var value) ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
}
