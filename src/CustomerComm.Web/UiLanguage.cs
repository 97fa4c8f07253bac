using System.Resources;
using CustomerComm.Domain;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web;

/// <summary>
/// The language a page is shown in: <c>?lang=</c> and its code, then the cookie it left, then the browser's wish.
/// </summary>
internal static class UiLanguage
{
    private const string Cookie = "cc-lang";

    /// <summary>As chosen on a page, else the language the resident of the complaint writes in.</summary>
    public static Language Of(HttpContext http, Language resident) => Chosen(http) ?? resident;

    public static Language Of(HttpContext http)
    {
        if (Chosen(http) is { } chosen)
            return chosen;
        return http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
            .Select(wish => Languages.Find(wish.Value.Value)).FirstOrDefault(l => l is not null) ?? Languages.Default;
    }

    private static Language? Chosen(HttpContext http)
    {
        if (Languages.Find(http.Request.Query["lang"]) is not { } asked)
            return Languages.Find(http.Request.Cookies[Cookie]);
        http.Response.Cookies.Append(
            Cookie, Languages.Code(asked),
            new CookieOptions { SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
        return asked;
    }
}

/// <summary>
/// Words of a group of pages, from <c>Resources/{name}.resx</c> and, e.g., <c>Resources/{name}.en.resx</c>.
/// </summary>
internal sealed class UiTexts(string name)
{
    private readonly ResourceManager _texts = new($"CustomerComm.Web.Resources.{name}", typeof(UiTexts).Assembly);

    /// <summary>Words all pages share.</summary>
    public static UiTexts Shared { get; } = new("Shared");

    /// <summary>The text of this key; a missing one throws.</summary>
    public string this[string key, Language language] =>
        _texts.GetString(key, Languages.Culture(language)) ?? throw new MissingManifestResourceException($"No text '{key}'.");

    /// <summary>The text of this key, or null.</summary>
    public string? Find(string key, Language language) => _texts.GetString(key, Languages.Culture(language));
}
