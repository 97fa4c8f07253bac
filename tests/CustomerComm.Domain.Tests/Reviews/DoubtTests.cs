using System.Collections.Immutable;
using CustomerComm.Domain.Reviews;
using static CustomerComm.Domain.Tests.Reviews.ReviewScenario;

namespace CustomerComm.Domain.Tests.Reviews;

/// <summary>What quality itself looks at before a month closes: all that was put aside.</summary>
[Clause("4.5.4")]
public sealed class DoubtTests
{
    private const string Filtered = "HY-OFFICE-2026-03-7";

    private static readonly MatterNumber s_again = new(TestCompany.HY, MatterNumber.Complaint, 2026, 9);

    [Theory]
    [InlineData(Doubt.Dismissed)]
    [InlineData(Doubt.Lowered)]
    [InlineData(Doubt.Failed)]
    [InlineData(Doubt.LeftOut)]
    public void Given_something_was_put_aside_When_the_month_is_closed_Then_it_waits_for_quality(Doubt doubt)
    {
        var facts = Facts() with { Doubtful = [A] };
        Submitted().Refuse(TestCompany.Inspector, Closing(facts), RefusalCode.NotYet)
            .Do(TestCompany.Inspector, new ReviewCommand.Inspect(Put(A, doubt), Holds: true, null))
            .Do(TestCompany.Inspector, Closing(facts));
    }

    [Fact]
    public void Given_the_sample_of_what_was_filtered_When_one_has_no_verdict_Then_the_month_stays_open()
    {
        var facts = Facts() with { Doubtful = [Filtered] };
        Submitted().Refuse(TestCompany.Inspector, Closing(facts), RefusalCode.NotYet)
            .Do(TestCompany.Inspector, new ReviewCommand.Inspect(Put(Filtered, Doubt.Filtered), Holds: true, "是广告"))
            .Do(TestCompany.Inspector, Closing(facts));
    }

    [Fact]
    public void Given_it_was_wrong_When_quality_says_so_Then_it_needs_words_and_the_complaint_that_takes_it_up()
    {
        var facts = Facts() with { Doubtful = [A] };
        var review = Submitted();
        var put = Put(A, Doubt.Dismissed);
        review.Refuse(
            TestCompany.Inspector, new ReviewCommand.Inspect(put, false, " ", s_again), RefusalCode.BadField,
            "comment");
        review.Refuse(
            TestCompany.Inspector, new ReviewCommand.Inspect(put, false, "应立案"), RefusalCode.BadField, "takenUp");
        review.Do(TestCompany.Inspector, new ReviewCommand.Inspect(put, false, "应立案", s_again));
        Assert.Equal(s_again, review.State.Verdicts[A].TakenUp);
        review.Unchanged(TestCompany.Inspector, new ReviewCommand.Inspect(put, false, "应立案", s_again));
        review.Do(TestCompany.Inspector, Closing(facts));
    }

    [Theory]
    [InlineData("s-hy-manager", RefusalCode.NotYours)]
    [InlineData("s-hy-duty", RefusalCode.NotYours)]
    [InlineData("s-eng-head", RefusalCode.NotYours)]
    [InlineData("s-leader", RefusalCode.NotYours)]
    [InlineData("s-qua-head", RefusalCode.OwnWork)]
    public void Given_a_dismissal_quality_s_head_consented_to_When_others_look_at_it_Then_it_is_refused(
        string who, RefusalCode code)
    {
        var put = Put(A, Doubt.Dismissed, TestCompany.QualityHead);
        var member = TestCompany.Directory.Find(new StaffId(who))!;
        Submitted().Refuse(member, new ReviewCommand.Inspect(put, true, null), code)
            .Do(TestCompany.Inspector, new ReviewCommand.Inspect(put, true, null));
    }

    [Fact]
    public void Given_all_of_quality_had_a_hand_in_it_When_inspected_Then_only_the_leader_looks_at_it()
    {
        var put = Put(A, Doubt.Failed, TestCompany.QualityHead, TestCompany.Inspector, TestCompany.OtherInspector);
        Submitted().Refuse(TestCompany.Inspector, new ReviewCommand.Inspect(put, true, null), RefusalCode.OwnWork)
            .Refuse(TestCompany.HyManager, new ReviewCommand.Inspect(put, true, null), RefusalCode.NotYours)
            .Do(TestCompany.Leader, new ReviewCommand.Inspect(put, true, null))
            .Do(TestCompany.Inspector, Closing(Facts() with { Doubtful = [A] }));
    }

    [Fact]
    public void Given_an_older_complaint_put_aside_this_month_When_inspected_Then_the_office_need_not_have_found_it()
    {
        var older = Put("HY-2026-000000", Doubt.Dismissed) with { Month = "2026-01" };
        Submitted().Do(TestCompany.Inspector, new ReviewCommand.Inspect(older, true, null));
        var elsewhere = older with { Doubts = ImmutableDictionary<string, Doubt>.Empty.Add("2026-02", Doubt.Dismissed) };
        Submitted().Refuse(
            TestCompany.Inspector, new ReviewCommand.Inspect(elsewhere, true, null), RefusalCode.BadField, "opinion");
    }

    [Fact]
    public void Given_an_opinion_lies_in_a_register_When_the_month_is_closed_Then_no_reason_helps()
    {
        var facts = Facts(open: [A]) with { ToTakeUp = [A] };
        Opened().Do(TestCompany.HyDuty, Found(A, handled: false, why: "待查", next: "下月", open: true))
            .Do(TestCompany.HyDuty, Found(B)).Do(TestCompany.HyManager, new ReviewCommand.Submit(Facts()))
            .Refuse(TestCompany.Inspector, Closing(facts), RefusalCode.NotYet)
            .Do(TestCompany.Inspector, Closing(Facts(open: [A])));
    }

    [Fact]
    public void Given_the_review_lies_with_the_office_When_quality_looks_already_Then_it_is_too_early() =>
        Reviewed().Refuse(
            TestCompany.Inspector, new ReviewCommand.Inspect(Put(A, Doubt.Dismissed), true, null),
            RefusalCode.WrongStage);

    private static Opinion Put(string number, Doubt doubt, params StaffMember[] hands) => Opinion(number) with
    {
        Doubts = ImmutableDictionary<string, Doubt>.Empty.Add("2026-03", doubt),
        Hands = [.. hands.Select(h => h.Id)],
    };
}
