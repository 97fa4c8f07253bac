using System.Diagnostics;
using CustomerComm.App.Company;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;
using CustomerComm.Sqlite;

namespace CustomerComm.Local;

/// <summary>What <c>verify-ledger</c> is asked.</summary>
/// <param name="Roots">File of published lines that somebody outside kept, or null.</param>
/// <param name="Key">PEM file of the public key that they were handed, or null.</param>
/// <param name="Rows">Compares the tables with the cases.</param>
internal sealed record VerifyRequest(string? Roots, string? Key, bool Rows);

/// <summary><c>verify-ledger</c> and <c>rebuild-tables</c>.</summary>
internal static class LedgerCommands
{
    private const int Page = 500;

    /// <summary>0: all holds; 2: something does not.</summary>
    public static async Task<int> VerifyAsync(string[] settings, VerifyRequest request, CancellationToken ct)
    {
        await using var app = OpenToRead(settings);
        var check = new LedgerCheck
        {
            Roots = request.Roots is { } roots ? await LinesAsync(roots, ct) : null,
            Key = request.Key is { } key ? await File.ReadAllTextAsync(key, ct) : null,
            Rows = request.Rows,
        };
        await app.Services.GetRequiredService<RulesBook>().ReadAsync(ct);
        var watch = Stopwatch.StartNew();
        var report = await app.Services.GetRequiredService<LedgerVerifier>().VerifyAsync(new Progress(watch), ct, check);
        if (report.Fault is { } fault)
        {
            Console.WriteLine(fault.Text);
            return 2;
        }

        Console.WriteLine($"{report.Streams} streams, {report.Events} events, {report.Anchors} anchors: all hold");
        await Console.Error.WriteLineAsync($"{report.Events / watch.Elapsed.TotalSeconds:N0} events a second");
        return 0;
    }

    /// <summary>The lines of a file of published roots, without empty ones.</summary>
    public static async Task<IReadOnlyList<string>> LinesAsync(string path, CancellationToken ct) =>
        [.. (await File.ReadAllLinesAsync(path, ct)).Where(l => !string.IsNullOrWhiteSpace(l))];

    /// <summary>The application over the store as it is; reading beside a running host must not need a stop.</summary>
    internal static WebApplication OpenToRead(string[] settings) => LocalHost.Build(settings, b =>
    {
        var options = b.Configuration.GetSection(App.HostSettings.Section).Get<LocalOptions>() ?? new LocalOptions();
        if (options.Store == "sqlite")
        {
            b.Services.AddSingleton(_ => new SqliteDatabase(
                options.DataDirectory, new SqliteStoreOptions { ReadOnly = true }));
        }
    });

    public static async Task<int> RebuildAsync(string[] settings, CancellationToken ct)
    {
        await using var app = LocalHost.Build(settings);
        await LocalHost.PrepareAsync(app.Services, ct);
        var store = app.Services.GetRequiredService<IEventStore>();
        var kinds = app.Services.GetRequiredService<StreamKinds>();
        foreach (var kind in kinds.All)
            await kind.ClearRowsAsync(ct);
        StreamId? after = null;
        var done = 0;
        while (await store.ListAsync(after, Page, ct) is { Count: > 0 } heads)
        {
            foreach (var head in heads)
            {
                if (kinds.Of(head.Stream) is { } kind && await kind.RebuildRowsAsync(head.Stream, ct))
                    done++;
            }

            after = heads[^1].Stream;
            await Console.Error.WriteLineAsync($"{done} complaints and matters");
        }

        Console.WriteLine($"{done} complaints and matters written");
        return 0;
    }

    private sealed class Progress(Stopwatch watch) : IProgress<LedgerProgress>
    {
        private static readonly TimeSpan s_between = TimeSpan.FromSeconds(2);
        private TimeSpan _next = s_between;

        public void Report(LedgerProgress value)
        {
            if (watch.Elapsed < _next)
                return;
            _next = watch.Elapsed + s_between;
            Console.Error.WriteLine(
                $"{value.Streams} streams, {value.Events} events, {value.Anchors} anchors, {value.Rows} rows");
        }
    }
}
