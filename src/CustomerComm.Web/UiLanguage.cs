using System.Resources;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web;

/// <summary>
/// The language a page is shown in: <c>?lang=zh|en</c>, then the cookie it left, then the browser's wish.
/// </summary>
internal static class UiLanguage
{
    private const string Cookie = "cc-lang";

    /// <summary>As chosen on a page, else the language the resident of the case writes in.</summary>
    public static Language Of(HttpContext http, Language resident) =>
        http.Request.Query["lang"].ToString() is "zh" or "en" || http.Request.Cookies[Cookie] is "zh" or "en"
            ? Of(http)
            : resident;

    public static Language Of(HttpContext http)
    {
        var asked = http.Request.Query["lang"].ToString();
        if (asked is "zh" or "en")
        {
            http.Response.Cookies.Append(
                Cookie, asked,
                new CookieOptions { SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
            return Of(asked);
        }

        if (http.Request.Cookies[Cookie] is "zh" or "en")
            return Of(http.Request.Cookies[Cookie]!);
        foreach (var wish in http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1))
        {
            if (wish.Value.StartsWith("zh", StringComparison.OrdinalIgnoreCase))
                return Language.Chinese;
            if (wish.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase))
                return Language.English;
        }

        return Language.Chinese;
    }

    private static Language Of(string text) => text == "en" ? Language.English : Language.Chinese;
}

/// <summary>
/// Words of a group of pages, from <c>Resources/{name}.resx</c> (zh-CN) and <c>Resources/{name}.en.resx</c>.
/// </summary>
internal sealed class UiTexts(string name)
{
    private readonly ResourceManager _texts = new($"CustomerComm.Web.Resources.{name}", typeof(UiTexts).Assembly);

    /// <summary>Words all pages share.</summary>
    public static UiTexts Shared { get; } = new("Shared");

    /// <summary>The text of this key; a missing one throws.</summary>
    public string this[string key, Language language] =>
        _texts.GetString(key, Texts.Culture(language)) ?? throw new MissingManifestResourceException($"No text '{key}'.");

    /// <summary>The text of this key, or null.</summary>
    public string? Find(string key, Language language) => _texts.GetString(key, Texts.Culture(language));
}
