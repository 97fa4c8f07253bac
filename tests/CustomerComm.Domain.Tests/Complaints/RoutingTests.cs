using System.Collections.Immutable;

namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>Where a complaint goes: the rules A to F and the office's own.</summary>
[Clause("4.6.1-2")]
public sealed class RoutingTests
{
    public static TheoryData<Category, Unit, string> Rules => new()
    {
        { Category.StaffAttitude, Unit.Quality, "4.6.1-2-A" },
        { Category.ServiceQuality, Unit.Quality, "4.6.1-2-A" },
        { Category.CivilWorks, Unit.Engineering, "4.6.1-2-B" },
        { Category.Renovation, Unit.Engineering, "4.6.1-2-B" },
        { Category.Equipment, Unit.Engineering, "4.6.1-2-B" },
        { Category.Charges, Unit.Finance, "4.6.1-2-C" },
        { Category.Compensation, Unit.Leader, "4.6.1-2-D" },
        { Category.AgainstManager, Unit.Leader, "4.6.1-2-D" },
        { Category.Cleaning, Unit.Office, "4.6.2-3" },
        { Category.Security, Unit.Office, "4.6.2-3" },
        { Category.Parking, Unit.Office, "4.6.2-3" },
        { Category.Greenery, Unit.Office, "4.6.2-3" },
        { Category.Neighbours, Unit.Office, "4.6.2-3" },
        { Category.Pets, Unit.Office, "4.6.2-3" },
        { Category.Other, Unit.Office, "4.6.2-3" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    [Clause("4.6.1-2-A"), Clause("4.6.1-2-B"), Clause("4.6.1-2-C"), Clause("4.6.1-2-D"), Clause("4.6.2-3")]
    public void Given_a_category_When_triaged_Then_its_unit_leads_by_its_clause(
        Category category, Unit lead, string clause)
    {
        var scenario = ComplaintScenario.Assigned(category);

        Assert.Equal(lead, scenario.State.Lead);
        Assert.Equal(clause, scenario.State.Clause);
        Assert.Equal(lead, scenario.Handler.Unit);
        Assert.Equal(lead, scenario.State.HandlingUnit);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    [Clause("4.6.1-2-G")]
    public void Given_a_category_When_routed_Then_the_office_leads_or_cooperates(
        Category category, Unit lead, string clause)
    {
        var route = Routing.For(category, []);

        Assert.Equal(clause, route.Clause);
        Assert.Equal(
            lead != Unit.Office && category != Category.AgainstManager, route.Cooperating.Contains(Unit.Office));
    }

    [Fact]
    public void Given_the_table_Then_every_category_has_its_own_row()
    {
        Assert.Equal(Enum.GetValues<Category>(), Routing.Table.Select(r => r.Category));
        Assert.Equal(Enum.GetValues<Category>().Length, Rules.Count);
    }

    public static TheoryData<Category, Category[], Unit, Unit[]> Several => new()
    {
        { Category.Equipment, [Category.Charges], Unit.Engineering, [Unit.Office, Unit.Finance] },
        { Category.Charges, [Category.StaffAttitude], Unit.Finance, [Unit.Office, Unit.Quality] },
        { Category.Cleaning, [Category.Security], Unit.Office, [] },
        { Category.Cleaning, [Category.CivilWorks, Category.Equipment], Unit.Office, [Unit.Engineering] },
        {
            Category.CivilWorks, [Category.Compensation, Category.Charges, Category.ServiceQuality], Unit.Leader,
            [Unit.Office, Unit.Quality, Unit.Engineering, Unit.Finance]
        },
        { Category.Compensation, [Category.AgainstManager], Unit.Leader, [] },
        { Category.AgainstManager, [Category.Cleaning], Unit.Leader, [] },
        { Category.AgainstManager, [Category.Charges, Category.Parking], Unit.Leader, [Unit.Finance] },
        { Category.Cleaning, [Category.AgainstManager], Unit.Leader, [] },
        { Category.Equipment, [Category.AgainstManager], Unit.Leader, [Unit.Engineering] },
    };

    [Theory]
    [MemberData(nameof(Several))]
    [Clause("4.6.1-2-F")]
    public void Given_several_topics_When_routed_Then_one_unit_leads_and_the_others_cooperate(
        Category category, Category[] also, Unit lead, Unit[] cooperating)
    {
        var scenario = ComplaintScenario.Received().Do(
            TestCompany.Leader, ComplaintScenario.Triage(category, also: [.. also]));

        Assert.Equal(lead, scenario.State.Lead);
        Assert.Equal(cooperating, scenario.State.Cooperating.ToArray());
        Assert.DoesNotContain(lead, scenario.State.Cooperating);
    }

    [Theory]
    [InlineData(Category.AgainstManager, null)]
    [InlineData(Category.Parking, Category.AgainstManager)]
    [Clause("4.6.1-2-D")]
    public void Given_a_manager_is_blamed_When_received_Then_the_office_stays_out_from_the_start(
        Category category, Category? also)
    {
        ImmutableArray<Category> further = also is { } a ? [a] : [];
        var scenario = new ComplaintScenario().Do(ComplaintScenario.System, ComplaintScenario.Intake(category, also: further));

        Assert.Equal(TestCompany.HyManager.Id, scenario.State.Accused);
        Assert.Equal(Unit.Leader, scenario.State.Lead);
        Assert.DoesNotContain(Unit.Office, scenario.State.Cooperating);
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.Triage).Owner);
        scenario.Refuse(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Parking), RefusalCode.Accused);
    }

