using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CustomerComm.Web.Tests.Desk;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Entrances;

/// <summary>
/// Requests that no well-meaning program sends, to every endpoint the host has: none may be answered as a fault of ours.
/// <c>CUSTOMERCOMM_FUZZ=1000000</c> sends so many, <c>CUSTOMERCOMM_FUZZ_SEED</c> begins elsewhere.
/// </summary>
public sealed class FuzzTests
{
    private static readonly byte[][] s_bad =
    [
        .. new[]
        {
            "\0", "%00", "%ff%fe", "%ED%A0%80", "\\ud800", "%ud800", "'", "\"", "<script>", "../../etc/passwd", "%2e%2e%2f",
            "-1", "2026-13", "2026-02-31", "0000-00", "9999-12", "9999-12-31T23:59:59Z", "0001-01-01", "NaN", "1e400", "{}",
            "[]", "null", "\u202e", "\ufeff", "😀", "%0d%0a", "%", "%zz", "|", "#", "?", "\\", "/", "%2f", "%5c", "*", "HY",
            "hy", "JX", "XX", "2026-11", "2147483648", "-2147483649", "999999999999999999999", "+12025550116", "Ｈ", "\u007f",
            "\u001b", "", new string('9', 400), new string('a', 5_000),
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0xED, 0xA0, 0x80], [0xC0, 0x80],
    ];

    private static readonly string[] s_names =
    [
        "community", "month", "year", "page", "from", "next", "take", "status", "start_date", "end_date", "updated_after",
        "service_code", "lang", "t", "token", "done", "kind", "clause", "result", "watermark", "q", "phone", "code", "staff",
        "action", "subject", "key", "text", "channel", "category", "room", "name", "language", "decision", "why", "reason",
        "who", "back", "contact", "id", "data", "eventType", "type", "value", "user", "attachments",
    ];

    private static readonly string[] s_actions =
    [
        "Triage", "Resolve", "Assign", "Accept", "HandOver", "Escalate", "Dismiss", "Join", "Note", "FollowUp", "Verify",
        "AttachPaper", "RecordAttempt", "TellExtension", "OfferRemedy", "Withdraw", "AcknowledgeLapse", "Answer",
    ];

