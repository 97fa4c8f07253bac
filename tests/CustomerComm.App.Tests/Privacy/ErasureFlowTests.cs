using System.Text;
using System.Text.Json;
using CustomerComm.App.Complaints;
using CustomerComm.App.Jobs;
using CustomerComm.App.Ledger;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Privacy;
using CustomerComm.App.Reports;
using CustomerComm.App.Storage;
using CustomerComm.App.Tests.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Privacy;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Privacy;

/// <summary>A person is erased by two others, once nothing of theirs is open; what is left verifies and counts.</summary>
public sealed class ErasureFlowTests
{
    private const string Words = "电梯坏了三天没人修，我家老人下不了楼";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_two_agreed_and_the_term_is_over_When_the_job_runs_Then_nothing_of_them_can_be_read_and_all_counts()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await EndedAsync(app);
        var chat = await ByChatAsync(app);
        var rows = await CountsAsync(app);
        var request = await ApprovedAsync(app);
        Assert.Equal(0, await RunAsync(app));
        Assert.DoesNotContain(app.Sms.Sent, m => m.Text.Contains("最后一条", StringComparison.Ordinal));
        app.Time.Advance(TimeSpan.FromDays(4));
        Assert.Equal(0, await RunAsync(app));
        // Not before they were told: without a sweep nothing has gone out yet.
        Assert.Equal(0, await RunAsync(app));
        await app.SettleAsync();
        Assert.Equal(TestCompany.ResidentPhone, app.Sms.Sent.Last(m => m.Text.Contains("最后一条", StringComparison.Ordinal)).To);
        Assert.Equal(1, await RunAsync(app));
        Assert.Equal(0, await RunAsync(app));
        await app.SettleAsync();

