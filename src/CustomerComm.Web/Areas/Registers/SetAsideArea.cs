using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Registers;

/// <summary>What was set aside, as this reader may see it, with what they may do about it.</summary>
public sealed record AsideCard(
    RegisterLine Line, string Title, string Path, DeskFrame Frame, ImmutableArray<DeskForm> Forms);

/// <summary>
/// What came in and nothing could be made of, in all registers that somebody may read: the oldest first, each with what
/// can be done about it at once (4.6.2-1).
/// </summary>
internal sealed class SetAsideArea(
    SetAside aside, RegisterKind registers, RegisterReader reader, EntryActs acts, DeskParts parts) : IDeskArea
{
    private const int PageSize = 50;

    public string Words => "Registers";

    public string Heading => "SetAside";

    public string Path => "/desk/set-aside";

    public IReadOnlyList<string> Matters => [];

    public bool MaySee(StaffMember member) => true;

    public string AddressOf(ObligationRow owed) => Path;

    public void Map(IEndpointRouteBuilder desk) => desk.MapGet("/set-aside", ListAsync);

    private async Task<IResult> ListAsync(HttpContext http, CancellationToken ct)
    {
        if (AreaPage.Of(http, parts, this) is not { } page)
            return DeskPages.SignIn(http);
        var asked = http.Request.Query["next"].ToString();
        var (rows, next) = await aside.ListAsync(PageSize, asked.Length == 0 ? null : asked, ct);
        var frame = page.Frame();
        var cards = ImmutableArray.CreateBuilder<AsideCard>();
        foreach (var row in rows)
        {
            if (await CardAsync(page, frame, row, ct) is { } card)
                cards.Add(card);
        }

        return DeskPages.Page<SetAsidePage>(
            page.Status, ("Frame", frame), ("Words", page.Words), ("Cards", cards.ToImmutable()),
            ("Now", parts.Time.Now()), ("Next", next is null ? null : $"{Path}?next={Uri.EscapeDataString(next)}"));
    }

    private async Task<AsideCard?> CardAsync(AreaPage page, DeskFrame frame, SetAsideRow row, CancellationToken ct)
    {
        var key = new RegisterKey(new CommunityId(row.Community), new PostId(row.Post), row.Month);
        if (page.Directory.FindPost(key.Post) is not { } post || page.Directory.Find(key.Community) is not { } community
            || !PostRules.MayRead(post, key.Community, page.Member)
            || await registers.FindAsync(key, ct) is not { } register || register.Find(row.Entry) is not { } entry
            || await reader.LineAsync(key, row.Entry, page.Member, ct) is not { } line)
        {
            return null;
        }

        var path = RegistersArea.PathOf(key);
        return new AsideCard(
            line, $"{page.Words.Community(community)} · {post.NameIn(page.Words.Language)}", path,
            frame with { Here = $"{path}/{row.Month}/{row.Entry}", Banner = null },
            // Several entries offer the same forms: the subject tells them apart.
            [.. acts.FormsOf(page, register, entry).Where(f => f.Action is EntryActs.TakeUp or EntryActs.SeeTo)
                .Select(f => f with
                {
                    Subject = $"{row.Month}-{entry.Number}",
                    Open = f.Action == EntryActs.TakeUp,
                })]);
    }
}
