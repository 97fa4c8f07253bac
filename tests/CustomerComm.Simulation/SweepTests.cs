using CustomerComm.App.Matters;
using CustomerComm.App.Pumping;
using CustomerComm.Web.Simulator;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.Simulation;

/// <summary>What one bad stream, or one bad text, must not do to others.</summary>
public class SweepTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_broken_stream_set_aside_When_another_falls_due_Then_it_is_taken_up_at_once()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        using var directory = new TempDirectory();
        await using var opened = await RunningHost.OpenAsync(directory.Path, time);
        var sweeper = opened.Get<Sweeper>();
        await ComplainAsync(opened, "楼道的灯坏了。", null);
        await sweeper.RunAsync(Ct);
        var due = (await opened.Get<IEventStore>().NextDueAsync(Ct))!.Value;
        time.SetUtcNow(due - TimeSpan.FromMilliseconds(10));
        await opened.Get<IEventStore>().AppendAsync(
            new Append(
                new StreamId("complaint.broken"), 0, time.Now(), [new NewEvent("Unheard", "{\"k\":\"p\",\"d\":{}}"u8.ToArray())],
                [], [], time.Now(), Open: true),
            Ct);
        await sweeper.RunAsync(Ct);
        Assert.Equal(1, sweeper.SetAside);
        var retry = await sweeper.NextAsync(Ct);
        Assert.Equal(time.Now() + TimeSpan.FromSeconds(30), retry);

        time.SetUtcNow(due);
        Assert.True(await sweeper.NextAsync(Ct) <= due, "the complaint that fell due waits for the broken one");
    }

    [Fact]
    public async Task Given_names_of_links_in_a_complaint_Then_staff_are_sent_no_link_of_the_resident()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        using var directory = new TempDirectory();
        await using var opened = await RunningHost.OpenAsync(directory.Path, time);
        await ComplainAsync(opened, "灯坏了 {status} {sign}", "{status}");
        await opened.Get<Sweeper>().RunAsync(Ct);
        var sent = 0;
        foreach (var member in opened.Get<CompanyDirectory>().Staff)
        {
            var page = await opened.Get<ITables>().Of<PhoneMessageRow>()
                .QueryAsync(member.Phone.Value, null, null, 100, null, Ct);
            Assert.All(page.Rows, r => Assert.DoesNotContain("http", r.Text, StringComparison.Ordinal));
            sent += page.Rows.Count;
        }

        Assert.True(sent > 0, "nobody was told of the complaint");
    }

    private static async Task ComplainAsync(RunningHost opened, string text, string? room)
    {
        var result = await opened.Get<Intake>().ReceiveAsync(
            new IntakeRequest(
                new CommunityId("HY"), text, null, "+1 202-555-0150", room, null, Channel.Http, Category.Equipment, [],
                null, null, IsLetter: false, null, "http:sweep-1"),
            new Actor.Resident(), Ct);
        Assert.IsType<MatterResult<Complaint>.Done>(result);
    }
}
