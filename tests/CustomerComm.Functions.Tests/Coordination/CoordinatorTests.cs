using System.Text.Json;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerComm.Functions.Tests.Coordination;

/// <summary>One orchestration a stream: what wakes it, what it survives.</summary>
public sealed class CoordinatorTests
{
    private const string Stream = "complaint.1";
    private static readonly TimeSpan s_never = TimeSpan.FromDays(3);
    private static readonly TaskName s_pump = new(nameof(Coordinator.PumpStream));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_it_sleeps_for_days_When_nudged_Then_it_pumps_and_then_ends_when_nothing_is_left()
    {
        var pump = new ScriptedPump(n => n == 1 ? Wake(s_never) : Done);
        await using var host = await DurableHost.StartAsync(pump.RunAsync);
        await using var nudges = await SenderAsync(host);
        nudges.Nudge();
        await pump.TurnAsync(1);
        var sleeping = await host.StateAsync(Stream);
        Assert.Equal(OrchestrationRuntimeStatus.Running, sleeping.RuntimeStatus);
        nudges.Nudge();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.CompletedAsync(Stream)).RuntimeStatus);
        Assert.Equal([Stream, Stream], pump.Calls.Select(c => c.Stream));
    }

    [Fact]
    public async Task Given_something_falls_due_When_nobody_nudges_Then_it_wakes_by_itself()
    {
        var due = DateTimeOffset.MaxValue;
        var pump = new ScriptedPump(n => n == 1 ? new(due = Wake(TimeSpan.FromSeconds(2)).WakeAt!.Value) : Done);
        await using var host = await DurableHost.StartAsync(pump.RunAsync);
        await using var nudges = await SenderAsync(host);
        nudges.Nudge();
        await host.CompletedAsync(Stream);
        Assert.Equal(2, pump.Turns);
        Assert.True(pump.Calls.Last().At >= due, "it woke too early");
    }

    [Fact]
    public async Task Given_it_runs_When_started_again_and_nudged_many_times_Then_one_runs_and_stays_awake()
    {
        var over = false;
        var pump = new ScriptedPump(_ => Volatile.Read(ref over) ? Done : Wake(s_never));
        await using var host = await DurableHost.StartAsync(pump.RunAsync);
        await using var nudges = await SenderAsync(host);
        for (var turn = 1; turn <= 6; turn++)
        {
            nudges.Nudge();
            await pump.TurnAsync(turn);
        }

        for (var i = 0; i < 20; i++)
            await host.Client.RaiseEventAsync(Stream, Coordinator.Nudge, null, Ct);
        await pump.TurnAsync(7);
        var all = new List<string>();
        await foreach (var instance in host.Client.GetAllInstancesAsync(new OrchestrationQuery()))
            all.Add(instance.InstanceId);
        Assert.Equal([Stream], all);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.StateAsync(Stream)).RuntimeStatus);
        Volatile.Write(ref over, true);
        nudges.Nudge();
        await host.CompletedAsync(Stream);
        // Those of a burst that come together may be one; none counts twice.
        Assert.InRange(pump.Turns, 8, 27);
    }

    [Fact]
    public async Task Given_it_ended_When_nudged_again_Then_it_starts_anew()
    {
        var pump = new ScriptedPump(_ => Done);
        await using var host = await DurableHost.StartAsync(pump.RunAsync);
        await using var nudges = await SenderAsync(host);
        nudges.Nudge();
        await host.CompletedAsync(Stream);
        nudges.Nudge();
        await pump.TurnAsync(2);
    }

    [Fact]
    public async Task Given_the_pump_fails_three_times_When_it_runs_Then_it_is_tried_until_it_works()
    {
        var pump = new ScriptedPump(n => n <= 3 ? throw new IOException("The storage is away.") : Done);
        await using var host = await DurableHost.StartAsync(pump.RunAsync);
        await using var nudges = await SenderAsync(host);
        nudges.Nudge();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.CompletedAsync(Stream)).RuntimeStatus);
        Assert.Equal(4, pump.Turns);
    }

    [Fact]
    public async Task Given_the_pump_fails_for_long_When_tries_run_out_Then_it_sleeps_and_a_nudge_wakes_it()
    {
        var pump = new ScriptedPump(n => n <= 5 ? throw new IOException("The storage is away.") : Done);
        await using var host = await DurableHost.StartAsync(pump.RunAsync);
        await using var nudges = await SenderAsync(host);
        nudges.Nudge();
        var state = await host.StatusAsync(Stream);
        Assert.Equal(5, pump.Turns);
        Assert.Equal(OrchestrationRuntimeStatus.Running, state.RuntimeStatus);
        Assert.Contains("failed", state.SerializedCustomStatus, StringComparison.Ordinal);
        nudges.Nudge();
        await host.CompletedAsync(Stream);
        Assert.Equal(6, pump.Turns);
    }

    [Fact]
    public async Task Given_a_hundred_turns_When_each_begins_Then_it_has_no_history_to_replay()
    {
        var (runs, fresh) = (0, 0);
        var pump = new ScriptedPump(n => n < 100 ? Wake(s_never) : Done);
        await using var host = await DurableHost.StartAsync(pump.RunAsync, context =>
        {
            // Where there is anything to replay, it replays from the first line on.
            Interlocked.Add(ref fresh, context.IsReplaying ? 0 : 1);
            Interlocked.Increment(ref runs);
            return Coordinator.Coordinate(context);
        });
        await using var nudges = await SenderAsync(host);
        nudges.Nudge();
        for (var turn = 1; turn < 100; turn++)
        {
            await pump.TurnAsync(turn);
            await host.Client.RaiseEventAsync(Stream, Coordinator.Nudge, null, Ct);
        }

        await host.CompletedAsync(Stream);
        Assert.Equal(100, pump.Turns);
        Assert.Equal(100, fresh);
        // Begun, pumped, nudged: no turn runs more often, however many went before it.
        Assert.InRange(runs, 200, 300);
    }

    [Fact]
    public async Task Given_a_case_When_it_sleeps_Then_its_status_shows_stage_and_next_obligation()
    {
        var due = new DateTimeOffset(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);
        var pump = new ScriptedPump(_ => Wake(s_never) with { Progress = new Progress("Assigned", "Accept", due) });
        await using var host = await DurableHost.StartAsync(pump.RunAsync);
        await using var nudges = await SenderAsync(host);
        nudges.Nudge();
        Assert.Equal(new Progress("Assigned", "Accept", due), await host.ProgressAsync(Stream));
    }

    [Fact]
    public async Task Given_one_sleeps_When_the_app_is_upgraded_Then_it_finishes_its_turn_and_goes_on_in_the_new_shape()
    {
        var old = new ScriptedPump(_ => Wake(s_never) with { Progress = new Progress("Assigned", null, null) });
        var pump = new ScriptedPump(n => n == 1 ? Wake(s_never) : Done);
        await using var host = await DurableHost.StartAsync(old.RunAsync, version: "1.0");
        await using var nudges = await SenderAsync(host);
        nudges.Nudge();
        await host.ProgressAsync(Stream);
        using var upgraded = await host.UpgradeAsync(pump.RunAsync, LaterAsync, "2.0");
        await host.Client.RaiseEventAsync(Stream, Coordinator.Nudge, null, Ct);
        await pump.TurnAsync(1);
        await host.Client.RaiseEventAsync(Stream, Coordinator.Nudge, null, Ct);
        var ended = await host.CompletedAsync(Stream);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal("\"new shape\"", ended.SerializedCustomStatus);
        Assert.Equal(1, old.Turns);
        await upgraded.StopAsync(Ct);
    }

    [Fact]
    public void Given_the_settings_of_the_host_Then_they_name_the_version_of_the_orchestration()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json")));
        var durable = json.RootElement.GetProperty("extensions").GetProperty("durableTask");
        Assert.Equal(Coordinator.Version, durable.GetProperty("defaultVersion").GetString());
        Assert.Equal("CurrentOrOlder", durable.GetProperty("versionMatchStrategy").GetString());
        // What an instance had taken when it died is taken by another within a minute.
        var storage = durable.GetProperty("storageProvider");
        Assert.Equal("00:01:00", storage.GetProperty("controlQueueVisibilityTimeout").GetString());
        Assert.Equal("00:01:00", storage.GetProperty("workItemQueueVisibilityTimeout").GetString());
        Assert.Equal("NonRunningStates", durable.GetProperty("overridableExistingInstanceStates").GetString());
    }

    private static PumpResult Done => new(null);

    private static PumpResult Wake(TimeSpan after) => new(TimeProvider.System.GetUtcNow() + after);

    /// <summary>
    /// A later orchestration of another shape: turns begun under 1.0 are replayed as they were, then it goes over.
    /// </summary>
    private static async Task LaterAsync(TaskOrchestrationContext context)
    {
        if (context.Version == "1.0")
        {
            await context.CallActivityAsync<PumpResult>(s_pump, context.InstanceId);
            using var over = new CancellationTokenSource();
            await Task.WhenAny(
                context.WaitForExternalEvent<object?>(Coordinator.Nudge, over.Token),
                context.CreateTimer(context.CurrentUtcDateTime.AddDays(1), over.Token));
            over.Cancel();
            context.ContinueAsNew(new ContinueAsNewOptions { NewVersion = "2.0" });
            return;
        }

        context.SetCustomStatus("new shape");
        await context.CreateTimer(context.CurrentUtcDateTime.AddMilliseconds(50), CancellationToken.None);
        var result = await context.CallActivityAsync<PumpResult>(s_pump, context.InstanceId);
        if (result.WakeAt is null)
            return;
        await context.WaitForExternalEvent<object?>(Coordinator.Nudge);
        context.ContinueAsNew(new ContinueAsNewOptions { NewVersion = "2.0" });
    }

    private static async Task<Sender> SenderAsync(DurableHost host)
    {
        var nudges = new Nudges(NullLogger<Nudges>.Instance);
        nudges.Use(host.Client);
        await nudges.StartAsync(Ct);
        return new Sender(nudges);
    }

    /// <summary>The sender of nudges as in the app.</summary>
    private sealed class Sender(Nudges nudges) : IAsyncDisposable
    {
        public void Nudge() => nudges.Nudge(new StreamId(Stream));

        public async ValueTask DisposeAsync()
        {
            await nudges.StopAsync(CancellationToken.None);
            nudges.Dispose();
        }
    }
}
