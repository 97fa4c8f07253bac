using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Notices;

/// <summary>
/// Chat and SMS: who asks for notices gets the latest; a chat can ask to be told of new ones (4.2.2, network).
/// </summary>
public sealed class NoticeQuestions(
    NoticeReader reader, NoticeSubscriptionKind subscriptions, RulesBook book, AppOptions options) : IIncomingHandler
{
    private const int Latest = 5;

    private static readonly FrozenSet<string> s_ask = Set("Said.Notices");

    private static readonly string[] s_want = Texts.Said("Said.Subscribe");

    private static readonly FrozenSet<string> s_unwant = Set("Said.Unsubscribe");

    /// <inheritdoc/>
    public async Task<HandlerReply?> TryHandleAsync(IncomingMessage message, CancellationToken ct)
    {
        var text = message.Text.Trim().TrimEnd('。', '.', '！', '!', '？', '?').Trim();
        if (s_ask.Contains(text))
            return await LatestAsync(message, ct);
        if (!message.Channel.Way().Interactive)
            return null;
        if (s_unwant.Contains(text))
        {
            await subscriptions.UnwantAsync(message.Address, ct);
            return Texts.Get("Notice.Unsubscribed", message.Language);
        }

        return s_want.FirstOrDefault(w => text.StartsWith(w, StringComparison.OrdinalIgnoreCase)) is { } word
            ? await SubscribeAsync(message, text[word.Length..].Trim(), ct)
            : null;
    }

    private async Task<string?> SubscribeAsync(IncomingMessage message, string named, CancellationToken ct)
    {
        var communities = book.Directory.Communities;
        var found = communities is [var only] && named.Length == 0
            ? only
            : communities.FirstOrDefault(c => Is(c.Name) || Is(c.NameEn) || Is(c.Id.Value));
        if (found is null)
        {
            // A longer sentence that happens to begin so is for the ordinary talk.
            return named.Length > 20
                ? null
                : Texts.Format(
                    "Notice.SubscribeTo", message.Language,
                    ("community", string.Join(" / ", communities.Select(c => c.NameIn(message.Language)))));
        }

        await subscriptions.WantAsync(message.Address, found.Id, message.Language, ct);
        return Texts.Format("Notice.Subscribed", message.Language, ("community", found.NameIn(message.Language)));
        bool Is(string name) => named.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<string> LatestAsync(IncomingMessage message, CancellationToken ct)
    {
        var home = message.From is { } from ? book.Directory.FindResident(from)?.Home.Community : null;
        var communities = book.Directory.Communities.Where(c => home is null || c.Id == home).ToList();
        var sms = message.Channel.Way().Short;
        var written = new StringBuilder();
        foreach (var community in communities)
        {
            var page = await reader.BoardAsync(community.Id, null, sms ? 1 : Latest, ct);
            var zone = book.Current(community.Id).Calendar.Zone;
            if (written.Length > 0)
                written.Append('\n');
            written.Append(CultureInfo.InvariantCulture, $"{community.NameIn(message.Language)}: {Board(community)}");
            if (page.Notices.Count == 0)
                written.Append(' ').Append(Texts.Get("Notice.None", message.Language));
            foreach (var notice in page.Notices)
            {
                var s = notice.State;
                written.Append('\n').Append(Texts.Time(s.Current!.PublishedAt!.Value, zone, message.Language))
                    .Append(' ')
                    .Append(s.WithdrawnAt is null ? "" : Texts.Get("Notice.WithdrawnMark", message.Language))
                    .Append(s.Current.Text.TitleIn(message.Language));
                if (!sms)
                    written.Append(CultureInfo.InvariantCulture, $" {options.PublicUrl}/notices/{s.Number}");
            }
        }

        if (sms)
            return SmsText.Fit("{text}", written.ToString(), SmsText.Segments);
        return written.Append('\n').Append(Texts.Get("Notice.SubscribeHint", message.Language)).ToString();
    }

    private string Board(Community community) => $"{options.PublicUrl}/notices?community={community.Id}";

    private static FrozenSet<string> Set(string key) => Texts.Said(key).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
