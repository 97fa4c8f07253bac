using System.Collections.Immutable;
using CsCheck;
using CustomerComm.Domain.Registers;

namespace CustomerComm.Domain.Tests.Registers;

/// <summary>The communication register: what goes in, who owes the answer, how shifts hand over.</summary>
public sealed class RegisterTests
{
    private static readonly DateTimeOffset s_now = TestCompany.Time("2026-03-02 09:00");
    private static readonly RegisterKey s_key = new(TestCompany.HY, new PostId("office"), "2026-03");

    private Register? _register;

    [Fact, Clause("4.2.1"), Clause("4.5.2")]
    public void Given_a_call_answered_at_once_When_entered_Then_it_stands_with_its_answer_and_nothing_is_owed()
    {
        Do(Enter("问停车费", answer: "每月300元"), TestCompany.HyGuard);
        var entry = Assert.Single(_register!.Entries);
        Assert.Equal((1, "每月300元"), (entry.Number, entry.Answers[0].Text!.Value.Value));
        Assert.Empty(RegisterMatter.Owed(_register));
        Assert.False(_register.Open);
    }

    [Fact, Clause("4.2.1")]
    public void Given_a_contact_that_wants_an_answer_When_entered_Then_the_post_owes_it_until_answered()
    {
        Do(Enter("楼道灯何时修"), TestCompany.HyGuard);
        var owed = Assert.Single(RegisterMatter.Owed(_register!));
        Assert.Equal(
            (ObligationKind.AnswerContact, "1", Party.Of(Unit.Office), "4.2.1"),
            (owed.Kind, owed.Subject, owed.Owner, owed.Clause));
        Assert.Equal(TestCompany.Rules.Due(s_now, TestCompany.Rules.Policy.Registers.Answer), owed.Due);
        Do(new RegisterCommand.Answer(1, Channel.Phone, "明天修好"), TestCompany.HyDuty);
        Assert.Empty(RegisterMatter.Owed(_register!));
        Assert.Equal(TestCompany.HyDuty.Id, _register!.Entries[0].Answers[0].By);
    }

    [Fact, Clause("4.5.2")]
    public void Given_an_entry_is_wrong_When_corrected_Then_a_further_entry_refers_to_it_and_the_first_stays()
    {
        Do(Enter("3号楼漏水", answer: "已派修"), TestCompany.HyGuard);
        Do(Enter("应为5号楼", corrects: 1), TestCompany.HyDuty);
        Assert.Equal("3号楼漏水", _register!.Entries[0].Entered.Text!.Value.Value);
        Assert.Equal([2], _register.Entries[0].CorrectedBy);
        Assert.Equal(1, _register.Entries[1].Entered.Corrects);
    }

    [Theory, Clause("4.5.2")]
    [InlineData("s-hy-duty", true)]
    [InlineData("s-jx-duty", false)]
    [InlineData("s-fin-duty", false)]
    [InlineData("s-qua-duty", true)]
    [InlineData("s-leader", true)]
    public void Given_a_register_Then_those_of_the_post_quality_and_leader_read_it(string who, bool reads)
    {
        Do(Enter("问停车费", answer: "每月300元"), TestCompany.HyGuard);
        IMatterState register = _register!;
        Assert.Equal(reads, register.MaySee(TestCompany.Directory.Find(new StaffId(who))!, TestCompany.Directory));
    }

    [Theory, Clause("4.5.2")]
    [InlineData("office", "s-hy-guard", true)]
    [InlineData("office", "s-jx-duty", false)]
    [InlineData("office", "s-fin-duty", false)]
    [InlineData("finance", "s-fin-duty", true)]
    [InlineData("finance", "s-hy-guard", true)]
    [InlineData("finance", "s-eng-duty", false)]
    [InlineData("repair", "s-eng-duty", true)]
    [InlineData("security", "s-hy-guard", true)]
    [InlineData("security", "s-qua-duty", false)]
    public void Given_a_post_When_somebody_enters_Then_only_those_who_man_it_may(string post, string who, bool may)
    {
        var member = TestCompany.Directory.Find(new StaffId(who))!;
        var decision = RegisterMatter.Decide(
            null, Enter("问", answer: "答") with { Key = s_key with { Post = new PostId(post) } }, new Actor.Staff(member),
            s_now, TestCompany.Rules);
        Assert.Equal(may, decision is Decision<RegisterEvent>.Accepted);
        if (decision is Decision<RegisterEvent>.Refused no)
            Assert.Equal(RefusalCode.NotYours, no.Refusal.Code);
    }

    [Theory]
    [InlineData("", "answer", "text")]
    [InlineData("text", "", "answer")]
    public void Given_a_field_is_missing_When_entered_Then_the_refusal_names_it(string text, string answer, string field)
    {
        var no = Refused(
            new RegisterCommand.Enter(s_key, Contact(text, answer.Length == 0 ? null : answer), WantsAnswer: false),
            TestCompany.HyGuard);
        Assert.Equal((RefusalCode.BadField, field), (no.Code, no.Field));
    }

