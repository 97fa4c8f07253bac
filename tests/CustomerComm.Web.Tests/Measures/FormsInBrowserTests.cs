using System.Text;
using System.Text.RegularExpressions;
using CustomerComm.Web.Tests.Browser;
using Microsoft.Playwright;

namespace CustomerComm.Web.Tests.Measures;

/// <summary>
/// The forms 顾客来访/投诉处理单, 纠正措施报告 and 预防措施报告 as a real browser prints them: one A4 page each side, whatever
/// was written, and what does not fit on sheets after them.
/// </summary>
[Clause("4.6.2-5"), Clause("4.6.1-4")]
public sealed class FormsInBrowserTests(Chromium chromium)
{
    private static readonly string s_printed = Path.Combine(Repository.Root, "artifacts", "forms");

    [Fact]
    public async Task Given_a_complaint_to_the_end_Then_its_form_is_two_pages_and_each_report_one()
    {
        await using var host = await RunningHost.StartAsync();
        var complaint = await FormsHost.FiledAsync(host);
        await FormsHost.MeasuredAsync(host, complaint);
        await using var windows = await chromium.OpenAsync(host.Address);
        var page = await windows.NewAsync(phone: false);
        await SignInAsync(page, "quality");
        foreach (var language in new[] { "zh", "en" })
        {
            var number = complaint.State.Number;
            Assert.Equal(2, await PrintAsync(page, $"/desk/complaints/{number}/form", language, "complaint"));
            Assert.Equal(1, await PrintAsync(page, $"/desk/measures/{number}-C1/print", language, "corrective"));
            Assert.Equal(1, await PrintAsync(page, $"/desk/measures/{number}-P1/print", language, "preventive"));
        }
    }

    [Theory]
    [InlineData("zh", "演示：电梯停运，")]
    [InlineData("en", "Demo: the lift stood still again and nobody came to look at it. ")]
    public async Task Given_everything_is_as_long_as_may_be_Then_each_side_is_still_one_page_and_the_rest_follows(
        string language, string words)
    {
        await using var host = await RunningHost.StartAsync();
        var text = string.Concat(Enumerable.Repeat(words, 10_000 / words.Length));
        var complaint = await FormsHost.FiledAsync(host, text: text);
        await FormsHost.MeasuredAsync(host, complaint, text[..2_000]);
        await using var windows = await chromium.OpenAsync(host.Address);
        var page = await windows.NewAsync(phone: false);
        await SignInAsync(page, "quality");
        foreach (var (path, sides, name) in new[]
        {
            ($"/desk/complaints/{complaint.State.Number}/form", 2, "complaint-long"),
            ($"/desk/measures/{complaint.State.Number}-C1/print", 1, "corrective-long"),
        })
        {
            Assert.True(await PrintAsync(page, path, language, name) > sides, $"{path}: nothing follows the sides");
            // Everything said is there to the end, on the sheet that follows.
            var annex = await page.Locator(".form__annex").InnerTextAsync();
            Assert.Contains(text[..2_000].Trim(), annex, StringComparison.Ordinal);
            await page.EvaluateAsync("() => document.querySelector('.form__annex').remove()");
            Assert.Equal(sides, await PdfAsync(page, $"{name}-{language}-sides"));
        }
    }

    [Theory]
    [InlineData("zh", "演示：电梯停运，")]
    [InlineData("en", "Demo: the lift stood still again and nobody came to look at it. ")]
    [Clause("4.6.2-2"), Clause("4.6.2-4")]
    public async Task Given_a_work_order_that_somebody_else_brought_Then_its_form_is_still_two_sides(
        string language, string words)
    {
        await using var host = await RunningHost.StartAsync();
        var text = string.Concat(Enumerable.Repeat(words, 10_000 / words.Length));
        var complaint = await FormsHost.FiledForAnotherAsync(host, text);
        await using var windows = await chromium.OpenAsync(host.Address);
        var page = await windows.NewAsync(phone: false);
        await SignInAsync(page, "quality");
        await PrintAsync(page, $"/desk/complaints/{complaint.State.Number}/form", language, "complaint-another");
        Assert.Contains(
            "BJ-20261123-00000000000000000000000007", await page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        await page.EvaluateAsync("() => document.querySelector('.form__annex').remove()");
        Assert.Equal(2, await PdfAsync(page, $"complaint-another-{language}-sides"));
    }

    [Fact]
    public async Task Given_a_complaint_just_received_Then_its_form_is_two_pages_to_be_filled_in_by_hand()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await Desk.DeskBrowser.ComplainAsync(
            host, string.Join('\n', Enumerable.Repeat("演示：又停了。", 60)));
        await using var windows = await chromium.OpenAsync(host.Address);
        var page = await windows.NewAsync(phone: false);
        await SignInAsync(page, "hy-manager");
        await PrintAsync(page, $"/desk/complaints/{number}/form", "zh", "complaint-new");
        await page.EvaluateAsync("() => document.querySelector('.form__annex').remove()");
        Assert.Equal(2, await PdfAsync(page, "complaint-new-sides"));
    }

    [Fact]
    public async Task Given_measures_When_their_pages_are_looked_at_Then_everybody_can_use_them()
    {
        await using var host = await RunningHost.StartAsync();
        var complaint = await FormsHost.FiledAsync(host);
        await using var windows = await chromium.OpenAsync(host.Address);
        foreach (var phone in new[] { false, true })
        {
            var page = await windows.NewAsync(phone);
            await SignInAsync(page, "engineer");
            foreach (var (path, picture) in new[]
            {
                ("/desk/measures", "measures-list"), ($"/desk/measures/{complaint.State.Number}-C1", "measures-one"),
                ($"/desk/measures/{complaint.State.Number}-C1/print", "measures-print"),
                ($"/desk/complaints/{complaint.State.Number}/form", "complaint-form"),
            })
            {
                var response = await page.GotoAsync(path);
                Assert.Equal(200, response!.Status);
                await page.PictureAsync($"{picture}-{(phone ? "390" : "1280")}");
                await page.UsableByAllAsync();
                Assert.False(
                    await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > window.innerWidth + 1"),
                    $"{path} is wider than the window");
            }
        }
    }

    private static async Task<int> PrintAsync(IPage page, string path, string language, string name)
    {
        var response = await page.GotoAsync($"{path}?lang={language}");
        Assert.Equal(200, response!.Status);
        return await PdfAsync(page, $"{name}-{language}");
    }

    /// <summary>Prints the page as it says itself; how many sheets of A4 that is.</summary>
    private static async Task<int> PdfAsync(IPage page, string name)
    {
        Directory.CreateDirectory(s_printed);
        var pdf = await page.PdfAsync(new PagePdfOptions
        {
            PreferCSSPageSize = true,
            Path = Path.Combine(s_printed, name + ".pdf"),
        });
        var said = Encoding.Latin1.GetString(pdf);
        var sheets = Regex.Count(said, @"/Type\s*/Page\b(?!s)", RegexOptions.None, TimeSpan.FromSeconds(5));
        var a4 = Regex.Count(
            said, @"/MediaBox\s*\[\s*0 0 59[45](\.\d+)? 84[12](\.\d+)?\s*\]", RegexOptions.None,
            TimeSpan.FromSeconds(5));
        Assert.Equal(sheets, a4);
        return sheets;
    }

    private static async Task SignInAsync(IPage page, string staff)
    {
        await page.GotoAsync("/desk/sign-in");
        await page.ClickAsync($"button[value='{staff}']");
        await page.AtTheDeskAsync();
    }
}
