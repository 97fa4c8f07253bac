using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Reviews;

/// <summary>Repeated complaints from one place: proposed, joined with one lead, resolved together (4.5.7).</summary>
internal static class RelatedPages
{
    private const string Join = "Join", Separate = "Separate", ResolveAll = "ResolveAll";
    private const int Preview = 60;

    public static async Task<IResult> ShowAsync(
        HttpContext http, string number, StaffSessions sessions, ComplaintKind service, ComplaintKind related,
        TimeProvider time, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(number, member, service, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var words = Words(http, found, service);
        var banner = words.Find($"Action.{http.Request.Query["done"]}") is { } what
            ? new DeskBanner(false, words.Format("Banner.Done", ("what", what)), null)
            : null;
        return await PageAsync(http, member, found, service, related, time, banner, null, StatusCodes.Status200OK, ct);
    }

    public static async Task<IResult> ActAsync(
        HttpContext http, string number, StaffSessions sessions, ComplaintKind service, ComplaintKind related,
        TimeProvider time, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(number, member, service, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var words = Words(http, found, service);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null || form.Seen(member.Id) is not { } seen)
        {
            return await PageAsync(
                http, member, found, service, related, time, words.Error(reason ?? "Banner.Expired"), form,
                form is null ? status : StatusCodes.Status400BadRequest, ct);
        }

        var action = form["action"];
        var result = action switch
        {
            Join when MatterNumber.TryParse(form["lead"], out var lead) =>
                await related.JoinAsync(found, lead, member, seen, ct),
            Join => Bad("lead", "'lead' is not the number of a case."),
            Separate => await related.SeparateAsync(found, member, seen, ct),
            ResolveAll => await ResolveAsync(found, form, member, service, related, seen, ct),
            _ => Bad("action", "There is no such action."),
        };
        switch (result)
        {
            case MatterResult<Complaint>.Done:
                return TypedResults.LocalRedirect(
                    $"~/desk/complaints/{found.State.Number}/related?done={Uri.EscapeDataString(action)}");
            case MatterResult<Complaint>.Refused no:
                form.WrongField = no.Refusal.Field;
                found = await FindAsync(number, member, service, ct) ?? found;
                return await PageAsync(
                    http, member, found, service, related, time, words.Refused(no.Refusal, action), form,
                    DeskPages.StatusOf(no.Refusal.Code), ct);
            case MatterResult<Complaint>.Reused:
                return await PageAsync(
                    http, member, found, service, related, time, words.Error("Banner.Reused"), form,
                    StatusCodes.Status409Conflict, ct);
            default:
                return DeskPages.NotFound(http, member);
        }
    }

    /// <summary>
    /// Resolves the chosen followers with one text; each resident is then asked to sign for themselves. Where one is
    /// refused that is told, the others are done.
    /// </summary>
    private static async Task<MatterResult<Complaint>> ResolveAsync(
        LoadedMatter<Complaint> lead, PostedForm form, StaffMember member, ComplaintKind service, ComplaintKind related,
        SeenMessage seen, CancellationToken ct)
    {
        var chosen = form.All("follower").ToHashSet(StringComparer.Ordinal);
        if (chosen.Count == 0)
            return Bad("follower", "Choose at least one case.");
        MatterResult<Complaint> result = new MatterResult<Complaint>.Done(lead);
        var text = form["text"].ReplaceLineEndings("\n").Trim();
        foreach (var follower in await related.FollowersAsync(lead, ct))
        {
            if (!chosen.Contains(follower.State.Number.ToString()))
                continue;
            var one = await service.HandleAsync(
                follower.Stream, new ComplaintCommand.Resolve(text), new Actor.Staff(member), seen, ct);
            if (one is not MatterResult<Complaint>.Done)
                result = one;
        }

        return result;
    }

    private static MatterResult<Complaint>.Refused Bad(string field, string text) =>
        new(new Refusal(RefusalCode.BadField, "4.5.7", text, field));

    private static async Task<LoadedMatter<Complaint>?> FindAsync(
        string number, StaffMember member, ComplaintKind service, CancellationToken ct) =>
        MatterNumber.TryParse(number, out var parsed) && await service.FindAsync(parsed, ct) is { } found
            && Authority.MayOpen(found.Tracked, member, service.RulesOf(found.State).Directory)
            ? found : null;

    private static DeskWords Words(HttpContext http, LoadedMatter<Complaint> found, ComplaintKind service)
    {
        var rules = service.RulesOf(found.State);
        return new DeskWords(UiLanguage.Of(http), rules.Directory, rules.Calendar.Zone, new UiTexts("Analysis"));
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, StaffMember member, LoadedMatter<Complaint> found, ComplaintKind service, ComplaintKind related,
        TimeProvider time, DeskBanner? banner, PostedForm? form, int status, CancellationToken ct)
    {
        var s = found.State;
        var words = Words(http, found, service);
        var directory = service.RulesOf(s).Directory;
        var lead = s.LeadCase is { } number ? await service.FindAsync(number, ct) : null;
        var proposed = lead is null ? await related.ProposeAsync(found, member, ct) : [];
        var followers = await related.FollowersAsync(found, ct);
        RelatedLine Line(LoadedMatter<Complaint> c) => LineOf(c, member, service, words, time.Now());
        var visible = followers.Where(f => Authority.MayOpen(f.Tracked, member, directory)).Select(Line)
            .ToImmutableArray();
        var separate = s.LeadCase is not null && ComplaintMatter.Decide(
            s, new ComplaintCommand.Separate(), new Actor.Staff(member), time.Now(), service.RulesOf(s))
            is Decision<ComplaintEvent>.Accepted;
        var view = new RelatedView(
            s.Number.ToString(),
            words.Format(
                "Related.Place",
                ("building", s.Building.Length == 0 ? Texts.Get("Word.Unknown", words.Language) : s.Building),
                ("category", words.Name(s.Category))),
            lead is null ? null : Line(lead), visible, [.. proposed.Select(Line)], separate,
            [.. Forms(s, visible, proposed, separate, words, form)]);
        return DeskPages.Page<RelatedPage>(status, ("Frame", DeskPages.Frame(http, member, banner)), ("View", view));
    }

    private static RelatedLine LineOf(
        LoadedMatter<Complaint> c, StaffMember member, ComplaintKind service, DeskWords words, DateTimeOffset now)
    {
        var s = c.State;
        var rules = service.RulesOf(s);
        var text = Authority.MayOpen(c.Tracked, member, rules.Directory) ? s.Intake.Text.Value.ReplaceLineEndings(" ") : "";
        return new RelatedLine(
            s.Number.ToString(), words.Time(s.ReceivedAt), words.Name(s.Stage),
            text.Length > Preview ? text[..Preview] + "…" : text,
            ComplaintMatter.Decide(s, new ComplaintCommand.Resolve("x"), new Actor.Staff(member), now, rules)
                is Decision<ComplaintEvent>.Accepted { Events.IsEmpty: false });
    }

    private static IEnumerable<DeskForm> Forms(
        Complaint s, ImmutableArray<RelatedLine> followers, IReadOnlyList<LoadedMatter<Complaint>> proposed, bool separate,
        DeskWords words, PostedForm? posted)
    {
        if (proposed.Count > 0)
        {
            yield return Form(
                Join, words, posted,
                f => [f.Radio("lead", proposed.Select(p => Choice(p.State, words)))]);
        }

        if (separate)
            yield return Form(Separate, words, posted, _ => []);
        var open = followers.Where(f => f.MayResolve).ToList();
        if (s.Resolution is { } resolution && open.Count > 0)
        {
            yield return Form(
                ResolveAll, words, posted,
                f =>
                [
                    f.Checks(
                        "follower", open.Select(o => new DeskChoice(o.Number, o.Number)),
                        [.. open.Select(o => o.Number)]),
                    f.Area("text", present: resolution.Text.Value),
                ]);
        }
    }

    private static DeskChoice Choice(Complaint s, DeskWords words) => new(
        s.Number.ToString(), $"{s.Number} · {words.Time(s.ReceivedAt)} · {words.Name(s.Stage)}");

    private static DeskForm Form(
        string action, DeskWords words, PostedForm? posted, Func<FormFields, ImmutableArray<DeskField>> fields)
    {
        var typed = posted?["action"] == action ? posted : null;
        return new DeskForm(
            action, "", words[$"Action.{action}"], words.Find($"Hint.{action}"), null,
            fields(new FormFields(words, action, typed)), Guid.NewGuid().ToString("N"),
            typed is not null || action != Separate);
    }
}
