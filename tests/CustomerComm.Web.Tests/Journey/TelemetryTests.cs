using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using CustomerComm.App.Complaints;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CustomerComm.Web.Tests.Journey;

/// <summary>What leaves the real host by way of an exporter while a complaint goes its whole way.</summary>
public sealed partial class TelemetryTests : IDisposable
{
    /// <summary>Everything said or shown on the way, and who was there.</summary>
    private static readonly string[] s_personal =
    [
        "电梯", "2025550150", "2025550113", "202-555-01", "1-1-101", "控制板", "满意，谢谢", "定期保养", "每季度检查", "很好",
        "现场核实", "演示住户", "演示工程主管", "r_test", "svg",
    ];

    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly List<MetricSnapshot> _metrics = [];
    private readonly Logs _logs = new();

    [Fact]
    public async Task Given_a_whole_complaint_When_exported_Then_nothing_personal_and_no_token_is_in_it()
    {
        await using var host = await StartAsync();
        var number = await JourneyTests.WholeWayAsync(host);
        var stream = await StreamAsync(host, number);
        string[] links =
        [
            await host.AnsweredAsync(ComplaintMatter.StatusPage, stream),
            await host.SentAsync(ComplaintMatter.SignPage, stream, 1),
        ];
        Flush(host);
        string[] secret = [.. s_personal, .. links.Select(l => l.Split('/')[^1])];
        var recorded = _spans.SelectMany(Texts).Concat(_metrics.SelectMany(Texts)).Concat(_logs.Texts).ToList();
        Assert.NotEmpty(_logs.Texts);
        Assert.All(
            secret, s => Assert.DoesNotContain(recorded, r => r.Contains(s, StringComparison.OrdinalIgnoreCase)));

        string[] all = ["intake", "decide", "conversation.step", "pump.advance", "deliver"];
        Assert.All(all, name => Assert.Contains(_spans, s => s.OperationName == name));
        Assert.Contains(_spans, s => s.DisplayName.StartsWith("GET /s/{", StringComparison.Ordinal));
        Assert.Contains(_metrics, m => m.Name == "http.server.request.duration");
        Assert.Contains(_metrics, m => m.Name == "customercomm.complaints.open");
    }

    [Fact]
    public async Task Given_a_chat_When_the_case_is_assigned_Then_the_assignment_is_in_the_trace_of_the_last_message()
    {
        await using var host = await StartAsync();
        using var chat = new ChatClient(host);
        await chat.BeginAsync();
        await chat.SayAsync("三号楼的电梯坏了三天，没人来修", "哪个小区");
        await chat.SayAsync("演示花园", "设施设备");
        await chat.SayAsync("是", "什么时候");
        await chat.SayAsync("明天下午5点", "手机号");
        await chat.SayAsync("+1 202-555-0150，1-1-101", "核对");
        var reply = await chat.SayAsync("确认登记", "HY-2026-");
        await host.PassAsync(TimeSpan.FromMinutes(1));
        Flush(host);
        // Spans of other tests' hosts in this process come by too.
        var stream = await StreamAsync(host, Number().Match(reply).Value);
        var assigned = _spans.First(s => s.OperationName == "deliver"
            && Equals(s.GetTagItem("customercomm.stream"), stream.Value)
            && Equals(s.GetTagItem("customercomm.channel"), "Sms"));
        var trace = _spans.Where(s => s.TraceId == assigned.TraceId).ToList();
        // Seen twice where the test pumped the talk at the same moment as the host; it opens one complaint.
        Assert.Contains(trace, s => s.OperationName == "intake");
        Assert.Equal(
            "POST /v3/directline/conversations/{id}/activities",
            Assert.Single(trace, s => s.Kind == ActivityKind.Server).DisplayName);
    }

