using System.Net;
using System.Net.Sockets;

namespace CustomerComm.Testing;

/// <summary>Ports for servers that cannot take a free one themselves.</summary>
public static class Ports
{
    private const int Attempts = 5;

    /// <summary>
    /// Starts a server on a loopback port that was free a moment ago; on another where somebody else took it meanwhile,
    /// which <paramref name="taken"/> tells from other failures.
    /// </summary>
    public static async Task<T> StartAsync<T>(Func<int, Task<T>> start, Func<Exception, bool> taken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await start(Free());
            }
            catch (Exception e) when (attempt < Attempts && taken(e))
            {
                // Another one.
            }
        }
    }

    private static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
