using CustomerComm.App;
using CustomerComm.App.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Azure;

/// <summary>Registers the store over a storage account.</summary>
public static class AzureStoreRegistration
{
    /// <summary>
    /// Adds <see cref="IEventStore"/>, <see cref="ITables"/> and <see cref="IPersonKeys"/> over the account of the
    /// settings <c>CustomerComm:Storage</c>. Throws <see cref="InvalidDataException"/> naming what is wrong there.
    /// </summary>
    public static IServiceCollection AddAzureStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<AzureStoreOptions>(configuration, HostSettings.Storage);
        services.AddSingleton<StorageAccount>();
        services.AddSingleton<IEventStore>(sp => new TableEventStore(sp.GetRequiredService<StorageAccount>()));
        services.AddSingleton<ITables>(sp => new TableTables(sp.GetRequiredService<StorageAccount>()));
        services.AddSingleton<IPersonKeys>(sp => new TablePersonKeys(sp.GetRequiredService<StorageAccount>()));
        services.AddSingleton<IStoreOutage, StorageOutage>();
        return services;
    }

    /// <summary>
    /// Adds <see cref="IAnchorStore"/> over a container of the same account, signed by the registered
    /// <see cref="IAnchorKey"/>. The container needs a time-based immutability policy, or whoever can write here could
    /// still cut off the last anchors.
    /// </summary>
    public static IServiceCollection AddAzureAnchors(this IServiceCollection services) =>
        services.AddSingleton<IAnchorStore>(sp => new BlobAnchorStore(
            sp.GetRequiredService<StorageAccount>(), sp.GetRequiredService<IAnchorKey>()));
}