    [Theory]
    [InlineData("2026-03-02 09:10", false)]
    [InlineData("2026-03-02 09:04", true)]
    [InlineData("2026-01-25 09:00", false)]
    [InlineData("2026-02-25 09:00", true)]
    public void Given_a_time_When_entered_Then_it_must_lie_within_the_last_days(string at, bool accepted)
    {
        var command = new RegisterCommand.Enter(
            s_key, Contact("问", "答") with { At = TestCompany.Time(at) }, WantsAnswer: false);
        Assert.Equal(accepted, Decide(command, TestCompany.HyGuard) is Decision<RegisterEvent>.Accepted);
    }

    [Fact]
    public void Given_a_contact_was_entered_When_entered_again_Then_nothing_happens()
    {
        Do(Enter("问", answer: "答"), TestCompany.HyGuard);
        Do(Enter("问", answer: "答"), TestCompany.HyGuard);
        Assert.Single(_register!.Entries);
    }

    [Fact, Clause("4.6.2-2")]
    public void Given_contacts_that_enter_themselves_When_taken_in_twice_Then_each_is_there_once_and_answered()
    {
        var company = Contact("", null) with
        {
            Source = "complaint.a",
            Channel = Channel.Company,
            Text = null,
            Subject = new Subject(SubjectKind.Complaint, "HY-2026-000001", new StreamId("complaint.a")),
            Answer = new ContactAnswer(null, Channel.Company, null, s_now),
        };
        Do(new RegisterCommand.TakeIn(s_key, [company, company, company with { Source = "complaint.b" }]), null);
        Do(new RegisterCommand.TakeIn(s_key, [company with { Source = "complaint.b" }, company]), null);
        Assert.Equal(["complaint.a", "complaint.b"], _register!.Entries.Select(e => e.Entered.Source));
        Assert.All(_register.Entries, e => Assert.Equal(Channel.Company, e.Entered.Channel));
        Assert.False(_register.Open);
    }

    [Fact]
    public void Given_staff_When_they_pretend_to_be_the_system_Then_it_is_refused() => Assert.Equal(
        RefusalCode.NotYours,
        Refused(new RegisterCommand.TakeIn(s_key, [Contact("x", null)]), TestCompany.HyGuard).Code);

    [Fact, Clause("4.5.2")]
    public void Given_a_shift_ends_When_it_hands_over_Then_the_next_owes_the_acknowledgement_of_what_is_open()
    {
        Do(Enter("一"), TestCompany.HyGuard);
        ImmutableArray<OpenItem> items = [new("2026-02", 9), new("2026-03", 1)];
        Do(new RegisterCommand.HandOver(s_key, TestCompany.HyDuty.Id, items, "注意水泵"), TestCompany.HyGuard);
        var owed = RegisterMatter.Owed(_register!).Single(o => o.Kind == ObligationKind.TakeOverShift);
        Assert.Equal((Party.Of(TestCompany.HyDuty.Id), s_now.AddMinutes(60)), (owed.Owner, owed.Due));
        Assert.Equal(RefusalCode.NotYours, Refused(new RegisterCommand.TakeOver(1, items), TestCompany.HyGuard).Code);
        Do(new RegisterCommand.TakeOver(1, [new("2026-03", 1)]), TestCompany.HyDuty);
        Assert.Null(_register!.Pending);
        Assert.Equal([new OpenItem("2026-03", 1)], _register.HandOvers[0].Acknowledged);
    }

    [Fact]
    public void Given_a_hand_over_waits_When_another_is_made_Then_it_takes_its_place()
    {
        Do(new RegisterCommand.HandOver(s_key, TestCompany.HyDuty.Id, [], null), TestCompany.HyGuard);
        Do(new RegisterCommand.HandOver(s_key, TestCompany.HyManager.Id, [], null), TestCompany.HyGuard);
        Assert.Equal(TestCompany.HyManager.Id, _register!.Pending!.To);
        Assert.Single(RegisterMatter.Owed(_register));
        Assert.Equal(RefusalCode.WrongStage, Refused(new RegisterCommand.TakeOver(1, []), TestCompany.HyDuty).Code);
    }

    [Theory]
    [InlineData("s-hy-guard")]
    [InlineData("s-jx-duty")]
    [InlineData("nobody")]
    public void Given_a_taker_who_cannot_When_handed_over_Then_the_refusal_names_the_field(string to) => Assert.Equal(
        "to", Refused(new RegisterCommand.HandOver(s_key, new StaffId(to), [], null), TestCompany.HyGuard).Field);

    [Fact]
    public void Given_an_unknown_post_When_entered_Then_the_refusal_names_it()
    {
        var no = Refused(Enter("问", answer: "答") with { Key = s_key with { Post = new PostId("roof") } }, TestCompany.HyGuard);
        Assert.Equal("post", no.Field);
    }

