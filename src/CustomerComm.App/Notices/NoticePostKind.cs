using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Notices;

namespace CustomerComm.App.Notices;

/// <summary>Batches of messages about notices: sending, evidence of delivery and of reading (4.2.2).</summary>
public sealed class NoticePostKind(MatterParts parts)
    : MatterKind<NoticePostMatter, NoticePost, NoticePostCommand, NoticePostEvent>(parts, "post")
{
    /// <summary>
    /// Writes to the households or the chat; a batch that begins at the same place is written to once, and the one that
    /// was written then is returned.
    /// </summary>
    public async Task<NoticePostEvent.NoticePosted> PostAsync(
        StreamId notice, Spreading spreading, string from, CommunityId community, NoticePostCommand command,
        CancellationToken ct)
    {
        var key = $"{notice}|{spreading.Edition}|{spreading.Change}|{from}";
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8));
        var result = await BeginAsync(StreamOf(id), community, command, new Actor.System(), null, ct);
        return result is MatterResult<NoticePost>.Done done
            ? done.Matter.State.Posted
            : throw new InvalidOperationException($"Batch {id} was not written: {result.GetType().Name}.");
    }

    /// <summary>Records that a reader's link was opened; the first time counts.</summary>
    public Task OpenAsync(StreamId post, int reader, CancellationToken ct) =>
        HandleAsync(post, new NoticePostCommand.Open(reader), new Actor.Resident(), null, ct);

    /// <summary>What became of the message to a reader.</summary>
    public static ReceiptStatus StatusOf(LoadedMatter<NoticePost> post, int reader)
    {
        var s = post.State;
        if (s.Opened.Contains(reader))
            return ReceiptStatus.Opened;
        var sent = s.Posted.Conversation is null ? s.Posted.Homes[reader].Messages : 1;
        if (sent == 0)
            return ReceiptStatus.NoPhone;
        var failed = post.Tracked.Failed.Select(f => f.MessageId).Distinct(StringComparer.Ordinal)
            .Count(id => s.ReaderOf(Nth(id)) == reader);
        return failed >= sent ? ReceiptStatus.Failed : ReceiptStatus.Sent;
    }

    /// <summary>Partition of the receipts of an edition.</summary>
    public static string ReceiptsOf(string number, int edition, NoticeChange change) =>
        string.Create(CultureInfo.InvariantCulture, $"{number}-{edition:D3}-{change}");

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(NoticeDeliveryRow), typeof(NoticeReceiptRow)];

    /// <inheritdoc/>
    protected override string? PersonOf(NoticePostEvent e, NoticePost state) =>
        (e as NoticePostEvent.NoticePosted)?.Conversation?.Value;

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<NoticePost> matter, long since)
    {
        var p = matter.State.Posted;
        var statuses = Enumerable.Range(0, matter.State.Readers).Select(i => StatusOf(matter, i)).ToList();
        var delivery = Delivery(matter, p, statuses);
        var partition = ReceiptsOf(p.Number, p.Edition, p.Change);
        return p.Conversation is not null ? [delivery] : statuses.Select((status, i) => new NoticeReceiptRow
        {
            PartitionKey = partition,
            RowKey = KeyOf(matter.Stream, status, i),
            Version = matter.Version,
            Status = status.ToString(),
            Post = matter.Stream.Value,
            Reader = i,
        }).Prepend<ITableRow>(delivery);
    }

    private static NoticeDeliveryRow Delivery(
        LoadedMatter<NoticePost> matter, NoticePostEvent.NoticePosted p, List<ReceiptStatus> statuses)
    {
        var chat = p.Conversation is not null;
        var opened = statuses.Count(s => s == ReceiptStatus.Opened);
        return new NoticeDeliveryRow
        {
            PartitionKey = p.Number,
            RowKey = string.Create(
                CultureInfo.InvariantCulture, $"{p.Edition:D3}-{p.Change}-{matter.Stream.Value["post.".Length..]}"),
            Version = matter.Version,
            Community = p.Community.Value,
            Edition = p.Edition,
            Change = p.Change.ToString(),
            PostedAt = matter.Tracked.BegunAt,
            Households = p.Homes.Length,
            NoPhone = p.Homes.Count(h => h.Messages == 0),
            Failed = chat ? 0 : statuses.Count(s => s == ReceiptStatus.Failed),
            Opened = chat ? 0 : opened,
            Chats = chat ? 1 : 0,
            ChatsOpened = chat ? opened : 0,
        };
    }

    private static string KeyOf(StreamId post, ReceiptStatus status, int reader) => string.Create(
        CultureInfo.InvariantCulture, $"{PlaceOf(status)}-{post.Value["post.".Length..]}-{reader:D2}");

    /// <summary>The digit by which rows of a status stand together, those not reached first.</summary>
    internal static int PlaceOf(ReceiptStatus status) => status switch
    {
        ReceiptStatus.NoPhone => 0,
        ReceiptStatus.Failed => 1,
        ReceiptStatus.Sent => 2,
        ReceiptStatus.Opened => 3,
        _ => throw new InvalidOperationException($"Unknown status {status}."),
    };

    /// <summary>Running number of a message of the first event, from its id <c>000001-3</c>.</summary>
    private static int Nth(string messageId) =>
        int.Parse(messageId.AsSpan(messageId.IndexOf('-', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
}
