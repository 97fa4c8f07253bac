using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Registers;

/// <summary>Registers the communication registers.</summary>
internal static class RegisterServices
{
    /// <summary>Adds them.</summary>
    internal static IServiceCollection AddRegisters(this IServiceCollection services)
    {
        services.AddMatter<RegisterKind>();
        services.AddSingleton<RegisterFeed>();
        services.AddSingleton<RegisterIntake>();
        services.AddSingleton<RegisterReader>();
        return services;
    }
}
