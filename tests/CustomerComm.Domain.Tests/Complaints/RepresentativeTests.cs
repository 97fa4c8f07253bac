namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>Those who complain for a resident, and those who would sign for them (4.6.2-4).</summary>
[Clause("4.6.2-4")]
public sealed class RepresentativeTests
{
    private static readonly Complainant s_son = new(
        Standing.Family, new Personal("王强"), new Personal(TestCompany.Phone(80)), null);

    private static readonly Complainant s_company = new(
        Standing.Organisation, new Personal("赵经理"), new Personal(TestCompany.Phone(81)), new Personal("和园商业公司"));

    private static readonly ComplaintCommand.SeeAuthority s_letter = new("王芳2026年2月20日签的委托书");

    private static ComplaintCommand.Sign AsRepresentative => ComplaintScenario.Sign() with { AsRepresentative = true };

    [Fact]
    public void Given_a_representative_who_says_so_When_they_sign_or_refuse_Then_only_the_resident_can()
    {
        Resolved().Refuse(ComplaintScenario.Resident, AsRepresentative, RefusalCode.ApprovalMissing)
            .Refuse(
                ComplaintScenario.Resident, new ComplaintCommand.RefuseSignature(1, "不满意", null, true),
                RefusalCode.ApprovalMissing)
            .Refuse(
                TestCompany.Engineer, new ComplaintCommand.AttachPaper("data:x", 5, ByRepresentative: true),
                RefusalCode.ApprovalMissing)
            .Do(ComplaintScenario.Resident, ComplaintScenario.Sign());
    }

    [Fact]
    public void Given_the_handler_saw_the_letter_When_the_representative_signs_Then_it_counts_for_nothing()
    {
        Resolved().Refuse(TestCompany.Engineer, s_letter, RefusalCode.OwnWork)
            .Refuse(ComplaintScenario.Resident, AsRepresentative, RefusalCode.ApprovalMissing);
    }

