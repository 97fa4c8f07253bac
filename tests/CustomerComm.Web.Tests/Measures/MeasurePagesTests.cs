using System.Net;
using CustomerComm.Web.Tests.Desk;

namespace CustomerComm.Web.Tests.Measures;

/// <summary>
/// Measures at the desk: offered to whoever may do it, and the forms filled from the complaint (4.6.2-5).
/// </summary>
[Clause("4.6.2-5")]
public sealed class MeasurePagesTests
{
    [Fact]
    public async Task A_measure_is_carried_out_checked_and_done_anew_by_those_who_may()
    {
        await using var host = await RunningHost.StartAsync();
        var complaint = await FormsHost.FiledAsync(host);
        var path = $"/desk/measures/{complaint.State.Number}-C1";
        var owner = await DeskBrowser.SignedInAsync(host, "engineer");
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        Assert.Empty((await quality.GetAsync(path)).Actions);
        // The engineer heads the unit too, and may name another owner.
        Assert.Equal(["Finish", "Reassign"], (await owner.GetAsync(path)).Actions);
        await DidAsync(owner, path, "Finish", ("result", "All brakes replaced"));
        Assert.Empty((await owner.GetAsync(path)).Actions);
        Assert.Equal(["CheckEffect"], (await quality.GetAsync(path)).Actions);
        var page = await SendAsync(
            quality, path, "CheckEffect", ("effective", "no"), ("finding", "Still noisy"), ("newDue", ""));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        await DidAsync(
            quality, path, "CheckEffect", ("effective", "no"), ("finding", "Still noisy"),
            ("newDue", "2026-12-20T17:00"));
        await DidAsync(owner, path, "Finish", ("result", "Adjusted"));
        page = await DidAsync(
            quality, path, "CheckEffect", ("effective", "yes"), ("finding", "Quiet now"), ("newDue", ""));
        Assert.Contains("Effective, done", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Actions);
        await host.SettleAsync();
        var list = await quality.GetAsync("/desk/measures");
        Assert.Contains($"{complaint.State.Number}-C1", list.Text, StringComparison.Ordinal);
        Assert.Contains($"{complaint.State.Number}-P1", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_is_filled_from_the_complaint_and_its_measures()
    {
        await using var host = await RunningHost.StartAsync();
        var complaint = await FormsHost.FiledAsync(host);
        var number = complaint.State.Number;
        var quality = await DeskBrowser.SignedInAsync(host, "quality", "zh");
        var page = await quality.GetAsync($"/desk/complaints/{number}");
        Assert.Contains($"/desk/complaints/{number}/form", page.Html, StringComparison.Ordinal);
        Assert.Contains($"/desk/measures/{number}-P1", page.Html, StringComparison.Ordinal);
        var form = await quality.GetAsync($"/desk/complaints/{number}/form");
        foreach (var said in (string[])
            [
                "顾客来访/投诉处理单", "（背面）", $"{number}", "演示住户王芳", "1-1-101", "+12025550150", "电话", "演示花园值班员",
                "4.6.1-2-B", "演示：电梯连续三天停运", "演示：已更换曳引机抱闸", "按时", "☑", "演示：住户表示满意。",
                "演示：希望每月公布电梯保养记录。", "演示：抱闸磨损", "演示：保养周期由", "演示：现场复查", $"{number}-C1", $"{number}-P1",
            ])
        {
            Assert.Contains(said, form.Text, StringComparison.Ordinal);
        }

        Assert.Contains("class=\"form__mark\"", form.Html, StringComparison.Ordinal);
        var report = await quality.GetAsync($"/desk/measures/{number}-P1/print");
        foreach (var said in (string[])
            ["预防措施报告", $"{number}", "演示：电梯连续三天停运", "演示：抱闸磨损", "演示：电梯保养列入每月巡查", "演示花园主任"])
        {
            Assert.Contains(said, report.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_shows_no_more_than_the_page_of_the_complaint_does()
    {
        await using var host = await RunningHost.StartAsync();
        var complaint = await FormsHost.FiledAsync(host);
        var number = complaint.State.Number;
        var leader = await DeskBrowser.SignedInAsync(host, "leader", "zh");
        var form = await leader.GetAsync($"/desk/complaints/{number}/form");
        Assert.Contains("…0150", form.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("5550150", form.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("form__mark", form.Html, StringComparison.Ordinal);
        Assert.Contains("签名仅经办人和保管部门可见", form.Text, StringComparison.Ordinal);
        foreach (var outsider in new[] { "jx-manager", "finance" })
        {
            var other = await DeskBrowser.SignedInAsync(host, outsider);
            foreach (var path in new[]
            {
                $"/desk/complaints/{number}/form", $"/desk/measures/{number}-C1", $"/desk/measures/{number}-C1/print",
            })
            {
                Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).Status);
            }
        }

        var nobody = new DeskBrowser(host.NewClient());
        var asked = await nobody.GetAsync($"/desk/complaints/{number}/form");
        Assert.Contains("sign-in", asked.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_who_may_not_see_the_complaint_reads_only_the_measure()
    {
        await using var host = await RunningHost.StartAsync();
        var complaint = await FormsHost.FiledAsync(host);
        var path = $"/desk/measures/{complaint.State.Number}-C1";
        var engineer = await DeskBrowser.SignedInAsync(host, "engineer");
        await DidAsync(engineer, path, "Reassign", ("owner", "finance"), ("reason", "It is about the contract"));
        var finance = await DeskBrowser.SignedInAsync(host, "finance");
        Assert.Equal(
            HttpStatusCode.NotFound, (await finance.GetAsync($"/desk/complaints/{complaint.State.Number}")).Status);
        var print = await finance.GetAsync(path + "/print");
        Assert.Contains("更换全部同型号抱闸", print.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("电梯连续三天停运", print.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_are_filed_with_owner_and_date_and_refused_without_or_with_a_date_that_passed()
    {
        await using var host = await RunningHost.StartAsync();
        var complaint = await FormsHost.OwingReportsAsync(host);
        var path = $"/desk/complaints/{complaint.State.Number}";
        var engineer = await DeskBrowser.SignedInAsync(host, "engineer");
        (string, string)[] sound =
        [
            ("corrective", "New brakes"), ("correctiveOwner", "engineer"), ("correctiveDue", "2026-12-20T17:00"),
            ("preventive", "Rounds"), ("preventiveOwner", "hy-manager"), ("preventiveDue", "2026-12-21T17:00"),
        ];
        foreach (var (field, value, label) in new[]
        {
            ("correctiveOwner", "", "Owner of the corrective measure"),
            ("correctiveDue", "", "Corrective measure due"),
            ("preventiveDue", "2026-11-20T17:00", "Preventive measure due"),
            ("preventiveOwner", "jx-manager", "Owner of the preventive measure"),
        })
        {
            var page = await SendAsync(engineer, path, "FileReports", [.. sound, (field, value)]);
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Contains(label, page.Text, StringComparison.Ordinal);
        }

        await DidAsync(engineer, path, "FileReports", sound);
        await host.SettleAsync();
        Assert.Contains("New brakes", (await engineer.GetAsync($"/desk/measures/{complaint.State.Number}-C1")).Text);
        var manager = await DeskBrowser.SignedInAsync(host, "hy-manager");
        Assert.Contains($"/desk/measures/{complaint.State.Number}-P1", (await manager.GetAsync("/desk")).Html);
    }

    private static async Task<DeskPageView> SendAsync(
        DeskBrowser browser, string path, string action, params (string Name, string Value)[] fields)
    {
        var form = (await browser.GetAsync(path)).Hidden(action);
        foreach (var (name, value) in fields)
            form[name] = value;
        return await browser.PostAsync(path, form);
    }

    private static async Task<DeskPageView> DidAsync(
        DeskBrowser browser, string path, string action, params (string Name, string Value)[] fields)
    {
        var page = await SendAsync(browser, path, action, fields);
        Assert.True(page.Status == HttpStatusCode.OK, $"{action}: {page.Status} {page.Text}");
        Assert.Contains($"done={action}", page.Path, StringComparison.Ordinal);
        return page;
    }
}
