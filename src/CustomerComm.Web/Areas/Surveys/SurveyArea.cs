using CustomerComm.App.Reports;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Api;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>The annual survey at the desk (4.5.6).</summary>
internal sealed class SurveyArea : IDeskArea
{
    public string Words => "Surveys";

    public string Path => "/desk/surveys";

    public IReadOnlyList<string> Matters => ["survey"];

    public bool MaySee(StaffMember member) => member.Unit is Unit.Quality or Unit.Office or Unit.Leader;

    public string AddressOf(ObligationRow duty) => $"/desk/surveys/{duty.Number}";

    public void Map(IEndpointRouteBuilder desk)
    {
        var surveys = desk.MapGroup("/surveys");
        surveys.MapGet("", (HttpContext http, SurveyDesk d, CancellationToken ct) => d.ListAsync(http, ct));
        surveys.MapPost("", (HttpContext http, SurveyDesk d, CancellationToken ct) => d.BeginAsync(http, ct));
        surveys.MapGet("/{id}", (string id, HttpContext http, SurveyDesk d, CancellationToken ct) =>
            d.ShowAsync(id, http, ct));
        surveys.MapPost("/{id}", (string id, HttpContext http, SurveyDesk d, CancellationToken ct) =>
            d.ActAsync(id, http, ct));
        surveys.MapGet("/{id}/questions", (string id, HttpContext http, SurveyEditor e, CancellationToken ct) =>
            e.ShowAsync(id, http, ct));
        surveys.MapPost("/{id}/questions", (string id, HttpContext http, SurveyEditor e, CancellationToken ct) =>
            e.ChangeAsync(id, http, ct));
        surveys.MapGet("/{id}/preview", (string id, HttpContext http, SurveyPaper p, CancellationToken ct) =>
            p.PreviewAsync(id, http, ct));
        surveys.MapGet("/{id}/paper", (string id, HttpContext http, SurveyPaper p, CancellationToken ct) =>
            p.PrintAsync(id, http, ct));
        surveys.MapGet("/{id}/enter", (string id, HttpContext http, SurveyPaper p, CancellationToken ct) =>
            p.AskAsync(id, http, ct));
        surveys.MapPost("/{id}/enter", (string id, HttpContext http, SurveyPaper p, CancellationToken ct) =>
            p.EnterAsync(id, http, ct));
        surveys.MapGet("/{id}/results", (string id, HttpContext http, SurveyResultsPages r, CancellationToken ct) =>
            r.ShowAsync(id, http, ct));
        surveys.MapGet("/{id}/said", (string id, HttpContext http, SurveyResultsPages r, CancellationToken ct) =>
            r.SaidAsync(id, http, ct));
    }
}

/// <summary>Registers and maps the survey's pages.</summary>
internal static class SurveyPagesSetup
{
    public static IServiceCollection AddSurveyPages(this IServiceCollection services)
    {
        services.AddSingleton<IDeskArea, SurveyArea>();
        services.AddSingleton<SurveyDesk>();
        services.AddSingleton<SurveyEditor>();
        services.AddSingleton<SurveyPaper>();
        services.AddSingleton<SurveyResultsPages>();
        services.AddSingleton<HomePages>();
        return services;
    }

    public static void MapSurveyPages(this IEndpointRouteBuilder app)
    {
        app.MapSurveyReports();
        var pages = app.MapGroup("").ExcludeFromDescription().DisableAntiforgery();
        pages.MapGet("/surveys/{community}", (string community, HttpContext http, HomePages p, CancellationToken ct) =>
            p.PublishedAsync(community, http, ct));
        var home = pages.MapGroup("/q/{id}/{token}");
        home.MapGet("", (string id, string token, HttpContext http, HomePages p, CancellationToken ct) =>
            p.ShowAsync(id, token, http, ct));
        home.MapPost("", (string id, string token, HttpContext http, HomePages p, CancellationToken ct) =>
            p.AnswerAsync(id, token, http, ct));
        home.MapPost("/decline", (string id, string token, HttpContext http, HomePages p, CancellationToken ct) =>
            p.DeclineAsync(id, token, http, ct));
    }

    /// <summary>The survey of an id like <c>HY-2026</c>, or null.</summary>
    public static Task<App.Matters.LoadedMatter<Domain.Surveys.Survey>?> FindAsync(
        this SurveyKind surveys, string id, CancellationToken ct) =>
        id.Length <= 20 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? surveys.LoadAsync(surveys.StreamOf(id.ToUpperInvariant()), ct)
            : Task.FromResult<App.Matters.LoadedMatter<Domain.Surveys.Survey>?>(null);
}
