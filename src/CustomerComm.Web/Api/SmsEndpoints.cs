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
    public static void MapSms(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/sms/events", TakeAsync).DisableAntiforgery().ProducesProblem(400)
            .WithSummary("Event Grid events: SMSReceived, SMSDeliveryReportReceived, SubscriptionValidationEvent.");

    private static async Task<IResult> TakeAsync(
        HttpContext http, SmsEventIntake intake, WebOptions options, CancellationToken ct)
    {
        if (!SenderKey.MaySend(http, options.SmsEventsKey, options))
            return Problems.Unauthorized();
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, ct);
        var result = await intake.TakeAsync(body.GetBuffer().AsMemory(0, (int)body.Length), ct);
        return result switch
        {
            SmsEventsResult.Taken => TypedResults.Ok(),
            SmsEventsResult.Validate v => TypedResults.Ok(new { ValidationResponse = v.Code }),
            SmsEventsResult.Malformed m => Problems.Field(m.Field, m.Text),
            _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
        };
    }
}
