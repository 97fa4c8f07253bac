using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Tests.Matters.Lives;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Matters;

/// <summary>What holds for every kind of matter, seen on the life of at least one of each.</summary>
public sealed class MatterContractTests
{
    private static readonly CancellationToken s_ct = CancellationToken.None;

    [Fact]
    public async Task Every_kind_of_matter_has_a_life()
    {
        await using var app = await MatterLives.StartAsync();
        Assert.Equal(
            app.Get<IEnumerable<IMatterKind>>().SelectMany(k => k.Prefixes).Order(StringComparer.Ordinal),
            MatterLives.All.Select(l => l.Prefix).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(MatterLives.Names), MemberType = typeof(MatterLives))]
    public async Task Given_a_command_was_carried_out_When_it_is_given_again_Then_nothing_is_added(string name)
    {
        await using var app = await MatterLives.StartAsync();
        var life = MatterLives.Of(name);
        for (var step = 0; step < life.Turns.Count; step++)
        {
            await life.WaitAsync(app, step);
            var give = await life.MessageAsync(app, step);
            var seen = new SeenMessage($"m{step}", "a");
            var done = await give(seen);
            Assert.True(done.Version is not null || life.Turns[step].MayAddNothing, $"{step}: {done.Refused}");
            var version = (await life.SeeAsync(app))!.Version;
            var again = await give(seen);
            Assert.True(again == done || again.Refused == done.Refused, $"{step}, same message: {again}");
            Assert.Equal(version, (await life.SeeAsync(app))!.Version);
            await give(null);
            var after = (await life.SeeAsync(app))!.Version;
            Assert.True(after > version == life.Turns[step].AddsAgain, $"{step}, given again: {version} to {after}");
        }
    }

    [Theory, MemberData(nameof(MatterLives.Names), MemberType = typeof(MatterLives))]
    public async Task Given_a_message_When_it_is_delivered_ten_times_at_once_Then_it_has_one_effect(string name)
    {
        await using var app = await MatterLives.StartAsync();
        await using var once = await MatterLives.StartAsync();
        var life = MatterLives.Of(name);
        for (var step = 0; step < life.Turns.Count; step++)
        {
            await life.WaitAsync(app, step);
            await life.WaitAsync(once, step);
            var before = (await life.SeeAsync(once))?.Version ?? 0;
            await life.DoAsync(once, step, new SeenMessage($"m{step}", "a"));
            var give = await life.MessageAsync(app, step);
            var all = await Task.WhenAll(
                Enumerable.Range(0, 10).Select(_ => Task.Run(() => give(new SeenMessage($"m{step}", "a")), s_ct)));
            var version = (await life.SeeAsync(once))!.Version;
            Assert.Equal(version, (await life.SeeAsync(app))!.Version);
            Assert.True(version == before || Array.TrueForAll(all, d => d.Refused is null), $"{step}: {all[0]}");
            if (version > before)
                Assert.True((await give(new SeenMessage($"m{step}", "b"))).Reused, $"{step}: another content");
            Assert.Equal(version, (await life.SeeAsync(app))!.Version);
        }
    }

    [Theory, MemberData(nameof(MatterLives.Names), MemberType = typeof(MatterLives))]
    [Clause("4.6.2-6")]
    public async Task Given_a_matter_that_is_open_Then_something_is_owed_by_one_to_one_time(string name)
    {
        await using var app = await MatterLives.StartAsync();
        var life = MatterLives.Of(name);
        var open = false;
        await MatterLives.LiveAsync(app, life, after: async step =>
        {
            var m = (await life.SeeAsync(app))!;
            if (!m.Open)
                Assert.True(m.Owed.Count == 0, $"{step}: closed, but {m.Owed.Count} owed");
            else if (life.OwesNothing is null)
                Assert.True(m.Owed.Count > 0, $"{step}: open, but nothing is owed");
            else
                open |= m.Owed.Count == 0;
            foreach (var o in m.Owed)
            {
                Assert.True(o.Owner.Unit is null != o.Owner.Staff is null, $"{step}: {o.Kind} has no single owner");
                Assert.True(o.Due > m.BegunAt, $"{step}: {o.Kind} was due before it began");
            }

            Assert.Equal(m.Owed.Count, m.Owed.Select(o => (o.Kind, o.Subject)).Distinct().Count());
        });
        Assert.Equal(life.OwesNothing is not null, open);
    }
}
