using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Meetings;

namespace CustomerComm.App.Meetings;

/// <summary>
/// Meetings with the owners' committees (4.5.5). What was said is sealed with a key of the meeting's own: an event
/// holds the words of several people.
/// </summary>
public sealed class MeetingKind(MatterParts parts)
    : MatterKind<MeetingMatter, Meeting, MeetingCommand, MeetingEvent>(parts, "meeting")
{
    /// <summary>
    /// Sets time and place of the meeting that is sought, or of a new one where none is; the same
    /// <paramref name="key"/> gives the same meeting.
    /// </summary>
    public async Task<MatterResult<Meeting>> PlanAsync(
        CommunityId community, DateTimeOffset at, string place, string? agenda, StaffMember by, string key,
        CancellationToken ct)
    {
        if (Book.Directory.Find(community) is null)
        {
            return new MatterResult<Meeting>.Refused(new Refusal(
                RefusalCode.BadField, "4.5.5", $"There is no community '{community}'.", "community"));
        }

        var command = new MeetingCommand.Plan("", community, at, place, agenda);
        foreach (var row in await ListAsync(community, ct))
        {
            // What is under way is looked at as it stands: rows may lag behind.
            if (row.Stage is nameof(MeetingStage.Sought) or nameof(MeetingStage.Planned)
                && await FindAsync(row.Number, ct) is { State: var s } open
                && (s.Stage == MeetingStage.Sought || (s.At == at && s.Place?.Value == place)))
            {
                return await HandleAsync(open.Stream, command, new Actor.Staff(by), null, ct);
            }
        }

        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 3));
        var date = Book.Current(community).Calendar.LocalDate(Now);
        var number = string.Create(CultureInfo.InvariantCulture, $"{community}-M{date:yyMMdd}-{hash}");
        return await BeginAsync(
            StreamOf(number), community, command with { Number = number }, new Actor.Staff(by), null, ct);
    }

    /// <summary>
    /// Seeks the committee out in the month of <paramref name="month"/> where it is due and no meeting is under way;
    /// the meeting, or null where none is due. Repeating it changes nothing.
    /// </summary>
    public async Task<LoadedMatter<Meeting>?> SeekAsync(
        CommunityId community, DateOnly month, CancellationToken ct)
    {
        var rules = Book.Current(community);
        var rows = await ListAsync(community, ct);
        if (rows.Any(r => r.Stage is nameof(MeetingStage.Sought) or nameof(MeetingStage.Planned)))
            return null;
        var held = rows.Where(r => r.HeldAt is not null).Select(r => rules.Calendar.LocalDate(r.HeldAt!.Value))
            .Where(d => d < new DateOnly(month.Year, month.Month, 1).AddMonths(1)).ToList();
        if (!MeetingMatter.IsDue(held.Count == 0 ? null : held.Max(), month, rules.Policy.Meetings))
            return null;
        var number = string.Create(CultureInfo.InvariantCulture, $"{community}-M{month:yyyyMM}");
        var result = await BeginAsync(
            StreamOf(number), community, new MeetingCommand.Seek(number, community), new Actor.System(), null, ct);
        return (result as MatterResult<Meeting>.Done)?.Matter;
    }

    /// <summary>The meeting of this number, or null.</summary>
    public async Task<LoadedMatter<Meeting>?> FindAsync(string? number, CancellationToken ct) =>
        number is { Length: > 0 and < 40 } && number.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? await LoadAsync(StreamOf(number.ToUpperInvariant()), ct)
            : null;

    /// <summary>The rows of a community's meetings, the newest first; at most 1,000.</summary>
    public async Task<IReadOnlyList<MeetingRow>> ListAsync(CommunityId community, CancellationToken ct) =>
        (await Tables.Of<MeetingRow>().QueryAsync(community.Value, null, null, 1_000, null, ct)).Rows;

    /// <summary>Meetings held in a year of the community's calendar.</summary>
    public async Task<IReadOnlyList<MeetingRow>> YearAsync(CommunityId community, int year, CancellationToken ct)
    {
        var (start, end) = Book.Current(community).Calendar.Year(year);
        var rows = await ListAsync(community, ct);
        return [.. rows.Where(r => (r.HeldAt ?? r.PlannedFor ?? r.SoughtBy) is { } at && at >= start && at < end)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(MeetingRow)];

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<Meeting> matter, long since)
    {
        var s = matter.State;
        var row = new MeetingRow
        {
            PartitionKey = s.Community.Value,
            RowKey = string.Create(
                CultureInfo.InvariantCulture,
                $"{253_402_300_799 - matter.Tracked.BegunAt.ToUnixTimeSeconds():D12}-{s.Number}"),
            Version = matter.Version,
            Number = s.Number,
            Stage = s.Stage.ToString(),
            SoughtBy = s.SoughtBy ?? matter.Events.Select(e => e.Event).OfType<MeetingEvent.MeetingSought>()
                .FirstOrDefault()?.Due,
            PlannedFor = s.RecordedAt is null ? s.At : null,
            HeldAt = s.RecordedAt is null ? null : s.At,
            RecordedAt = s.RecordedAt,
            Attendees = s.Attendees.Length,
            Owners = s.Attendees.Count(a => a.Role is AttendeeRole.Committee or AttendeeRole.Representative),
            Statements = s.Statements.Count,
            Corrections = s.Statements.Sum(t => t.Was.Count),
            Actions = s.Actions.Count,
            ActionsOpen = s.Actions.Count(a => a.DoneAt is null),
            ActionsLate = s.Actions.Count(a => a.DoneAt > a.Due),
            MinutesSent = s.Issues,
        };
        return [row];
    }
}
