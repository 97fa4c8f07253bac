using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CustomerComm.App.Classification;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Registers;

/// <summary>
/// The communication registers, one stream a post and local month (4.5.2, 5.3): <c>register.HY.office.2026-11</c>.
/// </summary>
public sealed partial class RegisterKind(MatterParts parts, Classifier classifier)
    : MatterKind<RegisterMatter, Register, RegisterCommand, RegisterEvent>(parts, "register")
{
    /// <summary>Months back that open entries are looked for.</summary>
    public const int MonthsBack = 12;

    /// <summary>Stream of a register.</summary>
    public StreamId StreamOf(RegisterKey key) => StreamOf($"{key.Community}.{key.Post}.{key.Month}");

    /// <summary>The register that a contact at this time belongs to.</summary>
    public RegisterKey KeyOf(CommunityId community, PostId post, DateTimeOffset at) =>
        new(community, post, Months.Of(at, Book.Current(community).Calendar.Zone));

    /// <summary>The register, or null where it was not begun.</summary>
    public async Task<Register?> FindAsync(RegisterKey key, CancellationToken ct) =>
        (await LoadAsync(StreamOf(key), ct))?.State;

    /// <summary>Enters a contact by hand (4.2.1); it goes into the register of its month.</summary>
    public Task<MatterResult<Register>> EnterAsync(
        CommunityId community, PostId post, RegisterContact contact, bool wantsAnswer, Actor by, SeenMessage? seen,
        CancellationToken ct)
    {
        var key = KeyOf(community, post, contact.At);
        return BeginAsync(
            StreamOf(key), community, new RegisterCommand.Enter(key, Read(contact), wantsAnswer), by, seen, ct);
    }

    /// <summary>Puts an entry right by a further one, in the same register.</summary>
    public Task<MatterResult<Register>> CorrectAsync(
        RegisterKey key, int entry, string source, string text, Actor by, SeenMessage? seen, CancellationToken ct)
    {
        var contact = new RegisterContact(source, Now, Channel.WalkIn, null, null, null, null, text);
        return HandleAsync(
            StreamOf(key), new RegisterCommand.Enter(key, Read(contact), WantsAnswer: false, entry), by, seen, ct);
    }

    /// <summary>
    /// What people enter is read as what residents write: an opinion is one, however it is answered. A note that tells
    /// nothing for certain is none by its words alone, unless it calls itself one.
    /// </summary>
    private RegisterContact Read(RegisterContact contact)
    {
        if (string.IsNullOrWhiteSpace(contact.Text))
            return contact;
        var suggestion = classifier.Classify(contact.Text);
        return contact with
        {
            Reads = Named().IsMatch(contact.Text) && !RegisterMatter.IsOpinion(suggestion.Kind) ? Nature.Complaint
                : suggestion.Unsure && !Named().IsMatch(contact.Text) ? null
                : suggestion.Kind,
        };
    }

    [GeneratedRegex(
        @"投诉|投訴|不满|不滿|差评|差評|\bcomplain(?:t|ts|s|ed|ing)?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Named();

    /// <summary>Records the answer to an entry (4.2.1).</summary>
    public Task<MatterResult<Register>> AnswerAsync(
        RegisterKey key, int entry, Channel channel, string text, Actor by, SeenMessage? seen, CancellationToken ct) =>
        HandleAsync(StreamOf(key), new RegisterCommand.Answer(entry, channel, text), by, seen, ct);

    /// <summary>Notes that what was set aside was seen to, otherwise than by a complaint (4.6.2-1).</summary>
    public Task<MatterResult<Register>> SeeToAsync(
        RegisterKey key, int entry, string note, Actor by, SeenMessage? seen, CancellationToken ct) =>
        HandleAsync(StreamOf(key), new RegisterCommand.SeeTo(entry, note), by, seen, ct);

    /// <summary>Says why no complaint is made of an opinion (4.6.2-1).</summary>
    public Task<MatterResult<Register>> LeaveOutAsync(
        RegisterKey key, int entry, LeftOutReason why, string words, Actor by, SeenMessage? seen,
        CancellationToken ct) =>
        HandleAsync(StreamOf(key), new RegisterCommand.LeaveOut(entry, why, words), by, seen, ct);

    /// <summary>What is open at a post, of this month and the twelve before it, oldest first.</summary>
    public async Task<ImmutableArray<OpenItem>> OpenAsync(CommunityId community, PostId post, CancellationToken ct)
    {
        var found = await Task.WhenAll(MonthsTo(KeyOf(community, post, Now).Month)
            .Select(month => FindAsync(new RegisterKey(community, post, month), ct)));
        return [.. found.OfType<Register>().SelectMany(r => r.OpenEntries.Select(e => new OpenItem(r.Month, e)))];
    }

    /// <summary>Hands the shift over with everything that is open (4.5.2).</summary>
    public async Task<MatterResult<Register>> HandOverAsync(
        CommunityId community, PostId post, StaffId to, string? note, Actor by, SeenMessage? seen, CancellationToken ct)
    {
        var key = KeyOf(community, post, Now);
        var open = await OpenAsync(community, post, ct);
        return await BeginAsync(
            StreamOf(key), community, new RegisterCommand.HandOver(key, to, open, note), by, seen, ct);
    }

    /// <summary>Takes a shift over: what still is open of it is acknowledged (4.5.2).</summary>
    public async Task<MatterResult<Register>> TakeOverAsync(
        RegisterKey key, int handOver, Actor by, SeenMessage? seen, CancellationToken ct)
    {
        var open = await OpenAsync(key.Community, key.Post, ct);
        return await HandleAsync(StreamOf(key), new RegisterCommand.TakeOver(handOver, open), by, seen, ct);
    }

    /// <summary>The register whose hand-over waits at a post; of this month or the last one.</summary>
    public async Task<Register?> PendingAsync(
        CommunityId community, PostId post, CancellationToken ct)
    {
        foreach (var month in MonthsTo(KeyOf(community, post, Now).Month).TakeLast(2).Reverse())
        {
            if (await FindAsync(new RegisterKey(community, post, month), ct) is { Pending: not null } register)
                return register;
        }

        return null;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(ContactRow)];

    /// <summary>Whoever the entry is about, so that erasing them erases what was entered.</summary>
    protected override string? PersonOf(RegisterEvent e, Register state)
    {
        return e switch
        {
            RegisterEvent.ContactEntered c => AddressOf(c, state),
            RegisterEvent.ContactAnswered a => AddressOf(state.Entries[a.Entry - 1].Entered, state),
            RegisterEvent.ContactSeenTo t => AddressOf(state.Entries[t.Entry - 1].Entered, state),
            _ => null,
        };
    }

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<Register> matter, long since)
    {
        // An entry counts the register's own events only, the matter its lapses too.
        var known = since == 0 ? 0 : matter.Past[(int)since - 1].State.Version;
        return matter.State.Entries.Where(e => e.Version > known).Select(e => RowOf(matter.State, e));
    }

    private static IEnumerable<string> MonthsTo(string month)
    {
        var last = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Enumerable.Range(-MonthsBack, MonthsBack + 1)
            .Select(i => last.AddMonths(i).ToString("yyyy-MM", CultureInfo.InvariantCulture));
    }

    /// <summary>Somebody without phone or chat gets a key for this entry alone.</summary>
    private static string AddressOf(RegisterEvent.ContactEntered c, Register s) =>
        c.Phone?.Value ?? c.Conversation?.Value ?? s.NumberOf(c.Entry);

    private static ContactRow RowOf(Register s, RegisterEntry entry)
    {
        var e = entry.Entered;
        var answer = entry.Answers.IsEmpty ? null : entry.Answers[0];
        return new ContactRow
        {
            PartitionKey = PartitionOf(new RegisterKey(s.Community, s.Post, s.Month)),
            RowKey = RowKeyOf(e.Entry),
            Version = entry.Version,
            Community = s.Community.Value,
            Post = s.Post.Value,
            Month = s.Month,
            Entry = e.Entry,
            ContactAt = e.ContactAt,
            EnteredAt = entry.EnteredAt,
            Channel = e.Channel.ToString(),
            EnteredBy = e.By?.Value ?? "",
            About = entry.Subject?.Kind.ToString() ?? "",
            AboutNumber = entry.Subject?.Number ?? "",
            Apart = e.Apart?.ToString() ?? "",
            Corrects = e.Corrects,
            AnswerDue = e.AnswerDue,
            AnsweredAt = answer?.At,
            AnsweredBy = answer?.By?.Value ?? "",
            AnswerChannel = answer?.Channel.ToString() ?? "",
            SeenToAt = entry.SeenTo?.At,
            SeenToBy = entry.SeenTo?.By.Value ?? "",
            Kind = e.Kind?.ToString() ?? "",
            TakeUpDue = e.TakeUpDue,
            LeftOutAt = entry.LeftOut?.At,
            LeftOut = entry.LeftOut?.Why.ToString() ?? "",
        };
    }

    /// <summary>Partition of a register's rows.</summary>
    public static string PartitionOf(RegisterKey key) => $"{key.Community}-{key.Post}-{key.Month}";

    /// <summary>Key of an entry's row: the newest comes first.</summary>
    public static string RowKeyOf(int entry) => (10_000_000 - entry).ToString("D8", CultureInfo.InvariantCulture);
}
