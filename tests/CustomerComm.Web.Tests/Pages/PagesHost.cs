using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Tests.Journey;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.Web.Tests.Pages;

/// <summary>Classes that share one host: what they lodge does not disturb the others.</summary>
[CollectionDefinition(Name)]
public sealed class PagesCollection : ICollectionFixture<PagesHost>
{
    public const string Name = "Pages";
}

/// <summary>A running host whose complaints have come so far, and browsers without scripts.</summary>
public sealed partial class PagesHost : IAsyncLifetime
{
    private RunningHost _host = null!;

    public IServiceProvider Services => _host.Services;

    public FakeTimeProvider Time => _host.Time;

    public ComplaintKind Complaints => Services.GetRequiredService<ComplaintKind>();

    private CompanyDirectory Directory => Services.GetRequiredService<CompanyDirectory>();

    public async ValueTask InitializeAsync() => _host = await RunningHost.StartAsync(
        b => b.Logging.ClearProviders(),
        app => app.MapGet("/test/throw", IResult () => throw new InvalidOperationException("for the test")));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public Task SettleAsync() => _host.SettleAsync();

    /// <summary>A browser that follows no redirect; signed in at the desk as <paramref name="staff"/>.</summary>
    public async Task<HttpClient> BrowserAsync(string? staff = null)
    {
        var client = _host.NewClient("zh-CN", redirects: false);
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        if (staff is not null)
        {
            var form = (await client.PageAsync("/desk/sign-in")).Forms
                .First(f => f.QuerySelector($"[name=staff][value='{staff}']") is not null);
            using var signedIn = await client.SubmitAsync(form, ("staff", staff));
            Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        }

        return client;
    }

    /// <summary>A complaint of the resident of 1-1-101, accepted by the engineer.</summary>
    public async Task<LoadedMatter<Complaint>> AcceptedAsync(
        string text = "3栋电梯又坏了", string phone = "+12025550150")
    {
        var result = await Services.GetRequiredService<Intake>().ReceiveAsync(
            new IntakeRequest(
                new CommunityId("HY"), text, null, phone, "1-1-101", null, Channel.Http, Category.Equipment,
                [], null, Language.Chinese, IsLetter: false, null, null),
            new Actor.Resident(), CancellationToken.None);
        var opened = Assert.IsType<MatterResult<Complaint>.Done>(result).Matter;
        if (opened.State.Handler is null)
        {
            await DoAsync(opened, "hy-manager", new ComplaintCommand.Triage(
                Nature.Complaint, Category.Equipment, [], Severity.Ordinary, null, new StaffId("engineer")));
        }

        return await DoAsync(opened, "engineer", new ComplaintCommand.Accept());
    }

    /// <summary>As above, resolved: it waits for the signature.</summary>
    public async Task<LoadedMatter<Complaint>> ResolvedAsync(string resolution = "已更换编码器，\n电梯恢复运行。") =>
        await DoAsync(await AcceptedAsync(), "engineer", new ComplaintCommand.Resolve(resolution));

    public async Task<LoadedMatter<Complaint>> DoAsync(LoadedMatter<Complaint> on, string staff, ComplaintCommand command)
    {
        var actor = new Actor.Staff(Directory.Find(new StaffId(staff))!);
        var result = await Complaints.HandleAsync(on.Stream, command, actor, null, CancellationToken.None);
        return result is MatterResult<Complaint>.Done done
            ? done.Matter
            : throw new InvalidOperationException((result as MatterResult<Complaint>.Refused)?.Refusal.Text ?? result.ToString());
    }

    public async Task<Complaint> StateAsync(LoadedMatter<Complaint> of) =>
        (await Complaints.FindAsync(of.State.Number, CancellationToken.None))!.State;

    /// <summary>The link that only the resident has.</summary>
    public Task<string> StatusPageAsync(LoadedMatter<Complaint> of) =>
        _host.AnsweredAsync(ComplaintMatter.StatusPage, of.Stream, ComplaintMatter.OwnLink);

    public Task<string> SignPageAsync(LoadedMatter<Complaint> of) =>
        _host.SentAsync(ComplaintMatter.SignPage, of.Stream, of.State.LinksIssued);

    /// <summary>The link that whoever handed it in was answered.</summary>
    public Task<string> FirstPageAsync(LoadedMatter<Complaint> of) =>
        _host.AnsweredAsync(ComplaintMatter.StatusPage, of.Stream);

    /// <summary>The page as a reader sees it: status and text with references resolved.</summary>
    public static async Task<(HttpStatusCode Status, string Html)> GetAsync(HttpClient browser, string address)
    {
        using var response = await browser.GetAsync(address);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>The response as it comes.</summary>
    public static Task<HttpResponseMessage> RawAsync(HttpClient browser, string address) => browser.GetAsync(address);

    /// <summary>The body as it comes.</summary>
    public static Task<string> TextAsync(HttpClient browser, string address) => browser.GetStringAsync(address);

    /// <summary>The body of a response.</summary>
    public static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync();

    /// <summary>Sends a form.</summary>
    public static async Task<(HttpStatusCode Status, string Html, string? Location)> PostAsync(
        HttpClient browser, string address, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var response = await browser.PostAsync(address, content);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()),
            response.Headers.Location?.ToString());
    }

    /// <summary>A hidden field of a page.</summary>
    public static string Hidden(string html, string name)
    {
        foreach (Match m in Field().Matches(html))
        {
            if (m.Groups["name"].Value == name)
                return m.Groups["value"].Value;
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"No hidden field '{name}'."));
    }

    [GeneratedRegex(
        "<input type=\"hidden\" name=\"(?<name>[a-zA-Z]+)\" value=\"(?<value>[^\"]*)\"",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();
}
