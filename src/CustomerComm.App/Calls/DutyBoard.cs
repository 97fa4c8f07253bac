using System.Collections.Concurrent;
using System.Collections.Immutable;
using CustomerComm.Domain;
using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Calls;

/// <summary>
/// Who is on duty at each office now, as the rosters say, so that a decision made now sends to whoever sits there
/// (4.5.2). Kept in memory; <see cref="DutyBoardKeeper"/> keeps it up to date.
/// </summary>
public sealed class DutyBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<CommunityId, (RosterPlan Plan, TimeZoneInfo Zone)> _plans = new();

    private readonly ConcurrentDictionary<CommunityId, Shown> _shown = new();

    /// <summary>Takes a community's roster as it stands.</summary>
    public void Show(CommunityId community, RosterPlan plan, TimeZoneInfo zone)
    {
        if (plan.IsEmpty)
            return;
        _plans[community] = (plan, zone);
        _shown.TryRemove(community, out _);
    }

    /// <summary>Who is on duty; null where the community has no roster, so that the company file counts.</summary>
    public ImmutableHashSet<StaffId>? OnDuty(CommunityId community) =>
        _plans.TryGetValue(community, out var roster) ? roster.Plan.OnDuty(time.Now(), roster.Zone) : null;

    /// <summary>The company with those on duty now first in line at the community's office.</summary>
    public CompanyDirectory Apply(CompanyDirectory directory, CommunityId community)
    {
        if (!_plans.TryGetValue(community, out var roster))
            return directory;
        var now = time.Now();
        var minute = now.UtcTicks / TimeSpan.TicksPerMinute;
        // Shifts begin and end with whole minutes, so within one minute the answer stays the same.
        if (_shown.TryGetValue(community, out var shown) && shown.Minute == minute && shown.Of == directory)
            return shown.Directory;
        var applied = directory.WithOnDuty(community, roster.Plan.OnDuty(now, roster.Zone));
        _shown[community] = new Shown(minute, directory, applied);
        return applied;
    }

    private sealed record Shown(long Minute, CompanyDirectory Of, CompanyDirectory Directory);
}

/// <summary>Reads the rosters again where other processes may have changed them: at start, and once a minute.</summary>
public sealed class DutyBoardKeeper(RosterKind rosters, CompanyDirectory directory, TimeProvider time)
{
    private static readonly TimeSpan s_between = TimeSpan.FromMinutes(1);
    private long _readAt = long.MinValue;

    /// <summary>Reads them where the last reading is a minute old; costs nothing in between.</summary>
    public async ValueTask RefreshAsync(CancellationToken ct)
    {
        var now = time.Now().UtcTicks;
        var before = Interlocked.Read(ref _readAt);
        if (before != long.MinValue && now - before < s_between.Ticks && now >= before)
            return;
        if (Interlocked.CompareExchange(ref _readAt, now, before) != before)
            return;
        foreach (var community in directory.Communities)
            await rosters.FindAsync(community.Id, ct);
    }
}
