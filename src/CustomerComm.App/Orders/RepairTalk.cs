using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;

namespace CustomerComm.App.Orders;

/// <summary>
/// Repair requests by chat and text message: they become orders, numbered and acknowledged at once with hotline and due
/// time, and are no complaints until they are late or refused.
/// </summary>
public sealed class RepairTalk(
    OrderIntake intake, OrderKind orders, RulesBook book, TimeProvider time)
{
    /// <summary>
    /// The reply where the draft asks for a repair and nothing else; null where it is something else.
    /// </summary>
    public async Task<(StoredReply Reply, MatterNumber? Number)?> TryOpenAsync(
        LoadedConversation conversation, Language language, ConversationAction.Open open, CancellationToken ct)
    {
        var draft = open.Draft;
        if (draft.Suggestion is not { Kind: Nature.RepairRequest, Danger: false })
            return null;
        var way = conversation.Channel.Way();
        var result = await intake.ReceiveAsync(
            new OrderRequest(
                open.Community, OrderType.Repair, draft.Text.Value, null, draft.Phone?.Value, draft.Room?.Value,
                way.ByPhone ? null : conversation.Address, conversation.Channel, draft.Chosen, null, null,
                // A wish may have passed while the conversation lay unhandled; it must not cost the order.
                draft.WantedBy > time.Now() ? draft.WantedBy : null, null, null, language, null,
                $"{conversation.Stream}:{draft.MessageId}")
            {
                Suggestion = draft.Suggestion,
            },
            new Actor.Resident(), ct, new PageIssue(OrderMatter.StatusPage));
        return result switch
        {
            MatterResult<Order>.Done opened =>
                (Announce(opened.Matter, language, !way.Short), opened.Matter.State.OrderNumber),
            // The writer went on after a crash had opened the order as it stood: it is the same one.
            MatterResult<Order>.Reused again =>
                (Announce(again.Matter, language, !way.Short), again.Matter.State.OrderNumber),
            MatterResult<Order>.Refused no => (new StoredReply(new Personal(Texts.Format(
                "Chat.Refused", language, ("text", Texts.Why(no.Refusal, language)),
                ("hotline", book.Directory.Find(open.Community)?.Hotline ?? ""))), []), null),
            _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
        };
    }

    /// <summary>Adds what came after to the order.</summary>
    public async Task<string> AddAsync(
        LoadedConversation conversation, ConversationAction.Add more, SeenMessage seen, Language language,
        CancellationToken ct)
    {
        if (await orders.FindAsync(more.Number, ct) is not { } order)
            return Texts.Get("Chat.NotFound", language);
        var result = await orders.HandleAsync(
            order.Stream, new OrderCommand.Note(conversation.Channel, more.Text), new Actor.Resident(), seen, ct);
        return result is MatterResult<Order>.Refused no
            ? Texts.Format("Chat.CannotDo", language, ("text", Texts.Why(no.Refusal, language)))
            : Texts.Format("Order.Noted", language, ("number", order.State.Number));
    }

    private StoredReply Announce(Matters.LoadedMatter<Order> order, Language language, bool full)
    {
        var s = order.State;
        var text = Texts.Format(
            full ? "Order.Opened" : "Order.OpenedSms", language, ("number", s.Number),
            ("unit", Texts.Name(s.Unit, language)),
            ("due", Texts.Time(s.Due, orders.RulesOf(s).Calendar.Zone, language)),
            ("hotline", book.Directory.Find(s.Community)?.Hotline ?? ""));
        return new StoredReply(new Personal(text), [], new LinkAt(order.Stream, OrderMatter.StatusPage));
    }
}
