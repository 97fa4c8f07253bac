using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerComm.App.Complaints;
using CustomerComm.App.Jobs;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using Microsoft.Azure.Functions.Worker;

namespace CustomerComm.Functions.Tests;

/// <summary>Complaints from their intake through the one function to the phones concerned.</summary>
public sealed class SiteTests : IAsyncLifetime
{
    private FunctionsApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await FunctionsApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact, Clause("4.6.2-1")]
    public async Task Given_a_complaint_When_posted_Then_it_is_saved_and_the_orchestration_sends_the_messages()
    {
        var id = await ComplainAsync();
        await _app.SmsService.SentAsync(2);
        Assert.All(_app.SmsService.Sent.Values, s => Assert.StartsWith(id + "/", s.Tag, StringComparison.Ordinal));
        var progress = await _app.Durable.ProgressAsync(id);
        Assert.Equal(("Assigned", "Triage"), (progress.Stage, progress.Next));
    }

    [Fact, Clause("4.6.1-2-G")]
    public async Task Given_an_assignment_was_not_delivered_When_the_queue_reports_it_Then_the_head_is_told_at_once()
    {
        var id = await ComplainAsync();
        await _app.SmsService.SentAsync(3);
        var assignment = _app.SmsService.Sent.Values.Single(s => s.To == TestCompany.Engineer.Phone.Value);
        var report = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = "e1",
            eventType = "Microsoft.Communication.SMSDeliveryReportReceived",
            data = new { messageId = "Outgoing_1", deliveryStatus = "Failed", tag = assignment.Tag },
        });
        for (var i = 0; i < 2; i++)
            await _app.Make<SmsEventsFunction>().Run(BinaryData.FromBytes(report), _app.Durable.Client, Ct);
        await _app.SmsService.SentAsync(TestCompany.EngineeringHead.Phone.Value);
        var events = (await _app.CaseAsync(id))!.Events.Select(e => e.Event);
        Assert.Single(events.OfType<ObligationEvent.MessageFailed>());
    }

    [Fact]
    public async Task Given_a_text_message_When_it_comes_by_queue_Then_it_is_answered()
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = "e1",
            eventType = "Microsoft.Communication.SMSReceived",
            data = new { messageId = "m1", from = TestCompany.ResidentPhone, message = "电梯坏了三天没人修" },
        });
        await _app.Make<SmsEventsFunction>().Run(BinaryData.FromBytes(text), _app.Durable.Client, Ct);
        await _app.SmsService.SentAsync(TestCompany.ResidentPhone);
    }

    [Fact, Clause("4.6.2-1")]
    public async Task Given_a_nudge_was_lost_When_the_sweep_comes_Then_the_complaint_is_taken_up()
    {
        // Dropped, as a crash between saving and nudging would.
        using (Nudges.Pumping(new StreamId($"{ComplaintKind.Name}.{Pseudonyms.Source("test:1")}")))
        {
            Assert.IsType<MatterResult<Complaint>.Done>(
                await _app.Get<Intake>().ReceiveAsync(Request, new Actor.Resident(), Ct));
        }

        // Too early to take it for lost: the pump may be at it.
        Assert.Equal(0, await SweepAsync());
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await SweepAsync() > 0);
        await _app.SmsService.SentAsync(TestCompany.HyDuty.Phone.Value);
        await _app.SmsService.SentAsync(TestCompany.Engineer.Phone.Value);
    }

    [Fact]
    public async Task Given_the_service_was_away_When_the_next_try_is_due_Then_the_orchestration_wakes_and_sends()
    {
        _app.SmsService.Fault = n => n <= 9 ? 503 : null;
        await _app.Durable.ProgressAsync(await ComplainAsync());
        Assert.Equal((9, 0), (_app.SmsService.Requests, _app.SmsService.Sent.Count));
        // Five seconds after the first tries, by the Durable host's own clock.
        _app.Time.Advance(TimeSpan.FromSeconds(5));
        await _app.SmsService.SentAsync(3);
    }

    private static IntakeRequest Request { get; } = new(
        TestCompany.HY, "电梯坏了三天没人修", null, TestCompany.ResidentPhone, null, null, Channel.Http,
        Category.Equipment, [], null, null, IsLetter: false, null, "test:1");

    /// <summary>A tick of the timer; how many streams its sweep nudged.</summary>
    private async Task<long> SweepAsync()
    {
        await _app.Make<Clock>().Jobs(new TimerInfo(), _app.Durable.Client, Ct);
        return (await _app.Get<ITables>().Of<JobRow>().GetAsync(JobRow.Partition, "sweep", Ct))!.Done;
    }

    private async Task<string> ComplainAsync()
    {
        using var response = await PostAsync();
        using var body = await response.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        return body!.RootElement.GetProperty("id").GetString()!;
    }

    private async Task<HttpResponseMessage> PostAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/complaints")
        {
            Content = JsonContent.Create(new
            {
                community = "HY",
                text = "电梯坏了三天没人修",
                category = "Equipment",
                contact = new { phone = TestCompany.ResidentPhone },
            }),
        };
        var response = await _app.Web.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response;
    }
}
