using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Meetings;

/// <summary>A meeting with the owners' committee (4.5.5).</summary>
public sealed record Meeting(string Number, CommunityId Community, string PolicyVersion) : IMatterState
{
    /// <summary>By when the committee is to be met, where it was due.</summary>
    public DateTimeOffset? SoughtBy { get; init; }

    /// <summary>The time set, then the time it was held.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Where.</summary>
    public Personal? Place { get; init; }

    /// <summary>What was to be talked about.</summary>
    public Personal? Agenda { get; init; }

    /// <summary>By when it is to be recorded.</summary>
    public DateTimeOffset? RecordDue { get; init; }

    /// <summary>Who planned or recorded it last.</summary>
    public StaffId? By { get; init; }

    /// <summary>When it was recorded as held.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>Who came.</summary>
    public ImmutableArray<Attendee> Attendees { get; init; } = [];

    /// <summary>What was said.</summary>
    public ImmutableList<Statement> Statements { get; init; } = [];

    /// <summary>What was agreed on.</summary>
    public ImmutableList<MeetingAction> Actions { get; init; } = [];

    /// <summary>By when the minutes are to be sent, null once they were.</summary>
    public DateTimeOffset? MinutesDue { get; init; }

    /// <summary>How often the minutes were sent.</summary>
    public int Issues { get; init; }

    /// <summary>Why it was called off.</summary>
    public Personal? CalledOffFor { get; init; }

    /// <inheritdoc/>
    public Unit Lead => Unit.Office;

    /// <summary>Where it stands.</summary>
    public MeetingStage Stage => this switch
    {
        { CalledOffFor: not null, SoughtBy: null } => MeetingStage.CalledOff,
        { RecordedAt: not null, MinutesDue: null } when Actions.TrueForAll(a => a.DoneAt is not null) =>
            MeetingStage.Done,
        { RecordedAt: not null } => MeetingStage.Held,
        { At: not null } => MeetingStage.Planned,
        _ => MeetingStage.Sought,
    };

    /// <inheritdoc/>
    public bool Open => Stage is not (MeetingStage.Done or MeetingStage.CalledOff);

    /// <summary>
    /// An office sees its own community's meetings, the departments all; and whoever carries an action out sees that one.
    /// </summary>
    public bool MaySee(StaffMember staff, CompanyDirectory directory) =>
        staff.Serves(Community) || Actions.Exists(a => a.Owner == staff.Id);
}
