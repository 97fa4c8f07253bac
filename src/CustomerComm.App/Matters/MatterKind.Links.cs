using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Matters;

/// <content>Links to its pages, made when they are asked for.</content>
public abstract partial class MatterKind<TMatter, TState, TCommand, TEvent>
{
    /// <inheritdoc/>
    public async Task<string?> MakeLinkAsync(StreamId stream, PageIssue page, CancellationToken ct)
    {
        var at = new LinkAt(stream, page.Page, page.Issue);
        while (await LoadAsync(stream, ct) is { } loaded)
        {
            if (_parts.Links.Find(at) is { } known && loaded.Opens(known, page.Page, page.Issue))
                return known;
            var token = LinkSecrets.NewToken();
            if (await AppendAsync(
                loaded, [new ObligationEvent.LinkMade(page.Page, page.Issue)], RulesOf(loaded.State), null, ct,
                LinkSecrets.OfToken(page, token)) is not null)
            {
                _parts.Links.Keep(at, token);
                return token;
            }
        }

        return null;
    }
}
