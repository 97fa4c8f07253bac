using System.Net;
using CustomerComm.App.Ports;
using CustomerComm.App.Registers;
using CustomerComm.Domain.Registers;

namespace CustomerComm.Functions.Tests;

/// <summary>One app for tests that change nothing.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    internal FunctionsApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await FunctionsApp.StartAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

/// <summary>The site through the one function: what is served, and what is turned away.</summary>
public sealed class SitePageTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private readonly FunctionsApp _app = shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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

    [Fact]
    public async Task Given_an_event_nobody_can_read_When_it_comes_by_queue_Then_it_is_set_aside_for_a_person()
    {
        await _app.Make<SmsEventsFunction>().Run(BinaryData.FromString("7"), _app.Durable.Client, Ct);
        var registers = _app.Get<RegisterKind>();
        var due = await _app.Get<IEventStore>().DueAsync(DateTimeOffset.MaxValue, 100, Ct);
        var entries = new List<RegisterEntry>();
        foreach (var head in due.Where(h => registers.Prefixes.Contains(h.Stream.Value.Split('.')[0])))
            entries.AddRange((await registers.LoadAsync(head.Stream, Ct))!.State.Entries);
        Assert.Contains(entries, e => e.SetAside);
    }
}
