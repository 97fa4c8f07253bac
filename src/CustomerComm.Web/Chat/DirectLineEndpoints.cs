using System.Globalization;
using System.Text.Json.Serialization;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;
using CustomerComm.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CustomerComm.Web.Chat;

/// <summary>What a token is asked for with; Web Chat sends more.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record TokenRequest(TokenUser? User);

/// <summary>Who asks, 1 to 100 characters.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record TokenUser(string? Id);

/// <summary>The part of an activity that is read.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record ActivityRequest(
    string? Type, string? Text, ActivityData? ChannelData, IReadOnlyList<AttachmentRequest>? Attachments = null,
    string? Locale = null);

/// <summary>A picture or a file that came with it: counted, for it cannot be kept here.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record AttachmentRequest(string? ContentType);

/// <summary>The sender's own id of the activity, 1 to 200 characters: it is taken once.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record ActivityData([property: JsonPropertyName("clientActivityID")] string? ClientActivityId);

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

    private static async Task<IResult> GenerateAsync(
        HttpContext http, DirectLineTokens tokens, IOptions<JsonOptions> json, CancellationToken ct)
    {
        var (body, problem) = await Problems.ReadAsync<TokenRequest>(http.Request, json.Value.SerializerOptions, ct);
        if (problem is not null)
            return problem;
        return body!.User?.Id is { Length: > 0 and <= 100 } user
            ? Granted(DirectLineTokens.NewConversation(user), tokens, 200)
            : Problems.Field("user.id", "'user.id' must have 1 to 100 characters.");
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
        IOptions<JsonOptions> json, CancellationToken ct)
    {
        if (Authorize(http, tokens, id) is null)
            return Denied();
        if (IdempotencyKey.Read(http.Request, out var key) is { } bad)
            return bad;
        var (activity, problem) = await Problems.ReadAsync<ActivityRequest>(
            http.Request, json.Value.SerializerOptions, ct);
        if (problem is not null)
            return problem;
        var messageId = activity!.ChannelData?.ClientActivityId is { Length: > 0 and <= 200 } client
            ? client : key ?? Guid.NewGuid().ToString("N");
        if (activity.Type != "message")
            return TypedResults.Ok(new { Id = $"{id}|{messageId}" });
        var pictures = activity.Attachments?.Count ?? 0;
        // A picture alone says something too, and is answered.
        var text = pictures > 0 && string.IsNullOrWhiteSpace(activity.Text) ? "" : activity.Text;
        if ((pictures > 0 && text is "" ? null : Check.Text(text, "text", "4.6.1-1", LongestText)) is { } unfit)
            return Problems.Of(unfit);
        await streams.SaveAsync(
            Channel.Chat, id, messageId, text!, _ => null, ct, pictures, Languages.Find(activity.Locale));
        nudge.Nudge(streams.StreamOf(Channel.Chat, id));
        return TypedResults.Ok(new { Id = $"{id}|{messageId}" });
    }

    private static async Task<IResult> GetAsync(
        string id, HttpContext http, DirectLineTokens tokens, ConversationStreams streams, LinkMaker links,
        string? watermark, CancellationToken ct)
    {
        if (Authorize(http, tokens, id) is not { } who)
            return Denied();
        _ = long.TryParse(watermark, NumberStyles.None, CultureInfo.InvariantCulture, out var after);
        var conversation = await streams.LoadAsync(streams.StreamOf(Channel.Chat, id), ct);
        var activities = new List<object>();
        foreach (var line in conversation?.Lines.Where(l => l.Version > after) ?? [])
            activities.AddRange(Activities.Of(await links.FillAsync(line, ct), id, who.User));
        return TypedResults.Ok(new
        {
            Activities = activities,
            Watermark = (conversation?.Version ?? after).ToString(CultureInfo.InvariantCulture),
        });
    }

    private static ChatHolder? Authorize(HttpContext http, DirectLineTokens tokens, string id) =>
        tokens.Read(http.Request.Bearer()) is { } who && who.Conversation == id ? who : null;

    private static IResult Granted(ChatHolder who, DirectLineTokens tokens, int status) =>
        TypedResults.Json(
            new
            {
                ConversationId = who.Conversation,
                Token = tokens.Issue(who),
                expires_in = DirectLineTokens.Seconds,
            },
            statusCode: status);

    private static IResult Denied() => Problems.Make(
        StatusCodes.Status403Forbidden, "Token", "The token is not valid.",
        "Generate a token at /v3/directline/tokens/generate.", null, null);
}
