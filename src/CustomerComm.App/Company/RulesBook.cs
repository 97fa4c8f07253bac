using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerComm.App.Calls;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Company;

/// <summary>
/// The rules that complaints are decided by: a complaint keeps the policy it was opened under, so every policy ever adopted is
/// kept in the ledger, one stream a community. So is who the company was: who held which post, and by which homes, committees
/// and numbers, decides who may do what.
/// </summary>
public sealed class RulesBook(IEventStore store, CompanyDirectory directory, PolicyFile file, DutyBoard board)
{
    private const string Adopted = "PolicyAdopted";
    private const string Prefix = "policy.";
    private const int MostListed = 100;
    private readonly ConcurrentDictionary<(CommunityId, string), Rules> _rules = new();
    private readonly ConcurrentDictionary<CommunityId, string> _current = new();

    private readonly List<(StreamId Stream, long Version, string Type, byte[] Payload)> _new = [];

    private ImmutableArray<CommunityId> _former = [];

    /// <summary>The company's people and homes.</summary>
    public CompanyDirectory Directory => directory;

    /// <summary>
    /// Communities that are no longer in the company file; what is open there stays readable, and goes on by the
    /// policy it
    /// had.
    /// </summary>
    public ImmutableArray<CommunityId> Former => _former;

    /// <summary>
    /// Where the files say something else than what was adopted last; null: they do not, or nothing was adopted yet.
    /// </summary>
    public (StreamId Stream, long Version, string Text)? Unadopted => _new.Find(n => n.Version > 0) is { Version: > 0 } first
        ? (first.Stream, first.Version, first.Stream == CompanyRecord.Stream
            ? "the company file says something else than what was adopted here last"
            : "the policy file, or its calendar, says something else than what was adopted here last")
        : null;

    /// <summary>
    /// Reads what was adopted before, and adopts what the files say where it is new: each change is an event. Run once at
    /// start.
    /// </summary>
    public async Task LoadAsync(TimeProvider time, CancellationToken ct)
    {
        await ReadAsync(ct);
        foreach (var (stream, version, type, payload) in _new)
        {
            var adopted = new Append(
                stream, version, time.Now(), [new NewEvent(type, payload)], [], [], null, Open: false);
            if (await store.AppendAsync(adopted, ct) is not AppendResult.Appended)
                throw new InvalidOperationException($"What {stream} says was adopted by another process.");
        }

        _new.Clear();
    }

    /// <summary>Reads what was adopted, and what the files say now, without adopting it: for audits.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        _new.Clear();
        foreach (var community in directory.Communities)
        {
            var stream = new StreamId(Prefix + community.Id);
            var events = await store.ReadAsync(stream, 0, ct);
            foreach (var e in events)
                Keep(community, e.Payload);
            var entry = file.Communities?.GetValueOrDefault(community.Id.Value) ?? file.Company;
            var payload = JsonSerializer.SerializeToUtf8Bytes(entry, PolicyFile.Json);
            if (Keep(community, payload) != (events.Count == 0 ? null : VersionOf(events[^1].Payload.Span)))
                _new.Add((stream, events.Count, Adopted, payload));
        }

        var company = await store.ReadAsync(CompanyRecord.Stream, 0, ct);
        var record = CompanyRecord.Of(directory);
        if (company is not [.., var last] || !last.Payload.Span.SequenceEqual(record))
            _new.Add((CompanyRecord.Stream, company.Count, CompanyRecord.Adopted, record));
        await LoadFormerAsync(ct);
    }

    /// <summary>Policies of communities that were taken out of the file since: they stand beside the others.</summary>
    private async Task LoadFormerAsync(CancellationToken ct)
    {
        var former = ImmutableArray.CreateBuilder<CommunityId>();
        var after = new StreamId(Prefix);
        while (await store.ListAsync(after, MostListed, ct) is { Count: > 0 } heads)
        {
            foreach (var head in heads.Where(h => h.Stream.Value.StartsWith(Prefix, StringComparison.Ordinal)))
            {
                var id = new CommunityId(head.Stream.Value[Prefix.Length..]);
                if (directory.Find(id) is not null)
                    continue;
                foreach (var e in await store.ReadAsync(head.Stream, 0, ct))
                    Keep(directory.Known(id), e.Payload);
                former.Add(id);
            }

            after = heads[^1].Stream;
            if (!after.Value.StartsWith(Prefix, StringComparison.Ordinal))
                break;
        }

        _former = former.ToImmutable();
        // One that was there before was taken out, and stands on the desk; one that never was is a slip of the pen.
        if (directory.Strays().FirstOrDefault(s => !_former.Contains(s.Community)) is { Where: { } where } stray)
            throw new InvalidDataException($"Company file, {where}: there is no community '{stray.Community}'.");
    }

    /// <summary>Rules of a community now.</summary>
    public Rules Current(CommunityId community) =>
        _current.TryGetValue(community, out var version)
            ? Now(community, _rules[(community, version)])
            : throw new InvalidOperationException($"Community {community} has no policy; was the book loaded?");

    /// <summary>
    /// When the quiet hours are over that it is now in a community; null where it is none, or no such community any more.
    /// </summary>
    public DateTimeOffset? QuietUntil(CommunityId community, DateTimeOffset now) =>
        _current.TryGetValue(community, out var version) && _rules[(community, version)] is var rules
            ? rules.Policy.QuietHours.Until(now, rules.Calendar)
            : null;

    /// <summary>Rules a complaint was opened under.</summary>
    public Rules Of(CommunityId community, string version) =>
        _rules.TryGetValue((community, version), out var rules) ? Now(community, rules) : Current(community);

    /// <summary>Whoever the roster has on duty now is first in line, for older matters too (4.5.2).</summary>
    private Rules Now(CommunityId community, Rules rules)
    {
        var now = board.Apply(directory, community);
        return now == directory ? rules : rules with { Directory = now };
    }

    private string Keep(Community community, ReadOnlyMemory<byte> payload)
    {
        var version = VersionOf(payload.Span);
        var entry = JsonSerializer.Deserialize<PolicyEntry>(payload.Span, PolicyFile.Json)!;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(community.TimeZone);
        _rules[(community.Id, version)] =
            new Rules(entry.Limits, version, new WorkingCalendar(zone, entry.Calendar), directory);
        _current[community.Id] = version;
        return version;
    }

    private static string VersionOf(ReadOnlySpan<byte> payload) =>
        Convert.ToHexStringLower(SHA256.HashData(payload).AsSpan(0, 6));
}
