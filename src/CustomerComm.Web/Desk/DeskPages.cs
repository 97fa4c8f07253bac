using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Desk;

/// <summary>What the pages of the desk have in common: who, which language, the token of every form.</summary>
internal static class DeskPages
{
    public static DeskFrame Frame(HttpContext http, StaffMember? member, DeskBanner? banner = null)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        http.Response.Headers.CacheControl = "no-store";
        return new DeskFrame(
            UiLanguage.Of(http), member, tokens.FormFieldName, tokens.RequestToken!, http.Request.Path.Value ?? "/desk",
            banner)
        { Address = Address(http.Request) };
    }

    // A change of language keeps what is shown (month, search, page), but does not say again what was just done.
    private static string Address(HttpRequest request) =>
        request.Path.StartsWithSegments("/desk/sign-in", StringComparison.Ordinal)
            ? "/desk/sign-in" + Query(request)
            : request.Path + Query(request);

    /// <summary>What of an address's query stays when something is done: not the language, nor what was done.</summary>
    public static QueryString Query(HttpRequest request) =>
        QueryString.Create(request.Query.Where(q => q.Key is not ("lang" or "done")));

    public static RazorComponentResult Page<TPage>(int status, params ReadOnlySpan<(string Name, object? Value)> values)
        where TPage : IComponent => Page(typeof(TPage), status, values);

    public static RazorComponentResult Page(
        Type page, int status, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            parameters[name] = value;
        return new RazorComponentResult(page, parameters) { StatusCode = status };
    }

    /// <summary>A page that says why there is nothing to see.</summary>
    public static IResult Problem(HttpContext http, StaffMember? member, int status, string key)
    {
        var words = new DeskWords(
            UiLanguage.Of(http), http.RequestServices.GetRequiredService<CompanyDirectory>());
        return Page<ProblemPage>(
            status, ("Frame", Frame(http, member, words.Error(key))), ("Title", words["Title"]));
    }

    /// <summary>There is no such complaint, or not for this person: the two look alike.</summary>
    public static IResult NotFound(HttpContext http, StaffMember member) =>
        Problem(http, member, StatusCodes.Status404NotFound, "Banner.NotFound");

    /// <summary>To the sign-in and back.</summary>
    public static IResult SignIn(HttpContext http)
    {
        var back = HttpMethods.IsGet(http.Request.Method) ? http.Request.Path.Value! : "/desk";
        return TypedResults.LocalRedirect("~/desk/sign-in?back=" + Uri.EscapeDataString(back));
    }

    public static int StatusOf(RefusalCode code) => code switch
    {
        RefusalCode.BadField => StatusCodes.Status400BadRequest,
        RefusalCode.NotYours or RefusalCode.ResidentOnly or RefusalCode.Accused or RefusalCode.OwnWork =>
            StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status409Conflict,
    };
}
