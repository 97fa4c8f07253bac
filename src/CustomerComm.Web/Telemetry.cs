using System.Diagnostics;
using CustomerComm.App.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CustomerComm.Web;

/// <summary>Collects spans and metrics for whatever exporter a host adds.</summary>
public static class Telemetry
{
    /// <summary>
    /// Adds the application's spans and metrics and those of the web server, without anything personal. A host adds
    /// its exporter after this: what leaves is cleaned before it is exported.
    /// </summary>
    public static IOpenTelemetryBuilder AddCustomerCommTelemetry(this IOpenTelemetryBuilder builder) => builder
        .ConfigureResource(r => r.AddService(
            "customercomm", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3)))
        .WithTracing(t => t.AddSource(Signals.Name).AddAspNetCoreInstrumentation().AddProcessor<RequestCleaner>())
        .WithMetrics(m => m.AddMeter(Signals.Name).AddMeter("Microsoft.AspNetCore.Hosting"));
}

/// <summary>
/// Leaves of a request only what names nobody. Addresses carry residents' tokens, and headers whatever a browser
/// tells of its user; so what is not on the list goes, also what a later version of the server may add.
/// </summary>
internal sealed class RequestCleaner : BaseProcessor<Activity>
{
    private static readonly HashSet<string> s_kept = new(StringComparer.Ordinal)
    {
        "http.request.method", "http.route", "http.response.status_code", "url.scheme", "network.protocol.version",
        "error.type",
    };

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == Signals.Name)
            return;
        foreach (var tag in data.TagObjects.Where(t => !s_kept.Contains(t.Key)).ToList())
            data.SetTag(tag.Key, null);
        // What a failure says may quote what was sent.
        data.SetStatus(data.Status);
    }
}