    [Fact]
    public async Task Given_an_address_for_telemetry_When_a_complaint_comes_in_Then_its_trace_is_sent_there()
    {
        var ct = TestContext.Current.CancellationToken;
        using var receiver = await Ports.StartAsync(
            port =>
            {
                var listener = new HttpListener();
                listener.Prefixes.Add($"http://127.0.0.1:{port}/");
                listener.Start();
                return Task.FromResult(listener);
            },
            e => e is HttpListenerException);
        var address = receiver.Prefixes.Single().TrimEnd('/');
        var sent = new ConcurrentQueue<(string Path, string Text)>();
        var taking = TakeAsync(receiver, sent);
        await using (var host = await RunningHost.StartAsync(
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            $"--OTEL_EXPORTER_OTLP_TIMEOUT={Signal.Patience.TotalMilliseconds}"))
        {
            using var client = host.NewClient();
            using var created = await client.PostAsJsonAsync(
                "/api/complaints", new { community = "HY", text = "地下车库漏水", category = "CivilWorks" }, ct);
            created.EnsureSuccessStatusCode();
            // The span ended before the answer came, so it has been sent once this returns, in whichever batch.
            Assert.True(await Task.Run(() => host.Get<TracerProvider>().ForceFlush(), ct));
            Assert.Contains(
                sent, s => s.Path == "/v1/traces" && s.Text.Contains("intake", StringComparison.Ordinal));
        }

        receiver.Stop();
        await taking;
        Assert.All(sent, s => Assert.DoesNotContain("漏水", s.Text, StringComparison.Ordinal));
    }

    /// <summary>Takes whatever is sent, until the receiver is stopped.</summary>
    private static async Task TakeAsync(HttpListener receiver, ConcurrentQueue<(string Path, string Text)> sent)
    {
        try
        {
            while (true)
            {
                var request = await receiver.GetContextAsync();
                using var body = new StreamReader(request.Request.InputStream);
                sent.Enqueue((request.Request.Url!.AbsolutePath, await body.ReadToEndAsync()));
                request.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private static async Task<StreamId> StreamAsync(RunningHost host, string number)
    {
        Assert.True(MatterNumber.TryParse(number, out var parsed));
        return (await host.Get<ComplaintKind>().FindAsync(parsed, TestContext.Current.CancellationToken))!.Stream;
    }

    public void Dispose() => _logs.Dispose();

    private Task<RunningHost> StartAsync() => RunningHost.StartAsync(
        b =>
        {
            b.Services.AddOpenTelemetry().AddCustomerCommTelemetry()
                .WithTracing(t => t.AddProcessor(new SimpleActivityExportProcessor(new Keeper(_spans))))
                .WithMetrics(m => m.AddInMemoryExporter(_metrics));
            b.Logging.AddProvider(_logs);
        },
        map: null, "--Logging:LogLevel:Default=Information");

    private static void Flush(RunningHost host)
    {
        host.Get<TracerProvider>().ForceFlush();
        host.Get<MeterProvider>().ForceFlush();
    }

    private static IEnumerable<string> Texts(Activity a) =>
    [
        a.DisplayName, a.OperationName, a.StatusDescription ?? "", a.TraceStateString ?? "",
        .. Texts(a.TagObjects), .. Texts(a.Baggage.Select(b => KeyValuePair.Create(b.Key, (object?)b.Value))),
        .. a.Events.SelectMany(e => Texts(e.Tags).Append(e.Name)),
        .. a.Links.SelectMany(l => Texts(l.Tags ?? [])),
    ];

    private static IEnumerable<string> Texts(MetricSnapshot m)
    {
        yield return m.Name + m.Description;
        foreach (var point in m.MetricPoints)
        {
            foreach (var tag in point.Tags)
                yield return $"{tag.Key}={tag.Value}";
        }
    }

    private static IEnumerable<string> Texts(IEnumerable<KeyValuePair<string, object?>> tags) =>
        tags.Select(t => $"{t.Key}={t.Value}");

    [GeneratedRegex("HY-2026-[0-9]{6}", RegexOptions.None, 1000)]
    private static partial Regex Number();

    private sealed class Keeper(ConcurrentQueue<Activity> spans) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
                spans.Enqueue(span);
            return ExportResult.Success;
        }
    }

    private sealed class Logs : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Texts { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Texts.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
