using System.Collections.Immutable;

namespace CustomerComm.Domain.Meetings;

/// <summary>What can be asked of a meeting.</summary>
public abstract record MeetingCommand
{
    private MeetingCommand()
    {
    }

    /// <summary>One is due; by the system alone.</summary>
    public sealed record Seek(string Number, CommunityId Community) : MeetingCommand;

    /// <summary>Sets time and place, again too.</summary>
    public sealed record Plan(
        string Number, CommunityId Community, DateTimeOffset At, string Place, string? Agenda) : MeetingCommand;

    /// <summary>Calls it off.</summary>
    public sealed record CallOff(string Reason) : MeetingCommand;

    /// <summary>Records that it was held, who came and what was said; speakers with their words.</summary>
    public sealed record Hold(
        DateTimeOffset At, string Place, ImmutableArray<Attendee> Attendees,
        ImmutableArray<(string Speaker, string Text)> Statements) : MeetingCommand;

    /// <summary>Adds something that was said.</summary>
    public sealed record Note(string Speaker, string Text) : MeetingCommand;

    /// <summary>Corrects a statement.</summary>
    public sealed record Correct(int No, string Text, string Reason) : MeetingCommand;

    /// <summary>Records an action that was agreed on.</summary>
    public sealed record Agree(string What, StaffId Owner, DateTimeOffset Due) : MeetingCommand;

    /// <summary>Records that an action was carried out.</summary>
    public sealed record Finish(int No, string Result) : MeetingCommand;

    /// <summary>Sends the minutes to the committee.</summary>
    public sealed record SendMinutes : MeetingCommand;
}
