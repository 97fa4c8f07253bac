using System.Collections.Immutable;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.Domain.Tests.Surveys;

[Clause("3.2"), Clause("4.5.6")]
public sealed class ResultsTests
{
    private static readonly Questionnaire s_form = Forms.AllTypes();

    [Fact]
    public void Given_sheets_When_counted_Then_each_answer_is_counted_once_where_it_belongs()
    {
        var counts = Count(
            ("1", Forms.Sheet(("s", "p1"), ("m", "a,p1"), ("r", "2"), ("n", "9"), ("y", "no"), ("x", "a=1,b=5")), [Category.Parking]),
            ("1", Forms.Sheet(("r", "5"), ("m", "b")), []),
            ("2", Forms.Sheet(("t", "text")), null));
        var cells = SurveyCells.Of(s_form);
        int Of(string building, string key) =>
            counts.Single(c => c.Building == building).Counts[cells.Select(c => c.Key).ToList().IndexOf(key)];
        Assert.Equal((3, 2), (counts.Sum(c => c.Answered), counts[0].Answered));
        Assert.All(
            new[] { "s|p1", "m|a", "m|p1", "r|2", "r|5", "n|9", "y|no", "x.a|1", "x.b|5", "text|Parking", "m|b" },
            key => Assert.Equal((key, 1), (key, Of("1", key))));
        Assert.Equal((2, 2, 0), (Of("1", "m|*"), Of("1", "text|*"), Of("2", "text|*")));
        Assert.Equal(cells.Length, cells.Select(c => c.Key).Distinct().Count());
    }

