using System.Globalization;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>
/// Recomputes every stream's hash chain and compares it with its head; then, where anchors are given, checks their
/// signatures and roots, and that every event ever anchored is still the one in the store. Chains alone show a changed
/// event; only anchors show a tail that was cut off together with its head, a stream that is gone, or a history that
/// was written anew with fitting hashes. May run while the system works. Memory does not grow with the ledger.
/// </summary>
public sealed class LedgerVerifier(IEventStore store, IAnchorStore? anchors = null)
{
    private const int HeadsAtOnce = 500;
    private const int EventsAtOnce = 100;

    /// <summary>Verifies all, up to the first fault: streams in order of their id, then anchors by date.</summary>
    public async Task<LedgerReport> VerifyAsync(IProgress<LedgerProgress>? progress, CancellationToken ct)
    {
        var count = new Count(progress);
        var fault = await VerifyStreamsAsync(count, ct).ConfigureAwait(false);
        if (fault is null && anchors is not null)
            fault = await VerifyAnchorsAsync(anchors, count, ct).ConfigureAwait(false);
        return new LedgerReport(count.Streams, count.Events, count.Anchors, fault);
    }

    private async Task<LedgerFault?> VerifyStreamsAsync(Count count, CancellationToken ct)
    {
        StreamId? after = null;
        while (true)
        {
            var heads = await store.ListAsync(after, HeadsAtOnce, ct).ConfigureAwait(false);
            foreach (var head in heads)
            {
                if (await VerifyStreamAsync(head, count, ct).ConfigureAwait(false) is { } fault)
                    return fault;
                count.Streams++;
            }

            count.Report();
            if (heads.Count == 0)
                return null;
            after = heads[^1].Stream;
        }
    }

    private async Task<LedgerFault?> VerifyStreamAsync(StreamHead head, Count count, CancellationToken ct)
    {
        var previous = HashChain.Start;
        var version = 0L;
        var atOnce = EventsAtOnce;
        while (version < head.Version)
        {
            var take = (int)Math.Min(atOnce, head.Version - version);
            var (events, unreadable) = await ReadAsync(head.Stream, version, take, ct).ConfigureAwait(false);
            if (unreadable is not null && take == 1)
                return Fault(LedgerFaultKind.Altered, head.Stream, version + 1, unreadable);
            if (unreadable is not null)
            {
                // One by one, to name the one that it is.
                atOnce = 1;
                continue;
            }

            foreach (var e in events)
            {
                version++;
                if (VerifyEvent(e, version, previous.Span) is { } fault)
                    return fault;
                previous = e.Hash;
                count.Events++;
            }

            if (events.Count == 0)
            {
                return Fault(LedgerFaultKind.Gap, head.Stream, version + 1,
                    $"the event is missing; the head says that the stream ends at {Text(head.Version)}");
            }
        }

        return head.Hash.Span.SequenceEqual(previous.Span)
            ? await VerifyEndAsync(head, ct).ConfigureAwait(false)
            : Fault(LedgerFaultKind.WrongHead, head.Stream, version, "the head has another hash than the last event");
    }

    private async Task<(IReadOnlyList<StoredEvent> Events, string? Unreadable)> ReadAsync(
        StreamId stream, long after, int take, CancellationToken ct)
    {
        try
        {
            return (await store.ReadAsync(stream, after, ct, take).ConfigureAwait(false), null);
        }
        catch (InvalidDataException e)
        {
            return ([], e.Message);
        }
    }

    private static LedgerFault? VerifyEvent(StoredEvent e, long version, ReadOnlySpan<byte> previous)
    {
        if (e.Version != version)
            return Fault(LedgerFaultKind.Gap, e.Stream, version, $"the event is missing; {Text(e.Version)} comes next");
        if (!e.PreviousHash.Span.SequenceEqual(previous))
        {
            return Fault(LedgerFaultKind.BrokenLink, e.Stream, version,
                "the event does not name the hash of the event before it");
        }

        return HashChain.Holds(e, previous)
            ? null
            : Fault(LedgerFaultKind.Altered, e.Stream, version, "the event's content does not have the event's hash");
    }

    /// <summary>An event behind the head is right only where the stream has grown since its head was read.</summary>
    private async Task<LedgerFault?> VerifyEndAsync(StreamHead head, CancellationToken ct)
    {
        var behind = await store.ReadAsync(head.Stream, head.Version, ct, take: 1).ConfigureAwait(false);
        if (behind.Count == 0)
            return null;
        var now = await store.ReadHeadAsync(head.Stream, ct).ConfigureAwait(false);
        return now?.Version >= behind[0].Version
            ? null
            : Fault(LedgerFaultKind.WrongHead, head.Stream, behind[0].Version,
                $"the event lies behind the head, which ends at {Text(head.Version)}");
    }

