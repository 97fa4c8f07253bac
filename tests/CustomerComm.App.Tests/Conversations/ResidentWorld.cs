using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Notices;
using CustomerComm.App.Registers;
using CustomerComm.App.Tests.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Notices;
using CustomerComm.Domain.Registers;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>What tests of talks need: write, and look what became of it.</summary>
internal static class ResidentWorld
{
    private static int s_messages;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A text message comes in; all answers to it.</summary>
    public static async Task<IReadOnlyList<string>> SmsAsync(
        this TestApp app, string text, string? from = null, string? id = null)
    {
        from ??= TestCompany.ResidentPhone;
        var before = app.Sms.Sent.Count;
        await app.Get<SmsInbox>().ReceiveAsync(
            new SmsReceived(id ?? $"m{Interlocked.Increment(ref s_messages)}", from, text), Ct);
        await app.SettleAsync();
        return [.. app.Sms.Sent.Skip(before).Where(m => m.To == from).Select(m => m.Text)];
    }

    /// <summary>Something is said in a chat; the replies and the buttons under the last.</summary>
    public static async Task<(string Text, string[] Choices)> ChatAsync(
        this TestApp app, string text, string address = "chat-1", string? id = null, int pictures = 0)
    {
        var streams = app.Get<ConversationStreams>();
        await streams.SaveAsync(
            Channel.Chat, address, id ?? $"c{Interlocked.Increment(ref s_messages)}", text, _ => null, Ct, pictures);
        await app.SettleAsync();
        var conversation = (await streams.LoadAsync(streams.StreamOf(Channel.Chat, address), Ct))!;
        var handled = (ConversationEvent.Handled)conversation.Lines
            .Last(l => l.Event is ConversationEvent.Handled).Event;
        return (
            string.Join('\n', handled.Replies.Select(r => r.Text.Value)),
            handled.Replies.IsEmpty ? [] : [.. handled.Replies[^1].Choices]);
    }

    /// <summary>All complaints, by number.</summary>
    public static async Task<IReadOnlyList<LoadedMatter<Complaint>>> ComplaintsAsync(this TestApp app)
    {
        var found = new List<LoadedMatter<Complaint>>();
        foreach (var community in TestCompany.Directory.Communities)
        {
            for (var i = 1; ; i++)
            {
                var number = new MatterNumber(community.Id, "", 2026, i);
                if (await app.Get<ComplaintKind>().FindAsync(number, Ct) is not { } complaint)
                    break;
                found.Add(complaint);
            }
        }

        return found;
    }

    public static IEnumerable<string> Notes(this LoadedMatter<Complaint> complaint) =>
        complaint.Events.Select(e => e.Event).OfType<ComplaintEvent.Noted>().Where(n => n.ByResident)
            .Select(n => n.Text.Value);

    public static async Task<IReadOnlyList<RegisterEntry>> RegisterAsync(this TestApp app) =>
        (await app.Get<RegisterKind>().FindAsync(
            new RegisterKey(TestCompany.HY, new PostId("office"), "2026-03"), Ct))?.Entries.ToList() ?? [];

    /// <summary>A complaint that was said to be solved and waits for the signature.</summary>
    public static async Task<LoadedMatter<Complaint>> ResolvedAsync(
        this TestApp app, string text = "厨房顶漏水三天没人修", Category category = Category.CivilWorks)
    {
        var complaint = await app.OpenAsync(text, category);
        await app.DoAsync(complaint, new ComplaintCommand.Accept(), TestCompany.Engineer);
        await app.DoAsync(complaint, new ComplaintCommand.Resolve("补了防水"), TestCompany.Engineer);
        await app.SettleAsync();
        return complaint;
    }

    /// <summary>A notice to everybody is published and goes out.</summary>
    public static async Task PublishAsync(this TestApp app)
    {
        var notices = app.Get<NoticeKind>();
        var text = new NoticeText(new Personal("全天停水"), new Personal("请提前储水。"), new Personal("No water"), new Personal("Store some."), null);
        var drafted = Assert.IsType<MatterResult<Notice>.Done>(await notices.DraftAsync(
            TestCompany.HY, NoticeType.Circular, Audience.Whole, sms: true, text, TestCompany.HyDuty,
            Guid.NewGuid().ToString("N"), Ct));
        await notices.HandleAsync(
            drafted.Matter.Stream, new NoticeCommand.Publish(), new Actor.Staff(TestCompany.HyDuty), null, Ct);
        await app.SettleAsync();
    }
}
