using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CustomerComm.Benchmarks;

/// <summary>One connection that sends a request, waits for its answer, and sends the next, on a plain socket.</summary>
internal sealed class LoadConnection(int port, Requests requests, int run) : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _send = new byte[128 * 1024];
    private readonly byte[] _receive = new byte[64 * 1024];

    /// <summary>How long each answer took, in ticks of the stopwatch, while measuring.</summary>
    public List<long> Took { get; } = new(1 << 16);

    public long Errors { get; private set; }

    public void Dispose() => _socket.Dispose();

    public async Task RunAsync(Func<long> next, long measureFrom, long until)
    {
        await _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        while (true)
        {
            var begun = Stopwatch.GetTimestamp();
            if (begun >= until)
                return;
            var length = requests.Write(_send, run, next());
            await _socket.SendAsync(_send.AsMemory(0, length));
            var created = await ReceiveAsync();
            if (begun < measureFrom)
                continue;
            if (created)
                Took.Add(Stopwatch.GetTimestamp() - begun);
            else
                Errors++;
        }
    }

    /// <summary>Receives one answer; true where it is 201.</summary>
    private async ValueTask<bool> ReceiveAsync()
    {
        var got = 0;
        while (true)
        {
            var more = await _socket.ReceiveAsync(_receive.AsMemory(got));
            if (more == 0)
                throw new IOException("The server closed the connection.");
            got += more;
            if (IsComplete(_receive.AsSpan(0, got)))
                return _receive.AsSpan(9, 3).SequenceEqual("201"u8);
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var body = answer[(end + 4)..];
        var at = answer[..end].IndexOf("Content-Length: "u8);
        if (at < 0)
            return body.EndsWith("0\r\n\r\n"u8);
        var text = answer[(at + 16)..end];
        var line = text.IndexOf((byte)'\r');
        return System.Buffers.Text.Utf8Parser.TryParse(line < 0 ? text : text[..line], out int length, out _)
            && body.Length >= length;
    }
}
