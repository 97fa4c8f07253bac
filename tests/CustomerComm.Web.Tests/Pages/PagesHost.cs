using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.RegularExpressions;
using CustomerComm.App.Complaints;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Local;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.Web.Tests.Pages;

/// <summary>The real host with the demo company and a clock of its own, and browsers without scripts.</summary>
public sealed partial class PagesHost : IAsyncLifetime
{
    private readonly TempDirectory _data = new();
    private WebApplication _app = null!;
    private Uri _address = null!;

    /// <summary>A Tuesday morning at the demo company.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 2, 0, 0, TimeSpan.Zero));

    public IServiceProvider Services => _app.Services;

    public ComplaintKind Cases => Services.GetRequiredService<ComplaintKind>();

    public Links Links => Services.GetRequiredService<Links>();

    private CompanyDirectory Directory => Services.GetRequiredService<CompanyDirectory>();

    public async ValueTask InitializeAsync()
    {
        _app = LocalHost.Build(
            ["--CustomerComm:Demo=true", "--CustomerComm:DataDirectory=" + _data.Path, "--urls", "http://127.0.0.1:0"],
            b =>
            {
                b.Services.AddSingleton<TimeProvider>(Time);
                b.Logging.ClearProviders();
            });
        // The pages are tested apart from the desk, so the tests bring their own way to sign in.
        _app.MapGet("/test/sign-in/{id}", (string id, HttpContext http) => http.SignInAsync(new ClaimsPrincipal(
            new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id)], "Cookies"))));
        _app.MapGet("/test/throw", IResult () => throw new InvalidOperationException("for the test"));
        _address = await LocalHost.StartAsync(_app, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>A browser that follows no redirect; signed in at the desk as <paramref name="staff"/>.</summary>
    public async Task<HttpClient> BrowserAsync(string? staff = null)
    {
#pragma warning disable CA5399 // Plain HTTP on the loopback: there is no certificate to check.
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _address };
#pragma warning restore CA5399
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        if (staff is not null)
            (await client.GetAsync($"/test/sign-in/{staff}")).EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>A complaint of the resident of 1-1-101, accepted by the engineer.</summary>
    public async Task<LoadedMatter<Complaint>> AcceptedAsync(string text = "3栋电梯又坏了")
    {
        var result = await Services.GetRequiredService<Intake>().ReceiveAsync(
            new IntakeRequest(
                new CommunityId("HY"), text, null, "+12025550150", "1-1-101", null, Channel.Http, Category.Equipment,
                [], null, Language.Chinese, IsLetter: false, null, null),
            new Actor.Resident(), CancellationToken.None);
        var opened = Assert.IsType<MatterResult<Complaint>.Done>(result).Case;
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
        var result = await Cases.HandleAsync(on.Stream, command, actor, null, CancellationToken.None);
        return result is MatterResult<Complaint>.Done done
            ? done.Case
            : throw new InvalidOperationException((result as MatterResult<Complaint>.Refused)?.Refusal.Text ?? result.ToString());
    }

    public async Task<Complaint> StateAsync(LoadedMatter<Complaint> of) =>
        (await Cases.FindAsync(of.State.Number, CancellationToken.None))!.State;

    public string StatusPage(LoadedMatter<Complaint> of) => new Uri(Links.Status(of.State.Number, of.Stream)).PathAndQuery;

    public string SignPage(LoadedMatter<Complaint> of) =>
        new Uri(Links.Sign(of.State.Number, of.Stream, of.State.LinksIssued)).PathAndQuery;

    /// <summary>Waits, in real time, until something the pump does is there.</summary>
    public static async Task UntilAsync(Func<Task<bool>> there)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await there())
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        }

        Assert.Fail("It did not come about within ten seconds.");
    }

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
