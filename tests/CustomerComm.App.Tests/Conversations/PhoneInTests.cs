using CustomerComm.App.Company;
using CustomerComm.App.Conversations;

namespace CustomerComm.App.Tests.Conversations;

public sealed class PhoneInTests
{
    [Theory]
    [InlineData("US", "+1 202-555-0150 1-1-101", "+12025550150", "1-1-101")]
    [InlineData("US", "202-555-0150，1-1-101", "+12025550150", "1-1-101")]
    [InlineData("US", "1-1-101 (202) 555-0150", "+12025550150", "1-1-101")]
    [InlineData("CN", "13800138000 3-1-502", "+8613800138000", "3-1-502")]
    [InlineData("CN", "3-1-502 138 0013 8000", "+8613800138000", "3-1-502")]
    [InlineData("CN", "我的电话是13800138000，房号502", "+8613800138000", "我的电话是，房号502")]
    [InlineData("CN", "房号3-1-502", null, "房号3-1-502")]
    public void Given_number_and_room_in_one_line_Then_both_are_read(
        string region, string text, string? phone, string more)
    {
        var (found, rest) = Words.PhoneIn(text, new Phones(region));

        Assert.Equal((phone, more), (found?.Value, rest));
    }
}