    [Theory]
    [InlineData(10, 100, false)]
    [InlineData(11, 100, true)]
    [InlineData(4, 10, false)]
    [InlineData(5, 10, true)]
    public void Given_a_share_of_homes_raised_something_When_more_than_the_policy_says_Then_it_needs_an_answer(
        int raised, int answered, bool needs)
    {
        var sheets = Enumerable.Range(0, answered).Select(i => (
            "1",
            i < raised
                ? Forms.Sheet(("s", "p1"), ("m", "p1"), ("r", i % 2 == 0 ? "1" : "2"), ("y", "no"), ("x", "a=2,b=3"))
                : Forms.Sheet(("s", "a"), ("m", "a"), ("r", "3"), ("y", "yes"), ("x", "a=3,b=3")),
            i < raised ? new HashSet<Category> { Category.Parking, Category.Other } : null)).ToArray();
        var problems = SurveyProblems.Of(s_form, Count(sheets), 10, 5);
        Assert.Equal(
            needs ? ["m|p1", "r", "s|p1", "text|Parking", "x.a", "y|no"] : [],
            problems.Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.All(problems, p => Assert.Equal((raised, answered), (p.Homes, p.Of)));
    }

    [Fact]
    public void Given_a_question_that_raises_nothing_When_answered_badly_Then_it_is_no_problem()
    {
        var form = Forms.Of(Forms.Question("r", QuestionType.Rating) with { Raises = false });
        var counter = new SurveyCounter(form);
        for (var i = 0; i < 20; i++)
            counter.Answered("1", Forms.Sheet(("r", "1")), null);
        Assert.Empty(SurveyProblems.Of(form, counter.Result, 10, 5));
    }

    [Theory]
    [InlineData(new[] { 4 }, "")]
    [InlineData(new[] { 20, 30 }, "b0:20 b1:30")]
    [InlineData(new[] { 20, 30, 5 }, "b0:20 b1:30 b2:5")]
    [InlineData(new[] { 20, 30, 4 }, "b1:30 +:24")]
    [InlineData(new[] { 20, 30, 2, 3 }, "b0:20 b1:30 +:5")]
    [InlineData(new[] { 20, 1 }, "")]
    [InlineData(new[] { 0, 20, 30 }, "b2:30 +:20")]
    public void Given_small_buildings_When_results_are_shown_Then_nobody_can_be_found_even_by_subtraction(
        int[] answered, string expected)
    {
        var sheets = answered.SelectMany((n, b) => Enumerable.Range(0, n).Select(_ =>
            ($"b{b}", Forms.Sheet(("r", "4")), (HashSet<Category>?)null))).ToArray();
        var counts = Count(sheets).AddRange(answered.Select((n, b) => (n, b)).Where(x => x.n == 0)
            .Select(x => new BuildingCount($"b{x.b}", 3, 0, [.. new int[SurveyCells.Of(s_form).Length]])));
        var groups = SurveyResults.ByBuilding(s_form, counts, 5);
        Assert.Equal(expected, string.Join(' ', groups.Select(g => $"{g.Building}:{g.Answered}")));
        Assert.All(groups, g => Assert.All(g.Items, i => Assert.True(i.Answers >= 5)));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(5, true)]
    [InlineData(0, true)]
    public void Given_few_of_a_building_answered_a_question_When_shown_by_building_Then_it_is_shown_of_none(
        int answered, bool shown)
    {
        var sheets = Enumerable.Range(0, 20).Select(i => (
            i < 10 ? "a" : "b",
            i < 10 || i < 10 + answered ? Forms.Sheet(("r", "4"), ("y", "no")) : Forms.Sheet(("r", "4")),
            (HashSet<Category>?)null)).ToArray();
        var groups = SurveyResults.ByBuilding(s_form, Count(sheets), 5);
        Assert.Equal(shown, groups[0].Items.Any(i => i.Question == "y"));
        Assert.All(groups, g => Assert.Contains(g.Items, i => i.Question == "r"));
    }

    [Fact]
    public void Given_few_answered_a_question_When_results_are_shown_Then_that_question_is_left_out()
    {
        var sheets = Enumerable.Range(0, 10).Select(i => (
            "1", i < 4 ? Forms.Sheet(("r", "4"), ("y", "no")) : Forms.Sheet(("r", "5")), (HashSet<Category>?)null)).ToArray();
        var whole = SurveyResults.Whole(s_form, Count(sheets), 5)!;
        Assert.Equal(["r"], whole.Items.Select(i => i.Question));
        Assert.Null(SurveyResults.Whole(s_form, Count(sheets[..4]), 5));
    }

    [Fact]
    public void Given_answers_When_the_results_are_made_Then_each_type_has_its_own_figures()
    {
        var sheets = Enumerable.Range(0, 10).Select(i => (
            "1",
            Forms.Sheet(("r", i < 6 ? "5" : "2"), ("n", i < 7 ? "10" : "3"), ("m", "a,b"), ("x", "a=4,b=1")),
            (HashSet<Category>?)null)).ToArray();
        var whole = SurveyResults.Whole(s_form, Count(sheets), 5)!;
        ItemResult Item(string q, string row = "") => whole.Items.Single(i => i.Question == q && i.Row == row);
        Assert.Equal(3.8, Item("r").Mean!.Value.Value, 9);
        Assert.Equal(0.6, Item("r").TopTwo!.Value.Value, 9);
        Assert.Equal(0.4, Item("n").NetPromoter!.Value.Value, 9);
        Assert.Equal((10, 1.0), (Item("m").Answers, Item("m").Options[0].Share.Value));
        Assert.Equal((4.0, 1.0), (Item("x", "a").Mean!.Value.Value, Item("x", "b").Mean!.Value.Value));
        Assert.Null(Item("m").Mean);
        Assert.Equal(1.0, whole.ResponseRate);
    }

    private static ImmutableArray<BuildingCount> Count(
        params (string Building, ImmutableArray<Reply> Sheet, HashSet<Category>? Raised)[] sheets)
    {
        var counter = new SurveyCounter(s_form);
        foreach (var (building, sheet, raised) in sheets)
        {
            counter.Invited(building);
            counter.Answered(building, sheet, raised);
        }

        return counter.Result;
    }
}
