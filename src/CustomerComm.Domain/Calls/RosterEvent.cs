using System.Collections.Immutable;

namespace CustomerComm.Domain.Calls;

/// <summary>A day that is not covered, as found; to be covered by <paramref name="Due"/>.</summary>
public sealed record GapFound(DateOnly Day, DateTimeOffset From, int Minutes, DateTimeOffset Due);

/// <summary>
/// What can happen to a community's duty roster (4.5.2). Stored types: a field is never renamed or removed, new ones
/// have a default.
/// </summary>
public abstract record RosterEvent
{
    private RosterEvent()
    {
    }

    /// <summary>The roster is looked after from now on; a first shift is owed by <paramref name="Due"/>.</summary>
    public sealed record RosterBegun(CommunityId Community, string PolicyVersion, StaffId Owner, DateTimeOffset Due)
        : RosterEvent;

    /// <summary>A weekly shift was entered.</summary>
    public sealed record ShiftAdded(
        int Shift, ImmutableArray<DayOfWeek> Days, TimeOnly From, TimeOnly To, StaffId Staff, DateOnly First,
        StaffId By) : RosterEvent;

    /// <summary>A weekly shift ends with this day.</summary>
    public sealed record ShiftEnded(int Shift, DateOnly Last, StaffId By) : RosterEvent;

    /// <summary>A weekly shift falls away on a day.</summary>
    public sealed record ShiftExcused(int Shift, DateOnly Day, StaffId By) : RosterEvent;

    /// <summary>A shift on one day was entered.</summary>
    public sealed record ExtraAdded(int Extra, DateOnly Day, TimeOnly From, TimeOnly To, StaffId Staff, StaffId By)
        : RosterEvent;

    /// <summary>A shift on one day was dropped.</summary>
    public sealed record ExtraDropped(int Extra, StaffId By) : RosterEvent;

    /// <summary>Days were found that are not covered, or are so otherwise than before.</summary>
    public sealed record GapsFound(StaffId Owner, ImmutableArray<GapFound> Gaps) : RosterEvent;

    /// <summary>These days are covered now; or they passed as they were.</summary>
    public sealed record GapsClosed(ImmutableArray<DateOnly> Days, bool Covered) : RosterEvent;
}

/// <summary>What can be asked of a roster. The system looks ahead; the office enters.</summary>
public abstract record RosterCommand
{
    private RosterCommand()
    {
    }

    /// <summary>Looks for gaps in the days to come; begins the roster where there is none.</summary>
    public sealed record LookAhead(CommunityId Community) : RosterCommand;

    /// <summary>Enters a weekly shift from a day on.</summary>
    public sealed record AddShift(
        ImmutableArray<DayOfWeek> Days, TimeOnly From, TimeOnly To, StaffId Staff, DateOnly First) : RosterCommand;

    /// <summary>Ends a weekly shift with a day, the last one worked.</summary>
    public sealed record EndShift(int Shift, DateOnly Last) : RosterCommand;

    /// <summary>Lets a weekly shift fall away on a day.</summary>
    public sealed record ExcuseShift(int Shift, DateOnly Day) : RosterCommand;

    /// <summary>Enters a shift on one day.</summary>
    public sealed record AddExtra(DateOnly Day, TimeOnly From, TimeOnly To, StaffId Staff) : RosterCommand;

    /// <summary>Drops a shift of one day.</summary>
    public sealed record DropExtra(int Extra) : RosterCommand;
}
