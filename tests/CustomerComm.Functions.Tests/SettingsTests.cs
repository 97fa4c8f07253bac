using System.Net;
using System.Text;
using CustomerComm.Azure;

namespace CustomerComm.Functions.Tests;

/// <summary>A wrong setting stops the start with one line that names it.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("CustomerComm:PublicUrl")]
    [InlineData("CustomerComm:SmsNumber")]
    [InlineData("CustomerComm:MasterKey")]
    [InlineData("CustomerComm:Storage:ConnectionString", "Storage__TableEndpoint")]
    [InlineData("CustomerComm:Sms:ConnectionString", "Sms__Endpoint")]
    public void Given_a_setting_is_missing_When_started_Then_it_is_named(string setting, string? named = null)
    {
        var settings = FunctionsApp.Settings().Where(s => !s.StartsWith($"--{setting}=", StringComparison.Ordinal));
        var error = Assert.Throws<InvalidDataException>(() => FunctionsHost.Build([.. settings]));
        Assert.Contains(
            $"CustomerComm__{named ?? setting["CustomerComm:".Length..]}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("PublicUrl", "homes.example")]
    [InlineData("SmsNumber", "12025550100")]
    [InlineData("CompanyContainer", "A_b")]
    [InlineData("Storage:TableEndpoint", "http://account.example", "Storage:ConnectionString")]
    [InlineData("Storage:BlobEndpoint", "account", "Storage:ConnectionString")]
    [InlineData("Storage:Prefix", "1-2")]
    [InlineData("Storage:Retries", "21")]
    [InlineData("Storage:RetryDelay", "00:00:11")]
    [InlineData("Storage:LongestRetryDelay", "00:00:00.1")]
    [InlineData("Storage:TryTimeout", "00:03:00")]
    [InlineData("Sms:Endpoint", "no-address", "Sms:ConnectionString")]
    [InlineData("Sms:ConnectionString", "endpoint=https://x.example/;accesskey=%%%")]
    [InlineData("SecondOpinion:Endpoint", "http://open.example/v1/")]
    public void Given_a_setting_is_wrong_When_started_Then_it_is_named_and_its_value_is_not_repeated(
        string setting, string value, string? without = null)
    {
        var settings = FunctionsApp.Settings()
            .Where(s => !s.StartsWith($"--CustomerComm:{without ?? setting}=", StringComparison.Ordinal))
            .Append($"--CustomerComm:{setting}={value}");
        var error = Assert.Throws<InvalidDataException>(() => FunctionsHost.Build([.. settings]));
        Assert.Contains(
            $"CustomerComm__{setting.Replace(":", "__", StringComparison.Ordinal)}: ", error.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain(value, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Given_a_setting_of_another_type_When_started_Then_it_is_named()
    {
        var error = Assert.Throws<InvalidDataException>(() => FunctionsHost.Build(
            [.. FunctionsApp.Settings(), "--CustomerComm:Storage:Retries=many"]));
        Assert.Contains("CustomerComm:Storage:Retries", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/key)")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    public void Given_a_master_key_that_is_none_When_started_Then_it_is_refused_and_not_repeated(string key)
    {
        var error = Assert.Throws<InvalidDataException>(() => new MasterKey(key));
        Assert.Contains("CustomerComm__MasterKey", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_master_key_Then_each_purpose_has_a_key_of_its_own_the_same_every_time()
    {
        var text = Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        Assert.Equal(new MasterKey(text).For("cookies"), new MasterKey(text).For("cookies"));
        Assert.NotEqual(new MasterKey(text).For("cookies"), new MasterKey(text).For("person-id"));
        Assert.Equal(32, new MasterKey(text).For("cookies").Length);
    }

    [Fact]
    public void Given_a_folder_of_company_files_When_one_is_missing_Then_its_path_and_setting_are_named()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(Path.Combine(directory.Path, "policy.json"), "{}");
        var files = new CompanyFiles(
            new FunctionsSettings { CompanyPath = directory.Path }, new AzureStoreOptions());
        Assert.Equal("{}", Encoding.UTF8.GetString(files.Read("policy.json")));
        var error = Assert.Throws<InvalidDataException>(() => files.Read("company.json"));
        Assert.Contains("company.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("CustomerComm__CompanyPath", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_no_key_for_text_message_events_When_they_come_through_the_proxy_Then_nobody_may_send_them()
    {
        await using var app = await FunctionsApp.StartAsync();
        using var body = new StringContent("[]", Encoding.UTF8, "application/json");
        using var response = await app.Web.PostAsync(
            new Uri("/api/sms/events", UriKind.Relative), body, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
