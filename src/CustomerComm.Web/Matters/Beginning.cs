using System.Collections.Immutable;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Matters;

/// <summary>What the form for a new matter came to.</summary>
internal abstract record Begun
{
    private Begun()
    {
    }

    /// <summary>It is begun, and shown there.</summary>
    public sealed record At(string Address) : Begun;

    /// <summary>Refused; nothing was begun.</summary>
    public sealed record Refused(Refusal Refusal) : Begun;

    /// <summary>The form was used before with something else in it.</summary>
    public sealed record Reused : Begun;

    /// <summary>What the first command of a matter came to.</summary>
    public static Begun Of<TState>(MatterResult<TState> result, Func<LoadedMatter<TState>, string> address)
        where TState : class, IMatterState => result switch
        {
            MatterResult<TState>.Done { Matter: var begun } => new At(address(begun)),
            MatterResult<TState>.Refused no => new Refused(no.Refusal),
            _ => new Reused(),
        };
}

/// <summary>
/// The page by which staff begin a matter of a kind: its questions, what the answers ask for, and what is done with it.
/// Words: <c>New.Title</c>, <c>New.Hint</c>, <c>New.Send</c>. Times are those of the community named in the form.
/// </summary>
internal sealed record Beginning<TRequest>(
    string Clause, Func<AreaPage, FormFields, CancellationToken, Task<IEnumerable<DeskField>>> Fields,
    Func<AreaPage, Answers, SeenMessage, TRequest> Read,
    Func<AreaPage, TRequest, CancellationToken, Task<Begun>> Begin)
{
    /// <summary>Maps the page at this path below <c>/desk</c>.</summary>
    public void Map(IEndpointRouteBuilder desk, string path, IDeskArea area, DeskParts parts)
    {
        desk.MapGet(path, (HttpContext http, CancellationToken ct) => HandleAsync(http, area, parts, ct));
        desk.MapPost(path, (HttpContext http, CancellationToken ct) => HandleAsync(http, area, parts, ct));
    }

    private async Task<IResult> HandleAsync(HttpContext http, IDeskArea area, DeskParts parts, CancellationToken ct)
    {
        if (AreaPage.Of(http, parts, area) is not { } page)
            return DeskPages.SignIn(http);
        var begun = await page.TakeAsync(Clause, (answers, seen) =>
        {
            var request = Read(page, answers, seen);
            return () => Begin(page, request, ct);
        });
        if (begun is not null)
            return begun;
        var words = page.Words;
        var fields = await Fields(page, page.Fields("New"), ct);
        return DeskPages.Page<NewPage>(
            page.Status, ("Frame", page.Frame()), ("Title", words["New.Title"]), ("Hint", words.Find("New.Hint")),
            ("Send", words["New.Send"]), ("List", area.ListOf(words)),
            ("Fields", fields.ToImmutableArray()), ("Key", Guid.NewGuid().ToString("N")));
    }
}
