using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Reviews;

/// <summary>Where a month's review stands.</summary>
public enum ReviewStage
{
    /// <summary>With the office.</summary>
    Reviewing,
    /// <summary>With quality.</summary>
    Inspecting,
    /// <summary>Closed; its figures are frozen.</summary>
    Closed,
}

/// <summary>What was found of an opinion.</summary>
public sealed record Finding(
    StaffId By, bool Handled, bool Told, Personal? Why, Personal? Next, DateTimeOffset At)
{
    /// <summary>Handled and told, or it is said why not and what comes next.</summary>
    public bool Explained => (Handled && Told) || Reasoned;

    /// <summary>It is said why not and what comes next.</summary>
    public bool Reasoned => Why is not null && Next is not null;
}

/// <summary>Quality's finding on it.</summary>
public sealed record Verdict(StaffId By, bool Holds, Personal? Comment, MatterNumber? TakenUp = null)
{
    /// <summary>Nothing more is to come of it: it holds, or what was wrong is a complaint again.</summary>
    public bool Settled => Holds || TakenUp is not null;
}

/// <summary>The review of one community's month as its events left it (4.5.4).</summary>
public sealed record Review : IMatterState
{
    /// <inheritdoc/>
    public required CommunityId Community { get; init; }

    /// <summary>Its year in the community's calendar.</summary>
    public required int Year { get; init; }

    /// <summary>Its month, 1 to 12.</summary>
    public required int Month { get; init; }

    /// <inheritdoc/>
    public required string PolicyVersion { get; init; }

    /// <summary>The office manager who owes it.</summary>
    public required StaffId Manager { get; init; }

    /// <summary>Where it stands.</summary>
    public ReviewStage Stage { get; init; }

    /// <summary>1, and one more each time it was sent back.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Opinions of the month, as counted last.</summary>
    public int Opinions { get; init; }

    /// <summary>Those kept from the office, as counted last.</summary>
    public int Withheld { get; init; }

    /// <summary>The leader has reviewed those.</summary>
    public bool WithheldDone { get; init; }

    /// <summary>Who did.</summary>
    public StaffId? WithheldBy { get; init; }

    /// <summary>The office must be done by then.</summary>
    public DateTimeOffset ReviewDue { get; init; }

    /// <summary>Quality must be done by then.</summary>
    public DateTimeOffset InspectDue { get; init; }

    /// <summary>What was found, by number of the opinion.</summary>
    public ImmutableDictionary<string, Finding> Findings { get; init; } =
        ImmutableDictionary.Create<string, Finding>(StringComparer.Ordinal);

    /// <summary>What quality says of it.</summary>
    public ImmutableDictionary<string, Verdict> Verdicts { get; init; } =
        ImmutableDictionary.Create<string, Verdict>(StringComparer.Ordinal);

    /// <summary>What was said last to whoever gave an opinion, so that nothing is said twice.</summary>
    public ImmutableDictionary<string, Personal> Said { get; init; } =
        ImmutableDictionary.Create<string, Personal>(StringComparer.Ordinal);

    /// <summary>Everybody who reviewed: none of them may inspect.</summary>
    public ImmutableHashSet<StaffId> Reviewers { get; init; } = [];

    /// <summary>Why it was sent back last.</summary>
    public Personal? Reason { get; init; }

    /// <summary>When the office handed it over last.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The month in figures, once it is closed.</summary>
    public MonthFigures? Figures { get; init; }

    /// <summary>When the report was published.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The month, <c>yyyy-MM</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}");

    /// <inheritdoc/>
    public string Number => $"{Community}-R-{Name}";

    /// <inheritdoc/>
    public Unit Lead => Unit.Office;

    /// <inheritdoc/>
    public bool Open => Stage != ReviewStage.Closed;

    /// <inheritdoc/>
    public IReadOnlySet<StaffId> Hands => Reviewers;

    /// <summary>The offices verify the month's opinions, quality inspects, the leader looks at what is kept from both.</summary>
    public static bool MayList(StaffMember staff) => staff.Unit is Unit.Office or Unit.Quality or Unit.Leader;

