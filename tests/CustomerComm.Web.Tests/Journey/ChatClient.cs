using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerComm.Web.Tests.Journey;

/// <summary>A chat over Direct Line as Web Chat holds it.</summary>
internal sealed class ChatClient(RunningHost host) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = host.Address };
    private string _watermark = "";
    private int _sent;

    public string Conversation { get; private set; } = "";

    public async Task BeginAsync()
    {
        var token = await PostAsync("/v3/directline/tokens/generate", new { user = new { id = "r_test" } });
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", token.GetProperty("token").GetString());
        var begun = await PostAsync("/v3/directline/conversations", new { });
        Conversation = begun.GetProperty("conversationId").GetString()!;
        await RepliesAsync();
    }

    /// <summary>Says something and waits for a reply that contains <paramref name="expected"/>.</summary>
    public async Task<string> SayAsync(string text, string expected, string? clientId = null)
    {
        await PostAsync($"/v3/directline/conversations/{Conversation}/activities", new
        {
            type = "message",
            text,
            from = new { id = "r_test" },
            channelData = new { clientActivityID = clientId ?? $"c{++_sent}" },
        });
        return await host.SeenAsync(
            async () => (await RepliesAsync()).LastOrDefault(r => r.Contains(expected, StringComparison.Ordinal)),
            $"a reply to '{text}' with '{expected}'");
    }

    /// <summary>What the system said since the last look.</summary>
    public async Task<List<string>> RepliesAsync()
    {
        var set = await _http.GetFromJsonAsync<JsonElement>(
            $"/v3/directline/conversations/{Conversation}/activities?watermark={_watermark}");
        _watermark = set.GetProperty("watermark").GetString()!;
        return [.. set.GetProperty("activities").EnumerateArray()
            .Where(a => a.GetProperty("from").GetProperty("id").GetString() == "customercomm")
            .Select(a => a.GetProperty("text").GetString()!)];
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await _http.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
