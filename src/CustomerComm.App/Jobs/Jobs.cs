using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Jobs;

/// <summary>
/// What must be done by the clock, by name, so that every host's scheduler calls the same. Repeating a job, or running
/// it twice at once, does no harm.
/// </summary>
public sealed class Jobs(
    IEventStore store, INudge nudge, NumberAudit audit, Lazy<LedgerAnchoring> anchoring, CompanyDirectory directory,
    TimeProvider time)
{
    /// <summary>Nudges every stream that is overdue: a nudge that was lost costs a minute.</summary>
    public const string Sweep = "sweep";

    /// <summary>Accounts for every number given out (4.6.2-1).</summary>
    public const string AuditNumbers = "number-audit";

    /// <summary>Publishes today's anchor of the ledger.</summary>
    public const string AnchorLedger = "ledger-anchor";

    /// <summary>How long a stream may be due before the sweep takes its nudge for lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int MostNudges = 2_000;

    /// <summary>Names of all jobs.</summary>
    public static IReadOnlyList<string> Names { get; } = [Sweep, AuditNumbers, AnchorLedger];

    /// <summary>Runs a job; an unknown name throws.</summary>
    public Task RunAsync(string name, CancellationToken ct) => name switch
    {
        Sweep => SweepAsync(ct),
        AuditNumbers => audit.RunAsync(ct),
        AnchorLedger => AnchorAsync(ct),
        _ => throw new ArgumentException($"There is no job '{name}'.", nameof(name)),
    };

    private async Task SweepAsync(CancellationToken ct)
    {
        foreach (var head in await store.DueAsync(time.Now() - Patience, MostNudges, ct))
            nudge.Nudge(head.Stream);
    }

    private async Task AnchorAsync(CancellationToken ct)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(directory.Communities[0].TimeZone);
        await anchoring.Value.PublishAsync(
            DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.Now(), zone).DateTime), ct);
    }
}
