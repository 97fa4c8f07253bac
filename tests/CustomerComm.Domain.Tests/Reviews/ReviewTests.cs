using CsCheck;
using CustomerComm.Domain.Reviews;
using static CustomerComm.Domain.Tests.Reviews.ReviewScenario;

namespace CustomerComm.Domain.Tests.Reviews;

/// <summary>The monthly review and inspection: who may do what, and what blocks.</summary>
[Clause("4.5.4")]
public sealed class ReviewTests
{
    [Fact]
    public void Given_the_month_is_over_When_opened_Then_the_manager_owes_it_in_five_working_days_and_once()
    {
        var review = Opened();
        var owed = Assert.Single(ReviewMatter.Owed(review.State));
        Assert.Equal(
            (ObligationKind.ReviewMonth, Party.Of(TestCompany.HyManager.Id), "4.5.4"),
            (owed.Kind, owed.Owner, owed.Clause));
        // From Wednesday 1 April: the 6th is a holiday and the 5th a Sunday, so the fifth working day ends on the 7th.
        Assert.Equal(TestCompany.Rules.Due(review.Now, TestCompany.Rules.Policy.Reviews.Review), owed.Due);
        review.Do(ReviewScenario.System, new ReviewCommand.Open(TestCompany.HY, 2026, 3, 9, 0));
        Assert.Empty(review.Last);
    }

    [Fact]
    public void Given_the_month_is_not_over_in_the_community_When_opened_Then_it_is_refused()
    {
        var early = new ReviewScenario { Now = TestCompany.Time("2026-03-31 23:59") };
        var no = Assert.IsType<Decision<ReviewEvent>.Refused>(
            early.Try(ReviewScenario.System, new ReviewCommand.Open(TestCompany.HY, 2026, 3, 2, 0)));
        Assert.Equal(RefusalCode.NotYet, no.Refusal.Code);
    }

    [Theory]
    [InlineData("s-jx-manager")]
    [InlineData("s-eng-duty")]
    [InlineData("s-qua-duty")]
    [InlineData("s-leader")]
    public void Given_somebody_outside_the_office_When_they_review_Then_it_is_refused(string who) =>
        Opened().Refuse(Member(who), Found(A), RefusalCode.NotYours);

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void Given_it_is_not_handled_or_not_told_When_found_Then_why_and_what_next_are_needed(
        bool handled, bool told)
    {
        var review = Opened();
        review.Refuse(TestCompany.HyDuty, Found(A, handled, told), RefusalCode.BadField, "why");
        review.Refuse(TestCompany.HyDuty, Found(A, handled, told, "等配件"), RefusalCode.BadField, "next");
        review.Do(TestCompany.HyDuty, Found(A, handled, told, "等配件", "下周更换"));
        Assert.True(review.State.Findings[A].Explained);
    }

    [Fact]
    public void Given_the_case_is_open_When_found_to_be_handled_Then_it_is_refused() =>
        Opened().Refuse(TestCompany.HyDuty, Found(A, open: true), RefusalCode.BadField, "handled");

    [Fact]
    public void Given_something_new_to_say_When_found_Then_it_is_told_once_by_their_channel()
    {
        var review = Opened();
        review.Do(TestCompany.HyDuty, Found(A, told: false, words: "电梯已换新"));
        Assert.True(review.State.Findings[A].Told);
        var message = Assert.Single(ReviewMatter.Messages(review.Last[0], review.State, TestCompany.Rules));
        Assert.Equal(
            new Personal(TestCompany.ResidentPhone), Assert.IsType<Recipient.Resident>(message.To).Phone);
        review.Unchanged(TestCompany.HyDuty, Found(A, told: false, words: "电梯已换新"));
        // Another finding with the same words is recorded, but nothing is said twice.
        review.Do(TestCompany.HyManager, Found(A, handled: false, why: "又坏了", next: "再修", words: "电梯已换新"));
        Assert.Empty(ReviewMatter.Messages(Assert.Single(review.Last), review.State, TestCompany.Rules));
    }

