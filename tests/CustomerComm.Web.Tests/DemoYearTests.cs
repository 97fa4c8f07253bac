using System.Globalization;
using System.Net;
using System.Text.Json;
using CustomerComm.Local;
using CustomerComm.Web.Tests.Desk;

namespace CustomerComm.Web.Tests;

/// <summary>
/// <c>demo --months</c> as it is run, then the host on the store it left: every report has something to show.
/// </summary>
public sealed class DemoYearTests : IDisposable
{
    private readonly TempDirectory _data = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    [Clause("4.5.4")]
    public async Task Given_two_months_of_the_demo_company_Then_every_report_has_figures_and_the_ledger_holds()
    {
        var (code, output) = await RunAsync("demo", "--months", "2", "--data", _data.Path);
        Assert.True(code == 0, output);
        (code, output) = await RunAsync("verify-ledger", "--data", _data.Path);
        Assert.True(code == 0, output);
        Assert.Contains("all hold", output, StringComparison.Ordinal);

        await using var host = await HostProcess.StartAsync(typeof(LocalHost).Assembly.Location, _data.Path, Ct);
        using var client = new HttpClient(new HttpClientHandler()) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var leader = new DeskBrowser(client);
        var page = await leader.GetAsync("/desk/sign-in");
        await leader.PostAsync("/desk/sign-in", new(page.Hidden(null)) { ["staff"] = "leader" });

        // In the first days of a month the revisits of the last one have only begun.
        var last = TimeProvider.System.GetUtcNow().AddDays(-6).AddMonths(-1)
            .ToString("yyyy-MM", CultureInfo.InvariantCulture);
        await AssertFiguresAsync(
            client, $"monthly?community=HY&month={last}", "received", "closed", "categories", "departments", "lowered",
            "objections.objected");
        await AssertFiguresAsync(client, $"conformity?community=HY&month={last}", "total.owed", "total.onTime");
        await AssertFiguresAsync(client, $"trends?community=HY&month={last}", "all.total", "categories");
        await AssertFiguresAsync(client, $"calls?community=HY&month={last}", "calls", "answered", "inTime");
        await AssertFiguresAsync(client, $"orders?community=HY&month={last}", "orders", "done", "quality", "workers");
        await AssertFiguresAsync(client, $"revisits?community=HY&month={last}", "items", "signed", "handlers");
        await AssertFiguresAsync(client, $"outside?community=HY&month={last}", "received", "reached", "lines");
        await AssertFiguresAsync(client, $"notices?community=HY&month={last}", "notices");
        foreach (var address in (string[])
            [
                $"/reports?community=HY&month={last}", "/reports/trends?community=HY", "/notices?community=HY",
                $"/reports/conformity?community=HY&month={last}", "/surveys/HY", "/desk/reviews", "/desk/meetings",
                "/desk/calls", "/desk/registers/HY/office", "/desk/roster", "/desk/surveys", "/desk/outside",
            ])
        {
            Assert.Equal(HttpStatusCode.OK, (await leader.GetAsync(address)).Status);
        }

        Assert.Contains("Response rate", (await leader.GetAsync("/surveys/HY")).Text, StringComparison.Ordinal);
        Assert.Contains("Closed", (await leader.GetAsync("/desk/reviews")).Text, StringComparison.Ordinal);
        Assert.Contains("-C1", (await leader.GetAsync("/desk/measures")).Text, StringComparison.Ordinal);
        Assert.Contains("HY-M", (await leader.GetAsync("/desk/meetings")).Text, StringComparison.Ordinal);
        Assert.Contains("演示", (await leader.GetAsync("/desk/registers/HY/office")).Text, StringComparison.Ordinal);
    }

    /// <summary>Each name leads to a number above 0, or to a list that is not empty.</summary>
    private static async Task AssertFiguresAsync(HttpClient client, string report, params string[] names)
    {
        var text = await client.GetStringAsync(new Uri("/api/reports/" + report, UriKind.Relative), Ct);
        using var json = JsonDocument.Parse(text);
        foreach (var name in names)
        {
            var found = name.Split('.').Aggregate(json.RootElement, (e, part) => e.GetProperty(part));
            var some = found.ValueKind == JsonValueKind.Array ? found.GetArrayLength() > 0 : found.GetDouble() > 0;
            Assert.True(some, $"{report}: '{name}' shows nothing: {text}");
        }
    }

    private static Task<(int Code, string Output)> RunAsync(params string[] arguments) =>
        HostProcess.RunAsync(typeof(LocalHost).Assembly.Location, arguments, Ct);
}
