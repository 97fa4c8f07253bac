using System.Net;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Web.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Surveys;

/// <summary>The demo company with a survey that runs, through the pages alone.</summary>
internal static class SurveyHost
{
    public const string SurveyAt = "/desk/surveys/HY-2026";

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Begins, approves and sends HY's survey.</summary>
    public static async Task<RunningHost> SentAsync()
    {
        var host = await RunningHost.StartAsync();
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        await BeginAsync(quality);
        var head = await DeskBrowser.SignedInAsync(host, "quality-head");
        await DoneAsync(head, "Approve");
        await DoneAsync(quality, "Send");
        await host.SettleAsync();
        await host.PassAsync(TimeSpan.FromMinutes(2));
        return host;
    }

    public static async Task<DeskPageView> BeginAsync(DeskBrowser quality)
    {
        var form = (await quality.GetAsync("/desk/surveys/new")).Hidden(null);
        form["community"] = "HY";
        form["year"] = "2026";
        var page = await quality.PostAsync("/desk/surveys/new", form);
        Assert.Equal((HttpStatusCode.OK, SurveyAt), (page.Status, page.Path));
        return page;
    }

    /// <summary>Does one thing on the survey's page.</summary>
    public static async Task<DeskPageView> DoAsync(
        DeskBrowser browser, string action, params (string Name, string Value)[] fields)
    {
        var page = await browser.GetAsync(SurveyAt);
        var form = page.Hidden(action);
        foreach (var (name, value) in fields)
            form[name] = value;
        return await browser.PostAsync(SurveyAt, form);
    }

    public static async Task DoneAsync(
        DeskBrowser browser, string action, params (string Name, string Value)[] fields)
    {
        var page = await DoAsync(browser, action, fields);
        Assert.True(page.Status == HttpStatusCode.OK, $"{action}: {page.Status} {page.Text}");
    }

    /// <summary>Addresses of the homes' forms, in the order of their rooms.</summary>
    public static async Task<IReadOnlyList<string>> LinksAsync(RunningHost host)
    {
        var links = new List<string>();
        var homes = host.Services.GetRequiredService<SurveyHomes>().Of(new CommunityId("HY"));
        foreach (var home in homes.OrderBy(h => h.Home.Room.Value, StringComparer.Ordinal))
        {
            links.Add(await host.SentAsync(
                Domain.Surveys.HomeAnswerMatter.Page, new StreamId("answer.HY-2026." + home.Id)));
        }

        return links;
    }

    /// <summary>A sheet of the standard form with everything that must be answered.</summary>
    public static Dictionary<string, string> Sheet(string rating, string said = "")
    {
        var sheet = new Dictionary<string, string> { ["a.overall"] = rating, ["a.said"] = said, ["a.recommend"] = "9" };
        foreach (var row in Domain.Surveys.StandardQuestionnaire.Form.Find("services")!.Options)
            sheet[$"a.services.{row.Id}"] = rating;
        return sheet;
    }

    /// <summary>Answers by a home's link, as a browser without scripts does.</summary>
    public static async Task<DeskPageView> AnswerAsync(
        RunningHost host, string link, Dictionary<string, string> sheet, string language = "en")
    {
        var browser = new DeskBrowser(host.NewClient(language));
        var form = (await browser.GetAsync(link + "?lang=" + language)).Hidden(null);
        foreach (var (name, value) in sheet)
            form[name] = value;
        return await browser.PostAsync(link, form);
    }
}
