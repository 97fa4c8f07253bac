using CustomerComm.Azure;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace CustomerComm.Store.Tests;

/// <summary>Options for the emulator as tests need them.</summary>
internal static class Emulator
{
    /// <summary>Tables and containers that no other test has.</summary>
    public static async Task<AzureStoreOptions> FreshAsync(this Azurite azurite) =>
        new() { ConnectionString = await azurite.ConnectAsync(), Prefix = Azurite.NewPrefix() };
}
