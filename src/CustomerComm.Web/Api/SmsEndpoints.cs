using System.Security.Cryptography;
using System.Text;
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
        if (!MaySend(http, options))
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

    private static bool MaySend(HttpContext http, WebOptions options)
    {
        if (options.SmsEventsKey is not { Length: > 0 } key)
            return options.IsLocal(http);
        var shown = http.Request.Headers["X-Api-Key"].FirstOrDefault() ?? http.Request.Query["key"].ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(shown));
    }
}
