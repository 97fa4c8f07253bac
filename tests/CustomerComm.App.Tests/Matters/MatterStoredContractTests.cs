using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Storage;
using CustomerComm.App.Tests.Matters.Lives;
using CustomerComm.App.Tests.Storage;
using CustomerComm.Domain;

namespace CustomerComm.App.Tests.Matters;

/// <summary>What every kind of matter stores: whose it is, that it is text, that nothing is lost.</summary>
public sealed class MatterStoredContractTests
{
    private static readonly CancellationToken s_ct = CancellationToken.None;

    /// <summary>Made by programs, never typed by people: a hash, a number, the key of a message.</summary>
    private static readonly string[] s_made = [".TokenHash", ".Number", ".SourceId", ".Source"];

    [Theory, MemberData(nameof(MatterLives.Persons), MemberType = typeof(MatterLives))]
    public async Task Given_a_person_was_erased_When_it_goes_on_Then_nothing_is_sealed_for_erased(string name)
    {
        var life = MatterLives.Of(name);
        foreach (var erasedAfter in new[] { 1, (life.Turns.Count + 1) / 2, life.Turns.Count }.Distinct())
        {
            await using var app = await MatterLives.StartAsync();
            await MatterLives.LiveAsync(app, life, to: erasedAfter);
            var key = app.Get<Pseudonyms>().Person(life.Person!);
            var stored = await app.Get<IEventStore>().ReadAsync(life.Stream(app), 0, s_ct);
            var before = (await life.SeeAsync(app))!;
            var theirs = stored.Where(e => SealedJson.KeyOf(e.Payload.Span) == key).Select(e => (int)e.Version)
                .ToList();
            if (erasedAfter == life.Turns.Count)
                Assert.NotEmpty(theirs);
            await app.Get<SealedJson>().EraseAsync(key, s_ct);
            foreach (var kind in app.Get<IEnumerable<IMatterKind>>())
                kind.Forget();
            var after = (await life.SeeAsync(app))!;
            foreach (var at in theirs)
            {
                Assert.Equal(
                    RecordTexts.Personals(before.Events[at - 1].Event).Select(_ => Personal.Erased),
                    RecordTexts.Personals(after.Events[at - 1].Event));
            }

            await GoOnAsync(app, life, erasedAfter);
            var erased = app.Get<Pseudonyms>().Person(Personal.Erased);
            Assert.DoesNotContain(
                await app.Get<IEventStore>().ReadAsync(life.Stream(app), 0, s_ct),
                e => SealedJson.KeyOf(e.Payload.Span) == erased);
            await MatterLives.RebuildAsync(app);
            var (stand, due) = await MatterLives.RowsAsync(app);
            Assert.Equal(due, stand);
        }
    }

    [Theory, MemberData(nameof(MatterLives.Persons), MemberType = typeof(MatterLives))]
    public async Task Given_a_person_was_erased_before_When_they_come_again_Then_they_are_served_to_the_end(string name)
    {
        await using var app = await MatterLives.StartAsync();
        var life = MatterLives.Of(name);
        var key = app.Get<Pseudonyms>().Person(life.Person!);
        await app.Get<SealedJson>().EraseAsync(key, s_ct);
        await MatterLives.LiveAsync(app, life);
        Assert.DoesNotContain(
            await app.Get<IEventStore>().ReadAsync(life.Stream(app), 0, s_ct),
            e => SealedJson.KeyOf(e.Payload.Span) == key);
        Assert.DoesNotContain(
            (await life.SeeAsync(app))!.Events, e => RecordTexts.Contains(e.Event, Personal.Erased));
    }

    [Theory, MemberData(nameof(MatterLives.Names), MemberType = typeof(MatterLives))]
    public async Task Given_text_that_is_none_When_a_command_holds_it_Then_no_event_does(string name)
    {
        await using var app = await MatterLives.StartAsync();
        var life = MatterLives.Of(name);
        var kept = new List<string>();
        string[] bad = ["a\0b", "a\u0007b", "a\ud800b", "\udc00b", new('长', 300_000)];
        for (var step = 0; step < life.Turns.Count; step++)
        {
            await life.WaitAsync(app, step);
            foreach (var text in bad)
            {
                kept.AddRange((await life.TryTextsAsync(app, step, text))
                    .Where(t => !s_made.Any(m => t.Field.EndsWith(m, StringComparison.Ordinal)))
                    .Where(t => t.Events.Any(e => RecordTexts.Contains(e, text)))
                    .Select(t => $"{step} {t.Field} takes U+{(int)text[0]:X4} U+{(int)text[1]:X4} ({text.Length})"));
            }

            await life.DoAsync(app, step, null);
        }

        Assert.Empty(kept);
    }

    [Theory, MemberData(nameof(MatterLives.Kinds), MemberType = typeof(MatterLives))]
    public async Task Given_an_event_of_each_type_When_written_and_read_Then_nothing_is_lost(string prefix)
    {
        await using var app = await MatterLives.StartAsync();
        var kind = app.Get<IEnumerable<IMatterKind>>().Single(k => k.Prefixes.Contains(prefix));
        var key = new byte[32];
        foreach (var type in kind.EventTypes.Values)
        {
            var made = Samples.Make(type);
            var json = PersonalConverter.With(key, () => JsonSerializer.Serialize(made, type, StoredJson.Options));
            var read = PersonalConverter.With(key, () => JsonSerializer.Deserialize(json, type, StoredJson.Options)!);
            var again = PersonalConverter.With(key, () => JsonSerializer.Serialize(read, type, StoredJson.Options));
            Assert.Equal(Plain(json), Plain(again));
            Assert.Equal(Samples.Describe(made), Samples.Describe(read));
            foreach (var said in RecordTexts.Personals(made))
                Assert.DoesNotContain(said, json, StringComparison.Ordinal);
        }

        // Sealed values differ each time they are written, so they are opened before they are compared.
        string Plain(string json) => Regex.Replace(
            json, "p1:[A-Za-z0-9+/=]+", m => PersonalCipher.Decrypt(m.Value, key), RegexOptions.None,
            TimeSpan.FromSeconds(1));
    }

    /// <summary>Goes on as far as it goes: what needs the person may be refused, nothing may fail.</summary>
    private static async Task GoOnAsync(TestApp app, ILife life, int from)
    {
        await app.SweepAsync();
        for (var step = from; step < life.Turns.Count; step++)
        {
            await life.WaitAsync(app, step);
            var done = await life.DoAsync(app, step, null);
            await app.SweepAsync();
            if (done.Refused is not null && !life.Turns[step].MayAddNothing)
                break;
        }

        await MatterLives.UntilAsync(app, app.Time.GetUtcNow().AddDays(20));
        Assert.Equal(0, app.Get<Sweeper>().SetAside);
    }
}
