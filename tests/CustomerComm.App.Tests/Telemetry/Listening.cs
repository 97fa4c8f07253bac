using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using CustomerComm.App.Telemetry;

namespace CustomerComm.App.Tests.Telemetry;

/// <summary>Tests that count what the whole process reports run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Telemetry";
}

/// <summary>One value of an instrument with its tags.</summary>
internal sealed record Measured(string Name, double Value, IReadOnlyDictionary<string, string> Tags, object? Scope);

/// <summary>Listens to the application's spans and metrics, as an exporter would.</summary>
internal sealed class Listening : IDisposable
{
    private readonly ActivitySource _outside = new("Test.Outside");
    private readonly ActivityListener _spans;
    private readonly MeterListener _meters = new();

    public Listening()
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = s => s.Name is Signals.Name or "Test.Outside",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a =>
            {
                if (a.Source.Name == Signals.Name)
                    Spans.Enqueue(a);
            },
        };
        ActivitySource.AddActivityListener(_spans);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Signals.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<int>((i, v, tags, _) => Add(i, v, tags));
        _meters.SetMeasurementEventCallback<long>((i, v, tags, _) => Add(i, v, tags));
        _meters.SetMeasurementEventCallback<double>((i, v, tags, _) => Add(i, v, tags));
        _meters.Start();
    }

    public ConcurrentQueue<Activity> Spans { get; } = new();

    public ConcurrentQueue<Measured> Values { get; } = new();

    /// <summary>A span as the web server or a queue trigger makes one around what it calls.</summary>
    public Activity Outside(string name) =>
        _outside.StartActivity(name, ActivityKind.Server, default(ActivityContext))!;

    public IEnumerable<Activity> In(ActivityTraceId trace, string name) =>
        Spans.Where(s => s.TraceId == trace && s.OperationName == name);

    /// <summary>The gauges of one application as they are now.</summary>
    public Dictionary<string, double> Gauges(TestApp app)
    {
        _meters.RecordObservableInstruments();
        var scope = app.Get<Gauges>();
        return Values.Where(v => ReferenceEquals(v.Scope, scope)).GroupBy(v => v.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal);
    }

    public double Sum(string name, params (string Tag, string Value)[] tags) => Values
        .Where(v => v.Name == name && tags.All(t => v.Tags.GetValueOrDefault(t.Tag) == t.Value)).Sum(v => v.Value);

    public void Dispose()
    {
        _spans.Dispose();
        _meters.Dispose();
        _outside.Dispose();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags)
            named[tag.Key] = tag.Value?.ToString() ?? "";
        Values.Enqueue(new Measured(instrument.Name, value, named, instrument.Meter.Scope));
    }
}
