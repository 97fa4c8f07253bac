using System.Collections.Immutable;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Meetings;

/// <summary>A meeting in a list.</summary>
public sealed record MeetingItem(
    string Number, string Address, string Stage, bool Good, string At, string Attendees, string Actions);

/// <summary>A statement with the wordings it had before.</summary>
public sealed record MeetingStatement(
    int No, string Speaker, string Text, ImmutableArray<(string Text, string Why)> Was);

/// <summary>An action in words.</summary>
public sealed record MeetingActionLine(
    int No, string What, string Owner, string Due, bool Late, string? DoneAt, string? Result);

/// <summary>A meeting as minutes: for the desk, the committee and the printer alike.</summary>
public sealed record MeetingMinutes(
    string Number, string Community, string Stage, bool Held, bool Good, string? At, string? Place, string? Agenda,
    ImmutableArray<DeskFact> Attendees, ImmutableArray<MeetingStatement> Statements,
    ImmutableArray<MeetingActionLine> Actions, string? CalledOff);

/// <summary>A meeting as staff see it.</summary>
public sealed record MeetingDetail(
    MeetingMinutes Minutes, ImmutableArray<DeskObligation> Duties, ImmutableArray<DeskForm> Forms);
