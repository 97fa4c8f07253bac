using System.Globalization;
using System.Text.Json;
using CustomerComm.App.Conversations;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Chat;

/// <summary>
/// The part of Direct Line 3.0 that Web Chat needs: tokens, conversations, activities with a watermark. What comes in
/// is saved before the answer goes out; the pump makes the replies.
/// </summary>
internal static class DirectLineEndpoints
{
    private const int LongestText = 10_000;

    public static void MapDirectLine(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v3/directline").DisableAntiforgery().WithTags("Direct Line");
        group.MapPost("/tokens/generate", GenerateAsync).WithSummary("A token for a new conversation.");
        group.MapPost("/tokens/refresh", Refresh).WithSummary("A new token for the same conversation.");
        group.MapPost("/conversations", BeginAsync).WithSummary("Begins a conversation.");
        group.MapGet("/conversations/{id}", (string id, HttpContext http, DirectLineTokens tokens) =>
            Authorize(http, tokens, id) is { } who ? Granted(who, tokens, 200) : Denied())
            .WithSummary("Takes a conversation up again.");
        group.MapPost("/conversations/{id}/activities", PostAsync).WithSummary("Sends an activity.");
        group.MapGet("/conversations/{id}/activities", GetAsync).WithSummary("Activities behind a watermark.");
    }

    private static async Task<IResult> GenerateAsync(HttpContext http, DirectLineTokens tokens, CancellationToken ct)
    {
        if (IdempotencyKey.Read(http.Request, out var key) is { } bad)
            return bad;
        var user = await UserOfAsync(http.Request, ct);
        return user is null
            ? Problems.Field("user.id", "'user.id' must have 1 to 100 characters.")
            : Granted((tokens.NewConversation(key), user), tokens, 200);
    }

    private static IResult Refresh(HttpContext http, DirectLineTokens tokens) =>
        tokens.Read(http.Request.Bearer()) is { } who ? Granted(who, tokens, 200) : Denied();

    private static async Task<IResult> BeginAsync(
        HttpContext http, DirectLineTokens tokens, ConversationStreams streams, CancellationToken ct)
    {
        if (tokens.Read(http.Request.Bearer()) is not { } who)
            return Denied();
        await streams.BeginAsync(Channel.Chat, who.Conversation, ct);
        return Granted(who, tokens, 201);
    }

    private static async Task<IResult> PostAsync(
        string id, HttpContext http, DirectLineTokens tokens, ConversationStreams streams, INudge nudge,
        CancellationToken ct)
    {
        if (Authorize(http, tokens, id) is null)
            return Denied();
        if (IdempotencyKey.Read(http.Request, out var key) is { } bad)
            return bad;
        JsonElement activity;
        try
        {
            activity = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body, cancellationToken: ct);
        }
        catch (JsonException)
        {
            return Problems.Field("body", "The body must be an activity in JSON.");
        }

        var messageId = ClientId(activity) ?? key ?? Guid.NewGuid().ToString("N");
        if (activity.Text("type") != "message")
            return TypedResults.Ok(new { Id = $"{id}|{messageId}" });
        if (activity.Text("text") is not { } text || string.IsNullOrWhiteSpace(text))
            return Problems.Field("text", "'text' is empty.");
        if (text.Length > LongestText)
            return Problems.Field("text", $"'text' has {text.Length} characters; at most {LongestText}.");
        await streams.SaveAsync(Channel.Chat, id, messageId, text, _ => false, ct);
        nudge.Nudge(streams.StreamOf(Channel.Chat, id));
        return TypedResults.Ok(new { Id = $"{id}|{messageId}" });
    }

    private static async Task<IResult> GetAsync(
        string id, HttpContext http, DirectLineTokens tokens, ConversationStreams streams, string? watermark,
        CancellationToken ct)
    {
        if (Authorize(http, tokens, id) is not { } who)
            return Denied();
        _ = long.TryParse(watermark, NumberStyles.None, CultureInfo.InvariantCulture, out var after);
        var conversation = await streams.LoadAsync(streams.StreamOf(Channel.Chat, id), ct);
        var activities = conversation is null
            ? []
            : conversation.Lines.Where(l => l.Version > after)
                .SelectMany(l => Activities.Of(l, id, who.User)).ToList();
        return TypedResults.Ok(new
        {
            Activities = activities,
            Watermark = (conversation?.Version ?? after).ToString(CultureInfo.InvariantCulture),
        });
    }

    private static (string Conversation, string User)? Authorize(HttpContext http, DirectLineTokens tokens, string id) =>
        tokens.Read(http.Request.Bearer()) is { } who && who.Conversation == id ? who : null;

    private static IResult Granted((string Conversation, string User) who, DirectLineTokens tokens, int status) =>
        TypedResults.Json(
            new
            {
                ConversationId = who.Conversation,
                Token = tokens.Issue(who.Conversation, who.User),
                expires_in = DirectLineTokens.Seconds,
            },
            statusCode: status);

    private static IResult Denied() => Problems.Make(
        StatusCodes.Status403Forbidden, "Token", "The token is not valid.",
        "Generate a token at /v3/directline/tokens/generate.", null, null);

    private static async Task<string?> UserOfAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body, cancellationToken: ct);
            return body.ValueKind == JsonValueKind.Object && body.TryGetProperty("user", out var user)
                && user.Text("id") is { Length: > 0 and <= 100 } id ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? ClientId(JsonElement activity) =>
        activity.ValueKind == JsonValueKind.Object && activity.TryGetProperty("channelData", out var data)
        && data.Text("clientActivityID") is { Length: > 0 and <= 200 } id ? id : null;
}