    [Fact]
    public void Given_nobody_can_be_reached_When_words_are_to_be_sent_Then_it_is_refused() => Opened().Refuse(
        TestCompany.HyDuty, Found(A, words: "已修好", reachable: false), RefusalCode.BadField, "words");

    [Fact]
    public void Given_an_opinion_of_another_month_When_found_Then_it_is_refused() => Opened().Refuse(
        TestCompany.HyDuty,
        new ReviewCommand.Find(
            [new OpinionFinding(Opinion(A) with { Month = "2026-02" }, true, true, null, null, null)]),
        RefusalCode.BadField, "opinion");

    [Fact, Clause("4.6.1-2-D")]
    public void Given_an_opinion_against_the_manager_Then_nobody_of_the_office_reviews_it_and_the_leader_owes_it()
    {
        var review = Opened(opinions: 2, withheld: 1);
        var accused = TestCompany.HyManager.Id;
        Assert.Contains(ReviewMatter.Owed(review.State), o => o.Owner == Party.Of(Unit.Leader));
        foreach (var member in new[] { TestCompany.HyManager, TestCompany.HyDuty })
            review.Refuse(member, Found(B, accused: accused), RefusalCode.Accused);
        review.Do(TestCompany.HyDuty, Found(A)).Do(TestCompany.HyManager, new ReviewCommand.Submit(Facts(withheld: 1)));
        review.Do(TestCompany.Leader, Found(B, accused: accused));
        review.Do(TestCompany.Leader, new ReviewCommand.Submit(Facts(withheld: 1)));
        Assert.DoesNotContain(ReviewMatter.Owed(review.State), o => o.Owner == Party.Of(Unit.Leader));
        // Sent back for another's finding, the leader's part stands; for their own it is owed again.
        review.Do(TestCompany.Inspector, new ReviewCommand.SendBack("办公室部分"));
        Assert.True(review.State.WithheldDone);
        review.Do(TestCompany.HyManager, new ReviewCommand.Submit(Facts(withheld: 1)))
            .Do(TestCompany.Inspector, new ReviewCommand.Inspect(Opinion(B, accused: accused), false, "未核实"))
            .Do(TestCompany.Inspector, new ReviewCommand.SendBack("分管领导部分"));
        Assert.False(review.State.WithheldDone);
        Assert.Contains(ReviewMatter.Owed(review.State), o => o.Owner == Party.Of(Unit.Leader));
    }

    [Fact, Clause("4.6.1-2-D")]
    public void Given_nothing_is_kept_from_the_office_When_the_leader_hands_over_Then_it_is_refused()
    {
        var review = Opened(withheld: 0);
        review.Refuse(TestCompany.Leader, new ReviewCommand.Submit(Facts()), RefusalCode.WrongStage);
        // What came to be against the manager after the month was counted is the leader's all the same.
        review.Do(TestCompany.Leader, new ReviewCommand.Submit(Facts(withheld: 1)));
    }

    [Theory]
    [InlineData("s-hy-manager", true)]
    [InlineData("s-hy-duty", true)]
    [InlineData("s-qua-duty", true)]
    [InlineData("s-leader", true)]
    [InlineData("s-jx-manager", false)]
    [InlineData("s-eng-head", false)]
    public void Given_a_review_Then_quality_the_leader_and_its_office_see_it(string who, bool sees) =>
        Assert.Equal(sees, ((IMatterState)Opened().State).MaySee(Member(who), TestCompany.Directory));

    [Theory, Clause("4.5.4")]
    [InlineData("s-hy-manager", true)]
    [InlineData("s-jx-duty", true)]
    [InlineData("s-qua-duty", true)]
    [InlineData("s-leader", true)]
    [InlineData("s-eng-head", false)]
    [InlineData("s-eng-duty", false)]
    [InlineData("s-fin-head", false)]
    [InlineData("s-fin-duty", false)]
    public void Given_somebody_of_the_company_Then_offices_quality_and_the_leader_have_reviews_to_look_at(
        string who, bool lists)
    {
        Assert.Equal(lists, Review.MayList(Member(who)));
        if (!lists)
            Assert.False(((IMatterState)Opened().State).MaySee(Member(who), TestCompany.Directory));
    }

