using CustomerComm.Domain.Revisits;

namespace CustomerComm.Domain.Tests.Revisits;

/// <summary>One revisit: asked, signed by the resident alone, or honestly something else.</summary>
[Clause("4.5.3")]
public sealed partial class RevisitTests
{
    private static readonly Actor s_resident = new Actor.Resident();
    private static readonly Actor s_system = new Actor.System();

    private DateTimeOffset _now = TestCompany.Time("2026-03-02 09:00");
    private Revisit? _state;

    [Fact]
    public void Given_an_item_of_last_month_When_planned_Then_the_office_owes_the_revisit_and_the_resident_is_asked()
    {
        var events = Must(Plan(), s_system);
        Assert.Equal(2, events.Count);
        var owed = Assert.Single(RevisitMatter.Owed(State));
        Assert.Equal((ObligationKind.Revisit, Party.Of(Unit.Office)), (owed.Kind, owed.Owner));
        var message = Assert.Single(RevisitMatter.Messages(events[^1], State, TestCompany.Rules));
        Assert.Equal(("RevisitPlease", "v", 1), (message.Template, message.Link, message.Issue));
        Assert.Empty(Must(Plan(), s_system));
        Assert.Equal(RefusalCode.NotYours, Refused(Plan(), Staff(TestCompany.HyManager), null).Code);
    }

    [Fact]
    public void Given_any_member_of_staff_When_they_sign_Then_they_cannot()
    {
        Must(Plan(), s_system);
        foreach (var member in TestCompany.Staff)
            Assert.Equal(RefusalCode.ResidentOnly, Refused(Sign(), Staff(member)).Code);
    }

    [Theory]
    [InlineData(5, 5, true, false)]
    [InlineData(3, 3, true, false)]
    [InlineData(2, 5, true, true)]
    [InlineData(5, 2, true, true)]
    [InlineData(5, 5, false, true)]
    public void Given_an_answer_When_signed_Then_it_is_valid_and_only_a_bad_one_owes_a_complaint(
        int quality, int attitude, bool solved, bool bad)
    {
        Must(Plan(), s_system);
        var sign = Sign() with { Judgement = new Judgement(quality, attitude, solved) };
        Must(sign, s_resident);
        Assert.Equal((RevisitOutcome.Signed, bad), (State.Outcome, State.OwesComplaint));
        Assert.Empty(RevisitMatter.Owed(State));
        Assert.Empty(Must(sign, s_resident));
        if (!bad)
            return;
        Must(new RevisitCommand.LinkComplaint(new MatterNumber(TestCompany.HY, "", 2026, 9)), s_system);
        Assert.False(State.OwesComplaint);
        Assert.Empty(Must(new RevisitCommand.LinkComplaint(null), s_system));
    }

    [Fact]
    public void Given_the_link_was_replaced_or_expired_or_the_text_is_another_When_signed_Then_refused()
    {
        Must(Plan(), s_system);
        var sign = Sign();
        Assert.Equal(RefusalCode.TextChanged, Refused(sign with { TextHash = "x" }, s_resident).Code);
        _now = State.Request.Expires;
        Assert.Equal(RefusalCode.LinkInvalid, Refused(sign, s_resident).Code);
        Must(new RevisitCommand.Ask(), s_system);
        Assert.Equal(RefusalCode.LinkInvalid, Refused(sign, s_resident).Code);
        Must(Sign(), s_resident);
    }

    [Fact]
    public void Given_a_visit_in_person_When_entered_Then_it_counts_only_after_quality_confirmed_it_by_a_call()
    {
        Must(Plan(), s_system);
        var visit = new RevisitCommand.EnterVisit(_now, "data:scan", new Judgement(1, 3, Solved: false), "还漏");
        Assert.Equal("visitedAt", Refused(visit with { VisitedAt = _now.AddHours(1) }, Staff(TestCompany.HyDuty)).Field);
        Assert.Equal(RefusalCode.NotYours, Refused(visit, Staff(TestCompany.Engineer)).Code);
        Must(visit, Staff(TestCompany.HyDuty));
        Assert.Null(State.Signed);
        Assert.Equal(ObligationKind.ConfirmSignature, Assert.Single(RevisitMatter.Owed(State)).Kind);
        Assert.Equal(RefusalCode.NotYours, Refused(new RevisitCommand.DecideSignature(true, "是"), Staff(TestCompany.HyManager)).Code);
        Must(new RevisitCommand.DecideSignature(true, "电话核实属实"), Staff(TestCompany.Inspector));
        Assert.Equal((SignatureWay.Paper, true), (State.Signed!.Way, State.OwesComplaint));
        Assert.Equal(RevisitOutcome.Signed, State.Outcome);
    }

    [Fact]
    public void Given_a_visit_that_quality_does_not_confirm_Then_the_revisit_is_owed_again()
    {
        Must(Plan(), s_system);
        Must(new RevisitCommand.EnterVisit(_now, "data:scan", new Judgement(5, 5, Solved: true), null), Staff(TestCompany.HyDuty));
        Must(new RevisitCommand.DecideSignature(false, "住户没见过人"), Staff(TestCompany.Inspector));
        Assert.Equal((null, null), (State.Signed, State.VisitedAt));
        Assert.Equal(ObligationKind.Revisit, Assert.Single(RevisitMatter.Owed(State)).Kind);
    }

