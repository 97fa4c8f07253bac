using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Matters;
using CustomerComm.App.Registers;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Registers;

/// <summary>One entry: reading, answering, putting right by a further entry (4.2.1, 4.5.2).</summary>
internal static class EntryPages
{
    public static async Task<IResult> ShowAsync(
        HttpContext http, string community, string post, string month, int entry, [AsParameters] RegisterParts parts,
        CancellationToken ct) =>
        RegisterPages.Open(http, community, post, parts) is { } opened
            ? await PageAsync(http, opened.Page, opened.Key with { Month = month }, opened.Post, entry, parts, ct)
            : RegisterPages.Denied(http, parts);

    public static async Task<IResult> ActAsync(
        HttpContext http, string community, string post, string month, int entry, [AsParameters] RegisterParts parts,
        CancellationToken ct)
    {
        if (RegisterPages.Open(http, community, post, parts) is not { } opened)
            return RegisterPages.Denied(http, parts);
        var page = opened.Page;
        var key = opened.Key with { Month = month };
        if (await page.ReadAsync() is { } posted)
        {
            switch (await DoAsync(posted.Form, posted.Seen, page, key, entry, parts.Registers, ct))
            {
                case MatterResult<Register>.Done:
                    return TypedResults.LocalRedirect("~" + http.Request.Path);
                case MatterResult<Register>.Refused no:
                    page.Refuse(posted.Form, no.Refusal);
                    break;
                case MatterResult<Register>.Reused:
                    page.Reused(posted.Form);
                    break;
                case null:
                    page.Refuse(posted.Form, "channel", "4.2.1");
                    break;
                default:
                    return RegisterPages.Denied(http, parts);
            }
        }

        return await PageAsync(http, page, key, opened.Post, entry, parts, ct);
    }

    private static async Task<MatterResult<Register>?> DoAsync(
        PostedForm form, App.Ports.SeenMessage seen, AreaPage page, RegisterKey key, int entry,
        RegisterKind registers, CancellationToken ct)
    {
        var by = new Actor.Staff(page.Member);
        var text = form["text"].ReplaceLineEndings("\n");
        if (form["action"] == "Correct")
            return await registers.CorrectAsync(key, entry, seen.Id, text, by, seen, ct);
        return form.TryNamed<Channel>("channel", out var channel)
            ? await registers.AnswerAsync(key, entry, channel, text, by, seen, ct)
            : null;
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, AreaPage page, RegisterKey key, Post post, int entry, RegisterParts parts,
        CancellationToken ct)
    {
        if (await parts.Reader.LineAsync(key, entry, page.Member, ct) is not { } line)
            return DeskPages.NotFound(http, page.Member);
        var words = page.Words;
        ImmutableArray<DeskForm> forms = PostRules.MayWrite(post, key.Community, page.Member)
            ? [AnswerForm(page, line.Entry), page.Form("Correct", [page.Fields("Correct").Area("text")])]
            : [];
        return DeskPages.Page<EntryPage>(
            page.Status, ("Frame", page.Frame()), ("Forms", forms), ("Path", RegisterWords.PathOf(key)),
            ("Month", key.Month), ("Post", RegisterPages.NameOf(post, words)),
            ("Entry", RegisterWords.Of(key, line, words, parts.Time.Now())));
    }

    private static DeskForm AnswerForm(AreaPage page, RegisterEntry entry)
    {
        var f = page.Fields("Answer");
        var due = entry is { Open: true, Entered.AnswerDue: { } at } ? page.Words.Time(at) : null;
        return page.Form(
            "Answer",
            [
                f.Select("channel", page.Words.Choices(Channels.OfPeople), entry.Entered.Channel.ToString()),
                f.Area("text"),
            ],
            open: entry.Open, due: due);
    }
}
