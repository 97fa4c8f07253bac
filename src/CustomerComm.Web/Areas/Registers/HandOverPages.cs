using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Registers;

/// <summary>Shifts hand over what is open, and the next acknowledges it (4.5.2).</summary>
internal static class HandOverPages
{
    private const int MostShown = 20;

    public static async Task<IResult> ShowAsync(
        HttpContext http, string community, string post, [AsParameters] RegisterParts parts, CancellationToken ct) =>
        RegisterPages.Open(http, community, post, parts) is { } opened
            ? await PageAsync(opened.Page, opened.Key, opened.Post, parts, ct)
            : RegisterPages.Denied(http, parts);

    public static async Task<IResult> ActAsync(
        HttpContext http, string community, string post, [AsParameters] RegisterParts parts, CancellationToken ct)
    {
        if (RegisterPages.Open(http, community, post, parts) is not { } opened)
            return RegisterPages.Denied(http, parts);
        var (page, key) = (opened.Page, opened.Key);
        if (await page.ReadAsync() is { } posted)
        {
            switch (await DoAsync(posted.Form, posted.Seen, page, key, parts, ct))
            {
                case MatterResult<Register>.Done:
                    return TypedResults.LocalRedirect("~" + http.Request.Path);
                case MatterResult<Register>.Refused no:
                    page.Refuse(posted.Form, no.Refusal);
                    break;
                default:
                    page.Reused(posted.Form);
                    break;
            }
        }

        return await PageAsync(page, key, opened.Post, parts, ct);
    }

    private static async Task<MatterResult<Register>> DoAsync(
        PostedForm form, App.Ports.SeenMessage seen, AreaPage page, RegisterKey key, RegisterParts parts,
        CancellationToken ct)
    {
        var by = new Actor.Staff(page.Member);
        // The subject names the register and the hand-over as they were shown: no other is taken by mistake.
        if (form["action"] == "TakeOver" && form.Subject.Split('|') is [var month, var number]
            && int.TryParse(number, CultureInfo.InvariantCulture, out var handOver))
        {
            return await parts.Registers.TakeOverAsync(key with { Month = month }, handOver, by, seen, ct);
        }

        return await parts.Registers.HandOverAsync(
            key.Community, key.Post, new StaffId(form["to"]), form["note"].ReplaceLineEndings("\n"), by, seen, ct);
    }

    private static async Task<IResult> PageAsync(
        AreaPage page, RegisterKey key, Post post, RegisterParts parts, CancellationToken ct)
    {
        var words = page.Words;
        var now = parts.Time.Now();
        var open = ImmutableArray.CreateBuilder<EntryView>();
        foreach (var item in await parts.Registers.OpenAsync(key.Community, key.Post, ct))
        {
            var of = key with { Month = item.Month };
            if (await parts.Reader.LineAsync(of, item.Entry, page.Member, ct) is { } line)
                open.Add(RegisterWords.Of(of, line, words, now));
        }

        var pending = await parts.Registers.PendingAsync(key.Community, key.Post, ct);
        var history = (await parts.Registers.FindAsync(key, ct))?.HandOvers ?? [];
        var place = words.Community(parts.Book.Directory.Find(key.Community)!);
        return DeskPages.Page<HandOverPage>(
            page.Status, ("Frame", page.Frame()), ("Open", open.ToImmutable()), ("Path", RegisterWords.PathOf(key)),
            ("Post", $"{place} · {RegisterPages.NameOf(post, words)}"),
            ("Forms", Forms(page, key, post, pending, parts.Book.Directory)),
            ("Pending", pending is { } p ? Of(p.HandOver, words) : null),
            ("History", history.Reverse().Take(MostShown).Select(h => Of(h, words)).ToImmutableArray()));
    }

    private static ImmutableArray<DeskForm> Forms(
        AreaPage page, RegisterKey key, Post post, (RegisterKey Key, HandOver HandOver)? pending,
        CompanyDirectory directory)
    {
        var forms = ImmutableArray.CreateBuilder<DeskForm>();
        if (pending is { } p && p.HandOver.To == page.Member.Id)
        {
            forms.Add(page.Form(
                "TakeOver", [], string.Create(CultureInfo.InvariantCulture, $"{p.Key.Month}|{p.HandOver.Number}"),
                open: true, due: page.Words.Time(p.HandOver.TakeDue)));
        }

        if (PostRules.MayWrite(post, key.Community, page.Member))
        {
            var f = page.Fields("HandOver");
            var people = directory.Staff.Where(
                m => m.Id != page.Member.Id && PostRules.MayWrite(post, key.Community, m));
            forms.Add(page.Form("HandOver", [f.Staff("to", people), f.Area("note", required: false)]));
        }

        return forms.ToImmutable();
    }

    private static HandOverView Of(HandOver h, DeskWords words) => new(
        words.Time(h.At), words.Person(h.From), words.Person(h.To), h.Items.Length, h.Note?.Value,
        h.Replaced ? words["HandOver.Replaced"]
        : h.Taken is { } at ? words.Format(
            "HandOver.Taken", ("at", words.Time(at)),
            ("count", h.Acknowledged.Length.ToString(CultureInfo.InvariantCulture)))
        : words.Format("HandOver.Waiting", ("due", words.Time(h.TakeDue))));
}
