using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerComm.Testing;

/// <summary>
/// The real host in a process of its own, on a free loopback port. <see cref="Kill"/> ends it as a power cut would:
/// SIGKILL on Unix, TerminateProcess on Windows; neither lets it finish anything.
/// </summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private HostProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        process.OutputDataReceived += (_, line) => Remember(line.Data);
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public int Id => _process.Id;

    /// <summary>What it printed, for the report of a failure.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts the host and waits until it answers.</summary>
    public static async Task<HostProcess> StartAsync(
        string assembly, string dataDirectory, CancellationToken ct,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])[assembly, "run", "--demo", "--urls", address.ToString().TrimEnd('/')])
            start.ArgumentList.Add(argument);
        start.Environment["CustomerComm__DataDirectory"] = dataDirectory;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        var host = new HostProcess(Process.Start(start)!, address);
        try
        {
            await host.WaitUntilLiveAsync(ct);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilLiveAsync(CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = Address };
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The host ended with {_process.ExitCode}:\n{Output}");
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/live", UriKind.Relative), ct);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(begun) < s_patience)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ct);
        }
    }

    private void Remember(string? line)
    {
        lock (_output)
        {
            if (_output.Length < 100_000)
                _output.AppendLine(line);
        }
    }
}
