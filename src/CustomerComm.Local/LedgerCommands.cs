using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;
using CustomerComm.Sqlite;

namespace CustomerComm.Local;

/// <summary><c>verify-ledger</c> and <c>rebuild-tables</c>.</summary>
internal static class LedgerCommands
{
    private const int Page = 500;

    /// <summary>0: all holds; 2: something does not.</summary>
    public static async Task<int> VerifyAsync(string[] settings, CancellationToken ct)
    {
        await using var app = LocalHost.Build(settings);
        var options = app.Services.GetRequiredService<LocalOptions>();
        var directory = options.DataDirectory;
        // Reading beside a running host: checking must not need a stop.
        using var database = options.Store == "sqlite"
            ? new SqliteDatabase(directory, new SqliteStoreOptions { ReadOnly = true })
            : null;
        var verifier = database is null
            ? new LedgerVerifier(
                app.Services.GetRequiredService<IEventStore>(), app.Services.GetRequiredService<IAnchorStore>())
            : new LedgerVerifier(new SqliteEventStore(database), new FileAnchorStore(directory));
        var report = await verifier.VerifyAsync(new Progress(), ct);
        if (report.Fault is not { } fault)
        {
            Console.WriteLine($"{report.Streams} streams, {report.Events} events, {report.Anchors} anchors: all hold");
            return 0;
        }

        Console.WriteLine(fault.Text);
        return 2;
    }

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

    private sealed class Progress : IProgress<LedgerProgress>
    {
        private long _next = 1_000;

        public void Report(LedgerProgress value)
        {
            if (value.Streams < _next)
                return;
            _next = value.Streams + 1_000;
            Console.Error.WriteLine($"{value.Streams} streams, {value.Events} events");
        }
    }
}
