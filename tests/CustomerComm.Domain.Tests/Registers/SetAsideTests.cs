using CustomerComm.Domain.Registers;

namespace CustomerComm.Domain.Tests.Registers;

/// <summary>What nothing was made of: who must look at it, and what may become of it (4.6.2-1).</summary>
public sealed class SetAsideTests
{
    private static readonly DateTimeOffset s_now = TestCompany.Time("2026-03-02 23:00");
    private static readonly RegisterKey s_key = new(TestCompany.HY, new PostId("office"), "2026-03");
    private static readonly RegisterCommand.TakeUp s_up = new(
        1, new MatterNumber(TestCompany.HY, MatterNumber.Complaint, 2026, 7), new StreamId("complaint.x"));

    private Register? _register;

    [Theory, Clause("4.6.2-1")]
    [InlineData(Apart.UnknownSender, true)]
    [InlineData(Apart.Unreadable, true)]
    [InlineData(Apart.Failed, true)]
    [InlineData(Apart.OwnNumber, false)]
    [InlineData(Apart.Repeated, false)]
    [InlineData(Apart.AutomaticReply, false)]
    [InlineData(Apart.Spam, false)]
    public void Given_what_nothing_was_made_of_When_entered_Then_the_post_owes_a_look_within_half_an_hour_or_is_left_alone(
        Apart apart, bool owed)
    {
        var events = TakeIn(apart);
        var told = events.SelectMany(e => RegisterMatter.Messages(e, _register!, TestCompany.Rules)).ToList();
        Assert.Equal(owed ? ["ContactSetAside"] : [], told.Select(m => m.Template));
        Assert.Equal(
            owed ? [(ObligationKind.SeeToContact, s_now.AddMinutes(30), Party.Of(Unit.Office))] : [],
            RegisterMatter.Owed(_register!).Select(o => (o.Kind, o.Due, o.Owner)));
    }

    [Fact, Clause("4.6.2-1")]
    public void Given_it_is_seen_to_or_taken_up_Then_nothing_is_owed_and_who_did_it_stands_there()
    {
        TakeIn(Apart.Failed);
        Assert.Empty(RegisterMatter.Owed(Do(new RegisterCommand.SeeTo(1, " 打错了 "), TestCompany.HyGuard)));
        var seen = _register!.Entries[0].SeenTo!;
        Assert.Equal((TestCompany.HyGuard.Id, "打错了"), (seen.By, seen.Note!.Value.Value));
        Do(s_up, TestCompany.HyDuty);
        Assert.Equal(
            (SubjectKind.Complaint, "HY-2026-000007"),
            (_register!.Entries[0].Subject!.Kind, _register.Entries[0].Subject!.Number));
    }

    [Fact, Clause("4.6.2-1")]
    public void Given_an_entry_When_others_or_nothing_stands_for_it_Then_it_is_refused()
    {
        TakeIn(Apart.Repeated);
        Assert.Equal(RefusalCode.WrongStage, Refused(new RegisterCommand.SeeTo(1, "x"), TestCompany.HyDuty));
        Assert.Equal(RefusalCode.NotYours, Refused(s_up, TestCompany.JxDuty));
        Assert.Equal(RefusalCode.BadField, Refused(s_up with { Entry = 9 }, TestCompany.HyDuty));
        Assert.Equal(RefusalCode.BadField, Refused(new RegisterCommand.SeeTo(9, "x"), TestCompany.HyDuty));
        Do(s_up, TestCompany.HyDuty);
        Assert.Equal(RefusalCode.WrongStage, Refused(
            s_up with { Complaint = new MatterNumber(TestCompany.HY, MatterNumber.Complaint, 2026, 8) },
            TestCompany.HyDuty));
        var version = _register!.Version;
        Assert.Equal(version, Do(s_up, TestCompany.HyDuty).Version);
    }

    private List<RegisterEvent> TakeIn(Apart apart)
    {
        var contact = new RegisterContact(
            "sms.z:2", s_now, Channel.Sms, null, TestCompany.ResidentPhone, null, null, "楼道灯坏了")
        {
            Apart = apart,
        };
        return Apply(RegisterMatter.Decide(
            _register, new RegisterCommand.TakeIn(s_key, [contact]), new Actor.System(), s_now, TestCompany.Rules));
    }

    private Register Do(RegisterCommand command, StaffMember by)
    {
        Apply(RegisterMatter.Decide(_register, command, new Actor.Staff(by), s_now, TestCompany.Rules));
        return _register!;
    }

    private RefusalCode Refused(RegisterCommand command, StaffMember by) =>
        Assert.IsType<Decision<RegisterEvent>.Refused>(
            RegisterMatter.Decide(_register, command, new Actor.Staff(by), s_now, TestCompany.Rules)).Refusal.Code;

    private List<RegisterEvent> Apply(Decision<RegisterEvent> decision)
    {
        var events = Assert.IsType<Decision<RegisterEvent>.Accepted>(decision).Events;
        foreach (var e in events)
            _register = RegisterMatter.Evolve(_register, e, s_now);
        return [.. events];
    }
}
