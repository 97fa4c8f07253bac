using System.Text.Json;
using Microsoft.Playwright;

namespace CustomerComm.Web.Tests.Browser;

/// <summary>What is looked at on a page: a picture of it, and whether everybody can use it (WCAG 2.2 AA).</summary>
internal static class Looking
{
    private static readonly string s_pictures = Path.Combine(Repository.Root, "artifacts", "screenshots");

    private static readonly string s_axe =
        Path.Combine(Repository.Root, "src", "web", "node_modules", "axe-core", "axe.min.js");

    public static Task PictureAsync(this IPage page, string name, bool whole = true)
    {
        Directory.CreateDirectory(s_pictures);
        return page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(s_pictures, name + ".png"),
            FullPage = whole,
        });
    }

    /// <summary>
    /// Waits until somebody signed in sees the desk. Its address will not do: by the time it is waited for, the page may
    /// have come already, and then nothing comes any more.
    /// </summary>
    public static Task AtTheDeskAsync(this IPage page) =>
        page.Locator("form[action='/desk/sign-out']").WaitForAsync();

    /// <summary>Fails where the page has something that some people cannot use.</summary>
    public static async Task UsableByAllAsync(this IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            // Sending the rules takes longer than looking: the window takes them along to all its pages from now on.
            await page.Context.AddInitScriptAsync(scriptPath: s_axe);
            await page.EvaluateAsync(await File.ReadAllTextAsync(s_axe));
        }

        // A color half way from one to another is judged as if it stayed so.
        await page.EvaluateAsync(
            "() => document.getAnimations().filter(a => a instanceof CSSTransition).forEach(a => a.finish())");
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async () => (await axe.run(document, {
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], exclude: ['#webchat'],
              resultTypes: ['violations'],
            })).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '))
            """);
        Assert.True(found.GetArrayLength() == 0, $"{page.Url}: {found}");
    }
}
