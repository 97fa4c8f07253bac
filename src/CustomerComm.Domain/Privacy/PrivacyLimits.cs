using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Privacy;

/// <summary>
/// Limits of what is kept of persons (PIPL articles 19, 44 to 50; GDPR articles 12 to 17).
/// </summary>
public sealed record PrivacyLimits
{
    /// <summary>Answering a data request. Default 15 working days, as is usual under PIPL article 50.</summary>
    public Limit Answer { get; init; } = new(15, TimeUnit.WorkingDays);

    /// <summary>Making sure who asks, where they asked by their own link. Default 3 working days.</summary>
    public Limit Examine { get; init; } = new(3, TimeUnit.WorkingDays);

    /// <summary>
    /// Between the approval of an erasure and the erasure: whoever was told of it and did not ask can stop it. Default 3 days.
    /// </summary>
    public Limit EraseAfter { get; init; } = new(3, TimeUnit.Days);

    /// <summary>How long after its time an erasure may take until somebody must look. Default 1 working day.</summary>
    public Limit CarryOut { get; init; } = new(1, TimeUnit.WorkingDays);

    /// <summary>
    /// How long a complaint or an order is kept whole after its end, whoever asks for erasure (PIPL article 47). Default 30
    /// days, within which a resident may object.
    /// </summary>
    public Limit KeepAfterEnd { get; init; } = new(30, TimeUnit.Days);

    /// <summary>The furthest a legal hold may lie ahead. Default 1,095 days: the period of limitation of three years.</summary>
    public Limit LongestHold { get; init; } = new(1_095, TimeUnit.Days);

    /// <summary>How long a copy can be fetched. Default 14 days.</summary>
    public Limit CopyLink { get; init; } = new(14, TimeUnit.Days);

    /// <summary>
    /// How many days it is kept who looked at a complaint. Default 365; six months are the least for such a log (网络安全法 21).
    /// </summary>
    public int KeepAccess { get; init; } = 365;
}
