using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Notices;

namespace CustomerComm.App.Notices;

/// <summary>Chats that want to be told of notices.</summary>
public sealed class NoticeSubscriptionKind(MatterParts parts, Pseudonyms pseudonyms)
    : MatterKind<NoticeSubscriptionMatter, NoticeSubscription, NoticeSubscriptionCommand, NoticeSubscriptionEvent>(
        parts, "chatnotices")
{
    /// <summary>From now on, tells the chat of the community's notices.</summary>
    public Task WantAsync(string conversation, CommunityId community, Language language, CancellationToken ct) =>
        BeginAsync(
            pseudonyms.Conversation(Prefix, conversation), community,
            new NoticeSubscriptionCommand.Want(community, conversation, language), new Actor.Resident(), null, ct);

    /// <summary>No longer tells it.</summary>
    public Task UnwantAsync(string conversation, CancellationToken ct) => HandleAsync(
        pseudonyms.Conversation(Prefix, conversation), new NoticeSubscriptionCommand.Unwant(), new Actor.Resident(),
        null, ct);

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(NoticeSubscriberRow)];

    /// <inheritdoc/>
    protected override string? PersonOf(NoticeSubscriptionEvent e, NoticeSubscription state) =>
        (e as NoticeSubscriptionEvent.NoticesWanted)?.Conversation.Value;

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<NoticeSubscription> matter, long since) =>
        matter.State.Wanted
            ?
            [
                new NoticeSubscriberRow
                {
                    PartitionKey = matter.State.Community.Value,
                    RowKey = matter.Stream.Value[(Prefix.Length + 1)..],
                    Version = matter.Version,
                    Since = matter.Events[^1].At,
                },
            ]
            : [];

    /// <summary>Wishes of a community that stand, by their keys, behind the key <paramref name="after"/>.</summary>
    internal async Task<IReadOnlyList<(string Key, NoticeSubscription State)>> WantedAsync(
        CommunityId community, string after, int take, CancellationToken ct)
    {
        // Keys have one length, so that a digit more is the next thing behind one.
        var page = await Tables.Of<NoticeSubscriberRow>().QueryAsync(
            community.Value, after.Length == 0 ? null : after + "0", null, take, null, ct);
        var wanted = new List<(string, NoticeSubscription)>();
        foreach (var row in page.Rows)
        {
            if (await LoadAsync(StreamOf(row.RowKey), ct) is { State: { } state })
                wanted.Add((row.RowKey, state));
        }

        return wanted;
    }
}
