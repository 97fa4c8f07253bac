using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Messaging.EventGrid;
using Azure.Messaging.EventGrid.SystemEvents;
using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>
/// Communication Services' events in the Event Grid schema. The envelope is read leniently, since only its type and id
/// matter; the data as the service's own types. No message is lost for what is no Unicode in it: that becomes U+FFFD.
/// </summary>
public sealed partial class EventGridSmsEvents : ISmsEvents
{
    private const int LongestId = 200;

    /// <inheritdoc/>
    public IReadOnlyList<SmsEvent> Parse(ReadOnlyMemory<byte> json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(Whole(Encoding.UTF8.GetString(json.Span)));
        }
        catch (JsonException)
        {
            return [NotEvents];
        }

        using (document)
        {
            return document.RootElement switch
            {
                { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray().Select((e, i) => Read(e, i))],
                { ValueKind: JsonValueKind.Object } one => [Read(one, 0)],
                _ => [NotEvents],
            };
        }
    }

    private static SmsEvent.Malformed NotEvents { get; } =
        new("body", "The body must be a JSON array of Event Grid events.");

    private static SmsEvent Read(JsonElement e, int index)
    {
        if (e.ValueKind != JsonValueKind.Object || !e.TryGetProperty("data", out var data)
            || data.ValueKind != JsonValueKind.Object)
        {
            return new SmsEvent.Malformed($"[{index}].data", "An event needs 'data'.");
        }

        var type = Text(e, "eventType") ?? "";
        return new EventGridEvent("-", type, "-", BinaryData.FromString(data.GetRawText()))
            .TryGetSystemEventData(out var typed) ? Read(typed, Text(e, "id"), index) : Unread(type, index);
    }

    private static SmsEvent Read(object data, string? id, int index) => data switch
    {
        AcsSmsReceivedEventData r when (r.MessageId ?? id) is { Length: > 0 and <= LongestId } message
            && r.From is { } from && r.Message is { } text => new SmsEvent.Received(message, from, text),
        AcsSmsReceivedEventData => Unread(SystemEventNames.AcsSmsReceived, index),
        AcsSmsDeliveryReportReceivedEventData { MessageId.Length: > 0 and <= LongestId, Tag: not null } d =>
            new SmsEvent.Reported(d.MessageId, d.Tag, d.DeliveryStatus ?? ""),
        SubscriptionValidationEventData { ValidationCode.Length: > 0 } v => new SmsEvent.Validation(v.ValidationCode),
        SubscriptionValidationEventData => Unread(SystemEventNames.EventGridSubscriptionValidation, index),
        _ => new SmsEvent.Other(),
    };

    /// <summary>Data of a kind that is ours but not as it must be; any other kind does not concern us.</summary>
    private static SmsEvent Unread(string type, int index) => type switch
    {
        SystemEventNames.AcsSmsReceived =>
            new SmsEvent.Malformed($"[{index}].data", "SMSReceived needs messageId, from and message."),
        SystemEventNames.EventGridSubscriptionValidation =>
            new SmsEvent.Malformed($"[{index}].data.validationCode", "The code is missing."),
        _ => new SmsEvent.Other(),
    };

    /// <summary>The JSON text, escapes of half a surrogate pair replaced: nothing else reads them.</summary>
    private static string Whole(string json) =>
        Escape().Replace(json, m => m.Groups["half"].Success ? @"\ufffd" : m.Value);

    [GeneratedRegex(
        @"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Escape();

    private static string? Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
