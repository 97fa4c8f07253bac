using System.Text;
using CsCheck;
using CustomerComm.App.Ports;
using CustomerComm.Azure;

namespace CustomerComm.Functions.Tests.Sms;

/// <summary>Events as Event Grid sends them.</summary>
public sealed class EventGridSmsEventsTests
{
    private const string Received = """
        {"id":"e1","topic":"/subscriptions/x","subject":"/phonenumber/15555555555","dataVersion":"1.0",
         "eventType":"Microsoft.Communication.SMSReceived","metadataVersion":"1","eventTime":"2026-11-23T02:00:00Z",
         "data":{"messageId":"m1","from":"+12025550151","to":"+12025550199","message":"电梯坏了",
                 "receivedTimestamp":"2026-11-23T02:00:00Z"}}
        """;

    private const string Report = """
        {"id":"e2","subject":"/phonenumber/x","dataVersion":"1.0","eventTime":"2026-11-23T02:00:00Z",
         "eventType":"Microsoft.Communication.SMSDeliveryReportReceived",
         "data":{"messageId":"m2","from":"+1","to":"+2","deliveryStatus":"Failed","deliveryStatusDetails":"No route",
                 "deliveryAttempts":[],"tag":"complaint.1/000001-0","receivedTimestamp":"2026-11-23T02:00:00Z"}}
        """;

    public static TheoryData<string, SmsEvent> Single => new()
    {
        { Received, new SmsEvent.Received("m1", "+12025550151", "电梯坏了") },
        { Report, new SmsEvent.Reported("m2", "complaint.1/000001-0", "Failed") },
        {
            Event("EventGrid.SubscriptionValidationEvent", """{"validationCode":"abc"}"""),
            new SmsEvent.Validation("abc")
        },
        {
            Event("Communication.SMSReceived", """{"from":"+1","message":"x"}"""),
            new SmsEvent.Received("e0", "+1", "x")
        },
        { Event("Communication.RecordingFileStatusUpdated", "{}"), new SmsEvent.Other() },
        { Event("Nobody.Knows", "{}"), new SmsEvent.Other() },
        {
            Event("Communication.SMSDeliveryReportReceived", """{"messageId":"m","deliveryStatus":"Delivered"}"""),
            new SmsEvent.Other()
        },
        {
            Event("Communication.SMSReceived", """{"messageId":"m","message":"x"}"""),
            new SmsEvent.Malformed("[0].data", "SMSReceived needs messageId, from and message.")
        },
        {
            Event("Communication.SMSReceived", """{"messageId":7,"from":"+1","message":"x"}"""),
            new SmsEvent.Received("7", "+1", "x")
        },
        {
            Received.Replace("\"eventType\"", "\"type\"", StringComparison.Ordinal),
            new SmsEvent.Received("m1", "+12025550151", "电梯坏了")
        },
        {
            Report.Replace("\"eventType\"", "\"specversion\":\"1.0\",\"type\"", StringComparison.Ordinal),
            new SmsEvent.Reported("m2", "complaint.1/000001-0", "Failed")
        },
        {
            Event("Communication.SMSDeliveryReportReceived", """{"tag":"complaint.1/000001-0"}"""),
            new SmsEvent.Malformed("[0].data", "SMSDeliveryReportReceived needs messageId.")
        },
        {
            Event("EventGrid.SubscriptionValidationEvent", "{}"),
            new SmsEvent.Malformed("[0].data.validationCode", "The code is missing.")
        },
        { """{"eventType":"x"}""", new SmsEvent.Malformed("[0].data", "An event needs 'data'.") },
    };

    [Theory, MemberData(nameof(Single))]
    public void Given_one_event_When_parsed_alone_or_in_an_array_Then_it_is_the_same(string json, SmsEvent expected)
    {
        foreach (var text in new[] { json, $"[{json}]", "\ufeff" + json })
        {
            var read = Assert.Single(Parse(text));
            Assert.Equal(expected, read with { Raw = default });
            Assert.False(read.Raw.IsEmpty);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("not json")]
    public void Given_no_events_When_parsed_Then_the_body_is_at_fault(string json) =>
        Assert.Equal("body", Assert.IsType<SmsEvent.Malformed>(Assert.Single(Parse(json))).Field);

    [Fact]
    public void Given_many_events_When_parsed_Then_they_stay_in_order_and_the_bad_one_is_numbered()
    {
        var events = Parse($"[{Received},{Report},7]");
        Assert.IsType<SmsEvent.Received>(events[0]);
        Assert.IsType<SmsEvent.Reported>(events[1]);
        Assert.Equal("[2]", Assert.IsType<SmsEvent.Malformed>(events[2]).Field);
    }

    [Fact]
    public void Given_an_event_in_binary_mode_When_parsed_Then_its_head_says_what_it_is()
    {
        var read = new EventGridSmsEvents().Parse(
            """{"from":"+1","message":"x"}"""u8.ToArray(), new EventHead("Microsoft.Communication.SMSReceived", "h1"));
        Assert.Equal(new SmsEvent.Received("h1", "+1", "x"), Assert.Single(read) with { Raw = default });
    }

    [Fact]
    public void Whatever_comes_nothing_fails()
    {
        var parts = Gen.OneOf(
            "[", "]", "{", "}", ",", ":", "\"", "\"eventType\"", "\"data\"", "\"type\"", "null", "7", "\\ud800", "\ud800",
            "\"Microsoft.Communication.SMSReceived\"", "\"messageId\":", "\"data_base64\":\"e30=\"", "\0", "1e9999");
        Gen.OneOf(parts.Array[0, 30].Select(string.Concat), Gen.String).Sample(t => Parse(t) is not null, iter: 5_000);
    }

    private static IReadOnlyList<SmsEvent> Parse(string json) =>
        new EventGridSmsEvents().Parse(Encoding.UTF8.GetBytes(json));

    private static string Event(string type, string data) =>
        $$"""{"id":"e0","eventType":"Microsoft.{{type}}","data":{{data}}}""";
}