        Assert.Equal(DataRequestStage.Done, (await StateAsync(app, request)).Stage);
        Assert.Equal(Personal.Erased, (await app.StateAsync(complaint)).Intake.Text.Value);
        Assert.Equal(Personal.Erased, (await app.StateAsync(complaint)).Intake.Contact.Phone?.Value);
        Assert.Equal(Personal.Erased, (await app.StateAsync(chat)).Intake.Text.Value);
        Assert.Equal(rows, await CountsAsync(app));
        Assert.Empty((await app.Get<PersonFinder>().FindAsync(TestCompany.ResidentPhone, Ct)).Complaints);
        Assert.Empty(await RowsAsync<OwnRow>(app, TestCompany.ResidentPhone));
        Assert.Null(await FaultAsync(app));
    }

    [Fact]
    public async Task Given_they_were_erased_When_the_evidence_is_taken_Then_it_holds_and_has_none_of_their_words()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await EndedAsync(app);
        await ErasedAsync(app);
        await app.Get<LedgerAnchoring>().FollowAsync(DateOnly.FromDateTime(app.Time.GetUtcNow().Date), Ct);
        var file = await app.Get<EvidenceMaker>().MakeAsync(complaint.Stream, resident: false, Ct);
        var text = JsonSerializer.Serialize(file, EvidenceFile.Json);
        Assert.DoesNotContain("电梯", text, StringComparison.Ordinal);
        Assert.DoesNotContain(TestCompany.ResidentPhone[1..], text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_complaint_or_an_order_is_open_When_it_is_approved_Then_it_is_refused_and_both_are_named()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync(Words);
        var order = await app.OrderAsync();
        await app.SettleAsync();
        var request = await RecordedAsync(app);
        var standing = await app.Get<DataRequests>().StandingAsync(request.State, Ct);
        Assert.Equal(
            [(DataHoldKind.OpenComplaint, complaint.State.Number.ToString()), (DataHoldKind.OpenOrder, order.State.Number)],
            standing.Holds.Select(h => (h.Kind, h.Number)));
        var refused = await DoAsync(app, request, new DataRequestCommand.Approve(standing), TestCompany.QualityHead);
        Assert.Equal(RefusalCode.NotYet, Assert.IsType<MatterResult<DataRequest>.Refused>(refused).Refusal.Code);
    }

    [Fact]
    public async Task Given_it_ended_not_long_ago_Then_the_term_is_named_and_over_after_it()
    {
        await using var app = await TestApp.StartAsync();
        await EndedAsync(app, wait: false);
        var request = await RecordedAsync(app);
        Assert.Equal(
            DataHoldKind.TermRuns, Assert.Single((await app.Get<DataRequests>().StandingAsync(request.State, Ct)).Holds).Kind);
        app.Time.Advance(TimeSpan.FromDays(31));
        Assert.Empty((await app.Get<DataRequests>().StandingAsync(request.State, Ct)).Holds);
    }

    [Fact]
    public async Task Given_they_complain_between_approval_and_erasure_When_the_job_runs_Then_nothing_is_erased()
    {
        await using var app = await TestApp.StartAsync();
        await EndedAsync(app);
        var request = await ApprovedAsync(app);
        app.Time.Advance(TimeSpan.FromDays(4));
        await RunAsync(app);
        await app.SettleAsync();
        var late = await app.OpenAsync("停水了", Category.Equipment);
        await app.SettleAsync();
        Assert.Equal(0, await RunAsync(app));
        Assert.Equal(DataRequestStage.ToAnswer, (await StateAsync(app, request)).Stage);
        app.Get<ComplaintKind>().Forget();
        Assert.Equal("停水了", (await app.StateAsync(late)).Intake.Text.Value);
    }

    [Fact]
    public async Task Given_it_was_broken_off_after_any_key_When_the_job_runs_again_Then_it_ends()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await EndedAsync(app);
        var request = await ApprovedAsync(app);
        app.Time.Advance(TimeSpan.FromDays(4));
        await RunAsync(app);
        await app.SettleAsync();
        var person = await app.Get<PersonFinder>().FindAsync(TestCompany.ResidentPhone, Ct);
        var keys = person.Addresses.Select(app.Get<Pseudonyms>().Person).ToList();
        await app.Get<DataRequestKind>().HandleAsync(
            request.Stream, new DataRequestCommand.Begin(PersonStanding.Clear, [.. keys], 0), new Actor.System(), null, Ct);
        // As if the process had ended right after the last key, before anything was said about it.
        foreach (var key in keys)
            await app.Get<Erasure>().EraseAsync(key, "broken off", Ct);
        app.Get<DataRequestKind>().Forget();
        Assert.Equal(1, await RunAsync(app));
        Assert.Equal(DataRequestStage.Done, (await StateAsync(app, request)).Stage);
        Assert.Equal(Personal.Erased, (await app.StateAsync(complaint)).Intake.Text.Value);
        await app.SettleAsync();
        Assert.Null(await FaultAsync(app));
    }

    [Fact]
    public async Task Given_a_chat_that_somebody_else_complains_by_too_When_one_is_erased_Then_the_other_is_not()
    {
        await using var app = await TestApp.StartAsync();
        await EndedAsync(app);
        await ByChatAsync(app);
        var other = await ByChatAsync(app, TestCompany.Phone(52), "我妈家漏水");
        var person = await app.Get<PersonFinder>().FindAsync(TestCompany.ResidentPhone, Ct);
        Assert.Equal((0, 1), (person.Conversations.Length, person.Shared));
        await ErasedAsync(app);
        app.Get<ComplaintKind>().Forget();
        Assert.Equal("我妈家漏水", (await app.StateAsync(other)).Intake.Text.Value);
        Assert.Equal(
            other.State.Number.ToString(), Assert.Single(await RowsAsync<OwnRow>(app, "web-chat-1")).RowKey);
        Assert.Null(await FaultAsync(app));
    }

    [Fact]
    public async Task Given_somebody_types_in_another_s_phone_When_it_is_approved_Then_that_person_is_told_and_can_stop_it()
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync("路灯不亮", Category.Equipment, TestCompany.Phone(52));
        var request = await RecordedAsync(app);
        await DoAsync(app, request, new DataRequestCommand.Approve(PersonStanding.Clear), TestCompany.QualityHead);
        await app.SettleAsync();
        var told = app.Sms.Sent.Last(m => m.To == TestCompany.ResidentPhone);
        Assert.NotNull(await GivenLinks.FindAsync(
            app.Services, [told.Text], new LinkAt(request.Stream, DataRequestMatter.Page), Ct));
        await app.Get<DataRequestKind>().HandleAsync(
            request.Stream, new DataRequestCommand.Stop(), new Actor.Resident(), null, Ct);
        app.Time.Advance(TimeSpan.FromDays(10));
        await app.SettleAsync();
        Assert.Equal(0, await RunAsync(app));
        Assert.Equal(TestCompany.ResidentPhone, (await StateAsync(app, request)).Asked.Contact.Phone?.Value);
    }

    [Fact]
    public async Task Given_the_same_form_twice_or_a_second_one_Then_there_is_one_request()
    {
        await using var app = await TestApp.StartAsync();
        var first = await RecordedAsync(app);
        var again = await RecordedAsync(app);
        Assert.Equal(first.Stream, again.Stream);
        await app.SettleAsync();
        Assert.Equal(
            RefusalCode.WrongStage,
            Assert.IsType<MatterResult<DataRequest>.Refused>(await EnterAsync(app, "form:other")).Refusal.Code);
    }

    [Fact]
    public async Task Given_they_work_for_the_company_Then_their_number_is_needed()
    {
        await using var app = await TestApp.StartAsync();
        var request = Assert.IsType<MatterResult<DataRequest>.Done>(await app.Get<DataRequests>().EnterAsync(
            TestCompany.HY, DataRequestType.Erasure, TestCompany.HyGuard.Phone.Value, Channel.WalkIn, "认得", "x", "form:3",
            TestCompany.Inspector, Ct)).Matter;
        Assert.Equal(
            DataHoldKind.Employed, Assert.Single((await app.Get<DataRequests>().StandingAsync(request.State, Ct)).Holds).Kind);
        Assert.False(request.State.MaySee(TestCompany.HyGuard, TestCompany.Directory));
    }

    [Fact]
    public async Task Given_a_person_Then_their_file_has_what_they_said_and_were_sent_and_nothing_staff_told_each_other()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync(Words);
        await app.DoAsync(complaint, new ComplaintCommand.Note(Channel.Phone, "此人难缠"), TestCompany.HyDuty);
        var order = await app.OrderAsync();
        await app.OpenAsync("别人的事", Category.Parking, TestCompany.Phone(52));
        await app.TextAsync(TestCompany.ResidentPhone, "进度");
        var file = await app.Get<PersonFileMaker>().MakeAsync(TestCompany.ResidentPhone, Ct);
        var text = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(file, PersonFile.Json));
        Assert.Contains(Words, text, StringComparison.Ordinal);
        Assert.Contains("厨房水管漏水", text, StringComparison.Ordinal);
        Assert.Contains("进度", text, StringComparison.Ordinal);
        Assert.Contains(file.Messages, m => m.Matter == order.State.Number);
        Assert.DoesNotContain("此人难缠", text, StringComparison.Ordinal);
        Assert.DoesNotContain("别人的事", text, StringComparison.Ordinal);
        Assert.DoesNotContain("p1:", text, StringComparison.Ordinal);
    }

    private static async Task<LoadedMatter<Complaint>> EndedAsync(TestApp app, bool wait = true)
    {
        var complaint = await app.OpenAsync(Words);
        await app.SettleAsync();
        await app.Get<ComplaintKind>().HandleAsync(
            complaint.Stream, new ComplaintCommand.Withdraw(Channel.Sms, null), new Actor.Resident(), null, Ct);
        await app.SettleAsync();
        if (wait)
            app.Time.Advance(TimeSpan.FromDays(40));
        await app.SettleAsync();
        return complaint;
    }

    /// <summary>A complaint by one web chat, ended; of the resident unless somebody else gives their phone there.</summary>
    private static async Task<LoadedMatter<Complaint>> ByChatAsync(TestApp app, string? phone = null, string text = "又坏了")
    {
        var request = TestApp.Request(text, Category.Equipment, phone ?? TestCompany.ResidentPhone) with
        {
            Conversation = "web-chat-1",
            Channel = Channel.Chat,
        };
        var opened = Assert.IsType<MatterResult<Complaint>.Done>(
            await app.Get<Intake>().ReceiveAsync(request, new Actor.Resident(), Ct)).Matter;
        await app.SettleAsync();
        await app.Get<ComplaintKind>().HandleAsync(
            opened.Stream, new ComplaintCommand.Withdraw(Channel.Chat, null), new Actor.Resident(), null, Ct);
        app.Time.Advance(TimeSpan.FromDays(40));
        await app.SettleAsync();
        return opened;
    }

    private static Task<MatterResult<DataRequest>> EnterAsync(TestApp app, string source) => app.Get<DataRequests>().EnterAsync(
        TestCompany.HY, DataRequestType.Erasure, TestCompany.ResidentPhone, Channel.Phone, "回拨登记号码", "已搬走", source,
        TestCompany.HyDuty, Ct);

    private static async Task<LoadedMatter<DataRequest>> RecordedAsync(TestApp app)
    {
        var request = Assert.IsType<MatterResult<DataRequest>.Done>(await EnterAsync(app, "form:1")).Matter;
        await app.SettleAsync();
        return request;
    }

    private static async Task<LoadedMatter<DataRequest>> ApprovedAsync(TestApp app)
    {
        var request = await RecordedAsync(app);
        var standing = await app.Get<DataRequests>().StandingAsync(request.State, Ct);
        Assert.IsType<MatterResult<DataRequest>.Done>(
            await DoAsync(app, request, new DataRequestCommand.Approve(standing), TestCompany.QualityHead));
        await app.SettleAsync();
        return request;
    }

    private static async Task ErasedAsync(TestApp app)
    {
        await ApprovedAsync(app);
        app.Time.Advance(TimeSpan.FromDays(4));
        await RunAsync(app);
        await app.SettleAsync();
        Assert.Equal(1, await RunAsync(app));
        await app.SettleAsync();
    }

    /// <summary>What does not hold, rows included, once the day is anchored.</summary>
    private static async Task<LedgerFault?> FaultAsync(TestApp app)
    {
        await app.Get<LedgerAnchoring>().FollowAsync(DateOnly.FromDateTime(app.Time.GetUtcNow().Date), Ct);
        return (await app.Get<LedgerVerifier>().VerifyAsync(null, Ct, new LedgerCheck { Rows = true })).Fault;
    }

    private static async Task<long> RunAsync(TestApp app) =>
        (await app.Get<JobRunner>().RunAsync("erasures", null, null, Ct)).Done;

    private static Task<MatterResult<DataRequest>> DoAsync(
        TestApp app, LoadedMatter<DataRequest> request, DataRequestCommand command, StaffMember by) =>
        app.Get<DataRequestKind>().HandleAsync(request.Stream, command, new Actor.Staff(by), null, Ct);

    private static async Task<DataRequest> StateAsync(TestApp app, LoadedMatter<DataRequest> request) =>
        (await app.Get<DataRequestKind>().LoadAsync(request.Stream, Ct))!.State;

    private static async Task<IReadOnlyList<TRow>> RowsAsync<TRow>(TestApp app, string address)
        where TRow : class, ITableRow =>
        (await app.Get<ITables>().Of<TRow>()
            .QueryAsync(app.Get<Pseudonyms>().Person(address), null, null, 100, null, Ct)).Rows;

    /// <summary>What management counts.</summary>
    private static async Task<IReadOnlyList<string>> CountsAsync(TestApp app) =>
        [.. (await app.Get<ITables>().Of<ComplaintRow>().ScanAsync(null, 100, Ct)).Select(Rows.Said)];
}
