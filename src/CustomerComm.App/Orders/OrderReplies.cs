using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;

namespace CustomerComm.App.Orders;

/// <summary>
/// Messages of residents about their orders: agree or not to an amendment, ask how it stands, add something, cancel.
/// What names a complaint, or nothing of ours, is left to others.
/// </summary>
public sealed class OrderReplies(
    OrderKind orders, ComplaintKind complaints, TimeProvider time) : IIncomingHandler
{
    private static readonly string[] s_complains = Texts.Said("Said.Complain");

    private static readonly string[] s_cancel = Texts.Said("Said.CancelOrder");

    /// <inheritdoc/>
    public async Task<HandlerReply?> TryHandleAsync(IncomingMessage message, CancellationToken ct)
    {
        var named = MatterCode.Find(message.Text, OrderKind.Letter, time.Now().Year);
        var language = message.Language;
        // Who complains about an order opens a complaint: a note to the worker would bury it.
        if (s_complains.Any(w => message.Text.Contains(w, StringComparison.OrdinalIgnoreCase)))
            return null;
        if (named is { } number)
        {
            // A number alone opens nothing: it must be an order of this very phone or chat.
            return await orders.FindAsync(number, ct) is { } found && IsOwn(message, found.State)
                ? await AboutAsync(message, found, MatterCode.Without(message.Text), ct)
                : Texts.Get("Chat.NotFound", language);
        }

        var agreement = Words.Agreement(message.Text);
        var asks = AsksStatus(message.Text) && message.Last is null;
        if ((agreement is null && !asks) || MatterCode.Find(message.Text, MatterNumber.Complaint, time.Now().Year) is not null)
            return null;
        var rows = await orders.OfPersonAsync(message.Address, ct);
        var candidates = agreement is null ? rows.Take(1).ToList() : rows.Where(r => r.Amending).ToList();
        if (candidates.Count == 0 || (agreement is not null && await ExtensionWaitsAsync(message.Last, ct)))
            return null;
        var row = candidates[0];
        if (candidates.Count > 1 && MatterNumber.TryParse(row.RowKey, out var first))
            return Texts.Format("Order.Which", language, ("code", first.ShortCode));
        return await orders.LoadAsync(new StreamId(row.Stream), ct) is { } only && IsOwn(message, only.State)
            ? await AboutAsync(message, only, message.Text, ct)
            : null;
    }

    private static bool AsksStatus(string text) => ResidentIntent.Read(text).Kind is Intent.Status or Intent.Sign;

    /// <summary>A complaint waits for the same word: without a number it is not clear which is meant.</summary>
    private async Task<bool> ExtensionWaitsAsync(MatterNumber? last, CancellationToken ct) =>
        last is { } number && await complaints.FindAsync(number, ct) is { State.Extension: not null };

    private static bool IsOwn(IncomingMessage message, Order s) => message.Channel.Way().ByPhone
        ? s.Intake.Contact.Phone?.Value == message.Address
        : s.Intake.Contact.Conversation == message.Address;

    private async Task<string> AboutAsync(
        IncomingMessage message, LoadedMatter<Order> order, string text, CancellationToken ct)
    {
        var s = order.State;
        var channel = message.Channel;
        if (Words.Agreement(text) is { } agreed)
        {
            return s.Amendment is { } waits
                ? await TellAsync(
                    message, order, new OrderCommand.AnswerAmendment(waits.No, agreed, channel, null),
                    agreed ? "Order.Agreed" : "Order.NotAgreed", ct)
                : Texts.Format("Order.NothingToAnswer", message.Language, ("number", s.Number));
        }

        if (text.Length < 4 && !s_cancel.Contains(text, StringComparer.OrdinalIgnoreCase) || AsksStatus(text))
            return StatusOf(order, message.Language);
        return s_cancel.Any(w => text.StartsWith(w, StringComparison.OrdinalIgnoreCase)) && text.Length <= 20
            ? await TellAsync(message, order, new OrderCommand.Cancel(channel, null), "Order.Cancelled", ct)
            : await TellAsync(message, order, new OrderCommand.Note(channel, text), "Order.Noted", ct);
    }

    private async Task<string> TellAsync(
        IncomingMessage message, LoadedMatter<Order> order, OrderCommand command, string key, CancellationToken ct)
    {
        var language = message.Language;
        var result = await orders.HandleAsync(
            order.Stream, command, new Actor.Resident(), new SeenMessage("in:" + message.Id, ""), ct);
        return result switch
        {
            MatterResult<Order>.Done done => Texts.Format(
                key, language, ("number", order.State.Number), ("due", Due(done.Matter.State, language))),
            MatterResult<Order>.Refused no =>
                Texts.Format("Chat.CannotDo", language, ("text", Texts.Why(no.Refusal, language))),
            _ => Texts.Get("Chat.NotFound", language),
        };
    }

    private string StatusOf(LoadedMatter<Order> order, Language language)
    {
        var s = order.State;
        return Texts.Format(
            "Order.Status", language, ("number", s.Number), ("stage", Texts.Name(s.Stage, language)),
            ("unit", Texts.Name(s.Unit, language)), ("due", Due(s, language)));
    }

    private string Due(Order s, Language language) =>
        Texts.Time(s.Due, orders.RulesOf(s).Calendar.Zone, language);
}