    [Fact]
    public void Given_whoever_entered_it_saw_the_letter_and_came_to_handle_it_Then_a_colleague_must_see_it()
    {
        var scenario = new ComplaintScenario().Do(
            TestCompany.HyDuty, Intake(s_son, Category.Cleaning) with { AuthoritySeen = "委托书" });
        Assert.Equal(TestCompany.HyDuty.Id, scenario.State.AuthorityHolds);
        scenario.Do(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Cleaning))
            .Do(TestCompany.HyDuty, new ComplaintCommand.Accept());
        Assert.Null(scenario.State.AuthorityHolds);
        scenario.Resolve().Refuse(ComplaintScenario.Resident, AsRepresentative, RefusalCode.ApprovalMissing)
            .Do(TestCompany.HyGuard, s_letter).Do(ComplaintScenario.Resident, AsRepresentative);
        Assert.Equal(TestCompany.HyGuard.Id, scenario.State.Signature!.As!.AuthoritySeenBy);
    }

    [Fact]
    public void Given_a_colleague_saw_the_letter_Then_the_representative_signs_and_the_evidence_says_who()
    {
        var scenario = Resolved().Do(TestCompany.Inspector, s_letter);
        Assert.Equal(
            ("PleaseSign", ComplaintMatter.RepresentativeSignPage, s_son.Phone),
            Assert.Single(scenario.History.Messages(scenario.Rules), m => m.To is Recipient.Resident) is var m
                ? (m.Template, m.Link, ((Recipient.Resident)m.To).Phone) : default);
        scenario.Do(ComplaintScenario.Resident, AsRepresentative);
        Assert.Equal(
            new Signatory(Standing.Family, s_son.Name, null, TestCompany.Inspector.Id), scenario.State.Signature!.As);
        Assert.Null(Resolved().Do(TestCompany.Inspector, s_letter)
            .Do(ComplaintScenario.Resident, ComplaintScenario.Sign()).State.Signature!.As);
    }

    [Fact]
    public void Given_paper_signed_by_the_representative_When_whoever_saw_the_letter_handles_it_meanwhile_Then_it_is_not_confirmed()
    {
        var scenario = Resolved().Do(TestCompany.EngineeringHead, s_letter)
            .Do(TestCompany.Engineer, new ComplaintCommand.AttachPaper("data:x", 5, ByRepresentative: true))
            .Do(TestCompany.EngineeringHead, new ComplaintCommand.FollowUp(Channel.Phone, "满意", null))
            .Refuse(TestCompany.Inspector, new ComplaintCommand.DecideSignature(true, "电话确认"), RefusalCode.ApprovalMissing)
            .Do(TestCompany.OtherInspector, s_letter)
            .Do(TestCompany.Inspector, new ComplaintCommand.DecideSignature(true, "电话确认"));
        Assert.Equal(TestCompany.OtherInspector.Id, scenario.State.Signature!.As!.AuthoritySeenBy);
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_a_complaint_against_the_manager_When_their_side_sees_the_letter_Then_it_is_refused()
    {
        var scenario = new ComplaintScenario()
            .Do(ComplaintScenario.System, Intake(s_son, Category.AgainstManager))
            .Do(TestCompany.Leader, ComplaintScenario.Triage(Category.AgainstManager, accused: TestCompany.HyManager));
        scenario.Refuse(TestCompany.HyManager, s_letter, RefusalCode.Accused)
            .Refuse(TestCompany.HyGuard, s_letter, RefusalCode.Accused);
    }

    [Fact]
    public void Given_somebody_who_saw_the_letter_is_accused_later_Then_their_sight_counts_no_more()
    {
        var scenario = new ComplaintScenario().Do(
            TestCompany.HyManager, Intake(s_son, Category.StaffAttitude) with { AuthoritySeen = "委托书" });
        Assert.Equal(TestCompany.HyManager.Id, scenario.State.AuthorityHolds);
        scenario.Do(
            TestCompany.Inspector, ComplaintScenario.Triage(Category.StaffAttitude, accused: TestCompany.HyManager));
        Assert.Null(scenario.State.AuthorityHolds);
    }

    [Theory]
    [InlineData("s-fin-duty")]
    [InlineData("s-jx-duty")]
    public void Given_somebody_who_may_not_see_the_complaint_When_they_see_the_letter_Then_it_is_refused(string staff) =>
        Resolved().Refuse(TestCompany.Directory.Find(new StaffId(staff))!, s_letter, RefusalCode.NotYours);

    [Fact]
    public void Given_nobody_speaks_for_the_resident_When_a_letter_is_seen_Then_it_is_refused()
    {
        ComplaintScenario.InProgress().Refuse(TestCompany.Inspector, s_letter, RefusalCode.WrongStage);
        InProgress(s_company).Refuse(TestCompany.Inspector, s_letter, RefusalCode.WrongStage);
    }

    [Fact]
    public void Given_staff_as_representative_by_their_phone_When_received_Then_it_is_refused()
    {
        foreach (var staff in new[] { TestCompany.Engineer, TestCompany.HyManager })
        {
            var refused = Refused(Intake(s_son with { Phone = new Personal(staff.Phone.Value) }));
            Assert.Equal("complainant.personPhone", refused.Field);
        }
    }

    [Fact]
    public void Given_a_complainant_that_cannot_be_Then_the_field_is_named()
    {
        Assert.Equal("complainant.person", Refused(Intake(s_son with { Name = new Personal(" ") })).Field);
        Assert.Equal(
            "complainant.personPhone",
            Refused(Intake(s_son with { Phone = null, Remark = new Personal("一二三") })).Field);
        Assert.Equal(
            "complainant.organisation", Refused(Intake(s_son with { Organisation = new Personal("公司") })).Field);
        Assert.Equal("complainant.organisation", Refused(Intake(s_company with { Organisation = null })).Field);
        Assert.Equal("complainant.standing", Refused(Intake(s_son with { Standing = Standing.Self })).Field);
        // A home has residents: an organisation does not sign for them.
        Assert.Equal("contact.room", Refused(Intake(s_company)).Field);
        Assert.Equal("complainant.authoritySeen", Refused(Intake(s_son) with { AuthoritySeen = "委托书" }).Field);
        Assert.Equal(
            "complainant.authoritySeen", Refused(ComplaintScenario.Intake() with { AuthoritySeen = "委托书" }).Field);
        var byStaff = new ComplaintScenario().Try(
            new Actor.Staff(TestCompany.HyDuty), Organisation() with { AuthoritySeen = "委托书" });
        Assert.Equal(
            "complainant.authoritySeen",
            Assert.IsType<Decision<ComplaintEvent>.Refused>(byStaff).Refusal.Field);
    }

    [Fact]
    [Clause("4.6.2-6")]
    public void Given_a_danger_When_the_representative_s_phone_is_none_Then_it_is_registered_all_the_same()
    {
        var scenario = new ComplaintScenario().Do(ComplaintScenario.System, Intake(
            s_son with { Phone = null, Remark = new Personal("一二三") }) with
        { Danger = true });
        Assert.Equal(("王强", null), (scenario.State.Intake.Complainant!.Name.Value, scenario.State.Intake.Complainant.Phone));
    }

    [Fact]
    public void Given_an_organisation_Then_its_contact_person_signs_for_it()
    {
        var scenario = InProgress(s_company).Resolve().Do(ComplaintScenario.Resident, ComplaintScenario.Sign());
        // Their phone is on file for no home: quality asks the organisation.
        Assert.Null(scenario.State.Signature);
        scenario.Do(TestCompany.Inspector, new ComplaintCommand.DecideSignature(true, "单位确认", "王经理"));
        Assert.Equal(
            new Signatory(Standing.Organisation, s_company.Name, s_company.Organisation, null),
            scenario.State.Signature!.As);
    }

    [Fact]
    public void Given_a_representative_Then_they_hear_what_the_resident_hears_by_a_link_that_decides_nothing()
    {
        var scenario = InProgress(s_son);
        var told = scenario.History.Messages(scenario.Rules)
            .Where(m => m.To is Recipient.Resident).Select(m => (((Recipient.Resident)m.To).Phone, m.Link, m.Issue));
        Assert.Equal(
            [
                (new Personal(TestCompany.ResidentPhone), ComplaintMatter.StatusPage, ComplaintMatter.OwnLink),
                (s_son.Phone!.Value, ComplaintMatter.StatusPage, ComplaintMatter.RepresentativeLink),
            ],
            told);
        // The signing link goes to the resident alone.
        scenario.Resolve();
        Assert.Equal(
            [new Personal(TestCompany.ResidentPhone)],
            scenario.Last.OfType<ComplaintEvent.SignatureRequested>()
                .SelectMany(e => ComplaintMatter.Messages(e, scenario.State, scenario.Rules))
                .Select(m => ((Recipient.Resident)m.To).Phone));
    }

    [Fact]
    public void Given_the_resident_said_unsolved_When_the_representative_adds_words_Then_that_still_stands()
    {
        var scenario = Resolved().Do(ComplaintScenario.Resident, new ComplaintCommand.RefuseInWords(Channel.Sms, "没修好"))
            .Do(ComplaintScenario.Resident, new ComplaintCommand.Note(Channel.Http, "算了，就这样吧", ByRepresentative: true));
        Assert.True(scenario.State.SaysUnsolved);
    }

    [Fact]
    public void Given_only_the_representative_can_be_reached_Then_the_link_goes_to_them_once_the_letter_was_seen()
    {
        var scenario = new ComplaintScenario()
            .Do(ComplaintScenario.System, Intake(s_son) with { Contact = Contact.None })
            .Do(TestCompany.HyDuty, ComplaintScenario.Triage())
            .Do(TestCompany.Engineer, new ComplaintCommand.Accept()).Resolve();
        // Somebody is there to ask: it does not end for want of a contact.
        Assert.Equal((Stage.Resolved, 0), (scenario.State.Stage, scenario.State.Request!.Issue));
        scenario.Do(TestCompany.Inspector, s_letter)
            .Do(ComplaintScenario.System, new ComplaintCommand.RequestSignature());
        Assert.Equal(1, scenario.State.Request!.Issue);
        scenario.Do(ComplaintScenario.Resident, AsRepresentative);
    }

    private static ComplaintScenario Resolved() => InProgress(s_son).Resolve();

    private static ComplaintScenario InProgress(Complainant complainant)
    {
        var intake = complainant.Standing == Standing.Organisation ? Organisation() : Intake(complainant);
        return new ComplaintScenario().Do(ComplaintScenario.System, intake)
            .Do(TestCompany.HyDuty, ComplaintScenario.Triage())
            .Do(TestCompany.Engineer, new ComplaintCommand.Accept());
    }

    private static ComplaintCommand.Receive Intake(Complainant complainant, Category category = Category.Equipment) =>
        ComplaintScenario.Intake(category) with { Complainant = complainant };

    private static ComplaintCommand.Receive Organisation() => ComplaintScenario.Intake() with
    {
        Complainant = s_company,
        Contact = new Contact(s_company.Name, s_company.Phone, null, null),
    };

    private static Refusal Refused(ComplaintCommand.Receive intake) => Assert.IsType<Decision<ComplaintEvent>.Refused>(
        new ComplaintScenario().Try(ComplaintScenario.System, intake)).Refusal;
}
