using System.Text.Json;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Api;

/// <summary>Errors as RFC 9457 problem details that name the field and the clause.</summary>
internal static class Problems
{
    private const string TypeBase = "urn:customercomm:problem:";
    private const string Minute = "60";

    public static void Configure(ProblemDetailsOptions options) => options.CustomizeProblemDetails = context =>
    {
        if (context.Exception is BadHttpRequestException bad)
        {
            context.ProblemDetails.Status = bad.StatusCode;
            context.ProblemDetails.Title = "The request cannot be read.";
            context.ProblemDetails.Detail = bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? "The body is larger than 256 KiB." : bad.Message;
            context.HttpContext.Response.StatusCode = bad.StatusCode;
        }
        else if (context.Exception is { } failure
            && context.HttpContext.RequestServices.GetServices<IStoreOutage>().Any(o => o.IsOutage(failure)))
        {
            var http = context.HttpContext;
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = Minute;
            context.ProblemDetails.Status = StatusCodes.Status503ServiceUnavailable;
            context.ProblemDetails.Type = TypeBase + "StoreOutage";
            context.ProblemDetails.Title = "The store does not answer.";
            context.ProblemDetails.Detail =
                "Nothing is half taken in. Send the same again in a minute, with the same Idempotency-Key if it had one.";
        }
    };

    /// <summary>A refusal of the procedure.</summary>
    public static ProblemHttpResult Of(Refusal refusal) => Make(
        StatusOf(refusal.Code), refusal.Code.ToString(), TitleOf(refusal.Code), refusal.Text, refusal.Field,
        refusal.Clause);

    /// <summary>A bad field of the request.</summary>
    public static ProblemHttpResult Field(string field, string detail) => Make(
        StatusCodes.Status400BadRequest, nameof(RefusalCode.BadField), TitleOf(RefusalCode.BadField), detail, field,
        null);

    /// <summary>The idempotency key was used with another content.</summary>
    public static ProblemHttpResult Reused() => Make(
        StatusCodes.Status422UnprocessableEntity, "KeyReused", "The key was used before.",
        "This Idempotency-Key was sent before with another content. Use a new key for a new request.",
        "Idempotency-Key", null);

    /// <summary>Credentials are missing.</summary>
    public static ProblemHttpResult Unauthorized() => Make(
        StatusCodes.Status401Unauthorized, "SignIn", "Not signed in.",
        "Send the status token (t or Authorization: Bearer), or sign in as staff.", null, null);

    /// <summary>Nothing there, or nothing for this asker: the two look alike.</summary>
    public static ProblemHttpResult NotFound() => Make(
        StatusCodes.Status404NotFound, "NotFound", "Not found.", "There is nothing here for you.", null, null);

    /// <summary>Any problem.</summary>
    public static ProblemHttpResult Make(
        int status, string code, string title, string detail, string? field, string? clause)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code };
        if (field is not null)
            extensions["field"] = field;
        if (clause is not null)
            extensions["clause"] = clause;
        return TypedResults.Problem(detail, null, status, title, TypeBase + code, extensions);
    }

    /// <summary>HTTP status of a refusal.</summary>
    internal static int StatusOf(RefusalCode code) => code switch
    {
        RefusalCode.BadField => StatusCodes.Status400BadRequest,
        RefusalCode.NotYours or RefusalCode.ResidentOnly or RefusalCode.Accused or RefusalCode.OwnWork =>
            StatusCodes.Status403Forbidden,
        RefusalCode.LinkInvalid => StatusCodes.Status410Gone,
        RefusalCode.Closed or RefusalCode.WrongStage or RefusalCode.ApprovalMissing or RefusalCode.TextChanged
            or RefusalCode.AttemptsMissing or RefusalCode.NotYet or RefusalCode.TooLate =>
            StatusCodes.Status409Conflict,
        _ => throw new InvalidOperationException($"Unknown refusal {code}."),
    };

    private static string TitleOf(RefusalCode code) => code switch
    {
        RefusalCode.BadField => "A field is not right.",
        RefusalCode.NotYours or RefusalCode.ResidentOnly or RefusalCode.Accused or RefusalCode.OwnWork =>
            "You may not do this.",
        RefusalCode.LinkInvalid => "The link is not valid.",
        _ => "This cannot be done now.",
    };

    /// <summary>
    /// Reads a JSON body; a problem that names the field where it cannot be read. The reading is done here rather than
    /// by the framework so that the error says what is wrong.
    /// </summary>
    public static async Task<(T? Value, ProblemHttpResult? Problem)> ReadAsync<T>(
        HttpRequest request, JsonSerializerOptions options, CancellationToken ct)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, Make(
                StatusCodes.Status415UnsupportedMediaType, "MediaType", "JSON is wanted.",
                "Send the body as application/json.", null, null));
        }

        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(request.Body, options, ct);
            return value is null ? (null, Field("body", "The body is empty.")) : (value, null);
        }
        catch (JsonException e)
        {
            var field = e.Path is { Length: > 2 } path ? path[2..] : "body";
            return (null, Field(field, $"'{field}' cannot be read: {Short(e.Message)}"));
        }
    }

    private static string Short(string message)
    {
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
