using System.Collections.Immutable;

namespace CustomerComm.Domain.Meetings;

/// <summary>What can happen to a meeting. Stored types: a field is never renamed or removed.</summary>
public abstract record MeetingEvent
{
    private MeetingEvent()
    {
    }

    /// <summary>None was held for long enough: the office is to seek the committee out.</summary>
    public sealed record MeetingSought(
        string Number, CommunityId Community, string PolicyVersion, DateTimeOffset Due) : MeetingEvent;

    /// <summary>Time and place were set; the first event where nobody had to be reminded.</summary>
    public sealed record MeetingPlanned(
        string Number, CommunityId Community, string PolicyVersion, DateTimeOffset At, Personal Place, Personal? Agenda,
        StaffId By, DateTimeOffset RecordDue) : MeetingEvent;

    /// <summary>It was called off; where it was due, it is sought anew by <paramref name="Due"/>.</summary>
    public sealed record MeetingCalledOff(Personal Reason, StaffId By, DateTimeOffset? Due) : MeetingEvent;

    /// <summary>It was held.</summary>
    public sealed record MeetingHeld(
        DateTimeOffset At, Personal Place, ImmutableArray<Attendee> Attendees, StaffId By, DateTimeOffset MinutesDue)
        : MeetingEvent;

    /// <summary>Somebody said something.</summary>
    public sealed record StatementNoted(int No, Personal Speaker, Personal Text, StaffId By) : MeetingEvent;

    /// <summary>A statement had been written down wrongly.</summary>
    public sealed record StatementCorrected(int No, Personal Text, Personal Reason, StaffId By) : MeetingEvent;

    /// <summary>Something was agreed on.</summary>
    public sealed record ActionAgreed(int No, Personal What, StaffId Owner, DateTimeOffset Due, StaffId By)
        : MeetingEvent;

    /// <summary>It was carried out.</summary>
    public sealed record ActionDone(int No, Personal Result, StaffId By) : MeetingEvent;

    /// <summary>The minutes went to the committee; <paramref name="Issue"/> counts how often.</summary>
    public sealed record MinutesSent(int Issue, StaffId By) : MeetingEvent;
}
