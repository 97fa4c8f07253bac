using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Calls;

/// <summary>Registers calls and the duty roster.</summary>
internal static class CallServices
{
    /// <summary>Adds them.</summary>
    internal static IServiceCollection AddCalls(this IServiceCollection services)
    {
        services.AddSingleton<DutyBoard>();
        services.AddSingleton<DutyBoardKeeper>();
        services.AddSingleton<CallFigures>();
        services.AddMatter<CallKind>();
        services.AddMatter<RosterKind>();
        return services;
    }
}
