using CustomerComm.Web.Tests.Browser;
using CustomerComm.Web.Tests.Desk;
using Microsoft.Playwright;
using static CustomerComm.Web.Tests.Surveys.SurveyHost;

namespace CustomerComm.Web.Tests.Surveys;

/// <summary>The survey's pages as people see them, on a phone and at a desk (WCAG 2.2 AA).</summary>
public sealed class SurveyInBrowserTests(Chromium chromium)
{
    [Fact]
    [Clause("4.5.6")]
    public async Task Given_a_survey_When_looked_at_on_a_phone_and_at_a_desk_Then_everybody_can_use_its_pages()
    {
        await using var host = await SentAsync();
        await using var windows = await chromium.OpenAsync(host.Address);
        var links = await LinksAsync(host);
        var phone = await windows.NewAsync(phone: true);
        await AnswerByTouchAsync(phone, links[0]);
        foreach (var link in links.Skip(1))
            await SurveyHost.AnswerAsync(host, link, Sheet("2", "停车位太少，晚上没地方停车"));
        var desk = await windows.NewAsync(phone: false);
        await SignInAsync(desk);
        await SeeAsync(desk, SurveyAt, "survey-desk");
        await SeeAsync(desk, SurveyAt + "/questions", "survey-editor");
        await SeeAsync(desk, SurveyAt + "/enter", "survey-enter");
        await SeeAsync(desk, SurveyAt + "/paper", "survey-paper");
        await host.PassAsync(TimeSpan.FromDays(22));
        var manager = await DeskBrowser.SignedInAsync(host, "hy-manager");
        await DoneAsync(manager, "Analyse", ("text", "停车问题突出。"));
        // Sessions last half a day.
        await SignInAsync(desk);
        await desk.GotoAsync(SurveyAt + "/results");
        await desk.Locator("[data-chart] svg").First.WaitForAsync();
        await SeeAsync(desk, SurveyAt + "/results?lang=zh", "survey-results");
        await SeeAsync(desk, SurveyAt + "/said", "survey-said");
        await SeeAsync(desk, "/desk/surveys", "survey-list");
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/desk/sign-in");
        await page.ClickAsync("button[value='quality']");
        await page.AtTheDeskAsync();
    }

    private static async Task AnswerByTouchAsync(IPage phone, string link)
    {
        await phone.GotoAsync(link);
        await phone.UsableByAllAsync();
        await phone.PictureAsync("survey-answer");
        Assert.True(await FitsAsync(phone), "the form is wider than a phone");
        await phone.Locator("#q-overall label", new() { HasText = "4" }).ClickAsync();
        foreach (var row in await phone.Locator("#q-services .survey__row").AllAsync())
            await row.Locator("label", new() { HasText = "2" }).ClickAsync();
        await phone.FillAsync("textarea[name='a.said']", "停车位太少，晚上没地方停车");
        await phone.ClickAsync("#send");
        await phone.GetByText("感谢您的意见").First.WaitForAsync();
        await phone.UsableByAllAsync();
        await phone.PictureAsync("survey-thanks");
        await phone.GotoAsync(link);
        Assert.True(await phone.IsCheckedAsync("input[name='a.overall'][value='4']"));
    }

    private static async Task SeeAsync(IPage page, string path, string name)
    {
        await page.SetViewportSizeAsync(1280, 900);
        await page.GotoAsync(path);
        await page.UsableByAllAsync();
        await page.PictureAsync(name);
        await page.SetViewportSizeAsync(390, 844);
        Assert.True(await FitsAsync(page), $"{path} is wider than a phone");
        await page.PictureAsync(name + "-phone");
    }

    /// <summary>A chart takes the width of its page only once it hears that the page became narrower.</summary>
    private static async Task<bool> FitsAsync(IPage page)
    {
        try
        {
            await page.WaitForFunctionAsync(
                "() => document.documentElement.scrollWidth <= innerWidth", null, new() { Timeout = 10_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
