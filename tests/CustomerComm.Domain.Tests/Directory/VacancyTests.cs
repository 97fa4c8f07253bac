using CustomerComm.Domain.Policies;
using CustomerComm.Domain.Registers;

namespace CustomerComm.Domain.Tests.Directory;

/// <summary>A vacant post stops nothing: somebody acts for it, in every rule as if of that unit.</summary>
public sealed class VacancyTests
{
    private static readonly CommunityId s_removed = new("OLD");

    [Theory, Clause("4.6.2-3")]
    [InlineData(Unit.Office, "s-hy-manager", null, "s-leader")]
    [InlineData(Unit.Engineering, "s-eng-head", null, "s-leader")]
    [InlineData(Unit.Engineering, "s-eng-head", "s-eng-other", "s-eng-other")]
    [InlineData(Unit.Engineering, "s-eng-head", "s-who-left", "s-leader")]
    [InlineData(Unit.Leader, "s-leader", null, "s-qua-head")]
    [InlineData(Unit.Leader, "s-leader", "s-fin-head", "s-fin-head")]
    [InlineData(Unit.Quality, "s-qua-head", null, "s-leader")]
    public void Given_no_head_Then_the_substitute_acts_else_whoever_is_above(
        Unit unit, string gone, string? substitute, string acts)
    {
        var directory = Without(substitute is null ? null : (unit, substitute), gone);
        var head = directory.Head(unit, TestCompany.HY)!;
        Assert.Equal((acts, unit, Rank.Head), (head.Id.Value, head.Unit, head.Rank));
        Assert.Null(directory.Appointed(unit, TestCompany.HY));
        Assert.Contains(directory.Vacancies(), v => v.Acting.Unit == unit && v.Acting.Id.Value == acts);
        // Nobody is there twice, and the others stay in their order before the head.
        var members = directory.Members(unit, TestCompany.HY).ToList();
        Assert.Distinct(members.Select(m => m.Id));
        Assert.Equal(acts, members[^1].Id.Value);
    }

    [Fact]
    public void Given_every_post_has_its_head_Then_nobody_acts()
    {
        Assert.Empty(TestCompany.Directory.Vacancies());
        Assert.All(TestCompany.Staff, m => Assert.Single(TestCompany.Directory.Wearing(m, TestCompany.HY)));
        Assert.Equal(TestCompany.HyManager, TestCompany.Directory.Appointed(Unit.Office, TestCompany.HY));
    }

    [Fact]
    public void Given_nobody_leads_any_unit_Then_there_is_still_somebody_for_every_duty()
    {
        var directory = Without(
            null, "s-leader", "s-qua-head", "s-eng-head", "s-fin-head", "s-hy-manager", "s-jx-manager");
        foreach (var unit in Enum.GetValues<Unit>())
            Assert.NotNull(directory.Head(unit, TestCompany.JX));
    }

    [Fact]
    public void Given_a_community_that_is_no_more_Then_it_is_known_by_its_id_and_the_leader_acts_for_its_office()
    {
        var directory = TestCompany.Directory;
        Assert.Null(directory.Find(s_removed));
        Assert.Equal("OLD", directory.Known(s_removed).Name);
        Assert.Equal(TestCompany.Leader.Id, directory.Head(Unit.Office, s_removed)!.Id);
        Assert.Equal(TestCompany.QualityHead, directory.Head(Unit.Quality, s_removed));
        Assert.Contains(directory.Wearing(TestCompany.Leader, s_removed), m => m.Unit == Unit.Office);
        Assert.Single(directory.Wearing(TestCompany.HyManager, s_removed));
    }

    [Fact, Clause("4.6.1-3")]
    public void Given_no_leader_When_it_is_escalated_Then_the_head_of_quality_owes_the_instruction_and_gives_it()
    {
        var rules = TestCompany.RulesWith(directory: Without(null, "s-leader"));
        var s = InProgress(rules);
        s = Do(s, new ComplaintCommand.Escalate("解决不了"), TestCompany.Engineer, rules);
        var owed = Assert.Single(ComplaintMatter.Owed(s), o => o.Kind == ObligationKind.Instruct);
        Assert.Equal([TestCompany.QualityHead.Id], Ladder.Of(owed.Owner, s, rules.Directory, null));
        Assert.True(Authority.Is(owed.Owner, TestCompany.QualityHead, s.Community, rules.Directory));
        // Nobody else can, not even of quality.
        foreach (var other in new[] { TestCompany.Inspector, TestCompany.HyManager, TestCompany.Engineer })
            Assert.Equal(RefusalCode.NotYours, Refused(s, Instructed(rules), other, rules));
        Assert.Null(Do(s, Instructed(rules), TestCompany.QualityHead, rules).InstructDue);
    }

