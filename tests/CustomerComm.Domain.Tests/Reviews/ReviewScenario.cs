using System.Collections.Immutable;
using CustomerComm.Domain.Reviews;

namespace CustomerComm.Domain.Tests.Reviews;

/// <summary>Drives a month's review; asserts after every event that an open one owes something.</summary>
internal sealed class ReviewScenario
{
    public const string A = "HY-2026-000001", B = "HY-2026-000002";

    public static readonly Actor System = new Actor.System();

    public DateTimeOffset Now { get; set; } = TestCompany.Time("2026-04-01 00:20");

    public Tracked<Review>? Tracked { get; private set; }

    public Review State => Tracked!.State;

    public ImmutableArray<ReviewEvent> Last { get; private set; } = [];

    public static ReviewScenario Opened(int opinions = 2, int withheld = 0) => new ReviewScenario().Do(
        System, new ReviewCommand.Open(TestCompany.HY, 2026, 3, opinions, withheld));

    public static ReviewScenario Reviewed() =>
        Opened().Do(TestCompany.HyDuty, Found(A)).Do(TestCompany.HyDuty, Found(B));

    public static ReviewScenario Submitted() => Reviewed().Do(TestCompany.HyManager, new ReviewCommand.Submit(Facts()));

    public static Opinion Opinion(string number, bool open = false, StaffId? accused = null, bool reachable = true) =>
        new(
            number, "complaint", TestCompany.HY, "2026-03", open, accused,
            reachable ? new Personal(TestCompany.ResidentPhone) : null, null, Language.Chinese);

    public static ReviewCommand.Find Found(
        string number, bool handled = true, bool told = true, string? why = null, string? next = null,
        string? words = null, bool open = false, StaffId? accused = null, bool reachable = true) =>
        new([new OpinionFinding(Opinion(number, open, accused, reachable), handled, told, why, next, words)]);

    public static MonthFacts Facts(
        string[]? undecided = null, string[]? open = null, string[]? unverified = null, int withheld = 0) =>
        new(2, withheld, [.. undecided ?? []], [.. open ?? []], [.. unverified ?? []]);

    public static MonthFigures Figures { get; } =
        new(2, 2, 0, 0, 0, 0, 0, 2, 1, 2, 2, 4.5, [new Problem("Equipment", "3", 2)]);

    public static ReviewCommand.Close Closing(MonthFacts? facts = null) => new(facts ?? Facts(), Figures);

    public ReviewScenario Do(StaffMember by, ReviewCommand command) => Do(new Actor.Staff(by), command);

    public ReviewScenario Do(Actor by, ReviewCommand command)
    {
        var decision = Try(by, command);
        Assert.True(
            decision is Decision<ReviewEvent>.Accepted,
            $"{command.GetType().Name}: {(decision as Decision<ReviewEvent>.Refused)?.Refusal}");
        return this;
    }

    public ReviewScenario Unchanged(StaffMember by, ReviewCommand command)
    {
        Do(by, command);
        Assert.Empty(Last);
        return this;
    }

    public ReviewScenario Refuse(StaffMember by, ReviewCommand command, RefusalCode code, string? field = null)
    {
        var before = Tracked;
        var no = Assert.IsType<Decision<ReviewEvent>.Refused>(Try(new Actor.Staff(by), command)).Refusal;
        Assert.Equal((code, field), (no.Code, no.Field));
        Assert.Same(before, Tracked);
        return this;
    }

    public Decision<ReviewEvent> Try(Actor by, ReviewCommand command)
    {
        var decision = ReviewMatter.Decide(Tracked?.State, command, by, Now, TestCompany.Rules);
        Last = decision is Decision<ReviewEvent>.Accepted yes ? yes.Events : [];
        foreach (var e in Last)
        {
            Tracked = Tracking<ReviewMatter, Review, ReviewCommand, ReviewEvent>.Add(Tracked, e, Now);
            var owed = ReviewMatter.Owed(State).ToList();
            Assert.Equal(State.Open, owed.Count > 0);
            Assert.All(owed, o => Assert.True(o.Owner.Unit is null != o.Owner.Staff is null));
            Assert.Distinct(owed.Select(o => (o.Kind, o.Subject)));
            // Telling must work for every event.
            Assert.All(ReviewMatter.Messages(e, State, TestCompany.Rules), m => Assert.NotEmpty(m.Template));
        }

        return decision;
    }
}
