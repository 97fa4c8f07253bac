using CustomerComm.App.Reports;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Areas.Calls;

/// <summary>Calls of the hotlines at the desk (4.5.2).</summary>
internal sealed class CallsArea : IDeskArea
{
    /// <inheritdoc/>
    public string Words => "Calls";

    /// <inheritdoc/>
    public string Path => "/desk/calls";

    /// <inheritdoc/>
    public IReadOnlyList<string> Matters => ["call"];

    /// <summary>The offices answer the phone, quality and the leader look at the figures.</summary>
    public bool MaySee(StaffMember member) => CallPages.MaySee(member);

    /// <inheritdoc/>
    public string AddressOf(ObligationRow duty)
    {
        return $"{Path}/{duty.Stream[(duty.Stream.IndexOf('.', StringComparison.Ordinal) + 1)..]}";
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/calls", CallPages.ListAsync);
        desk.MapPost("/calls", CallPages.RecordAsync);
        desk.MapGet("/calls/{id}", CallPages.ShowAsync);
        desk.MapPost("/calls/{id}", CallPages.ActAsync);
    }
}

/// <summary>The duty roster at the desk (4.5.2).</summary>
internal sealed class RosterArea : IDeskArea
{
    /// <inheritdoc/>
    public string Words => "Roster";

    /// <inheritdoc/>
    public string Path => "/desk/roster";

    /// <inheritdoc/>
    public IReadOnlyList<string> Matters => ["roster"];

    /// <inheritdoc/>
    public bool MaySee(StaffMember member) => CallPages.MaySee(member);

    /// <summary>The week of the gap.</summary>
    public string AddressOf(ObligationRow duty)
    {
        var community = duty.Stream[(duty.Stream.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var day = duty.Subject[(duty.Subject.IndexOf('|', StringComparison.Ordinal) + 1)..];
        return $"{Path}?community={community}&week={day}";
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/roster", RosterPages.ShowAsync);
        desk.MapPost("/roster", RosterPages.ActAsync);
    }
}

/// <summary>Registers both areas.</summary>
internal static class CallsPages
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddCallsPages(this IServiceCollection services)
    {
        services.AddSingleton<IDeskArea, CallsArea>();
        services.AddSingleton<IDeskArea, RosterArea>();
        return services;
    }
}
