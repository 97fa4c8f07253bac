using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Registers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Api;

/// <summary>Is it alive, is it ready.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live")).WithSummary("The process answers.");
        app.MapGet("/health/ready", ReadyAsync).WithSummary("The store answers, and nothing waits too long.");
    }

    private static async Task<IResult> ReadyAsync(
        IEventStore store, Sweeper sweeper, SetAside aside, CalendarWatch calendars, PostWatch posts,
        TimeProvider time, CancellationToken ct)
    {
        try
        {
            var now = time.Now();
            var next = await store.NextDueAsync(ct);
            var behind = next is { } due && due < now ? now - due : TimeSpan.Zero;
            return TypedResults.Ok(new
            {
                Status = "ready",
                BehindSeconds = (long)behind.TotalSeconds,
                SetAside = await aside.CountAsync(ct),
                StreamsFailing = sweeper.SetAside,
                HolidaysMissing = calendars.Missing().Select(m => $"{m.Community} {m.Year}"),
                Posts = (await posts.LookAsync(ct)).Select(a => a.ToString()),
            });
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Problems.Make(
                StatusCodes.Status503ServiceUnavailable, "NotReady", "Not ready.", "The store does not answer.", null,
                null);
        }
    }
}
