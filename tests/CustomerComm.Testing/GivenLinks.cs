using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Testing;

/// <summary>Links as people got them: nothing that is stored leads to one.</summary>
public static class GivenLinks
{
    /// <summary>
    /// The last link in the texts that opens this page of the matter, below the site's address; null where there is
    /// none.
    /// </summary>
    public static async Task<string?> FindAsync(
        IServiceProvider services, IEnumerable<string> texts, LinkAt at, CancellationToken ct)
    {
        var kept = await SecretsAsync(services, at.Stream, ct);
        var hashes = kept.Where(s => s.Of == at.Of).Select(s => s.Hash).ToHashSet(StringComparer.Ordinal);
        var path = $"/{at.Page}/{Links.IdOf(at.Stream)}/";
        return texts.SelectMany(t => Tokens(t, path)).LastOrDefault(t => hashes.Contains(LinkSecrets.HashToken(t)))
            is { } token ? path + token : null;
    }

    /// <summary>The link whoever opened the matter is answered when they ask again, below the site's address.</summary>
    public static async Task<string> AnsweredAsync(IServiceProvider services, LinkAt at, CancellationToken ct) =>
        $"/{at.Page}/{Links.IdOf(at.Stream)}/{await services.GetRequiredService<LinkMaker>().TokenAsync(at, ct)}";

    /// <summary>What is kept of the secrets of a matter.</summary>
    public static async Task<IReadOnlyList<StoredSecret>> SecretsAsync(
        IServiceProvider services, StreamId stream, CancellationToken ct) =>
        [
            .. (await services.GetRequiredService<IEventStore>().ReadAsync(stream, 0, ct))
                .SelectMany(e => SealedJson.SecretsOf(e.Payload.Span)),
        ];

    /// <summary>The lines of a chat as its widget shows them, links and all.</summary>
    public static async Task<IReadOnlyList<ConversationEvent>> ShownAsync(
        IServiceProvider services, string chat, CancellationToken ct)
    {
        var streams = services.GetRequiredService<ConversationStreams>();
        var shown = new List<ConversationEvent>();
        foreach (var line in (await streams.LoadAsync(streams.StreamOf(Channel.Chat, chat), ct))?.Lines ?? [])
            shown.Add((await services.GetRequiredService<LinkMaker>().FillAsync(line, ct)).Event);
        return shown;
    }

    private static IEnumerable<string> Tokens(string text, string path)
    {
        for (var at = text.IndexOf(path, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(path, at + 1, StringComparison.Ordinal))
        {
            var start = at + path.Length;
            if (text.Length >= start + LinkSecrets.TokenLength)
                yield return text.Substring(start, LinkSecrets.TokenLength);
        }
    }
}
