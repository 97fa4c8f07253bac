using System.Globalization;
using System.Security.Cryptography;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>
/// The anchors: that they are whole and signed, and are those that an outsider kept; then, head by head in the order in
/// which they were anchored, that each is still in the store, and that nothing came in behind a root under an older date.
/// </summary>
internal sealed class AnchorVerifier(IEventStore store, IAnchorStore anchors, LedgerCheck check, LedgerCount count)
{
    private const int HeadsAtOnce = 500;

    /// <summary>So long a running host may owe an anchor: a day, and another for what hinders it.</summary>
    private static readonly TimeSpan s_owed = TimeSpan.FromDays(3);

    private readonly Dictionary<StreamId, long> _anchored = [];

    public async Task<LedgerFault?> VerifyAsync(CancellationToken ct)
    {
        DateOnly? current = null;
        try
        {
            using var key = await KeyAsync(ct).ConfigureAwait(false);
            var (roots, outside) = Roots(key);
            if (outside is not null)
                return outside;
            var chain = new AnchorChain(key);
            LedgerAnchor? before = null;
            await foreach (var published in anchors.ListAsync(null, ct).ConfigureAwait(false))
            {
                current = published.Anchor.Date;
                if (Line(published, chain, roots, before) is { } fault)
                    return fault;
                if (await DayAsync(published.Anchor, before, ct).ConfigureAwait(false) is { } head)
                    return head;
                before = published.Anchor;
                count.AddAnchor();
            }

            return End(roots, before) ?? await TailAsync(before, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            return LedgerFault.Of(
                LedgerFaultKind.BadAnchor, current, $"it, or the anchor behind it, cannot be read: {e.Message}");
        }
    }

    private async Task<ECDsa?> KeyAsync(CancellationToken ct) =>
        (check.Key ?? await anchors.FindPublicKeyAsync(ct).ConfigureAwait(false)) is { } pem
            ? AnchorLine.Open(pem)
            : null;

    /// <summary>The lines an outsider kept, by day. They need not be all: an owner may have noted only some.</summary>
    private (Dictionary<DateOnly, string> Roots, LedgerFault? Fault) Roots(ECDsa? key)
    {
        var roots = new Dictionary<DateOnly, string>();
        AnchorChain? chain = null;
        string? before = null;
        foreach (var text in check.Roots ?? [])
        {
            var line = AnchorLine.Parse(text);
            var date = line.Anchor.Date;
            string? wrong;
            if (chain is not null && line.Previous == AnchorLine.HashOf(before!))
                wrong = chain.Add(line, text);
            else
                wrong = (chain = new AnchorChain(key)).Begin(line, text);
            if (wrong is not null || !roots.TryAdd(date, text))
                return (roots, Fault(LedgerFaultKind.BadRoot, date, $"in the file of roots: {wrong ?? "it is there twice"}"));
            before = text;
        }

        return (roots, null);
    }

    /// <summary>One anchor's line by itself, behind the one before, and beside what was kept outside.</summary>
    private static LedgerFault? Line(
        PublishedAnchor published, AnchorChain chain, Dictionary<DateOnly, string> roots, LedgerAnchor? before)
    {
        var date = published.Anchor.Date;
        var missed = roots.Keys.Where(d => d < date && (before is null || d > before.Date)).Order().ToList();
        if (missed is [var first, ..])
            return Fault(LedgerFaultKind.BadRoot, first, "it was published, and the anchors have none of that day");
        if (chain.Add(AnchorLine.Parse(published.Line), published.Line) is { } wrong)
            return Fault(LedgerFaultKind.BadAnchor, date, wrong);
        if (published.Wrong is { } own)
            return Fault(LedgerFaultKind.BadAnchor, date, own);
        return roots.TryGetValue(date, out var kept) && kept != published.Line
            ? Fault(LedgerFaultKind.BadRoot, date, "another one was published than the anchors have: they were replaced")
            : null;
    }

    private static LedgerFault? End(Dictionary<DateOnly, string> roots, LedgerAnchor? last)
    {
        var behind = roots.Keys.Where(d => last is null || d > last.Date).Order().ToList();
        return behind is [var first, ..]
            ? Fault(LedgerFaultKind.BadRoot, first, last is null
                ? "it was published, and there are no anchors"
                : $"it was published, and the anchors end at {AnchorLine.Name(last.Date)}: they were cut off, or they and the "
                    + "store are an older copy")
            : null;
    }

    /// <summary>What a day added: that it makes the day's root, and that the store still has it.</summary>
    private async Task<LedgerFault?> DayAsync(LedgerAnchor anchor, LedgerAnchor? before, CancellationToken ct)
    {
        var day = await anchors.ReadDayAsync(anchor.Date, ct).ConfigureAwait(false);
        var tree = AnchorStore.TreeOf(day);
        // Heads that do not have the signed root prove nothing about a stream, so the root goes first.
        if (tree.Size != anchor.Size || !tree.Root().AsSpan().SequenceEqual(anchor.RootHash.Span)
            || tree.Before != (before?.Size ?? 0)
            || (before is not null && !tree.RootBefore().AsSpan().SequenceEqual(before.RootHash.Span)))
        {
            return Fault(LedgerFaultKind.BadAnchor, anchor.Date, "the heads kept for it do not have its root");
        }

        foreach (var leaf in day.Leaves)
        {
            if (await LeafAsync(leaf, anchor, before, ct).ConfigureAwait(false) is { } fault)
                return fault;
            _anchored[leaf.Stream] = leaf.Version;
        }

        return null;
    }

    private async Task<LedgerFault?> LeafAsync(
        AnchorLeaf leaf, LedgerAnchor anchor, LedgerAnchor? before, CancellationToken ct)
    {
        var found = await store.ReadAsync(leaf.Stream, leaf.Version - 1, ct, take: 1).ConfigureAwait(false);
        if (found is not [{ } e] || e.Version != leaf.Version)
        {
            return LedgerFault.At(LedgerFaultKind.Truncated, leaf.Stream, leaf.Version,
                $"the event is gone, though the root of {AnchorLine.Name(anchor.Date)} has it", anchor.Date);
        }

        if (!e.Hash.Span.SequenceEqual(leaf.Hash.Span))
        {
            return LedgerFault.At(LedgerFaultKind.Rewritten, leaf.Stream, leaf.Version,
                $"the root of {AnchorLine.Name(anchor.Date)} has another event here", anchor.Date);
        }

        if (e.At > anchor.At + LedgerAnchoring.Margin)
        {
            return LedgerFault.At(LedgerFaultKind.Backdated, leaf.Stream, leaf.Version,
                $"it is dated {e.At:O}, and the root of {AnchorLine.Name(anchor.Date)} had it before then", anchor.Date);
        }

        return before is null ? null : await NewAsync(leaf.Stream, before, ct).ConfigureAwait(false);
    }

    /// <summary>The first event behind what a root had: it came later, so it bears a later time.</summary>
    private async Task<LedgerFault?> NewAsync(StreamId stream, LedgerAnchor root, CancellationToken ct)
    {
        var had = _anchored.GetValueOrDefault(stream);
        var found = await store.ReadAsync(stream, had, ct, take: 1).ConfigureAwait(false);
        return found is [{ } e] && e.At < root.At - LedgerAnchoring.Margin
            ? LedgerFault.At(LedgerFaultKind.Backdated, stream, e.Version, string.Create(
                CultureInfo.InvariantCulture,
                $"it is dated {e.At:O}, and the root of {AnchorLine.Name(root.Date)}, made later, does not have it"), root.Date)
            : null;
    }

    /// <summary>What no root has yet: it came after the last one.</summary>
    private async Task<LedgerFault?> TailAsync(LedgerAnchor? last, CancellationToken ct)
    {
        var from = last?.At.ToUnixTimeMilliseconds() ?? count.Times.First;
        if (count.Events > 0 && count.Times.Last - from > s_owed.TotalMilliseconds)
        {
            return Fault(LedgerFaultKind.NotAnchored, last?.Date, string.Create(
                CultureInfo.InvariantCulture,
                $"{(last is null ? "there is none at all" : "it is the last")}, and events came until "
                + $"{DateTimeOffset.FromUnixTimeMilliseconds(count.Times.Last):O}: anchors were cut off, or the job 'ledger-anchor' does not run"));
        }

        if (last is null)
            return null;
        StreamId? after = null;
        while (await store.ListAsync(after, HeadsAtOnce, ct).ConfigureAwait(false) is { Count: > 0 } heads)
        {
            foreach (var head in heads.Where(h => _anchored.GetValueOrDefault(h.Stream) < h.Version))
            {
                if (await NewAsync(head.Stream, last, ct).ConfigureAwait(false) is { } fault)
                    return fault;
            }

            after = heads[^1].Stream;
        }

        return null;
    }

    private static LedgerFault Fault(LedgerFaultKind kind, DateOnly? date, string text) => LedgerFault.Of(kind, date, text);
}
