using System.Collections.Immutable;
using CustomerComm.App.Complaints;
using CustomerComm.App.Enquiries;
using CustomerComm.App.Matters;
using CustomerComm.App.Measures;
using CustomerComm.App.Messages;
using CustomerComm.App.Orders;
using CustomerComm.App.Outside;
using CustomerComm.App.Ports;
using CustomerComm.App.Privacy;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Measures;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Complaints;

/// <summary>
/// Complaints at the desk, and their intake there: by phone, in person, by letter, from the company (4.6.2).
/// </summary>
internal sealed class ComplaintArea(
    ComplaintKind complaints, Intake intake, OrderKind orders, MeasureKind measures, OutsideKind outside,
    ServiceCatalogue catalogue, AccessLog access, DeskParts parts)
    : MatterArea<ComplaintMatter, Complaint, ComplaintCommand, ComplaintEvent>(complaints, parts)
{
    public override string Words => "Desk";

    public override string Path => "/desk/complaints";

    protected override string Clause => "4.6.2-1";

    protected override Type Page => typeof(ComplaintPage);

    protected override ImmutableArray<Act<Complaint, ComplaintCommand>> Acts { get; } = ComplaintActs.All(
        s => Answers(catalogue, s) is [var best, ..] ? best.Text(s.Intake.Language) : "");

    /// <summary>Complaints are reached by the work list and their numbers, not by a card of their own.</summary>
    public override bool MaySee(StaffMember member) => false;

    public override DeskFact ListOf(DeskWords words) => new("", words["Nav.Work"], "/desk");

    public override void Map(IEndpointRouteBuilder desk)
    {
        base.Map(desk);
        new Beginning<IntakeRequest>(
            Clause, (page, f, _) => Task.FromResult(Blank(page, f)), Read,
            async (page, request, ct) => Begun.Of(
                await intake.ReceiveAsync(request, new Actor.Staff(page.Member), ct),
                m => $"/desk/new/{m.State.Number}")).Map(desk, "/new", this, Parts);
        desk.MapGet("/new/{number}", ReceiptAsync);
        desk.MapGet("/complaints/{id}/form", FormAsync);
        desk.MapGet("/complaints/{id}/access", AccessAsync);
    }

    protected override async Task<LoadedMatter<Complaint>?> FindAsync(string id, CancellationToken ct) =>
        MatterNumber.TryParse(id, out var number) ? await complaints.FindAsync(number, ct) : null;

    protected override bool MayOpen(
        LoadedMatter<Complaint> matter, StaffMember member, CompanyDirectory directory) =>
        Authority.MayOpen(matter.Tracked, member, directory);

    protected override string TitleOf(Sight<Complaint> sight) => sight.State.Number.ToString();

    protected override IEnumerable<DeskBadge> Badges(Sight<Complaint> sight)
    {
        var (s, words) = (sight.State, sight.Words);
        if (s.Danger)
            yield return new DeskBadge(words["Badge.Danger"], "urgent");
        if (s.Intake.CommunityAssumed)
            yield return new DeskBadge(words["Badge.CommunityAssumed"], "warn");
        if (s.Intake.Unsure && !s.Triaged)
            yield return new DeskBadge(words["Badge.Unsure"], "warn");
        foreach (var line in s.OutsideOrders.Select(o => o.Line).Distinct())
            yield return new DeskBadge(words.Name(line), "warn");
        var ended = s.Stage == Stage.Closed && s.Outcome != Outcome.None;
        yield return new DeskBadge(
            words.Name(s.Stage) + (ended ? $" · {words.Name(s.Outcome)}" : ""), s.Open ? "" : "ok");
        if (s.Severity != Severity.Ordinary)
            yield return new DeskBadge(words.Name(s.Severity), "urgent");
        foreach (var doubt in s.Open ? ContactDoubts.Badges(s.Intake.Contact, words) : [])
            yield return doubt;
    }

    protected override IEnumerable<DeskFact> Facts(Sight<Complaint> sight)
    {
        var (s, words) = (sight.State, sight.Words);
        var contact = s.Intake.Contact;
        var nothing = Texts.Get("Word.Unknown", words.Language);
        DeskFact Fact(string key, string? value) =>
            new(words[$"Fact.{key}"], string.IsNullOrWhiteSpace(value) ? nothing : value);
        yield return Fact("Kind", words.Name(s.Kind));
        var also = string.Join(words["And"], s.Also.Select(words.Name));
        yield return Fact("Category", words.Name(s.Category) + (also.Length == 0 ? "" : $" (+ {also})"));
        yield return Fact("Lead", words.Name(s.Lead));
        if (!s.Cooperating.IsEmpty)
            yield return Fact("Cooperating", string.Join(words["And"], s.Cooperating.Select(words.Name)));
        yield return Fact("Handler", s.Handler is { } h ? words.Person(h) : words["Nobody"]);
        yield return Fact("Route", Explanation(s, words));
        yield return Fact("ResolveDue", words.Time(s.ResolveDue));
        if (s.Intake.WantedBy is { } wanted)
            yield return Fact("WantedBy", words.Time(wanted));
        if (s.Accused is { } accused)
            yield return Fact("Accused", words.Person(accused));
        yield return Fact("Received", $"{words.Time(s.ReceivedAt)} · {words.Name(s.Intake.Channel)}");
        if (!s.OutsideOrders.IsEmpty)
        {
            yield return Fact("Outside", string.Join(
                words["And"], s.OutsideOrders.Select(o => $"{words.Name(o.Line)} {o.Number}")));
        }

        if (s.IsLetter)
            yield return Fact("Letter", words["Fact.Letter.Yes"]);
        yield return Fact("Community", words.Community(words.Directory.Known(s.Community)));
        yield return Fact("Room", contact.Room?.Value);
        yield return Fact("Name", contact.Name?.Value);
        yield return Fact("Phone", contact.Phone is not { Value: var phone } ? null
            : MayCall(sight) ? phone : DeskWords.Masked(phone));
        if (s.Intake.Complainant is { } complainant)
        {
            yield return Fact("Complainant", Complainants.Text(complainant, words));
            if (complainant is { IsRepresentative: true, Phone.Value: var own })
                yield return Fact("ComplainantPhone", MayCall(sight) ? own : DeskWords.Masked(own));
            if (complainant.IsRepresentative)
                yield return Fact("Authority", Complainants.Authority(s, words));
        }

        if (contact.Remark is { } remark && MayCall(sight))
            yield return Fact("Remark", remark.Value);
    }

    private static bool MayCall(Sight<Complaint> sight) =>
        Authority.MayCall(sight.Matter.Tracked, sight.Member, sight.Words.Directory);

    protected override string KeyOf(ComplaintEvent e) => ComplaintEvents.KeyOf(e);

    protected override IEnumerable<(string Key, string? Value)> Fills(ComplaintEvent e, DeskWords words) =>
        ComplaintEvents.Fills(e, words);

    protected override IEnumerable<(string Key, string? Value)> Said(ComplaintEvent e, DeskWords words) =>
        ComplaintEvents.Said(e, words);

    protected override async Task<(string Name, object? Value)[]> MoreAsync(
        HttpContext http, Sight<Complaint> sight, CancellationToken ct)
    {
        var (s, words) = (sight.State, sight.Words);
        access.Note(s, sight.Member, AccessKind.Page);
        var following = new List<MatterNumber>();
        foreach (var number in await complaints.FollowingAsync(sight.Matter, ct))
        {
            if (await MayOpenAsync(number, sight, ct))
                following.Add(number);
        }

        return
        [
            ("Follows", s.Intake.Follows is { } over && await MayOpenAsync(over, sight, ct) ? over : null),
            ("Following", following.ToImmutableArray()),
            ("Measures", (await MeasuresAsync(sight, ct)).ToImmutableArray()),
            ("Outside", (await outside.OfComplaintAsync(s, ct)).ToImmutableArray()),
            ("Related", s.Followers.Count + (s.LeadComplaint is not null
                ? 1 : (await complaints.ProposeAsync(sight.Matter, sight.Member, ct)).Count)),
            ("Orders", (await orders.OfComplaintAsync(s.Number, ct)).Select(o => o.State).ToImmutableArray()),
            ("Catalogue", Answers(catalogue, s)
                .Select(a => new DeskFact(a.Name(words.Language), a.Text(s.Intake.Language))).ToImmutableArray()),
            ("MayLook", Authority.MaySeeSignature(sight.Matter.Tracked, sight.Member, words.Directory)),
            ("MaySeeAccess", Authority.MaySeeAccess(sight.Matter.Tracked, sight.Member, words.Directory)),
        ];
    }

    /// <summary>The measures of its reports, those this person may see (4.6.2-5).</summary>
    private async Task<IReadOnlyList<Measure>> MeasuresAsync(Sight<Complaint> sight, CancellationToken ct) =>
    [
        .. (await measures.OfComplaintAsync(sight.Matter, ct)).Select(m => m.State)
            .Where(m => m.MaySee(sight.Member, sight.Rules.Directory)),
    ];

    private Task<IResult> FormAsync(HttpContext http, string id, CancellationToken ct) => OpenAsync(
        http, id,
        async sight =>
        {
            access.Note(sight.State, sight.Member, AccessKind.Form);
            var words = new DeskWords(
                sight.Words.Language, sight.Rules.Directory, sight.Rules.Calendar.Zone,
                new UiTexts(ComplaintForm.Texts));
            var (sheets, annex) = new ComplaintForm(sight, words, await MeasuresAsync(sight, ct)).Fill();
            return DeskPages.Page<PrintedForm>(
                StatusCodes.Status200OK, ("Title", $"{words["Form.Title"]} {sight.State.Number}"),
                ("Language", words.Language), ("Brand", sight.Rules.Directory.Company), ("Sheets", sheets),
                ("Annex", annex), ("AnnexTitle", words["Form.Annex"]),
                ("Back", new DeskFact("", words["Back"], AddressOf(sight.Matter))));
        },
        ct);

    /// <summary>Who looked at it: for quality and the leader.</summary>
    private Task<IResult> AccessAsync(HttpContext http, string id, CancellationToken ct) => OpenAsync(
        http, id,
        async sight => Authority.MaySeeAccess(sight.Matter.Tracked, sight.Member, sight.Words.Directory)
            ? DeskPages.Page<AccessPage>(
                StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, sight.Member)), ("Words", sight.Words),
                ("Number", sight.State.Number.ToString()),
                ("Rows", (await access.OfAsync(sight.State.Number, ct)).ToImmutableArray()),
                ("Days", sight.Rules.Policy.Privacy.KeepAccess))
            : DeskPages.NotFound(http, sight.Member),
        ct);

    private async Task<bool> MayOpenAsync(MatterNumber number, Sight<Complaint> sight, CancellationToken ct) =>
        await complaints.FindAsync(number, ct) is { } other
        && Authority.MayOpen(other.Tracked, sight.Member, sight.Words.Directory);

    private static IReadOnlyList<CatalogueAnswer> Answers(ServiceCatalogue catalogue, Complaint s) =>
        s.Kind == Nature.Enquiry && s.Open ? catalogue.Suggest(s.Intake.Text.Value, s.Community, 3) : [];

    private static string Explanation(Complaint s, DeskWords words)
    {
        var route = Routing.For(s.Category, s.Also);
        // A complaint against a head goes to the leader by D, whatever it is about; then the table's words mislead.
        return route.Clause == s.Clause && route.Lead == s.Lead
            ? $"{s.Clause} · {Texts.Why(route, words.Language)}"
            : $"{s.Clause} · {words.Format("Route.Other", ("lead", words.Name(s.Lead)))}";
    }

    private static IEnumerable<DeskField> Blank(AreaPage page, FormFields f)
    {
        var words = page.Words;
        return
        [
            f.Radio("channel", words.Choices(Channels.AtDesk), nameof(Channel.Phone)),
            f.Select(
                "community", page.Directory.Communities.Select(c => new DeskChoice(c.Id.Value, words.Community(c))),
                page.Community.Id.Value),
            f.Area("text"), f.Line("room", required: false), f.Line("name", required: false),
            f.Phone("phone", required: false),
            f.Select("standing", f.Names<Standing>(), nameof(Standing.Self)), f.Line("person", required: false),
            f.Phone("personPhone", required: false), f.Line("organisation", required: false),
            f.Line("authoritySeen", required: false),
            f.Select(
                "category", f.Names<Category>().Prepend(new DeskChoice("", words["Choice.None.category"])),
                required: false),
            f.Time("wantedBy", required: false),
            f.Checks("isLetter", [new DeskChoice("yes", words["Choice.isLetter"])]),
        ];
    }

    private static IntakeRequest Read(AreaPage page, Answers a, SeenMessage seen)
    {
        var channel = a.Named<Channel>("channel");
        if (!channel.Way().AtDesk)
            a.Wrong("channel", channel);
        var community = new CommunityId(a.Text("community"));
        if (page.Directory.Find(community) is null)
            a.Wrong("community", community);
        return new IntakeRequest(
            community, a.Text("text"), a.Text("name"), a.Text("phone"), a.Text("room"), null, channel,
            a.NamedOrNone<Category>("category"), [], a.TimeOrNone("wantedBy"), null, !a.All("isLetter").IsEmpty,
            page.Member.Id, seen.Id)
        {
            Complainant = ComplainantOf(a),
        };
    }

    /// <summary>Nobody where it is the resident; what was filled in beside that then belongs nowhere.</summary>
    private static ComplainantRequest? ComplainantOf(Answers a)
    {
        var standing = a.NamedOrNone<Standing>("standing") ?? Standing.Self;
        if (standing != Standing.Self)
        {
            return new ComplainantRequest(
                standing, a.Text("person"), a.TextOrNone("personPhone"), a.TextOrNone("organisation"),
                a.TextOrNone("authoritySeen"));
        }

        foreach (var field in new[] { "person", "personPhone", "organisation", "authoritySeen" })
        {
            if (a.TextOrNone(field) is not null)
                a.Wrong("standing", standing, "Say in whose name they complain, or leave the other person out.");
        }

        return null;
    }

    /// <summary>What the caller is told: only to whoever entered the complaint, and nothing of what it says.</summary>
    private async Task<IResult> ReceiptAsync(HttpContext http, string number, CancellationToken ct)
    {
        if (Parts.Sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(number, ct) is not { } found || found.State.Intake.EnteredBy != member.Id)
            return DeskPages.NotFound(http, member);
        var s = found.State;
        var rules = complaints.RulesOf(s);
        var words = new DeskWords(UiLanguage.Of(http), rules.Directory, rules.Calendar.Zone);
        return DeskPages.Page<ReceiptPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, member)),
            ("Receipt", new DeskReceipt(
                s.Number.ToString(), rules.Directory.LinesOf(s.Community), words.Name(s.Intake.Lead),
                words.Time(s.Intake.ResolveDue),
                Texts.Why(Routing.For(s.Intake.Category, s.Intake.Also), words.Language),
                Authority.MayOpen(found.Tracked, member, rules.Directory))
            {
                Danger = s.ReportedDanger
                    ? Emergency.TextOf(rules.Directory.Known(s.Community), words.Language) : null,
            }));
    }
}
