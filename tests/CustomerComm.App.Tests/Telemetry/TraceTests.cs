using System.Diagnostics;
using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain.Complaints;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Telemetry;

/// <summary>One trace leads from what a resident sent to every message it brought about, however much later.</summary>
[Collection(Alone.Name)]
public sealed class TraceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_complaint_When_its_messages_go_out_later_Then_they_are_in_the_trace_of_the_intake()
    {
        using var listening = new Listening();
        await using var app = await TestApp.StartAsync();
        var (trace, _) = await OpenAsync(listening, app);
        app.Get<ComplaintKind>().Forget();
        await app.SweepAsync();
        Assert.NotEmpty(app.Sms.Sent);
        Assert.Single(listening.In(trace, "intake"));
        var sent = listening.In(trace, "deliver").ToList();
        Assert.Equal(app.Sms.Sent.Count, sent.Count);
        Assert.All(sent, s => Assert.Equal("sent", s.GetTagItem("customercomm.outcome")));
        // The pump is a trace of its own, and each knows of the other.
        var pump = Assert.Single(listening.Spans, s =>
            s.OperationName == "pump.advance" && s.Links.Any(l => l.Context.TraceId == trace));
        Assert.All(sent, s => Assert.Contains(s.Links, l => l.Context.TraceId == pump.TraceId));
    }

    [Fact]
    public async Task Given_nobody_accepts_When_it_lapses_hours_later_Then_who_is_told_is_told_in_the_same_trace()
    {
        using var listening = new Listening();
        await using var app = await TestApp.StartAsync();
        var (trace, _) = await OpenAsync(listening, app);
        await app.SweepAsync();
        var before = listening.In(trace, "deliver").Count();
        app.Get<ComplaintKind>().Forget();
        app.Time.Advance(TimeSpan.FromHours(3));
        await app.SweepAsync();
        Assert.Contains(
            listening.In(trace, "decide"), s => Equals(s.GetTagItem("customercomm.command"), "LapseOverdue"));
        Assert.True(listening.In(trace, "deliver").Count() > before);
    }

    [Fact]
    public async Task Given_a_person_acts_on_a_case_Then_that_is_a_trace_of_its_own_linked_to_the_intake()
    {
        using var listening = new Listening();
        await using var app = await TestApp.StartAsync();
        var (trace, opened) = await OpenAsync(listening, app);
        using (var request = listening.Outside("desk"))
        {
            await app.DoAsync(opened, new ComplaintCommand.Accept(), TestCompany.Engineer);
            var decide = Assert.Single(listening.In(request.TraceId, "decide"));
            Assert.Contains(decide.Links, l => l.Context.TraceId == trace);
        }
    }

    [Fact]
    public async Task Given_a_text_message_When_it_is_taken_up_later_Then_case_and_answers_are_in_its_trace()
    {
        using var listening = new Listening();
        await using var app = await TestApp.StartAsync();
        ActivityTraceId trace;
        using (var request = listening.Outside("queue"))
        {
            trace = request.TraceId;
            await app.Get<SmsInbox>().ReceiveAsync(
                new SmsReceived("m-1", TestCompany.ResidentPhone, "三号楼的电梯坏了三天没人修"), Ct);
        }

        await app.SweepAsync();
        Assert.NotEmpty(listening.In(trace, "conversation.step"));
        Assert.NotEmpty(listening.In(trace, "deliver"));
    }

    [Fact]
    public async Task Given_a_trace_is_not_sampled_Then_what_follows_from_it_is_not_either()
    {
        using var listening = new Listening();
        await using var app = await TestApp.StartAsync();
        using var request = listening.Outside("http");
        request.ActivityTraceFlags = ActivityTraceFlags.None;
        var opened = await app.OpenAsync();
        var outbox = await app.Get<IEventStore>().ReadOutboxAsync(opened.Stream, Ct);
        var stored = CustomerComm.App.Storage.SealedJson.TraceOf(outbox[0].Payload.Span);
        Assert.StartsWith($"00-{request.TraceId}-", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_nobody_listens_Then_no_trace_is_stored()
    {
        await using var app = await TestApp.StartAsync();
        var opened = await app.OpenAsync();
        var events = await app.Get<IEventStore>().ReadAsync(opened.Stream, 0, Ct);
        Assert.All(events, e => Assert.Null(CustomerComm.App.Storage.SealedJson.TraceOf(e.Payload.Span)));
    }

    private static async Task<(ActivityTraceId Trace, LoadedMatter<Complaint> Case)> OpenAsync(Listening listening, TestApp app)
    {
        using var request = listening.Outside("POST /api/complaints");
        return (request.TraceId, await app.OpenAsync());
    }
}
