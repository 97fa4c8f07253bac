using CustomerComm.App.Matters;
using CustomerComm.App.Pumping;
using CustomerComm.App.Tests.Matters.Lives;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Matters;

/// <summary>Lapses of every kind of matter climb, and stop where they are acknowledged.</summary>
public sealed class MatterLapseContractTests
{
    private static readonly CancellationToken s_ct = CancellationToken.None;

    [Theory, MemberData(nameof(MatterLives.Names), MemberType = typeof(MatterLives))]
    [Clause("4.6.2-6")]
    public async Task Given_nobody_does_what_is_owed_When_time_passes_Then_the_lapse_climbs_told_once_each(string name)
    {
        await using var app = await MatterLives.StartAsync();
        var life = MatterLives.Of(name);
        if (!await OwingAsync(app, life))
            return;
        for (var i = 0; i < 40; i++)
            await MatterLives.NextDueAsync(app);
        var m = (await life.SeeAsync(app))!;
        var lapsed = m.Events.Where(e => e.Event is ObligationEvent.Lapsed)
            .Select(e => (e.Version, Of: (ObligationEvent.Lapsed)e.Event)).ToList();
        var ladders = lapsed.GroupBy(l => (l.Of.Kind, l.Of.Subject, l.Of.Due)).ToList();
        Assert.Contains(ladders, l => l.Count() > 2 && l.Last().Of.Told == TestCompany.Leader.Id);
        foreach (var ladder in ladders)
        {
            Assert.Equal(Enumerable.Range(0, ladder.Count()), ladder.Select(l => l.Of.Level));
            var told = ladder.Select(l => l.Of.Told).ToList();
            // Above the leader there is nobody: the leader is told again.
            Assert.Equal(told.Distinct().Count(), told.TakeWhile(t => t != TestCompany.Leader.Id).Count()
                + (told.Contains(TestCompany.Leader.Id) ? 1 : 0));
        }

        foreach (var (version, of) in lapsed)
        {
            var sent = app.Sms.Sent.Where(s => MatterLives.VersionOf(s.Id, life.Stream(app)) == version).ToList();
            Assert.Equal(TestCompany.Directory.Find(of.Told)!.Phone.Value, sent[0].To);
            // What is owed outside the company the leader hears of at once, and then by the ladder as everybody.
            var atOnce = of is { Level: 0, Kind: ObligationKind.ContactOutside or ObligationKind.ReplyOutside };
            Assert.Equal(
                atOnce ? [TestCompany.Leader.Phone.Value] : [], sent.Skip(1).Select(s => s.To));
        }
    }

    [Theory, MemberData(nameof(MatterLives.Names), MemberType = typeof(MatterLives))]
    [Clause("4.6.2-6")]
    public async Task Given_a_lapse_When_the_one_told_acknowledges_Then_it_stops_until_the_time_given(string name)
    {
        await using var app = await MatterLives.StartAsync();
        var life = MatterLives.Of(name);
        if (!await OwingAsync(app, life))
            return;
        var kind = (IMatterKind)app.Get<StreamKinds>().Of(life.Stream(app))!;
        while ((await LapsesAsync(app, life)).Count == 0)
            await MatterLives.NextDueAsync(app);
        var first = (await LapsesAsync(app, life))[0];
        var told = TestCompany.Directory.Find(first.Told)!;
        var other = TestCompany.Staff.First(s => s.Id != told.Id);
        Assert.Equal(RefusalCode.NotYours, (await AcknowledgeAsync(other, "soon"))?.Code);
        Assert.Equal("comment", (await AcknowledgeAsync(told, "a\0b"))?.Field);
        Assert.Null(await AcknowledgeAsync(told, "soon"));
        var version = (await life.SeeAsync(app))!.Version;
        Assert.Null(await AcknowledgeAsync(told, "soon"));
        var m = (await life.SeeAsync(app))!;
        Assert.Equal(version, m.Version);
        var until = m.Events.Select(e => e.Event).OfType<ObligationEvent.LapseAcknowledged>().Single().Until;
        Assert.True(until > app.Time.GetUtcNow());
        await MatterLives.UntilAsync(app, until.AddSeconds(-2));
        Assert.Equal([0], await LevelsAsync());
        await MatterLives.UntilAsync(app, until.AddSeconds(2));
        Assert.Equal(await StandsAsync() ? [0, 1] : [0], await LevelsAsync());

        Task<Refusal?> AcknowledgeAsync(StaffMember by, string comment) =>
            kind.AcknowledgeAsync(life.Stream(app), first.Kind, first.Subject, comment, by, s_ct);

        async Task<IEnumerable<int>> LevelsAsync() => (await LapsesAsync(app, life))
            .Where(l => (l.Kind, l.Subject, l.Due) == (first.Kind, first.Subject, first.Due)).Select(l => l.Level);

        async Task<bool> StandsAsync() => (await life.SeeAsync(app))!.Owed
            .Any(o => (o.Kind, o.Subject, o.Due) == (first.Kind, first.Subject, first.Due));
    }

    private static async Task<IReadOnlyList<ObligationEvent.Lapsed>> LapsesAsync(TestApp app, ILife life) =>
        [.. (await life.SeeAsync(app))!.Events.Select(e => e.Event).OfType<ObligationEvent.Lapsed>()];

    /// <summary>Lives until something is owed; false where nothing ever is.</summary>
    private static async Task<bool> OwingAsync(TestApp app, ILife life)
    {
        for (var step = 0; step < life.Turns.Count; step++)
        {
            await MatterLives.LiveAsync(app, life, from: step, to: step + 1);
            if ((await life.SeeAsync(app))!.Owed.Count > 0)
                return true;
        }

        Assert.Contains(life.Prefix, (string[])["post", "chatnotices", "answer", "signin"]);
        return false;
    }
}
