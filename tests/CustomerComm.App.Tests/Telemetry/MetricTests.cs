using CustomerComm.App.Ports;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Telemetry;

/// <summary>What is counted and measured is right.</summary>
[Collection(Alone.Name)]
public sealed class MetricTests
{
    private static readonly string s_document =
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "telemetry.md"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_complaints_When_some_are_late_Then_the_gauges_show_open_complaints_and_overdue_obligations()
    {
        using var listening = new Listening();
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync();
        await app.OpenAsync("物业费算错了", Category.Charges, TestCompany.Phone(52));
        await app.SweepAsync();
        var fresh = listening.Gauges(app);
        Assert.Equal(2, fresh["customercomm.complaints.open"]);
        Assert.Equal(0, fresh["customercomm.obligations.overdue"]);
        Assert.Equal(0, fresh["customercomm.outbox.age"]);
        app.Time.Advance(TimeSpan.FromHours(3));
        await app.SweepAsync();
        var late = listening.Gauges(app);
        Assert.Equal(2, late["customercomm.complaints.open"]);
        Assert.True(late["customercomm.obligations.overdue"] >= 2, $"{late["customercomm.obligations.overdue"]}");
    }

    [Fact]
    public async Task Given_the_provider_is_down_When_time_passes_Then_the_outbox_grows_older_until_it_is_empty()
    {
        using var listening = new Listening();
        await using var app = await TestApp.StartAsync();
        app.Sms.Answer = _ => new SendResult(SendOutcome.TryLater, "busy");
        await app.OpenAsync();
        for (var minute = 0; minute < 20; minute++)
        {
            await app.SweepAsync();
            app.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await app.SweepAsync();
        Assert.InRange(listening.Gauges(app)["customercomm.outbox.age"], 18 * 60, 20 * 60);
        Assert.True(listening.Sum("customercomm.messages", ("outcome", "retry"), ("channel", "Sms")) >= 8);
        app.Sms.Answer = _ => SendResult.Sent;
        app.Time.Advance(TimeSpan.FromMinutes(30));
        await app.SweepAsync();
        Assert.Equal(0, listening.Gauges(app)["customercomm.outbox.age"]);
    }

    [Fact]
    public async Task Given_the_pump_stands_still_When_read_Then_what_was_never_tried_counts_by_its_age()
    {
        using var listening = new Listening();
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync();
        app.Time.Advance(TimeSpan.FromMinutes(7));
        await app.Get<Gauges>().RefreshAsync(Ct);
        var values = listening.Gauges(app);
        Assert.Equal(7 * 60, values["customercomm.outbox.age"]);
        Assert.Equal(7 * 60, values["customercomm.pump.behind"]);
    }

    [Fact]
    public async Task Given_a_reading_is_old_Then_nothing_is_reported()
    {
        using var listening = new Listening();
        await using var app = await TestApp.StartAsync();
        await app.SweepAsync();
        Assert.NotEmpty(listening.Gauges(app));
        listening.Values.Clear();
        app.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Empty(listening.Gauges(app));
    }

    [Fact]
    public async Task Given_steps_are_done_Then_intake_lateness_appends_and_sweeps_are_counted_under_documented_names()
    {
        using var listening = new Listening();
        await using var app = await TestApp.StartAsync();
        var opened = await app.OpenAsync();
        await app.SweepAsync();
        app.Time.Advance(TimeSpan.FromHours(3));
        await app.DoAsync(opened, new ComplaintCommand.Accept(), TestCompany.Engineer);
        await app.SweepAsync();
        Assert.Equal(1, listening.Sum("customercomm.intake", ("channel", "Http"), ("outcome", "opened")));
        Assert.Equal(60, listening.Sum("customercomm.step.lateness", ("step", "Accept"), ("lead", "Engineering")));
        Assert.Equal(2, listening.Sum("customercomm.sweeps"));
        Assert.Contains(
            listening.Values, v => v.Name == "customercomm.store.append.duration" && v.Tags["stream"] == "complaint");
        Assert.Contains(listening.Values, v => v.Name == "customercomm.messages" && v.Tags["template"] == "Assignment");
        listening.Gauges(app);
        Assert.All(listening.Values.Select(v => v.Name).Distinct(), n =>
            Assert.Contains($"`{n}`", s_document, StringComparison.Ordinal));
        Assert.All(listening.Spans.Select(s => s.OperationName).Distinct(), n =>
            Assert.Contains($"`{n}`", s_document, StringComparison.Ordinal));
    }
}
