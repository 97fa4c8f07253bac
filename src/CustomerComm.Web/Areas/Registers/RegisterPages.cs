using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Registers;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;
using CustomerComm.Web.Api;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Registers;

/// <summary>What the pages of the registers need.</summary>
internal sealed record RegisterParts(
    RegisterKind Registers, RegisterReader Reader, RulesBook Book, Phones Phones, TimeProvider Time,
    StaffSessions Sessions);

/// <summary>The register of a post: entering, searching, printing (4.2.1, 4.5.2, 5.3).</summary>
internal static class RegisterPages
{
    private const int PageSize = 30;

    public static async Task<IResult> PostsAsync(
        HttpContext http, [AsParameters] RegisterParts parts, CancellationToken ct)
    {
        if (parts.Sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var page = new AreaPage(http, member, parts.Book, "Registers", null);
        var cards = ImmutableArray.CreateBuilder<PostCard>();
        foreach (var community in parts.Book.Directory.Communities)
        {
            foreach (var post in parts.Book.Directory.Posts)
            {
                if (!PostRules.MayRead(post, community.Id, member))
                    continue;
                var open = await parts.Registers.OpenAsync(community.Id, post.Id, ct);
                var pending = await parts.Registers.PendingAsync(community.Id, post.Id, ct);
                cards.Add(new PostCard(
                    NameOf(post, page.Words), page.Words.Community(community),
                    RegisterWords.PathOf(new RegisterKey(community.Id, post.Id, "")), open.Length,
                    pending is not null));
            }
        }

        return DeskPages.Page<PostsPage>(page.Status, ("Frame", page.Frame()), ("Cards", cards.ToImmutable()));
    }

    public static async Task<IResult> ShowAsync(
        HttpContext http, string community, string post, [AsParameters] RegisterParts parts, CancellationToken ct) =>
        Open(http, community, post, parts) is { } opened
            ? await PageAsync(http, opened.Page, opened.Key, opened.Post, parts, ct)
            : Denied(http, parts);

    public static async Task<IResult> EnterAsync(
        HttpContext http, string community, string post, [AsParameters] RegisterParts parts, CancellationToken ct)
    {
        if (Open(http, community, post, parts) is not { } opened)
            return Denied(http, parts);
        var page = opened.Page;
        if (await page.ReadAsync() is { } posted
            && ContactOf(posted.Form, posted.Seen.Id, page, opened.Key, parts) is { } contact)
        {
            var wants = posted.Form["reply"] == "later";
            switch (await parts.Registers.EnterAsync(
                opened.Key.Community, opened.Key.Post, contact, wants, new Actor.Staff(page.Member), posted.Seen, ct))
            {
                case MatterResult<Register>.Done done:
                    var entry = done.Matter.State.Sources[contact.Source];
                    return TypedResults.LocalRedirect(string.Create(
                        CultureInfo.InvariantCulture,
                        $"~{RegisterWords.PathOf(opened.Key)}/{done.Matter.State.Month}/{entry}"));
                case MatterResult<Register>.Refused no:
                    page.Refuse(posted.Form, no.Refusal);
                    break;
                default:
                    page.Reused(posted.Form);
                    break;
            }
        }

        return await PageAsync(http, page, opened.Key, opened.Post, parts, ct);
    }

    public static async Task<IResult> PrintAsync(
        HttpContext http, string community, string post, string month, [AsParameters] RegisterParts parts,
        CancellationToken ct)
    {
        if (Open(http, community, post, parts) is not { } opened || !ReportEndpoints.TryMonth(month, out _, out _))
            return Denied(http, parts);
        var key = opened.Key with { Month = month };
        var words = opened.Page.Words;
        var lines = await parts.Reader.FormAsync(key, opened.Page.Member, ct);
        return DeskPages.Page<RegisterSheet>(
            StatusCodes.Status200OK, ("Language", words.Language), ("Company", parts.Book.Directory.Company),
            ("Community", words.Community(parts.Book.Directory.Find(key.Community)!)),
            ("Post", NameOf(opened.Post, words)), ("Month", month), ("Back", RegisterWords.PathOf(key)),
            ("Entries", lines.Select(l => RegisterWords.Of(key, l, words, parts.Time.Now())).ToImmutableArray()));
    }

    /// <summary>The post, where there is one and this person may read its register; null otherwise.</summary>
    internal static (AreaPage Page, RegisterKey Key, Post Post)? Open(
        HttpContext http, string community, string post, RegisterParts parts)
    {
        var directory = parts.Book.Directory;
        if (parts.Sessions.Current(http) is not { } member
            || directory.Find(new CommunityId(community.ToUpperInvariant())) is not { } found
            || directory.FindPost(new PostId(post)) is not { } of || !PostRules.MayRead(of, found.Id, member))
        {
            return null;
        }

        var page = new AreaPage(
            http, member, parts.Book, "Registers", TimeZoneInfo.FindSystemTimeZoneById(found.TimeZone));
        return (page, parts.Registers.KeyOf(found.Id, of.Id, parts.Time.Now()), of);
    }

    internal static IResult Denied(HttpContext http, RegisterParts parts) =>
        parts.Sessions.Current(http) is { } member ? DeskPages.NotFound(http, member) : DeskPages.SignIn(http);

    internal static string NameOf(Post post, DeskWords words) => post.NameIn(words.Language);

    private static async Task<IResult> PageAsync(
        HttpContext http, AreaPage page, RegisterKey key, Post post, RegisterParts parts, CancellationToken ct)
    {
        var words = page.Words;
        var search = SearchOf(http, key, parts, out var view);
        var found = await parts.Reader.FindAsync(search, page.Member, PageSize, http.Request.Query["next"], ct);
        var now = parts.Time.Now();
        var form = PostRules.MayWrite(post, key.Community, page.Member) ? EntryForm(page) : null;
        var more = found.Next is null ? null : RegisterWords.PathOf(key) + QueryString.Create(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["from"] = view.From,
                ["to"] = view.To,
                ["channel"] = view.Channel,
                ["q"] = view.Text,
                ["open"] = view.OpenOnly ? "yes" : "",
                ["next"] = found.Next,
            });
        return DeskPages.Page<RegisterPage>(
            page.Status, ("Frame", page.Frame()), ("Form", form), ("Search", view), ("More", more),
            ("Title", $"{words.Community(parts.Book.Directory.Find(key.Community)!)} · {NameOf(post, words)}"),
            ("Path", RegisterWords.PathOf(key)), ("Month", key.Month), ("Channels", words.Choices(Channels.All).ToImmutableArray()),
            ("Entries", found.Lines.Select(l => RegisterWords.Of(key, l, words, now)).ToImmutableArray()));
    }

