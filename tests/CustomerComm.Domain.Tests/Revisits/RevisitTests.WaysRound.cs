using CustomerComm.Domain.Policies;
using CustomerComm.Domain.Revisits;

namespace CustomerComm.Domain.Tests.Revisits;

/// <content>What one person might try, so that work of theirs is well judged or not asked about.</content>
public sealed partial class RevisitTests
{
    private static readonly RevisitCommand.DecideSignature s_sure = new(Confirmed: true, "住户本人评价", "王芳");

    [Fact]
    public void Given_the_link_went_to_a_phone_that_is_not_on_file_When_signed_Then_only_the_reviewer_s_call_makes_it_valid()
    {
        Must(Unlisted(), s_system);
        var sign = Sign();
        var taken = Assert.Single(Must(sign, s_resident));
        Assert.Equal((RevisitOutcome.None, null), (State.Outcome, State.Signed));
        Assert.Empty(Must(sign, s_resident));
        var owed = Assert.Single(RevisitMatter.Owed(State));
        Assert.Equal(
            (ObligationKind.ConfirmSignature, Party.Of(Unit.Quality), TestCompany.Rules.Due(_now, new Policy().ConfirmOutcome)),
            (owed.Kind, owed.Owner, owed.Due));
        Assert.Equal(
            ["SignatureToConfirm", "SignatureTaken"],
            RevisitMatter.Messages(taken, State, TestCompany.Rules).Select(m => m.Template));
        foreach (var one in new[] { TestCompany.Engineer, TestCompany.EngineeringHead, TestCompany.HyDuty, TestCompany.HyManager })
            Assert.Equal(RefusalCode.NotYours, Refused(s_sure, Staff(one)).Code);
        Assert.Equal("with", Refused(s_sure with { With = null }, Staff(TestCompany.Inspector)).Field);
        var decided = Assert.IsType<RevisitEvent.RevisitDecided>(Must(s_sure, Staff(TestCompany.Inspector))[0]);
        Assert.Equal("王芳", decided.With!.Value.Value);
        Assert.Equal((RevisitOutcome.Signed, SignatureWay.Drawn), (State.Outcome, State.Signed!.Way));
    }

    [Fact]
    public void Given_whoever_confirms_did_the_work_When_they_confirm_the_answer_Then_it_is_their_own_work()
    {
        Must(Unlisted() with { Item = WorkedBy(TestCompany.Inspector, TestCompany.Engineer) }, s_system);
        Must(Sign(), s_resident);
        Assert.Equal(RefusalCode.OwnWork, Refused(s_sure, Staff(TestCompany.Inspector)).Code);
        Must(s_sure, Staff(TestCompany.OtherInspector));
    }

    [Fact]
    public void Given_nobody_of_the_home_signed_When_the_reviewer_finds_out_Then_it_is_owed_anew_and_the_chief_hears()
    {
        Must(Unlisted(), s_system);
        Must(Sign(), s_resident);
        Assert.Null(Signing.RemindAt(State.Request, State.Planned.Contact));
        var denied = Assert.Single(Must(s_sure with { Confirmed = false }, Staff(TestCompany.Inspector)));
        Assert.Equal((null, null, true), (State.Signed, State.Given, State.Open));
        var owed = Assert.Single(RevisitMatter.Owed(State));
        Assert.Equal(
            (ObligationKind.Revisit, TestCompany.Rules.Due(_now, new RevisitLimits().Revisit)), (owed.Kind, owed.Due));
        Assert.Contains(
            RevisitMatter.Messages(denied, State, TestCompany.Rules),
            m => m is { Template: "SignatureDenied", To: Recipient.Staff { Party.Unit: Unit.Leader } });
        _now = State.Request.RemindAt!.Value;
        Assert.Equal(1, Assert.IsType<RevisitEvent.RevisitAsked>(Assert.Single(Must(new RevisitCommand.Ask(), s_system))).Issue);
    }

