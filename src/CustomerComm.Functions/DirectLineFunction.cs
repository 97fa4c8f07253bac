using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace CustomerComm.Functions;

/// <summary>
/// The Direct Line service of the bot. Its secret stays here; the page gets a token for one conversation. Without a
/// secret the page talks to the site's own endpoints.
/// </summary>
public sealed record DirectLineService(Uri Domain, string? Secret, string Origin)
{
    /// <summary>Whether there is a secret.</summary>
    public bool IsSet => !string.IsNullOrEmpty(Secret);

    /// <summary>From settings <c>DirectLineSecret</c> and <c>DirectLineEndpoint</c>.</summary>
    public static DirectLineService From(IConfiguration configuration, Uri publicUrl)
    {
        return new DirectLineService(
            new Uri(configuration["DirectLineEndpoint"] ?? "https://directline.botframework.com/v3/directline"),
            configuration["DirectLineSecret"], publicUrl.GetLeftPart(UriPartial.Authority));
    }
}

/// <summary>Where the chat page gets its token.</summary>
public sealed class DirectLineFunction(HttpClient http, DirectLineService service)
{
    /// <summary>Address of the function.</summary>
    public const string Route = "api/directline/token";

    private const int LongestUser = 100;

    /// <summary>Exchanges the secret for a token of a new conversation. Body: <c>{"user":{"id":"…"}}</c>.</summary>
    [Function("DirectLineToken")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken ct)
    {
        if (!service.IsSet)
            return TypedResults.NotFound();
        if (await UserAsync(request, ct) is not { } user)
        {
            return TypedResults.Problem(
                $"'user.id' must have 1 to {LongestUser} letters, digits, - or _.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        using var ask = new HttpRequestMessage(HttpMethod.Post, service.Domain + "/tokens/generate");
        ask.Headers.Authorization = new AuthenticationHeaderValue("Bearer", service.Secret);
        ask.Content = JsonContent.Create(new
        {
            // Only an id of this form is bound to the token, so that nobody can speak as somebody else.
            user = new { id = "dl_" + user },
            trustedOrigins = new[] { service.Origin },
        });
        try
        {
            using var answer = await http.SendAsync(ask, ct);
            return answer.IsSuccessStatusCode
                ? TypedResults.Content(await answer.Content.ReadAsStringAsync(ct), "application/json")
                : NotNow();
        }
        catch (HttpRequestException)
        {
            return NotNow();
        }
    }

    private static IResult NotNow() =>
        TypedResults.Problem("The chat service does not answer; try again in a moment.", statusCode: 503);

    private static async Task<string?> UserAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body, cancellationToken: ct);
            return body.ValueKind == JsonValueKind.Object && body.TryGetProperty("user", out var user)
                && user.ValueKind == JsonValueKind.Object && user.TryGetProperty("id", out var id)
                && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 and <= LongestUser } text
                && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
