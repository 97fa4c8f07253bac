using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Messages;

/// <summary>Messages as they go out: whole lives of complaints with the longest words there can be.</summary>
public sealed class ComposerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly string s_long = string.Concat(Enumerable.Repeat("这里有很多很多字，", 100));

    [Theory]
    [InlineData("电梯坏了三天没人修，这里的文字非常非常长，请尽快处理")]
    [InlineData("The lift has been broken for three days and nobody repairs it, please do something")]
    public async Task Given_the_longest_words_When_a_whole_life_is_told_Then_every_message_fits_two_segments(string text)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync(text + s_long);
        await Live(app, complaint);
        Assert.True(app.Sms.Sent.Count >= 15, $"only {app.Sms.Sent.Count} messages were seen");
        Assert.All(app.Sms.Sent, m => Assert.True(
            SmsText.Segments(m.Text) <= SmsText.MostSegments, $"{SmsText.Segments(m.Text)} segments: {m.Text}"));
        Assert.All(app.Sms.Sent, m => Assert.DoesNotContain('{', m.Text));
    }

    [Theory, Clause("4.6.1-1")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Given_both_numbers_make_a_text_message_too_long_Then_quality_s_is_told_and_in_danger_the_office_s(bool danger)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync(danger ? "着火了，快来人" : "电梯坏了三天没人修");
        Assert.Equal(danger, complaint.State.Danger);
        var own = string.Concat(Enumerable.Repeat("转8001", 16));
        var directory = new CompanyDirectory(
            "x", [.. TestCompany.Directory.Communities.Select(c => c with { Hotline = own })], TestCompany.Staff, [],
            complaintLine: TestCompany.Phone(99));
        var message = new MatterMessage(
            "Acknowledged", new Recipient.Resident(new Personal(TestCompany.ResidentPhone), null, Language.Chinese), [],
            ComplaintMatter.StatusPage, ComplaintMatter.OwnLink);
        var text = app.Get<MatterComposer>().Compose<ComplaintMatter, Complaint, ComplaintCommand, ComplaintEvent>(
            message, complaint.State, complaint.Stream, TestCompany.RulesWith(directory: directory))!.Text.Value;
        Assert.Equal(danger, text.Contains(own, StringComparison.Ordinal));
        Assert.Equal(!danger, text.Contains(TestCompany.Phone(99), StringComparison.Ordinal));
    }

    [Fact, Clause("4.6.2-4")]
    public async Task Given_a_resolution_When_the_link_goes_out_Then_only_the_resident_gets_it_and_no_store_holds_it()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.DoAsync(complaint, new ComplaintCommand.Accept(), TestCompany.Engineer);
        var state = await app.DoAsync(complaint, new ComplaintCommand.Resolve("已更换电机"), TestCompany.Engineer);
        var owed = await app.Get<IEventStore>().ReadOutboxAsync(complaint.Stream, Ct);
        await app.SweepAsync();
        var link = Assert.Single(app.Sms.Sent, m => m.Text.Contains("/s/", StringComparison.Ordinal));
        Assert.Equal(TestCompany.ResidentPhone, link.To);
        var token = link.Text[(link.Text.LastIndexOf('/') + 1)..].Trim();
        var matter = (await app.Get<ComplaintKind>().LoadAsync(complaint.Stream, Ct))!;
        Assert.True(matter.Opens(token, ComplaintMatter.SignPage, state.Request!.Issue));
        var events = await app.Get<IEventStore>().ReadAsync(complaint.Stream, 0, Ct);
        var messages = await app.Get<IEventStore>().ReadOutboxAsync(complaint.Stream, Ct, all: true);
        Assert.All(
            events.Select(e => e.Payload).Concat(messages.Concat(owed).SelectMany(m => new[] { m.Payload, m.Secret })),
            p => Assert.DoesNotContain(token, System.Text.Encoding.UTF8.GetString(p.Span), StringComparison.Ordinal));
    }

    [Fact, Clause("4.6.1-2-D")]
    public async Task Given_a_complaint_against_the_office_manager_When_it_is_told_Then_nobody_of_the_office_hears_of_it()
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync("管理处主任态度恶劣", Category.AgainstManager);
        await app.SweepAsync();
        for (var day = 0; day < 10; day++)
        {
            app.Time.Advance(TimeSpan.FromDays(1));
            await app.SweepAsync();
        }

        string[] office = [TestCompany.HyManager.Phone.Value, TestCompany.HyDuty.Phone.Value, TestCompany.HyGuard.Phone.Value];
        Assert.NotEmpty(app.Sms.Sent);
        Assert.All(app.Sms.Sent, m => Assert.DoesNotContain(m.To, office));
    }

    private static async Task Live(TestApp app, LoadedMatter<Complaint> complaint)
    {
        var (engineer, leader, quality) = (TestCompany.Engineer, TestCompany.Leader, TestCompany.Inspector);
        var note = s_long[..500];
        app.Time.Advance(TimeSpan.FromHours(3));
        await app.SweepAsync();
        await app.DoAsync(complaint, new ComplaintCommand.Accept(), engineer);
        await app.DoAsync(complaint, new ComplaintCommand.AskCooperation(Unit.Finance, note), engineer);
        await app.DoAsync(complaint, new ComplaintCommand.GiveCooperation(note), TestCompany.Accountant);
        await app.DoAsync(complaint, new ComplaintCommand.Escalate(note), engineer);
        await app.DoAsync(complaint, new ComplaintCommand.Instruct(note, null), leader);
        await app.DoAsync(
            complaint, new ComplaintCommand.TellExtension(app.Time.GetUtcNow().AddDays(20), note), engineer);
        await app.DoAsync(complaint, new ComplaintCommand.AnswerExtension(true, Channel.Phone, "王芳", note), TestCompany.EngineeringHead);
        await app.DoAsync(complaint, new ComplaintCommand.Resolve(note), engineer);
        await app.SweepAsync();
        foreach (var way in new[] { Channel.Phone, Channel.Phone, Channel.WalkIn, Channel.Phone })
        {
            app.Time.Advance(TimeSpan.FromDays(1));
            await app.SweepAsync();
            await app.DoAsync(complaint, new ComplaintCommand.RecordAttempt(way, note), engineer);
        }

        await app.DoAsync(complaint, new ComplaintCommand.ProposeUnreachable(), engineer);
        await app.DoAsync(complaint, new ComplaintCommand.DecideUnreachable(false, note), TestCompany.EngineeringHead);
        await app.DoAsync(complaint, new ComplaintCommand.AttachPaper("data:image/png;base64,AAAA", 4), engineer);
        await app.DoAsync(complaint, new ComplaintCommand.DecideSignature(true, note), quality);
        await app.DoAsync(complaint, new ComplaintCommand.FollowUp(Channel.Phone, note, null), engineer);
        await app.DoAsync(complaint, new ComplaintCommand.HandOverRecords(), engineer);
        await app.DoAsync(complaint, new ComplaintCommand.CheckRecords(false, note), quality);
        await app.SweepAsync();
    }
}