    [Fact, Clause("4.5.4")]
    public void Given_whoever_acts_handled_it_When_they_judge_it_in_another_s_place_Then_it_is_their_own_work_still()
    {
        // The leader is gone; the head of quality handled it: none of the posts they act for lets them judge it.
        var rules = TestCompany.RulesWith(directory: Without(null, "s-leader"));
        var s = InProgress(rules);
        s = Do(s, new ComplaintCommand.HandOver(Unit.Leader, "须公司定"), TestCompany.Engineer, rules);
        Assert.Equal((TestCompany.QualityHead.Id, Unit.Leader), (s.Handler, s.HandlingUnit));
        s = Do(s, new ComplaintCommand.Accept(), TestCompany.QualityHead, rules);
        Assert.IsType<Decision<ComplaintEvent>.Refused>(
            Try(s, new ComplaintCommand.Verify(true, "好"), TestCompany.QualityHead, rules));
    }

    [Fact, Clause("4.6.1-2-D")]
    public void Given_the_manager_s_post_is_vacant_When_the_manager_is_complained_of_Then_nobody_who_acts_is_accused()
    {
        var rules = TestCompany.RulesWith(directory: Without((Unit.Office, "s-hy-duty"), "s-hy-manager"));
        var s = Received(Category.AgainstManager, rules);
        Assert.Null(s.Accused);
        Assert.Equal(Unit.Leader, s.Lead);
    }

    [Fact, Clause("4.6.1-1")]
    public void Given_a_company_line_Then_quality_has_a_register_of_its_own_that_no_office_reads()
    {
        var directory = Company(null, [], "4008000000");
        var post = directory.PostOf(Unit.Quality);
        Assert.Equal(Unit.Quality, post.Unit);
        Assert.True(PostRules.MayWrite(post, TestCompany.HY, TestCompany.Inspector));
        Assert.False(PostRules.MayWrite(post, TestCompany.HY, TestCompany.HyManager));
        Assert.False(PostRules.MayRead(post, TestCompany.HY, TestCompany.HyManager));
        Assert.EndsWith(" / 4008000000", directory.LinesOf(TestCompany.HY), StringComparison.Ordinal);
        Assert.DoesNotContain("/", TestCompany.Directory.LinesOf(TestCompany.HY), StringComparison.Ordinal);
        Assert.DoesNotContain(TestCompany.Directory.Posts, p => p.Unit == Unit.Quality);
    }

    private static ComplaintCommand.Instruct Instructed(Rules rules) =>
        new("先行垫付维修", rules.Due(TestCompany.Time("2026-03-02 10:00"), rules.Policy.ResolveMajor));

    private static Complaint InProgress(Rules rules) => Do(
        Received(Category.Equipment, rules), new ComplaintCommand.Accept(), TestCompany.Engineer, rules);

    private static Complaint Received(Category category, Rules rules)
    {
        var receive = new ComplaintCommand.Receive(
            new MatterNumber(TestCompany.HY, MatterNumber.Complaint, 2026, 1), "电梯坏了三天没人修",
            new Contact(null, new Personal(TestCompany.ResidentPhone), null, null), Channel.Http, Language.Chinese,
            category, [], true, Nature.Complaint, Severity.Ordinary, false, null, null, null);
        return Evolve(null, Assert.IsType<Decision<ComplaintEvent>.Accepted>(ComplaintMatter.Decide(
            null, receive, new Actor.Resident(), TestCompany.Time("2026-03-02 09:00"), rules)));
    }

    private static Complaint Do(Complaint s, ComplaintCommand command, StaffMember by, Rules rules)
    {
        var decision = Try(s, command, by, rules);
        Assert.True(
            decision is Decision<ComplaintEvent>.Accepted,
            (decision as Decision<ComplaintEvent>.Refused)?.Refusal.ToString());
        return Evolve(s, (Decision<ComplaintEvent>.Accepted)decision);
    }

    private static RefusalCode Refused(Complaint s, ComplaintCommand command, StaffMember by, Rules rules) =>
        Assert.IsType<Decision<ComplaintEvent>.Refused>(Try(s, command, by, rules)).Refusal.Code;

    private static Decision<ComplaintEvent> Try(Complaint s, ComplaintCommand command, StaffMember by, Rules rules) =>
        Acting.Decide<ComplaintMatter, Complaint, ComplaintCommand, ComplaintEvent>(
            s, command, new Actor.Staff(by), s.Community, TestCompany.Time("2026-03-02 10:00"), rules);

    private static Complaint Evolve(Complaint? s, Decision<ComplaintEvent>.Accepted accepted)
    {
        foreach (var e in accepted.Events)
            s = ComplaintMatter.Evolve(s, e, TestCompany.Time("2026-03-02 10:00"));
        return s!;
    }

    private static CompanyDirectory Without((Unit Unit, string Staff)? substitute, params string[] gone) =>
        Company(substitute, gone, null);

    private static CompanyDirectory Company((Unit Unit, string Staff)? substitute, string[] gone, string? line) => new(
        "x", TestCompany.Directory.Communities, TestCompany.Staff.Where(m => !gone.Contains(m.Id.Value)),
        TestCompany.Directory.Homes, null, null,
        substitute is { } s ? new Dictionary<Unit, StaffId> { [s.Unit] = new StaffId(s.Staff) } : null, line);
}
