using System.Text;
using CustomerComm.App.Messages;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Tests.Storage;

/// <summary>The trace stands behind the data: older payloads are read as they were, and the other way round.</summary>
public sealed class StoredTraceTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Payloads as they lie in stores since the first version.</summary>
    [Fact]
    public async Task Given_a_payload_of_the_first_version_Then_it_is_read_and_has_no_trace()
    {
        var payload = Encoding.UTF8.GetBytes(
            """{"k":"p-1","d":{"number":"HY-2026-000007","reason":"No case followed."}}""");
        var read = await Json().ReadAsync(payload, typeof(ComplaintEvent.NumberVoided), Ct);
        Assert.Equal(7, Assert.IsType<ComplaintEvent.NumberVoided>(read).Number.Sequence);
        Assert.Null(SealedJson.TraceOf(payload));
        Assert.Equal("p-1", SealedJson.KeyOf(payload));
    }

    [Fact]
    public async Task Given_a_message_with_a_trace_Then_both_are_read_and_the_first_version_could_read_it_too()
    {
        var json = Json();
        await json.PrepareAsync("p-1", () => "p-2", Ct);
        var message = new OutgoingMessage(
            "", Channel.Sms, new Personal("+12025550150"), new Personal("\"t\":\"00-x\""), null);
        var with = json.Write("p-1", message, typeof(OutgoingMessage), Trace);
        Assert.Equal(Trace, SealedJson.TraceOf(with));
        var read = (OutgoingMessage)await json.ReadAsync(with, typeof(OutgoingMessage), Ct);
        Assert.Equal(message.Text.Value, read.Text.Value);
        // The first version read key and data and stopped there: what stands before the trace must be as it was.
        Assert.Matches("""^\{"k":"p-1","d":\{.*\},"t":"00-[0-9a-f-]+"\}$""", Encoding.UTF8.GetString(with));
        Assert.Null(SealedJson.TraceOf(json.Write("p-1", message, typeof(OutgoingMessage))));
    }

    private static SealedJson Json() => new(new OneKey());

    private sealed class OneKey : Ports.IPersonKeys
    {
        public Task<byte[]?> GetOrCreateAsync(string keyId, CancellationToken ct) =>
            Task.FromResult<byte[]?>(new byte[32]);

        public Task<byte[]?> FindAsync(string keyId, CancellationToken ct) => Task.FromResult<byte[]?>(new byte[32]);

        public Task EraseAsync(string keyId, CancellationToken ct) => Task.CompletedTask;
    }
}