    private async Task<LedgerFault?> VerifyAnchorsAsync(IAnchorStore from, Count count, CancellationToken ct)
    {
        DateOnly? before = null;
        var current = before;
        try
        {
            await foreach (var published in from.ListAsync(ct).ConfigureAwait(false))
            {
                current = published.Anchor.Date;
                if (!published.Authentic)
                    return BadAnchor(current, "its signature does not hold, or an anchor before it is not as it was");
                if (await VerifyLeavesAsync(from, published.Anchor, before, ct).ConfigureAwait(false) is { } fault)
                    return fault;
                before = current;
                count.Anchors++;
                count.Report();
            }

            return null;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            return BadAnchor(current, $"it, or the anchor behind it, cannot be read: {e.Message}");
        }
    }

    /// <summary>
    /// Compares an anchor's leaves with its root and with the store. What the anchor before had just the same was
    /// compared then: most streams never change again, so this keeps years of anchors affordable.
    /// </summary>
    private async Task<LedgerFault?> VerifyLeavesAsync(
        IAnchorStore from, LedgerAnchor anchor, DateOnly? before, CancellationToken ct)
    {
        var tree = new MerkleTree();
        LedgerFault? first = null;
        var leavesBefore = before is { } date ? from.ReadLeavesAsync(date, ct) : AsyncEnumerable.Empty<AnchorLeaf>();
        var earlier = leavesBefore.GetAsyncEnumerator(ct);
        await using (earlier.ConfigureAwait(false))
        {
            var more = await earlier.MoveNextAsync().ConfigureAwait(false);
            await foreach (var leaf in from.ReadLeavesAsync(anchor.Date, ct).ConfigureAwait(false))
            {
                tree.Add(leaf);
                while (more && string.CompareOrdinal(earlier.Current.Stream.Value, leaf.Stream.Value) < 0)
                    more = await earlier.MoveNextAsync().ConfigureAwait(false);
                if (first is null && !(more && Same(earlier.Current, leaf)))
                    first = await VerifyLeafAsync(leaf, anchor.Date, ct).ConfigureAwait(false);
            }
        }

        // Leaves that do not have the signed root prove nothing about a stream, so the root goes first.
        return tree.Count == anchor.Streams && tree.Root().AsSpan().SequenceEqual(anchor.RootHash.Span)
            ? first
            : BadAnchor(anchor.Date, "its leaves do not have its root");
    }

    private async Task<LedgerFault?> VerifyLeafAsync(AnchorLeaf leaf, DateOnly date, CancellationToken ct)
    {
        if (leaf.Version == 0)
        {
            return await store.ReadHeadAsync(leaf.Stream, ct).ConfigureAwait(false) is null
                ? Lost(leaf, date)
                : null;
        }

        var found = await store.ReadAsync(leaf.Stream, leaf.Version - 1, ct, take: 1).ConfigureAwait(false);
        if (found.Count == 0 || found[0].Version != leaf.Version)
            return Lost(leaf, date);
        return found[0].Hash.Span.SequenceEqual(leaf.Hash.Span)
            ? null
            : Fault(LedgerFaultKind.Rewritten, leaf.Stream, leaf.Version,
                $"the anchor of {Text(date)} has another event here", date);
    }

    private static bool Same(AnchorLeaf a, AnchorLeaf b) =>
        a.Stream == b.Stream && a.Version == b.Version && a.Hash.Span.SequenceEqual(b.Hash.Span);

    private static LedgerFault Lost(AnchorLeaf leaf, DateOnly date) =>
        Fault(LedgerFaultKind.Truncated, leaf.Stream, leaf.Version,
            $"the event is gone, though the anchor of {Text(date)} has it", date);

    private static LedgerFault BadAnchor(DateOnly? date, string text) =>
        new(LedgerFaultKind.BadAnchor, null, 0, date, $"Anchor of {(date is { } d ? Text(d) : "?")}: {text}.");

    private static LedgerFault Fault(
        LedgerFaultKind kind, StreamId stream, long version, string text, DateOnly? anchor = null) =>
        new(kind, stream, version, anchor, $"Stream {stream.Value}, event {Text(version)}: {text}.");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class Count(IProgress<LedgerProgress>? progress)
    {
        public long Streams { get; set; }

        public long Events { get; set; }

        public long Anchors { get; set; }

        public void Report() => progress?.Report(new LedgerProgress(Streams, Events, Anchors));
    }
}
