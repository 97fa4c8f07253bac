namespace CustomerComm.Domain.Directory;

/// <summary>Who owes something: one person, or whoever is on duty for a unit. Exactly one of the two is set.</summary>
public readonly record struct Party(Unit? Unit, StaffId? Staff)
{
    /// <summary>A person.</summary>
    public static Party Of(StaffId staff) => new(null, staff);

    /// <summary>A unit; whoever is on duty there.</summary>
    public static Party Of(Unit unit) => new(unit, null);

    /// <summary>Key in work lists: <c>staff:s-li</c>, or <c>unit:HY:Office</c> within a community.</summary>
    public string Key(CommunityId community) => Staff is { } s ? $"staff:{s}" : $"unit:{community}:{Unit}";

    /// <inheritdoc/>
    public override string ToString() => Staff is { } s ? s.Value : Unit.ToString()!;
}

/// <summary>Who gives a command.</summary>
public abstract record Actor
{
    private Actor()
    {
    }

    /// <summary>The resident of the complaint, shown by a token, their phone or their chat.</summary>
    public sealed record Resident : Actor;

    /// <summary>A member of staff.</summary>
    public sealed record Staff(StaffMember Member) : Actor;

    /// <summary>The system itself: intake, lapses, requests for signature.</summary>
    public sealed record System : Actor;
}