    bool IMatterState.MaySee(StaffMember staff, CompanyDirectory directory) =>
        MayList(staff) && staff.Serves(Community);

    /// <summary>The state after an event.</summary>
    public static Review Evolve(Review? s, ReviewEvent e, DateTimeOffset at)
    {
        if (e is ReviewEvent.ReviewOpened o)
        {
            return new Review
            {
                Community = o.Community,
                Year = o.Year,
                Month = o.Month,
                PolicyVersion = o.PolicyVersion,
                Manager = o.Manager,
                Opinions = o.Opinions,
                Withheld = o.Withheld,
                ReviewDue = o.ReviewDue,
            };
        }

        if (s is null)
            throw new InvalidOperationException($"A review cannot begin with {e?.GetType().Name}.");
        return e switch
        {
            ReviewEvent.OpinionFound f => Found(s, f, at),
            ReviewEvent.ReviewSubmitted x => s with
            {
                Stage = ReviewStage.Inspecting,
                Opinions = x.Opinions,
                Withheld = x.Withheld,
                InspectDue = x.InspectDue,
                SubmittedAt = at,
                Reviewers = s.Reviewers.Add(x.By),
            },
            ReviewEvent.WithheldReviewed x => s with
            {
                WithheldDone = true,
                WithheldBy = x.By,
                Reviewers = s.Reviewers.Add(x.By),
            },
            ReviewEvent.OpinionChecked c => s with
            {
                Verdicts = s.Verdicts.SetItem(c.Opinion, new Verdict(c.By, c.Holds, c.Comment, c.TakenUp)),
            },
            ReviewEvent.ReviewSentBack b => SentBack(s, b),
            ReviewEvent.ReviewClosed c => s with { Stage = ReviewStage.Closed, Figures = c.Figures, ClosedAt = at },
            ReviewEvent.ReportPublished => s with { PublishedAt = at },
            _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
        };
    }

    private static Review Found(Review s, ReviewEvent.OpinionFound f, DateTimeOffset at) => s with
    {
        Findings = s.Findings.SetItem(f.Opinion, new Finding(f.By, f.Handled, f.Told, f.Why, f.Next, at)),
        // Another finding is to be verified anew.
        Verdicts = s.Verdicts.Remove(f.Opinion),
        Said = f.Words is { } words ? s.Said.SetItem(f.Opinion, words) : s.Said,
        Reviewers = s.Reviewers.Add(f.By),
    };

    private static Review SentBack(Review s, ReviewEvent.ReviewSentBack b)
    {
        var failed = s.Verdicts.Where(v => !v.Value.Settled).Select(v => v.Key).ToList();
        return s with
        {
            Stage = ReviewStage.Reviewing,
            Round = s.Round + 1,
            ReviewDue = b.ReviewDue,
            Reason = b.Reason,
            // The leader is asked again only where one of theirs does not hold.
            WithheldDone = s.WithheldDone && !failed.Exists(f => s.Findings[f].By == s.WithheldBy),
            Findings = s.Findings.RemoveRange(failed),
            Verdicts = s.Verdicts.RemoveRange(failed),
        };
    }

    /// <summary>What is owed now: never nothing while it is open.</summary>
    public static IEnumerable<Obligation> Owed(Review s)
    {
        if (s.Stage == ReviewStage.Reviewing)
            yield return Owe(ObligationKind.ReviewMonth, "", Party.Of(s.Manager), s.ReviewDue);
        if (s.Stage == ReviewStage.Inspecting)
            yield return Owe(ObligationKind.InspectMonth, "", Party.Of(Unit.Quality), s.InspectDue);
        if (s is { Open: true, Withheld: > 0, WithheldDone: false })
        {
            yield return Owe(
                ObligationKind.ReviewMonth, ReviewMatter.WithheldSubject, Party.Of(Unit.Leader), s.ReviewDue);
        }
    }

    private static Obligation Owe(ObligationKind kind, string subject, Party owner, DateTimeOffset due) =>
        new(kind, subject, owner, due, "4.5.4", null);
}
