using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using CustomerComm.App.Complaints;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.Web.Tests.Analysis;

/// <summary>Open311 as real clients use it: pages, updates, pictures, long addresses, retries without a key.</summary>
public sealed class Open311ClientTests : IAsyncLifetime
{
    private RunningHost _host = null!;
    private HttpClient _web = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.StartAsync($"--CustomerComm:Open311Keys={SharedHost.CityKey}");
        _web = _host.NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Case_31_Given_seven_requests_When_paged_Then_each_comes_once_and_a_page_behind_the_last_is_empty()
    {
        for (var i = 0; i < 7; i++)
            await CreateAsync(("description", $"Light {i} is broken"));
        await _host.SettleAsync();
        var seen = new List<string>();
        for (var page = 1; await NumbersAsync($"&page={page}&page_size=3") is { Count: > 0 } numbers; page++)
            seen.AddRange(numbers);
        Assert.Equal(7, seen.Count);
        Assert.Equal(7, seen.Distinct().Count());
        Assert.Equal(5, (await NumbersAsync("&page=1&page_size=5")).Count);
        Assert.Empty(await NumbersAsync("&page=999&page_size=5"));
    }

    [Theory]
    [InlineData("page=0", "page must be")]
    [InlineData("page=-1", "page must be")]
    [InlineData("page=two", "page must be")]
    [InlineData("page=99999999999", "page must be")]
    [InlineData("page_size=0", "page_size must be a number from 1 to 1000")]
    [InlineData("page_size=1001", "page_size must be a number from 1 to 1000")]
    [InlineData("updated_after=yesterday", "updated_after must be")]
    [InlineData("updated_after=0001-01-01T00:00:00Z", "updated_after must be")]
    public async Task Given_a_page_or_time_that_cannot_be_meant_Then_the_bounds_are_named(string query, string expected)
    {
        var (status, body) = await GetAsync($"requests.json?jurisdiction_id=HY&{query}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(expected, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_32_Given_pictures_and_further_fields_When_posted_Then_each_stands_on_its_own_line()
    {
        var text = await TextOfAsync(
        [
            ("description", "The light is broken"), ("media_url", "https://a.example/1.jpg"),
            ("media_url", "https://a.example/2.jpg"), ("media_url[]", "https://a.example/3.jpg?x=1,2"),
            ("lat", "39.9"), ("long", "116.4"), ("email", "jane@a.example"), ("attribute[fixmystreet_id]", "77"),
            ("address_id", "A-9"), ("device_id", "phone-1"),
        ]);
        foreach (var line in new[]
        {
            "The light is broken", "(39.9, 116.4)", "https://a.example/1.jpg", "https://a.example/2.jpg",
            "https://a.example/3.jpg?x=1,2", "jane@a.example", "attribute[fixmystreet_id]: 77", "address_id: A-9",
            "device_id: phone-1",
        })
        {
            Assert.Contains(line, text.Split('\n'));
        }
    }

    [Fact]
    public async Task Case_32_Given_a_file_When_posted_Then_it_is_refused_with_where_to_put_it()
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in Fields([]))
            form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent([1, 2, 3]), "media", "leak.jpg");
        using var response = await _web.PostAsync(new Uri("/open311/v2/requests.json", UriKind.Relative), form, Ct);
        var body = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("media: files are not taken in here", body, StringComparison.Ordinal);
        Assert.Contains("media_url", body, StringComparison.Ordinal);
        await _host.SettleAsync();
        Assert.Empty(await NumbersAsync(""));
    }

    [Fact]
    public async Task Given_an_address_too_long_for_a_room_When_posted_Then_it_is_kept_in_the_text()
    {
        var address = "Corner of " + new string('x', 200) + " Street";
        var text = await TextOfAsync([("address_string", address)]);
        Assert.Contains("address_string: " + address, text, StringComparison.Ordinal);
        var both = await TextOfAsync([("attribute[ROOM]", "3-1-502"), ("address_string", "Demo Garden, gate 2")]);
        Assert.Contains("address_string: Demo Garden, gate 2", both, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_all_fields_together_are_too_much_When_posted_Then_it_is_said()
    {
        var (status, body) = await PostAsync([.. Fields([]), ("attribute[story]", new string('x', 10_000))]);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("All fields together", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_34_Given_the_same_request_again_without_a_key_Then_within_minutes_it_is_the_first_one()
    {
        (string, string)[] request = [("attribute[fixmystreet_id]", "77")];
        var first = await CreateAsync(request);
        _host.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(first, await CreateAsync(request));
        _host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(first, await CreateAsync(request));
        Assert.NotEqual(first, await CreateAsync(("attribute[fixmystreet_id]", "78")));
        Assert.NotEqual(first, await CreateAsync(("attribute[fixmystreet_id]", "77"), ("phone", "+1 202-555-0153")));
        _host.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.NotEqual(first, await CreateAsync(request));
    }

    [Fact]
    public async Task Case_35_Given_a_change_When_asked_for_what_changed_Then_it_is_there_and_nothing_personal()
    {
        var old = await CreateAsync(("description", "Secret words"));
        await _host.SettleAsync();
        _host.Time.Advance(TimeSpan.FromDays(120));
        var mark = "2027-03-20T00:00:00Z";
        var late = await CreateAsync(("description", "Another light"));
        await _host.SettleAsync();
        Assert.Equal([late], await NumbersAsync($"&updated_after={mark}"));
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        await WithdrawAsync(old);
        await _host.SettleAsync();
        Assert.Equal([late, old], await NumbersAsync($"&updated_after={mark}"));
        Assert.Equal([late], await NumbersAsync(""));

        var (status, json) = await GetAsync($"servicerequestupdates.json?jurisdiction_id=HY&start_date={mark}");
        Assert.Equal(HttpStatusCode.OK, status);
        using var updates = JsonDocument.Parse(json);
        Assert.Equal(
            [(late, "open"), (old, "closed")],
            updates.RootElement.EnumerateArray().Select(u =>
                (u.GetProperty("service_request_id").GetString()!, u.GetProperty("status").GetString()!)));
        Assert.DoesNotContain("Secret words", json, StringComparison.Ordinal);
        var xml = XDocument.Parse(
            (await GetAsync($"servicerequestupdates.xml?jurisdiction_id=HY&start_date={mark}&page_size=1")).Body).Root!;
        Assert.Equal(("service_request_updates", 1), (xml.Name.LocalName, xml.Elements("request_update").Count()));
    }

    [Fact]
    public async Task Case_35_Given_a_client_that_looks_for_the_interface_Then_discovery_names_it()
    {
        var (_, json) = await GetAsync("discovery.json");
        using var discovery = JsonDocument.Parse(json);
        var endpoint = Assert.Single(discovery.RootElement.GetProperty("endpoints").EnumerateArray());
        Assert.EndsWith("/open311/v2", endpoint.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["text/xml", "application/json"], endpoint.GetProperty("formats").EnumerateArray().Select(f => f.GetString()));
        var xml = XDocument.Parse((await GetAsync("discovery.xml")).Body).Root!;
        Assert.Equal("text/xml", xml.Element("endpoints")!.Element("endpoint")!.Element("formats")!.Element("format")!.Value);
    }

    private async Task WithdrawAsync(string number)
    {
        Assert.True(MatterNumber.TryParse(number, out var parsed));
        await _host.Get<ComplaintKind>().HandleAsync(
            parsed, new ComplaintCommand.Withdraw(Channel.Http, null),
            new Domain.Directory.Actor.Resident(), null, Ct);
    }

    private async Task<string> TextOfAsync((string, string)[] fields)
    {
        Assert.True(MatterNumber.TryParse(await CreateAsync(fields), out var number));
        return (await _host.Get<ComplaintKind>().FindAsync(number, Ct))!.State.Intake.Text.Value;
    }

    private async Task<string> CreateAsync(params (string Name, string Value)[] fields)
    {
        var (status, body) = await PostAsync(Fields(fields));
        Assert.True(status == HttpStatusCode.Created, body);
        using var answer = JsonDocument.Parse(body);
        return answer.RootElement[0].GetProperty("service_request_id").GetString()!;
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(IEnumerable<(string Name, string Value)> fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var response = await _web.PostAsync(new Uri("/open311/v2/requests.json", UriKind.Relative), content, Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private static IEnumerable<(string Name, string Value)> Fields((string Name, string Value)[] own)
    {
        (string Name, string Value)[] usual =
        [
            ("api_key", SharedHost.CityKey), ("jurisdiction_id", "HY"), ("service_code", "Equipment"),
            ("address_string", "2-1-101"), ("description", "The light of the stairs is broken"),
            ("phone", "+1 202-555-0152"),
        ];
        return own.Concat(usual.Where(u => !own.Any(o => o.Name == u.Name)));
    }

    private async Task<List<string>> NumbersAsync(string query)
    {
        var (status, body) = await GetAsync("requests.json?jurisdiction_id=HY" + query);
        Assert.True(status == HttpStatusCode.OK, body);
        using var list = JsonDocument.Parse(body);
        return [.. list.RootElement.EnumerateArray().Select(r => r.GetProperty("service_request_id").GetString()!)];
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var response = await _web.GetAsync(new Uri("/open311/v2/" + path, UriKind.Relative), Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }
}
