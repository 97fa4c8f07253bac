using CustomerComm.App.Ports;

namespace CustomerComm.App.Ledger;

/// <summary>
/// The published lines for pages and evidence. Lines never change, so they are kept; at most once a minute it is looked
/// whether there are new ones.
/// </summary>
public sealed class RootsReader(IAnchorStore anchors, TimeProvider time)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(1);

    private volatile Latest _latest = new(null, DateTimeOffset.MinValue);
    private volatile Kept _kept = new([], DateTimeOffset.MinValue);

    /// <summary>All lines, oldest first.</summary>
    public async Task<IReadOnlyList<PublishedAnchor>> ReadAsync(CancellationToken ct)
    {
        var (kept, now) = (_kept, time.GetUtcNow());
        if (now - kept.Looked < s_fresh)
            return kept.Lines;
        // Two that look at once find the same.
        var after = kept.Lines is [.., var last] ? last.Anchor.Date : (DateOnly?)null;
        var more = await anchors.ListAsync(after, ct).ToListAsync(ct);
        _kept = new Kept([.. kept.Lines, .. more], now);
        return _kept.Lines;
    }

    /// <summary>The last line, or null; it holds.</summary>
    public async Task<AnchorLine?> FindLatestAsync(CancellationToken ct)
    {
        var (latest, now) = (_latest, time.GetUtcNow());
        if (now - latest.Looked < s_fresh)
            return latest.Line;
        var found = await anchors.FindLatestAsync(ct);
        _latest = new Latest(found is { Wrong: null } ? AnchorLine.Parse(found.Line) : null, now);
        return _latest.Line;
    }

    /// <summary>The public half of the key that signs, PEM; null where nothing was ever signed.</summary>
    public Task<string?> FindKeyAsync(CancellationToken ct) => anchors.FindPublicKeyAsync(ct);

    private sealed record Latest(AnchorLine? Line, DateTimeOffset Looked);

    private sealed record Kept(IReadOnlyList<PublishedAnchor> Lines, DateTimeOffset Looked);
}
