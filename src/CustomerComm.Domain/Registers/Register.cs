using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Registers;

/// <summary>
/// An entry with its answers. <paramref name="Version"/> is that of the register when it last changed;
/// <paramref name="CorrectedBy"/> are the entries that put it right.
/// </summary>
public sealed record RegisterEntry(
    RegisterEvent.ContactEntered Entered, DateTimeOffset EnteredAt, ImmutableList<ContactAnswer> Answers,
    ImmutableList<int> CorrectedBy, long Version)
{
    /// <summary>How it was seen to, or null.</summary>
    public SeenTo? SeenTo { get; init; }

    /// <summary>The complaint its words became, else what the contact is about elsewhere.</summary>
    public Subject? Subject => SeenTo?.Complaint ?? Entered.Subject;

    /// <summary>Why no complaint was made of it, or null.</summary>
    public LeftOut? LeftOut { get; init; }

    /// <summary>It is an opinion or a complaint, or reads like one.</summary>
    public bool Opinion => Entered.TakeUpDue is not null;

    /// <summary>Nothing was made of it, and a person has to look at it still.</summary>
    public bool SetAside => ToAnswer && Entered.Apart is { } apart && apart.NeedsPerson();

    /// <summary>Running number, from 1.</summary>
    public int Number => Entered.Entry;

    /// <summary>Something is owed still; of an opinion that it was answered is not enough.</summary>
    public bool Open => ToTakeUp || ToAnswer;

    /// <summary>An answer is owed still.</summary>
    public bool ToAnswer => Entered.AnswerDue is not null && Answers.IsEmpty && SeenTo is null;

    /// <summary>A complaint is to be made of it still, or said why not.</summary>
    public bool ToTakeUp => Opinion && SeenTo is null && LeftOut is null;
}

/// <summary>Who saw to an entry, when and how.</summary>
public sealed record SeenTo(StaffId By, DateTimeOffset At, Personal? Note, Subject? Complaint);

/// <summary>Who made no complaint of an opinion, when and why.</summary>
public sealed record LeftOut(StaffId By, DateTimeOffset At, LeftOutReason Why, Personal Words);

/// <summary>A hand-over of a shift; <paramref name="Taken"/> is null until the next shift acknowledges it.</summary>
public sealed record HandOver(
    int Number, StaffId From, StaffId To, ImmutableArray<OpenItem> Items, Personal? Note, DateTimeOffset At,
    DateTimeOffset TakeDue, DateTimeOffset? Taken, ImmutableArray<OpenItem> Acknowledged, bool Replaced);

/// <summary>The communication register of a post in a local month (4.5.2, 5.3).</summary>
public sealed record Register(
    CommunityId Community, PostId Post, string Month, Unit Unit, string PolicyVersion,
    ImmutableList<RegisterEntry> Entries, ImmutableDictionary<string, int> Sources, ImmutableSortedSet<int> OpenEntries,
    ImmutableList<HandOver> HandOvers, long Version) : IMatterState
{
    /// <inheritdoc/>
    public string Number => $"{Community}-{Post.Value.ToUpperInvariant()}-{Month}";

    /// <inheritdoc/>
    public Unit Lead => Unit;

    /// <inheritdoc/>
    public bool Open => !OpenEntries.IsEmpty || Pending is not null;

    /// <summary>Which register it is.</summary>
    public RegisterKey Key => new(Community, Post, Month);

    /// <summary>The hand-over that waits to be acknowledged, or null.</summary>
    public HandOver? Pending => HandOvers.IsEmpty ? null : HandOvers[^1] is { Taken: null } last ? last : null;

    bool IMatterState.MaySee(StaffMember staff, CompanyDirectory directory) =>
        directory.FindPost(Post) is { } post && PostRules.MayRead(post, Community, staff);

    /// <summary>The entry of this running number, or null.</summary>
    public RegisterEntry? Find(int entry) => entry >= 1 && entry <= Entries.Count ? Entries[entry - 1] : null;

    /// <summary>How people call an entry: <c>HY-OFFICE-2026-11/7</c>.</summary>
    public string NumberOf(int entry) => string.Create(CultureInfo.InvariantCulture, $"{Number}/{entry}");
}
