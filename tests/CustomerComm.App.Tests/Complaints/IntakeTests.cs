using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Reports;
using CustomerComm.App.Storage;
using CustomerComm.App.Tests.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Complaints;

/// <summary>None is left out, none is opened twice, no number is missing (4.6.2-1).</summary>
public sealed class IntakeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact, Clause("4.6.2-1")]
    public async Task Given_many_at_once_When_taken_in_Then_numbers_have_no_gap_and_no_double()
    {
        await using var app = await TestApp.StartAsync();
        var opened = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => app.OpenAsync($"第{i}件 电梯坏了"))));
        var numbers = opened.Select(o => o.State.Number.Sequence).Order().ToList();
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), numbers);
        foreach (var o in opened)
        {
            var found = await app.Get<ComplaintKind>().FindAsync(o.State.Number, Ct);
            Assert.Equal(o.Stream, found!.Stream);
        }
    }

    [Fact]
    public async Task Given_the_same_message_ten_times_at_once_When_taken_in_Then_there_is_one_case()
    {
        await using var app = await TestApp.StartAsync();
        var opened = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            Task.Run(() => app.OpenAsync(sourceId: "http:same"))));
        Assert.Single(opened.Select(o => o.State.Number).Distinct());
        app.Time.Advance(NumberAudit.Patience + TimeSpan.FromMinutes(1));
        await app.Get<NumberAudit>().RunAsync(Ct);
        var state = await app.StateAsync(opened[0]);
        var last = await app.Get<Numbering>().ListAsync(
            new MatterNumber(TestCompany.HY, MatterNumber.Complaint, 2026, 0), 100, Ct);
        Assert.Equal(last.Count - 1, state.VoidedNumbers.Count);
    }

    [Fact]
    public async Task Given_the_same_id_with_other_words_When_taken_in_Then_it_is_refused_as_reused()
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync(sourceId: "http:k");
        var again = await app.Get<Intake>().ReceiveAsync(
            TestApp.Request("另一件事", Category.Parking, TestCompany.ResidentPhone, "http:k"), new Actor.Resident(), Ct);
        Assert.Equal("http:k", Assert.IsType<MatterResult<Complaint>.Reused>(again).MessageId);
    }

    [Fact]
    public async Task Given_the_same_id_from_another_room_When_taken_in_Then_it_is_refused_as_reused()
    {
        await using var app = await TestApp.StartAsync();
        var request = TestApp.Request("灯坏了", Category.Equipment, null, "http:k") with { Room = "3-1-502" };
        var first = await app.Get<Intake>().ReceiveAsync(request, new Actor.Resident(), Ct);
        var same = await app.Get<Intake>().ReceiveAsync(request, new Actor.Resident(), Ct);
        Assert.Equal(
            Assert.IsType<MatterResult<Complaint>.Done>(first).Matter.Stream,
            Assert.IsType<MatterResult<Complaint>.Done>(same).Matter.Stream);
        var other = await app.Get<Intake>().ReceiveAsync(request with { Room = "3-1-602" }, new Actor.Resident(), Ct);
        Assert.Equal("http:k", Assert.IsType<MatterResult<Complaint>.Reused>(other).MessageId);
    }

    [Theory, Clause("4.6.2-1")]
    [InlineData("2026-12-31 23:59", 2026)]
    [InlineData("2027-01-01 00:01", 2027)]
    public async Task Given_new_year_s_night_When_taken_in_Then_the_number_bears_the_year_of_the_community_s_clock(
        string local, int year)
    {
        await using var app = await TestApp.StartAsync();
        app.Time.SetUtcNow(TestCompany.Time(local));
        var number = (await app.OpenAsync()).State.Number;
        Assert.Equal((year, 1), (number.Year, number.Sequence));
    }

    [Fact, Clause("1.0"), Clause("2.0"), Clause("3.1")]
    public async Task Given_the_middle_of_the_night_When_somebody_complains_by_any_channel_Then_it_is_a_complaint_counted_by_it()
    {
        await using var app = await TestApp.StartAsync();
        app.Time.SetUtcNow(TestCompany.Time("2026-03-08 03:00"));
        foreach (var channel in Enum.GetValues<Channel>())
        {
            var request = TestApp.Request($"{channel}：路灯不亮", Category.Equipment, TestCompany.ResidentPhone) with { Channel = channel };
            Actor by = channel.Way().AtDesk ? new Actor.Staff(TestCompany.HyDuty) : new Actor.Resident();
            Assert.IsType<MatterResult<Complaint>.Done>(await app.Get<Intake>().ReceiveAsync(request, by, Ct));
        }

        await app.SettleAsync();
        var report = await app.Get<ReportReader>().MonthAsync(TestCompany.HY, 2026, 3, Unit.Leader, Ct);
        Assert.Equal(
            Enum.GetNames<Channel>().Order(), report!.Channels.Where(l => l.Received == 1).Select(l => l.Name).Order());
    }

    [Fact, Clause("4.6.2-1")]
    public async Task Given_a_number_never_became_a_case_When_audited_Then_it_is_voided_in_sight_and_its_straggler_is_stopped()
    {
        await using var app = await TestApp.StartAsync();
        var stream = new StreamId($"{ComplaintKind.Name}.{Pseudonyms.Source("http:lost")}");
        var number = await app.Get<Numbering>().AllocateAsync(
            new MatterNumber(TestCompany.HY, MatterNumber.Complaint, 2026, 0), stream, Ct);
        await app.Get<NumberAudit>().RunAsync(Ct);
        Assert.Null(await app.Get<ComplaintKind>().FindAsync(number, Ct));
        app.Time.Advance(NumberAudit.Patience + TimeSpan.FromMinutes(1));
        Assert.Equal(1, await app.Get<NumberAudit>().RunAsync(Ct));
        Assert.Equal(0, await app.Get<NumberAudit>().RunAsync(Ct));
        var voided = await app.Get<ComplaintKind>().FindAsync(number, Ct);
        Assert.Equal(Outcome.Voided, voided!.State.Outcome);
        var late = await app.Get<Intake>().ReceiveAsync(
            TestApp.Request("迟到的", null, null, "http:lost"), new Actor.Resident(), Ct);
        Assert.Equal(RefusalCode.TooLate, Assert.IsType<MatterResult<Complaint>.Refused>(late).Refusal.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("灯坏了\0")]
    public async Task Given_bad_input_When_taken_in_Then_the_field_is_named_and_no_number_is_used(string text)
    {
        await using var app = await TestApp.StartAsync();
        var result = await app.Get<Intake>().ReceiveAsync(TestApp.Request(text), new Actor.Resident(), Ct);
        Assert.Equal("text", Assert.IsType<MatterResult<Complaint>.Refused>(result).Refusal.Field);
        Assert.Equal(1, (await app.OpenAsync()).State.Number.Sequence);
    }

    [Fact, Clause("4.6.2-4")]
    public async Task Given_staff_enter_another_phone_for_a_known_home_When_taken_in_Then_the_phone_on_file_goes_first()
    {
        await using var app = await TestApp.StartAsync();
        var request = TestApp.Request("灯坏了", Category.Equipment, TestCompany.Phone(77)) with
        {
            Room = "3-1-502",
            EnteredBy = TestCompany.HyDuty.Id,
            Channel = Channel.Phone,
        };
        var result = await app.Get<Intake>().ReceiveAsync(request, new Actor.Staff(TestCompany.HyDuty), Ct);
        var state = Assert.IsType<MatterResult<Complaint>.Done>(result).Matter.State;
        Assert.Equal(TestCompany.ResidentPhone, state.Intake.Contact.Phone!.Value.Value);
    }

    [Theory]
    [InlineData("The lift is broken again", Language.English)]
    [InlineData("电梯又坏了", Language.Chinese)]
    public async Task Given_a_resident_writes_When_taken_in_Then_they_are_answered_in_that_language_and_known_by_their_home(
        string text, Language language)
    {
        await using var app = await TestApp.StartAsync();
        var result = await app.Get<Intake>().ReceiveAsync(
            TestApp.Request(text) with { Room = "3-1-502" }, new Actor.Resident(), Ct);
        var intake = Assert.IsType<MatterResult<Complaint>.Done>(result).Matter.State.Intake;
        Assert.Equal((language, "王芳"), (intake.Language, intake.Contact.Name!.Value.Value));
    }

    [Fact, Clause("4.6.2-4")]
    public async Task Given_a_staff_phone_as_the_residents_When_taken_in_Then_it_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        var result = await app.Get<Intake>().ReceiveAsync(
            TestApp.Request("灯坏了", null, TestCompany.Engineer.Phone.Value), new Actor.Resident(), Ct);
        Assert.Equal("phone", Assert.IsType<MatterResult<Complaint>.Refused>(result).Refusal.Field);
    }

    [Fact]
    public async Task Given_a_person_is_erased_When_read_again_Then_their_words_are_gone_and_the_chain_still_holds()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync("这是我的名字和故事");
        await app.SweepAsync();
        await app.Get<Erasure>().EraseAsync(
            app.Get<Pseudonyms>().Person(TestCompany.ResidentPhone), "asked for", Ct);
        app.Get<ComplaintKind>().Forget();
        var state = await app.StateAsync(complaint);
        Assert.Equal(Personal.Erased, state.Intake.Text.Value);
        Assert.Equal(Category.Equipment, state.Category);
        var report = await app.Get<App.Ledger.LedgerVerifier>().VerifyAsync(null, Ct);
        Assert.True(report.Holds, report.Fault?.Text);
        var raw = await app.Get<IEventStore>().ReadAsync(complaint.Stream, 0, Ct);
        Assert.All(raw, e => Assert.DoesNotContain(
            "故事", System.Text.Encoding.UTF8.GetString(e.Payload.Span), StringComparison.Ordinal));
    }
}
