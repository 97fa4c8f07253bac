using CustomerComm.App.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Azure;

/// <summary>Registers the store over Table storage.</summary>
public static class AzureStoreRegistration
{
    /// <summary>
    /// Adds <see cref="IEventStore"/>, <see cref="ITables"/> and <see cref="IPersonKeys"/> over one account. Anchors
    /// are published elsewhere, out of reach of whoever can write here.
    /// </summary>
    public static IServiceCollection AddAzureStore(
        this IServiceCollection services, Func<IServiceProvider, AzureStoreOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(sp => new TableStorage(options(sp)));
        services.AddSingleton<IEventStore>(sp => new TableEventStore(sp.GetRequiredService<TableStorage>()));
        services.AddSingleton<ITables>(sp => new TableTables(sp.GetRequiredService<TableStorage>()));
        services.AddSingleton<IPersonKeys>(sp => new TablePersonKeys(sp.GetRequiredService<TableStorage>()));
        return services;
    }
}
