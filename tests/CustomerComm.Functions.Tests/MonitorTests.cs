using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;

namespace CustomerComm.Functions.Tests;

/// <summary>What the Azure host sends to Azure Monitor, whose place is taken by a server of the test.</summary>
public sealed class MonitorTests
{
    private const string Words = "地下车库漏水";

    [Fact]
    public async Task Given_the_resource_is_named_When_complaints_come_in_Then_every_trace_is_sent_there()
    {
        var ct = TestContext.Current.CancellationToken;
        var sent = Channel.CreateUnbounded<string>();
        await using var monitor = await FunctionsApp.FrontAsync(http => TakeAsync(http, sent.Writer));
        var address = FunctionsApp.AddressOf(monitor);
        await using var app = await FunctionsApp.StartAsync(
        [
            "--APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey=00000000-0000-0000-0000-000000000001;"
                + $"IngestionEndpoint={address};LiveEndpoint={address}",
            "--APPLICATIONINSIGHTS_STATSBEAT_DISABLED=true",
        ], KeepOnlyMonitor);
        // It joins as the worker starts, which here nothing does, for want of the host of Functions.
        await Assert.Single(app.Get<IEnumerable<IHostedService>>()).StartAsync(ct);
        // More than the exporter would take in a second by its own default.
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ComplainAsync(app, ct)));
        await app.SmsService.SentAsync(1);
        Assert.True(await Task.Run(() => app.Get<TracerProvider>().ForceFlush(), ct));
        // A flush doesn't wait for what is on its way already: every one is waited for.
        var intakes = new HashSet<string>(StringComparer.Ordinal);
        while (intakes.Count < 20)
        {
            var text = await sent.Reader.ReadAsync(ct);
            Assert.DoesNotContain(Words, Readable(text), StringComparison.Ordinal);
            // What was not acknowledged in time is sent again, not always word for word: the trace tells which it is.
            intakes.UnionWith(text.Split('\n').Where(t => t.Contains("\"name\":\"intake\"", StringComparison.Ordinal))
                .Select(t => JsonNode.Parse(t)!["tags"]!["ai.operation.id"]!.GetValue<string>()));
        }

        Assert.Equal(20, intakes.Count);
    }

    /// <summary>What was sent, without the escapes that would hide Chinese from a search.</summary>
    private static string Readable(string lines) => string.Join('\n', lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(l => JsonNode.Parse(l)!.ToJsonString(_readable)));

    private static readonly JsonSerializerOptions _readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task ComplainAsync(FunctionsApp app, CancellationToken ct)
    {
        using var created = await app.Web.PostAsJsonAsync(
            "/api/complaints", new { community = "HY", text = Words, category = "CivilWorks" }, ct);
        created.EnsureSuccessStatusCode();
    }

    private static void KeepOnlyMonitor(IServiceCollection services)
    {
        foreach (var other in services.Where(s => s.ServiceType == typeof(IHostedService) && !IsMonitor(s)).ToList())
            services.Remove(other);
    }

    private static bool IsMonitor(ServiceDescriptor service) =>
        service.ImplementationFactory?.Method.Module.Name is "Azure.Monitor.OpenTelemetry.Exporter.dll";

    private static async Task TakeAsync(HttpContext http, ChannelWriter<string> sent)
    {
        Stream body = http.Request.Headers.ContentEncoding == "gzip"
            ? new GZipStream(http.Request.Body, CompressionMode.Decompress)
            : http.Request.Body;
        using var reader = new StreamReader(body);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        if (http.Request.Path.Value!.EndsWith("/track", StringComparison.Ordinal))
            sent.TryWrite(text);
        var count = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        await http.Response.WriteAsJsonAsync(
            new { itemsReceived = count, itemsAccepted = count, errors = Array.Empty<string>() });
    }
}
