using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Privacy;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Privacy;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Pages;

/// <summary>
/// A resident's own complaint: how it stands, and what they may do about it. Opened by the token of the link alone; without
/// it nothing shows whether there is such a complaint.
/// </summary>
internal sealed class StatusPages(
    ComplaintKind service, DataRequests requests, AccessLog access, DangerHeard dangers, CompanyDirectory directory,
    StaffSessions sessions)
{
    public async Task<IResult> ShowAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, token, ct) is not { } found)
            return NotFound(http);
        if (sessions.Current(http) is { } staff)
            access.Note(found.State, staff, AccessKind.Status);
        var done = http.Request.Query["done"].ToString();
        return await ShowAsync(
            http, found, token, 200,
            done is "note" or "danger" or "extension" or "withdraw" or "object" or "link" or "data" ? "Done." + done : null, null,
            ct);
    }

    public async Task<IResult> AskWithdrawAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, token, ct) is not { } found)
            return NotFound(http);
        if (!found.IsOwnToken(token))
            return await ShowAsync(http, found, token, StatusCodes.Status403Forbidden, null, "Refused.OwnLink", ct);
        var context = ContextOf(http, found, Address(found, token, "/withdraw"));
        return PageResults.Page<WithdrawPage>(
            http, 200, ("Context", context), ("Number", found.State.Number.ToString()),
            ("Action", Address(found, token, "/withdraw")), ("Cancel", Address(found, token, "")), ("FormKey", PageForm.NewKey()));
    }

    public Task<IResult> NoteAsync(string id, string token, HttpContext http, CancellationToken ct) =>
        DoAsync(id, token, http, "note", f => new ComplaintCommand.Note(Channel.Http, f.Text("text")), ct);

    public Task<IResult> AnswerAsync(string id, string token, HttpContext http, CancellationToken ct) =>
        DoAsync(
            id, token, http, "extension",
            f => f["answer"] is "yes" or "no"
                ? new ComplaintCommand.AnswerExtension(f["answer"] == "yes", Channel.Http)
                : null,
            ct);

    /// <summary>The resident does not accept how it ended (4.6.1-2-G).</summary>
    public Task<IResult> ObjectAsync(string id, string token, HttpContext http, CancellationToken ct) =>
        DoAsync(id, token, http, "object", f => new ComplaintCommand.Object(Channel.Http, f.Text("text")), ct);

    /// <summary>Sends a new signing link where the last is dead (4.6.2-4): to the phone or chat, not to this page.</summary>
    public Task<IResult> RenewAsync(string id, string token, HttpContext http, CancellationToken ct) =>
        DoAsync(id, token, http, "link", _ => new ComplaintCommand.RequestSignature(), ct);

    public Task<IResult> WithdrawAsync(string id, string token, HttpContext http, CancellationToken ct) =>
        DoAsync(
            id, token, http, "withdraw",
            f => new ComplaintCommand.Withdraw(
                Channel.Http, f.Text("reason") is { Length: > 0 } reason ? reason : null),
            ct);

    /// <summary>Who of staff looked at it, by post and without names: for the resident alone.</summary>
    public async Task<IResult> AccessAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, token, ct) is not { } found)
            return NotFound(http);
        var context = ContextOf(http, found, Address(found, token, "/access"));
        if (sessions.Current(http) is not null)
            return StaffMayNot(http, context);
        if (!found.IsOwnToken(token))
            return await ShowAsync(http, found, token, StatusCodes.Status403Forbidden, null, "Refused.OwnLink", ct);
        return PageResults.Page<LookedPage>(
            http, 200, ("Context", context), ("Number", found.State.Number.ToString()),
            ("Rows", await access.OfAsync(found.State.Number, ct)), ("Back", Address(found, token, "")),
            ("Rules", service.RulesOf(found.State)));
    }

    /// <summary>The resident asks for a copy of their data, or that they are erased; the link shows who asks.</summary>
    public async Task<IResult> AskDataAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, token, ct) is not { } found)
            return NotFound(http);
        if (sessions.Current(http) is not null)
            return StaffMayNot(http, ContextOf(http, found, Address(found, token, "")));
        if (!found.IsOwnToken(token))
            return await ShowAsync(http, found, token, StatusCodes.Status403Forbidden, null, "Refused.OwnLink", ct);
        if (await PageForm.ReadAsync(http.Request, ct) is not { } form
            || !Enum.TryParse<DataRequestType>(form["what"], out var type) || !Enum.IsDefined(type))
        {
            return await ShowAsync(http, found, token, 400, null, "Refused.BadField", ct);
        }

        return await requests.AskAsync(found.State, type, form.Text("reason"), $"form:{form.Key}", ct) switch
        {
            MatterResult<DataRequest>.Done => PageResults.SeeOther(http, Address(found, token, "") + "?done=data"),
            MatterResult<DataRequest>.Refused no => await ShowAsync(
                http, found, token, Api.Problems.StatusOf(no.Refusal.Code), null,
                no.Refusal.Code == RefusalCode.WrongStage ? "Data.Twice" : $"Refused.{no.Refusal.Code}", ct),
            _ => await ShowAsync(http, found, token, StatusCodes.Status409Conflict, null, "Refused.Repeated", ct),
        };
    }

    private async Task<IResult> DoAsync(
        string id, string token, HttpContext http, string what, Func<PageForm, ComplaintCommand?> read, CancellationToken ct)
    {
        if (await FindAsync(id, token, ct) is not { } found)
            return NotFound(http);
        if (sessions.Current(http) is not null)
            return StaffMayNot(http, ContextOf(http, found, Address(found, token, "")));
        if (await PageForm.ReadAsync(http.Request, ct) is not { } form || read(form) is not { } command)
            return await ShowAsync(http, found, token, 400, null, "Refused.BadField", ct);
        if (command is ComplaintCommand.Note words && found.IsRepresentativeToken(token))
            command = words with { ByRepresentative = true };
        // Anybody may have the first link; the resident alone decides.
        if (command is not (ComplaintCommand.Note or ComplaintCommand.RequestSignature)
            && !found.IsOwnToken(token))
        {
            return await ShowAsync(http, found, token, StatusCodes.Status403Forbidden, null, "Refused.OwnLink", ct);
        }

        var once = form.Once(what, form["text"], form["answer"], form["reason"]);
        var s = found.State;
        if (command is ComplaintCommand.Note { Text: var text }
            && await dangers.HearAsync(
                text, s.Community, s.Intake.Contact, s.Intake.Language,
                s.Stage is Stage.Completed or Stage.Closed ? s.Number : null, found.Stream, once, ct) is not null)
        {
            // Where it cannot be noted any more, the danger has the words. Whoever has this link need not have that one's.
            await service.HandleAsync(found.Stream, command, new Actor.Resident(), once, ct);
            return PageResults.SeeOther(http, Address(found, token, "") + "?done=danger");
        }

        return await service.HandleAsync(found.Stream, command, new Actor.Resident(), once, ct) switch
        {
            MatterResult<Complaint>.Done => PageResults.SeeOther(http, Address(found, token, "") + "?done=" + what),
            MatterResult<Complaint>.Refused no => await ShowAsync(
                http, found, token, Api.Problems.StatusOf(no.Refusal.Code), null, $"Refused.{no.Refusal.Code}", ct),
            _ => await ShowAsync(http, found, token, StatusCodes.Status409Conflict, null, "Refused.Repeated", ct),
        };
    }

    /// <summary>Staff at the desk act there, under their own name, never in the resident's place (4.6.2-4).</summary>
    internal static IResult StaffMayNot(HttpContext http, PageContext context) => PageResults.Message(
        http, context, StatusCodes.Status403Forbidden, "StaffMayNot", "/desk", context["Nav.Desk"]);

    private async Task<LoadedMatter<Complaint>?> FindAsync(string id, string token, CancellationToken ct) =>
        MatterIds.IsSound(id) && await service.LoadAsync(service.StreamOf(id), ct) is { } found
            && found.IsStatusToken(token)
            ? found
            : null;

    private async Task<IResult> ShowAsync(
        HttpContext http, LoadedMatter<Complaint> found, string token, int status, string? done, string? error,
        CancellationToken ct) =>
        PageResults.Page<StatusPage>(
            http, status, ("Context", ContextOf(http, found, Address(found, token, ""))), ("Complaint", found),
            ("Rules", service.RulesOf(found.State)), ("Address", Address(found, token, "")),
            ("Own", found.IsOwnToken(token)), ("May", May(found)),
            ("Done", done), ("Error", error), ("FormKey", PageForm.NewKey()),
            ("ReadOnly", sessions.Current(http) is not null),
            ("Following", await service.FollowingAsync(found, ct)));

    private PageContext ContextOf(HttpContext http, LoadedMatter<Complaint> found, string address) =>
        new(UiLanguage.Of(http, found.State.Intake.Language), directory, address);

    /// <summary>What the domain lets the resident do now, by name.</summary>
    private HashSet<string> May(LoadedMatter<Complaint> found)
    {
        (string Name, ComplaintCommand Trial)[] trials =
        [
            ("object", new ComplaintCommand.Object(Channel.Http, "x")),
            ("link", new ComplaintCommand.RequestSignature()),
            ("withdraw", new ComplaintCommand.Withdraw(Channel.Http, null)),
        ];
        return [.. trials.Where(t => service.Accepts(found.State, t.Trial, new Actor.Resident())).Select(t => t.Name)];
    }

    private static string Address(LoadedMatter<Complaint> found, string token, string page) =>
        $"/{ComplaintMatter.StatusPage}/{Links.IdOf(found.Stream)}/{token}{page}";

    private IResult NotFound(HttpContext http) => PageResults.Message(
        http, new PageContext(UiLanguage.Of(http), directory, "/"), StatusCodes.Status404NotFound, "Error.404");
}
