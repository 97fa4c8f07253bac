using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Storage;
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
