using System.Net;
using System.Text.Json;
using static CustomerComm.Web.Tests.Pages.PagesHost;

namespace CustomerComm.Web.Tests.Pages;

[Collection(PagesCollection.Name)]
public sealed class ReportPageTests(PagesHost host)
{
    private const string Month = "community=HY&month=2026-11";

    [Fact]
    public async Task Given_nobody_signed_in_Then_the_report_leads_to_the_sign_in_and_back()
    {
        using var browser = await host.BrowserAsync();

        using var answer = await RawAsync(browser, $"/reports?{Month}");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(
            "/desk/sign-in?back=" + Uri.EscapeDataString($"/reports?{Month}"), answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Given_a_case_Then_page_JSON_and_CSV_show_it_without_the_residents_words()
    {
        var resolved = await host.ResolvedAsync();
        var number = resolved.State.Number.ToString();
        using var staff = await host.BrowserAsync("quality-head");
        await host.SettleAsync();

        var (_, html) = await GetAsync(staff, $"/reports?{Month}");

        Assert.Contains($"/desk/complaints/{number}", html, StringComparison.Ordinal);
        Assert.Contains("4.6.2-6", html, StringComparison.Ordinal);
        Assert.Contains("设施设备", html, StringComparison.Ordinal);
        Assert.DoesNotContain("电梯", html, StringComparison.Ordinal);
        Assert.Contains("data-on-time=\"按时\"", html, StringComparison.Ordinal);
        var data = html[html.IndexOf("id=\"report-data\"", StringComparison.Ordinal)..];
        data = data[(data.IndexOf('>', StringComparison.Ordinal) + 1)..];
        using var charts = JsonDocument.Parse(data[..data.IndexOf("</script>", StringComparison.Ordinal)]);
        Assert.Equal("设施设备", charts.RootElement.GetProperty("category")[0].GetProperty("label").GetString());
        Assert.True(charts.RootElement.GetProperty("timeliness").GetArrayLength() > 0);

        using var json = JsonDocument.Parse(await TextAsync(staff, $"/api/reports/monthly?{Month}"));
        Assert.True(json.RootElement.GetProperty("received").GetInt32() >= 1);
        using var csv = await RawAsync(staff, $"/api/reports/monthly?{Month}&format=csv");
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Contains(number, await TextAsync(csv), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("community=NOWHERE&month=2026-11")]
    [InlineData("month=never")]
    [InlineData("")]
    public async Task Given_an_address_that_names_no_month_Then_the_present_one_is_shown(string query)
    {
        using var staff = await host.BrowserAsync("leader");

        var (status, html) = await GetAsync(staff, "/reports?" + query);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("2026-11", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_English_Then_all_names_are_English()
    {
        _ = await host.ResolvedAsync();
        using var staff = await host.BrowserAsync("leader");

        var html = (await GetAsync(staff, $"/reports?{Month}&lang=en")).Html;

        Assert.Contains("Complaints of the month · Demo Garden", html, StringComparison.Ordinal);
    }
}
