using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Measures;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Measures;
using CustomerComm.Testing;
using CustomerComm.Testing.Complaints;
using Told = CustomerComm.Domain.Complaints.ComplaintCommand;

namespace CustomerComm.App.Tests.Measures;

/// <summary>From the reports of a major complaint to the check of its measures, whatever became of it (4.6.2-5).</summary>
[Clause("4.6.2-5")]
public sealed class MeasureFlowTests
{
    private static readonly CancellationToken s_ct = CancellationToken.None;

    [Fact]
    public async Task Given_filed_reports_Then_each_begins_one_measure_however_often_it_is_looked_at()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await FiledAsync(app);
        await app.SweepAsync();
        var measures = await OfAsync(app, complaint);
        Assert.Equal(
            [
                ($"{complaint.State.Number}-C1", MeasureType.Corrective, TestCompany.OtherEngineer.Id),
                ($"{complaint.State.Number}-P1", MeasureType.Preventive, TestCompany.HyManager.Id),
            ],
            measures.Select(m => (m.State.Number, m.State.Begun.Type, m.State.Owner)));
        await app.Get<MeasureKind>().FollowAsync(await LoadAsync(app, complaint), s_ct);
        await app.SweepAsync();
        Assert.All(await OfAsync(app, complaint), m => Assert.Equal(1, m.Version));
        Assert.Equal(2, (await app.Get<MeasureKind>().ListAsync(TestCompany.HY, s_ct)).Count);
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.OtherEngineer.Phone.Value
            && m.Text.Contains("更换", StringComparison.Ordinal));
    }

    [Fact]
    [Clause("4.5.4")]
    public async Task Given_the_complaint_is_closed_Then_its_measures_are_still_owed_lapse_and_are_checked()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await FiledAsync(app);
        await app.DoAsync(complaint, new Told.Verify(true, "有效"), TestCompany.Inspector);
        await app.SweepAsync();
        Assert.False((await app.StateAsync(complaint)).Open);
        var corrective = (await OfAsync(app, complaint))[0];
        Assert.Equal(ObligationKind.CarryOutMeasure, Assert.Single(MeasureKind.Owed(corrective)).Kind);

        await DoAsync(app, corrective, new MeasureCommand.Finish("已更换"), TestCompany.OtherEngineer);
        await app.SweepAsync();
        var owed = Assert.Single(MeasureKind.Owed((await OfAsync(app, complaint))[0]));
        Assert.Equal((ObligationKind.CheckMeasure, Party.Of(Unit.Quality)), (owed.Kind, owed.Owner));
        app.Time.Advance(owed.Due - app.Time.GetUtcNow() + TimeSpan.FromMinutes(1));
        await app.SweepAsync();
        var late = (await OfAsync(app, complaint))[0];
        Assert.Equal(ObligationKind.CheckMeasure, Assert.Single(late.Tracked.Lapses).Kind);
        Assert.Equal(TestCompany.Inspector.Id, late.Tracked.Lapses[0].Told);

        await DoAsync(app, late, new MeasureCommand.CheckEffect(true, "未再发生", null), TestCompany.Inspector);
        await app.SweepAsync();
        Assert.False((await OfAsync(app, complaint))[0].State.Open);
        var row = (await app.Get<MeasureKind>().ListAsync(TestCompany.HY, s_ct))
            .Single(r => r.Number.EndsWith("C1", StringComparison.Ordinal));
        Assert.Equal((nameof(MeasureStage.Effective), 1, 0), (row.Stage, row.Checks, row.NotEffective));
    }

    [Fact]
    public async Task Given_nobody_carries_a_measure_out_Then_its_owner_is_told_then_those_above()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await FiledAsync(app);
        await app.SweepAsync();
        var told = new List<StaffId>();
        for (var i = 0; i < 4; i++)
        {
            var measure = (await OfAsync(app, complaint))[0];
            var next = Obligations.NextTrigger([.. MeasureKind.Owed(measure)])!.Value;
            app.Time.Advance(next - app.Time.GetUtcNow() + TimeSpan.FromMinutes(1));
            await app.SweepAsync();
            if ((await OfAsync(app, complaint))[0].Tracked.Lapses is [var lapse])
                told.Add(lapse.Told);
        }

        Assert.Equal(
            [TestCompany.OtherEngineer.Id, TestCompany.EngineeringHead.Id, TestCompany.Leader.Id],
            told.Distinct());
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public async Task Given_the_complaint_opens_again_against_the_owner_Then_the_measure_leaves_them()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await FiledAsync(app);
        await app.SweepAsync();
        await app.DoAsync(complaint, new Told.Verify(false, "又坏了"), TestCompany.Inspector);
        await app.DoAsync(
            complaint,
            new Told.Triage(
                Nature.Complaint, Category.Equipment, [], Severity.Major, TestCompany.OtherEngineer.Id, null),
            TestCompany.Inspector);
        await app.SweepAsync();
        var measure = (await OfAsync(app, complaint))[0];
        Assert.Equal(ObligationKind.Assign, Assert.Single(MeasureKind.Owed(measure)).Kind);
        Assert.IsType<MatterResult<Measure>.Refused>(await app.Get<MeasureKind>().HandleAsync(
            measure.Stream, new MeasureCommand.Finish("已更换"), new Actor.Staff(TestCompany.OtherEngineer), null, s_ct));
    }

    private static async Task<LoadedMatter<Complaint>> FiledAsync(TestApp app)
    {
        var complaint = await app.OpenAsync();
        async Task Do(StaffMember by, Told command) => await app.DoAsync(complaint, command, by);
        await Do(TestCompany.HyDuty, new Told.Triage(
            Nature.Complaint, Category.Equipment, [], Severity.Major, null, TestCompany.Engineer.Id));
        await Do(TestCompany.Engineer, new Told.Accept());
        await Do(TestCompany.Engineer, new Told.Resolve("已修好"));
        await app.SweepAsync();
        var request = (await app.StateAsync(complaint)).Request!;
        Assert.IsType<MatterResult<Complaint>.Done>(await app.Get<ComplaintKind>().HandleAsync(
            complaint.Stream,
            new Told.Sign(request.Issue, "token", request.TextHash, "M0 0L9 9", 4, null), new Actor.Resident(), null,
            s_ct));
        await Do(TestCompany.Engineer, new Told.FollowUp(Channel.Phone, "满意", "多巡查"));
        await Do(TestCompany.Engineer, new Told.HandOverRecords());
        await Do(TestCompany.Inspector, new Told.CheckRecords(true, null));
        await Do(TestCompany.Engineer, new Told.FindRootCause("磨损", "每月检查"));
        await Do(TestCompany.Engineer, ComplaintScenario.Reports(app.Time.GetUtcNow()));
        return await LoadAsync(app, complaint);
    }

    private static async Task<LoadedMatter<Complaint>> LoadAsync(TestApp app, LoadedMatter<Complaint> of) =>
        (await app.Get<ComplaintKind>().LoadAsync(of.Stream, s_ct))!;

    private static async Task<IReadOnlyList<LoadedMatter<Measure>>> OfAsync(TestApp app, LoadedMatter<Complaint> of) =>
        await app.Get<MeasureKind>().OfComplaintAsync(await LoadAsync(app, of), s_ct);

    private static async Task DoAsync(
        TestApp app, LoadedMatter<Measure> measure, MeasureCommand command, StaffMember by) =>
        Assert.IsType<MatterResult<Measure>.Done>(await app.Get<MeasureKind>().HandleAsync(
            measure.Stream, command, new Actor.Staff(by), null, s_ct));
}
