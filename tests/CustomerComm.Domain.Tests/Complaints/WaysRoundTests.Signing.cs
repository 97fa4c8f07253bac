namespace CustomerComm.Domain.Tests.Complaints;

/// <content>Signatures that nobody knows whose they are.</content>
public sealed partial class WaysRoundTests
{
    [Theory]
    [InlineData("on file", true)]
    [InlineData("on file, no room", true)]
    [InlineData("on file, spelt otherwise", true)]
    [InlineData("of another home", false)]
    [InlineData("typed in", false)]
    [InlineData("unknown room", false)]
    [InlineData("by chat alone", false)]
    [Clause("4.6.2-4")]
    public void Given_a_signature_When_the_phone_is_not_of_that_home_on_file_Then_it_waits_for_quality(
        string who, bool counts)
    {
        var scenario = who switch
        {
            "on file" => Commands.Unlisted(TestCompany.ResidentPhone, "3-1-502"),
            "on file, no room" => Commands.Unlisted(TestCompany.ResidentPhone, null),
            "on file, spelt otherwise" => Commands.Unlisted(TestCompany.ResidentPhone, "3栋1单元502室"),
            "of another home" => Commands.Unlisted(TestCompany.ResidentPhone, "3-1-602"),
            "typed in" => Commands.Unlisted(TestCompany.Phone(77), "3-1-502"),
            "unknown room" => Commands.Unlisted(TestCompany.Phone(77), "99-9-999"),
            _ => Commands.Unlisted(null, null, "chat"),
        };
        scenario.Do(ComplaintScenario.Resident, ComplaintScenario.Sign());
        Assert.Equal(counts, scenario.State.Signature is not null);
        Assert.Equal(counts ? Stage.Completed : Stage.Resolved, scenario.State.Stage);
        Assert.Equal(!counts, scenario.Owes(ObligationKind.ConfirmSignature));
        if (!counts)
            Assert.Contains(Told(scenario), m => m is { Template: "SignatureToConfirm", To: Recipient.Staff { Party.Unit: Unit.Quality } });
    }

    [Fact]
    [Clause("4.6.2-4"), Clause("4.5.4")]
    public void Given_one_employee_types_in_their_private_phone_and_signs_Then_only_quality_s_call_makes_it_a_signature()
    {
        var sure = new ComplaintCommand.DecideSignature(Confirmed: true, "住户本人所签", "王芳");
        var scenario = Commands.SignedUnlisted()
            // The same link once more, from an impatient thumb.
            .Do(ComplaintScenario.Resident, ComplaintScenario.Sign());
        Assert.Empty(scenario.Last);
        foreach (var one in new[] { TestCompany.Engineer, TestCompany.EngineeringHead, TestCompany.HyDuty, TestCompany.HyManager })
            scenario.Refuse(one, sure, RefusalCode.NotYours);
        scenario.Refuse(TestCompany.Inspector, new ComplaintCommand.Verify(true, "属实"), RefusalCode.WrongStage)
            .Refuse(TestCompany.Engineer, new ComplaintCommand.ProposeUnreachable(), RefusalCode.WrongStage)
            .Refuse(TestCompany.Inspector, sure with { With = " " }, RefusalCode.BadField)
            .Do(TestCompany.Inspector, sure);
        Assert.Equal(Stage.Completed, scenario.State.Stage);
        Assert.Equal(SignatureWay.Drawn, scenario.State.Signature!.Way);
        Assert.Equal("王芳", Assert.Single(scenario.Last.OfType<ComplaintEvent.SignatureDecided>()).With!.Value.Value);
    }

    [Fact]
    [Clause("4.6.2-4")]
    public void Given_quality_finds_that_nobody_of_the_home_signed_Then_it_is_no_signature_and_the_chief_hears()
    {
        var scenario = Commands.SignedUnlisted()
            .Do(TestCompany.Inspector, new ComplaintCommand.DecideSignature(false, "住户说没有签过"));
        Assert.Equal((Stage.Resolved, null, null), (scenario.State.Stage, scenario.State.Signature, scenario.State.Request!.Drawn));
        Assert.True(scenario.Owes(ObligationKind.ObtainSignature));
        Assert.Contains(Told(scenario), m => m is { Template: "SignatureDenied", To: Recipient.Staff { Party.Unit: Unit.Leader } });
    }

    [Fact]
    [Clause("4.6.2-4")]
    public void Given_a_signature_waits_to_be_confirmed_When_the_resident_says_not_solved_Then_it_is_open_again()
    {
        var scenario = Commands.SignedUnlisted()
            .Do(ComplaintScenario.Resident, new ComplaintCommand.RefuseInWords(Channel.Sms, "我没签，还是坏的"));
        Assert.Equal((Stage.InProgress, true), (scenario.State.Stage, scenario.State.SaysUnsolved));
        Assert.False(scenario.Owes(ObligationKind.ConfirmSignature));
    }
}
