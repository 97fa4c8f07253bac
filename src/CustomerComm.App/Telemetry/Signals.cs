using System.Diagnostics;
using System.Diagnostics.Metrics;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Telemetry;

/// <summary>
/// Spans and metrics of the application, see docs/telemetry.md. Names and tags hold kinds, units and ids of streams;
/// never anything a person said or that identifies one. While nobody listens they cost next to nothing.
/// </summary>
public static class Signals
{
    /// <summary>Name of the source of spans and of the meter.</summary>
    public const string Name = "CustomerComm";

    /// <summary>Where spans come from.</summary>
    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter s_meter = new(Name);

    private static readonly Counter<long> s_intake = s_meter.CreateCounter<long>(
        "customercomm.intake", "{message}", "Complaints taken in, by channel, kind and outcome.");

    private static readonly Counter<long> s_messages = s_meter.CreateCounter<long>(
        "customercomm.messages", "{attempt}", "Attempts to deliver a message, by template, channel and outcome.");

    private static readonly Counter<long> s_sweeps = s_meter.CreateCounter<long>(
        "customercomm.sweeps", "{sweep}", "Sweeps that ended.");

    private static readonly Counter<long> s_moved = s_meter.CreateCounter<long>(
        "customercomm.sweep.streams", "{stream}", "Streams that sweeps moved forward.");

    private static readonly Histogram<double> s_lateness = s_meter.CreateHistogram(
        "customercomm.step.lateness", "min", "Minutes late when a step was done, 0 in time; by step and lead.", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0, 5, 15, 60, 240, 1_440, 4_320, 14_400] });

    private static readonly Histogram<double> s_append = s_meter.CreateHistogram(
        "customercomm.store.append.duration", "s", "Time an append took, by kind of stream and outcome.", null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
        });

    /// <summary>Kind of a stream: what its id begins with.</summary>
    internal static string KindOf(StreamId stream) => stream.Value.Split('.', 2)[0];

    internal static void TookIn(Channel channel, string kind, string outcome) => s_intake.Add(
        1, new("channel", channel.ToString()), new("kind", kind), new("outcome", outcome));

    internal static void Delivered(string template, Channel channel, string outcome) => s_messages.Add(
        1, new("template", template), new("channel", channel.ToString()), new("outcome", outcome));

    internal static void Swept(int streams)
    {
        s_sweeps.Add(1);
        s_moved.Add(streams);
    }

    /// <summary>Counts the steps that were done between two states of a complaint.</summary>
    internal static void Done<TState>(Tracked<TState>? before, Tracked<TState> after)
        where TState : class, IMatterState
    {
        if (!s_lateness.Enabled)
            return;
        for (var i = 0; i < after.Steps.Count; i++)
        {
            var step = after.Steps[i];
            if (step.Done is { } done && (before is null || i >= before.Steps.Count || before.Steps[i].Done is null))
            {
                s_lateness.Record(
                    step.Late(done).TotalMinutes,
                    new("step", step.Kind.ToString()), new("lead", after.State.Lead.ToString()));
            }
        }
    }

    /// <summary>Appends, and takes the time of it.</summary>
    internal static Task<AppendResult> AppendTimedAsync(
        this IEventStore store, Append request, CancellationToken ct) =>
        s_append.Enabled ? TimedAsync(store, request, ct) : store.AppendAsync(request, ct);

    private static async Task<AppendResult> TimedAsync(IEventStore store, Append request, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = "failed";
        try
        {
            var result = await store.AppendAsync(request, ct);
            outcome = result switch
            {
                AppendResult.Appended => "appended",
                AppendResult.Conflict => "conflict",
                _ => "duplicate",
            };
            return result;
        }
        finally
        {
            s_append.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                new("stream", KindOf(request.Stream)), new("outcome", outcome));
        }
    }
}
