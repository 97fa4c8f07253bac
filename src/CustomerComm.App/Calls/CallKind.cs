using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Calls;

/// <summary>
/// Calls of the communities' hotlines, one stream a call: the same call told again is the same call (4.5.2). An
/// answered call to or from the number of a missed one meets the call back that was owed.
/// </summary>
public sealed class CallKind(
    MatterParts parts, RegisterFeed registers, Phones phones, AppOptions options, Pseudonyms pseudonyms)
    : MatterKind<CallMatter, Call, CallCommand, CallEvent>(parts, "call")
{
    private const int MostOfOneCaller = 200;
    private static readonly TimeSpan s_matched = TimeSpan.FromDays(31);

    /// <summary>Stream of the call that a telephone system or a form calls so.</summary>
    public StreamId StreamOfSource(string source) => StreamOf(Mark(source, 16));

    /// <summary>
    /// Records a call; the same source with another content is <see cref="MatterResult{TState}.Reused"/>.
    /// </summary>
    public async Task<MatterResult<Call>> RecordAsync(CallReport report, Actor actor, CancellationToken ct)
    {
        var seen = new SeenMessage("call:" + Mark(report.Source, 16), FingerprintOf(report));
        var zone = Book.Current(report.Community).Calendar.Zone;
        var number = CallMatter.NumberOf(report.Community, report.StartedAt, zone, Mark(report.Source, 2));
        var whole = report with
        {
            // As every store keeps it.
            StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(report.StartedAt.ToUnixTimeMilliseconds()),
            Internal = report.Internal || IsOwn(report.Other),
        };
        return await BeginAsync(
            StreamOfSource(report.Source), report.Community, new CallCommand.Record(whole, number), actor, seen, ct);
    }

    /// <summary>True for the company's complaint line, which quality answers (4.6.1-1).</summary>
    public bool IsComplaintLine(string dialled) => phones.TryRead(dialled, out var number)
        && phones.TryRead(Book.Directory.ComplaintLine ?? "", out var line) && line == number;

    /// <summary>The community of whoever called the company's line: their home's, else the first.</summary>
    public CommunityId CommunityOfCaller(string? caller) =>
        caller is not null && Domain.PhoneNumber.TryCreate(caller, out var number)
            && Book.Directory.FindResident(number) is { } resident
            ? resident.Home.Community : Book.Directory.Communities[0].Id;

    /// <summary>The community whose hotline this is, or null.</summary>
    public CommunityId? CommunityOf(string dialled) => phones.TryRead(dialled, out var number)
        ? Book.Directory.Communities
            .FirstOrDefault(c => phones.TryRead(c.Hotline, out var hotline) && hotline == number)?.Id
        : null;

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(CallRow), typeof(CallerRow)];

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowsBeside { get; } = [typeof(CallerRow)];

    /// <inheritdoc/>
    public override bool IsForPerson(object e) => e is CallEvent;

    /// <inheritdoc/>
    protected override string? PersonOf(CallEvent e, Call state) => state?.Recorded.Other?.Value;

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<Call> matter, long since) =>
        CallerOf(matter) is { } caller ? [RowOf(matter), caller] : [RowOf(matter)];

    /// <summary>Enters the call in the office's register, and matches it with the other calls of its number.</summary>
    protected override async Task<bool> FollowAsync(LoadedMatter<Call> matter, CancellationToken ct)
    {
        var call = matter.State;
        await EnterAsync(matter, ct);
        if (CallerOf(matter) is not { } mine)
            return false;
        // Written before the others are looked for: of two calls at once, at least one sees the other.
        await Tables.Of<CallerRow>().WriteAsync([mine], [], matter.Version, ct);
        return call.Recorded.Missed
            ? call.Open && await MatchLaterAsync(matter, mine, ct)
            : await MatchEarlierAsync(matter, mine, ct);
    }

    private async Task EnterAsync(LoadedMatter<Call> matter, CancellationToken ct)
    {
        var r = matter.State.Recorded;
        if (!matter.State.Counts)
            return;
        var post = Book.Directory.PostOf(r.Unit).Id;
        var answer = r.Missed ? null : new ContactAnswer(r.AnsweredBy, Channel.Phone, null, r.StartedAt);
        await registers.EnterAsync(
            r.Community, post,
            new RegisterContact(
                matter.Stream.Value, r.StartedAt, Channel.Phone, null, r.Other?.Value, null, null, null,
                new Subject(SubjectKind.Call, r.Number, matter.Stream), answer, r.EnteredBy),
            ct);
        if (matter.State.Returned is { Reached: true } back)
        {
            await registers.NoteAnswerAsync(
                r.Community, post, r.StartedAt, matter.Stream.Value,
                new ContactAnswer(back.By, Channel.Phone, back.Note, back.At), ct);
        }
    }

    /// <summary>Missed: was there a talk after it?</summary>
    private async Task<bool> MatchLaterAsync(LoadedMatter<Call> missed, CallerRow mine, CancellationToken ct)
    {
        var page = await Tables.Of<CallerRow>().QueryAsync(
            mine.PartitionKey, mine.RowKey, null, MostOfOneCaller, null, ct);
        var later = page.Rows.FirstOrDefault(r => r.Spoken && r.StartedAt >= mine.StartedAt && r.Stream != mine.Stream);
        return later is not null && await LoadAsync(new StreamId(later.Stream), ct) is { } spoken
            && await NoteAsync(missed.Stream, spoken.State, ct);
    }

    /// <summary>Spoken: were there missed calls before it?</summary>
    private async Task<bool> MatchEarlierAsync(LoadedMatter<Call> spoken, CallerRow mine, CancellationToken ct)
    {
        var page = await Tables.Of<CallerRow>().QueryAsync(
            mine.PartitionKey, KeyOf(mine.StartedAt - s_matched, ""), mine.RowKey, MostOfOneCaller, null, ct);
        foreach (var earlier in page.Rows.Where(r => !r.Spoken))
            await NoteAsync(new StreamId(earlier.Stream), spoken.State, ct);
        return false;
    }

    private async Task<bool> NoteAsync(StreamId missed, Call spoken, CancellationToken ct)
    {
        var r = spoken.Recorded;
        var before = await LoadAsync(missed, ct);
        if (before is not { State.Open: true })
            return false;
        var result = await HandleAsync(
            missed, new CallCommand.NoteSpoken(r.Number, r.StartedAt, r.AnsweredBy), new Actor.System(), null, ct);
        return result is MatterResult<Call>.Done done && done.Matter.Version > before.Version;
    }

    /// <summary>How calls of one number find each other; null where there is no number to go by.</summary>
    /// <summary>Partition of the calls of one number.</summary>
    internal static string CallersOf(Pseudonyms pseudonyms, CommunityId community, string number) =>
        pseudonyms.Person($"caller|{community}|{number}");

    private CallerRow? CallerOf(LoadedMatter<Call> matter)
    {
        var r = matter.State.Recorded;
        if (r.Internal || r.Other is not { } other || other.Value == Personal.Erased)
            return null;
        return new CallerRow
        {
            PartitionKey = CallersOf(pseudonyms, r.Community, other.Value),
            RowKey = KeyOf(r.StartedAt, matter.Stream.Value),
            Version = matter.Version,
            Stream = matter.Stream.Value,
            Spoken = !r.Missed,
            StartedAt = r.StartedAt,
        };
    }

    private static string KeyOf(DateTimeOffset at, string stream) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyyMMddHHmmssfff}-{stream}");

    private CallRow RowOf(LoadedMatter<Call> matter)
    {
        var r = matter.State.Recorded;
        var month = Months.Of(r.StartedAt, RulesOf(matter.State).Calendar.Zone);
        return new CallRow
        {
            PartitionKey = Months.PartitionOf(r.Community, month),
            RowKey = RowKeyOf(r),
            Version = matter.Version,
            Number = r.Number,
            Community = r.Community.Value,
            Month = month,
            Stream = matter.Stream.Value,
            Way = r.Way.ToString(),
            Internal = r.Internal,
            StartedAt = r.StartedAt,
            Rings = r.Rings,
            SecondsToAnswer = r.SecondsToAnswer,
            AnsweredBy = r.AnsweredBy?.Value ?? "",
            Seconds = r.Seconds,
            Missed = r.Missed,
            InTime = r.InTime,
            CallBackDue = r.CallBackDue,
            CalledBackAt = matter.State.Returned?.At,
            Reached = matter.State.Returned?.Reached,
            EnteredBy = r.EnteredBy?.Value ?? "",
            Unit = r.Unit.ToString(),
        };
    }

    /// <summary>Key of a call's row: the newest comes first.</summary>
    private static string RowKeyOf(CallEvent.CallRecorded r) => string.Create(
        CultureInfo.InvariantCulture, $"{9_999_999_999 - r.StartedAt.ToUnixTimeSeconds():D10}-{r.Number}");

    /// <summary>Own numbers and staff ring each other: nobody is owed a call back for that.</summary>
    private bool IsOwn(string? other)
    {
        if (other is null || !Domain.PhoneNumber.TryCreate(other, out var number))
            return false;
        return Book.Directory.FindStaff(number) is not null
            || (phones.TryRead(options.SmsNumber, out var sms) && sms == number) || IsComplaintLine(other)
            || Book.Directory.Communities.Any(c => phones.TryRead(c.Hotline, out var hotline) && hotline == number);
    }

    private static string Mark(string source, int bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)).AsSpan(0, bytes));

    private static string FingerprintOf(CallReport r) => Mark(
        string.Join(
            '\u001f', r.Community, r.Way, r.Other, r.StartedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            r.Rings, r.SecondsToAnswer, r.AnsweredBy, r.AnsweredAs, r.Seconds, r.Missed, r.Unit),
        12);
}
