using System.Text.RegularExpressions;

namespace CustomerComm.Domain.Tests.Project;

/// <summary>A channel is one entry: whatever depends on it is read there.</summary>
public sealed partial class ChannelTests
{
    [Fact]
    public void Given_the_source_Then_nothing_asks_which_channel_it_is() => Assert.Empty(
        Repository.Files("src", "*.cs").Concat(Repository.Files("src", "*.razor"))
            .Where(f => Asking().IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetRelativePath(Repository.Root, f)));

    [Fact]
    public void Given_all_channels_Then_each_has_a_place_and_those_talked_by_have_streams_of_their_own()
    {
        Assert.Equal(Enum.GetValues<Channel>().Order(), Channels.All.Order());
        Assert.Distinct(Channels.All.Select(c => c.Way().Place));
        Assert.Distinct(Channels.Talking.Select(c => c.Way().Talk));
        Assert.Distinct(Channels.All.Select(c => c.Way().Scheme).OfType<string>());
        // How else would one know by its address which channel a conversation is of.
        Assert.Equal(
            [Channel.Chat],
            Channels.Talking.Where(c => !c.Way().ByPhone && c.Way().Scheme is null));
    }

    [Theory]
    [InlineData(Channel.Chat, false, true, true, false)]
    [InlineData(Channel.Sms, false, true, true, false)]
    [InlineData(Channel.Http, false, false, false, true)]
    [InlineData(Channel.Phone, true, true, false, true)]
    [InlineData(Channel.WalkIn, true, true, false, true)]
    [InlineData(Channel.Letter, true, true, false, true)]
    [InlineData(Channel.Company, true, false, false, true)]
    [InlineData(Channel.Outside, false, false, false, false)]
    public void Given_a_channel_Then_it_is_in_the_lists_it_belongs_to(
        Channel channel, bool atDesk, bool meets, bool talks, bool ofInterfaces)
    {
        Assert.Equal(atDesk, Channels.AtDesk.Contains(channel));
        Assert.Equal(meets, Channels.Meeting.Contains(channel));
        Assert.Equal(talks, Channels.Talking.Contains(channel));
        Assert.Equal(ofInterfaces, Channels.OfInterfaces.Contains(channel));
        Assert.Equal(channel != Channel.Http, Channels.OfPeople.Contains(channel));
        Assert.Equal(channel == Channel.Letter, channel.Way().Letter);
    }

    [Fact]
    public void Given_a_list_Then_the_usual_stands_before_the_rare() =>
        Assert.Equal(Channels.All.Select(c => c.Way().Place).Order(), Channels.All.Select(c => c.Way().Place));

    [Theory]
    [InlineData("b7a4c2e1")]
    [InlineData("msteams:19:meeting")]
    [InlineData("sms:+12025550150")]
    public void Given_an_address_of_a_chat_Then_it_is_the_chats_whatever_service_it_is_of(string address) =>
        Assert.Equal(Channel.Chat, Channels.OfAddress(address));

    [GeneratedRegex(@"(?:[!=]=|\bis(?: not)? \(?|\bor|\bcase) ?Channel\.[A-Z]|Channel\.[A-Z]\w+ =>",
        RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Asking();
}
