using System.Collections.Immutable;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Surveys;

/// <summary>By which way a home answered.</summary>
public enum AnswerWay
{
    /// <summary>By its link.</summary>
    Link,
    /// <summary>On paper, entered by staff.</summary>
    Paper,
}

/// <summary>
/// What can happen to a home's invitation (4.5.6); sealed with the home's own key. Stored types: a field is never
/// renamed
/// or removed, new ones have a default.
/// </summary>
public abstract record HomeAnswerEvent
{
    private HomeAnswerEvent()
    {
    }

    /// <summary>
    /// The home was invited, by the phone given; with none it can be reached by a form on paper only.
    /// <paramref name="Building"/> is the part of the room before its first hyphen.
    /// </summary>
    public sealed record HomeInvited(
        CommunityId Community, int Year, string PolicyVersion, Personal Room, string Building, Personal? Phone,
        Language Language, DateTimeOffset Until) : HomeAnswerEvent;

    /// <summary>The invitation could not be delivered, so it went to another phone of the home.</summary>
    public sealed record InvitedAgain(Personal Phone, Language Language) : HomeAnswerEvent;

    /// <summary>It was reminded, for the so-manieth time.</summary>
    public sealed record HomeReminded(int Nth, DateTimeOffset Until) : HomeAnswerEvent;

    /// <summary>
    /// It answered, or corrected its answer. <paramref name="EnteredBy"/>: staff entered a form on paper.
    /// </summary>
    public sealed record HomeAnswered(AnswerWay Way, ImmutableArray<Reply> Replies, StaffId? EnteredBy)
        : HomeAnswerEvent;

    /// <summary>It does not want to take part; it is not reminded.</summary>
    public sealed record HomeDeclined : HomeAnswerEvent;

    /// <summary>It was told of the public answers.</summary>
    public sealed record HomeTold(int Problems) : HomeAnswerEvent;
}

/// <summary>What can be done with a home's invitation.</summary>
public abstract record HomeAnswerCommand
{
    private HomeAnswerCommand()
    {
    }

    /// <summary>Invites the home; the system.</summary>
    public sealed record Invite(
        CommunityId Community, int Year, string Room, string? Phone, Language Language, DateTimeOffset Until)
        : HomeAnswerCommand;

    /// <summary>Invites it by another phone; the system.</summary>
    public sealed record InviteAgain(string Phone, Language Language) : HomeAnswerCommand;

    /// <summary>Reminds it; the system.</summary>
    public sealed record Remind(int Nth, DateTimeOffset Until) : HomeAnswerCommand;

    /// <summary>
    /// Its answers, from the link or from a form on paper that staff enter; <paramref name="Until"/> is when the survey
    /// ends now.
    /// </summary>
    public sealed record Answer(
        AnswerWay Way, Questionnaire Form, ImmutableArray<Reply> Replies, DateTimeOffset Until) : HomeAnswerCommand;

    /// <summary>It does not take part.</summary>
    public sealed record Decline(DateTimeOffset Until) : HomeAnswerCommand;

    /// <summary>Tells it of the public answers; the system.</summary>
    public sealed record Tell(int Problems) : HomeAnswerCommand;
}

/// <summary>How an invitation stands.</summary>
public enum InvitationStatus
{
    /// <summary>已邀请.</summary>
    Invited,
    /// <summary>已填写.</summary>
    Answered,
    /// <summary>不参加.</summary>
    Declined,
    /// <summary>无法送达: no phone is on file, or no message arrived.</summary>
    Unreachable,
}

/// <summary>A home's invitation with its answer. Nobody owes it anything, so it is never open.</summary>
public sealed record HomeAnswer : IMatterState
{
    /// <inheritdoc/>
    public required CommunityId Community { get; init; }

    /// <inheritdoc/>
    public required string PolicyVersion { get; init; }

    /// <summary>Year of the survey.</summary>
    public required int Year { get; init; }

    /// <inheritdoc/>
    public string Number => Survey.IdOf(Community, Year);

    /// <inheritdoc/>
    public Unit Lead => Unit.Office;

    /// <inheritdoc/>
    public bool Open => false;

    /// <inheritdoc/>
    public bool TellsLosses => false;

    /// <summary>The home.</summary>
    public required Personal Room { get; init; }

    /// <summary>Part of the room before its first hyphen.</summary>
    public required string Building { get; init; }

    /// <summary>The phones it was invited by, the last one is written to.</summary>
    public ImmutableArray<Personal> Phones { get; init; } = [];

    /// <summary>Language of whoever is written to.</summary>
    public Language Language { get; init; }

    /// <summary>Invited at.</summary>
    public DateTimeOffset InvitedAt { get; init; }

    /// <summary>Reminders so far.</summary>
    public int Reminded { get; init; }

    /// <summary>Its answer, the last one.</summary>
    public HomeAnswerEvent.HomeAnswered? Answer { get; init; }

    /// <summary>When it answered last.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>It does not take part.</summary>
    public bool Declined { get; init; }

    /// <summary>It was told of the public answers.</summary>
    public bool Told { get; init; }
}