    [Fact]
    public void Given_opinions_are_left_When_submitted_Then_it_is_refused_and_the_first_are_named()
    {
        var review = Opened();
        var no = Assert.IsType<Decision<ReviewEvent>.Refused>(review.Try(
            new Actor.Staff(TestCompany.HyManager), new ReviewCommand.Submit(Facts(undecided: [A])))).Refusal;
        Assert.Equal(RefusalCode.NotYet, no.Code);
        Assert.Contains(A, no.Text, StringComparison.Ordinal);
        review.Refuse(TestCompany.HyDuty, new ReviewCommand.Submit(Facts()), RefusalCode.NotYours);
    }

    [Fact]
    public void Given_it_is_submitted_Then_quality_owes_the_inspection_and_the_office_can_change_nothing()
    {
        var review = Submitted();
        var owed = Assert.Single(ReviewMatter.Owed(review.State));
        Assert.Equal((ObligationKind.InspectMonth, Party.Of(Unit.Quality)), (owed.Kind, owed.Owner));
        review.Refuse(
            TestCompany.HyDuty, Found(A, handled: false, why: "x", next: "y"), RefusalCode.WrongStage);
        review.Unchanged(TestCompany.HyManager, new ReviewCommand.Submit(Facts()));
    }

    [Theory]
    [InlineData("s-hy-manager")]
    [InlineData("s-leader")]
    [InlineData("s-eng-head")]
    public void Given_somebody_not_of_quality_When_they_inspect_or_close_Then_it_is_refused(string who)
    {
        var review = Submitted();
        review.Refuse(Member(who), new ReviewCommand.Inspect(Opinion(A), true, null), RefusalCode.NotYours);
        review.Refuse(Member(who), new ReviewCommand.SendBack("不实"), RefusalCode.NotYours);
        review.Refuse(Member(who), Closing(), RefusalCode.NotYours);
    }

    [Fact]
    public void Given_whoever_reviewed_moved_to_quality_When_they_inspect_Then_it_is_refused()
    {
        var review = Submitted();
        var moved = TestCompany.HyDuty with { Unit = Unit.Quality, Community = null };
        review.Refuse(moved, Closing(), RefusalCode.OwnWork);
        review.Refuse(moved, new ReviewCommand.Inspect(Opinion(A), true, null), RefusalCode.OwnWork);
    }

    [Fact]
    public void Given_a_finding_does_not_hold_When_sent_back_Then_it_is_owed_again_and_to_be_found_anew()
    {
        var review = Submitted();
        review.Refuse(
            TestCompany.Inspector, new ReviewCommand.Inspect(Opinion(A), false, ""), RefusalCode.BadField, "comment");
        review.Do(TestCompany.Inspector, new ReviewCommand.Inspect(Opinion(A), false, "住户说没有修"));
        review.Refuse(TestCompany.Inspector, Closing(), RefusalCode.NotYet);
        review.Refuse(TestCompany.Inspector, new ReviewCommand.SendBack(" "), RefusalCode.BadField, "reason");
        review.Do(TestCompany.Inspector, new ReviewCommand.SendBack("第一条不实"));

        Assert.Equal(2, review.State.Round);
        Assert.DoesNotContain(A, review.State.Findings.Keys);
        Assert.Contains(B, review.State.Findings.Keys);
        var owed = Assert.Single(ReviewMatter.Owed(review.State));
        Assert.Equal((ObligationKind.ReviewMonth, Party.Of(TestCompany.HyManager.Id)), (owed.Kind, owed.Owner));
        // Both times it was owed are on record.
        Assert.Equal(2, review.Tracked!.Steps.Count(s => s.Kind == ObligationKind.ReviewMonth));
        review.Unchanged(TestCompany.Inspector, new ReviewCommand.SendBack("第一条不实"));
    }

