using CustomerComm.Domain.Registers;

namespace CustomerComm.Domain.Tests.Registers;

/// <summary>What is said at a post is left out nowhere: it becomes a complaint, or somebody says why not.</summary>
[Clause("4.6.2-1")]
public sealed class OpinionTests
{
    private static readonly DateTimeOffset s_now = TestCompany.Time("2026-03-02 09:00");
    private static readonly RegisterKey s_key = new(TestCompany.HY, new PostId("security"), "2026-03");
    private static readonly MatterNumber s_number = new(TestCompany.HY, MatterNumber.Complaint, 2026, 1);

    private Register? _register;

    [Fact]
    public void Given_a_complaint_is_entered_and_answered_Then_it_is_owed_until_it_is_one_with_a_number()
    {
        Do(Enter("投诉：保安打人", Nature.Complaint, "已答复"), TestCompany.HyGuard);
        Do(new RegisterCommand.Answer(1, Channel.Phone, "已再次答复"), TestCompany.HyGuard);
        var owed = Assert.Single(RegisterMatter.Owed(_register!));
        Assert.Equal(
            (ObligationKind.TakeUpOpinion, "1", Party.Of(Unit.Office), "4.6.2-1"),
            (owed.Kind, owed.Subject, owed.Owner, owed.Clause));
        Assert.True(_register!.Open);
        Do(new RegisterCommand.TakeUp(1, s_number, new StreamId("complaint.x")), TestCompany.HyDuty);
        Assert.Empty(RegisterMatter.Owed(_register!));
        Assert.Equal(s_number.ToString(), _register!.Entries[0].Subject!.Number);
    }

    [Theory]
    [InlineData(Nature.Enquiry, Nature.Complaint, true)]
    [InlineData(Nature.Praise, Nature.RepairRequest, true)]
    [InlineData(Nature.Complaint, Nature.Enquiry, true)]
    [InlineData(Nature.Suggestion, null, true)]
    [InlineData(null, Nature.Suggestion, true)]
    [InlineData(Nature.Enquiry, Nature.Enquiry, false)]
    [InlineData(Nature.Praise, Nature.Praise, false)]
    [InlineData(null, null, false)]
    public void Given_what_staff_say_and_how_it_reads_Then_the_graver_of_both_counts(
        Nature? said, Nature? reads, bool opinion)
    {
        Do(Enter("一句话", said, "已答复", reads), TestCompany.HyGuard);
        Assert.Equal(opinion, _register!.Entries[0].Opinion);
        Assert.Equal(opinion, RegisterMatter.Owed(_register).Any());
    }

    [Fact]
    public void Given_an_enquiry_When_corrected_into_a_complaint_Then_the_correction_is_one()
    {
        Do(Enter("问路", Nature.Enquiry, "已答复"), TestCompany.HyGuard);
        Do(Enter("其实是投诉保安打人", null, null, Nature.Complaint, corrects: 1), TestCompany.HyGuard);
        Assert.Equal("2", Assert.Single(RegisterMatter.Owed(_register!)).Subject);
        // What puts an opinion right is not counted twice.
        Do(Enter("打人的是外包保安", null, null, Nature.Complaint, corrects: 2), TestCompany.HyGuard);
        Assert.Equal("2", Assert.Single(RegisterMatter.Owed(_register!)).Subject);
    }

    [Fact]
    public void Given_an_opinion_When_left_out_Then_it_needs_the_reason_in_words_and_is_said_once()
    {
        Do(Enter("投诉：电梯慢", Nature.Complaint, "已答复"), TestCompany.HyGuard);
        Refused(
            new RegisterCommand.LeaveOut(1, LeftOutReason.NoOpinion, " "), TestCompany.HyDuty, RefusalCode.BadField);
        Refused(
            new RegisterCommand.LeaveOut(1, LeftOutReason.NoOpinion, "x"), TestCompany.JxDuty, RefusalCode.NotYours);
        Refused(
            new RegisterCommand.LeaveOut(1, LeftOutReason.NoOpinion, "x"), TestCompany.Engineer, RefusalCode.NotYours);
        Do(new RegisterCommand.LeaveOut(1, LeftOutReason.NotWanted, "本人说不用立案"), TestCompany.HyDuty);
        Assert.Empty(RegisterMatter.Owed(_register!));
        Assert.Empty(Do(new RegisterCommand.LeaveOut(1, LeftOutReason.NotWanted, "本人说不用立案"), TestCompany.HyDuty));
        Refused(
            new RegisterCommand.LeaveOut(1, LeftOutReason.NoOpinion, "另一说法"), TestCompany.HyGuard,
            RefusalCode.WrongStage);
        // Quality makes a complaint of it all the same (4.5.4).
        Do(new RegisterCommand.TakeUp(1, s_number, new StreamId("complaint.x")), TestCompany.Inspector);
        Assert.Equal(s_number.ToString(), _register!.Entries[0].Subject!.Number);
    }

