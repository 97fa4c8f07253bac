using System.Globalization;
using CustomerComm.App;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Pages.Orders;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Pages;

/// <summary>What a resident filled in on the signing page before something was found wrong with it.</summary>
public sealed record SignInput(int? Satisfaction, string Comment, string Reason);

/// <summary>
/// Where the resident signs the resolution, or refuses to (4.6.2-4). The link's token is the only key; staff at the
/// desk are turned away. Token and address are never logged.
/// </summary>
internal sealed class SignPages(
    ComplaintKind service, Links links, CompanyDirectory directory, StaffSessions sessions, TimeProvider time)
{
    private static readonly SignInput s_empty = new(null, "", "");

    public async Task<IResult> ShowAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not null)
            return StatusPages.StaffMayNot(http, General(http));
        return await FindAsync(id, ct) is { } found
            ? Show(http, found, token, 200, s_empty, null)
            : Gone(http);
    }

    public async Task<IResult> SignAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } found)
            return Gone(http);
        if (await PageForm.ReadAsync(http.Request, ct) is not { } form)
            return Show(http, found, token, 400, s_empty, "Refused.BadField");
        var satisfaction = ReadSatisfaction(form);
        var input = new SignInput(satisfaction, form.Text("comment"), "");
        var mark = form["signature"];
        if (satisfaction is null)
            return Show(http, found, token, 400, input, "Sign.NoSatisfaction");
        if (!DrawnMark.IsSound(mark))
            return Show(http, found, token, 400, input, "Sign.NoMark");
        var hash = Pseudonyms.HashToken(token);
        var command = new ComplaintCommand.Sign(
            IssueOf(found, token), hash, form["textHash"], mark, satisfaction.Value,
            input.Comment.Length == 0 ? null : input.Comment);
        var once = form.Once("sign", hash, command.TextHash, mark, form["satisfaction"], input.Comment);
        return await service.HandleAsync(found.Stream, command, ActorOf(http), once, ct) switch
        {
            MatterResult<Complaint>.Done => PageResults.SeeOther(http, $"{Address(found, token)}?done=1"),
            var other => await WrongAsync(http, found, token, input, other, ct),
        };
    }

    public async Task<IResult> RefuseAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } found)
            return Gone(http);
        if (await PageForm.ReadAsync(http.Request, ct) is not { } form)
            return Show(http, found, token, 400, s_empty, "Refused.BadField");
        var input = new SignInput(null, "", form.Text("reason"));
        if (input.Reason.Length == 0)
            return Show(http, found, token, 400, input, "Sign.NoReason");
        var hash = Pseudonyms.HashToken(token);
        var command = new ComplaintCommand.RefuseSignature(IssueOf(found, token), input.Reason, null);
        var once = form.Once("refuse", hash, input.Reason);
        // The link is used up with it, so the answer is this page and not another one to be got.
        return await service.HandleAsync(found.Stream, command, ActorOf(http), once, ct) switch
        {
            MatterResult<Complaint>.Done => PageResults.Message(http, ContextOf(http, found, "/"), 200, "Refused.Done"),
            var other => await WrongAsync(http, found, token, input, other, ct),
        };
    }

    private async Task<IResult> WrongAsync(
        HttpContext http, LoadedMatter<Complaint> found, string token, SignInput input, MatterResult<Complaint> result, CancellationToken ct)
    {
        if (result is not MatterResult<Complaint>.Refused { Refusal: var no })
            return Show(http, found, token, StatusCodes.Status409Conflict, input, "Refused.Repeated");
        if (no.Code == RefusalCode.ResidentOnly)
            return StatusPages.StaffMayNot(http, General(http));
        // What was shown may be out of date: look again.
        var now = await service.LoadAsync(found.Stream, ct) ?? found;
        return Show(http, now, token, Api.Problems.StatusOf(no.Code), input, $"Refused.{no.Code}");
    }

    private IResult Show(
        HttpContext http, LoadedMatter<Complaint> found, string token, int status, SignInput input, string? error)
    {
        var s = found.State;
        var hash = Pseudonyms.HashToken(token);
        if (s.Signature is { Way: SignatureWay.Drawn } done && done.TokenHash == hash)
        {
            return PageResults.Message(
                http, ContextOf(http, found, Address(found, token)), 200,
                http.Request.Query["done"] == "1" ? "Signed.Now" : "Signed.Before");
        }

        if (!Signing.Opens(s.Request, IssueOf(found, token), time.Now()))
            return Gone(http);
        return PageResults.Page<SignPage>(
            http, status, ("Context", ContextOf(http, found, Address(found, token))), ("Case", s),
            ("Rules", service.RulesOf(s)), ("Action", Address(found, token)), ("FormKey", PageForm.NewKey()),
            ("Input", input), ("Error", error));
    }

    private Task<LoadedMatter<Complaint>?> FindAsync(string id, CancellationToken ct) =>
        MatterIds.IsSound(id) ? service.LoadAsync(service.StreamOf(id), ct) : Task.FromResult<LoadedMatter<Complaint>?>(null);

    /// <summary>Whoever is signed in at the desk is staff, whatever link they hold; the rules then say no.</summary>
    private Actor ActorOf(HttpContext http) =>
        sessions.Current(http) is { } member ? new Actor.Staff(member) : new Actor.Resident();

    /// <summary>The number of the link that this is the token of; 0 where it is none's.</summary>
    private int IssueOf(LoadedMatter<Complaint> found, string token) =>
        links.IsMatterToken(token, ComplaintMatter.SignPage, found.Stream, found.State.LinksIssued)
            ? found.State.LinksIssued : 0;

    private static int? ReadSatisfaction(PageForm form) =>
        int.TryParse(form["satisfaction"], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value is >= 1 and <= 5 ? value : null;

    private PageContext General(HttpContext http) => new(UiLanguage.Of(http), directory, "/");

    private PageContext ContextOf(HttpContext http, LoadedMatter<Complaint> found, string address) =>
        new(UiLanguage.Of(http, found.State.Intake.Language), directory, address);

    private static string Address(LoadedMatter<Complaint> found, string token) =>
        $"/s/{Links.IdOf(found.Stream)}/{Uri.EscapeDataString(token)}";

    private IResult Gone(HttpContext http) =>
        PageResults.Message(http, General(http), StatusCodes.Status410Gone, "Error.410");
}