    private static RegisterSearch SearchOf(HttpContext http, RegisterKey key, RegisterParts parts, out SearchView view)
    {
        var query = http.Request.Query;
        var today = parts.Book.Current(key.Community).Calendar.LocalDate(parts.Time.Now());
        var to = DateOf(query["to"]) ?? today;
        var from = DateOf(query["from"]) ?? new DateOnly(to.Year, to.Month, 1).AddMonths(-1);
        var channel = Enum.TryParse<Channel>(query["channel"], out var c) && Enum.IsDefined(c) ? c : (Channel?)null;
        var open = query["open"] == "yes";
        var text = query["q"].ToString();
        view = new SearchView(Iso(from), Iso(to), channel?.ToString() ?? "", text, open);
        return new RegisterSearch(key.Community, key.Post, from, to, channel, text, open);
    }

    private static DateOnly? DateOf(string? text) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year is >= 2000 and < 2200 ? date : null;

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DeskForm EntryForm(AreaPage page)
    {
        var f = page.Fields("Enter");
        var words = page.Words;
        return page.Form("Enter",
        [
            f.Radio("channel", words.Choices(Channels.OfPeople), nameof(Channel.Phone)),
            f.Area("text"),
            f.Line("room", required: false),
            f.Line("name", required: false),
            f.Phone("phone", required: false),
            f.Radio(
                "reply",
                [new DeskChoice("now", words["Reply.Now"]), new DeskChoice("later", words["Reply.Later"])], "now"),
            f.Area("answer", required: false),
            f.Time("at", required: false),
        ]);
    }

    /// <summary>The contact as typed; null where a field cannot be read, and the page then says which.</summary>
    private static RegisterContact? ContactOf(
        PostedForm form, string source, AreaPage page, RegisterKey key, RegisterParts parts)
    {
        const string clause = "4.2.1";
        if (!form.TryNamed<Channel>("channel", out var channel) || channel.Way().Interface)
        {
            page.Refuse(form, "channel", clause);
            return null;
        }

        PhoneNumber phone = default;
        if (form["phone"].Length > 0 && !parts.Phones.TryRead(form["phone"], out phone))
        {
            page.Refuse(form, "phone", clause);
            return null;
        }

        if (!form.TryTime("at", parts.Book.Current(key.Community).Calendar.Zone, out var at))
        {
            page.Refuse(form, "at", clause);
            return null;
        }

        var answer = form["answer"].ReplaceLineEndings("\n").Trim();
        return new RegisterContact(
            source, at ?? parts.Time.Now(), channel, form["name"], phone.Value, null, form["room"],
            form["text"].ReplaceLineEndings("\n"), null,
            form["reply"] == "later" || answer.Length == 0
                ? null
                : new ContactAnswer(page.Member.Id, channel, new Personal(answer), parts.Time.Now()));
    }
}