    [Theory]
    [InlineData("s-hy-manager", Unit.Leader, Unit.Leader, Unit.Quality)]
    [InlineData("s-eng-head", Unit.Leader, Unit.Leader, Unit.Quality)]
    [InlineData("s-qua-head", Unit.Leader, Unit.Leader, Unit.Office)]
    [InlineData("s-leader", Unit.Quality, Unit.Quality, Unit.Quality)]
    [InlineData("s-eng-duty", Unit.Quality, Unit.Leader, Unit.Quality)]
    [Clause("4.6.1-2-D")]
    public void Given_somebody_is_accused_When_triaged_Then_others_lead_instruct_and_verify(
        string accused, Unit lead, Unit chief, Unit keeper)
    {
        var against = TestCompany.Directory.Find(new StaffId(accused))!;
        var by = against == TestCompany.Leader ? TestCompany.Inspector : TestCompany.Leader;
        var state = ComplaintScenario.Assigned(Category.StaffAttitude, accused: against, by: by).State;

        Assert.Equal(lead, state.Lead);
        Assert.Equal(chief, state.Chief);
        Assert.Equal(keeper, state.Keeper);
    }

    [Theory]
    [InlineData(Category.Equipment, "s-eng-duty")]
    [InlineData(Category.Cleaning, "s-hy-duty")]
    [InlineData(Category.Compensation, "s-leader")]
    [Clause("4.6.1-2")]
    public void Given_the_resident_confirmed_the_category_When_received_Then_it_is_assigned_at_once(
        Category category, string handler)
    {
        var scenario = new ComplaintScenario().Do(ComplaintScenario.System, ComplaintScenario.Intake(category, confirmed: true));

        Assert.Equal(Stage.Assigned, scenario.State.Stage);
        Assert.Equal(new StaffId(handler), scenario.State.Handler);
        Assert.True(scenario.Owes(ObligationKind.Triage));
    }

    [Theory]
    [InlineData(Nature.Enquiry)]
    [InlineData(Nature.Praise)]
    public void Given_the_resident_confirmed_a_category_but_does_not_complain_When_received_Then_triage_decides(
        Nature kind)
    {
        var scenario = new ComplaintScenario().Do(
            ComplaintScenario.System, ComplaintScenario.Intake(Category.Charges, kind, confirmed: true));

        Assert.Equal(Stage.Received, scenario.State.Stage);
        Assert.True(scenario.Owes(ObligationKind.Triage));
    }
}
