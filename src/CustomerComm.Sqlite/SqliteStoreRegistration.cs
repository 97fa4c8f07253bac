using CustomerComm.App.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Sqlite;

/// <summary>Registers the embedded store.</summary>
public static class SqliteStoreRegistration
{
    /// <summary>
    /// Adds <see cref="IEventStore"/>, <see cref="ITables"/>, <see cref="IPersonKeys"/> and <see cref="IAnchorStore"/>
    /// over one data directory, which is opened, and locked, when the first of them is asked for. The host adds the
    /// <see cref="IAnchorKey"/>.
    /// </summary>
    public static IServiceCollection AddSqliteStore(
        this IServiceCollection services, Func<IServiceProvider, string> dataDirectory)
    {
        services.AddSingleton(sp => new SqliteDatabase(dataDirectory(sp)));
        services.AddSingleton<IEventStore>(sp => new SqliteEventStore(sp.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<ITables>(sp => new SqliteTables(sp.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IPersonKeys>(sp => new SqlitePersonKeys(sp.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IAnchorStore>(
            sp => new FileAnchorStore(
                sp.GetRequiredService<SqliteDatabase>().Directory, sp.GetRequiredService<IAnchorKey>()));
        services.AddSingleton<IStoreOutage, SqliteOutage>();
        return services;
    }
}