    [Fact]
    public void Given_the_reviewer_is_calling_When_another_form_is_put_in_its_place_Then_it_is_refused()
    {
        Must(Unlisted(), s_system);
        Must(Sign() with { Judgement = new Judgement(1, 1, Solved: false) }, s_resident);
        Assert.Equal(RefusalCode.WrongStage, Refused(Sign(), s_resident).Code);
        var visit = new RevisitCommand.EnterVisit(_now, "data:scan", new Judgement(5, 5, Solved: true), null);
        Assert.Equal(RefusalCode.WrongStage, Refused(visit, Staff(TestCompany.HyDuty)).Code);
        Assert.Equal(RefusalCode.WrongStage, Refused(new RevisitCommand.ProposeUnreachable(), Staff(TestCompany.HyDuty)).Code);
        Must(s_sure with { Confirmed = false }, Staff(TestCompany.Inspector));
        Must(visit, Staff(TestCompany.HyDuty));
        Assert.Equal(RefusalCode.WrongStage, Refused(visit with { Scan = "data:other" }, Staff(TestCompany.HyDuty)).Code);
        Assert.Equal(RefusalCode.WrongStage, Refused(Sign(), s_resident).Code);
    }

    [Theory]
    [InlineData(Channel.Sms, false)]
    [InlineData(Channel.Chat, false)]
    [InlineData(Channel.Http, false)]
    [InlineData(Channel.Company, false)]
    [InlineData(Channel.Phone, true)]
    [InlineData(Channel.WalkIn, true)]
    [InlineData(Channel.Letter, true)]
    public void Given_what_a_system_sends_When_noted_as_an_attempt_Then_it_is_none(Channel channel, bool counts)
    {
        Must(Plan(), s_system);
        var attempt = new RevisitCommand.RecordAttempt(channel, "无人");
        if (counts)
            Must(attempt, Staff(TestCompany.HyDuty));
        else
            Assert.Equal("channel", Refused(attempt, Staff(TestCompany.HyDuty)).Field);
    }

    [Fact]
    public void Given_somebody_of_the_office_worked_in_an_earlier_round_When_they_revisit_it_Then_it_is_their_own_work()
    {
        Must(Plan() with { Item = WorkedBy(TestCompany.HyGuard, TestCompany.Engineer) }, s_system);
        Assert.Equal(TestCompany.Engineer.Id, State.Item.Handler);
        var visit = new RevisitCommand.EnterVisit(_now, "data:scan", new Judgement(5, 5, Solved: true), null);
        foreach (var one in new RevisitCommand[]
        {
            visit, new RevisitCommand.RecordAttempt(Channel.Phone, "无人接听"), new RevisitCommand.ProposeUnreachable(),
        })
        {
            Assert.Equal(RefusalCode.OwnWork, Refused(one, Staff(TestCompany.HyGuard)).Code);
        }

        Must(visit, Staff(TestCompany.HyDuty));
    }

