using CsCheck;

namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>Laws that hold for every complaint, whoever does whatever whenever.</summary>
[Clause("4.6.2-1")]
public sealed class ComplaintProperties
{
    private const int Lives = 1_000;
    private static readonly Gen<uint[]> Numbers = Gen.UInt.Array[40, 600];

    [Fact]
    public void Whatever_happens_an_open_case_owes_something_by_one_party_and_one_time_and_a_closed_one_nothing() =>
        Numbers.Sample(numbers => Live(numbers, _ => { }), iter: Lives);

    [Fact]
    public void Whatever_happens_the_pump_always_moves_on() => Numbers.Sample(
        numbers => Live(numbers, scenario =>
        {
            if (scenario.History.NextTrigger is not { } due)
                return;
            // However late the pump comes: what it does then moves the next time past then.
            foreach (var now in new[] { due, due.AddDays(3) })
            {
                var lapsed = Track.Overdue(scenario.History.Tracked, now, scenario.Rules).ToList();
                Assert.NotEmpty(lapsed);
                var next = Obligations.NextTrigger(Track.Owed(lapsed.Aggregate(scenario.History.Tracked, Track.Add)));
                Assert.True(next > now, $"{next} is not past {now}");
            }
        }),
        iter: Lives / 2);

    [Fact]
    public void Whatever_happened_folding_it_again_gives_the_same() => Numbers.Sample(
        numbers =>
        {
            var history = Live(numbers, _ => { }).History;
            var again = ComplaintHistory.Fold(history.Events);
            Assert.Equal(history.Steps, again.Steps);
            Assert.Equal(history.Owed, again.Owed);
            Assert.Equal(history.Lapses, again.Lapses);
            Assert.Equal(history.State.ToString(), again.State.ToString());
        },
        iter: Lives / 2);

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Whatever_happens_nothing_is_owed_by_or_seen_by_the_accused() => Numbers.Sample(
        numbers => Live(numbers, scenario =>
        {
            var s = scenario.State;
            foreach (var member in scenario.Rules.Directory.Staff)
            {
                if (!Authority.IsBarred(s, member, scenario.Rules.Directory))
                    continue;
                Assert.False(Authority.MaySee(s, member, scenario.Rules.Directory));
                Assert.DoesNotContain(scenario.History.Owed, o => o.Owner == Party.Of(member.Id));
            }

            Assert.All(scenario.History.Owed, o => Assert.True(
                o.Owner.Unit is not { } unit
                    || Authority.FirstFree(unit, s, scenario.Rules.Directory) is not null,
                $"{o.Kind} is owed by {o.Owner}, where all are barred"));
        }),
        iter: Lives / 2);

    [Fact]
    [Clause("4.6.1-2-G")]
    public void Whatever_happened_diligent_people_can_always_finish_the_case() => Numbers.Sample(
        numbers =>
        {
            var scenario = Live(numbers, _ => { });
            for (var i = 0; i < 60 && scenario.State.Open; i++)
                Assert.True(Progress(scenario), Stuck(scenario));
            Assert.False(scenario.State.Open, Stuck(scenario));
        },
        iter: Lives / 2);

    [Fact]
    public void The_random_lives_go_far_enough_to_see_every_event()
    {
        var seen = new HashSet<Type>();
        var lives = 0;
        var random = new Random(20260302);
        while (lives++ < 10_000 && seen.Count < AllEvents.Count)
        {
            var numbers = Enumerable.Range(0, 500).Select(_ => (uint)random.Next()).ToArray();
            seen.UnionWith(Live(numbers, _ => { }).History.Events.Select(e => e.Event.GetType()));
        }

        Assert.Empty(AllEvents.Except(seen));
    }

    private static HashSet<Type> AllEvents { get; } =
    [
        .. typeof(ComplaintEvent).GetNestedTypes().Concat(typeof(ObligationEvent).GetNestedTypes()).Where(t => t.IsSealed).Except(
        [
            typeof(ComplaintEvent.NumberVoided),
            typeof(ObligationEvent.MessageFailed), typeof(ObligationEvent.LinkMade),
        ]),
    ];

    private static ComplaintScenario Live(uint[] numbers, Action<ComplaintScenario> check)
    {
        var life = new RandomComplaint(numbers);
        life.Begin();
        check(life.Scenario);
        while (!life.Done)
        {
            life.Step();
            check(life.Scenario);
        }

        return life.Scenario;
    }

    private static bool Progress(ComplaintScenario scenario)
    {
        scenario.After(TimeSpan.FromMinutes(11));
        Actor[] everybody =
        [
            ComplaintScenario.System, ComplaintScenario.Resident,
            .. scenario.Rules.Directory.Staff.Select(m => new Actor.Staff(m)),
        ];
        foreach (var o in scenario.History.Owed)
        {
            if (o.Kind == ObligationKind.AcknowledgeLapse
                && scenario.Rules.Directory.Find(o.Owner.Staff!.Value) is { } told
                && scenario.Acknowledge(told, Enum.Parse<ObligationKind>(o.Subject.Split('|')[0])) is null
                && scenario.Last.Length > 0)
            {
                return true;
            }

            foreach (var command in Fulfilling.Of(o, scenario.State, ComplaintScenario.Done, scenario.Now))
            {
                // Passing it on is no progress while there is a handler.
                if (command is ComplaintCommand.Assign && scenario.State.Handler is { } h
                    && scenario.Rules.Directory.Find(h) is not null)
                {
                    continue;
                }

                foreach (var actor in everybody)
                {
                    scenario.Try(actor, command);
                    if (scenario.Last.Length > 0)
                        return true;
                }
            }
        }

        return false;
    }

    private static string Stuck(ComplaintScenario scenario) =>
        $"{scenario.State.Stage}: {string.Join("; ", scenario.History.Owed)}\n"
        + string.Join('\n', scenario.History.Events.Select(e => e.Event.GetType().Name));
}
