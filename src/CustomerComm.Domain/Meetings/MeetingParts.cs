using System.Collections.Immutable;

namespace CustomerComm.Domain.Meetings;

/// <summary>In which capacity somebody took part.</summary>
public enum AttendeeRole
{
    /// <summary>业委会成员: a member of the owners' committee.</summary>
    Committee,
    /// <summary>业主代表: a representative of the owners.</summary>
    Representative,
    /// <summary>物业员工: staff.</summary>
    Staff,
    /// <summary>其他: a guest, e.g. of the neighbourhood committee.</summary>
    Guest,
}

/// <summary>Where a meeting stands.</summary>
public enum MeetingStage
{
    /// <summary>It is due; the office seeks the committee out.</summary>
    Sought,
    /// <summary>Time and place are set.</summary>
    Planned,
    /// <summary>It was held and is recorded; minutes or actions are open.</summary>
    Held,
    /// <summary>The minutes were sent and every action is done.</summary>
    Done,
    /// <summary>It was called off.</summary>
    CalledOff,
}

/// <summary>Somebody who took part.</summary>
public sealed record Attendee(Personal Name, AttendeeRole Role);

/// <summary>
/// What somebody said. <paramref name="Was"/> are the wordings before it was corrected, the oldest first: they stay in
/// sight.
/// </summary>
public sealed record Statement(int No, Personal By, Personal Text, ImmutableList<Correction> Was);

/// <summary>A wording that was corrected, with the reason.</summary>
public sealed record Correction(Personal Text, Personal Reason, StaffId By, DateTimeOffset At);

/// <summary>Something agreed on, that one member of staff carries out by a time.</summary>
public sealed record MeetingAction(
    int No, Personal What, StaffId Owner, DateTimeOffset Due, DateTimeOffset? DoneAt, Personal? Result);