    [Fact]
    public void Given_everybody_of_the_office_worked_on_it_When_planned_Then_another_unit_revisits_it()
    {
        Must(
            Plan() with { Item = WorkedBy(TestCompany.HyManager, TestCompany.HyGuard, TestCompany.HyDuty) }, s_system);
        Assert.Equal(Party.Of(Unit.Quality), Assert.Single(RevisitMatter.Owed(State)).Owner);
        var attempt = new RevisitCommand.RecordAttempt(Channel.Phone, "无人接听");
        Assert.Equal(RefusalCode.NotYours, Refused(attempt, Staff(TestCompany.HyDuty)).Code);
        Must(attempt, Staff(TestCompany.Inspector));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_the_manager_tried_to_reach_them_or_proposed_it_When_they_decide_on_unreachable_Then_the_chief_does(bool tried)
    {
        var (first, second) = tried ? (TestCompany.HyManager, TestCompany.HyDuty) : (TestCompany.HyDuty, TestCompany.HyManager);
        Must(Plan(), s_system);
        Try(first);
        Must(new RevisitCommand.ProposeUnreachable(), Staff(second));
        Assert.Equal(Party.Of(Unit.Leader), State.Request.Unreachable!.DecidedBy);
        var yes = new RevisitCommand.DecideUnreachable(true, null);
        Assert.Equal(RefusalCode.NotYours, Refused(yes, Staff(TestCompany.HyManager)).Code);
        Must(yes, Staff(TestCompany.Leader));
        Assert.Equal(RevisitOutcome.Unreachable, State.Outcome);
    }

    [Fact]
    public void Given_a_unit_revisits_and_decides_When_whoever_tried_or_proposed_decides_Then_it_is_their_own_work()
    {
        Must(Plan() with { Sides = new RevisitSides(Unit.Quality, Unit.Quality, Unit.Quality) }, s_system);
        Try(TestCompany.Inspector);
        Must(new RevisitCommand.ProposeUnreachable(), Staff(TestCompany.QualityHead));
        Assert.Equal(Party.Of(Unit.Quality), State.Request.Unreachable!.DecidedBy);
        var yes = new RevisitCommand.DecideUnreachable(true, null);
        Assert.Equal(RefusalCode.OwnWork, Refused(yes, Staff(TestCompany.Inspector)).Code);
        Assert.Equal(RefusalCode.OwnWork, Refused(yes, Staff(TestCompany.QualityHead)).Code);
        Must(yes, Staff(TestCompany.OtherInspector));
    }

    [Fact]
    public void Given_a_unit_revisits_and_reviews_When_whoever_entered_the_form_confirms_it_Then_it_is_their_own_work()
    {
        Must(Plan() with { Sides = new RevisitSides(Unit.Quality, Unit.Quality, Unit.Leader) }, s_system);
        Must(
            new RevisitCommand.EnterVisit(_now, "data:scan", new Judgement(5, 5, Solved: true), null),
            Staff(TestCompany.Inspector));
        Assert.Equal(RefusalCode.OwnWork, Refused(s_sure, Staff(TestCompany.Inspector)).Code);
        Must(s_sure, Staff(TestCompany.OtherInspector));
    }

    [Fact]
    public void Given_the_manager_is_to_decide_on_unreachable_When_anybody_tries_again_Then_it_waits_for_the_decision()
    {
        Must(Plan(), s_system);
        Try(TestCompany.HyDuty);
        Must(new RevisitCommand.ProposeUnreachable(), Staff(TestCompany.HyDuty));
        var attempt = new RevisitCommand.RecordAttempt(Channel.Phone, "无人接听");
        Assert.Equal(RefusalCode.WrongStage, Refused(attempt, Staff(TestCompany.HyManager)).Code);
        Must(new RevisitCommand.DecideUnreachable(true, null), Staff(TestCompany.HyManager));
    }

    [Fact]
    public void Given_nobody_answers_When_reminded_Then_by_the_same_link_five_times_and_by_a_new_one_once_it_has_died()
    {
        Must(Plan(), s_system);
        var expires = State.Request.Expires;
        for (var reminder = 1; reminder <= 5; reminder++)
        {
            Assert.Equal(TestCompany.Rules.Due(_now, new Limit(1, TimeUnit.WorkingDays)), State.Request.RemindAt);
            _now = State.Request.RemindAt!.Value;
            Must(new RevisitCommand.Ask(), s_system);
            Assert.Equal((1, expires), (State.Request.Issue, State.Request.Expires));
        }

        Assert.Equal(expires, State.Request.RemindAt);
        Assert.Empty(Must(new RevisitCommand.Ask(), s_system));
        _now = expires;
        Must(new RevisitCommand.Ask(), s_system);
        Assert.Equal((2, State.Request.Expires), (State.Request.Issue, State.Request.RemindAt));
    }

    [Fact]
    public void Given_any_member_of_staff_When_they_want_another_link_Then_they_trigger_none()
    {
        Must(Plan(), s_system);
        _now = State.Request.Expires;
        foreach (var member in TestCompany.Staff)
            Assert.Equal(RefusalCode.NotYours, Refused(new RevisitCommand.Ask(), Staff(member)).Code);
        Assert.Single(Must(new RevisitCommand.Ask(), s_resident));
    }

    private static RevisitCommand.Plan Unlisted() => Plan() with
    {
        Contact = new Contact(null, new Personal(TestCompany.Phone(77)), new Personal("3-1-502"), null),
    };

    /// <summary>Whoever comes last handled it last.</summary>
    private static RevisitedItem WorkedBy(params StaffMember[] worked) =>
        Plan().Item with { Handler = worked[^1].Id, Worked = [.. worked.Select(m => m.Id)] };

    private void Try(StaffMember member)
    {
        Must(new RevisitCommand.RecordAttempt(Channel.Phone, "无人接听"), Staff(member));
        _now = _now.AddDays(1);
        Must(new RevisitCommand.RecordAttempt(Channel.Phone, "无人接听"), Staff(member));
        _now = _now.AddDays(2);
        Must(new RevisitCommand.RecordAttempt(Channel.WalkIn, "敲门无人"), Staff(member));
    }
}
