using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace CustomerComm.Web.Tests.Journey;

/// <summary>Reads pages and sends their forms as a browser without scripts would.</summary>
internal static class Forms
{
    public static async Task<IDocument> PageAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return await ParseAsync(response);
    }

    public static async Task<IDocument> ParseAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode}: {html}");
        var address = response.RequestMessage!.RequestUri!.ToString();
        return await BrowsingContext.New(Configuration.Default).OpenAsync(r => r.Content(html).Address(address));
    }

    /// <summary>Sends a form with its hidden fields and these values.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(
        this HttpClient client, IHtmlFormElement form, params (string Name, string Value)[] values)
    {
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]")
            .Where(i => values.All(v => v.Name != i.Name))
            .Select(i => KeyValuePair.Create(i.Name!, i.Value))
            .Concat(values.Select(v => KeyValuePair.Create(v.Name, v.Value)));
        return await client.PostAsync(form.Action, new FormUrlEncodedContent(fields));
    }

    public static async Task SignInAsync(this HttpClient client, string staff)
    {
        var page = await client.PageAsync("/desk/sign-in");
        var form = page.Forms.First(f => f.QuerySelector($"[name=staff][value='{staff}']") is not null);
        using var response = await client.SubmitAsync(form, ("staff", staff));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>Does one thing on a complaint at the desk; the page it leads to.</summary>
    public static async Task<IDocument> DoAsync(
        this HttpClient client, string number, string action, params (string Name, string Value)[] values)
    {
        var page = await client.PageAsync($"/desk/complaints/{number}");
        var form = page.Forms.FirstOrDefault(f => f.QuerySelector($"input[name=action][value='{action}']") is not null);
        Assert.True(form is not null, $"'{action}' is not offered on {number}: {page.Body!.TextContent}");
        using var response = await client.SubmitAsync(form!, values);
        var after = await ParseAsync(response);
        Assert.True(response.IsSuccessStatusCode, $"{action}: {after.QuerySelector("[role=alert], .notice")?.TextContent}");
        return after;
    }
}
