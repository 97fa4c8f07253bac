using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CustomerComm.App.Ledger;
using CustomerComm.Azure;
using CustomerComm.Domain;
using CustomerComm.StoreWriter;

namespace CustomerComm.Store.Tests;

/// <summary>
/// Two processes append to the same and to different streams, one is killed in the middle and started again. The short
/// form takes some dozens of appends, a long one as many as are asked for:
/// <c>CUSTOMERCOMM_TWO_PROCESSES_APPENDS=2000 dotnet run --project tests/CustomerComm.Store.Tests -- -class
/// "*TwoProcess*"</c>.
/// </summary>
public sealed class TwoProcessTests(Azurite azurite)
{
    private static readonly string[] s_shared = ["shared1", "shared2"];

    private readonly Signal _news = new();
    private readonly ConcurrentQueue<(string Writer, string Stream, long Number, long Version)> _durable = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static int Appends => int.TryParse(
        Environment.GetEnvironmentVariable("CUSTOMERCOMM_TWO_PROCESSES_APPENDS"), CultureInfo.InvariantCulture,
        out var appends) ? appends : 20;

    [Fact]
    public async Task Given_two_processes_of_which_one_is_killed_Then_no_event_is_lost_doubled_or_out_of_order()
    {
        var options = await azurite.FreshAsync();
        using var first = Start(options, "first", _ => 0);
        using var second = Start(options, "second", _ => 0);
        await RunAsync(Appends);
        first.Kill();
        await first.WaitForExitAsync(Ct);
        var atKill = CountOf("first");
        // As a sender does that got no answer: it goes on with the first message it has no answer to.
        using var again = Start(options, "first", stream => _durable
            .Where(d => d.Writer == "first" && d.Stream == stream).Select(d => d.Number + 1).DefaultIfEmpty(0).Max());
        await RunAsync(atKill + Appends);
        second.StandardInput.Close();
        again.StandardInput.Close();
        await Task.WhenAll(second.WaitForExitAsync(Ct), again.WaitForExitAsync(Ct));
        Assert.Equal((0, 0), (second.ExitCode, again.ExitCode));
        Assert.NotEqual(0, first.ExitCode);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{_durable.Count} appends, {atKill} of the first before it was killed");

        var store = new TableEventStore(new StorageAccount(options));
        foreach (var stream in s_shared.Append("own-first").Append("own-second"))
            await CheckAsync(store, new StreamId(stream));
        var report = await new LedgerVerifier(store, TimeProvider.System).VerifyAsync(null, Ct);
        Assert.True(report.Holds, report.Fault?.Text);
        Assert.Equal(4, report.Streams);
        await CheckIndexesAsync(store);
    }

    private int CountOf(string writer) => _durable.Count(d => d.Writer == writer);

    /// <summary>Lets them run until the first has made so many appends, and the second enough of them.</summary>
    private Task RunAsync(int count) => _news.UntilAsync(
        () => CountOf("first") >= count && CountOf("second") >= Appends,
        $"{count} appends of the first, {Appends} of the second");

    private async Task CheckAsync(TableEventStore store, StreamId stream)
    {
        var events = await store.ReadAsync(stream, 0, Ct);
        Assert.NotEmpty(events);
        await store.MustHoldAsync(stream, events.Count, Ct);
        var written = events.ToDictionary(e => e.Version, e => Writer.Read(e.Payload.Span));
        foreach (var writer in written.Values.Select(w => w.Writer).Distinct())
        {
            var numbers = events.Select(e => written[e.Version]).Where(w => w.Writer == writer).Select(w => w.Number);
            Assert.Equal(Enumerable.Range(0, numbers.Count()).Select(n => (long)n), numbers);
        }

        Assert.All(
            _durable.Where(d => d.Stream == stream.Value),
            d => Assert.Equal((d.Writer, d.Number), written[d.Version]));
        var outbox = await store.ReadOutboxAsync(stream, Ct);
        Assert.Equal(
            events.Select(e => Writer.MessageId(written[e.Version].Writer, written[e.Version].Number)),
            outbox.Select(m => m.Id));
    }

    private static async Task CheckIndexesAsync(TableEventStore store)
    {
        var heads = await store.ListAsync(null, 10, Ct);
        var due = await store.DueAsync(DateTimeOffset.MaxValue, 10, Ct);
        Assert.Equal(
            heads.OrderBy(h => h.NextDue).ThenBy(h => h.Stream.Value, StringComparer.Ordinal).Select(h => h.Stream),
            due.Select(h => h.Stream));
        Assert.Equal(
            heads.Where(h => h.Open).Select(h => h.Stream),
            (await store.ListOpenAsync(null, 10, Ct)).Select(h => h.Stream));
    }

    private Process Start(AzureStoreOptions options, string writer, Func<string, long> from)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(typeof(Writer).Assembly.Location);
        start.ArgumentList.Add(writer);
        foreach (var stream in s_shared.Append($"own-{writer}"))
            start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"{stream}={from(stream)}"));
        start.Environment[Writer.ConnectionVariable] = options.ConnectionString;
        start.Environment[Writer.PrefixVariable] = options.Prefix;
        var output = TestContext.Current.TestOutputHelper;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Remember(writer, line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                output?.WriteLine(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Remember(string writer, string? line)
    {
        // Without its end the line was being printed when the process died.
        if (line is null || !line.EndsWith(';'))
            return;
        var parts = line[..^1].Split(' ');
        _durable.Enqueue((
            writer, parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture),
            long.Parse(parts[2], CultureInfo.InvariantCulture)));
        _news.Pulse();
    }
}
