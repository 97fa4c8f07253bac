using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Tests.Complaints;

/// <summary>A vacant post, somebody who left, a community removed: nothing stops, and an alarm stands.</summary>
public sealed class VacancyFlowTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact, Clause("4.6.1-3")]
    public async Task Given_a_company_without_a_leader_Then_it_runs_and_whoever_acts_does_the_leader_s_part()
    {
        await using var app = await TestApp.StartAsync(TestCompany.DirectoryWithout(TestCompany.Leader));
        var opened = await app.OpenAsync();
        await app.DoAsync(opened, new ComplaintCommand.Accept(), TestCompany.Engineer);
        await app.DoAsync(opened, new ComplaintCommand.Escalate("解决不了"), TestCompany.Engineer);
        await app.SweepAsync();
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.QualityHead.Phone.Value);
        var rules = app.Get<ComplaintKind>().RulesOf(opened.State);
        var instruct = new ComplaintCommand.Instruct(
            "先行垫付", rules.Due(app.Time.GetUtcNow(), rules.Policy.ResolveMajor));
        Assert.IsType<MatterResult<Complaint>.Refused>(await app.Get<ComplaintKind>().HandleAsync(
            opened.Stream, instruct, new Actor.Staff(TestCompany.HyManager), null, Ct));
        Assert.Null((await app.DoAsync(opened, instruct, TestCompany.QualityHead)).InstructDue);
        var alarm = Assert.Single(await app.Get<PostWatch>().ShownToAsync(TestCompany.QualityHead, Ct));
        Assert.Equal(
            (PostAlarmKind.Vacant, Unit.Leader, TestCompany.QualityHead.Id),
            (alarm.Kind, alarm.Unit, alarm.Staff!.Value));
        Assert.Empty(await app.Get<PostWatch>().ShownToAsync(TestCompany.HyManager, Ct));
    }

    [Fact, Clause("4.6.2-3")]
    public async Task Given_a_leaver_a_removed_community_and_a_vacancy_When_started_again_Then_all_is_read_and_alarmed()
    {
        using var directory = new TempDirectory();
        var stream = default(StreamId);
        await using (var first = Services(directory.Path, TestCompany.Directory))
        {
            await StartAsync(first);
            var request = TestApp.Request("电梯坏了三天没人修", Category.Equipment, TestCompany.Phone(54)) with
            {
                Community = TestCompany.JX,
            };
            var opened = Assert.IsType<MatterResult<Complaint>.Done>(
                await first.GetRequiredService<Intake>().ReceiveAsync(request, new Actor.Resident(), Ct));
            stream = opened.Matter.Stream;
            await first.GetRequiredService<App.Pumping.Sweeper>().RunAsync(Ct);
        }

        // Jinxiu is out of the file, the engineer who had it left, and the office of Harmony has no head.
        // Whoever took Jinxiu out left its people and homes standing.
        StaffMember[] gone = [TestCompany.Engineer, TestCompany.HyManager];
        var smaller = new CompanyDirectory(
            "x", TestCompany.Directory.Communities.Where(c => c.Id == TestCompany.HY), TestCompany.Staff.Except(gone),
            TestCompany.Directory.Homes, null, null,
            new Dictionary<Unit, StaffId> { [Unit.Office] = TestCompany.HyDuty.Id });
        await using var second = Services(directory.Path, smaller);
        await StartAsync(second);
        var cases = second.GetRequiredService<ComplaintKind>();
        var found = (await cases.LoadAsync(stream, Ct))!;
        Assert.True(Authority.MayOpen(found.Tracked, TestCompany.QualityHead, smaller));
        var view = (await cases.ViewAsync(stream, Ct))!;
        Assert.All(
            view.Owed.Where(o => o.Owner.Staff is not null), o => Assert.NotNull(smaller.Find(o.Owner.Staff!.Value)));
        Assert.Contains(view.Owed, o => o.Owner == Party.Of(Unit.Engineering));
        var alarms = await second.GetRequiredService<PostWatch>().LookAsync(Ct);
        Assert.Contains(new PostAlarm(PostAlarmKind.Removed, TestCompany.JX, null, null, 1), alarms);
        Assert.Contains(new PostAlarm(PostAlarmKind.Left, null, null, TestCompany.Engineer.Id, 1), alarms);
        Assert.Contains(
            new PostAlarm(PostAlarmKind.Vacant, TestCompany.HY, Unit.Office, TestCompany.HyDuty.Id, 0), alarms);
        // It goes on: late, it climbs to people who are there.
        var time = (Microsoft.Extensions.Time.Testing.FakeTimeProvider)second.GetRequiredService<TimeProvider>();
        time.Advance(TimeSpan.FromDays(30));
        await second.GetRequiredService<App.Pumping.Sweeper>().RunAsync(Ct);
        Assert.NotEmpty((await cases.LoadAsync(stream, Ct))!.Tracked.Lapses);
        Assert.All(
            (await cases.LoadAsync(stream, Ct))!.Tracked.Lapses, l => Assert.NotNull(smaller.Find(l.Told)));
        // Nothing new is taken in for a community that is no more.
        Assert.IsType<MatterResult<Complaint>.Refused>(await second.GetRequiredService<Intake>().ReceiveAsync(
            TestApp.Request("再投诉一次电梯", Category.Equipment) with { Community = TestCompany.JX },
            new Actor.Resident(), Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_a_community_that_never_was_is_named_in_the_file_When_started_Then_the_place_is_named(bool home)
    {
        using var directory = new TempDirectory();
        var nowhere = new CommunityId("ZZ");
        var slip = new CompanyDirectory(
            "x", TestCompany.Directory.Communities,
            home ? TestCompany.Staff : [.. TestCompany.Staff, TestCompany.HyGuard with
            {
                Id = new StaffId("s-zz"), Community = nowhere, Phone = PhoneNumber.Create(TestCompany.Phone(71)),
            }],
            home ? [.. TestCompany.Directory.Homes, TestCompany.Directory.Homes[0] with { Community = nowhere, Residents = [] }]
                : TestCompany.Directory.Homes);
        await using var services = Services(directory.Path, slip);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync(services));
        Assert.Contains(home ? "homes, room" : "staff, id 's-zz'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'ZZ'", error.Message, StringComparison.Ordinal);
    }

    [Fact, Clause("4.6.1-1")]
    public void Given_the_company_file_Then_line_substitutes_and_where_to_turn_outside_are_read_and_none_need_be_there()
    {
        const string file = """
            {
              "company": "x", "region": "US", "complaintLine": "+1 202-555-0100",
              "substitutes": { "Leader": "q", "Engineering": "gone" },
              "communities": [{ "id": "HY", "name": "和园", "nameEn": "H", "timeZone": "Asia/Shanghai",
                "hotline": "1", "outside": "街道办" }],
              "staff": [{ "id": "q", "name": "质", "phone": "+1 202-555-0111", "unit": "Quality",
                "head": true, "onDuty": false }]
            }
            """;
        var directory = CompanyFile.Parse(System.Text.Encoding.UTF8.GetBytes(file), "company.json").ToDirectory();
        Assert.Equal("1 / +1 202-555-0100", directory.LinesOf(TestCompany.HY));
        Assert.Equal("街道办", directory.Find(TestCompany.HY)!.Outside);
        Assert.All(Enum.GetValues<Unit>(), u => Assert.Equal("q", directory.Head(u, TestCompany.HY)!.Id.Value));
        var plain = file.Replace("\"complaintLine\": \"+1 202-555-0100\",", "", StringComparison.Ordinal);
        var without = CompanyFile.Parse(System.Text.Encoding.UTF8.GetBytes(plain), "company.json").ToDirectory();
        Assert.Equal(("1", (string?)null), (without.LinesOf(TestCompany.HY), without.ComplaintLine));
    }

    private static async Task StartAsync(ServiceProvider services) => await services.GetRequiredService<RulesBook>()
        .LoadAsync(services.GetRequiredService<TimeProvider>(), Ct);

    private static ServiceProvider Services(string path, CompanyDirectory directory) =>
        TestApp.ServicesAt(path, directory);
}