    [Fact, Clause("4.6.1-2-D")]
    public void Given_the_words_name_somebody_When_they_leave_it_out_Then_it_is_refused_and_a_colleague_may()
    {
        Do(Enter("投诉s-hy-guard打人", Nature.Complaint, "已答复"), TestCompany.HyGuard);
        Refused(
            new RegisterCommand.LeaveOut(1, LeftOutReason.NoOpinion, "没有的事"), TestCompany.HyGuard,
            RefusalCode.Accused);
        Do(new RegisterCommand.LeaveOut(1, LeftOutReason.Duplicate, "见HY-2026-000001"), TestCompany.HyDuty);
    }

    [Fact, Clause("4.6.1-2-D")]
    public void Given_the_words_name_the_manager_When_the_office_leaves_it_out_Then_it_is_refused_for_all_of_it()
    {
        Do(Enter("投诉管理处主任收钱", Nature.Complaint, "已答复"), TestCompany.HyGuard);
        foreach (var member in new[] { TestCompany.HyManager, TestCompany.HyDuty, TestCompany.HyGuard })
            Refused(new RegisterCommand.LeaveOut(1, LeftOutReason.NoOpinion, "无"), member, RefusalCode.Accused);
    }

    [Fact]
    public void Given_no_opinion_When_left_out_Then_there_is_nothing_to_leave_out()
    {
        Do(Enter("问路", Nature.Enquiry, "已答复"), TestCompany.HyGuard);
        Refused(
            new RegisterCommand.LeaveOut(1, LeftOutReason.NoOpinion, "x"), TestCompany.HyDuty, RefusalCode.WrongStage);
        Refused(
            new RegisterCommand.LeaveOut(9, LeftOutReason.NoOpinion, "x"), TestCompany.HyDuty, RefusalCode.BadField);
    }

    [Fact]
    public void Given_an_opinion_that_wants_an_answer_When_left_out_Then_the_answer_is_owed_still()
    {
        Do(Enter("建议加装路灯", Nature.Suggestion, null), TestCompany.HyGuard);
        Assert.Equal(
            [ObligationKind.TakeUpOpinion, ObligationKind.AnswerContact],
            RegisterMatter.Owed(_register!).Select(o => o.Kind));
        Do(new RegisterCommand.LeaveOut(1, LeftOutReason.OutsideScope, "市政道路"), TestCompany.HyDuty);
        Assert.Equal(ObligationKind.AnswerContact, Assert.Single(RegisterMatter.Owed(_register!)).Kind);
    }

    private static RegisterCommand.Enter Enter(
        string text, Nature? kind, string? answer, Nature? reads = null, int? corrects = null)
    {
        var given = answer is null
            ? null : new ContactAnswer(TestCompany.HyGuard.Id, Channel.Phone, new Personal(answer), s_now);
        return new RegisterCommand.Enter(
            s_key,
            new RegisterContact(
                text, s_now, Channel.Phone, null, TestCompany.ResidentPhone, null, null, text, null, given)
            {
                Kind = kind,
                Reads = reads,
            },
            answer is null && corrects is null, corrects);
    }

    private IReadOnlyList<RegisterEvent> Do(RegisterCommand command, StaffMember by)
    {
        var decision = RegisterMatter.Decide(_register, command, new Actor.Staff(by), s_now, TestCompany.Rules);
        var events = Assert.IsType<Decision<RegisterEvent>.Accepted>(decision).Events;
        foreach (var e in events)
        {
            _register = RegisterMatter.Evolve(_register, e, s_now);
            Assert.All(RegisterMatter.Messages(e, _register, TestCompany.Rules), m => Assert.NotEmpty(m.Template));
        }

        return events;
    }

    private void Refused(RegisterCommand command, StaffMember by, RefusalCode code) => Assert.Equal(
        code,
        Assert.IsType<Decision<RegisterEvent>.Refused>(RegisterMatter.Decide(
            _register, command, new Actor.Staff(by), s_now, TestCompany.Rules)).Refusal.Code);
}
