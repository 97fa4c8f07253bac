using CustomerComm.App.Reports;
using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Areas.Revisits;

/// <summary>The monthly revisits at the desk (4.5.3).</summary>
internal sealed class RevisitsArea : IDeskArea
{
    public string Words => "Revisits";

    public string Path => "/desk/revisits";

    public IReadOnlyList<string> Matters => [RevisitKind.Name];

    public bool MaySee(StaffMember member) => member.Unit is Unit.Office or Unit.Quality or Unit.Leader;

    public string AddressOf(ObligationRow duty) => $"{Path}/{duty.Stream[(RevisitKind.Name.Length + 1)..]}";

    public void Map(IEndpointRouteBuilder desk) => desk.MapRevisits();
}

/// <summary>Registers the pages of revisits.</summary>
internal static class RevisitPagesRegistration
{
    internal static IServiceCollection AddRevisitPages(this IServiceCollection services)
    {
        services.AddSingleton<IDeskArea, RevisitsArea>();
        services.AddSingleton<RevisitDesk>();
        services.AddSingleton<Pages.Orders.RevisitPages>();
        return services;
    }
}
