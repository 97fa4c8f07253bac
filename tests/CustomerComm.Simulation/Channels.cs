using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerComm.Web.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Simulation;

internal static class Providers
{
    /// <summary>Puts this in the place of the simulated phones.</summary>
    public static void UseSms(this IServiceCollection services, Func<IServiceProvider, IMessageChannel> sms)
    {
        services.Remove(services.Single(s => s.ImplementationType == typeof(SimulatedSms)));
        services.AddSingleton(sms);
    }
}

/// <summary>Speaks to a host over HTTP, each message delivered so many times, half of them at once.</summary>
internal sealed class Channels(RunningHost opened, int times) : IDisposable
{
    private readonly HttpClient _client = opened.NewClient();

    public void Dispose() => _client.Dispose();

    /// <summary>Posts a complaint; all answers must name the same number, which it returns.</summary>
    public async Task<string> ComplainAsync(string key, string text, CancellationToken ct)
    {
        var numbers = await RepeatAsync(async () =>
        {
            using var answer = await PostComplaintAsync(key, text, ct);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("number").GetString()!;
        });
        await opened.SettleAsync();
        return Assert.Single(numbers.Distinct(StringComparer.Ordinal));
    }

    public async Task<HttpResponseMessage> PostComplaintAsync(string key, string text, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/complaints", UriKind.Relative))
        {
            Content = JsonContent.Create(new { community = "HY", text, category = "Equipment" }),
        };
        request.Headers.Add("Idempotency-Key", key);
        return await _client.SendAsync(request, ct);
    }

    /// <summary>Delivers a text message to the company, as Event Grid does.</summary>
    public async Task TextAsync(string id, string from, string text, CancellationToken ct)
    {
        await RepeatAsync(async () =>
        {
            using var answer = await _client.PostAsJsonAsync(new Uri("/api/sms/events", UriKind.Relative), new[]
            {
                new
                {
                    id = "event-" + id,
                    eventType = "Microsoft.Communication.SMSReceived",
                    data = new { messageId = id, from, to = "+12025550100", message = text },
                },
            }, ct);
            return answer.EnsureSuccessStatusCode().StatusCode;
        });
        await opened.SettleAsync();
    }

    /// <summary>Holds a conversation and returns how many activities it shows.</summary>
    public async Task<int> ChatAsync(string[] says, CancellationToken ct)
    {
        var begun = await RepeatAsync(async () =>
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post, new Uri("/v3/directline/tokens/generate", UriKind.Relative))
            {
                Content = JsonContent.Create(new { user = new { id = "user-1" } }),
            };
            using var answer = (await _client.SendAsync(request, ct)).EnsureSuccessStatusCode();
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
            return (Id: body.GetProperty("conversationId").GetString()!, Token: body.GetProperty("token").GetString()!);
        });
        // Each token is for a conversation of its own, and those that nobody begins are nothing.
        var id = begun[0].Id;
        await RepeatAsync(() => SendAsync(begun[0].Token, "/v3/directline/conversations", new { }, ct));
        for (var i = 0; i < says.Length; i++)
        {
            var activity = new
            {
                type = "message",
                from = new { id = "user-1" },
                text = says[i],
                channelData = new { clientActivityID = $"activity-{i}" },
            };
            await RepeatAsync(() => SendAsync(
                begun[0].Token, $"/v3/directline/conversations/{id}/activities", activity, ct));
            await opened.SettleAsync();
        }

        using var get = new HttpRequestMessage(
            HttpMethod.Get, new Uri($"/v3/directline/conversations/{id}/activities", UriKind.Relative));
        get.Headers.Authorization = new AuthenticationHeaderValue("Bearer", begun[0].Token);
        using var transcript = (await _client.SendAsync(get, ct)).EnsureSuccessStatusCode();
        return (await transcript.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("activities").GetArrayLength();
    }

    private async Task<HttpStatusCode> SendAsync(string token, string path, object body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _client.SendAsync(request, ct);
        return answer.EnsureSuccessStatusCode().StatusCode;
    }

    private async Task<List<T>> RepeatAsync<T>(Func<Task<T>> send)
    {
        List<T> answers = [.. await Task.WhenAll(Enumerable.Range(0, (times + 1) / 2).Select(_ => send()))];
        while (answers.Count < times)
            answers.Add(await send());
        return answers;
    }
}
