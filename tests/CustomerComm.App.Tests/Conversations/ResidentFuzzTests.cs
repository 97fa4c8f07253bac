using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.App.Tests.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>
/// Talks at random: intents, nonsense, buttons, complaints, the same again. Nothing breaks, nothing is lost, nothing is
/// withdrawn without a second yes, and what is no complaint opens none.
/// </summary>
public sealed class ResidentFuzzTests
{
    private static readonly string[] s_complaints =
    [
        "电梯坏了三天没人修", "楼上装修吵死了", "垃圾没人收臭死了", "the lift is broken again", "家里又停电了快来人看看",
        "物业费多收了两百", "车位被人占了", "厨房水龙头关不上，麻烦安排师傅看一下", "你们服务真差", "谢谢张师傅，修得又快又好",
        "请问物业费怎么交", "建议多装几盏路灯", "低息贷款，加微信12345678，点击链接 http://x.example",
    ];

    private static readonly string[] s_pressed =
    [
        "是", "不是", "1", "2", "3", "7", "99", "和园", "锦绣", "停车", "明天", "没有要求", "跳过", "+1 202-555-0151 3-1-502",
        "确认登记", "改类别", "改时间", "改联系方式", "改小区", "改内容", "确认撤诉", "不撤了", "同意", "不同意", "都不是",
        "补充 还有楼道灯", "HY-2026-000001", "HY26-1 还是漏", "HY26-2 撤诉", "HY26-1", "是 确认撤诉 HY26-1",
    ];

    private static readonly string[] s_intents = [.. ResidentIntentTests.Texts().Select(t => t.Data.Item1)];

    private static readonly Gen<string> s_complaint = Gen.OneOf(s_complaints);

    private static readonly Gen<string> s_press = Gen.OneOf(s_pressed);

    private static readonly Gen<string> s_intent = Gen.OneOf(s_intents);

    private static readonly Gen<string> s_nonsense = Gen.OneOf(
        Gen.String, Gen.Int[1, 9_999].Select(i => $"qx{i}wz 那里那个"));

    private static readonly Gen<string> s_text = Gen.OneOf(
        s_complaint, s_complaint, s_press, s_press, s_press, s_intent, s_intent, s_intent, s_nonsense);

    [Fact]
    public void Given_any_talk_When_it_is_stepped_Then_nothing_breaks_and_only_a_second_yes_withdraws() =>
        Gen.Select(Gen.Bool, Gen.Select(s_text, Gen.Int[0, 3]).Array[1, 30]).Sample(
            (sms, said) => Talk(sms, said),
            iter: int.TryParse(
                Environment.GetEnvironmentVariable("CUSTOMERCOMM_RESIDENT_TALKS"), CultureInfo.InvariantCulture, out var n)
                ? n : 1_500);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Given_any_talk_When_it_is_handled_Then_every_text_is_kept_and_a_repetition_changes_nothing(int seed)
    {
        await using var app = await TestApp.StartAsync();
        var random = new Random(seed);
        var sent = new List<string>();
        for (var i = 0; i < 14; i++)
        {
            // Each with a mark of its own, where the words are free.
            var text = random.Next(4) switch
            {
                0 => Pick(s_complaints) + $" k{seed}{i:D2}",
                1 => $"那边那个东西又那样 k{seed}{i:D2}",
                2 => Pick(s_intents),
                _ => Pick(s_pressed),
            };
            if (ResidentIntent.Read(text).Kind is Intent.Withdraw or Intent.WrongNumber || text is "7")
                continue;
            var id = $"f{seed}-{i}";
            sent.Add(text);
            if (random.Next(2) == 0)
                await app.SmsAsync(text, id: id);
            else
                await app.ChatAsync(text, id: id);
            if (random.Next(3) == 0)
            {
                var before = await CountAsync(app);
                await app.SmsAsync(text, id: id);
                await app.SettleAsync();
                // By the other channel it is another message; by its own it is the same.
                Assert.True((await CountAsync(app)).Complaints - before.Complaints <= 1);
            }

            app.Time.Advance(TimeSpan.FromMinutes(random.Next(0, 40)));
        }

        app.Time.Advance(TimeSpan.FromHours(1));
        await app.SettleAsync();
        var kept = await KeptAsync(app);
        Assert.All(
            sent.Where(t => t.Contains(" k", StringComparison.Ordinal)), t => Assert.True(
                kept.Contains(t[(t.LastIndexOf(" k", StringComparison.Ordinal) + 1)..], StringComparison.Ordinal), t));

        string Pick(string[] from) => from[random.Next(from.Length)];
    }

    private static void Talk(bool sms, (string Text, int Minutes)[] said)
    {
        var world = new World(sms);
        foreach (var (text, minutes) in said)
            world.Say(text, TimeSpan.FromMinutes(minutes * minutes * 5));
    }

