using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Registers;

/// <summary>
/// Keeps what came in and could not be read or handled, so that a person sees it: an entry in the register of the first
/// post, which calls whoever is on duty. The same again is the same entry.
/// </summary>
public sealed class SetAside(RegisterFeed feed, RulesBook book, ITables tables, TimeProvider time)
{
    /// <summary>Most that are counted.</summary>
    public const int Most = 1_000;

    private const int LongestRaw = 4_000;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// Keeps bytes that could not be read, at most 4,000 characters of them, with why; durable when it returns.
    /// </summary>
    public Task KeepAsync(ReadOnlyMemory<byte> raw, string why, CancellationToken ct)
    {
        var mark = Convert.ToHexStringLower(SHA256.HashData(raw.Span).AsSpan(0, 16));
        var text = string.Create(CultureInfo.InvariantCulture, $"{why}\n({raw.Length} B)\n{TextOf(raw.Span)}");
        return EnterAsync(
            new RegisterContact($"unread:{mark}", time.Now(), Channel.Sms, null, null, null, null, text)
            {
                Apart = Apart.Unreadable,
            },
            ct);
    }

    /// <summary>Keeps a text message that could not even be saved in its conversation.</summary>
    public Task KeepAsync(SmsReceived sms, CancellationToken ct) => EnterAsync(
        new RegisterContact(
            $"sms:{sms.MessageId}", time.Now(), Channel.Sms, null, Check.Mended(sms.From), null, null,
            Check.Mended(sms.Text))
        {
            Apart = Apart.Failed,
        },
        ct);

    /// <summary>How many nobody has seen to yet, up to <see cref="Most"/>.</summary>
    public async Task<int> CountAsync(CancellationToken ct) => (await OpenAsync(ct)).Count;

    /// <summary>
    /// What nobody has seen to yet, by its place on the work lists, the first due first; <paramref name="next"/>
    /// continues.
    /// </summary>
    public async Task<(IReadOnlyList<ObligationRow> Rows, string? Next)> ListAsync(
        int take, string? next, CancellationToken ct)
    {
        var open = await OpenAsync(ct);
        var rest = open.Where(r => next is null || string.CompareOrdinal(KeyOf(r), next) > 0).ToList();
        return (rest.Take(take).ToList(), rest.Count > take ? KeyOf(rest[take - 1]) : null);
    }

    private static string KeyOf(ObligationRow row) => $"{row.RowKey}|{row.PartitionKey}";

    /// <summary>Each is owed by the unit of its register's post: the work lists have them all.</summary>
    private async Task<IReadOnlyList<ObligationRow>> OpenAsync(CancellationToken ct)
    {
        var found = new List<ObligationRow>();
        var lists = book.Directory.Communities
            .SelectMany(c => book.Directory.Posts.Select(p => Party.Of(p.Unit).Key(c.Id)))
            .Distinct(StringComparer.Ordinal);
        foreach (var list in lists)
        {
            await foreach (var row in tables.RowsAsync<ObligationRow>(list, ct))
            {
                if (row.Kind == nameof(ObligationKind.SeeToContact))
                    found.Add(row);
            }
        }

        return [.. found.OrderBy(KeyOf, StringComparer.Ordinal).Take(Most)];
    }

    private Task EnterAsync(RegisterContact contact, CancellationToken ct) =>
        feed.EnterAsync(book.Directory.Communities[0].Id, book.Directory.Posts[0].Id, contact, ct);

    /// <summary>As text where it is some, else in base64, so that nothing of it is guessed.</summary>
    private static string TextOf(ReadOnlySpan<byte> raw)
    {
        try
        {
            var text = Check.Mended(s_strict.GetString(raw));
            return text.Length <= LongestRaw ? text : Check.Mended(text[..LongestRaw]) + "…";
        }
        catch (DecoderFallbackException)
        {
            return "base64 " + Convert.ToBase64String(raw[..Math.Min(raw.Length, LongestRaw * 3 / 4)]);
        }
    }
}
