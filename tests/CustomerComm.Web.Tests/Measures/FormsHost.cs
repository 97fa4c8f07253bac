using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Measures;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Measures;
using CustomerComm.Domain.Outside;

namespace CustomerComm.Web.Tests.Measures;

/// <summary>A major complaint of the demo company that went the whole way, with its two reports.</summary>
internal static class FormsHost
{
    private const string Mark = "data:image/svg+xml;base64,"
        + "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9"
        + "IjAgMCAyMDAgODAiPjxwYXRoIGQ9Ik0gMjAgNjAgQyA2MCAxMCA4MCA3MCAxMjAgMzAgUyAxNzAgNjAgMTg1IDI1IiBmaWxsPSJub25lIiBz"
        + "dHJva2U9ImJsYWNrIiBzdHJva2Utd2lkdGg9IjIiLz48L3N2Zz4=";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>
    /// The complaint with its reports filed, verified and closed; every text is <paramref name="text"/> where given.
    /// </summary>
    public static Task<LoadedMatter<Complaint>> FiledAsync(RunningHost host, string? text = null) =>
        PlayAsync(host, text, reports: true);

    /// <summary>
    /// As above, come as an authority's work order and brought by a member of the family, with the longest names.
    /// </summary>
    public static Task<LoadedMatter<Complaint>> FiledForAnotherAsync(RunningHost host, string text) =>
        PlayAsync(host, text, reports: true, forAnother: true);

    /// <summary>As above, before the reports are filed.</summary>
    public static Task<LoadedMatter<Complaint>> OwingReportsAsync(RunningHost host) =>
        PlayAsync(host, null, reports: false);

    private static async Task<LoadedMatter<Complaint>> PlayAsync(RunningHost host, string? text, bool reports, bool forAnother = false)
    {
        string Say(string usual, int longest = 2_000) => text is null
            ? usual : text[..Math.Min(text.Length, longest)];
        var received = Assert.IsType<MatterResult<Complaint>.Done>(await host.Get<Intake>().ReceiveAsync(
            new IntakeRequest(
                new CommunityId("HY"), Say("演示：电梯连续三天停运，老人上下楼很不方便，请尽快彻底修好。", 10_000), Say("演示住户王芳", 99),
                "+1 202-555-0150", Say("1-1-101", 99), null, Channel.Phone, Category.Equipment, [],
                host.Time.GetUtcNow().AddDays(3), null, IsLetter: false, new StaffId("hy-duty"), "forms-1", Nature.Complaint)
            {
                Complainant = forAnother
                    ? new ComplainantRequest(Standing.Family, Say("", 99), "+1 202-555-0190", null, "演示：委托书") : null,
                Outside = forAnother
                    ? new OutsideDelivery(
                        OutsideLine.Hotline12345, "BJ-20261123-00000000000000000000000007", host.Time.GetUtcNow(), false,
                        null, null)
                    : null,
            },
            new Actor.Staff(Who(host, "hy-duty")), Ct));
        var stream = received.Matter.Stream;
        async Task<LoadedMatter<Complaint>> DoAsync(string staff, ComplaintCommand command)
        {
            var by = staff == "resident" ? (Actor)new Actor.Resident() : new Actor.Staff(Who(host, staff));
            var result = await host.Get<ComplaintKind>().HandleAsync(stream, command, by, null, Ct);
            Assert.True(
                result is MatterResult<Complaint>.Done,
                $"{command}: {(result as MatterResult<Complaint>.Refused)?.Refusal}");
            await host.SettleAsync();
            return ((MatterResult<Complaint>.Done)result).Matter;
        }

        await DoAsync("hy-duty", new ComplaintCommand.Triage(
            Nature.Complaint, Category.Equipment, received.Matter.State.Also, Severity.Major, null,
            new StaffId("engineer")));
        await DoAsync("engineer", new ComplaintCommand.Accept());
        host.Time.Advance(TimeSpan.FromHours(30));
        var s = (await DoAsync("engineer", new ComplaintCommand.Resolve(Say("演示：已更换曳引机抱闸，试运行两天正常。")))).State;
        var signed = await DoAsync("resident", new ComplaintCommand.Sign(
            s.LinksIssued, "token", s.Resolution!.TextHash, Mark, 4, "演示：谢谢"));
        // The phone is on file, but not for a room that is written as long as may be.
        if (signed.State.Request?.Drawn is not null)
            await DoAsync("quality", new ComplaintCommand.DecideSignature(true, Say("演示：已电话核实。"), Say("演示住户", 99)));
        await DoAsync("engineer", new ComplaintCommand.FollowUp(
            Channel.Phone, Say("演示：住户表示满意。"), Say("演示：希望每月公布电梯保养记录。")));
        await DoAsync("engineer", new ComplaintCommand.HandOverRecords());
        await DoAsync("quality", new ComplaintCommand.CheckRecords(true, null));
        await DoAsync("engineer", new ComplaintCommand.FindRootCause(
            Say("演示：抱闸磨损，保养周期过长。"), Say("演示：保养周期由三个月改为一个月。")));
        if (reports)
        {
            await DoAsync("engineer", new ComplaintCommand.FileReports(
                Plan(Say("演示：更换全部同型号抱闸。"), "engineer", host, 10),
                Plan(Say("演示：电梯保养列入每月巡查，由主任抽查。"), "hy-manager", host, 20)));
            await DoAsync("quality", new ComplaintCommand.Verify(true, Say("演示：现场复查，运行正常。")));
        }

        return (await host.Get<ComplaintKind>().LoadAsync(stream, Ct))!;
    }

    /// <summary>The corrective measure carried out, checked, carried out again and found effective.</summary>
    public static async Task<string> MeasuredAsync(
        RunningHost host, LoadedMatter<Complaint> complaint, string? text = null)
    {
        var measures = host.Get<MeasureKind>();
        var stream = (await measures.OfComplaintAsync(complaint, Ct))[0].Stream;
        foreach (var (staff, command) in new (string, MeasureCommand)[]
        {
            ("engineer", new MeasureCommand.Finish(text ?? "演示：五台电梯的抱闸都已更换。")),
            ("quality", new MeasureCommand.CheckEffect(
                false, text ?? "演示：三号楼仍有异响。", host.Time.GetUtcNow().AddDays(9))),
            ("engineer", new MeasureCommand.Finish(text ?? "演示：三号楼重新调整间隙。")),
            ("quality-head", new MeasureCommand.CheckEffect(true, text ?? "演示：复查无异响，未再停运。", null)),
        })
        {
            var result = await measures.HandleAsync(stream, command, new Actor.Staff(Who(host, staff)), null, Ct);
            Assert.True(
                result is MatterResult<Measure>.Done, $"{command}: {(result as MatterResult<Measure>.Refused)?.Refusal}");
            await host.SettleAsync();
        }

        return (await measures.LoadAsync(stream, Ct))!.State.Number;
    }

    private static PlannedMeasure Plan(string what, string owner, RunningHost host, int days) =>
        new(new Personal(what), new StaffId(owner), host.Time.GetUtcNow().AddDays(days));

    private static StaffMember Who(RunningHost host, string id) => host.Get<CompanyDirectory>().Find(new StaffId(id))!;
}
