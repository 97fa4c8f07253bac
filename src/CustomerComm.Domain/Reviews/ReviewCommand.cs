using System.Collections.Immutable;

namespace CustomerComm.Domain.Reviews;

/// <summary>Why quality itself looks at something before the month closes (4.5.4).</summary>
public enum Doubt
{
    /// <summary>无: nothing was taken from it.</summary>
    None,
    /// <summary>未立案: it was dismissed.</summary>
    Dismissed,
    /// <summary>降级: less was made of it.</summary>
    Lowered,
    /// <summary>验证不符: its result did not hold when quality verified it.</summary>
    Failed,
    /// <summary>登记未立案: it stands in a register, and no complaint was made of it.</summary>
    LeftOut,
    /// <summary>系统未列为投诉: no complaint was made of it by the system itself; drawn by lot.</summary>
    Filtered,
    /// <summary>员工登记后撤回: staff entered it, and it was taken back.</summary>
    TakenBack,
}

/// <summary>
/// An opinion as it stands now. <paramref name="Number"/> is unique within the month (<c>yyyy-MM</c>);
/// <paramref name="Accused"/> is the member of staff it is against; without phone and conversation whoever gave it can
/// only be told in person.
/// </summary>
public sealed record Opinion(
    string Number, string Matter, CommunityId Community, string Month, bool Open, StaffId? Accused, Personal? Phone,
    string? Conversation, Language Language)
{
    /// <summary>
    /// Why quality itself looks at it, by the month (<c>yyyy-MM</c>) in whose inspection it does; the last of each month.
    /// </summary>
    public ImmutableDictionary<string, Doubt> Doubts { get; init; } = ImmutableDictionary<string, Doubt>.Empty;

    /// <summary>Why quality looks at it in the month's inspection.</summary>
    public Doubt DoubtIn(string month) => Doubts.GetValueOrDefault(month);

    /// <summary>Who had a hand in it: none of them looks at it for quality.</summary>
    public ImmutableHashSet<StaffId> Hands { get; init; } = [];

    /// <summary>A message can reach whoever gave it.</summary>
    public bool Reachable => Phone is not null || Conversation is not null;
}

/// <summary>What was found of an opinion; <paramref name="Words"/> are what is newly said to whoever gave it.</summary>
public sealed record OpinionFinding(
    Opinion Opinion, bool Handled, bool Told, string? Why, string? Next, string? Words);

/// <summary>
/// A month's opinions as they stand: those nobody has reviewed, those open still, and those whose result quality has
/// not verified. Numbers, in order.
/// </summary>
public sealed record MonthFacts(
    int Opinions, int Withheld, ImmutableArray<string> Undecided, ImmutableArray<string> Open,
    ImmutableArray<string> Unverified)
{
    /// <summary>
    /// What quality itself looks at: every dismissal, everything of which less was made, every result that did not
    /// hold,
    /// what was left out of the registers, and some of what was filtered out, drawn by lot.
    /// </summary>
    public ImmutableArray<string> Doubtful { get; init; } = [];

    /// <summary>Opinions in a register of which nobody made a complaint, nor said why not.</summary>
    public ImmutableArray<string> ToTakeUp { get; init; } = [];
}

/// <summary>What somebody wants done in a month's review.</summary>
public abstract record ReviewCommand
{
    private ReviewCommand()
    {
    }

    /// <summary>Opens the review of a month that is over; by the system.</summary>
    public sealed record Open(CommunityId Community, int Year, int Month, int Opinions, int Withheld) : ReviewCommand;

    /// <summary>Records what was found, of at most <see cref="ReviewMatter.MostAtOnce"/> opinions.</summary>
    public sealed record Find(ImmutableArray<OpinionFinding> Findings) : ReviewCommand;

    /// <summary>
    /// The office hands the review to quality; from the leader: those kept from the office are done.
    /// <paramref name="Facts"/> are of the part that is theirs.
    /// </summary>
    public sealed record Submit(MonthFacts Facts) : ReviewCommand;

    /// <summary>
    /// Quality verifies what was found of one opinion, or looks at what was taken from it; where that was wrong,
    /// <paramref name="TakenUp"/> is the complaint that takes it up again.
    /// </summary>
    public sealed record Inspect(Opinion Opinion, bool Holds, string? Comment, MatterNumber? TakenUp = null)
        : ReviewCommand;

    /// <summary>Quality sends the review back.</summary>
    public sealed record SendBack(string Reason) : ReviewCommand;

    /// <summary>Quality closes the month.</summary>
    public sealed record Close(MonthFacts Facts, MonthFigures Figures) : ReviewCommand;

    /// <summary>Tells those concerned that the report is there; by the system.</summary>
    public sealed record Publish : ReviewCommand;
}
