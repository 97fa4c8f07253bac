using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Tests.Browser;
using Microsoft.Playwright;

namespace CustomerComm.Web.Tests.Complaints;

/// <summary>The pages of a complaint that somebody brings for a resident, in a real browser (4.6.2-4).</summary>
[Clause("4.6.2-4")]
public sealed class RepresentativeInBrowserTests(Chromium chromium)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_representative_When_desk_form_and_signing_page_are_looked_at_Then_everybody_can_use_them()
    {
        await using var host = await RunningHost.StartAsync();
        var complaint = await ResolvedAsync(host);
        await using var windows = await chromium.OpenAsync(host.Address);
        var sign = await host.SentAsync(ComplaintMatter.RepresentativeSignPage, complaint.Stream, 1);
        foreach (var phone in new[] { false, true })
        {
            var page = await windows.NewAsync(phone);
            if (!phone)
                await page.SetViewportSizeAsync(1440, 900);
            await LookAsync(page, sign, "sign", phone);
            await page.GotoAsync("/desk/sign-in");
            await page.ClickAsync("button[value='quality']");
            await page.AtTheDeskAsync();
            await LookAsync(page, "/desk/new", "new", phone);
            await LookAsync(page, $"/desk/complaints/{complaint.State.Number}", "complaint", phone);
            await LookAsync(page, $"/desk/complaints/{complaint.State.Number}/form", "form", phone);
            await LookAsync(page, $"/desk/complaints/{complaint.State.Number}?lang=en", "complaint-en", phone);
            await page.GotoAsync("/desk?lang=zh");
        }
    }

    private static async Task<LoadedMatter<Complaint>> ResolvedAsync(RunningHost host)
    {
        StaffMember Who(string id) => host.Get<CompanyDirectory>().Find(new StaffId(id))!;
        var kind = host.Get<ComplaintKind>();
        var received = Assert.IsType<MatterResult<Complaint>.Done>(await host.Get<Intake>().ReceiveAsync(
            new IntakeRequest(
                new CommunityId("HY"), "演示：三号楼电梯坏了，老人上下楼不方便。", null, null, "1-1-101", null, Channel.Phone,
                Category.Equipment, [], null, null, IsLetter: false, new StaffId("hy-duty"), "rep-1", Nature.Complaint)
            {
                Complainant = new ComplainantRequest(Standing.Family, "演示家属王强", "+1 202-555-0190", null, "演示：委托书原件"),
            },
            new Actor.Staff(Who("hy-duty")), Ct));
        foreach (var command in new ComplaintCommand[]
        {
            new ComplaintCommand.Accept(), new ComplaintCommand.Resolve("演示：已更换门机，试运行正常。"),
        })
        {
            Assert.IsType<MatterResult<Complaint>.Done>(await kind.HandleAsync(
                received.Matter.Stream, command, new Actor.Staff(Who("engineer")), null, Ct));
            await host.SettleAsync();
        }

        return (await kind.LoadAsync(received.Matter.Stream, Ct))!;
    }

    private static async Task LookAsync(IPage page, string path, string picture, bool phone)
    {
        var response = await page.GotoAsync(path);
        Assert.Equal(200, response!.Status);
        await page.PictureAsync($"representative-{picture}-{(phone ? "390" : "1440")}");
        await page.UsableByAllAsync();
        Assert.False(
            await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > window.innerWidth + 1"),
            $"{path} is wider than the window");
    }
}
