using CustomerComm.App.Pumping;
using CustomerComm.Web.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.Simulation;

/// <summary>
/// Many complaints, random people, time that passes, phones that fail: after each sweep every promise of the design must
/// hold.
/// </summary>
public class WholeSystemTests
{
    private const int Steps = 120;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_random_commands_while_time_passes_Then_every_invariant_holds_after_each_sweep()
    {
        var outcomes = new HashSet<Outcome>();
        for (var run = 0; run < Settings.Rounds; run++)
            await RunAsync(Settings.Seed + run, outcomes);
        Assert.Contains(Outcome.Verified, outcomes);
    }

    private static async Task RunAsync(int seed, HashSet<Outcome> outcomes)
    {
        var random = new Random(seed);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        using var directory = new TempDirectory();
        await using var opened = await RunningHost.OpenAsync(
            directory.Path, time, b => b.Services.UseSms(services =>
                new FlakySms(new SimulatedSms(services.GetRequiredService<ITables>(), time), random.Next())));
        var ledger = new Ledger(opened);
        var people = new People(opened, random);
        var sweeper = opened.Get<Sweeper>();
        try
        {
            for (var step = 0; step < Steps; step++)
            {
                await StepAsync(people, sweeper, random, time);
                await sweeper.RunAsync(Ct);
                Assert.Equal(0, sweeper.SetAside);
                var next = await sweeper.NextAsync(Ct);
                Assert.True(next is null || next > time.Now(), "something is due and nobody takes it up");
                if (step % 10 == 9)
                    await ledger.CheckAllAsync(time.Now(), Ct);
            }

            await ledger.CheckNumbersAsync(Ct);
            await ledger.CheckChainsAsync(Ct);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed} finds: {e.Message}", e);
        }

        outcomes.UnionWith((await ledger.ComplaintsAsync(Ct)).Select(c => c.Matter.State.Outcome));
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {people.Report()}");
    }

    private static async Task StepAsync(People people, Sweeper sweeper, Random random, FakeTimeProvider time)
    {
        switch (random.Next(10))
        {
            case < 2:
                await people.ComplainAsync(Ct);
                break;
            case < 7:
                await people.WorkAsync(random.Next(1, 12), Ct);
                break;
            case < 8:
                // Commands in the middle of a sweep.
                await Task.WhenAll(sweeper.RunAsync(Ct), people.WorkAsync(6, Ct), sweeper.RunAsync(Ct));
                break;
            case < 9 when await sweeper.NextAsync(Ct) is { } next:
                // To the very moment something falls due: it must be taken up then, not a tick later.
                time.SetUtcNow(next);
                Assert.True(await sweeper.RunAsync(Ct) > 0, "nothing was done though something fell due");
                break;
            default:
                time.Advance(TimeSpan.FromMinutes(random.Next(1, random.Next(2) == 0 ? 60 : 4_000)));
                break;
        }
    }

    /// <summary>Phones that fail now and then, as a provider does.</summary>
    private sealed class FlakySms(IMessageChannel real, int seed) : IMessageChannel
    {
        private readonly Random _random = new(seed);

        public Channel Channel => real.Channel;

        public async Task<SendResult> SendAsync(ReadyMessage message, CancellationToken ct)
        {
            int luck;
            lock (_random)
                luck = _random.Next(20);
            return luck switch
            {
                0 => new SendResult(SendOutcome.TryLater, "busy"),
                1 => new SendResult(SendOutcome.Refused, "no such number"),
                2 => throw new HttpRequestException("The provider does not answer."),
                _ => await real.SendAsync(message, ct),
            };
        }
    }
}
