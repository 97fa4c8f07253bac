using System.Net;

namespace CustomerComm.Simulation;

/// <summary>Whatever is delivered ten times has its effect once; machines cannot talk each other up.</summary>
public class RedeliveryTests
{
    private const string Company = "+12025550100";
    private const string Engineer = "+12025550113";
    private const string Resident = "+12025550150";
    private static readonly string[] s_chat = ["电梯坏了三天没有人修", "演示花园", "是", "明天", "没有要求", "跳过", "确认登记", "进度"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_everything_delivered_ten_times_Then_nothing_differs_from_one_delivery()
    {
        var once = await DeliverAsync(1);
        var tenTimes = await DeliverAsync(10);
        Assert.Equal(once, tenTimes);
        Assert.True(once.Complaints >= 6, $"the scenario opened {once.Complaints} complaints only");
    }

    [Fact]
    public async Task Given_a_key_used_before_When_other_content_comes_Then_422()
    {
        await using var world = await World.StartAsync(1);
        var number = await world.Channels.ComplainAsync("key-1", "楼道的灯坏了。", Ct);
        using var other = await world.Channels.PostComplaintAsync("key-1", "电梯坏了。", Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal(number, await world.Channels.ComplainAsync("key-1", "楼道的灯坏了。", Ct));
        Assert.Equal(1, (await world.CountAsync(0, Ct)).Complaints);
    }

    [Fact]
    public async Task Given_texts_from_our_own_number_Then_they_are_kept_and_nothing_is_opened_or_answered()
    {
        await using var world = await World.StartAsync(1);
        for (var i = 0; i < 3; i++)
            await world.Channels.TextAsync($"own-{i}", Company, $"楼道的灯坏了，第{i}次。", Ct);
        var counts = await world.CountAsync(0, Ct);
        Assert.Equal((0, 0, 4), (counts.Complaints, counts.Messages, counts.TalkEvents));
    }

    [Theory]
    [InlineData("【自动回复】您好，我现在不方便接听，稍后联系您。")]
    [InlineData("Auto-reply: I am out of office until Monday.")]
    public async Task Given_automatic_replies_Then_no_case_opens_and_none_is_answered(string text)
    {
        await using var world = await World.StartAsync(1);
        for (var i = 0; i < 5; i++)
            await world.Channels.TextAsync($"auto-{i}", Resident, $"{text} {i}", Ct);
        var counts = await world.CountAsync(0, Ct);
        Assert.Equal((0, 0), (counts.Complaints, counts.Messages));
    }

    [Fact]
    public async Task Given_the_same_text_under_new_ids_at_once_Then_one_case_opens()
    {
        await using var world = await World.StartAsync(1);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            world.Channels.TextAsync($"same-{i}", Resident, "楼道的灯坏了三天，没有人来修。", Ct)));
        Assert.Equal(1, (await world.CountAsync(0, Ct)).Complaints);
    }

    private static async Task<Counts> DeliverAsync(int times)
    {
        await using var world = await World.StartAsync(times);
        var channels = world.Channels;
        var numbers = new List<string>();
        for (var i = 0; i < 4; i++)
            numbers.Add(await channels.ComplainAsync($"key-{i}", $"第{i}号：电梯停在五楼不动。", Ct));
        await channels.TextAsync("accept", Engineer, $"1 {numbers[0]}", Ct);
        await channels.TextAsync("decline", Engineer, $"2 {numbers[1]} 不在岗", Ct);
        await channels.TextAsync("done", Engineer, $"3 {numbers[0]} 已修好", Ct);
        await channels.TextAsync("lodge", Resident, "厨房水管漏水三天了，没人来修，地板都泡坏了。", Ct);
        await channels.TextAsync("status", Resident, "进度", Ct);
        var activities = await channels.ChatAsync(s_chat, Ct);
        await world.Ledger.CheckAllAsync(TimeProvider.System.Now(), Ct);
        await world.Ledger.CheckNumbersAsync(Ct);
        await world.Ledger.CheckChainsAsync(Ct);
        return await world.CountAsync(activities, Ct);
    }

    private sealed record Counts(
        int Complaints, long ComplaintEvents, long Numbers, long TalkEvents, int Messages, int Activities, long Entries = 0);

    private sealed class World(TempDirectory directory, RunningHost opened, Channels channels) : IAsyncDisposable
    {
        public Channels Channels => channels;

        public Ledger Ledger { get; } = new(opened);

        public static async Task<World> StartAsync(int times)
        {
            var directory = new TempDirectory();
            var opened = await RunningHost.OpenAsync(directory.Path, TimeProvider.System);
            await opened.StartAsync();
            return new World(directory, opened, new Channels(opened, times));
        }

        public async Task<Counts> CountAsync(int activities, CancellationToken ct)
        {
            var heads = await Ledger.HeadsAsync(ct);
            List<StreamHead> Of(string kind) =>
                heads.FindAll(h => h.Stream.Value.StartsWith(kind + ".", StringComparison.Ordinal));
            var messages = 0;
            // Those of jobs, e.g. of the duty roster, are owed whatever is delivered.
            foreach (var head in Of("complaint").Concat(Of("sms")).Concat(Of("chat")))
                messages += (await opened.Get<IEventStore>().ReadOutboxAsync(head.Stream, ct, all: true)).Count;
            return new Counts(
                Of("complaint").Count, Of("complaint").Sum(h => h.Version), Of("numbers").Sum(h => h.Version),
                Of("sms").Concat(Of("chat")).Sum(h => h.Version), messages, activities,
                Of("register").Sum(h => h.Version));
        }

        public async ValueTask DisposeAsync()
        {
            channels.Dispose();
            await opened.DisposeAsync();
            directory.Dispose();
        }
    }
}
