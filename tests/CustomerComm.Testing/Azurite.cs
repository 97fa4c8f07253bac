using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace CustomerComm.Testing;

/// <summary>
/// The storage emulator from <c>tests/azurite</c>, its data in memory: a fixture of a test assembly, started by the
/// first test that needs it, ended with them. Where Node or the package is missing, tests are skipped, saying why, or
/// fail where <c>CUSTOMERCOMM_REQUIRE_PARTS</c> is set.
/// </summary>
public sealed class Azurite : IDisposable
{
    private const string RequireParts = "CUSTOMERCOMM_REQUIRE_PARTS";
    private const string Account = "tests";
    private const int FirstLines = 50;

    private static readonly TimeSpan s_installing = TimeSpan.FromMinutes(3);
    private static int s_prefixes;

    private readonly Signal _lines = new();
    private readonly SemaphoreSlim _once = new(1, 1);
    private readonly string _directory = Path.Combine(Repository.Root, "tests", "azurite");
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly TempDirectory _work = new();
    private readonly ConcurrentQueue<string> _begun = new();
    private Process? _process;
    private string? _missing;
    private string? _connection;
    private ConcurrentQueue<string>? _log;

    private string Modules => Path.Combine(_directory, "node_modules");

    private string Main => Path.Combine(Modules, "azurite", "dist", "src", "azurite.js");

    // What npm writes last: a file of the package alone is there long before the package is whole.
    private bool Installed => File.Exists(Path.Combine(Modules, ".package-lock.json"));

    public void Dispose()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        _process?.Dispose();
        _once.Dispose();
        _work.Dispose();
    }

    /// <summary>A prefix for tables and containers that no other test has.</summary>
    public static string NewPrefix() =>
        string.Create(CultureInfo.InvariantCulture, $"T{Interlocked.Increment(ref s_prefixes)}x");

    /// <summary>Starts it if it does not run; the connection string for tables and blobs.</summary>
    public async Task<string> ConnectAsync()
    {
        await _once.WaitAsync();
        try
        {
            if (_process is null)
                _missing ??= await StartAsync();
        }
        finally
        {
            _once.Release();
        }

        if (_missing is not null && Environment.GetEnvironmentVariable(RequireParts) is null)
            Assert.Skip(_missing);
        Assert.Null(_missing);
        // Whoever speaks to an emulator that is gone waits for its retries: say at once what happened.
        return _process is { HasExited: false } && _connection is { } connection ? connection : throw Gone();
    }

    /// <summary>Starts to keep the lines of its access log, one a request; an earlier log is dropped.</summary>
    public void BeginLog() => _log = new ConcurrentQueue<string>();

    /// <summary>Waits until the lines since <see cref="BeginLog"/> are as they should be.</summary>
    public Task LoggedAsync(Func<IReadOnlyList<string>, bool> holds) =>
        _lines.UntilAsync(() => holds([.. _log ?? []]), "lines in the emulator's log");

    /// <summary>Null, or what is missing.</summary>
    private async Task<string?> StartAsync()
    {
        if (Run("node", ["--version"], TimeSpan.FromSeconds(20)) is { } noNode)
            return $"There is no Node.js on this machine: {noNode}";
        if (await InstallAsync() is { } noPackage)
            return $"Azurite is not installed (npm ci in tests/azurite): {noPackage}";
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = _work.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])[
            Main, "--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck",
            "--blobHost", "127.0.0.1", "--blobPort", "0", "--queueHost", "127.0.0.1", "--queuePort", "0",
            "--tableHost", "127.0.0.1", "--tablePort", "0"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{_key}";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _lines.Pulse();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        // It takes ports that are free and says which: one chosen here could be somebody else's by then.
        await _lines.UntilAsync(
            () => (AddressOf("Blob") is not null && AddressOf("Table") is not null) || process.HasExited,
            "the emulator's addresses");
        if (AddressOf("Blob") is not { } blob || AddressOf("Table") is not { } table)
            throw Gone();
        _connection = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={_key};"
            + $"BlobEndpoint={blob}/{Account};TableEndpoint={table}/{Account};";
        return null;
    }

    private string? AddressOf(string service)
    {
        var says = $"Azurite {service} service is successfully listening at ";
        return _begun.FirstOrDefault(l => l.StartsWith(says, StringComparison.Ordinal))?[says.Length..];
    }

    private InvalidOperationException Gone() => new($"Azurite does not run:\n{string.Join('\n', _begun)}");

    private void Keep(string? line)
    {
        if (line is null)
            return;
        if (_begun.Count < FirstLines)
            _begun.Enqueue(line);
        _log?.Enqueue(line);
        _lines.Pulse();
    }

    /// <summary>Null, or why it did not work. Test assemblies run side by side, so one installs at a time.</summary>
    private async Task<string?> InstallAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        while (!Installed)
        {
            try
            {
                await using var alone = new FileStream(
                    Path.Combine(Path.GetTempPath(), "customercomm-azurite.lock"), new FileStreamOptions
                    {
                        Mode = FileMode.OpenOrCreate,
                        Access = FileAccess.ReadWrite,
                        Share = FileShare.None,
                    });
                return Installed ? null : Run("npm", ["ci"], s_installing);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(begun) < s_installing)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }
        }

        return null;
    }

    /// <summary>Null, or why it did not work.</summary>
    private string? Run(string program, string[] arguments, TimeSpan atMost)
    {
        try
        {
            // npm is a script on Windows, which only a shell starts.
            var viaShell = OperatingSystem.IsWindows() && program == "npm";
            string[] shelled = viaShell ? ["/c", program, .. arguments] : arguments;
            var start = new ProcessStartInfo(viaShell ? "cmd" : program, shelled)
            {
                WorkingDirectory = _directory,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEndAsync();
            if (process.WaitForExit(atMost))
                return process.ExitCode == 0 ? null : $"{program} ended with {process.ExitCode}: {error.Result.Trim()}";
            process.Kill(entireProcessTree: true);
            return $"{program} took longer than {atMost}.";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
