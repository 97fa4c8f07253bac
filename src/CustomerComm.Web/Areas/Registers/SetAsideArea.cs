using System.Collections.Immutable;
using System.Globalization;
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

    private async Task<AsideCard?> CardAsync(AreaPage page, DeskFrame frame, ObligationRow row, CancellationToken ct)
    {
        if (await registers.LoadAsync(new StreamId(row.Stream), ct) is not { State: { } register }
            || !int.TryParse(row.Subject, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || register.Find(number) is not { SetAside: true } entry)
        {
            return null;
        }

        var key = register.Key;
        if (page.Directory.FindPost(key.Post) is not { } post || page.Directory.Find(key.Community) is not { } community
            || !PostRules.MayRead(post, key.Community, page.Member)
            || await reader.LineAsync(key, number, page.Member, ct) is not { } line)
        {
            return null;
        }

        var path = RegistersArea.PathOf(key);
        return new AsideCard(
            line, $"{page.Words.Community(community)} · {post.NameIn(page.Words.Language)}", path,
            frame with { Here = $"{path}/{key.Month}/{number}", Banner = null },
            // Several entries offer the same forms: the subject tells them apart.
            [.. acts.FormsOf(page, register, entry).Where(f => f.Action is EntryActs.TakeUp or EntryActs.SeeTo)
                .Select(f => f with
                {
                    Subject = $"{key.Month}-{entry.Number}",
                    Open = f.Action == EntryActs.TakeUp,
                })]);
    }
}
