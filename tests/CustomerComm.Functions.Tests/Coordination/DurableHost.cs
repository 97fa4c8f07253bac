using System.Collections.Concurrent;
using CustomerComm.App.Pumping;
using Grpc.Net.Client;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerComm.Functions.Tests.Coordination;

/// <summary>
/// The in-process Durable host with the real orchestration. What the pump does is scripted, or real where a test gives
/// it.
/// </summary>
internal sealed class DurableHost : IAsyncDisposable
{
    private readonly DurableTaskTestHost _host;
    private readonly int _port;

    private DurableHost(DurableTaskTestHost host, int port)
    {
        _host = host;
        _port = port;
    }

    public DurableTaskClient Client => _host.Client;

    /// <summary>Starts it on a free port.</summary>
    public static Task<DurableHost> StartAsync(
        Func<string, Task<PumpResult>> pump, Func<TaskOrchestrationContext, Task>? orchestration = null,
        string? version = null) =>
        Ports.StartAsync(
            async port => new DurableHost(
                await DurableTaskTestHost.StartAsync(
                    r => Register(r, pump, orchestration),
                    new DurableTaskTestHostOptions
                    {
                        Port = port,
                        LoggerFactory = LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.None)),
                        ConfigureServices = s => Versions(s, version),
                    }),
                port),
            e => e is IOException);

    /// <summary>Ends the worker and starts another of a later version on the same store of orchestrations.</summary>
    public async Task<IHost> UpgradeAsync(
        Func<string, Task<PumpResult>> pump, Func<TaskOrchestrationContext, Task> orchestration, string version)
    {
        foreach (var service in _host.Services.GetServices<IHostedService>().OfType<BackgroundService>())
            await service.StopAsync(CancellationToken.None);
        var channel = GrpcChannel.ForAddress($"http://localhost:{_port}");
        var host = Host.CreateDefaultBuilder().ConfigureLogging(l => l.ClearProviders()).ConfigureServices(services =>
        {
            Versions(services, version);
            services.AddSingleton(channel);
            services.AddDurableTaskWorker(b =>
            {
                b.UseGrpc(channel);
                b.AddTasks(r => Register(r, pump, orchestration));
            });
        }).Build();
        await host.StartAsync();
        return host;
    }

    public async Task<OrchestrationMetadata> StateAsync(string id) =>
        await Client.GetInstanceAsync(id, getInputsAndOutputs: true)
            ?? throw new InvalidOperationException($"There is no orchestration {id}.");

    /// <summary>Waits until the orchestration shows how its complaint stands.</summary>
    public async Task<Progress> ProgressAsync(string id) => (await StatusAsync(id)).ReadCustomStatusAs<Progress>()!;

    /// <summary>Waits until the orchestration has a status of its own; the client tells of no such event.</summary>
    public async Task<OrchestrationMetadata> StatusAsync(string id)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < Signal.Patience)
        {
            var found = await Client.GetInstanceAsync(id, getInputsAndOutputs: true);
            if (found is { SerializedCustomStatus: not null })
                return found;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        throw new TimeoutException("Not seen: a status");
    }

    /// <summary>Waits until the orchestration ends.</summary>
    public async Task<OrchestrationMetadata> CompletedAsync(string id)
    {
        using var over = new CancellationTokenSource(Signal.Patience);
        return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, over.Token);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static void Versions(IServiceCollection services, string? version)
    {
        if (version is null)
            return;
        services.ConfigureAll<DurableTaskWorkerOptions>(o => o.Versioning = new()
        {
            Version = version,
            DefaultVersion = version,
            MatchStrategy = DurableTaskWorkerOptions.VersionMatchStrategy.CurrentOrOlder,
            FailureStrategy = DurableTaskWorkerOptions.VersionFailureStrategy.Fail,
        });
    }

    private static void Register(
        DurableTaskRegistry registry, Func<string, Task<PumpResult>> pump,
        Func<TaskOrchestrationContext, Task>? orchestration)
    {
        registry.AddOrchestratorFunc(nameof(Coordinator.Coordinate), orchestration ?? Coordinator.Coordinate);
        registry.AddActivityFunc<string, PumpResult>(nameof(Coordinator.PumpStream), (_, stream) => pump(stream));
    }
}

/// <summary>A pump that does as told and remembers its turns.</summary>
internal sealed class ScriptedPump(Func<int, PumpResult> turn)
{
    private readonly Signal _news = new();
    private int _turns;

    public int Turns => Volatile.Read(ref _turns);

    /// <summary>The streams it was called for and when, in order.</summary>
    public ConcurrentQueue<(string Stream, DateTimeOffset At)> Calls { get; } = new();

    public Task<PumpResult> RunAsync(string stream)
    {
        Calls.Enqueue((stream, TimeProvider.System.GetUtcNow()));
        var nth = Interlocked.Increment(ref _turns);
        _news.Pulse();
        return Task.FromResult(turn(nth));
    }

    /// <summary>Waits until so many turns have begun.</summary>
    public Task TurnAsync(int nth) => _news.UntilAsync(() => Turns >= nth, $"turn {nth} (there were {Turns})");
}
