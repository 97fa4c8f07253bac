using System.Collections.Immutable;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using Microsoft.Extensions.Logging;

namespace CustomerComm.App.Company;

/// <summary>What is wrong with who is who.</summary>
public enum PostAlarmKind
{
    /// <summary>A unit has no head; somebody acts.</summary>
    Vacant,
    /// <summary>Somebody left who still has open complaints.</summary>
    Left,
    /// <summary>A community was taken out of the company file, and complaints are open there.</summary>
    Removed,
    /// <summary>The substitute that is named is not there.</summary>
    NoSubstitute,
}

/// <summary>
/// One alarm. <paramref name="Staff"/>: who acts, who left, or who is named and not there; <paramref name="Open"/>
/// counts
/// complaints.
/// </summary>
public sealed record PostAlarm(PostAlarmKind Kind, CommunityId? Community, Unit? Unit, StaffId? Staff, int Open)
{
    /// <summary>In a line of English, for logs and whoever watches the service.</summary>
    public override string ToString() => Kind switch
    {
        PostAlarmKind.Vacant => $"{Community} {Unit}: no head, {Staff} acts",
        PostAlarmKind.Left => $"{Staff} left, {Open} complaints open",
        PostAlarmKind.Removed => $"{Community} was removed, {Open} complaints open",
        PostAlarmKind.NoSubstitute => $"{Unit}: the substitute {Staff} is not there",
        _ => throw new InvalidOperationException($"Unknown alarm {Kind}."),
    };
}

/// <summary>
/// Tells of vacant posts, of people who left and of communities that were removed while something is open there: it
/// goes
/// on by those who stand in, and whoever can put it right sees it.
/// </summary>
public sealed partial class PostWatch(RulesBook book, ITables tables, TimeProvider time, ILogger<PostWatch> log)
{
    private const int MonthsBack = 12;
    private static readonly TimeSpan s_between = TimeSpan.FromMinutes(1);

    private (DateTimeOffset At, ImmutableArray<PostAlarm> Alarms)? _looked;

    /// <summary>What is wrong now; looked up anew once a minute.</summary>
    public async Task<ImmutableArray<PostAlarm>> LookAsync(CancellationToken ct)
    {
        var now = time.Now();
        if (_looked is { } looked && now - looked.At < s_between && now >= looked.At)
            return looked.Alarms;
        ImmutableArray<PostAlarm> alarms = [.. Posts(), .. await OpenAsync(now, ct)];
        _looked = (now, alarms);
        return alarms;
    }

    /// <summary>People who left and still have open complaints.</summary>
    public async Task<ImmutableArray<StaffId>> LeftAsync(CancellationToken ct) =>
        [.. (await LookAsync(ct)).Where(a => a.Kind == PostAlarmKind.Left).Select(a => a.Staff!.Value)];

    /// <summary>What is wrong, for those who see to it: the head of quality and the leader, or whoever acts.</summary>
    public async Task<ImmutableArray<PostAlarm>> ShownToAsync(StaffMember member, CancellationToken ct) =>
        SeesTo(member, book.Directory) ? await LookAsync(ct) : [];

    /// <summary>True for the head of quality and the leader, and for whoever acts for one of them.</summary>
    public static bool SeesTo(StaffMember member, CompanyDirectory directory) => !directory.Communities.IsEmpty
        && directory.Wearing(member, directory.Communities[0].Id)
            .Any(m => m is { Rank: Rank.Head, Unit: Unit.Quality or Unit.Leader });

    /// <summary>Says at the start what is wrong.</summary>
    public async Task WarnAsync(CancellationToken ct)
    {
        foreach (var alarm in await LookAsync(ct))
            Wrong(log, alarm);
    }

    private IEnumerable<PostAlarm> Posts()
    {
        var directory = book.Directory;
        foreach (var (unit, id) in directory.Substitutes.Where(s => directory.Find(s.Value) is null))
            yield return new PostAlarm(PostAlarmKind.NoSubstitute, null, unit, id, 0);
        // A department is vacant once, not once in every community.
        foreach (var vacancy in directory.Vacancies()
            .DistinctBy(v => (v.Acting.Unit, v.Acting.Community)))
        {
            yield return new PostAlarm(
                PostAlarmKind.Vacant, vacancy.Acting.Community, vacancy.Acting.Unit, vacancy.Acting.Id, 0);
        }
    }

    private async Task<IReadOnlyList<PostAlarm>> OpenAsync(DateTimeOffset now, CancellationToken ct)
    {
        var alarms = new List<PostAlarm>();
        var left = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var stray = book.Directory.Strays().Select(s => s.Community).ToHashSet();
        foreach (var community in book.Directory.Communities.Select(c => c.Id).Concat(book.Former))
        {
            var removed = book.Directory.Find(community) is null;
            var open = 0;
            await foreach (var row in OpenAsync(community, now, ct))
            {
                open++;
                if (row.Handler.Length > 0 && book.Directory.Find(new StaffId(row.Handler)) is null)
                    left[row.Handler] = left.GetValueOrDefault(row.Handler) + 1;
            }

            if (removed && (open > 0 || stray.Contains(community)))
                alarms.Add(new PostAlarm(PostAlarmKind.Removed, community, null, null, open));
        }

        alarms.AddRange(left.Select(l => new PostAlarm(PostAlarmKind.Left, null, null, new StaffId(l.Key), l.Value)));
        return alarms;
    }

    private async IAsyncEnumerable<ComplaintRow> OpenAsync(
        CommunityId community, DateTimeOffset now,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var month in Months.Back(Months.Of(now, book.Current(community).Calendar.Zone), MonthsBack))
        {
            await foreach (var row in tables.RowsAsync<ComplaintRow>(Months.PartitionOf(community, month), ct))
            {
                if (row.ClosedAt is null)
                    yield return row;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Put the company file right: {Alarm}.")]
    private static partial void Wrong(ILogger log, PostAlarm alarm);
}
