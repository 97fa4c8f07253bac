using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using CustomerComm.App.Complaints;
using CustomerComm.App.Jobs;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using Microsoft.Azure.Functions.Worker;

namespace CustomerComm.Functions.Tests;

/// <summary>The site through the one function, and complaints from their intake to the phones concerned.</summary>
public sealed class SiteTests : IAsyncLifetime
{
    private FunctionsApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await FunctionsApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/health/ready", "application/json")]
    [InlineData("/chat", "text/html")]
    [InlineData("/desk/sign-in", "text/html")]
    [InlineData("/openapi/v1.json", "application/json")]
    [InlineData("/_content/CustomerComm.Web/app/chat.js", "text/javascript")]
    [InlineData("/_content/CustomerComm.Web/app/site.css", "text/css")]
    public async Task Given_the_function_When_a_page_is_asked_for_Then_it_is_served_as_in_every_host(
        string path, string type)
    {
        using var response = await _app.Web.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.True((await response.Content.ReadAsByteArrayAsync(Ct)).Length > 30);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Given_an_address_that_is_not_there_When_asked_for_Then_it_is_not_found()
    {
        using var response = await _app.Web.GetAsync("/nothing/here", Ct);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact, Clause("4.6.2-1")]
    public async Task Given_a_complaint_When_posted_Then_it_is_saved_and_the_orchestration_sends_the_messages()
    {
        var id = await ComplainAsync();
        await Coordination.DurableHost.UntilAsync(() => _app.SmsService.Sent.Count == 2, "both messages");
        Assert.All(_app.SmsService.Sent.Values, s => Assert.StartsWith(id + "/", s.Tag, StringComparison.Ordinal));
        var progress = await _app.Durable.ProgressAsync(id);
        Assert.Equal(("Assigned", "Triage"), (progress.Stage, progress.Next));
    }

    [Fact, Clause("4.6.1-2-G")]
    public async Task Given_an_assignment_was_not_delivered_When_the_queue_reports_it_Then_the_head_is_told_at_once()
    {
        var id = await ComplainAsync();
        await Coordination.DurableHost.UntilAsync(() => _app.SmsService.Sent.Count == 2, "both messages");
        var assignment = _app.SmsService.Sent.Values.Single(s => s.To == TestCompany.Engineer.Phone.Value);
        var report = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = "e1",
            eventType = "Microsoft.Communication.SMSDeliveryReportReceived",
            data = new { messageId = "Outgoing_1", deliveryStatus = "Failed", tag = assignment.Tag },
        });
        for (var i = 0; i < 2; i++)
            await _app.Make<SmsEventsFunction>().Run(BinaryData.FromBytes(report), _app.Durable.Client, Ct);
        await Coordination.DurableHost.UntilAsync(
            () => _app.SmsService.Sent.Values.Any(s => s.To == TestCompany.EngineeringHead.Phone.Value),
            "word to the head");
        var events = (await _app.CaseAsync(id))!.History.Events.Select(e => e.Event);
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
        await Coordination.DurableHost.UntilAsync(
            () => _app.SmsService.Sent.Values.Any(s => s.To == TestCompany.ResidentPhone), "an answer");
    }

    [Fact]
    public async Task Given_an_event_nobody_can_read_When_it_comes_by_queue_Then_it_fails_so_that_a_person_finds_it()
    {
        var run = _app.Make<SmsEventsFunction>().Run(BinaryData.FromString("7"), _app.Durable.Client, Ct);
        await Assert.ThrowsAsync<InvalidDataException>(() => run);
    }

    [Fact, Clause("4.6.2-1")]
    public async Task Given_a_nudge_was_lost_When_the_sweep_comes_Then_the_complaint_is_taken_up()
    {
        // Dropped, as a crash between saving and nudging would.
        using (Nudges.Pumping(Pseudonyms.Case("test:1")))
        {
            Assert.IsType<MatterResult<Complaint>.Done>(
                await _app.Get<Intake>().ReceiveAsync(Request, new Actor.Resident(), Ct));
        }

        await SweepAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Ct);
        Assert.Empty(_app.SmsService.Asked);
        _app.Time.Advance(SweepJob.Patience + TimeSpan.FromSeconds(1));
        await SweepAsync();
        await Coordination.DurableHost.UntilAsync(() => _app.SmsService.Sent.Count == 2, "both messages");
    }

    [Fact]
    public async Task Given_the_service_was_away_When_the_next_try_is_due_Then_the_orchestration_wakes_and_sends()
    {
        _app.SmsService.Fault = n => n <= 6 ? 503 : null;
        await _app.Durable.ProgressAsync(await ComplainAsync());
        Assert.Equal((6, 0), (_app.SmsService.Requests, _app.SmsService.Sent.Count));
        // Five seconds after the first tries, by the Durable host's own clock.
        _app.Time.Advance(TimeSpan.FromSeconds(5));
        await Coordination.DurableHost.UntilAsync(() => _app.SmsService.Sent.Count == 2, "both messages");
    }

    [Fact]
    public async Task Given_every_job_of_the_app_When_its_timer_fires_Then_it_runs()
    {
        var clock = _app.Make<Clock>();
        await clock.NumberAudit(new TimerInfo(), _app.Durable.Client, Ct);
        await clock.LedgerAnchor(new TimerInfo(), _app.Durable.Client, Ct);
        Assert.NotNull(await _app.Get<IAnchorStore>().FindLatestAsync(Ct));
        var timers = typeof(Clock).GetMethods().Count(m => m.GetCustomAttribute<FunctionAttribute>() is not null);
        Assert.Equal(Clock.Timed.Count + 1, timers);
    }

    private static IntakeRequest Request { get; } = new(
        TestCompany.HY, "电梯坏了三天没人修", null, TestCompany.ResidentPhone, null, null, Channel.Http,
        Category.Equipment, [], null, null, IsLetter: false, null, "test:1");

    private Task SweepAsync() => _app.Make<Clock>().Sweep(new TimerInfo(), _app.Durable.Client, Ct);

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
