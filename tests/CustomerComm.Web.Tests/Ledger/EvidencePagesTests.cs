using System.Globalization;
using System.Net;
using System.Text.Json;
using CustomerComm.App.Ledger;
using CustomerComm.App.Matters;
using CustomerComm.Domain.Complaints;
using CustomerComm.Web.Tests.Browser;
using CustomerComm.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;
using static CustomerComm.Web.Tests.Pages.PagesHost;

namespace CustomerComm.Web.Tests.Ledger;

/// <summary>Who gets the evidence of a complaint and who does not; the public roots; the page that checks without us.</summary>
public sealed class EvidencePagesTests(PagesHost host, Chromium chromium) : IClassFixture<PagesHost>
{
    private const string Internal = "怀疑是张工装错了零件";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_the_residents_own_link_Then_the_file_holds_and_tells_nothing_internal()
    {
        var opened = await OnRecordAsync();
        using var browser = await host.BrowserAsync();
        using var response = await RawAsync(browser, await host.StatusPageAsync(opened) + "/evidence");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        var text = await TextAsync(response);
        Assert.DoesNotContain(Internal, text, StringComparison.Ordinal);
        Assert.Contains("3栋电梯又坏了", text, StringComparison.Ordinal);
        var lines = (await TextAsync(browser, "/roots.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var key = await TextAsync(browser, "/roots.pem");
        var report = EvidenceVerifier.Verify(System.Text.Encoding.UTF8.GetBytes(text), lines, key);
        Assert.Null(report.Wrong);
        Assert.Equal(opened.State.Number.ToString(), report.Number);
        var page = await GetAsync(browser, await host.StatusPageAsync(opened));
        Assert.Contains("/evidence\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_another_link_or_none_or_staff_Then_the_residents_file_is_kept_from_them()
    {
        var opened = await OnRecordAsync();
        using var browser = await host.BrowserAsync();
        // Anybody may have the first link: it shows how the complaint stands, and no more.
        var first = await host.FirstPageAsync(opened);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(browser, first + "/evidence")).Status);
        var own = await host.StatusPageAsync(opened);
        var forged = own[..own.LastIndexOf('/')] + "/AAAAAAAAAAAAAAAAAAAAAA/evidence";
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(browser, forged)).Status);
        using var staff = await host.BrowserAsync("engineer");
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(staff, own + "/evidence")).Status);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("engineer", HttpStatusCode.NotFound)]
    [InlineData("hy-manager", HttpStatusCode.NotFound)]
    [InlineData("quality", HttpStatusCode.OK)]
    [InlineData("leader", HttpStatusCode.OK)]
    public async Task Given_a_role_Then_only_those_who_judge_get_the_whole_file(string? staff, HttpStatusCode expected)
    {
        var opened = await OnRecordAsync();
        using var browser = await host.BrowserAsync(staff);
        var (status, text) = await GetAsync(browser, $"/api/complaints/{opened.State.Number}/evidence");
        Assert.Equal(expected, status);
        Assert.Equal(expected == HttpStatusCode.OK, text.Contains(Internal, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_a_complaint_of_today_Then_it_is_said_that_no_root_covers_it_yet()
    {
        var opened = await host.AcceptedAsync();
        using var browser = await host.BrowserAsync();
        var page = await host.StatusPageAsync(opened);
        Assert.Equal(HttpStatusCode.Conflict, (await GetAsync(browser, page + "/evidence")).Status);
        using var quality = await host.BrowserAsync("quality");
        var (status, _) = await GetAsync(quality, $"/api/complaints/{opened.State.Number}/evidence");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal(
            HttpStatusCode.NotFound, (await GetAsync(quality, "/api/complaints/HY-2026-999999/evidence")).Status);
    }

    [Fact]
    public async Task Given_the_public_page_Then_the_last_roots_stand_there_to_be_noted()
    {
        await OnRecordAsync();
        using var browser = await host.BrowserAsync();
        var (status, html) = await GetAsync(browser, "/roots");
        Assert.Equal(HttpStatusCode.OK, status);
        var last = AnchorLine.Parse((await TextAsync(browser, "/roots.jsonl")).Split('\n')[^2]);
        foreach (var shown in new[] { last.Date, last.Root, last.Signature, last.Size.ToString(CultureInfo.InvariantCulture) })
            Assert.Contains(shown, html, StringComparison.Ordinal);
        // And on the notice board, where everybody comes by.
        Assert.Contains(last.Root, (await GetAsync(browser, "/notices")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_files_are_dropped_into_a_browser_without_network_Then_it_checks_as_the_command_does()
    {
        var opened = await OnRecordAsync();
        using var browser = await host.BrowserAsync();
        using var folder = new TempDirectory();
        var evidence = await TextAsync(browser, await host.StatusPageAsync(opened) + "/evidence");
        await File.WriteAllTextAsync(folder["a.evidence.json"], evidence, Ct);
        await File.WriteAllTextAsync(folder["roots.jsonl"], await TextAsync(browser, "/roots.jsonl"), Ct);
        await File.WriteAllTextAsync(folder["roots.pem"], await TextAsync(browser, "/roots.pem"), Ct);
        var file = JsonSerializer.Deserialize<EvidenceFile>(evidence, EvidenceFile.Json)!;
        var bent = file with { Events = [file.Events[0] with { At = file.Events[0].At + 1 }, .. file.Events.Skip(1)] };
        await File.WriteAllTextAsync(folder["b.json"], JsonSerializer.Serialize(bent, EvidenceFile.Json), Ct);

        await using var windows = await chromium.OpenAsync(new Uri(browser.BaseAddress!, "/"));
        var page = await windows.NewAsync(phone: false);
        await page.GotoAsync("/evidence");
        await page.UsableByAllAsync();
        await page.Context.SetOfflineAsync(true);
        var input = page.Locator("#files");
        await input.SetInputFilesAsync(folder["a.evidence.json"]);
        await SaysAsync(page, "还需要根值文件");
        await input.SetInputFilesAsync([folder["roots.jsonl"], folder["roots.pem"]]);
        await SaysAsync(page, "核对无误，签名也正确");
        Assert.Contains("3栋电梯又坏了", await page.Locator("#events").InnerTextAsync(), StringComparison.Ordinal);
        await input.SetInputFilesAsync(folder["b.json"]);
        await SaysAsync(page, "核对不通过");
        await page.Context.SetOfflineAsync(false);
    }

    private static Task SaysAsync(Microsoft.Playwright.IPage page, string text) =>
        Microsoft.Playwright.Assertions.Expect(page.Locator("#result")).ToContainTextAsync(text);

    /// <summary>An accepted complaint with a note of staff, a night later: it is in a published root.</summary>
    private async Task<LoadedMatter<Complaint>> OnRecordAsync()
    {
        var opened = await host.AcceptedAsync();
        await host.DoAsync(opened, "engineer", new ComplaintCommand.Note(Domain.Channel.Phone, Internal));
        await host.SettleAsync();
        host.Time.Advance(TimeSpan.FromDays(1));
        await host.SettleAsync();
        var day = DateOnly.FromDateTime(host.Time.GetUtcNow().UtcDateTime.AddHours(8));
        await host.Services.GetRequiredService<LedgerAnchoring>().FollowAsync(day, Ct);
        var latest = await host.Services.GetRequiredService<App.Ports.IAnchorStore>().FindLatestAsync(Ct);
        if (latest!.Anchor.At < host.Time.GetUtcNow().AddHours(-1))
            await host.Services.GetRequiredService<LedgerAnchoring>().PublishAsync(latest.Anchor.Date.AddDays(1), Ct);
        // Lines are looked for once a minute.
        host.Time.Advance(TimeSpan.FromMinutes(2));
        return opened;
    }
}