    [Fact, Clause("4.5.2")]
    public void Whatever_is_done_an_open_register_owes_each_open_thing_by_one_party_and_time() =>
        Gen.Int[0, 5].Array[1, 40].Sample(steps =>
        {
            var test = new RegisterTests();
            for (var i = 0; i < steps.Length; i++)
                test.Step(steps[i], i);
            if (test._register is not { } r)
                return;
            var owed = RegisterMatter.Owed(r).ToList();
            Assert.Equal(r.Open, owed.Count > 0);
            Assert.Equal(r.Entries.Count(e => e.Open) + (r.Pending is null ? 0 : 1), owed.Count);
            Assert.Distinct(owed.Select(o => (o.Kind, o.Subject)));
            Assert.All(owed, o => Assert.True(o.Owner.Unit is null != o.Owner.Staff is null && o.Due > s_now));
            Assert.Equal(Enumerable.Range(1, r.Entries.Count), r.Entries.Select(e => e.Number));
        });

    private void Step(int kind, int i)
    {
        var text = $"t{i}";
        var guard = new Actor.Staff(TestCompany.HyGuard);
        var count = _register?.Entries.Count ?? 0;
        (RegisterCommand Command, Actor By) step = kind switch
        {
            0 => (new RegisterCommand.Enter(s_key, Contact(text, null) with { Source = text }, true), guard),
            1 => (new RegisterCommand.Enter(s_key, Contact(text, "a") with { Source = text }, false), guard),
            2 => (new RegisterCommand.Answer(Math.Max(1, count / 2), Channel.Phone, text), guard),
            3 => (new RegisterCommand.Enter(s_key, Contact(text, null) with { Source = text }, false, count), guard),
            4 => (new RegisterCommand.HandOver(s_key, TestCompany.HyDuty.Id, [], null), guard),
            _ => (new RegisterCommand.TakeOver(_register?.HandOvers.Count ?? 0, []), new Actor.Staff(TestCompany.HyDuty)),
        };
        if (RegisterMatter.Decide(_register, step.Command, step.By, s_now, TestCompany.Rules)
            is Decision<RegisterEvent>.Accepted yes)
        {
            foreach (var e in yes.Events)
                _register = RegisterMatter.Evolve(_register, e, s_now);
        }
    }

    private static RegisterContact Contact(string text, string? answer) => new(
        "form:" + text, s_now, Channel.Phone, "王芳", TestCompany.ResidentPhone, null, "3-1-502", text, null,
        answer is null ? null : new ContactAnswer(TestCompany.HyGuard.Id, Channel.Phone, new Personal(answer), s_now));

    private static RegisterCommand.Enter Enter(string text, string? answer = null, int? corrects = null) =>
        new(s_key, Contact(text, answer), answer is null && corrects is null, corrects);

    private Decision<RegisterEvent> Decide(RegisterCommand command, StaffMember? by) => RegisterMatter.Decide(
        _register, command, by is null ? new Actor.System() : new Actor.Staff(by), s_now, TestCompany.Rules);

    private Refusal Refused(RegisterCommand command, StaffMember by) =>
        Assert.IsType<Decision<RegisterEvent>.Refused>(Decide(command, by)).Refusal;

    private void Do(RegisterCommand command, StaffMember? by)
    {
        var decided = Assert.IsType<Decision<RegisterEvent>.Accepted>(Decide(command, by));
        foreach (var e in decided.Events)
            _register = RegisterMatter.Evolve(_register, e, s_now);
    }
}

/// <summary>The posts of the company file.</summary>
public sealed class PostTests
{
    [Fact, Clause("4.5.2")]
    public void Given_no_posts_are_named_When_the_directory_is_built_Then_office_finance_repair_and_security_are_there() =>
        Assert.Equal(
            ["office", "finance", "repair", "security"], TestCompany.Directory.Posts.Select(p => p.Id.Value));

    [Theory]
    [InlineData("Office", "a", Unit.Office, "small letters")]
    [InlineData("o.x", "a", Unit.Office, "small letters")]
    [InlineData("desk", "", Unit.Office, "name")]
    [InlineData("desk", "a", Unit.Finance, "Office")]
    public void Given_a_bad_post_When_the_directory_is_built_Then_the_error_names_it(
        string id, string name, Unit unit, string says)
    {
        var e = Assert.Throws<InvalidDataException>(
            () => new CompanyDirectory("x", [], [], [], [new Post(new PostId(id), name, name, unit)]));
        Assert.Contains(id, e.Message, StringComparison.Ordinal);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_post_twice_or_none_When_the_directory_is_built_Then_it_is_an_error()
    {
        var post = new Post(new PostId("desk"), "a", "a", Unit.Office);
        Assert.Throws<InvalidDataException>(() => new CompanyDirectory("x", [], [], [], [post, post]));
        Assert.Throws<InvalidDataException>(() => new CompanyDirectory("x", [], [], [], []));
    }
}
