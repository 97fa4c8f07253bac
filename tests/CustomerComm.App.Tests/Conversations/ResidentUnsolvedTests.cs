using CustomerComm.App.Tests.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>Which of several complaints is not solved, and what is said about signing (4.6.2-4).</summary>
[Clause("4.6.2-4")]
public sealed class ResidentUnsolvedTests
{
    /// <summary>Of two that were said to be solved, and one that is being handled, none is guessed.</summary>
    [Theory]
    [InlineData("还是漏", 1)]
    [InlineData("还在漏水，没修好", 1)]
    [InlineData("厨房那里没修好", 1)]
    [InlineData("廚房仲漏水，未整好", 1)]
    [InlineData("电梯又坏了", 2)]
    [InlineData("電梯仲係唔郁", 2)]
    [InlineData("the lift is still broken", 2)]
    [InlineData("HY26-2 没修好", 2)]
    [InlineData("路灯还是不亮", 3)]
    [InlineData("没修好", 0)]
    [InlineData("not fixed", 0)]
    [InlineData("老样子，不签", 0)]
    public async Task Case_19_Given_two_that_wait_for_the_signature_When_one_is_not_fixed_Then_the_words_say_which(
        string text, int expected)
    {
        await using var app = await TestApp.StartAsync();
        await TwoResolvedAsync(app);
        var reply = string.Join('\n', await app.SmsAsync(text));
        var after = await app.ComplaintsAsync();
        Assert.Equal(3, after.Count);
        Assert.Equal(
            [expected == 1 ? 1 : 0, expected == 2 ? 1 : 0, 0], after.Select(c => c.State.Reopened));
        Assert.Equal(expected == 3 ? [text] : [], after[2].Notes());
        Assert.Equal(
            expected == 0,
            reply.Contains("HY26-1", StringComparison.Ordinal) && reply.Contains("HY26-2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HY26-1", 1)]
    [InlineData("HY-2026-000002", 2)]
    [InlineData("1", 2)]
    [InlineData("2", 1)]
    [InlineData("厨房那个", 1)]
    [InlineData("電梯", 2)]
    [InlineData("the lift", 2)]
    public async Task Case_19_Given_it_was_asked_which_When_answered_Then_that_one_is_open_again_with_the_first_words(
        string answer, int expected)
    {
        await using var app = await TestApp.StartAsync();
        await TwoResolvedAsync(app);
        await app.SmsAsync("没修好");
        await app.SmsAsync(answer);
        var after = await app.ComplaintsAsync();
        Assert.Equal([expected == 1 ? 1 : 0, expected == 2 ? 1 : 0, 0], after.Select(c => c.State.Reopened));
        var refused = after[expected - 1].Events.Select(e => e.Event).OfType<ComplaintEvent.SignatureRefused>().Single();
        Assert.StartsWith("没修好", refused.Reason.Value, StringComparison.Ordinal);
    }

    private static async Task TwoResolvedAsync(TestApp app)
    {
        await app.ResolvedAsync();
        app.Time.Advance(TimeSpan.FromHours(1));
        var second = await app.OpenAsync("三号楼的电梯不动了 the lift is broken", Category.Equipment, sourceId: "lift");
        await app.DoAsync(second, new ComplaintCommand.Accept(), TestCompany.Engineer);
        await app.DoAsync(second, new ComplaintCommand.Resolve("换了门机"), TestCompany.Engineer);
        await app.OpenAsync("南门的路灯不亮", Category.Equipment, sourceId: "lamp");
        await app.SettleAsync();
        app.Time.Advance(TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData("已签字")]
    [InlineData("签好了")]
    [InlineData("怎么签")]
    [InlineData("链接打不开")]
    [InlineData("條link打唔開")]
    [InlineData("how do I sign")]
    [InlineData("link does not work")]
    [InlineData("signed")]
    public async Task Case_22_Given_words_about_signing_Then_the_state_is_told_and_a_dead_link_sent_again(string text)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.ResolvedAsync();
        var reply = string.Join('\n', await app.SmsAsync(text));
        Assert.Contains("HY-2026-000001", reply, StringComparison.Ordinal);
        Assert.Equal((Stage.Resolved, 1), ((await app.StateAsync(complaint)).Stage, (await app.StateAsync(complaint)).Request!.Issue));

        var expires = (await app.StateAsync(complaint)).Request!.Expires;
        app.Time.Advance(expires - app.Time.GetUtcNow() + TimeSpan.FromMinutes(1));
        var before = (await app.StateAsync(complaint)).Request!.Issue;
        var again = string.Join('\n', await app.SmsAsync(text));
        Assert.Equal(before + 1, (await app.StateAsync(complaint)).Request!.Issue);
        Assert.Contains("/s/", again, StringComparison.Ordinal);
        Assert.Single(await app.ComplaintsAsync());
    }

    [Theory]
    [InlineData("已签字")]
    [InlineData("link does not work")]
    public async Task Case_22_Given_nothing_waits_for_a_signature_Then_words_about_signing_open_nothing(string text)
    {
        await using var app = await TestApp.StartAsync();
        Assert.Single(await app.SmsAsync(text));
        Assert.Empty(await app.ComplaintsAsync());
    }
}
