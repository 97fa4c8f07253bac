using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Revisits;

/// <summary>Registers the monthly revisit.</summary>
internal static class RevisitServices
{
    internal static IServiceCollection AddRevisits(this IServiceCollection services)
    {
        services.AddMatter<RevisitKind>();
        services.AddSingleton<RevisitReader>();
        services.AddSingleton<RevisitPlanning>();
        return services;
    }
}
