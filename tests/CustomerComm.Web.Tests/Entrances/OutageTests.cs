using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using CustomerComm.App.Ports;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Entrances;

/// <summary>The store fails while complaints come in.</summary>
public sealed class OutageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(13)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Given_the_store_cannot_write_When_a_complaint_comes_Then_it_says_when_to_come_again_and_takes_it_once(
        int code)
    {
        await using var host = await StartAsync();
        var store = (FailingStore)(object)host.Get<IEventStore>();
        using var web = host.NewClient();
        store.Failure = new SqliteException("no", code);
        using (var refused = await PostAsync(web))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(60), refused.Headers.RetryAfter!.Delta);
            using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Ct));
            Assert.Equal("urn:customercomm:problem:StoreOutage", problem.RootElement.GetProperty("type").GetString());
            Assert.DoesNotContain("Sqlite", problem.RootElement.ToString(), StringComparison.Ordinal);
        }

        store.Failure = null;
        var numbers = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var taken = await PostAsync(web);
            Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
            using var answer = JsonDocument.Parse(await taken.Content.ReadAsStringAsync(Ct));
            numbers.Add(answer.RootElement.GetProperty("number").GetString()!);
        }

        Assert.Equal(numbers[0], numbers[1]);
    }

    [Fact]
    public async Task Given_a_mistake_of_ours_When_it_happens_Then_it_is_not_called_an_outage()
    {
        await using var host = await StartAsync();
        var store = (FailingStore)(object)host.Get<IEventStore>();
        using var web = host.NewClient();
        store.Failure = new InvalidOperationException("a bug");
        using var answer = await PostAsync(web);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Null(answer.Headers.RetryAfter);
        Assert.DoesNotContain("a bug", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static Task<RunningHost> StartAsync() => RunningHost.StartAsync(b =>
    {
        var real = b.Services.Last(s => s.ServiceType == typeof(IEventStore));
        b.Services.Remove(real);
        b.Services.AddSingleton(sp =>
        {
            var proxy = DispatchProxy.Create<IEventStore, FailingStore>();
            ((FailingStore)(object)proxy).Inner = (IEventStore)real.ImplementationFactory!(sp);
            return proxy;
        });
    });

    private static Task<HttpResponseMessage> PostAsync(HttpClient web)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/complaints", UriKind.Relative))
        {
            Content = JsonContent.Create(new { community = "HY", text = "地下车库漏水", category = "CivilWorks" }),
        };
        request.Headers.Add("Idempotency-Key", "outage-1");
        return web.SendAsync(request, Ct);
    }

    /// <summary>The real store, whose writes fail as long as <see cref="Failure"/> is set.</summary>
    public class FailingStore : DispatchProxy
    {
        public IEventStore Inner { get; set; } = null!;

        public Exception? Failure { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (Failure is not null && targetMethod!.Name == nameof(IEventStore.AppendAsync))
                return Task.FromException<AppendResult>(Failure);
            return targetMethod!.Invoke(Inner, args);
        }
    }
}
