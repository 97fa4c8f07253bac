using System.Collections.Immutable;
using CustomerComm.App.Company;
using CustomerComm.Domain;
using CustomerComm.Domain.Notices;

namespace CustomerComm.App.Notices;

/// <summary>
/// Tells people of a notice, in batches and in the order of their homes. A batch is found by the place it begins at and
/// remembers where it ended: stopped anywhere and begun again, nobody is told twice and nobody is missed.
/// </summary>
public sealed class NoticeSpreader(NoticePostKind posts, NoticeSubscriptionKind subscriptions, RulesBook book)
{
    /// <summary>Households told before the progress is recorded.</summary>
    public const int HomesAtOnce = 2_000;

    private const int ChatsAtOnce = 200;

    /// <summary>Tells the next ones; what to record of it.</summary>
    public async Task<NoticeCommand.Spread> NextAsync(StreamId notice, Notice state, CancellationToken ct)
    {
        var now = state.Spreading!;
        var upTo = now.UpTo;
        var households = 0;
        if (state.Sms && !InChats(upTo))
        {
            (upTo, households, var more) = await ToHomesAsync(notice, state, upTo, ct);
            if (more)
                return new NoticeCommand.Spread(now.Edition, now.Change, upTo, households, 0, Done: false);
        }

        var (last, chats, done) = await ToChatsAsync(notice, state, upTo, ct);
        return new NoticeCommand.Spread(now.Edition, now.Change, last, households, chats, done);
    }

    private async Task<(string UpTo, int Households, bool More)> ToHomesAsync(
        StreamId notice, Notice state, string upTo, CancellationToken ct)
    {
        var homes = state.Audience.Homes(state.Community, book.Directory).Where(h => Within(state, h.Key)).ToList();
        var (households, next) = (0, 0);
        while (true)
        {
            while (next < homes.Count && string.CompareOrdinal(homes[next].Key, upTo) <= 0)
                next++;
            if (next == homes.Count)
                return (upTo, households, false);
            if (households >= HomesAtOnce)
                return (upTo, households, true);
            var community = homes[next].Home.Community;
            var rooms = homes.Skip(next).Take(NoticePostMatter.MostHomes).TakeWhile(h => h.Home.Community == community)
                .Select(h => h.Home.Room).ToImmutableArray();
            var posted = await posts.PostAsync(
                notice, state.Spreading!, upTo, community,
                new NoticePostCommand.ToHomes(notice.Value, state, community, rooms), ct);
            upTo = posted.UpTo.Value;
            households += posted.Homes.Length;
        }
    }

    private async Task<(string UpTo, int Chats, bool Done)> ToChatsAsync(
        StreamId notice, Notice state, string upTo, CancellationToken ct)
    {
        // Who sits behind a chat is not known to live in a certain building or home.
        if (state.Audience.Kind is AudienceKind.Building or AudienceKind.Households)
            return (upTo, 0, true);
        var chats = 0;
        foreach (var community in state.Audience.Communities(state.Community, book.Directory)
            .OrderBy(c => c.Value, StringComparer.Ordinal))
        {
            var prefix = $"{Spreading.Chat}{community}|";
            // A community before the one reached is done, one behind it has not begun.
            if (InChats(upTo) && string.CompareOrdinal(prefix, upTo) < 0
                && !upTo.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            while (true)
            {
                var after = upTo.StartsWith(prefix, StringComparison.Ordinal) ? upTo[prefix.Length..] : "";
                var wanted = await subscriptions.WantedAsync(community, after, ChatsAtOnce, ct);
                if (wanted.Count == 0)
                    break;
                foreach (var (key, wish) in wanted)
                {
                    var place = prefix + key;
                    if (wish.Wanted && wish.Conversation.Value != Personal.Erased && Within(state, place))
                    {
                        await posts.PostAsync(
                            notice, state.Spreading!, place, community,
                            new NoticePostCommand.ToChat(
                                notice.Value, state, community, wish.Conversation.Value, wish.Language, place),
                            ct);
                        chats++;
                    }

                    upTo = place;
                }

                if (chats >= HomesAtOnce)
                    return (upTo, chats, false);
            }
        }

        return (upTo, chats, true);
    }

    private static bool InChats(string upTo) => upTo.StartsWith(Spreading.Chat, StringComparison.Ordinal);

    private static bool Within(Notice state, string key) =>
        state.Spreading!.Limit is not { } limit || string.CompareOrdinal(key, limit) <= 0;
}
