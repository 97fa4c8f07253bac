using CustomerComm.App.Conversations;
using CustomerComm.App.Messages;
using CustomerComm.Domain;

namespace CustomerComm.App.Matters;

/// <summary>
/// Makes links to pages of matters of any kind, for those whose page it is, where a stored text has only its place:
/// what lies in a transcript opens nothing.
/// </summary>
public sealed class LinkMaker(IEnumerable<IMatterKind> kinds, Links links)
{
    private readonly Dictionary<string, IMatterKind> _kinds =
        kinds.SelectMany(k => k.Prefixes, (k, p) => (p, k)).ToDictionary(x => x.p, x => x.k, StringComparer.Ordinal);

    /// <summary>The token of a page, see <see cref="IMatterKind.MakeLinkAsync"/>.</summary>
    public async Task<string> TokenAsync(LinkAt at, CancellationToken ct) =>
        await _kinds[at.Stream.Value[..at.Stream.Value.IndexOf('.', StringComparison.Ordinal)]]
            .MakeLinkAsync(at.Stream, at.Of, ct)
            ?? throw new InvalidDataException($"There is no {at.Stream} for a link to lead to.");

    /// <inheritdoc cref="Links.Sized"/>
    public string Sized(string text, LinkAt at) => links.Sized(text, at);

    /// <summary>A line of a transcript with its links in it, as whoever wrote there may read it.</summary>
    public async Task<Line> FillAsync(Line line, CancellationToken ct)
    {
        switch (line.Event)
        {
            case ConversationEvent.Told { Link: { } at } told:
                return line with { Event = told with { Text = await FillAsync(told.Text, at, ct) } };
            case ConversationEvent.Handled handled when handled.Replies.Any(r => r.Link is not null):
                var replies = handled.Replies.ToArray();
                for (var i = 0; i < replies.Length; i++)
                {
                    if (replies[i].Link is { } link)
                        replies[i] = replies[i] with { Text = await FillAsync(replies[i].Text, link, ct) };
                }

                return line with { Event = handled with { Replies = [.. replies] } };
            default:
                return line;
        }
    }

    private async Task<Personal> FillAsync(Personal text, LinkAt at, CancellationToken ct) =>
        new(links.Fill(text.Value, at, await TokenAsync(at, ct)));
}
