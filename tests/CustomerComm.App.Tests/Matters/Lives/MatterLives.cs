using System.Globalization;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Matters.Lives;

/// <summary>The lives of all kinds of matter, and what is done with them.</summary>
internal static class MatterLives
{
    private static readonly CompanyDirectory s_directory = new(
        TestCompany.Directory.Company, TestCompany.Directory.Communities, TestCompany.Directory.Staff,
        TestCompany.Directory.Homes, null,
        [new(TestCompany.HY, "李主任", "主任", PhoneNumber.Create(TestCompany.Phone(70)), Language.Chinese)]);

    public static IReadOnlyList<ILife> All { get; } =
    [
        .. ComplaintLives.All, .. MeasureLives.All, .. OutsideLives.All, .. PrivacyLives.All, .. ServiceLives.All,
        .. PublicLives.All, .. DeskLives.All,
    ];

    public static TheoryData<string> Names => [.. All.Select(l => l.Name)];

    public static TheoryData<string> Persons => [.. All.Where(l => l.Person is not null).Select(l => l.Name)];

    public static TheoryData<string> Kinds => [.. All.Select(l => l.Prefix).Distinct()];

    public static ILife Of(string name) => All.Single(l => l.Name == name);

    public static Task<TestApp> StartAsync() => TestApp.StartAsync(s_directory);

    /// <summary>Takes the steps from one to before another; after each, what is to be looked at.</summary>
    public static async Task LiveAsync(
        TestApp app, ILife life, bool sweep = true, int from = 0, int? to = null, Func<int, Task>? after = null)
    {
        for (var step = from; step < (to ?? life.Turns.Count); step++)
        {
            await life.WaitAsync(app, step);
            if (sweep)
                await app.SweepAsync();
            var before = (await life.SeeAsync(app))?.Version ?? 0;
            var done = await life.DoAsync(app, step, null);
            Assert.True(done.Refused is null || life.Turns[step].MayAddNothing, $"{life.Name} {step}: {done.Refused}");
            if (!life.Turns[step].MayAddNothing)
                Assert.True(done.Version > before, $"{life.Name} {step} adds nothing.");
            if (sweep)
                await app.SweepAsync();
            if (after is not null)
                await after(step);
        }

        Assert.Equal(0, app.Get<Sweeper>().SetAside);
    }

    /// <summary>Lets time pass until the next thing is due, and does it.</summary>
    public static async Task NextDueAsync(TestApp app)
    {
        var next = await app.Get<IEventStore>().NextDueAsync(CancellationToken.None);
        await UntilAsync(app, next ?? app.Time.GetUtcNow().AddDays(1));
    }

    public static async Task UntilAsync(TestApp app, DateTimeOffset time)
    {
        var pause = time - app.Time.GetUtcNow();
        app.Time.Advance(pause > TimeSpan.FromSeconds(1) ? pause : TimeSpan.FromSeconds(1));
        await app.SweepAsync();
    }

    /// <summary>
    /// The rows of all kinds as they stand in the tables, and as they should stand by the state of every matter; looked
    /// for wherever a row of any former state may have been.
    /// </summary>
    public static async Task<(IReadOnlyList<string> Stand, IReadOnlyList<string> Due)> RowsAsync(TestApp app)
    {
        var due = new List<ITableRow>();
        var partitions = new HashSet<(Type Type, string Partition)>();
        foreach (var (stream, life) in await StreamsAsync(app))
        {
            var seen = (await life.SeeAsync(app, stream))!;
            due.AddRange(seen.Rows);
            partitions.UnionWith(seen.FormerRows.Concat(seen.Rows).Select(r => (r.GetType(), r.PartitionKey)));
        }

        var stand = new List<ITableRow>();
        foreach (var (type, partition) in partitions)
        {
            stand.AddRange(await (Task<IReadOnlyList<ITableRow>>)typeof(MatterLives).GetMethod(nameof(ReadAsync))!
                .MakeGenericMethod(type).Invoke(null, [app, partition])!);
        }

        return (Said(stand), Said(due));
    }

    /// <summary>The rows of a partition.</summary>
    public static async Task<IReadOnlyList<ITableRow>> ReadAsync<TRow>(TestApp app, string partition)
        where TRow : class, ITableRow =>
        (await app.Get<ITables>().Of<TRow>()
            .QueryAsync(partition, null, null, 1_000, null, CancellationToken.None)).Rows;

    /// <summary>Takes all rows away and writes them afresh, as after the tables were lost.</summary>
    public static async Task RebuildAsync(TestApp app)
    {
        var kinds = app.Get<StreamKinds>();
        foreach (var kind in kinds.All)
            await kind.ClearRowsAsync(CancellationToken.None);
        foreach (var (stream, _) in await StreamsAsync(app))
            Assert.True(await kinds.Of(stream)!.RebuildRowsAsync(stream, CancellationToken.None));
    }

    private static async Task<IReadOnlyList<(StreamId Stream, ILife Life)>> StreamsAsync(TestApp app)
    {
        var heads = await app.Get<IEventStore>().ListAsync(null, 1_000, CancellationToken.None);
        return
        [
            .. heads.Select(h => (h.Stream, Life: All.FirstOrDefault(l => IsOf(h.Stream, l))))
                .Where(x => x.Life is not null).Select(x => (x.Stream, x.Life!)),
        ];
    }

    private static bool IsOf(StreamId stream, ILife life) =>
        stream.Value.StartsWith(life.Prefix + ".", StringComparison.Ordinal);

    private static IReadOnlyList<string> Said(IEnumerable<ITableRow> rows) =>
        [.. rows.Select(Rows.Said).Order(StringComparer.Ordinal)];

    /// <summary>The version of the event that owes a message of this stream, from the message's id; else 0.</summary>
    public static long VersionOf(string messageId, StreamId stream) =>
        messageId.StartsWith($"{stream}/", StringComparison.Ordinal)
            ? long.Parse(messageId.AsSpan(stream.Value.Length + 1, 6), CultureInfo.InvariantCulture)
            : 0;
}
