using System.Globalization;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Notices;

namespace CustomerComm.App.Notices;

/// <summary>How many were told, and how many read it.</summary>
public readonly record struct NoticeFigures(
    int Households, int NoPhone, int Failed, int Opened, int Chats, int ChatsOpened)
{
    /// <summary>Households that a message went out to and did not come back from.</summary>
    public int Sent => Households - NoPhone - Failed;

    internal NoticeFigures With(NoticeDeliveryRow row) => new(
        Households + row.Households, NoPhone + row.NoPhone, Failed + row.Failed, Opened + row.Opened,
        Chats + row.Chats, ChatsOpened + row.ChatsOpened);
}

/// <summary>A page of notices, the newest first.</summary>
public sealed record NoticePage(IReadOnlyList<LoadedMatter<Notice>> Notices, string? Next);

/// <summary>A household that was told; <paramref name="Home"/> is its home.</summary>
public sealed record NoticeReceipt(CommunityId Community, string Home, ReceiptStatus Status);

/// <summary>A notice of the month with its figures; no personal data.</summary>
public sealed record NoticeLine(
    string Number, string Kind, string Audience, string Stage, int Edition, int Corrections, DateTimeOffset PublishedAt,
    DateTimeOffset? WithdrawnAt, NoticeFigures Figures);

/// <summary>Reads notices for pages and reports.</summary>
public sealed class NoticeReader(NoticeKind notices, NoticePostKind posts, ITables tables, RulesBook book)
{
    /// <summary>Notices on a page.</summary>
    public const int PageSize = 20;

    /// <summary>The board of a community: what is published and open to all, withdrawn ones too (4.2.2).</summary>
    public Task<NoticePage> BoardAsync(CommunityId community, string? from, int take, CancellationToken ct) =>
        PageAsync(community, from, take, r => r.Public, ct);

    /// <summary>All notices of a community, drafts too.</summary>
    public Task<NoticePage> AllAsync(CommunityId community, string? from, CancellationToken ct) =>
        PageAsync(community, from, PageSize, _ => true, ct);

    /// <summary>How many were told of an edition.</summary>
    public async Task<NoticeFigures> FiguresAsync(
        string number, int edition, NoticeChange change, CancellationToken ct)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{edition:D3}-{change}-");
        var figures = default(NoticeFigures);
        await foreach (var row in tables.Of<NoticeDeliveryRow>().RowsAsync(number, prefix, prefix + "~", ct))
            figures = figures.With(row);
        return figures;
    }

    /// <summary>Households that were told, of one status or all, those not reached first.</summary>
    public async Task<(IReadOnlyList<NoticeReceipt> Receipts, string? Next)> ReceiptsAsync(
        string number, int edition, NoticeChange change, ReceiptStatus? status, string? next, CancellationToken ct)
    {
        var partition = NoticePostKind.ReceiptsOf(number, edition, change);
        var (from, to) = status is { } s
            ? (Digit(NoticePostKind.PlaceOf(s)), Digit(NoticePostKind.PlaceOf(s) + 1))
            : (null, null);
        var page = await tables.Of<NoticeReceiptRow>().QueryAsync(partition, from, to, 50, next, ct);
        var receipts = new List<NoticeReceipt>();
        foreach (var row in page.Rows)
        {
            if (await posts.LoadAsync(new StreamId(row.Post), ct) is { } post)
            {
                receipts.Add(new NoticeReceipt(
                    post.State.Community, post.State.Posted.Homes[row.Reader].Room.Value,
                    Enum.Parse<ReceiptStatus>(row.Status)));
            }
        }

        return (receipts, page.Next);
    }

    /// <summary>The notices published in a month, counted from when each was first published.</summary>
    public async Task<IReadOnlyList<NoticeLine>> MonthAsync(
        CommunityId community, int year, int month, CancellationToken ct)
    {
        var (start, end) = book.Current(community).Calendar.Month(year, month);
        var lines = new List<NoticeLine>();
        await foreach (var row in tables.RowsAsync<NoticeRow>(community.Value, ct))
        {
            if (row.FirstPublishedAt is not { } first || first < start || first >= end)
                continue;
            var change = row.Edition > 1
                ? (await notices.FindAsync(row.Number, ct))!.State.Current!.Change
                : NoticeChange.New;
            lines.Add(new NoticeLine(
                row.Number, row.Kind, row.Audience, row.Stage, row.Edition, row.Corrections, first, row.WithdrawnAt,
                await FiguresAsync(row.Number, row.Edition, change, ct)));
        }

        return lines;
    }

    private async Task<NoticePage> PageAsync(
        CommunityId community, string? from, int take, Func<NoticeRow, bool> shown, CancellationToken ct)
    {
        var found = new List<LoadedMatter<Notice>>();
        string? last = from, next = null;
        do
        {
            var page = await tables.Of<NoticeRow>().QueryAsync(community.Value, last, null, 100, next, ct);
            foreach (var row in page.Rows.Where(shown))
            {
                if (found.Count == take)
                    return new NoticePage(found, row.RowKey);
                if (await notices.FindAsync(row.Number, ct) is { } notice)
                    found.Add(notice);
            }

            next = page.Next;
        }
        while (next is not null);
        return new NoticePage(found, null);
    }

    private static string Digit(int n) => n.ToString(CultureInfo.InvariantCulture);
}
