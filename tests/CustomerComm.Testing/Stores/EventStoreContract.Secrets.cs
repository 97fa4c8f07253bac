using System.Text;
using CustomerComm.App.Ports;
using static CustomerComm.Testing.Stores.Appends;

namespace CustomerComm.Testing.Stores;

/// <content>What lies beside a message until it is delivered.</content>
public abstract partial class EventStoreContract
{
    [Fact]
    public async Task Given_secrets_beside_messages_When_these_are_delivered_or_given_up_Then_the_secrets_are_gone()
    {
        NewMessage Carrying(string id) => new(id, Utf8("{}"), Utf8($"secret of {id}"));
        await Store.MustAppendAsync(
            To(s_a.Value, 0, due: Noon) with
            {
                Outbox = [Carrying("a"), Carrying("b"), Carrying("c"), new("d", Utf8("{}"))],
            },
            Ct);
        await ReopenAsync();
        Assert.Equal(
            ["secret of a", "secret of b", "secret of c", ""], (await Store.ReadOutboxAsync(s_a, Ct)).Select(Secret));

        await Store.SettleAsync(
            s_a, 1,
            [
                new OutboxUpdate("a", DeliveryStatus.Delivered, 1, Noon, null),
                new OutboxUpdate("b", DeliveryStatus.Pending, 1, Noon, "busy"),
                new OutboxUpdate("c", DeliveryStatus.Dead, 9, Noon, "refused"),
            ],
            Noon, Ct);
        await ReopenAsync();
        Assert.Equal(
            ["", "secret of b", "", ""], (await Store.ReadOutboxAsync(s_a, Ct, all: true)).Select(Secret));
        await Store.MustHoldAsync(s_a, 1, Ct);

        static string Secret(OutboxMessage message) => Encoding.UTF8.GetString(message.Secret.Span);
    }
}
