using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CustomerComm.Store.Tests;

/// <summary>What may go wrong with one request.</summary>
internal enum Fault
{
    None,
    Throttled,
    Unavailable,
    TimedOutBefore,
    BrokenBefore,
    /// <summary>The server did it, but its answer is lost.</summary>
    BrokenAfter,
    /// <summary>The server did it, and then says that it was too busy.</summary>
    UnavailableAfter,
}

/// <summary>Makes requests fail: on their way, at the server, and after the server did what they say.</summary>
internal sealed class FaultPolicy(Func<HttpMessage, Fault> choose) : HttpPipelinePolicy
{
    private int _count;

    public int Count => _count;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var fault = choose(message);
        if (fault is not Fault.None)
            Interlocked.Increment(ref _count);
        if (fault is Fault.TimedOutBefore)
            throw new OperationCanceledException("Timed out, says the test.");
        if (fault is Fault.BrokenBefore)
            throw new IOException("Connection lost, says the test.");
        if (fault is not (Fault.Throttled or Fault.Unavailable))
            await ProcessNextAsync(message, pipeline);
        switch (fault)
        {
            case Fault.BrokenAfter:
                throw new IOException("Connection lost, says the test.");
            case Fault.Throttled:
                message.Response = new EmptyResponse(429);
                break;
            case Fault.Unavailable or Fault.UnavailableAfter:
                message.Response = new EmptyResponse(503);
                break;
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The store is asynchronous throughout.");

    private sealed class EmptyResponse(int status) : Response
    {
        public override int Status => status;

        public override string ReasonPhrase => "Fault";

        public override bool IsError => true;

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }

        protected override bool TryGetHeaderValues(
            string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = null;
            return false;
        }
    }
}
