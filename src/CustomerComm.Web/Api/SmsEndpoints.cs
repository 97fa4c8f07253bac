using System.Text.Json;
using CustomerComm.App.Conversations;
using CustomerComm.App.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Api;

/// <summary>
/// Text messages and delivery reports in the Event Grid schema, with the handshake that validates the subscription.
/// </summary>
internal static class SmsEndpoints
{
    private const string Received = "Microsoft.Communication.SMSReceived";
    private const string DeliveryReport = "Microsoft.Communication.SMSDeliveryReportReceived";
    private const string Validation = "Microsoft.EventGrid.SubscriptionValidationEvent";

    public static void MapSms(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/sms/events", TakeAsync).DisableAntiforgery().ProducesProblem(400)
            .WithSummary("Event Grid events: SMSReceived, SMSDeliveryReportReceived, SubscriptionValidationEvent.");

    private static async Task<IResult> TakeAsync(
        HttpContext http, SmsInbox inbox, SmsReports reports, WebOptions options, CancellationToken ct)
    {
        if (!SenderKey.MaySend(http, options.SmsEventsKey))
            return Problems.Unauthorized();
        JsonDocument json;
        try
        {
            json = await JsonDocument.ParseAsync(http.Request.Body, default, ct);
        }
        catch (JsonException)
        {
            return Problems.Field("body", "The body must be a JSON array of Event Grid events.");
        }

        using (json)
        {
            if (json.RootElement.ValueKind != JsonValueKind.Array)
                return Problems.Field("body", "The body must be a JSON array of Event Grid events.");
            var index = 0;
            foreach (var e in json.RootElement.EnumerateArray())
            {
                if (await TakeOneAsync(e, index++, inbox, reports, ct) is { } answer)
                    return answer;
            }
        }

        return TypedResults.Ok();
    }

    private static async Task<IResult?> TakeOneAsync(
        JsonElement e, int index, SmsInbox inbox, SmsReports reports, CancellationToken ct)
    {
        var type = e.Text("eventType");
        if (!e.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
            return Problems.Field($"[{index}].data", "An event needs 'data'.");
        switch (type)
        {
            case Validation:
                return data.Text("validationCode") is { Length: > 0 } code
                    ? TypedResults.Ok(new { ValidationResponse = code })
                    : Problems.Field($"[{index}].data.validationCode", "The code is missing.");
            case Received:
                var (id, from) = (data.Text("messageId") ?? e.Text("id"), data.Text("from"));
                if (id is not { Length: > 0 and <= 200 } || from is null || data.Text("message") is not { } text)
                    return Problems.Field($"[{index}].data", "SMSReceived needs messageId, from and message.");
                await inbox.ReceiveAsync(new SmsReceived(id, from, text), ct);
                return null;
            case DeliveryReport:
                if (data.Text("messageId") is { Length: > 0 and <= 200 } sent && data.Text("tag") is { } tag)
                    await reports.TakeAsync(sent, tag, data.Text("deliveryStatus") ?? "", ct);
                return null;
            default:
                // Other events of the topic are none of ours; refusing them would have them sent for ever.
                return null;
        }
    }
}
