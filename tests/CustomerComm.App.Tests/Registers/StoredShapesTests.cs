using System.Text.Json;
using CustomerComm.App.Calls;
using CustomerComm.App.Registers;
using CustomerComm.App.Storage;
using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Tests.Registers;

/// <summary>Events as they lie in stores today: each stays readable, and is written the same again.</summary>
public sealed class StoredShapesTests
{
    private const string Answer = """{"by":"s-1","channel":"Phone","at":"2026-03-02T01:00:00+00:00"}""";

    public static TheoryData<Type, string> Shapes => new()
    {
        {
            typeof(RegisterEvent.RegisterBegun),
            """{"community":"HY","post":"office","month":"2026-03","unit":"Office","policyVersion":"ab"}"""
        },
        {
            typeof(RegisterEvent.ContactEntered),
            """{"entry":2,"source":"case.a","contactAt":"2026-03-02T01:00:00+00:00","channel":"Company","by":"s-1","""
            + """ "subject":{"kind":"Case","number":"HY-2026-000001","stream":"case.a"},"corrects":1,"""
            + """ "answerDue":"2026-03-04T01:00:00+00:00","answer":""" + Answer + "}"
        },
        { typeof(RegisterEvent.ContactAnswered), """{"entry":2,"answer":""" + Answer + "}" },
        {
            typeof(RegisterEvent.ShiftHandedOver),
            """{"handOver":1,"from":"s-1","to":"s-2","items":[{"month":"2026-02","entry":9}],"takeDue":"2026-03-02T01:00:00+00:00"}"""
        },
        {
            typeof(RegisterEvent.ShiftTakenOver),
            """{"handOver":1,"by":"s-2","items":[{"month":"2026-02","entry":9}]}"""
        },
        {
            typeof(CallEvent.CallRecorded),
            """{"source":"api:1","community":"HY","number":"HY-C-1","way":"In","startedAt":"2026-03-02T01:00:00+00:00","""
            + """ "rings":2,"secondsToAnswer":8,"answeredBy":"s-1","seconds":60,"missed":false,"internal":false,"""
            + """ "enteredBy":"s-1","policyVersion":"ab","inTime":true,"callBackDue":"2026-03-02T01:15:00+00:00"}"""
        },
        {
            typeof(CallEvent.CalledBack),
            """{"by":"s-1","callAt":"2026-03-02T01:00:00+00:00","reached":true}"""
        },
        {
            typeof(CallEvent.SpokenLater),
            """{"call":"HY-C-2","callAt":"2026-03-02T01:00:00+00:00","by":"s-1"}"""
        },
        {
            typeof(RosterEvent.RosterBegun),
            """{"community":"HY","policyVersion":"ab","owner":"s-1","due":"2026-03-02T01:00:00+00:00"}"""
        },
        {
            typeof(RosterEvent.ShiftAdded),
            """{"shift":1,"days":["Monday","Sunday"],"from":"20:00:00","to":"08:00:00","staff":"s-1","first":"2026-03-02","by":"s-2"}"""
        },
        { typeof(RosterEvent.ShiftEnded), """{"shift":1,"last":"2026-03-02","by":"s-2"}""" },
        { typeof(RosterEvent.ShiftExcused), """{"shift":1,"day":"2026-03-02","by":"s-2"}""" },
        {
            typeof(RosterEvent.ExtraAdded),
            """{"extra":1,"day":"2026-03-02","from":"20:00:00","to":"08:00:00","staff":"s-1","by":"s-2"}"""
        },
        { typeof(RosterEvent.ExtraDropped), """{"extra":1,"by":"s-2"}""" },
        {
            typeof(RosterEvent.GapsFound),
            """{"owner":"s-1","gaps":[{"day":"2026-03-02","from":"2026-03-02T01:00:00+00:00","minutes":60,"due":"2026-03-02T01:00:00+00:00"}]}"""
        },
        { typeof(RosterEvent.GapsClosed), """{"days":["2026-03-02"],"covered":true}""" },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Given_an_event_as_stored_When_read_and_written_Then_nothing_is_lost(Type type, string json)
    {
        var plain = json.Replace(", \"", ",\"", StringComparison.Ordinal);
        var read = JsonSerializer.Deserialize(plain, type, StoredJson.Options)!;
        Assert.Equal(plain, JsonSerializer.Serialize(read, type, StoredJson.Options));
    }

    [Fact]
    public async Task Every_event_type_has_a_stored_shape()
    {
        await using var app = await TestApp.StartAsync();
        var types = app.Get<RegisterKind>().EventTypes.Values.Concat(app.Get<CallKind>().EventTypes.Values)
            .Concat(app.Get<RosterKind>().EventTypes.Values)
            .Where(t => t.DeclaringType != typeof(Domain.Matters.ObligationEvent)).Distinct();
        Assert.Equal(
            types.Select(t => t.Name).Order(StringComparer.Ordinal),
            Shapes.Select(s => s.Data.Item1.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Given_what_a_person_said_When_stored_Then_it_is_sealed()
    {
        var key = new byte[32];
        var e = new RegisterEvent.ContactAnswered(
            1, new ContactAnswer(null, Domain.Channel.Phone, new Domain.Personal("秘密"), TestApp.Start));
        var json = PersonalConverter.With(key, () => JsonSerializer.Serialize(e, StoredJson.Options));
        Assert.DoesNotContain("秘密", json, StringComparison.Ordinal);
        var read = PersonalConverter.With(
            key, () => JsonSerializer.Deserialize<RegisterEvent.ContactAnswered>(json, StoredJson.Options)!);
        Assert.Equal("秘密", read.Answer.Text!.Value.Value);
    }
}
