using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace CustomerComm.Web.Tests.Analysis;

/// <summary>Open311 GeoReport v2 as its specification has it, JSON and XML.</summary>
[Clause("4.5.7")]
public sealed class Open311Tests(SharedHost shared)
{
    private static readonly string[] s_requestFields =
    [
        "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
        "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
        "address", "address_id", "zipcode", "lat", "long", "media_url",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_the_services_Then_JSON_and_XML_tell_the_same_in_the_fields_of_the_specification()
    {
        var host = await shared.GetAsync();
        using var client = host.NewClient();

        var (status, type, json) = await GetAsync(client, "services.json?jurisdiction_id=HY");
        Assert.Equal((HttpStatusCode.OK, "application/json; charset=utf-8"), (status, type));
        using var list = JsonDocument.Parse(json);
        Assert.Equal(15, list.RootElement.GetArrayLength());
        string[] fields = ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"];
        Assert.All(
            list.RootElement.EnumerateArray(), s => Assert.Equal(fields, s.EnumerateObject().Select(p => p.Name)));
        Assert.All(list.RootElement.EnumerateArray(), s => Assert.Equal("realtime", s.GetProperty("type").GetString()));

        var (_, xmlType, text) = await GetAsync(client, "services.xml?jurisdiction_id=HY");
        Assert.Equal("text/xml; charset=utf-8", xmlType);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", text, StringComparison.Ordinal);
        var xml = XDocument.Parse(text).Root!;
        Assert.Equal("services", xml.Name);
        Assert.All(xml.Elements(), s => Assert.Equal("service", s.Name));
        Assert.All(xml.Elements(), s => Assert.Equal(fields, s.Elements().Select(e => e.Name.LocalName)));
        Assert.Equal(
            list.RootElement.EnumerateArray().Select(s => s.GetProperty("service_code").GetString()),
            xml.Elements().Select(s => s.Element("service_code")!.Value));
    }

    [Fact]
    public async Task Given_a_service_Then_its_definition_has_the_attributes_of_the_specification()
    {
        var host = await shared.GetAsync();
        using var client = host.NewClient();
        var (_, _, json) = await GetAsync(client, "services/Equipment.json?jurisdiction_id=HY");
        using var definition = JsonDocument.Parse(json);
        Assert.Equal("Equipment", definition.RootElement.GetProperty("service_code").GetString());
        var attribute = Assert.Single(definition.RootElement.GetProperty("attributes").EnumerateArray());
        string[] fields =
        [
            "variable", "code", "datatype", "required", "datatype_description", "order", "description", "values",
        ];
        Assert.Equal(fields, attribute.EnumerateObject().Select(p => p.Name));
        Assert.Equal(JsonValueKind.True, attribute.GetProperty("variable").ValueKind);
        Assert.Equal(JsonValueKind.Number, attribute.GetProperty("order").ValueKind);

        var xml = XDocument.Parse((await GetAsync(client, "services/Equipment.xml?jurisdiction_id=HY")).Body).Root!;
        Assert.Equal("service_definition", xml.Name);
        Assert.Equal(
            fields, xml.Element("attributes")!.Element("attribute")!.Elements().Select(e => e.Name.LocalName));
    }

    [Theory]
    [InlineData("services.json", 400, "jurisdiction_id")]
    [InlineData("services.json?jurisdiction_id=NOWHERE", 404, "jurisdiction_id")]
    [InlineData("services/DMV66.json?jurisdiction_id=HY", 404, "service_code")]
    [InlineData("requests.json?jurisdiction_id=HY&service_code=DMV66", 404, "service_code")]
    [InlineData("requests.json?jurisdiction_id=HY&status=broken", 400, "status")]
    [InlineData("requests.json?jurisdiction_id=HY&start_date=yesterday", 400, "start_date")]
    [InlineData(
        "requests.json?jurisdiction_id=HY&start_date=2026-01-01T00:00:00Z&end_date=2026-11-01T00:00:00Z", 400, "90 days")]
    [InlineData(
        "requests.json?jurisdiction_id=HY&start_date=2026-11-02T00:00:00Z&end_date=2026-11-01T00:00Z", 400, "start_date")]
    [InlineData("requests/HY-2026-000999.json", 404, "service_request_id")]
    [InlineData("tokens/123456.json", 404, "token")]
    public async Task Given_a_wrong_question_Then_the_error_has_the_specifications_form(
        string path, int code, string about)
    {
        var host = await shared.GetAsync();
        using var client = host.NewClient();
        var (status, _, json) = await GetAsync(client, path);
        Assert.Equal(code, (int)status);
        using var errors = JsonDocument.Parse(json);
        var error = Assert.Single(errors.RootElement.EnumerateArray());
        Assert.Equal(["code", "description"], error.EnumerateObject().Select(p => p.Name));
        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.Contains(about, error.GetProperty("description").GetString(), StringComparison.Ordinal);

        var xml = XDocument.Parse(
            (await GetAsync(client, path.Replace(".json", ".xml", StringComparison.Ordinal))).Body).Root!;
        Assert.Equal("errors", xml.Name);
        Assert.Equal(code.ToString(CultureInfo.InvariantCulture), xml.Element("error")!.Element("code")!.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Given_no_or_a_wrong_key_When_posted_Then_it_is_forbidden_and_nothing_is_opened(string? key)
    {
        await using var host = await StartAsync();
        using var client = host.NewClient();
        var form = Request();
        form.Remove("api_key");
        if (key is not null)
            form["api_key"] = key;
        var (status, body) = await PostAsync(client, form);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("\"code\":403", body, StringComparison.Ordinal);
        await host.SettleAsync();
        Assert.Equal("[]", (await GetAsync(client, "requests.json?jurisdiction_id=HY")).Body);
    }

    [Fact]
    public async Task Given_no_key_in_the_settings_When_posted_Then_nobody_may()
    {
        await using var host = await RunningHost.StartAsync();
        using var client = host.NewClient();
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(client, Request())).Status);
    }

    [Theory]
    [InlineData("service_code", 400)]
    [InlineData("description", 400)]
    [InlineData("address_string", 400)]
    [InlineData("jurisdiction_id", 400)]
    public async Task Given_a_field_is_missing_When_posted_Then_the_error_names_it(string field, int code)
    {
        var host = await shared.GetAsync();
        using var client = host.NewClient();
        var form = Request();
        form.Remove(field);
        var (status, body) = await PostAsync(client, form);
        Assert.Equal(code, (int)status);
        Assert.Contains(field, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_request_is_posted_twice_with_one_key_Then_it_is_one_case_with_its_number_and_the_hotline()
    {
        await using var host = await StartAsync();
        using var client = host.NewClient();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "city-1");

        var (status, body) = await PostAsync(client, Request());
        Assert.Equal(HttpStatusCode.Created, status);
        using var answer = JsonDocument.Parse(body);
        var created = Assert.Single(answer.RootElement.EnumerateArray());
        Assert.Equal(
            ["service_request_id", "service_notice", "account_id"], created.EnumerateObject().Select(p => p.Name));
        Assert.Equal("HY-2026-000001", created.GetProperty("service_request_id").GetString());
        Assert.Contains("+1 202-555-0101", created.GetProperty("service_notice").GetString(), StringComparison.Ordinal);
        Assert.Equal(body, (await PostAsync(client, Request())).Body);

        var other = Request();
        other["description"] = "something else";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(client, other)).Status);
        var xml = Request();
        var again = XDocument.Parse((await PostAsync(client, xml, ".xml")).Body).Root!;
        Assert.Equal("service_requests", again.Name);
        Assert.Equal("HY-2026-000001", again.Element("request")!.Element("service_request_id")!.Value);
    }

