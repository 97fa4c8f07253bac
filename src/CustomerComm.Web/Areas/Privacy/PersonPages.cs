using CustomerComm.App.Matters;
using CustomerComm.App.Privacy;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Privacy;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Privacy;

/// <summary>
/// A person's own data request, by the link that was sent to their phone or chat: how it stands, that it be stopped, the
/// copy. Without the link nothing shows whether there is such a request.
/// </summary>
internal sealed class PersonPages(
    DataRequestKind requests, PersonFileMaker files, CompanyDirectory directory, StaffSessions sessions, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup($"/{DataRequestMatter.Page}/{{id}}/{{token}}");
        own.MapGet("", (string id, string token, HttpContext http, CancellationToken ct) =>
            WithAsync(id, token, http, (found, at) => Task.FromResult(Show(
                http, found, at, 200, http.Request.Query["done"] == "stop" ? "Person.Stopped" : null, null)), ct));
        own.MapPost("/stop", (string id, string token, HttpContext http, CancellationToken ct) =>
            WithAsync(id, token, http, (found, at) => StopAsync(http, found, at, ct), ct));
        own.MapGet("/file", (string id, string token, HttpContext http, CancellationToken ct) =>
            WithAsync(id, token, http, (found, at) => FileAsync(http, found, at, ct), ct));
    }

    private async Task<IResult> StopAsync(
        HttpContext http, LoadedMatter<DataRequest> found, string at, CancellationToken ct)
    {
        if (sessions.Current(http) is not null)
            return StatusPages.StaffMayNot(http, ContextOf(http, found, at));
        if (await PageForm.ReadAsync(http.Request, ct) is not { } form)
            return Show(http, found, at, 400, null, "Refused.BadField");
        var stopped = await requests.HandleAsync(
            found.Stream, new DataRequestCommand.Stop(), new Actor.Resident(), form.Once("stop"), ct);
        return stopped is MatterResult<DataRequest>.Done
            ? PageResults.SeeOther(http, $"{at}?done=stop")
            : Show(http, found, at, StatusCodes.Status409Conflict, null, "Person.TooLate");
    }

    private async Task<IResult> FileAsync(
        HttpContext http, LoadedMatter<DataRequest> found, string at, CancellationToken ct)
    {
        if (sessions.Current(http) is not null)
            return StatusPages.StaffMayNot(http, ContextOf(http, found, at));
        return MayFetch(found.State) && DataRequests.AddressOf(found.State.Asked.Contact) is { } address
            ? DataRequestArea.Download(http, await files.MakeAsync(address, ct), found.State.Number)
            : NotFound(http);
    }

    private bool MayFetch(DataRequest s) => s.CopyUntil is { } until && until > time.GetUtcNow();

    private async Task<IResult> WithAsync(
        string id, string token, HttpContext http, Func<LoadedMatter<DataRequest>, string, Task<IResult>> answer,
        CancellationToken ct)
    {
        return MatterIds.IsSound(id) && await requests.LoadAsync(requests.StreamOf(id), ct) is { } found
            && found.Opens(token, DataRequestMatter.Page)
            ? await answer(found, $"/{DataRequestMatter.Page}/{id}/{token}") : NotFound(http);
    }

    private IResult Show(
        HttpContext http, LoadedMatter<DataRequest> found, string at, int status, string? done, string? error) =>
        PageResults.Page<PersonPage>(
            http, status, ("Context", ContextOf(http, found, at)), ("Request", found.State),
            ("Rules", requests.RulesOf(found.State)), ("Address", at), ("Done", done), ("Error", error),
            ("FormKey", PageForm.NewKey()), ("ReadOnly", sessions.Current(http) is not null),
            ("MayStop", requests.Accepts(found.State, new DataRequestCommand.Stop(), new Actor.Resident())),
            ("MayFetch", MayFetch(found.State)));

    private PageContext ContextOf(HttpContext http, LoadedMatter<DataRequest> found, string at) =>
        new(UiLanguage.Of(http, found.State.Asked.Language), directory, at)
        {
            Own = new UiTexts(DataRequestArea.Texts),
        };

    private IResult NotFound(HttpContext http) => PageResults.Message(
        http, new PageContext(UiLanguage.Of(http), directory, "/"), StatusCodes.Status404NotFound, "Error.404");
}
