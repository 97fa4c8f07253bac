using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Pumping;

/// <summary>
/// The watchdog behind the alarm clock: whatever is open must have a time at which somebody looks at it. What has none,
/// because its wake-up was lost, is moved forward and gets one. Reads only what is open.
/// </summary>
public sealed class OpenAudit(IEventStore store, Pump pump)
{
    private const int Page = 200;

    /// <summary>Looks through everything open; returns how many had no time and got one.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var woken = 0;
        StreamId? after = null;
        while (await store.ListOpenAsync(after, Page, ct) is { Count: > 0 } heads)
        {
            foreach (var head in heads.Where(h => h.NextDue is null))
            {
                if ((await pump.AdvanceAsync(head.Stream, ct)).WakeAt is not null)
                    woken++;
            }

            after = heads[^1].Stream;
        }

        return woken;
    }
}