    private static async Task<(int Complaints, int Entries)> CountAsync(TestApp app) =>
        ((await app.ComplaintsAsync()).Count, (await app.RegisterAsync()).Count);

    /// <summary>All words that people can find: complaints with their notes, orders, the register.</summary>
    private static async Task<string> KeptAsync(TestApp app)
    {
        var words = new List<string?>();
        foreach (var c in await app.ComplaintsAsync())
        {
            words.Add(c.State.Intake.Text.Value);
            words.Add(c.State.Intake.Contact.Room?.Value);
            words.AddRange(c.Notes());
            words.AddRange(c.Events.Select(e => (e.Event as ComplaintEvent.SignatureRefused)?.Reason.Value));
        }

        for (var i = 1; await app.Get<App.Orders.OrderKind>().FindAsync(
            new MatterNumber(TestCompany.HY, "W", 2026, i), CancellationToken.None) is { } order; i++)
        {
            words.Add(order.State.Intake.Text.Value);
            words.AddRange(order.Events.Select(e => (e.Event as CustomerComm.Domain.Orders.OrderEvent.ResidentNoted)?.Text.Value));
        }

        foreach (var entry in await app.RegisterAsync())
            words.Add(entry.Entered.Text?.Value);
        return string.Join('\n', words);
    }

    /// <summary>A writer, and complaints as the actions of the talk leave them.</summary>
    private sealed class World(bool sms)
    {
        private static readonly Classifier s_classifier = new();

        private ConversationState _state = ConversationState.Start;
        private ImmutableArray<OwnComplaint> _own = [];
        private DateTimeOffset _now = TestApp.Start;
        private int _messages;

        private ConversationContext Context => new(
            TestCompany.Directory, s_classifier, new Phones("US"), _ => TestCompany.Calendar,
            sms ? Channel.Sms : Channel.Chat, sms ? PhoneNumber.Create(TestCompany.ResidentPhone) : null)
        {
            Own = _own,
        };

        public void Say(string text, TimeSpan later)
        {
            _now += later;
            if (Conversation.Due(_state) is { } due && due <= _now)
                Take(Conversation.TimeOut(_state, Context), text: null);
            var said = new Said($"m{++_messages}", text, _now);
            var step = Conversation.Next(_state, said, Context);
            var again = Conversation.Next(_state, said, Context);
            Assert.Equal(step.State.Turn, again.State.Turn);
            Assert.Equal(step.Action?.GetType(), again.Action?.GetType());
            Take(step, text);
        }

        private void Take(Step step, string? text)
        {
            var before = _state;
            _state = step.State;
            if (_state.Turn is not Turn.Idle && step.Action is not ConversationAction.Add)
                Assert.NotEmpty(step.Replies);
            switch (step.Action)
            {
                case ConversationAction.Open open:
                    OpensRightly(before, text);
                    var number = new MatterNumber(open.Community, "", 2026, _own.Length + 1);
                    _own = _own.Insert(0, new OwnComplaint(
                        number, (Stage)(_messages % 6), open.Draft.Suggestion.Category, open.Draft.Text.Value, _now, _now,
                        _now.AddDays(3), null, null));
                    _state = _state with { Last = number, Opening = new Opening(number, _now, Category.Other) };
                    break;
                case ConversationAction.Withdraw withdraw:
                    // Asked for before, and said by a text that says yes.
                    Assert.Equal(withdraw.Number, before.Withdrawing!.Number);
                    Assert.True(Words.IsYes(text!) || ResidentIntent.Read(text!).Kind == Intent.Confirm, text);
                    Change(withdraw.Number, Stage.Closed);
                    break;
                case ConversationAction.Refuse refuse:
                    IsSaid(before, text!, refuse.Text);
                    Change(refuse.Number, Stage.InProgress);
                    break;
                case ConversationAction.Add add:
                    IsSaid(before, text!, add.Text);
                    break;
                default:
                    break;
            }
        }

        /// <summary>The words themselves, behind those about which it was asked what they are about.</summary>
        private static void IsSaid(ConversationState before, string text, string taken) => Assert.True(
            text.Contains(taken, StringComparison.Ordinal)
            || (before.Unsolved is { } asked && taken == $"{asked.Text.Value}\n{text.Trim()}"), taken);

        private static void OpensRightly(ConversationState before, string? text)
        {
            if (before.Turn != Turn.Idle || text is null)
                return;
            var intent = ResidentIntent.Read(text).Kind;
            Assert.True(intent is Intent.None or Intent.NotFixed || text.Contains("HY", StringComparison.Ordinal), text);
        }

        private void Change(MatterNumber number, Stage stage) =>
            _own = [.. _own.Select(c => c.Number == number ? c with { Stage = stage, ChangedAt = _now } : c)];
    }
}
