[assembly: AssemblyFixture(typeof(Azurite))]

namespace CustomerComm.Web.Tests;

/// <summary>Settings that put the host onto the storage emulator.</summary>
internal static class Emulator
{
    /// <summary>Tables, blobs and anchors that no other test has.</summary>
    public static async Task<string[]> SettingsAsync(this Azurite azurite) =>
    [
        "--CustomerComm:Store=tables", "--CustomerComm:Anchors=blobs",
        $"--CustomerComm:Storage:ConnectionString={await azurite.ConnectAsync()}",
        $"--CustomerComm:Storage:Prefix={Azurite.NewPrefix()}",
    ];
}
