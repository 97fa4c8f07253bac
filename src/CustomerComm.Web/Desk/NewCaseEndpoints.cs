using System.Collections.Immutable;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Desk;

/// <summary>Intake at the desk: by phone, in person, by letter, from the company (4.6.2-1, 4.6.2-2).</summary>
internal static class NewCaseEndpoints
{
    public static void MapNewCase(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/new", Blank);
        desk.MapPost("/new", ReceiveAsync);
        desk.MapGet("/new/{number}", ReceiptAsync);
    }

    private static IResult Blank(HttpContext http, StaffSessions sessions, CompanyDirectory directory) =>
        sessions.Current(http) is { } member
            ? Page(http, member, directory, null, null, StatusCodes.Status200OK)
            : DeskPages.SignIn(http);

    private static async Task<IResult> ReceiveAsync(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, Intake intake, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var words = new DeskWords(UiLanguage.Of(http), directory);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return Page(http, member, directory, null, words.Error(reason!), status);
        var (request, bad) = Read(form, member, directory);
        if (bad is not null)
        {
            form.WrongField = bad;
            var refusal = new Refusal(RefusalCode.BadField, "4.6.2-1", $"'{bad}' is missing or cannot be read.", bad);
            return Page(
                http, member, directory, form, words.Refused(refusal, "New"), StatusCodes.Status400BadRequest);
        }

        switch (await intake.ReceiveAsync(request!, new Actor.Staff(member), ct))
        {
            case MatterResult<Complaint>.Done opened:
                return TypedResults.LocalRedirect($"~/desk/new/{opened.Matter.State.Number}");
            case MatterResult<Complaint>.Refused no:
                form.WrongField = no.Refusal.Field is { } field ? DeskWords.Short(field) : null;
                return Page(
                    http, member, directory, form, words.Refused(no.Refusal, "New"),
                    DeskPages.StatusOf(no.Refusal.Code));
            case MatterResult<Complaint>.Reused:
                return Page(
                    http, member, directory, form, words.Error("Notice.Reused"), StatusCodes.Status409Conflict);
            case var other:
                throw new InvalidOperationException($"Unknown result {other.GetType().Name}.");
        }
    }

    /// <summary>What the caller is told: only to whoever entered the complaint, and nothing of what it says.</summary>
    private static async Task<IResult> ReceiptAsync(
        HttpContext http, string number, StaffSessions sessions, ComplaintKind service, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (!MatterNumber.TryParse(number, out var parsed) || await service.FindAsync(parsed, ct) is not { } found
            || found.State.Intake.EnteredBy != member.Id)
        {
            return DeskPages.NotFound(http, member);
        }

        var s = found.State;
        var rules = service.RulesOf(s);
        var words = new DeskWords(UiLanguage.Of(http), rules.Directory, rules.Calendar.Zone);
        var route = Routing.For(s.Intake.Category, s.Intake.Also);
        var receipt = new DeskReceipt(
            s.Number.ToString(), rules.Directory.Find(s.Community)?.Hotline ?? "", words.Name(s.Intake.Lead),
            words.Time(s.Intake.ResolveDue),
            Texts.Why(route, words.Language),
            Authority.MayOpen(found.Tracked, member, rules.Directory));
        return DeskPages.Page<ReceiptPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, member)), ("Receipt", receipt));
    }

    private static (IntakeRequest? Request, string? Bad) Read(
        PostedForm form, StaffMember member, CompanyDirectory directory)
    {
        if (form.Seen(member.Id) is not { } seen)
            return (null, "key");
        if (!form.TryNamed<Channel>("channel", out var channel) || !channel.Way().AtDesk)
            return (null, "channel");
        if (directory.Find(new CommunityId(form["community"])) is not { } community)
            return (null, "community");
        Category? category = null;
        if (form["category"].Length > 0)
        {
            if (!form.TryNamed<Category>("category", out var named))
                return (null, "category");
            category = named;
        }

        if (!form.TryTime("wantedBy", TimeZoneInfo.FindSystemTimeZoneById(community.TimeZone), out var wantedBy))
            return (null, "wantedBy");
        var text = form["text"].ReplaceLineEndings("\n").Trim();
        return (
            new IntakeRequest(
                community.Id, text, form["name"], form["phone"], form["room"], null, channel, category, [], wantedBy,
                null, form["isLetter"] == "yes", member.Id, seen.Id),
            null);
    }

    private static IResult Page(
        HttpContext http, StaffMember member, CompanyDirectory directory, PostedForm? form, DeskNotice? notice,
        int status)
    {
        var words = new DeskWords(UiLanguage.Of(http), directory);
        return DeskPages.Page<NewCasePage>(
            status, ("Frame", DeskPages.Frame(http, member, notice)),
            ("Fields", Fields(words, member, directory, form)),
            ("Key", Guid.NewGuid().ToString("N")));
    }

    private static ImmutableArray<DeskField> Fields(
        DeskWords words, StaffMember member, CompanyDirectory directory, PostedForm? form)
    {
        DeskField Field(
            string name, DeskInput input, bool required, string present = "",
            ImmutableArray<DeskChoice> choices = default) =>
            new(name, input, required, words.Label("New", name),
                words.Find($"Field.New.{name}.Hint") ?? words.Find($"Field.{name}.Hint"),
                form is not null ? [.. form.All(name)] : present.Length == 0 ? [] : [present],
                choices.IsDefault ? [] : choices,
                form?.WrongField == name ? words["Field.Wrong"] : null);
        return
        [
            Field("channel", DeskInput.Radio, true, nameof(Channel.Phone),
                [.. words.Choices(Channels.AtDesk)]),
            Field("community", DeskInput.Select, true, (member.Community ?? directory.Communities[0].Id).Value,
                [.. directory.Communities.Select(c => new DeskChoice(c.Id.Value, words.Community(c)))]),
            Field("text", DeskInput.Area, true),
            Field("room", DeskInput.Line, false),
            Field("name", DeskInput.Line, false),
            Field("phone", DeskInput.Phone, false),
            Field("category", DeskInput.Select, false, "",
                [
                    new DeskChoice("", words["Choice.None.category"]),
                    .. Enum.GetValues<Category>().Select(c => new DeskChoice(c.ToString(), words.Name(c))),
                ]),
            Field("wantedBy", DeskInput.Time, false),
            Field("isLetter", DeskInput.Checks, false, "", [new DeskChoice("yes", words["Choice.isLetter"])]),
        ];
    }
}
