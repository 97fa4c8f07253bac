using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerComm.Web.Pages;

/// <summary>What every page needs: its language, the company, and its own address.</summary>
/// <param name="Language">Language it is shown in.</param>
/// <param name="Directory">The company.</param>
/// <param name="Address">Address of the page, for the links to its other languages.</param>
public sealed record PageContext(Language Language, CompanyDirectory Directory, string Address)
{
    private static readonly UiTexts s_texts = new("Pages");

    /// <summary>Words of the page's own, which are asked after those of all pages.</summary>
    internal UiTexts Own { get; init; } = s_texts;

    /// <summary>The text of this key.</summary>
    public string this[string key] => s_texts.Find(key, Language) ?? Own[key, Language];

    /// <summary>The text of this key, or null.</summary>
    public string? Find(string key) => s_texts.Find(key, Language) ?? Own.Find(key, Language);

    /// <summary>The text of this key with <c>{name}</c> replaced.</summary>
    public string Format(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = this[key];
        foreach (var (name, value) in values)
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        return text;
    }

    /// <summary>Name of a community in the page's language.</summary>
    public string NameOf(Community community) => community.NameIn(Language);

    /// <summary>Name of a value that the report tables hold as text; the text itself where it is none.</summary>
    public string NameOf<TEnum>(string value)
        where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(value, out var known) && Enum.IsDefined(known) ? Texts.Name(known, Language) : value;
}

/// <summary>Pages as results.</summary>
internal static class PageResults
{
    /// <summary>Renders a page. Nothing of it is kept by browsers: it may show what is personal.</summary>
    public static IResult Page<TPage>(
        HttpContext http, int status, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where TPage : IComponent
    {
        http.Response.Headers.CacheControl = "no-store";
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters)
            values[name] = value;
        return new RazorComponentResult<TPage>(values) { StatusCode = status };
    }

    /// <summary>
    /// A page that says one thing: <c>{key}.Title</c> and <c>{key}.Text</c>, with the hotlines below.
    /// </summary>
    public static IResult Message(
        HttpContext http, PageContext context, int status, string key, string? link = null, string? linkText = null) =>
        Page<MessagePage>(
            http, status, ("Context", context), ("Key", key), ("Good", status < 400), ("Link", link),
            ("LinkText", linkText));

    /// <summary>To another page, to be got with GET.</summary>
    public static IResult SeeOther(HttpContext http, string address)
    {
        http.Response.Headers.Location = address;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
