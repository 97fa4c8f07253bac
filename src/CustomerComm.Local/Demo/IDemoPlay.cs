using CustomerComm.Domain.Directory;

namespace CustomerComm.Local.Demo;

/// <summary>A moment of the demo year: the local date and hour, and the dice.</summary>
internal sealed record DemoMoment(DateOnly Date, int Hour, DateTimeOffset Now, Random Dice)
{
    /// <summary>Chance in a hundred that somebody does now what is due later, due within the day, or overdue.</summary>
    private const int Early = 35;
    private const int Soon = 92;
    private const int Late = 45;

    /// <summary>The hours of a day in which people do something.</summary>
    public static IReadOnlyList<int> Hours { get; } = [9, 11, 15, 17];

    /// <summary>The first hour of the day.</summary>
    public bool Morning => Hour == Hours[0];

    /// <summary>
    /// True when somebody does now what is due then: most is done in good time, some of it late, so that ladders and
    /// figures of lateness have something to show.
    /// </summary>
    public bool Acts(DateTimeOffset due) =>
        Chance(due < Now ? Late : due - Now < TimeSpan.FromHours(20) ? Soon : Early);

    /// <summary>True in so many of a hundred complaints.</summary>
    public bool Chance(double percent) => Dice.NextDouble() * 100 < percent;

    /// <summary>One of several.</summary>
    public T Any<T>(IReadOnlyList<T> of) => of[Dice.Next(of.Count)];
}

/// <summary>What obviously invented people do in one part of the procedure, by its real commands.</summary>
internal interface IDemoPlay
{
    /// <summary>Plays one moment.</summary>
    Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct);

    /// <summary>What came of it, in a line of English.</summary>
    string Told { get; }
}
