using System.Globalization;
using System.Text.Json;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Ledger;

/// <summary>
/// Makes evidence files. Whoever asks must have been let in before: a resident by their own link, staff by
/// <see cref="MayTakeWhole"/>.
/// </summary>
public sealed class EvidenceMaker(
    IEventStore store, IAnchorStore anchors, RootsReader roots, StreamKinds kinds, SealedJson json,
    CompanyDirectory company, TimeProvider time)
{
    private const int DaysLookedAt = 3;

    /// <summary>
    /// Those who verify the work of others and keep its records (4.5.4, 4.6.1-5), where they may see the complaint at all.
    /// </summary>
    public static bool MayTakeWhole(Complaint of, StaffMember staff, CompanyDirectory directory) =>
        staff.Unit is Unit.Quality or Unit.Leader && Authority.MaySee(of, staff, directory);

    /// <summary>
    /// The evidence of a matter; for a resident internal events stand by their hash alone. Null where there is no such
    /// matter, or no root covers it yet.
    /// </summary>
    public async Task<EvidenceFile?> MakeAsync(StreamId stream, bool resident, CancellationToken ct)
    {
        if (kinds.Of(stream) is not IMatterKind kind || await kind.AccountAsync(stream, ct) is not { } account)
            return null;
        var stored = await store.ReadAsync(stream, 0, ct);
        if (await PlaceAsync(stream, stored, ct) is not var (leaf, line))
            return null;
        var shown = stored.Where((e, i) => !resident || account.ShownToResident[i]).ToDictionary(e => e.Version);
        var outbox = await store.ReadOutboxAsync(stream, ct, all: true);
        var seen = await store.ReadSeenAsync(stream, ct);
        // Their words stand in messages to staff as well, which are sealed with others' keys: then nothing is opened.
        var closed = stored.Count > 0 && await json.IsErasedAsync(stored[0].Payload, ct);
        var messages = new List<EvidenceMessage>();
        foreach (var m in outbox.Where(m => shown.ContainsKey(m.Version)))
        {
            var (outgoing, opened) = await OpenAsync(m.Payload, closed, ct);
            // What staff are told, and their numbers, is no resident's.
            if (!resident || IsToResident(outgoing))
            {
                messages.Add(new EvidenceMessage(
                    m.Version, m.Id, Convert.ToBase64String(m.Payload.Span), m.Status.ToString(), opened));
            }
        }

        return new EvidenceFile
        {
            Format = EvidenceFile.Known,
            Company = company.Company,
            Number = account.Number,
            Stream = stream.Value,
            Made = Text(time.Now()),
            Reader = resident ? "resident" : "auditor",
            Events = await EventsAsync(stored, shown.Keys.ToHashSet(), outbox, seen, closed, ct),
            Messages = messages,
            Obligations = [.. account.Steps.Where(s => !resident || IsOwedToResident(s.Kind)).Select(s => ObligationOf(s, resident))],
            Leaf = leaf,
            Root = line,
        };
    }

    private async Task<IReadOnlyList<EvidenceEvent>> EventsAsync(
        IReadOnlyList<StoredEvent> stored, HashSet<long> shown, IReadOnlyList<OutboxMessage> outbox,
        IReadOnlyList<TakenMessage> seen, bool closed, CancellationToken ct)
    {
        var items = outbox.Select(m => (m.Version, Item: HashChain.ItemOf(m.Id, m.Payload.Span)))
            .Concat(seen.Select(s => (s.Version, Item: HashChain.ItemOf(new SeenMessage(s.Id, s.Fingerprint)))))
            .ToLookup(i => i.Version, i => i.Item);
        var events = new List<EvidenceEvent>(stored.Count);
        foreach (var e in stored)
        {
            if (!shown.Contains(e.Version))
            {
                var content = HashChain.ContentOf(
                    e.Stream, e.Version, e.Type, e.At, System.Security.Cryptography.SHA256.HashData(e.Payload.Span),
                    e.Attached.Span);
                events.Add(new EvidenceEvent(e.Version, HashChain.Hex(content), null, null, null, null, null));
                continue;
            }

            var (_, opened) = await OpenAsync(e.Payload, closed, ct);
            events.Add(new EvidenceEvent(
                e.Version, null, e.Type, e.At.ToUnixTimeMilliseconds(), Convert.ToBase64String(e.Payload.Span),
                items.Contains(e.Version) ? [.. items[e.Version]] : null, opened));
        }

        return events;
    }

    /// <summary>The payload's data, and its sealed values opened; none where the person was erased.</summary>
    private async Task<(JsonElement Data, IReadOnlyList<OpenedValue>? Opened)> OpenAsync(
        ReadOnlyMemory<byte> payload, bool closed, CancellationToken ct)
    {
        using var document = JsonDocument.Parse(payload);
        var data = document.RootElement.TryGetProperty("d", out var found) ? found.Clone() : default;
        IReadOnlyList<OpenedValue> opened = closed ? [] : await json.OpenAsync(payload, ct);
        return (data, opened.Count == 0 ? null : opened);
    }

    /// <summary>A message to a party is to staff; one without is to the resident.</summary>
    private static bool IsToResident(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && !message.TryGetProperty("party", out _);

    /// <summary>
    /// The latest head of the stream that a published root covers, with the way to it. A head lies in the first anchor made
    /// after its last event, so only the days around the events' times are looked at, the latest first.
    /// </summary>
    private async Task<(EvidenceLeaf Leaf, string Line)?> PlaceAsync(
        StreamId stream, IReadOnlyList<StoredEvent> events, CancellationToken ct)
    {
        var lines = await roots.ReadAsync(ct);
        var looked = new HashSet<int>();
        foreach (var e in events.Reverse())
        {
            var from = lines.TakeWhile(l => l.Anchor.At < e.At - LedgerAnchoring.Margin).Count();
            for (var i = Math.Min(from + DaysLookedAt, lines.Count) - 1; i >= from; i--)
            {
                if (looked.Add(i) && await FindAsync(stream, lines[i], ct) is { } found)
                    return found;
            }
        }

        return null;
    }

    private async Task<(EvidenceLeaf Leaf, string Line)?> FindAsync(
        StreamId stream, PublishedAnchor anchor, CancellationToken ct)
    {
        var day = await anchors.ReadDayAsync(anchor.Anchor.Date, ct);
        for (var i = 0; i < day.Leaves.Count; i++)
        {
            var leaf = day.Leaves[i];
            if (leaf.Stream != stream)
                continue;
            var (tree, index) = (AnchorStore.TreeOf(day), day.Before + i);
            var place = new EvidenceLeaf(
                leaf.Version, HashChain.Hex(leaf.Hash.Span), index, tree.Size,
                [.. tree.Inclusion(index).Select(h => HashChain.Hex(h))]);
            return (place, anchor.Line);
        }

        return null;
    }

    /// <summary>Who of the staff it was is no resident's; the unit answers for it.</summary>
    private EvidenceObligation ObligationOf(ObligationStep s, bool resident) => new(
        s.Kind.ToString(), s.Clause, resident ? s.Owner.Unit?.ToString() ?? "staff" : s.Owner.ToString(), Text(s.Since),
        Text(s.Due), s.Done is { } done ? Text(done) : null, (s.Done ?? time.Now()) > s.Due);

    /// <summary>What concerns the resident, not how staff are judged.</summary>
    private static bool IsOwedToResident(ObligationKind kind) => kind is ObligationKind.Triage or ObligationKind.Assign
        or ObligationKind.Accept or ObligationKind.Resolve or ObligationKind.Answer or ObligationKind.ObtainSignature
        or ObligationKind.FollowUp or ObligationKind.AnswerObjection or ObligationKind.GiveRemedy
        or ObligationKind.CallBack or ObligationKind.DangerCallBack;

    private static string Text(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
