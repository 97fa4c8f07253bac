using CsCheck;
using CustomerComm.App.Calls;
using CustomerComm.App.Company;

namespace CustomerComm.App.Tests.Calls;

/// <summary>Who calls, as telephone systems write it.</summary>
public sealed class CallerIdTests
{
    private static readonly Phones s_china = new("CN");

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData("anonymous", null)]
    [InlineData("Anonymous", null)]
    [InlineData("unavailable", null)]
    [InlineData("PRIVATE", null)]
    [InlineData("未知号码", null)]
    [InlineData("sip:anonymous@anonymous.invalid", null)]
    [InlineData("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=9", null)]
    [InlineData("<sip:@pbx.example>", null)]
    [InlineData("+", null)]
    [InlineData("8001", "8001")]
    [InlineData("sip:8001@pbx.example", "8001")]
    [InlineData("8001@pbx.example", "8001")]
    [InlineData("sip:13800138011@pbx.example", "+8613800138011")]
    [InlineData("SIPS:13800138011:secret@pbx.example;user=phone", "+8613800138011")]
    [InlineData("\"王芳\" <sip:+8613800138011@pbx.example>;tag=1c25", "+8613800138011")]
    [InlineData("sip:%2B8613800138011@10.0.0.1:5060", "+8613800138011")]
    [InlineData("tel:+86-138-0013-8011;phone-context=x", "+8613800138011")]
    [InlineData("tel:010-12345678", "+861012345678")]
    [InlineData("138 0013 8011", "+8613800138011")]
    [InlineData("sip:lift-3@pbx.example", "lift-3")]
    public void Case_53_Given_a_caller_Then_the_number_or_extension_is_read_or_nothing(string? text, string? expected) =>
        Assert.Equal(expected, CallerIds.Read(text, s_china));

    [Fact]
    public void Whatever_stands_there_it_is_read_and_short()
    {
        var parts = Gen.OneOf("sip:", "tel:", "<", ">", "@", ";", "%", "%2", "%FF", "%00", "+86", "138", ":", "\"", "a", "\ud800", "0");
        Gen.OneOf(parts.Array[0, 12].Select(string.Concat), Gen.String)
            .Sample(t => CallerIds.Read(t, s_china) is null or { Length: > 0 and <= 40 }, iter: 5_000);
    }
}
