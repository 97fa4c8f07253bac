using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Desk;

/// <summary>One case at the desk.</summary>
internal static class CaseEndpoints
{
    public static void MapCases(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/complaints/{number}", ShowAsync);
        desk.MapPost("/complaints/{number}", ActAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, string number, StaffSessions sessions, ComplaintKind service, DeskCaseViewer viewer,
        string? done, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(number, member, service, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        DeskNotice? notice = null;
        if (Enum.TryParse<DeskAction>(done, out var action) && Enum.IsDefined(action))
        {
            var words = Words(http, found, service);
            notice = new DeskNotice(false, words.Format("Notice.Done", ("what", words[$"Action.{action}"])), null);
        }

        return await PageAsync(http, member, found, viewer, notice, null, StatusCodes.Status200OK, ct);
    }

    private static async Task<IResult> ActAsync(
        HttpContext http, string number, StaffSessions sessions, ComplaintKind service, DeskCaseViewer viewer,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(number, member, service, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var words = Words(http, found, service);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return await PageAsync(http, member, found, viewer, words.Error(reason!), null, status, ct);
        if (form.Seen(member.Id) is not { } seen)
        {
            return await PageAsync(
                http, member, found, viewer, words.Error("Notice.Expired"), form, StatusCodes.Status400BadRequest, ct);
        }

        var result = form.Action == DeskAction.AcknowledgeLapse
            ? await AcknowledgeAsync(found, form, member, service, ct)
            : await DoAsync(found, form, member, seen, service, ct);
        switch (result)
        {
            case MatterResult<Complaint>.Done changed:
                return Onward(changed.Matter, form, member, service);
            case MatterResult<Complaint>.Refused no:
                form.WrongField = no.Refusal.Field is { } field ? DeskWords.Short(field) : null;
                found = await FindAsync(number, member, service, ct) ?? found;
                return await PageAsync(
                    http, member, found, viewer, words.Refused(no.Refusal, form.Action?.ToString() ?? ""), form,
                    DeskPages.StatusOf(no.Refusal.Code), ct);
            case MatterResult<Complaint>.Reused:
                return await PageAsync(
                    http, member, found, viewer, words.Error("Notice.Reused"), form, StatusCodes.Status409Conflict, ct);
            default:
                return DeskPages.NotFound(http, member);
        }
    }

    private static async Task<MatterResult<Complaint>> DoAsync(
        LoadedMatter<Complaint> found, PostedForm form, StaffMember member, SeenMessage seen, ComplaintKind service,
        CancellationToken ct)
    {
        var zone = service.RulesOf(found.State).Calendar.Zone;
        var (command, bad) = await DeskCommands.ReadAsync(form, zone, ct);
        return bad is not null
            ? new MatterResult<Complaint>.Refused(bad)
            : await service.HandleAsync(found.Stream, command!, new Actor.Staff(member), seen, ct);
    }

    private static async Task<MatterResult<Complaint>> AcknowledgeAsync(
        LoadedMatter<Complaint> found, PostedForm form, StaffMember member, ComplaintKind service, CancellationToken ct)
    {
        if (form.Subject.Split('|', 2) is not [var name, var subject] || !Enum.TryParse<ObligationKind>(name, out var kind))
        {
            return new MatterResult<Complaint>.Refused(new Refusal(
                RefusalCode.BadField, "4.6.2-6", "'subject' is missing or cannot be read.", "subject"));
        }

        return await service.AcknowledgeAsync(found.Stream, kind, subject, form["comment"], member, ct) is { } no
            ? new MatterResult<Complaint>.Refused(no)
            : new MatterResult<Complaint>.Done(await service.LoadAsync(found.Stream, ct) ?? found);
    }

    /// <summary>Back to the case, or to the work list where it has left the person's sight.</summary>
    private static IResult Onward(LoadedMatter<Complaint> changed, PostedForm form, StaffMember member, ComplaintKind service)
    {
        var s = changed.State;
        return TypedResults.LocalRedirect(Authority.MayOpen(changed.Tracked, member, service.RulesOf(s).Directory)
            ? $"~/desk/complaints/{s.Number}?done={form.Action}"
            : "~/desk");
    }

    private static DeskWords Words(HttpContext http, LoadedMatter<Complaint> found, ComplaintKind service)
    {
        var rules = service.RulesOf(found.State);
        return new DeskWords(UiLanguage.Of(http), rules.Directory, rules.Calendar.Zone);
    }

    private static async Task<LoadedMatter<Complaint>?> FindAsync(
        string number, StaffMember member, ComplaintKind service, CancellationToken ct) =>
        MatterNumber.TryParse(number, out var parsed) && await service.FindAsync(parsed, ct) is { } found
            && Authority.MayOpen(found.Tracked, member, service.RulesOf(found.State).Directory)
            ? found : null;

    private static async Task<IResult> PageAsync(
        HttpContext http, StaffMember member, LoadedMatter<Complaint> found, DeskCaseViewer viewer, DeskNotice? notice,
        PostedForm? form, int status, CancellationToken ct) =>
        DeskPages.Page<CasePage>(
            status, ("Frame", DeskPages.Frame(http, member, notice)),
            ("Case", await viewer.ShowAsync(found, member, UiLanguage.Of(http), form, ct)));
}
