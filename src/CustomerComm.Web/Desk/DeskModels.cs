using System.Collections.Immutable;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Web.Desk;

/// <summary>What every page needs. <paramref name="TokenField"/> and its value go into every form.</summary>
public sealed record DeskFrame(
    Language Language, StaffMember? Member, string TokenField, string Token, string Here, DeskBanner? Banner)
{
    /// <summary>Address of the page with its query, without the language; empty: the address at hand.</summary>
    public string Address { get; init; } = "";
}

/// <summary>A message at the top of a page; <paramref name="Detail"/> names clause and field.</summary>
public sealed record DeskBanner(bool Error, string Text, string? Detail)
{
    /// <summary>The step that must come first, and where it is done.</summary>
    public DeskFact? Way { get; init; }
}

/// <summary>How a question is put.</summary>
public enum DeskInput
{
    /// <summary>One line.</summary>
    Line,
    /// <summary>A telephone number.</summary>
    Phone,
    /// <summary>Several lines.</summary>
    Area,
    /// <summary>One of many.</summary>
    Select,
    /// <summary>One of a few.</summary>
    Radio,
    /// <summary>Any of some.</summary>
    Checks,
    /// <summary>A local date and time.</summary>
    Time,
    /// <summary>An image.</summary>
    Image,
    /// <summary>A local date.</summary>
    Date,
    /// <summary>A whole number.</summary>
    Number,
    /// <summary>A local time of day.</summary>
    Clock,
}

/// <summary>An answer to choose.</summary>
public sealed record DeskChoice(string Value, string Text)
{
    /// <summary>The value of the answer yes.</summary>
    public const string Yes = "yes";
}

/// <summary>One question of a form with what was answered so far.</summary>
public sealed record DeskField(
    string Name, DeskInput Input, bool Required, string Label, string? Hint, ImmutableArray<string> Values,
    ImmutableArray<DeskChoice> Choices, string? Error)
{
    /// <summary>The one answer, or nothing.</summary>
    public string Value => Values is [var first, ..] ? first : "";

    /// <summary>Most characters of an answer of several lines.</summary>
    public int Longest { get; init; } = 2_000;
}

/// <summary>
/// A form for one action. <paramref name="Key"/> is good for one effect; <paramref name="Open"/> shows it at once;
/// <paramref name="Danger"/> marks what cannot be undone.
/// </summary>
public sealed record DeskForm(
    string Action, string Subject, string Title, string? Hint, string? Due, ImmutableArray<DeskField> Fields,
    string Key, bool Open, bool Danger = false)
{
    /// <summary>The action that every kind of matter has: a lapse is acknowledged.</summary>
    public const string AcknowledgeLapse = "AcknowledgeLapse";

    /// <summary>The step that must come first, and where it is done.</summary>
    public DeskFact? Way { get; init; }

    /// <summary>False where nothing of it can be done before that.</summary>
    public bool Ready { get; init; } = true;
}

/// <summary>A name with its value, which leads to <paramref name="Address"/> where that is known.</summary>
public sealed record DeskFact(string Name, string Value, string? Address = null);

/// <summary>Something that catches the eye; <paramref name="Mood"/> is ok, late, warn, urgent, or nothing.</summary>
public sealed record DeskBadge(string Text, string Mood = "");

/// <summary>
/// A matter as one member of staff sees it, whatever its kind. <paramref name="List"/> leads to others of its kind,
/// <paramref name="About"/> is the heading of its facts.
/// </summary>
public sealed record DeskMatter(
    string Title, DeskFact List, ImmutableArray<DeskBadge> Badges, string About, ImmutableArray<DeskFact> Facts,
    ImmutableArray<DeskObligation> Owed, ImmutableArray<DeskForm> Forms, ImmutableArray<DeskEvent> Events,
    ImmutableArray<DeskFailure> Failures);

/// <summary>Something owed, in words.</summary>
public sealed record DeskObligation(string Kind, string What, string Owner, string Due, string Left, bool Late, bool Soon, string Clause);

/// <summary>One line of a person's work list.</summary>
public sealed record DeskWork(
    string Number, string Address, string What, string Category, string Severity, bool Serious, DeskObligation Owed,
    DeskAcknowledgement? Acknowledge = null)
{
    /// <summary>Somebody is in danger.</summary>
    public bool Danger { get; init; }
}

/// <summary>A lapse that is acknowledged in the work list itself.</summary>
public sealed record DeskAcknowledgement(string Stream, string Subject);

/// <summary>One event of a complaint, in words.</summary>
public sealed record DeskEvent(string At, string Iso, string What, ImmutableArray<DeskFact> Said);

/// <summary>A message that could not be delivered, or not yet.</summary>
public sealed record DeskFailure(string What, string To, string Channel, bool GivenUp, int Attempts, string Error);

/// <summary>Staff of one unit, for the sign-in.</summary>
public sealed record DeskTeam(string Name, ImmutableArray<DeskChoice> People);

/// <summary>What a caller is told after their complaint was taken in (4.6.1-1).</summary>
public sealed record DeskReceipt(
    string Number, string Hotline, string Lead, string Due, string Explanation, bool MayOpen)
{
    /// <summary>What they are told before it where somebody is in danger.</summary>
    public string? Danger { get; init; }
}
