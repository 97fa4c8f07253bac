using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Tests.Matters;

/// <summary>What the runtime does for every kind of matter, seen on the smallest one.</summary>
public sealed class MatterRuntimeTests
{
    private static readonly CancellationToken s_ct = CancellationToken.None;

    [Fact]
    public async Task Given_an_errand_When_begun_twice_Then_it_is_begun_once_and_the_duty_post_is_told_once()
    {
        await using var app = await StartAsync();
        var errands = app.Get<ErrandService>();
        var first = await BeginAsync(app, "waters the roses");
        var again = await BeginAsync(app, "waters the roses");
        Assert.Equal(1, first.Version);
        Assert.Equal(1, again.Version);
        await app.SweepAsync();
        var sent = Assert.Single(app.Sms.Sent);
        Assert.Equal(TestCompany.HyDuty.Phone.Value, sent.To);
        Assert.Contains("waters the roses", sent.Text, StringComparison.Ordinal);
        Assert.True(errands.Projections > 0);
    }

    [Fact]
    [Clause("4.6.2-6")]
    public async Task Given_nobody_does_it_When_time_passes_Then_the_lapse_climbs_to_the_leader()
    {
        await using var app = await StartAsync();
        await BeginAsync(app, "x");
        await app.SweepAsync();
        app.Sms.Sent.Clear();
        for (var hour = 0; hour < 30; hour++)
        {
            app.Time.Advance(TimeSpan.FromHours(1));
            await app.SweepAsync();
        }

        var told = app.Sms.Sent.Select(m => m.To).Distinct().ToList();
        Assert.Equal(
            [TestCompany.HyDuty.Phone.Value, TestCompany.HyManager.Phone.Value, TestCompany.Leader.Phone.Value], told);
    }

    [Fact]
    public async Task Given_a_lapse_When_only_the_one_told_acknowledges_Then_it_stops_climbing()
    {
        await using var app = await StartAsync();
        var errands = app.Get<ErrandService>();
        var errand = await BeginAsync(app, "x");
        app.Time.Advance(TimeSpan.FromMinutes(61));
        await app.SweepAsync();
        var refused = await errands.AcknowledgeAsync(
            errand.Stream, ObligationKind.AnswerContact, "", null, TestCompany.HyManager, s_ct);
        Assert.Equal(RefusalCode.NotYours, refused?.Code);
        Assert.Null(await errands.AcknowledgeAsync(
            errand.Stream, ObligationKind.AnswerContact, "", "soon", TestCompany.HyDuty, s_ct));
        app.Sms.Sent.Clear();
        app.Time.Advance(TimeSpan.FromHours(3));
        await app.SweepAsync();
        Assert.Empty(app.Sms.Sent);
        app.Time.Advance(TimeSpan.FromHours(30));
        await app.SweepAsync();
        Assert.Equal(TestCompany.HyManager.Phone.Value, Assert.Single(app.Sms.Sent).To);
    }

    [Fact]
    public async Task Given_a_duty_When_it_is_met_Then_its_row_goes_and_its_step_tells_how_late_it_was()
    {
        await using var app = await StartAsync();
        var errands = app.Get<ErrandService>();
        var errand = await BeginAsync(app, "x");
        await app.SweepAsync();
        var owed = app.Get<ITables>().Of<ObligationRow>();
        var key = Party.Of(Unit.Office).Key(TestCompany.HY);
        var row = Assert.Single((await owed.QueryAsync(key, null, null, 10, null, s_ct)).Rows);
        Assert.Equal(("errand", errand.Stream.Value, nameof(ObligationKind.AnswerContact)), (row.Matter, row.Stream, row.Kind));
        app.Time.Advance(TimeSpan.FromMinutes(90));
        await app.SweepAsync();
        var overdue = (await owed.QueryAsync(key, null, null, 10, null, s_ct)).Rows;
        Assert.True(Assert.Single(overdue).Overdue);
        await errands.HandleAsync(
            errand.Stream, new ErrandCommand.Finish(), new Actor.Staff(TestCompany.HyDuty), null, s_ct);
        await app.SweepAsync();
        Assert.Empty((await owed.QueryAsync(key, null, null, 10, null, s_ct)).Rows);
        var step = Assert.Single((await app.Get<ITables>().Of<StepRow>().QueryAsync(
            "HY-2026-03", null, null, 10, null, s_ct)).Rows);
        Assert.Equal(("errand", "4.2.1", true, 30), (step.Matter, step.Clause, step.Late, step.MinutesLate));
    }

    [Fact]
    [Clause("4.6.1-2-G")]
    public async Task Given_a_phone_refuses_When_told_Then_it_is_recorded_and_the_head_is_told()
    {
        await using var app = await StartAsync();
        app.Sms.Answer = m => m.To == TestCompany.HyDuty.Phone.Value
            ? new SendResult(SendOutcome.Refused, "unknown number") : SendResult.Sent;
        var errand = await BeginAsync(app, "x");
        await app.SweepAsync();
        var loaded = await app.Get<ErrandService>().LoadAsync(errand.Stream, s_ct);
        Assert.Equal("unknown number", Assert.Single(loaded!.Tracked.Failed).Error);
        Assert.Equal(TestCompany.HyManager.Phone.Value, Assert.Single(app.Sms.Sent).To);
    }

    [Fact]
    public async Task Given_rows_were_lost_When_rebuilt_Then_they_are_as_before()
    {
        await using var app = await StartAsync();
        var errand = await BeginAsync(app, "x");
        await app.SweepAsync();
        var owed = app.Get<ITables>().Of<ObligationRow>();
        var key = Party.Of(Unit.Office).Key(TestCompany.HY);
        var before = (await owed.QueryAsync(key, null, null, 10, null, s_ct)).Rows;
        await owed.ClearAsync(s_ct);
        Assert.True(await app.Get<StreamKinds>().Of(errand.Stream)!.RebuildRowsAsync(errand.Stream, s_ct));
        Assert.Equal(before, (await owed.QueryAsync(key, null, null, 10, null, s_ct)).Rows);
    }

    [Fact]
    public async Task Given_a_stream_of_no_kind_When_it_is_due_Then_it_is_settled_and_does_not_stay_due()
    {
        await using var app = await StartAsync();
        var store = app.Get<IEventStore>();
        await store.AppendAsync(
            new Append(new StreamId("other.1"), 0, app.Time.Now(), [new NewEvent("X", "{}"u8.ToArray())], [], [],
                app.Time.Now(), Open: true), s_ct);
        await app.SweepAsync();
        Assert.Null((await store.ReadHeadAsync(new StreamId("other.1"), s_ct))!.NextDue);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(services =>
    {
        services.AddSingleton<ErrandService>();
        services.AddSingleton<IStreamKind>(p => p.GetRequiredService<ErrandService>());
        services.AddSingleton<IMatterKind>(p => p.GetRequiredService<ErrandService>());
    });

    private static async Task<LoadedMatter<Errand>> BeginAsync(TestApp app, string what)
    {
        var errands = app.Get<ErrandService>();
        var result = await errands.BeginAsync(
            errands.StreamOf("1"), TestCompany.HY, new ErrandCommand.Ask(TestCompany.HY, what), new Actor.System(), null,
            s_ct);
        return Assert.IsType<MatterResult<Errand>.Done>(result).Matter;
    }
}
