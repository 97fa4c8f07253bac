using System.Collections.Immutable;

namespace CustomerComm.Domain.Surveys;

/// <summary>An estimate with its 95 % confidence interval; all three in the same unit.</summary>
public readonly record struct Estimate(double Value, double Low, double High);

/// <summary>
/// Estimates from the homes that answered, for all homes that were asked; with finite population correction, as is
/// practice after ISO 10004. Proportions and NPS are shares from 0 to 1 and −1 to 1.
/// </summary>
public static class SurveyStatistics
{
    /// <summary>Two-sided 95 % quantile of the normal distribution.</summary>
    public const double Z = 1.959963984540054;

    /// <summary>
    /// A share by Wilson's interval; the sample size is enlarged by the finite population correction. Null without
    /// answers. <paramref name="population"/> below <paramref name="answers"/> counts as equal to it.
    /// </summary>
    public static Estimate? Share(int count, int answers, int population)
    {
        if (answers <= 0)
            return null;
        var p = (double)count / answers;
        var all = Math.Max(answers, population);
        if (all == answers)
            return new Estimate(p, p, p);
        // The corrected variance p(1−p)/n · (N−n)/(N−1) is that of a sample of this size from an endless population.
        var n = answers * (all - 1.0) / (all - answers);
        var centre = (p + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        return new Estimate(p, Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    /// <summary>
    /// The mean of values with how often each was given, by Student's t; null without answers. One answer has no
    /// interval: it is the whole range of <paramref name="values"/>.
    /// </summary>
    public static Estimate? Mean(IReadOnlyList<(double Value, int Count)> values, int population)
    {
        var n = values.Sum(v => v.Count);
        if (n <= 0)
            return null;
        var (least, most) = (values.Min(v => v.Value), values.Max(v => v.Value));
        var mean = values.Sum(v => v.Value * v.Count) / n;
        var all = Math.Max(n, population);
        if (all == n)
            return new Estimate(mean, mean, mean);
        if (n == 1)
            return new Estimate(mean, least, most);
        var variance = values.Sum(v => v.Count * (v.Value - mean) * (v.Value - mean)) / (n - 1);
        var half = StudentT(n - 1) * Math.Sqrt(variance / n * (all - n) / (all - 1.0));
        return new Estimate(mean, Math.Max(least, mean - half), Math.Min(most, mean + half));
    }

    /// <summary>
    /// Net promoter score of the counts of 0 to 10: share of 9 and 10 less share of 0 to 6. Null without answers.
    /// </summary>
    public static Estimate? NetPromoter(ImmutableArray<int> counts, int population)
    {
        if (counts.Length != 11)
            throw new ArgumentException("Eleven counts are wanted, of 0 to 10.", nameof(counts));
        return Mean(
            [(-1, counts.Take(7).Sum()), (0, counts[7] + counts[8]), (1, counts[9] + counts[10])], population);
    }

    /// <summary>Share of the two best ratings of the counts of 1 to 5; null without answers.</summary>
    public static Estimate? TopTwo(ImmutableArray<int> counts, int population)
    {
        if (counts.Length != 5)
            throw new ArgumentException("Five counts are wanted, of 1 to 5.", nameof(counts));
        return Share(counts[3] + counts[4], counts.Sum(), population);
    }

    /// <summary>
    /// Answers needed from <paramref name="population"/> homes for a share to be known to ± <paramref name="margin"/>
    /// (0 to 1) with 95 % confidence, whatever the share.
    /// </summary>
    public static int NeededAnswers(int population, double margin = 0.05)
    {
        if (population <= 0)
            return 0;
        var endless = Z * Z * 0.25 / (margin * margin);
        return (int)Math.Ceiling(endless / (1 + ((endless - 1) / population)));
    }

    /// <summary>
    /// Two-sided 95 % quantile of Student's t with so many degrees of freedom, 1 and more: exact for 1 and 2, else by
    /// expansion around the normal quantile, right to 0.01 at 3 and better above.
    /// </summary>
    public static double StudentT(int freedom)
    {
        const double tail = 0.05;
        if (freedom == 1)
            return 1 / Math.Tan(tail * Math.PI / 2);
        if (freedom == 2)
            return Math.Sqrt((2 / (tail * (2 - tail))) - 2);
        // G. W. Hill, Algorithm 396, Communications of the ACM 13 (1970).
        double n = freedom;
        var a = 1 / (n - 0.5);
        var b = 48 / (a * a);
        var c = (((((20700 * a / b) - 98) * a) - 16) * a) + 96.36;
        var d = ((((94.5 / (b + c)) - 3) / b) + 1) * Math.Sqrt(a * Math.PI / 2) * n;
        var y = Math.Pow(d * tail, 2 / n);
        if (y > 0.05 + a)
        {
            const double x = -Z;
            y = x * x;
            if (n < 5)
                c += 0.3 * (n - 4.5) * (x + 0.6);
            c = (((((((0.05 * d * x) - 5) * x) - 7) * x) - 2) * x) + b + c;
            y = ((((((((0.4 * y) + 6.3) * y) + 36) * y) + 94.5) / c) - y - 3) / b;
            y = (y + 1) * x;
            y = a * y * y;
            y = y > 0.002 ? Math.Exp(y) - 1 : (0.5 * y * y) + y;
        }
        else
        {
            var first = (1 / ((((n + 6) / (n * y)) - (0.089 * d) - 0.822) * (n + 2) * 3)) + (0.5 / (n + 4));
            y = (((first * y) - 1) * (n + 1) / (n + 2)) + (1 / y);
        }

        return Math.Sqrt(n * y);
    }
}