    private static readonly string[] s_headers =
    [
        "Accept-Language", "Idempotency-Key", "Authorization", "X-Forwarded-For", "X-Forwarded-Proto", "aeg-event-type",
        "Accept", "traceparent", "If-None-Match", "Range", "User-Agent", "Origin", "ce-type", "Cookie",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static int Number(string name, int or) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n : or;

    [Fact]
    public async Task Given_requests_that_make_no_sense_Then_none_is_answered_as_a_fault_of_ours()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The lift stands still.");
        var (cookie, fields) = await SignedInAsync(host);
        var paths = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct(StringComparer.Ordinal)
            .Where(p => !p.Contains("_content", StringComparison.Ordinal) && !p.Contains("**", StringComparison.Ordinal))
            .ToArray();
        Assert.True(paths.Length > 80, string.Join('\n', paths));
        var faults = new ConcurrentQueue<string>();
        var answered = 0;
        var seed = Number("CUSTOMERCOMM_FUZZ_SEED", 1);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Number("CUSTOMERCOMM_FUZZ", 3_000)),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Ct },
            async (i, ct) =>
            {
                var request = new Maker(new Random(unchecked((seed * 7_919) + i)), number, cookie, fields).Make(paths);
                var line = await SendAsync(host.Address, request, ct);
                if (line.Length > 0)
                    Interlocked.Increment(ref answered);
                // 505 tells of a version of HTTP there is none of.
                if (line.Contains(" 5", StringComparison.Ordinal) && !line.Contains(" 505", StringComparison.Ordinal))
                    faults.Enqueue($"{i}: {line}\n{Encoding.Latin1.GetString(request)}");
            });
        Assert.True(faults.IsEmpty, string.Join("\n\n", faults.Take(5)));
        Assert.True(answered > 2_000, $"Only {answered} were answered at all.");
    }

    private static async Task<(string Cookie, string Fields)> SignedInAsync(RunningHost host)
    {
        using var handler = new HttpClientHandler();
        using var client = new HttpClient(handler) { BaseAddress = host.Address };
        var browser = new DeskBrowser(client);
        var page = await browser.GetAsync("/desk/sign-in");
        await browser.PostAsync("/desk/sign-in", new(page.Hidden(null)) { ["staff"] = "leader" });
        var hidden = (await browser.GetAsync("/desk/new")).Hidden(null);
        return (
            handler.CookieContainer.GetCookieHeader(new Uri(host.Address, "/desk")),
            string.Join('&', hidden.Where(h => h.Key != "key")
                .Select(h => $"{Uri.EscapeDataString(h.Key)}={Uri.EscapeDataString(h.Value)}")));
    }

    /// <summary>The first line of the answer; empty where the connection was ended without one.</summary>
    private static async Task<string> SendAsync(Uri address, byte[] request, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, ct);
        var stream = client.GetStream();
        var buffer = new byte[512];
        var got = 0;
        try
        {
            await stream.WriteAsync(request, ct);
            while (got < buffer.Length && !buffer.AsSpan(0, got).Contains((byte)'\n'))
            {
                var read = await stream.ReadAsync(buffer.AsMemory(got), ct);
                if (read == 0)
                    break;
                got += read;
            }
        }
        catch (IOException)
        {
            // What cannot be read to its end is ended by the server.
        }

        return Encoding.ASCII.GetString(buffer, 0, got).Split('\r', '\n')[0];
    }

    /// <summary>Makes one request.</summary>
    private sealed class Maker(Random dice, string number, string cookie, string fields)
    {
        private T Any<T>(T[] of) => of[dice.Next(of.Length)];

        private byte[] Bad => Any(s_bad);

        public byte[] Make(string[] paths)
        {
            var post = dice.Next(2) == 0;
            var path = PathOf(Any(paths));
            var head = new List<byte[]>
            {
                Text(post ? "POST " : Any(["GET ", "GET ", "GET ", "HEAD ", "PUT ", "DELETE ", "OPTIONS "])), path,
                Text(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"),
            };
            if (dice.Next(3) > 0)
                head.Add(Text($"Cookie: {cookie}\r\n"));
            if (dice.Next(4) == 0)
                head.AddRange([Text(Any(s_headers) + ": "), Line(Bad), Text("\r\n")]);
            if (dice.Next(4) == 0)
                head.Add(Text($"X-Api-Key: {RunningHost.Key}\r\n"));
            byte[] body = [];
            if (post)
            {
                var type = "";
                (type, body) = Body();
                head.Add(Text($"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n"));
            }

            return [.. head.SelectMany(b => b), .. "\r\n"u8, .. body];
        }

        private byte[] PathOf(string pattern)
        {
            var made = new List<byte>();
            foreach (var part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                made.Add((byte)'/');
                made.AddRange(!part.Contains('{', StringComparison.Ordinal) ? Text(part)
                    : dice.Next(3) switch { 0 => Text(number), 1 => Text("HY"), _ => Line(Bad) });
            }

            if (dice.Next(3) == 0)
                made.InsertRange(dice.Next(made.Count + 1), Line(Bad));
            if (dice.Next(2) == 0)
            {
                made.Add((byte)'?');
                for (var i = dice.Next(1, 5); i > 0; i--)
                    made.AddRange([.. Text(Any(s_names) + "="), .. Line(Bad), (byte)'&']);
            }

            return made.Count == 0 || made[0] != '/' ? [(byte)'/', .. made] : [.. made];
        }

        private (string Type, byte[] Body) Body()
        {
            switch (dice.Next(6))
            {
                case <= 2:
                    var json = Text(Json(0));
                    return ("application/json", dice.Next(3) == 0 ? Spoilt(json) : json);
                case 3:
                    return ("application/x-www-form-urlencoded",
                    [
                        .. Text($"{fields}&key={dice.NextInt64():x16}{dice.NextInt64():x16}&action={Any(s_actions)}"),
                        .. Enumerable.Range(0, dice.Next(8)).SelectMany(_ =>
                            (byte[])[.. Text("&" + Any(s_names) + "="), .. Bad]),
                    ]);
                case 4:
                    var mark = Any(["XX", "", "\"", new string('a', 200), "--"]);
                    return ($"multipart/form-data; boundary={mark}",
                    [
                        .. Enumerable.Range(0, dice.Next(5)).SelectMany(_ => (byte[])
                        [
                            .. Text($"--{mark}\r\nContent-Disposition: form-data; name=\"{Any(s_names)}{Any(["\"", "", "\"; filename=\"x\""])}\r\n\r\n"),
                            .. Bad, .. "\r\n"u8,
                        ]),
                        .. Text(dice.Next(3) == 0 ? "" : $"--{mark}--\r\n"),
                    ]);
                default:
                    return (
                        Any(["text/plain", "application/xml", "application/json; charset=utf-7", "bad", "application/x-www-form-urlencoded; charset=xx"]),
                        [.. Bad, .. Bad]);
            }
        }

        private string Json(int depth)
        {
            string Value() => dice.Next(9) switch
            {
                0 => "null",
                1 => Any(["0", "-1", "1e308", "1e999", "true", "123456789012345678901234567890"]),
                2 when depth < 3 => $"[{string.Join(',', Enumerable.Range(0, dice.Next(4)).Select(_ => Json(depth + 1)))}]",
                3 when depth < 3 => Json(depth + 1),
                _ => "\"" + Any(
                    ["", "HY", "x", "\\ud800", "a\\u0000b", "\\u202e", "漏水", "2026-11-01T00:00:00Z", "Equipment", "\\u001b[0m",
                     "+12025550150", "message", "Microsoft.Communication.SMSReceived"]) + "\"",
            };
            var names = Any<string[]>(
            [
                ["text", "community", "contact", "channel", "category", "language", "wantedBy"],
                ["type", "text", "from", "value", "attachments", "channelData"],
                ["id", "eventType", "data", "eventTime", "specversion"], s_names,
            ]);
            var made = "{" + string.Join(
                ',', names.Where(_ => dice.Next(4) > 0).Take(12).Select(n => $"\"{n}\":{Value()}")) + "}";
            return depth == 0 && dice.Next(4) == 0 ? $"[{made}]" : made;
        }

        private byte[] Spoilt(byte[] body)
        {
            var made = body.ToList();
            made.InsertRange(dice.Next(made.Count + 1), Bad);
            return [.. made];
        }

        /// <summary>Without what would begin another line, or end the address.</summary>
        private static byte[] Line(byte[] bad) => [.. bad.Where(b => b is not ((byte)'\r' or (byte)'\n' or (byte)' '))];

        private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
    }
}
