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
        Dictionary<string, string>? environment = null)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var start = Command(
            [assembly, "run", "--demo", "--urls", address.ToString().TrimEnd('/')],
            new Dictionary<string, string>(environment ?? [], StringComparer.Ordinal)
            {
                ["CustomerComm__DataDirectory"] = dataDirectory,
            });
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

    /// <summary>Runs a command of the host to its end.</summary>
    public static async Task<(int Code, string Output)> RunAsync(
        string assembly, IEnumerable<string> arguments, CancellationToken ct,
        Dictionary<string, string>? environment = null)
    {
        using var process = Process.Start(Command([assembly, .. arguments], environment))!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await output + await errors);
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

    private static ProcessStartInfo Command(IReadOnlyList<string> arguments, Dictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Path.GetDirectoryName(arguments[0])!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        return start;
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
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(begun) < Signal.Patience)
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
