using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace CustomerComm.Testing;

/// <summary>
/// The real host in a process of its own, on a free loopback port. <see cref="Kill"/> ends it as a power cut would:
/// SIGKILL on Unix, TerminateProcess on Windows; neither lets it finish anything.
/// </summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Signal _lines = new();
    private Uri? _address;

    private HostProcess(Process process)
    {
        _process = process;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _lines.Pulse();
        process.OutputDataReceived += (_, line) => Remember(line.Data);
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>As it printed it: it takes a port that is free.</summary>
    public Uri Address => _address ?? throw new InvalidOperationException("The host has not started.");

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
        var start = Command(
            [assembly, "run", "--demo", "--urls", "http://127.0.0.1:0"],
            new Dictionary<string, string>(environment ?? [], StringComparer.Ordinal)
            {
                ["CustomerComm__DataDirectory"] = dataDirectory,
            });
        var host = new HostProcess(Process.Start(start)!);
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

    private async Task WaitUntilLiveAsync(CancellationToken ct)
    {
        await _lines.UntilAsync(() => Started().IsMatch(Output) || _process.HasExited, "the address of the host");
        if (!Started().IsMatch(Output))
            throw new InvalidOperationException($"The host ended with {_process.ExitCode}:\n{Output}");
        _address = new Uri(Started().Match(Output).Groups[1].Value);
        using var client = new HttpClient { BaseAddress = _address };
        using var answer = await client.GetAsync(new Uri("/health/live", UriKind.Relative), ct);
        answer.EnsureSuccessStatusCode();
    }

    private void Remember(string? line)
    {
        lock (_output)
        {
            if (_output.Length < 100_000)
                _output.AppendLine(line);
        }

        _lines.Pulse();
    }

    [GeneratedRegex("resident chat +(http://[0-9.:]+/)chat", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Started();
}
