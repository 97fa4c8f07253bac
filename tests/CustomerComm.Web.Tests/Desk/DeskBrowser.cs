using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CustomerComm.Web.Tests.Desk;

/// <summary>A page as it came.</summary>
public sealed record DeskPageView(HttpStatusCode Status, string Path, string Html)
{
    /// <summary>The text without markup.</summary>
    public string Text => WebUtility.HtmlDecode(
        Regex.Replace(Html, "<[^>]*>", " ", RegexOptions.None, TimeSpan.FromSeconds(5)));

    /// <summary>Names of the actions offered, in order.</summary>
    public IReadOnlyList<string> Actions =>
        [.. Regex.Matches(Html, "id=\"do-([A-Za-z]+)[\"-]", RegexOptions.None, TimeSpan.FromSeconds(5))
            .Select(m => m.Groups[1].Value)];

    /// <summary>The part of the page that is an action's form, or the whole page.</summary>
    public string Form(string? action)
    {
        if (action is null)
            return Html;
        var start = Html.IndexOf($"id=\"do-{action}\"", StringComparison.Ordinal);
        if (start < 0)
            start = Html.IndexOf($"id=\"do-{action}-", StringComparison.Ordinal);
        Assert.True(start >= 0, $"No form for {action}; offered: {string.Join(", ", Actions)}");
        return Html[start..Html.IndexOf("</details>", start, StringComparison.Ordinal)];
    }

    /// <summary>Hidden fields of a form.</summary>
    public Dictionary<string, string> Hidden(string? action)
    {
        var hidden = new Dictionary<string, string>();
        foreach (Match m in Regex.Matches(
            Form(action), "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"", RegexOptions.None,
            TimeSpan.FromSeconds(5)))
        {
            hidden[m.Groups[1].Value] = WebUtility.HtmlDecode(m.Groups[2].Value);
        }

        return hidden;
    }
}

/// <summary>A member of staff at the desk: reads pages and sends their forms, without JavaScript.</summary>
public sealed class DeskBrowser(HttpClient client)
{
    public HttpClient Client => client;

    public static async Task<DeskBrowser> SignedInAsync(RunningHost host, string staff, string language = "en")
    {
        var browser = new DeskBrowser(host.NewClient(language));
        var page = await browser.GetAsync("/desk/sign-in");
        var after = await browser.PostAsync("/desk/sign-in", new(page.Hidden(null)) { ["staff"] = staff });
        Assert.Equal(HttpStatusCode.OK, after.Status);
        return browser;
    }

    public async Task<DeskPageView> GetAsync(string path) =>
        await ReadAsync(await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));

    public async Task<DeskPageView> PostAsync(string path, Dictionary<string, string> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await ReadAsync(await client.PostAsync(
            new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken));
    }

    /// <summary>Opens the complaint, fills in the action's form and sends it.</summary>
    public async Task<DeskPageView> DoAsync(string number, string action, params (string Name, string Value)[] fields)
    {
        var page = await GetAsync($"/desk/complaints/{number}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var form = page.Hidden(action);
        foreach (var (name, value) in fields)
            form[name] = value;
        return await PostAsync($"/desk/complaints/{number}", form);
    }

    /// <summary>A resident's complaint over HTTP; its number.</summary>
    public static async Task<string> ComplainAsync(
        RunningHost host, string text, string? category = null, string room = "1-1-101",
        string? phone = null)
    {
        using var client = host.NewClient();
        using var response = await client.PostAsJsonAsync(
            new Uri("/api/complaints", UriKind.Relative),
            new { community = "HY", text, category, contact = new { room, phone } }, TestContext.Current.CancellationToken);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        await host.SettleAsync();
        return json.GetProperty("number").GetString()!;
    }

    private static async Task<DeskPageView> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery,
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