    [Fact]
    public void Given_whoever_did_the_work_is_of_the_office_When_they_revisit_Then_they_cannot()
    {
        Must(Plan() with { Item = Plan().Item with { Handler = TestCompany.HyDuty.Id } }, s_system);
        var attempt = new RevisitCommand.RecordAttempt(Channel.Phone, "无人接听");
        Assert.Equal(RefusalCode.OwnWork, Refused(attempt, Staff(TestCompany.HyDuty)).Code);
        Must(attempt, Staff(TestCompany.HyGuard));
    }

    [Fact]
    public void Given_the_resident_cannot_be_reached_When_enough_attempts_are_listed_Then_the_manager_decides()
    {
        Must(Plan(), s_system);
        var propose = new RevisitCommand.ProposeUnreachable();
        Assert.Equal(RefusalCode.AttemptsMissing, Refused(propose, Staff(TestCompany.HyDuty)).Code);
        Must(new RevisitCommand.RecordAttempt(Channel.Phone, "无人接听"), Staff(TestCompany.HyDuty));
        _now = _now.AddDays(1);
        Must(new RevisitCommand.RecordAttempt(Channel.Phone, "无人接听"), Staff(TestCompany.HyDuty));
        _now = _now.AddDays(2);
        Must(new RevisitCommand.RecordAttempt(Channel.WalkIn, "敲门无人"), Staff(TestCompany.HyDuty));
        Must(propose, Staff(TestCompany.HyDuty));
        Must(new RevisitCommand.DecideUnreachable(true, null), Staff(TestCompany.HyManager));
        Assert.Equal(RevisitOutcome.Unreachable, State.Outcome);
    }

    [Fact]
    public void Given_the_resident_does_not_want_to_answer_When_declined_Then_it_ends_so_and_nobody_else_can_decline()
    {
        Must(Plan(), s_system);
        Assert.Equal(RefusalCode.ResidentOnly, Refused(new RevisitCommand.Decline(1, null), Staff(TestCompany.HyDuty)).Code);
        Must(new RevisitCommand.Decline(1, "不想评"), s_resident);
        Assert.Equal(RevisitOutcome.Declined, State.Outcome);
        Assert.Equal(RefusalCode.Closed, Refused(Sign(), s_resident).Code);
    }

    [Fact]
    [Clause("4.5.3")]
    public void Given_a_complaint_against_the_office_manager_When_revisited_Then_the_office_neither_asks_nor_sees_it()
    {
        Must(Plan() with { Sides = new RevisitSides(Unit.Quality, Unit.Quality, Unit.Leader) }, s_system);
        Assert.False(State.MaySee(TestCompany.HyManager));
        Assert.False(State.MaySee(TestCompany.HyDuty));
        Assert.True(State.MaySee(TestCompany.Inspector));
        Assert.True(State.MaySee(TestCompany.Leader));
        Assert.Equal(Party.Of(Unit.Quality), Assert.Single(RevisitMatter.Owed(State)).Owner);
    }

    [Fact]
    public void Given_neither_phone_nor_chat_When_planned_Then_nobody_is_asked_and_the_visit_is_owed()
    {
        Assert.Single(Must(Plan() with { Contact = Contact.None }, s_system));
        Assert.Equal(ObligationKind.Revisit, Assert.Single(RevisitMatter.Owed(State)).Kind);
        Assert.Empty(Must(new RevisitCommand.Ask(), s_system));
    }

    private Revisit State => _state!;

    private static Actor Staff(StaffMember member) => new Actor.Staff(member);

    private static RevisitCommand.Plan Plan() => new(
        TestCompany.HY, "2026-02",
        new RevisitedItem(
            "HY-W-2026-000012", "order", "order.x", Category.Equipment, TestCompany.Engineer.Id,
            [TestCompany.Engineer.Id], TestCompany.Time("2026-02-20 10:00")),
        new Contact(null, new Personal(TestCompany.ResidentPhone), null, null), Language.Chinese, "修好了水管",
        new RevisitSides(Unit.Office, Unit.Quality, Unit.Leader));

    private RevisitCommand.Sign Sign() => new(
        State.Request.Issue, "token-hash", State.Request.TextHash, "data:mark", new Judgement(5, 5, Solved: true), null);

    private IReadOnlyList<RevisitEvent> Must(RevisitCommand command, Actor by)
    {
        var decision = RevisitMatter.Decide(_state, command, by, _now, TestCompany.Rules);
        if (decision is Decision<RevisitEvent>.Refused no)
            Assert.Fail($"{command}: {no.Refusal}");
        var events = ((Decision<RevisitEvent>.Accepted)decision).Events;
        foreach (var e in events)
            _state = RevisitMatter.Evolve(_state, e, _now);
        return events;
    }

    private Refusal Refused(RevisitCommand command, Actor by) => Refused(command, by, _state);

    private Refusal Refused(RevisitCommand command, Actor by, Revisit? state) =>
        Assert.IsType<Decision<RevisitEvent>.Refused>(
            RevisitMatter.Decide(state, command, by, _now, TestCompany.Rules)).Refusal;
}
