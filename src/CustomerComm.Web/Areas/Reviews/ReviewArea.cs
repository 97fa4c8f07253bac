using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Areas.Reviews;

/// <summary>The monthly review and inspection, and related cases, at the desk.</summary>
internal sealed class ReviewArea : IDeskArea
{
    public string Words => "Analysis";

    public string Path => "/desk/reviews";

    public IReadOnlyList<string> Matters => ["review"];

    public bool MaySee(StaffMember member) => member.Unit is Unit.Office or Unit.Quality or Unit.Leader;

    public string AddressOf(ObligationRow duty) =>
        $"{Path}/{duty.Stream[(duty.Stream.IndexOf('.', StringComparison.Ordinal) + 1)..]}";

    public void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/reviews", ReviewPages.ListAsync);
        desk.MapGet("/reviews/{id}", ReviewPages.ShowAsync);
        desk.MapPost("/reviews/{id}", ReviewPages.ActAsync);
        desk.MapGet("/reviews/{id}/{number}", OpinionPages.ShowAsync);
        desk.MapPost("/reviews/{id}/{number}", OpinionPages.ActAsync);
        desk.MapGet("/complaints/{number}/related", RelatedPages.ShowAsync);
        desk.MapPost("/complaints/{number}/related", RelatedPages.ActAsync);
    }
}

/// <summary>Registers review, analysis and proof of conduct.</summary>
internal static class AnalysisPages
{
    public static void AddAnalysisPages(this IServiceCollection services)
    {
        services.AddSingleton<IDeskArea, ReviewArea>();
        services.AddSingleton<ReviewViewer>();
        services.AddSingleton<Pages.ConformityPages>();
        services.AddSingleton<Pages.TrendPages>();
        services.AddSingleton<Open311.GeoReport>();
    }
}
