using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CustomerComm.App.Company;
using CustomerComm.App.Ports;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Registers;
using CustomerComm.Domain.Reviews;

namespace CustomerComm.App.Reviews;

/// <summary>
/// Opinions that stand in a register and became no complaint, and what the system filtered out: those that became one
/// are opinions as complaints. Numbers: <c>HY-OFFICE-2026-11-7</c>.
/// </summary>
public sealed partial class RegisterOpinions(
    ITables tables, RegisterKind registers, RegisterIntake words, RegisterComplaints complaints, RulesBook book)
    : IOpinionSource
{
    private const int Read = 200;

    /// <inheritdoc/>
    public string Matter => registers.Prefix;

    /// <inheritdoc/>
    public async Task<Page<OpinionLine>> MonthAsync(
        CommunityId community, string month, string? next, CancellationToken ct)
    {
        var posts = book.Directory.Posts;
        var (at, from) = next?.Split('|', 2) is [var post, var cursor]
            ? (int.Parse(post, CultureInfo.InvariantCulture), cursor.Length == 0 ? null : cursor)
            : (0, null);
        var page = await tables.Of<ContactRow>().QueryAsync(
            RegisterKind.PartitionOf(new RegisterKey(community, posts[at].Id, month)), null, null, Read, from, ct);
        var following = page.Next is { } more
            ? string.Create(CultureInfo.InvariantCulture, $"{at}|{more}")
            : at + 1 < posts.Length ? string.Create(CultureInfo.InvariantCulture, $"{at + 1}|") : null;
        return new Page<OpinionLine>([.. page.Rows.Where(IsLeft).Select(r => LineOf(r, DoubtOf(r, month)))], following);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OpinionLine>> DoubtsAsync(
        CommunityId community, string month, CancellationToken ct)
    {
        var lines = new List<OpinionLine>();
        var filtered = new List<ContactRow>();
        foreach (var of in Months.Back(month, IOpinionSource.MonthsBack))
        {
            foreach (var post in book.Directory.Posts)
            {
                var partition = RegisterKind.PartitionOf(new RegisterKey(community, post.Id, of));
                await foreach (var row in tables.RowsAsync<ContactRow>(partition, ct))
                {
                    if (IsLeft(row) && DoubtOf(row, month) is var doubt && doubt != Doubt.None)
                        lines.Add(LineOf(row, doubt));
                    if (of == month && row.Apart.Length > 0 && row.About != nameof(SubjectKind.Complaint))
                        filtered.Add(row);
                }
            }
        }

        return
        [
            .. lines,
            .. Lots.Draw(filtered, NumberOf, month).Select(r => LineOf(r, Doubt.Filtered)),
        ];
    }

    /// <inheritdoc/>
    public async Task<OpinionView?> FindAsync(string number, CancellationToken ct)
    {
        if (Parse(number) is not var (key, of) || book.Directory.Find(key.Community) is null
            || await registers.FindAsync(key, ct) is not { } register || register.Find(of) is not { } entry
            || !(entry.Opinion || entry.Entered.Apart is not null))
        {
            return null;
        }

        var e = entry.Entered;
        var text = await words.WordsOfAsync(e, ct) ?? "";
        var directory = book.Directory;
        var named = Naming.In(text, Category.AgainstManager, [], key.Community, directory);
        var zone = book.Current(key.Community).Calendar.Zone;
        return new OpinionView(
            new Opinion(
                number, Matter, key.Community, key.Month, entry.ToTakeUp, null, e.Phone,
                e.Phone is null ? e.Conversation?.Value : null, Languages.Of(text))
            {
                Doubts = DoubtsOf(entry, key.Month, zone),
                Hands = [.. new[] { e.By, entry.LeftOut?.By }.OfType<StaffId>()],
            },
            $"/desk/registers/{key.Community}/{key.Post}/{key.Month}/{of}", text,
            entry.LeftOut?.Words.Value ?? (entry.Answers.IsEmpty ? null : entry.Answers[^1].Text?.Value),
            !entry.Answers.IsEmpty,
            member => directory.FindPost(key.Post) is { } post && PostRules.MayRead(post, key.Community, member)
                && !named.Any(n => Authority.IsBarred(n, member, key.Community, directory)));
    }

    /// <inheritdoc/>
    public async Task<TakenUp> TakeUpAsync(string number, string source, StaffMember by, CancellationToken ct) =>
        Parse(number) is var (key, entry)
            ? await complaints.OpenAsync(key, entry, by, ct)
            : new TakenUp.Refused(Check.Bad("opinion", "4.5.4", $"There is no entry {number}."));

    /// <summary>An opinion that became no complaint.</summary>
    private static bool IsLeft(ContactRow row) =>
        row.TakeUpDue is not null && row.About != nameof(SubjectKind.Complaint)
        && (row.SeenToAt is null || row.LeftOutAt is not null);

    private Doubt DoubtOf(ContactRow row, string month) =>
        row.LeftOutAt is { } at
            && Months.Of(at, book.Current(new CommunityId(row.Community)).Calendar.Zone) == month
            ? Doubt.LeftOut
            : Doubt.None;

    private OpinionLine LineOf(ContactRow row, Doubt doubt) => new(
        NumberOf(row), Matter, row.Kind, "", doubt == Doubt.Filtered ? row.Apart : "", row.LeftOut, row.ContactAt,
        IsToTakeUp(row), Unverified: false, Withheld: false)
    { Doubt = doubt, ToTakeUp = IsToTakeUp(row) };

    private static bool IsToTakeUp(ContactRow row) => IsLeft(row) && row.LeftOutAt is null;

    private static string NumberOf(ContactRow row) => string.Create(
        CultureInfo.InvariantCulture, $"{row.Community}-{row.Post.ToUpperInvariant()}-{row.Month}-{row.Entry}");

    private static (RegisterKey Key, int Entry)? Parse(string number) =>
        Number().Match(number) is { Success: true } m
            && int.TryParse(m.Groups["entry"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var entry)
            ? (new RegisterKey(
                new CommunityId(m.Groups["community"].Value), new PostId(m.Groups["post"].Value.ToLowerInvariant()),
                m.Groups["month"].Value), entry)
            : null;

    private static ImmutableDictionary<string, Doubt> DoubtsOf(RegisterEntry entry, string month, TimeZoneInfo zone)
    {
        var doubts = ImmutableDictionary<string, Doubt>.Empty;
        if (entry.Entered.Apart is not null)
            doubts = doubts.SetItem(month, Doubt.Filtered);
        return entry.LeftOut is { } left ? doubts.SetItem(Months.Of(left.At, zone), Doubt.LeftOut) : doubts;
    }

    [GeneratedRegex(
        "^(?<community>[A-Z0-9]+)-(?<post>[A-Z][A-Z0-9-]{1,15})-(?<month>[0-9]{4}-[0-9]{2})-(?<entry>[0-9]{1,7})$",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();
}
