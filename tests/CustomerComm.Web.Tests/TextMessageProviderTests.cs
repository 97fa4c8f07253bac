using CustomerComm.App.Company;
using CustomerComm.App.Ports;
using CustomerComm.Azure;
using CustomerComm.Domain;
using CustomerComm.Local;
using CustomerComm.Web.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests;

/// <summary>Who sends the text messages of the one-process host.</summary>
public sealed class TextMessageProviderTests
{
    private const string Connection =
        "--CustomerComm:Sms:ConnectionString=endpoint=https://x.communication.azure.com/;accesskey=AAAA";

    public static TheoryData<string[], Type> Settings => new()
    {
        { [], typeof(SimulatedSms) },
        { [Connection], typeof(CommunicationSms) },
        { ["--CustomerComm:Sms:Endpoint=https://x.communication.azure.com/"], typeof(CommunicationSms) },
        // The demo's people have numbers of fiction: nothing leaves the house.
        { ["--CustomerComm:Demo=true", Connection], typeof(SimulatedSms) },
    };

    [Theory, MemberData(nameof(Settings))]
    public async Task Given_settings_When_the_host_is_built_Then_text_messages_go_where_they_say(
        string[] settings, Type sender)
    {
        using var data = new TempDirectory();
        var folder = $"--CustomerComm:DataDirectory={data.Path}";
        await using (var demo = LocalHost.Build([folder, "--CustomerComm:Demo=true"]))
        {
            // Writes the company file.
            Assert.NotNull(demo.Services.GetRequiredService<CompanyFile>());
        }

        await using var host = LocalHost.Build([folder, .. settings]);
        Assert.IsType(sender, host.Services.GetServices<IMessageChannel>().Single(c => c.Channel == Channel.Sms));
    }

    [Theory]
    [InlineData("DataDirectory", "")]
    [InlineData("Store", "drawer")]
    [InlineData("Anchors", "paper")]
    [InlineData("Anchors", "blobs")]
    [InlineData("PublicUrl", "homes.example")]
    [InlineData("SmsNumber", "12025550100")]
    [InlineData("Sms:ConnectionString", "nonsense")]
    [InlineData("Sms:Endpoint", "nonsense")]
    [InlineData("SecondOpinion:Endpoint", "nonsense")]
    [InlineData("SecondOpinion:Endpoint", "http://open.example/v1/")]
    [InlineData("SecondOpinion:Model", " ")]
    [InlineData("SecondOpinion:Key", "k", "SecondOpinion:Endpoint")]
    public void Given_a_wrong_setting_When_the_host_is_built_Then_it_is_named(
        string setting, string value, string? named = null)
    {
        using var data = new TempDirectory();
        var error = Assert.Throws<InvalidDataException>(() => LocalHost.Build(
            [$"--CustomerComm:DataDirectory={data.Path}", $"--CustomerComm:{setting}={value}"]));
        Assert.Contains(
            $"CustomerComm__{(named ?? setting).Replace(":", "__", StringComparison.Ordinal)}: ", error.Message,
            StringComparison.Ordinal);
    }
}
