using System.Globalization;
using System.Text;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Testing.Stores;

/// <summary>Builds appends for tests of stores.</summary>
public static class Appends
{
    public static DateTimeOffset Noon { get; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static Append To(
        string stream,
        long expected,
        int events = 1,
        string[]? outbox = null,
        SeenMessage[]? seen = null,
        DateTimeOffset? due = null,
        bool open = true) => new(
            new StreamId(stream),
            expected,
            Noon.AddMinutes(expected),
            [.. Enumerable.Range(1, events).Select(i => Event(expected + i))],
            [.. (outbox ?? []).Select(id => new NewMessage(id, Utf8($"message {id}")))],
            seen ?? [],
            due,
            open);

    public static SeenMessage Seen(string id, string fingerprint = "") => new(id, fingerprint);

    public static NewEvent Event(long number) =>
        new("Tested", Utf8(string.Create(CultureInfo.InvariantCulture, $$"""{"number":{{number}},"text":"电梯坏了"}""")));

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Appends and expects that it was written.</summary>
    public static async Task<StreamHead> MustAppendAsync(this IEventStore store, Append request, CancellationToken ct)
    {
        var result = await store.AppendAsync(request, ct);
        return Assert.IsType<AppendResult.Appended>(result).Head;
    }

    /// <summary>Checks that a stream has these many events, in order, whose chain ends in its head.</summary>
    public static async Task MustHoldAsync(this IEventStore store, StreamId stream, long versions, CancellationToken ct)
    {
        var events = await store.ReadAsync(stream, 0, ct);
        var head = await store.ReadHeadAsync(stream, ct);
        Assert.Equal(Enumerable.Range(1, (int)versions).Select(v => (long)v), events.Select(e => e.Version));
        var previous = HashChain.Start;
        foreach (var e in events)
        {
            Assert.True(HashChain.Holds(e, previous.Span), $"{stream} {e.Version}");
            previous = e.Hash;
        }

        Assert.NotNull(head);
        Assert.Equal(versions, head.Version);
        Assert.Equal(previous.ToArray(), head.Hash.ToArray());
    }
}
