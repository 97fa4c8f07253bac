using System.Text.Json;
using CustomerComm.App.Storage;
using CustomerComm.App.Tests.Storage;
using CustomerComm.Domain.Orders;
using CustomerComm.Domain.Revisits;

namespace CustomerComm.App.Tests.Orders;

/// <summary>Events of orders and revisits are stored types: each is written and read back, old shapes stay readable.</summary>
public sealed class MatterEventTests
{
    public static TheoryData<string, bool> Types =>
    [
        .. typeof(OrderEvent).GetNestedTypes().Select(t => (t.Name, true)),
        .. typeof(RevisitEvent).GetNestedTypes().Select(t => (t.Name, false)),
    ];

    [Theory, MemberData(nameof(Types))]
    public void Given_an_event_of_each_type_When_written_and_read_Then_nothing_is_lost(string name, bool order)
    {
        var type = (order ? typeof(OrderEvent) : typeof(RevisitEvent)).GetNestedType(name)!;
        var made = Samples.Make(type);
        var key = new byte[32];
        var json = PersonalConverter.With(key, () => JsonSerializer.Serialize(made, type, StoredJson.Options));
        var read = PersonalConverter.With(key, () => JsonSerializer.Deserialize(json, type, StoredJson.Options)!);
        Assert.Equal(Samples.Describe(made), Samples.Describe(read));
    }

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
