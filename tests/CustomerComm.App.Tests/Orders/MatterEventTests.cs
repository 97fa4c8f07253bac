using System.Text.Json;
using CustomerComm.App.Storage;
using CustomerComm.Domain.Orders;

namespace CustomerComm.App.Tests.Orders;

/// <summary>Events of orders are stored types: old shapes stay readable.</summary>
public sealed class MatterEventTests
{
    [Fact]
    public void Given_an_order_as_it_was_first_stored_When_read_Then_it_is_whole()
    {
        var key = new byte[32];
        var text = PersonalCipher.Encrypt("水管漏水", key);
        var stored = $$"""
            {"number":"HY-W-2026-000012","kind":"Repair","text":"{{text}}","contact":{"conversation":"chat-1"},
             "channel":"Chat","language":"Chinese","category":"Equipment","severity":"Ordinary","unit":"Engineering",
             "due":"2026-03-05T01:00:00+00:00","sourceId":"chat:1#a","policyVersion":"p1"}
            """;
        var read = PersonalConverter.With(key, () =>
            JsonSerializer.Deserialize<OrderEvent.OrderOpened>(stored, StoredJson.Options)!);
        Assert.Equal("HY-W-2026-000012", read.Number.ToString());
        Assert.Equal(("水管漏水", "chat-1"), (read.Text.Value, read.Contact.Conversation));
        Assert.Null(read.Case);
    }
}
