using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.DurableTask.Client;

namespace CustomerComm.Functions.Bot;

/// <summary>Where the bot service delivers; the adapter checks that it is the service.</summary>
public sealed class BotFunction(IBotFrameworkHttpAdapter adapter, IBot bot, Nudges nudges)
{
    /// <summary>Takes one activity.</summary>
    [Function("Messages")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/messages")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        nudges.Use(client);
        await adapter.ProcessAsync(request, request.HttpContext.Response, bot, ct);
        // The adapter has answered.
        return Results.Empty;
    }
}
