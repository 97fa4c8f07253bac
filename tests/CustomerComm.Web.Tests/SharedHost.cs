using CustomerComm.Web.Tests;

[assembly: AssemblyFixture(typeof(SharedHost))]

namespace CustomerComm.Web.Tests;

/// <summary>
/// One running host, started by the first that needs it, for all tests that neither move its clock nor count what is in
/// it.
/// </summary>
public sealed class SharedHost : IAsyncDisposable
{
    /// <summary>Who shows it may post over Open311.</summary>
    public const string CityKey = "key-of-the-city";

    private readonly Lazy<Task<RunningHost>> _host =
        new(() => RunningHost.StartAsync($"--CustomerComm:Open311Keys=other, {CityKey}"));

    public Task<RunningHost> GetAsync() => _host.Value;

    public async ValueTask DisposeAsync()
    {
        if (_host.IsValueCreated)
            await (await _host.Value).DisposeAsync();
    }
}
