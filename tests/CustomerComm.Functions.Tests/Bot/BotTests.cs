using System.Net;
using System.Text;
using CustomerComm.App.Conversations;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Functions.Bot;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Adapters;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Rest;
using Channel = CustomerComm.Domain.Channel;

namespace CustomerComm.Functions.Tests.Bot;

/// <summary>The bot in chat services, driven through the Bot Framework's own test adapter.</summary>
public sealed class BotTests : IAsyncLifetime
{
    private const string Service = "https://service.example/teams";
    private readonly FailingAdapter _adapter = new();
    private FunctionsApp _app = null!;
    private int _sent;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await FunctionsApp.StartAsync(
        ["--MicrosoftAppId=00000000-0000-0000-0000-000000000001", "--MicrosoftAppType=MultiTenant"],
        services => services.AddSingleton<BotAdapter>(_adapter));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact, Clause("4.6.2-1")]
    public async Task Given_a_resident_in_a_chat_service_When_they_complain_Then_answers_reach_them_and_a_case_opens()
    {
        Assert.Contains("哪个小区", await SayAsync("三号楼的电梯坏了三天，没人来修"), StringComparison.Ordinal);
        Assert.Contains("设施设备", await SayAsync("和园"), StringComparison.Ordinal);
        Assert.Contains("什么时候", await SayAsync("是"), StringComparison.Ordinal);
        Assert.Contains("手机号", await SayAsync("明天下午5点"), StringComparison.Ordinal);
        Assert.Contains("核对", await SayAsync("没有"), StringComparison.Ordinal);
        var opened = await SayAsync("确认登记");
        Assert.Contains("HY-", opened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_mention_in_a_group_When_it_comes_Then_the_name_of_the_bot_is_no_part_of_the_message()
    {
        var activity = Message("<at>小管家</at> 三号楼的电梯坏了三天，没人来修");
        activity.Conversation.IsGroup = true;
        activity.Entities =
        [
            new Entity("mention")
            {
                Properties = Newtonsoft.Json.Linq.JObject.FromObject(new
                {
                    mentioned = new { id = activity.Recipient.Id, name = "小管家" }, text = "<at>小管家</at>",
                }),
            },
        ];
        await TakeAsync(activity);
        await ReplyAsync();
        var conversation = await ConversationAsync($"test:{activity.Conversation.Id}:{activity.From.Id}");
        var incoming = Assert.Single(conversation!.Lines.Select(l => l.Event).OfType<ConversationEvent.Incoming>());
        Assert.Equal("三号楼的电梯坏了三天，没人来修", incoming.Text.Value);
    }

    [Theory]
    [InlineData(ActivityTypes.Typing)]
    [InlineData(ActivityTypes.MessageReaction)]
    [InlineData(ActivityTypes.EndOfConversation)]
    [InlineData("nobody-knows")]
    public async Task Given_what_is_no_message_When_it_comes_Then_nothing_is_kept_or_said(string type)
    {
        var activity = Message("text");
        activity.Type = type;
        await TakeAsync(activity);
        Assert.Null(await ConversationAsync("test:" + activity.Conversation.Id));
        Assert.Empty(_adapter.ActiveQueue);
    }

    [Fact]
    public async Task Given_another_bot_writes_When_it_comes_Then_it_is_not_answered()
    {
        var activity = Message("三号楼的电梯坏了");
        activity.From.Role = RoleTypes.Bot;
        await TakeAsync(activity);
        Assert.Null(await ConversationAsync("test:" + activity.Conversation.Id));
    }

    [Theory]
    [InlineData("user", true)]
    [InlineData("bot", false)]
    public async Task Given_somebody_joins_When_it_is_a_person_Then_they_are_welcomed(string who, bool welcomed)
    {
        var activity = Message("");
        activity.Type = ActivityTypes.ConversationUpdate;
        activity.MembersAdded = [new ChannelAccount(who == "bot" ? activity.Recipient.Id : "u-new")];
        await TakeAsync(activity);
        var said = _adapter.ActiveQueue.Cast<Activity>().Select(a => a.Text);
        Assert.Equal(welcomed, said.Any(t => t.Contains("您好", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Given_a_message_comes_twice_When_taken_Then_it_is_answered_once()
    {
        var activity = Message("三号楼的电梯坏了三天，没人来修");
        await TakeAsync(activity);
        await ReplyAsync();
        await TakeAsync(activity);
        // Replies keep their order: one to the repetition would come before this one.
        Assert.Contains("设施设备", await SayAsync("和园"), StringComparison.Ordinal);
        Assert.Empty(_adapter.ActiveQueue);
        var conversation = await ConversationAsync("test:" + activity.Conversation.Id);
        var events = conversation!.Lines.Select(l => l.Event).ToList();
        Assert.Equal(2, events.OfType<ConversationEvent.Incoming>().Count());
        Assert.Single(events.OfType<ConversationEvent.Reached>());
    }

    [Fact]
    public async Task Given_how_a_resident_is_reached_When_stored_Then_it_is_sealed()
    {
        var activity = Message("三号楼的电梯坏了三天，没人来修");
        await TakeAsync(activity);
        var stream = StreamOf("test:" + activity.Conversation.Id);
        var events = await _app.Get<IEventStore>().ReadAsync(stream, 0, Ct);
        var stored = string.Join('\n', events.Select(e => Encoding.UTF8.GetString(e.Payload.Span)));
        Assert.Contains("reference", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(activity.From.Id, stored, StringComparison.Ordinal);
        Assert.DoesNotContain("service.example", stored, StringComparison.Ordinal);
        var conversation = await ConversationAsync("test:" + activity.Conversation.Id);
        Assert.Contains(Service, conversation!.Reference, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, SendOutcome.Refused)]
    [InlineData(HttpStatusCode.Forbidden, SendOutcome.Refused)]
    [InlineData(HttpStatusCode.TooManyRequests, SendOutcome.TryLater)]
    [InlineData(HttpStatusCode.BadGateway, SendOutcome.TryLater)]
    public async Task Given_the_service_refuses_When_we_write_first_Then_only_a_conversation_that_is_gone_is_final(
        HttpStatusCode status, SendOutcome expected)
    {
        var address = await WroteAsync();
        _adapter.Fault = status;
        var result = await ChatChannel.SendAsync(new ReadyMessage("complaint.1/1-0", Channel.Chat, address, "已完成"), Ct);
        Assert.Equal(expected, result.Outcome);
    }

    [Fact, Clause("4.2.4")]
    public async Task Given_a_resident_wrote_before_When_the_case_moves_Then_they_are_written_to_where_they_wrote()
    {
        var address = await WroteAsync();
        var message = new ReadyMessage("complaint.1/1-0", Channel.Chat, address, "已完成") { Choices = ["满意", "不满意"] };
        Assert.Equal(SendResult.Sent, await ChatChannel.SendAsync(message, Ct));
        var activity = Assert.IsType<Activity>(_adapter.GetNextReply());
        Assert.Equal("已完成", activity.Text);
        Assert.Equal(["满意", "不满意"], activity.SuggestedActions.Actions.Select(a => a.Value));
        Assert.Equal("test:" + activity.Conversation.Id, address);
    }

    [Fact]
    public async Task Given_a_request_that_is_not_the_services_When_it_comes_Then_it_is_turned_away()
    {
        Assert.IsType<ResidentAdapter>(_app.Get<IBotFrameworkHttpAdapter>());
        await using var front = await FunctionsApp.FrontAsync(async http =>
        {
            var result = await _app.Make<BotFunction>().Run(http.Request, _app.Durable.Client, Ct);
            await result.ExecuteAsync(http);
        });
        using var client = new HttpClient { BaseAddress = FunctionsApp.AddressOf(front) };
        using var body = new StringContent(
            """{"type":"message","text":"x","channelId":"msteams","serviceUrl":"https://x.example"}""", Encoding.UTF8,
            "application/json");
        using var response = await client.PostAsync(new Uri("/api/messages", UriKind.Relative), body, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private IMessageChannel ChatChannel =>
        _app.Get<IEnumerable<IMessageChannel>>().Single(c => c.Channel == Channel.Chat);

    private async Task<string> WroteAsync()
    {
        var activity = Message("三号楼的电梯坏了三天，没人来修");
        await TakeAsync(activity);
        await ReplyAsync();
        return "test:" + activity.Conversation.Id;
    }

    private async Task<string> SayAsync(string text)
    {
        await TakeAsync(Message(text));
        return await ReplyAsync();
    }

    private async Task TakeAsync(Activity activity)
    {
        _app.Get<Nudges>().Use(_app.Durable.Client);
        // The test adapter's own way in would put a sender and a conversation of its own into the activity.
        using var turn = new TurnContext(_adapter, activity);
        await _app.Get<IBot>().OnTurnAsync(turn, Ct);
    }

    /// <summary>The next thing the bot says, with what it offers.</summary>
    private async Task<string> ReplyAsync()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        over.CancelAfter(Signal.Patience);
        var reply = (Activity)await _adapter.GetNextReplyAsync(over.Token);
        return string.Join('\n', [reply.Text, .. reply.SuggestedActions?.Actions.Select(a => a.Title) ?? []]);
    }

    private StreamId StreamOf(string address) => _app.Get<ConversationStreams>().StreamOf(Channel.Chat, address);

    private Task<LoadedConversation?> ConversationAsync(string address) =>
        _app.Get<ConversationStreams>().LoadAsync(StreamOf(address), Ct);

    private Activity Message(string text) => new(ActivityTypes.Message)
    {
        Id = "a" + ++_sent,
        Text = text,
        ChannelId = "test",
        ServiceUrl = Service,
        From = new ChannelAccount("user-29c1", "王芳"),
        Recipient = new ChannelAccount("bot-1", "小管家"),
        Conversation = new ConversationAccount(id: "conversation-1"),
        MembersAdded = [],
    };

    /// <summary>The test adapter, which fails on demand as the service does.</summary>
    private sealed class FailingAdapter : TestAdapter
    {
        public HttpStatusCode? Fault { get; set; }

        public override Task<ResourceResponse[]> SendActivitiesAsync(
            ITurnContext turnContext, Activity[] activities, CancellationToken cancellationToken) => Fault is { } status
            ? throw new ErrorResponseException
            {
                Response = new HttpResponseMessageWrapper(new HttpResponseMessage(status), ""),
            }
            : base.SendActivitiesAsync(turnContext, activities, cancellationToken);
    }
}
