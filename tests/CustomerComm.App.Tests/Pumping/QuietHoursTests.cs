using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Pumping;

/// <summary>Ordinary messages to residents wait for the morning; nothing else does.</summary>
public sealed class QuietHoursTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("20:59", "20:59")]
    [InlineData("21:00", "08:00")]
    [InlineData("21:40", "08:00")]
    [InlineData("03:15", "08:00")]
    [InlineData("07:59", "08:00")]
    [InlineData("08:00", "08:00")]
    public async Task Case_43_Given_an_ordinary_complaint_When_resolved_Then_the_request_goes_when_people_are_up(
        string resolved, string sent)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await OpenAsync(app, Severity.Ordinary);
        await ResolveAtAsync(app, complaint, resolved);
        var held = resolved != sent;
        Assert.Equal(held ? 0 : 1, Requests(app));
        // Staff are told at once, whatever the hour.
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.Engineer.Phone.Value);
        if (!held)
            return;
        var wake = await app.Get<Pump>().AdvanceAsync(complaint.Stream, Ct);
        Assert.True(wake.WakeAt <= Next("08:00", app));
        app.Time.SetUtcNow(Next("08:00", app).AddSeconds(-1));
        await app.SweepAsync();
        Assert.Equal(0, Requests(app));
        app.Time.Advance(TimeSpan.FromSeconds(1));
        await app.SweepAsync();
        Assert.Equal(1, Requests(app));
        await app.SweepAsync();
        Assert.Equal(1, Requests(app));
    }

    [Fact]
    public async Task Case_43_Given_it_is_urgent_When_resolved_at_night_Then_the_request_goes_at_once()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await OpenAsync(app, Severity.Urgent);
        await ResolveAtAsync(app, complaint, "21:40");
        Assert.Equal(1, Requests(app));
    }

    [Fact]
    public async Task Case_43_Given_somebody_just_wrote_When_they_are_answered_at_night_Then_it_does_not_wait()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await OpenAsync(app, Severity.Ordinary);
        app.Time.SetUtcNow(At("21:30"));
        await app.Get<ComplaintKind>().HandleAsync(
            complaint.Stream, new ComplaintCommand.Note(Channel.Sms, "现在还没修好吗"), new Actor.Resident(), null, Ct);
        await ResolveAtAsync(app, complaint, "21:40");
        Assert.Equal(1, Requests(app));
    }

    [Fact]
    public async Task Given_a_message_waits_When_others_are_owed_Then_they_go_out_and_nobody_is_late()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await OpenAsync(app, Severity.Ordinary);
        await ResolveAtAsync(app, complaint, "22:00");
        var before = app.Sms.Sent.Count;
        await app.Get<ComplaintKind>().HandleAsync(
            complaint.Stream, new ComplaintCommand.Note(Channel.Http, "门口的灯也不亮"), new Actor.Resident(), null, Ct);
        await app.SweepAsync();
        Assert.Equal(before + 1, app.Sms.Sent.Count);
        var waiting = await app.Get<IEventStore>().ReadOutboxAsync(complaint.Stream, Ct);
        Assert.NotEmpty(waiting);
        Assert.All(waiting, m => Assert.Equal((0, At("08:00").AddDays(1)), (m.Attempts, m.NextAttempt)));
        Assert.Null(app.Get<App.Telemetry.OutboxWatch>().Oldest(app.Time.GetUtcNow()));
    }

    private static async Task<LoadedMatter<Complaint>> OpenAsync(TestApp app, Severity severity)
    {
        var opened = await app.OpenAsync("电梯按钮不亮");
        if (severity != Severity.Ordinary)
        {
            await app.DoAsync(
                opened,
                new ComplaintCommand.Triage(Nature.Complaint, Category.Equipment, [], severity, null, null),
                TestCompany.HyDuty);
        }

        Assert.Equal(severity, (await app.StateAsync(opened)).Severity);
        await app.SweepAsync();
        return opened;
    }

    private static async Task ResolveAtAsync(TestApp app, LoadedMatter<Complaint> complaint, string time)
    {
        app.Time.SetUtcNow(At(time) > app.Time.GetUtcNow() ? At(time) : At(time).AddDays(1));
        await app.DoAsync(complaint, new ComplaintCommand.Resolve("已更换按钮。"), TestCompany.Engineer);
        await app.SweepAsync();
    }

    private static int Requests(TestApp app) =>
        app.Sms.Sent.Count(m => m.To == TestCompany.ResidentPhone && m.Text.Contains("/s/", StringComparison.Ordinal));

    private static DateTimeOffset At(string time) => TestCompany.Time("2026-03-02 " + time);

    private static DateTimeOffset Next(string time, TestApp app) =>
        At(time) > app.Time.GetUtcNow() ? At(time) : At(time).AddDays(1) > app.Time.GetUtcNow() ? At(time).AddDays(1) : At(time).AddDays(2);
}