    [Fact]
    public void Given_an_opinion_is_open_and_unexplained_When_closed_Then_it_is_refused_until_it_is_explained()
    {
        var review = Submitted();
        review.Refuse(TestCompany.Inspector, Closing(Facts(open: [A])), RefusalCode.NotYet);
        review.Refuse(TestCompany.Inspector, Closing(Facts(undecided: ["HY-2026-000003"])), RefusalCode.NotYet);
        review.Do(TestCompany.Inspector, new ReviewCommand.SendBack("说明第一条为何未结"));
        review.Do(TestCompany.HyDuty, Found(A, handled: false, why: "等配件", next: "四月换", open: true));
        review.Do(TestCompany.HyManager, new ReviewCommand.Submit(Facts()));
        review.Do(TestCompany.Inspector, Closing(Facts(open: [A])));
        Assert.False(review.State.Open);
    }

    [Fact]
    public void Given_a_result_is_not_verified_When_closed_Then_it_is_refused_until_quality_verified_it()
    {
        var review = Submitted();
        review.Refuse(TestCompany.Inspector, Closing(Facts(unverified: [B])), RefusalCode.NotYet);
        review.Do(TestCompany.Inspector, new ReviewCommand.Inspect(Opinion(B), true, null));
        review.Do(TestCompany.Inspector, Closing(Facts(unverified: [B])));
        Assert.Same(Figures, review.State.Figures);
    }

    [Fact]
    public void Given_it_is_closed_Then_nothing_is_owed_nothing_changes_and_the_report_is_told_once()
    {
        var review = Submitted().Do(TestCompany.Inspector, Closing());
        Assert.Empty(ReviewMatter.Owed(review.State));
        review.Refuse(TestCompany.HyDuty, Found(A), RefusalCode.Closed);
        review.Do(ReviewScenario.System, new ReviewCommand.Publish());
        Assert.Equal(
            [Party.Of(Unit.Leader), Party.Of(Unit.Quality)],
            ReviewMatter.Messages(Assert.Single(review.Last), review.State, TestCompany.Rules)
                .Select(m => ((Recipient.Staff)m.To).Party));
        review.Do(ReviewScenario.System, new ReviewCommand.Publish());
        Assert.Empty(review.Last);
    }

    [Fact]
    public void Whatever_happens_an_open_review_owes_something_by_one_party_and_lapses_move_on() =>
        Gen.UInt.Array[10, 80].Sample(
            numbers =>
            {
                var review = Opened(withheld: 1);
                foreach (var n in numbers)
                {
                    review.Now += TimeSpan.FromHours(n % 50);
                    var by = TestCompany.Staff[(int)(n / 7 % (uint)TestCompany.Staff.Length)];
                    review.Try(new Actor.Staff(by), Anything(n));
                    var rules = TestCompany.Rules;
                    foreach (var o in Tracking<ReviewMatter, Review, ReviewCommand, ReviewEvent>.Owed(review.Tracked!))
                        Assert.True(o.Due > review.Tracked!.BegunAt);
                    var late = Tracking<ReviewMatter, Review, ReviewCommand, ReviewEvent>
                        .Overdue(review.Tracked!, review.Now, rules).ToList();
                    Assert.All(late, l => Assert.True(((ObligationEvent.Lapsed)l).AcknowledgeDue > review.Now));
                }
            },
            iter: 300);

    private static ReviewCommand Anything(uint n)
    {
        var number = n % 2 == 0 ? A : B;
        var yes = n / 2 % 2 == 0;
        return (n / 100 % 6) switch
        {
            0 or 1 => Found(
                number, yes, yes, yes ? null : "因", yes ? null : "下",
                accused: n % 5 == 0 ? TestCompany.HyManager.Id : null),
            2 => new ReviewCommand.Submit(Facts(n % 3 == 0 ? [A] : [], withheld: n % 4 == 0 ? 1 : 0)),
            3 => new ReviewCommand.Inspect(Opinion(number), yes, "看过"),
            4 => new ReviewCommand.SendBack("重做"),
            _ => Closing(),
        };
    }

    private static StaffMember Member(string id) => TestCompany.Directory.Find(new StaffId(id))!;
}
