using System.Globalization;
using System.Text;
using CustomerComm.App.Ports;
using CustomerComm.Azure;
using CustomerComm.Domain;

namespace CustomerComm.StoreWriter;

/// <summary>
/// A process that appends and is killed. It prints <c>stream number version;</c> for each append once it is told that
/// it is durable: what it printed must be there, whatever happens to it.
/// </summary>
public sealed class Writer(string name)
{
    /// <summary>Environment variable of the connection string.</summary>
    public const string ConnectionVariable = "CUSTOMERCOMM_WRITER_CONNECTION";

    /// <summary>Environment variable of the prefix of tables and containers.</summary>
    public const string PrefixVariable = "CUSTOMERCOMM_WRITER_PREFIX";

    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private readonly TableEventStore _store = new(new StorageAccount(new AzureStoreOptions
    {
        ConnectionString = Environment.GetEnvironmentVariable(ConnectionVariable),
        Prefix = Environment.GetEnvironmentVariable(PrefixVariable) ?? "",
    }));

    /// <summary>Id of the number-th message of a writer.</summary>
    public static string MessageId(string writer, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{writer}-{number}");

    /// <summary>The writer and number of an event's payload.</summary>
    public static (string Writer, long Number) Read(ReadOnlySpan<byte> payload)
    {
        var parts = Encoding.UTF8.GetString(payload).Split(' ');
        return (parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Appends to all streams at once until it is stopped.</summary>
    public Task RunAsync(IReadOnlyDictionary<string, long> streams, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(streams);
        return Task.WhenAll(streams.Select(
            s => Task.Run(() => AppendAsync(new StreamId(s.Key), s.Value, stop), CancellationToken.None)));
    }

    private async Task AppendAsync(StreamId stream, long from, CancellationToken stop)
    {
        for (var number = from; !stop.IsCancellationRequested;)
        {
            var version = (await _store.ReadHeadAsync(stream, CancellationToken.None))?.Version ?? 0;
            var written = await _store.AppendAsync(Request(stream, version, number), CancellationToken.None) switch
            {
                AppendResult.Appended a => a.Head.Version,
                AppendResult.Duplicate d => d.Message.Version,
                _ => 0,
            };
            if (written == 0)
                continue;
            await Console.Out.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{stream} {number} {written};"));
            number++;
        }
    }

    private Append Request(StreamId stream, long version, long number)
    {
        var id = MessageId(name, number);
        // Now and then one that goes into a blob.
        var filling = new string('x', number % 10 == 0 ? 50_000 : 50);
        var payload = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name} {number} {filling}"));
        return new Append(
            stream, version, s_start.AddSeconds(version), [new NewEvent("Written", payload)],
            [new NewMessage(id, payload)], [new SeenMessage(id, "")], s_start.AddSeconds(version + 1),
            Open: number % 3 != 0);
    }
}
