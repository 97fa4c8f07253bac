using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Registers;
using CustomerComm.Web.Api;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Registers;

/// <summary>A post with what stands there.</summary>
public sealed record PostCard(string Name, string Address, int Open, bool Pending);

/// <summary>
/// The communication registers at the desk: entering, answering, searching, printing, handing over (4.2.1, 4.5.2, 5.3).
/// A page shows a post or one entry of it, never the matter of a month: that would tell who may read one entry of all.
/// </summary>
internal sealed class RegistersArea(
    RegisterKind registers, RegisterReader reader, EntryActs acts, Phones phones, DeskParts parts) : IDeskArea
{
    private const string First = "/desk/registers";
    private const string Clause = "4.2.1";
    private const int PageSize = 30;
    private const int MostHandOvers = 20;

    private static readonly Nature[] s_kinds =
        [Nature.Complaint, Nature.Suggestion, Nature.RepairRequest, Nature.Enquiry, Nature.Praise];

    public string Words => "Registers";

    public string Path => First;

    public IReadOnlyList<string> Matters => [registers.Prefix];

    /// <summary>Where the register of a post is shown.</summary>
    public static string PathOf(RegisterKey key) => $"{First}/{key.Community}/{key.Post}";

    public bool MaySee(StaffMember member) => true;

    /// <summary>An answer is given at the entry, a shift taken over at the hand-over of the post.</summary>
    public string AddressOf(ObligationRow owed)
    {
        if (owed.Stream.Split('.') is not [_, var community, var post, var month])
            return Path;
        var (kind, subject) = owed.Subject.Split('|', 2) is [var late, var of] ? (late, of) : (owed.Kind, owed.Subject);
        return kind is nameof(ObligationKind.AnswerContact) or nameof(ObligationKind.SeeToContact)
            or nameof(ObligationKind.TakeUpOpinion)
            ? $"{Path}/{community}/{post}/{month}/{subject}"
            : $"{Path}/{community}/{post}/hand-over";
    }

    public async Task<bool> MayOpenAsync(StreamId stream, StaffMember member, CancellationToken ct) =>
        await registers.LoadAsync(stream, ct) is { State: IMatterState s } && s.MaySee(member, parts.Book.Directory);

    public void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/registers", PostsAsync);
        var post = desk.MapGroup("/registers/{community}/{post}");
        string[] both = [HttpMethods.Get, HttpMethods.Post];
        post.MapMethods("", both, (HttpContext http, string community, string post, CancellationToken ct) =>
            AtAsync(http, community, post, at => RegisterAsync(at, ct)));
        post.MapMethods("/hand-over", both, (HttpContext http, string community, string post, CancellationToken ct) =>
            AtAsync(http, community, post, at => HandOverAsync(at, ct)));
        post.MapGet(
            "/{month}/print", (HttpContext http, string community, string post, string month, CancellationToken ct) =>
                AtAsync(http, community, post, at => PrintAsync(at, month, ct)));
        post.MapMethods(
            "/{month}/{entry:int}", both,
            (HttpContext http, string community, string post, string month, int entry, CancellationToken ct) =>
                AtAsync(http, community, post, at => EntryAsync(at, month, entry, ct)));
    }

    /// <summary>The page of a post, where there is one and this person may read its register.</summary>
    private async Task<IResult> AtAsync(HttpContext http, string community, string post, Func<At, Task<IResult>> show)
    {
        if (AreaPage.Of(http, parts, this, community) is not { } page)
            return DeskPages.SignIn(http);
        var id = page.Community.Id;
        return string.Equals(id.Value, community, StringComparison.OrdinalIgnoreCase)
            && page.Directory.FindPost(new PostId(post)) is { } found
            && PostRules.MayRead(found, id, page.Member)
            ? await show(new At(page, registers.KeyOf(id, found.Id, parts.Time.Now()), found))
            : DeskPages.NotFound(http, page.Member);
    }

    private async Task<IResult> PostsAsync(HttpContext http, CancellationToken ct)
    {
        if (AreaPage.Of(http, parts, this) is not { } page)
            return DeskPages.SignIn(http);
        var cards = ImmutableArray.CreateBuilder<PostCard>();
        foreach (var community in page.Communities)
        {
            foreach (var post in page.Directory.Posts.Where(p => PostRules.MayRead(p, community.Id, page.Member)))
            {
                cards.Add(new PostCard(
                    $"{page.Words.Community(community)} · {post.NameIn(page.Words.Language)}",
                    PathOf(new RegisterKey(community.Id, post.Id, "")),
                    (await registers.OpenAsync(community.Id, post.Id, ct)).Length,
                    await registers.PendingAsync(community.Id, post.Id, ct) is not null));
            }
        }

        return DeskPages.Page<PostsPage>(
            page.Status, ("Frame", page.Frame()), ("Words", page.Words), ("Cards", cards.ToImmutable()));
    }

    private async Task<IResult> RegisterAsync(At at, CancellationToken ct)
    {
        var (page, key) = (at.Page, at.Key);
        var (by, now) = (page.Member, parts.Time.Now());
        var entered = await page.TakeAsync(Clause, (a, seen) =>
        {
            var contact = ContactOf(a, seen.Id, by, now);
            return async () =>
            {
                var written = await registers.EnterAsync(
                    key.Community, key.Post, contact, a.Text("reply") == "later", new Actor.Staff(by), seen, ct);
                var there = written is MatterResult<Register>.Done { Matter.State: var s }
                    ? $"{PathOf(key)}/{s.Month}/{s.Sources[contact.Source]}" : "";
                return await acts.HeardAsync(written, contact.Source, there, by, ct);
            };
        });
        if (entered is not null)
            return entered;
        var search = SearchOf(page.Http.Request.Query, key, parts.Book.Current(key.Community).Calendar.LocalDate(now));
        var found = await reader.FindAsync(search, by, PageSize, page.Http.Request.Query["next"], ct);
        var trial = new RegisterCommand.Enter(key, Trial(now), WantsAnswer: true);
        return DeskPages.Page<RegisterPage>(
            page.Status, ("Frame", page.Frame()), ("Words", page.Words), ("Title", at.Title), ("Path", PathOf(key)),
            ("Month", key.Month), ("Search", search), ("Lines", found.Lines), ("Next", found.Next), ("Now", now),
            ("Form", registers.Accepts(null, key.Community, trial, by) ? page.Form("Enter", EnterFields(page)) : null));
    }

    private async Task<IResult> EntryAsync(At at, string month, int entry, CancellationToken ct)
    {
        var (page, key) = (at.Page, at.Key with { Month = month });
        var (by, now) = (page.Member, parts.Time.Now());
        if (await acts.TakeAsync(page, key, entry, page.Http.Request.Path, ct) is { } taken)
            return taken;
        if (await registers.FindAsync(key, ct) is not { } register
            || await reader.LineAsync(key, entry, by, ct) is not { } line)
        {
            return DeskPages.NotFound(page.Http, by);
        }

        return DeskPages.Page<EntryPage>(
            page.Status, ("Frame", page.Frame()), ("Words", page.Words), ("Title", at.Title), ("Path", PathOf(key)),
            ("Line", line), ("Now", now), ("Forms", acts.FormsOf(page, register, line.Entry)));
    }

    private async Task<IResult> HandOverAsync(At at, CancellationToken ct)
    {
        var (page, key) = (at.Page, at.Key);
        var actor = new Actor.Staff(page.Member);
        var done = await page.TakeAsync(Clause, (a, seen) =>
        {
            // The subject names the register and the hand-over as they were shown: no other is taken by mistake.
            var shown = a.Subject.Split('|') is [var month, var number]
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var no)
                ? (month, no) : default((string Month, int Number)?);
            var (to, note) = (a.StaffOrNone("to") ?? default, a.Text("note"));
            return async () => Begun.Of(
                a.Action == "TakeOver" && shown is var (of, handOver)
                    ? await registers.TakeOverAsync(key with { Month = of }, handOver, actor, seen, ct)
                    : await registers.HandOverAsync(key.Community, key.Post, to, note, actor, seen, ct),
                _ => page.Http.Request.Path);
        });
        if (done is not null)
            return done;
        var lines = ImmutableArray.CreateBuilder<RegisterLine>();
        foreach (var item in await registers.OpenAsync(key.Community, key.Post, ct))
        {
            if (await reader.LineAsync(key with { Month = item.Month }, item.Entry, page.Member, ct) is { } line)
                lines.Add(line);
        }

        var register = await registers.FindAsync(key, ct);
        var waits = await registers.PendingAsync(key.Community, key.Post, ct);
        return DeskPages.Page<HandOverPage>(
            page.Status, ("Frame", page.Frame()), ("Words", page.Words), ("Title", at.Title), ("Path", PathOf(key)),
            ("Lines", lines.ToImmutable()), ("Now", parts.Time.Now()), ("Pending", waits?.Pending),
            ("History", (register?.HandOvers ?? []).Reverse().Take(MostHandOvers)),
            ("Forms", HandOverForms(page, key, register, waits).ToImmutableArray()));
    }

    private IEnumerable<DeskForm> HandOverForms(AreaPage page, RegisterKey key, Register? register, Register? waits)
    {
        if (waits is { Pending: { } pending } && registers.Accepts(
            waits, key.Community, new RegisterCommand.TakeOver(pending.Number, []), page.Member))
        {
            yield return page.Form(
                "TakeOver", [], string.Create(CultureInfo.InvariantCulture, $"{waits.Month}|{pending.Number}"),
                open: true, due: page.Words.Time(pending.TakeDue));
        }

        var people = page.Directory.Staff.Where(m => registers.Accepts(
            register, key.Community, new RegisterCommand.HandOver(key, m.Id, [], "x"), page.Member)).ToList();
        if (people.Count > 0)
        {
            var f = page.Fields("HandOver");
            yield return page.Form("HandOver", [f.Staff("to", people), f.Area("note", required: false)]);
        }
    }

    private async Task<IResult> PrintAsync(At at, string month, CancellationToken ct)
    {
        var (page, key) = (at.Page, at.Key with { Month = month });
        return ReportEndpoints.TryMonth(month, out _, out _)
            ? DeskPages.Page<RegisterSheet>(
                StatusCodes.Status200OK, ("Words", page.Words), ("Company", page.Directory.Company),
                ("Title", at.Title), ("Month", month), ("Back", PathOf(key)),
                ("Lines", await reader.FormAsync(key, page.Member, ct)))
            : DeskPages.NotFound(page.Http, page.Member);
    }

    private static RegisterSearch SearchOf(IQueryCollection query, RegisterKey key, DateOnly today)
    {
        var to = Answers.DateOf(query["to"]) ?? today;
        var from = Answers.DateOf(query["from"]) ?? new DateOnly(to.Year, to.Month, 1).AddMonths(-1);
        var channel = Enum.TryParse<Channel>(query["channel"], out var c) && Enum.IsDefined(c) ? c : (Channel?)null;
        return new RegisterSearch(key.Community, key.Post, from, to, channel, query["q"], query["open"] == "yes",
            query["apart"] == "yes");
    }

    private static DeskField[] EnterFields(AreaPage page)
    {
        var (f, words) = (page.Fields("Enter"), page.Words);
        return
        [
            f.Radio("channel", words.Choices(Channels.OfPeople), nameof(Channel.Phone)),
            f.Area("text"),
            f.Select(
                "kind",
                s_kinds.Select(k => new DeskChoice(k.ToString(), words.Name(k)))
                    .Prepend(new DeskChoice("", words["Choice.Kind.Unsaid"])), required: false),
            f.Line("room", required: false),
            f.Line("name", required: false),
            f.Phone("phone", required: false),
            f.Radio(
                "reply",
                [new DeskChoice("now", words["Reply.Now"]), new DeskChoice("later", words["Reply.Later"])], "now"),
            f.Area("answer", required: false),
            f.Time("at", required: false),
        ];
    }

    private RegisterContact ContactOf(Answers a, string source, StaffMember by, DateTimeOffset now)
    {
        var channel = a.Named<Channel>("channel");
        if (channel.Way().Interface)
            a.Wrong("channel", channel);
        var answer = a.Text("reply") == "later" ? null : a.TextOrNone("answer");
        return new RegisterContact(
            source, a.TimeOrNone("at") ?? now, channel, a.Text("name"), a.PhoneOrNone("phone", phones), null,
            a.Text("room"), a.Text("text"), null,
            answer is null ? null : new ContactAnswer(by.Id, channel, new Personal(answer), now))
        {
            Kind = a.NamedOrNone<Nature>("kind"),
        };
    }

    internal static RegisterContact Trial(DateTimeOffset now) =>
        new("", now, Channel.Phone, null, null, null, null, "x");

    private sealed record At(AreaPage Page, RegisterKey Key, Post Post)
    {
        public string Title => $"{Page.Words.Community(Page.Community)} · {Post.NameIn(Page.Words.Language)}";
    }
}
