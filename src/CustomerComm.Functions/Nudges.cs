using System.Collections.Concurrent;
using System.Threading.Channels;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerComm.Functions;

/// <summary>
/// Brings nudges to the orchestrations, starting those that do not run, behind the back of whoever nudges. Nudges that
/// pile up for one stream become one; what fails is logged and left to the sweep.
/// </summary>
public sealed partial class Nudges(ILogger<Nudges> log) : BackgroundService, INudge
{
    private const int Most = 10_000;
    private const int AtOnce = 8;

    private static readonly AsyncLocal<StreamId?> s_pumping = new();

    private readonly Channel<StreamId> _queue = System.Threading.Channels.Channel.CreateBounded<StreamId>(Most);
    private readonly ConcurrentDictionary<StreamId, bool> _waiting = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile DurableTaskClient? _client;

    /// <summary>While it lasts, nudges of this stream made in the same flow of work are dropped.</summary>
    public static IDisposable Pumping(StreamId stream)
    {
        s_pumping.Value = stream;
        return new Over();
    }

    /// <summary>The client comes with each call of a function; there is no other way to one.</summary>
    public void Use(DurableTaskClient client)
    {
        _client = client;
        _ready.TrySetResult();
    }

    /// <inheritdoc/>
    public void Nudge(StreamId stream)
    {
        if (s_pumping.Value == stream || !_waiting.TryAdd(stream, true) || _queue.Writer.TryWrite(stream))
            return;
        _waiting.TryRemove(stream, out _);
        Full(log, Most);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (_ready.Task.IsCompleted && ExecuteTask is { } sending)
            await sending.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _ready.Task.WaitAsync(stoppingToken);
        await Parallel.ForEachAsync(
            _queue.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
            async (stream, ct) => await SendAsync(stream, ct));
    }

    private async Task SendAsync(StreamId stream, CancellationToken ct)
    {
        // From here on another nudge is a new one: the pump may have read the stream already.
        _waiting.TryRemove(stream, out _);
        try
        {
            var start = new StartOrchestrationOptions(stream.Value) { Version = Coordinator.Version }
                .WithDedupeStatuses(
                    OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running,
                    OrchestrationRuntimeStatus.Suspended);
            await _client!.ScheduleNewOrchestrationInstanceAsync(nameof(Coordinator.Coordinate), null, start, ct);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            await RaiseAsync(stream, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Failed(log, stream, e);
        }
    }

    private async Task RaiseAsync(StreamId stream, CancellationToken ct)
    {
        try
        {
            await _client!.RaiseEventAsync(stream.Value, Coordinator.Nudge, null, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Failed(log, stream, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A nudge of {Stream} failed; the sweep will find it.")]
    private static partial void Failed(ILogger log, StreamId stream, Exception e);

    [LoggerMessage(LogLevel.Warning, "More than {Most} nudges wait; the sweep will find the rest.")]
    private static partial void Full(ILogger log, int most);

    private sealed class Over : IDisposable
    {
        public void Dispose() => s_pumping.Value = null;
    }
}
