using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Api;

/// <summary>
/// Text messages and delivery reports, in the Event Grid schema or as CloudEvents 1.0, each with its handshake that
/// validates the subscription.
/// </summary>
internal static class SmsEndpoints
{
    private const string Path = "/api/sms/events";

    public static void MapSms(this IEndpointRouteBuilder app)
    {
        app.MapPost(Path, TakeAsync).DisableAntiforgery().ProducesProblem(400)
            .WithSummary(
                "Event Grid or CloudEvents: SMSReceived, SMSDeliveryReportReceived, SubscriptionValidationEvent.");
        app.MapMethods(Path, [HttpMethods.Options], Allow).ProducesProblem(400)
            .WithSummary("The handshake of CloudEvents: may this origin send here?");
    }

    private static async Task<IResult> TakeAsync(
        HttpContext http, SmsEventIntake intake, WebOptions options, CancellationToken ct)
    {
        if (!SenderKey.MaySend(http, options.SmsEventsKey))
            return SenderKey.Wrong();
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, ct);
        var result = await intake.TakeAsync(body.ToArray(), HeadOf(http.Request), ct);
        return result switch
        {
            SmsEventsResult.Taken => TypedResults.Ok(),
            SmsEventsResult.Validate v => TypedResults.Ok(new { ValidationResponse = v.Code }),
            SmsEventsResult.Malformed m => Problems.Field(
                m.Field, $"{m.Text} What came was kept and a person was told; sending it again changes nothing."),
            _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
        };
    }

    /// <summary>In binary mode the envelope stands in headers, and the body is the data alone.</summary>
    private static EventHead? HeadOf(HttpRequest request) =>
        request.Headers["ce-type"].FirstOrDefault() is { Length: > 0 } type
            ? new EventHead(type, request.Headers["ce-id"].FirstOrDefault()) : null;

    /// <summary>The abuse protection of CloudEvents' web hooks: who asks with the key may send, at any rate.</summary>
    private static IResult Allow(HttpContext http, WebOptions options)
    {
        if (!SenderKey.MaySend(http, options.SmsEventsKey))
            return SenderKey.Wrong();
        if (http.Request.Headers["WebHook-Request-Origin"].FirstOrDefault() is not { Length: > 0 } origin)
        {
            return Problems.Field(
                "WebHook-Request-Origin",
                "The header 'WebHook-Request-Origin' is missing; it names who wants to send.");
        }

        var headers = http.Response.Headers;
        headers.Allow = "POST, OPTIONS";
        headers["WebHook-Allowed-Origin"] = origin;
        headers["WebHook-Allowed-Rate"] = "*";
        return TypedResults.Ok();
    }
}
