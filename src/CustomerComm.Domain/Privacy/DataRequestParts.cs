using System.Collections.Immutable;

namespace CustomerComm.Domain.Privacy;

/// <summary>What is asked about a person's data.</summary>
public enum DataRequestType
{
    /// <summary>查阅、复制: everything that is kept of them (PIPL article 45, GDPR article 15).</summary>
    Copy,
    /// <summary>删除: that it can be read no more (PIPL article 47, GDPR article 17).</summary>
    Erasure,
}

/// <summary>Where a data request stands.</summary>
public enum DataRequestStage
{
    /// <summary>Somebody has to make sure who asks.</summary>
    ToExamine,
    /// <summary>It has to be answered: the copy given, the erasure decided on.</summary>
    ToAnswer,
    /// <summary>The erasure was approved and waits for its time.</summary>
    Approved,
    /// <summary>The person was told that they are being erased now.</summary>
    Announced,
    /// <summary>Keys are being erased.</summary>
    Erasing,
    /// <summary>The copy was given, the person was erased.</summary>
    Done,
    /// <summary>Refused with a reason.</summary>
    Refused,
    /// <summary>The person stopped it.</summary>
    Stopped,
}

/// <summary>Why somebody cannot be erased yet.</summary>
public enum DataHoldKind
{
    /// <summary>A complaint of theirs is open.</summary>
    OpenComplaint,
    /// <summary>An order of theirs is open.</summary>
    OpenOrder,
    /// <summary>What ended not long ago is kept whole until then.</summary>
    TermRuns,
    /// <summary>Another data request of theirs is open.</summary>
    OpenRequest,
    /// <summary>They work for the company, which needs their number.</summary>
    Employed,
}

/// <summary>One reason why somebody cannot be erased yet: a number, and until when where that is known.</summary>
public sealed record DataHold(DataHoldKind Kind, string Number, DateTimeOffset? Until);

/// <summary>
/// How a person stands: what keeps them from being erased, and whom their complaints, open or not, are against.
/// </summary>
public sealed record PersonStanding(ImmutableArray<DataHold> Holds, ImmutableArray<StaffId> Against)
{
    /// <summary>Nothing is known of them.</summary>
    public static PersonStanding Clear { get; } = new([], []);
}