    [Fact]
    public async Task Given_requests_Then_only_what_is_not_personal_is_published_and_the_filters_hold()
    {
        await using var host = await StartAsync();
        using var client = host.NewClient();
        await PostAsync(client, Request());
        var parking = Request();
        parking["service_code"] = "Parking";
        parking["description"] = "Secret words of a resident";
        await PostAsync(client, parking);
        var against = Request();
        against["service_code"] = "AgainstManager";
        await PostAsync(client, against);
        await host.SettleAsync();

        var (_, _, json) = await GetAsync(client, "requests.json?jurisdiction_id=HY");
        using var all = JsonDocument.Parse(json);
        // What goes to the leader is not published.
        Assert.Equal(2, all.RootElement.GetArrayLength());
        Assert.All(
            all.RootElement.EnumerateArray(), r => Assert.Equal(s_requestFields, r.EnumerateObject().Select(p => p.Name)));
        foreach (var personal in new[] { "Secret words", "2-1-101", "202-555-0152", "Jane" })
            Assert.DoesNotContain(personal, json, StringComparison.Ordinal);
        var one = all.RootElement.EnumerateArray().Single(r => r.GetProperty("service_code").GetString() == "Parking");
        Assert.Equal("open", one.GetProperty("status").GetString());
        Assert.Equal("Demo Garden 2", one.GetProperty("address").GetString());
        Assert.Equal("2026-11-23T10:00:00+08:00", one.GetProperty("requested_datetime").GetString());

        Assert.Equal(1, await CountAsync(client, "&service_code=Parking"));
        Assert.Equal(2, await CountAsync(client, "&service_code=Parking,Equipment"));
        Assert.Equal(0, await CountAsync(client, "&status=closed"));
        Assert.Equal(2, await CountAsync(client, "&status=open,closed"));
        Assert.Equal(0, await CountAsync(client, "&end_date=2026-11-22T00:00:00Z"));
        Assert.Equal(2, await CountAsync(client, "&start_date=2026-11-23T00:00:00%2B08:00"));
        Assert.Equal(1, await CountAsync(client, "&service_request_id=HY-2026-000002,HY-2026-000003,HY-2026-000999"));
        Assert.Equal("[]", (await GetAsync(client, "requests.json?jurisdiction_id=JX")).Body);

        var xml = XDocument.Parse((await GetAsync(client, "requests/HY-2026-000002.xml")).Body).Root!;
        Assert.Equal("service_requests", xml.Name);
        Assert.Equal(s_requestFields, Assert.Single(xml.Elements("request")).Elements().Select(e => e.Name.LocalName));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(client, "requests/HY-2026-000003.json")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound, (await GetAsync(client, "requests/HY-2026-000002.json?jurisdiction_id=JX")).Status);
    }

    [Fact]
    public async Task Given_the_token_of_a_case_Then_its_holder_reads_what_was_said_and_its_number()
    {
        var host = await shared.GetAsync();
        using var client = host.NewClient();
        using var response = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            client, new Uri("/api/complaints", UriKind.Relative),
            new
            {
                community = "HY",
                text = "The lift is stuck",
                category = "Equipment",
                contact = new { room = "1-1-101" },
            },
            Ct);
        using var created = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Ct));
        var number = created.RootElement.GetProperty("number").GetString();
        var stream = created.RootElement.GetProperty("id").GetString()!;
        var status = created.RootElement.GetProperty("statusUrl").GetString()!;
        var token = status[(status.LastIndexOf('/') + 1)..];

        var (_, _, mine) = await GetAsync(client, $"requests/{number}.json?t={token}");
        Assert.Contains("The lift is stuck", mine, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "The lift is stuck", (await GetAsync(client, $"requests/{number}.json?t=x{token}")).Body,
            StringComparison.Ordinal);
        var (_, _, found) = await GetAsync(client, $"tokens/{stream["complaint.".Length..]}.json");
        using var answer = JsonDocument.Parse(found);
        Assert.Equal(
            number, Assert.Single(answer.RootElement.EnumerateArray()).GetProperty("service_request_id").GetString());
    }

    [Fact]
    public async Task Given_no_extension_Then_the_accepted_format_counts()
    {
        var host = await shared.GetAsync();
        using var client = host.NewClient();
        Assert.StartsWith("[", (await GetAsync(client, "services?jurisdiction_id=HY")).Body, StringComparison.Ordinal);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/xml");
        Assert.StartsWith(
            "<?xml", (await GetAsync(client, "services?jurisdiction_id=HY")).Body, StringComparison.Ordinal);
    }

    private static Task<RunningHost> StartAsync() =>
        RunningHost.StartAsync($"--CustomerComm:Open311Keys=other, {SharedHost.CityKey}");

    private static Dictionary<string, string> Request() => new()
    {
        ["api_key"] = SharedHost.CityKey,
        ["jurisdiction_id"] = "HY",
        ["service_code"] = "Equipment",
        ["address_string"] = "2-1-101",
        ["description"] = "The light of the stairs is broken",
        ["first_name"] = "Jane",
        ["phone"] = "+1 202-555-0152",
    };

    private static async Task<int> CountAsync(HttpClient client, string filter)
    {
        var (status, _, json) = await GetAsync(client, "requests.json?jurisdiction_id=HY" + filter);
        Assert.Equal(HttpStatusCode.OK, status);
        using var list = JsonDocument.Parse(json);
        return list.RootElement.GetArrayLength();
    }

    private static async Task<(HttpStatusCode Status, string? Type, string Body)> GetAsync(
        HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri("/open311/v2/" + path, UriKind.Relative), Ct);
        return (response.StatusCode, response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(
        HttpClient client, Dictionary<string, string> form, string extension = ".json")
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await client.PostAsync(
            new Uri("/open311/v2/requests" + extension, UriKind.Relative), content, Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }
}
