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
    [InlineData("CN", "幺三八零零幺三八零零零", "+8613800138000", "")]
    [InlineData("CN", "一三八零零一三八零零零，三栋一单元502", "+8613800138000", "三栋一单元502")]
    [InlineData("CN", "电话一三八 〇〇一三 八〇〇〇", "+8613800138000", "电话")]
    [InlineData("CN", "壹叁捌零零壹叁捌零零零", "+8613800138000", "")]
    [InlineData("CN", "壹參捌零零壹參捌零零零", "+8613800138000", "")]
    [InlineData("CN", "我住三号楼一单元二零一，幺三八-零零幺三-八零零零", "+8613800138000", "我住三号楼一单元二零一")]
    [InlineData("CN", "幺3八零零13八000", "+8613800138000", "")]
    [InlineData("CN", "１３８　００１３　８０００", "+8613800138000", "")]
    [InlineData("CN", "１３８．００１３．８０００", "+8613800138000", "")]
    [InlineData("CN", "１３８。００１３。８０００", "+8613800138000", "")]
    [InlineData("CN", "138・0013・8000", "+8613800138000", "")]
    [InlineData("CN", "1 3 8 0 0 1 3 8 0 0 0", "+8613800138000", "")]
    [InlineData("CN", "138_0013_8000", "+8613800138000", "")]
    [InlineData("CN", "零五七一-八八八八六六七七", "+8657188886677", "")]
    [InlineData("HK", "九一二三 四五六七", "+85291234567", "")]
    [InlineData("CN", "一二三四五六七八九十", null, "一二三四五六七八九十")]
    [InlineData("CN", "三号楼二单元一零一室漏水两天，一共四五六处", null, "三号楼二单元一零一室漏水两天，一共四五六处")]
    public void Given_number_and_room_in_one_line_Then_both_are_read(
        string region, string text, string? phone, string more)
    {
        var (found, rest) = Words.PhoneIn(text, new Phones(region));

        Assert.Equal((phone, more), (found?.Value, rest));
    }
}
