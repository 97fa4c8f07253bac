using CustomerComm.Domain.Surveys;

namespace CustomerComm.Domain.Tests.Surveys;

/// <summary>
/// Against values computed independently: intervals by bisection of the score test with corrected variance, quantiles
/// by
/// integrating the density of Student's t.
/// </summary>
[Clause("3.2"), Clause("4.5.6")]
public sealed class StatisticsTests
{
    [Theory]
    [InlineData(8, 10, 1_000_000_000, 0.8, 0.490162, 0.943318)]
    [InlineData(8, 10, 100, 0.8, 0.504536, 0.940164)]
    [InlineData(50, 200, 1_000, 0.25, 0.200358, 0.307216)]
    [InlineData(0, 20, 500, 0, 0, 0.155947)]
    [InlineData(20, 20, 500, 1, 0.844053, 1)]
    [InlineData(1, 5, 12, 0.2, 0.049024, 0.547997)]
    [InlineData(300, 1_000, 100_000, 0.3, 0.272541, 0.328975)]
    [InlineData(7, 7, 7, 1, 1, 1)]
    [InlineData(3, 7, 7, 0.428571, 0.428571, 0.428571)]
    [InlineData(3, 7, 2, 0.428571, 0.428571, 0.428571)]
    public void Given_a_share_When_estimated_Then_it_has_Wilsons_interval_for_a_finite_population(
        int count, int answers, int population, double value, double low, double high)
    {
        var e = SurveyStatistics.Share(count, answers, population)!.Value;
        Assert.Equal((value, low, high), (Math.Round(e.Value, 6), Math.Round(e.Low, 6), Math.Round(e.High, 6)));
    }

    [Theory]
    [InlineData(new[] { 1, 2, 5, 12, 10 }, 300, 3.93333, 3.56137, 4.30529)]
    [InlineData(new[] { 0, 0, 3, 4, 3 }, 40, 4.0, 3.48772, 4.51228)]
    [InlineData(new[] { 2, 0, 0, 0, 3 }, 1_000, 3.4, 1, 5)]
    [InlineData(new[] { 0, 0, 0, 1, 0 }, 100, 4.0, 1, 5)]
    [InlineData(new[] { 1, 0, 0, 0, 1 }, 2, 3.0, 3, 3)]
    public void Given_ratings_When_their_mean_is_estimated_Then_it_has_Students_interval_within_the_scale(
        int[] counts, int population, double value, double low, double high)
    {
        var e = SurveyStatistics.Mean([.. counts.Select((c, i) => (i + 1.0, c))], population)!.Value;
        Assert.Equal(value, e.Value, 5);
        Assert.Equal(low, e.Low, 3);
        Assert.Equal(high, e.High, 3);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 0, 0, 1, 2, 3, 5, 8, 6, 9 }, 400, 0.22857, -0.02449, 0.48164)]
    [InlineData(new[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 7 }, 60, 0.8, 0.38350, 1)]
    public void Given_answers_from_0_to_10_When_estimated_Then_promoters_less_detractors_is_the_score(
        int[] counts, int population, double value, double low, double high)
    {
        var e = SurveyStatistics.NetPromoter([.. counts], population)!.Value;
        Assert.Equal(value, e.Value, 5);
        Assert.Equal(low, e.Low, 3);
        Assert.Equal(high, e.High, 3);
    }

    [Theory]
    [InlineData(1, 12.7062, 3)]
    [InlineData(2, 4.30265, 3)]
    [InlineData(3, 3.18245, 2)]
    [InlineData(4, 2.77645, 3)]
    [InlineData(5, 2.57058, 3)]
    [InlineData(9, 2.26216, 4)]
    [InlineData(29, 2.04523, 4)]
    [InlineData(99, 1.98422, 4)]
    [InlineData(999, 1.96234, 4)]
    public void Given_degrees_of_freedom_When_asked_Then_the_quantile_is_right(int freedom, double t, int digits) =>
        Assert.Equal(t, SurveyStatistics.StudentT(freedom), digits);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(50, 45)]
    [InlineData(100, 80)]
    [InlineData(500, 218)]
    [InlineData(1_000, 278)]
    [InlineData(10_000, 370)]
    [InlineData(100_000, 383)]
    public void Given_so_many_homes_When_asked_Then_the_least_sample_for_5_points_is_told(int homes, int needed) =>
        Assert.Equal(needed, SurveyStatistics.NeededAnswers(homes));

    [Fact]
    public void Given_ratings_When_the_two_best_are_counted_Then_it_is_their_share() =>
        Assert.Equal(
            SurveyStatistics.Share(22, 30, 300), SurveyStatistics.TopTwo([1, 2, 5, 12, 10], 300));

    [Fact]
    public void Given_no_answers_When_estimated_Then_there_is_nothing()
    {
        Assert.Null(SurveyStatistics.Share(0, 0, 10));
        Assert.Null(SurveyStatistics.Mean([(1, 0), (2, 0)], 10));
        Assert.Null(SurveyStatistics.TopTwo([0, 0, 0, 0, 0], 10));
    }
}
