using CustomerComm.App.Classification;
using CustomerComm.Web.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests;

/// <summary>A text is classified once on its way in: by the HTTP interface and at the desk.</summary>
public sealed class ClassifiedOnceTests
{
    private const string Text = "Rubbish has not been collected for a week.";

    [Fact]
    public async Task By_HTTP_and_at_the_desk_a_text_is_classified_once()
    {
        var classifier = new CountingClassifier();
        await using var host = await RunningHost.StartAsync(b => b.Services.AddSingleton<Classifier>(classifier));
        await DeskBrowser.ComplainAsync(host, Text);
        Assert.Equal([Text], classifier.Texts);

        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var form = new Dictionary<string, string>((await duty.GetAsync("/desk/new")).Hidden(null))
        {
            ["channel"] = "Phone",
            ["community"] = "HY",
            ["text"] = Text,
            ["room"] = "1-1-102",
        };
        Assert.StartsWith("/desk/new/HY-2026-", (await duty.PostAsync("/desk/new", form)).Path);
        await host.SettleAsync();
        Assert.Equal([Text, Text], classifier.Texts);
    }
}
