using System.Collections.Immutable;
using CustomerComm.App.Conversations;
using CustomerComm.App.Jobs;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Surveys;
using CustomerComm.Testing;
using Reply = CustomerComm.Domain.Surveys.Reply;

namespace CustomerComm.App.Tests.Surveys;

/// <summary>The annual survey from its job to the last public answer (4.5.6).</summary>
[Clause("4.5.6")]
public sealed class SurveyTests
{
    private static readonly CancellationToken s_ct = CancellationToken.None;

    [Fact]
    public async Task Given_the_year_has_come_When_the_job_runs_twice_Then_each_community_has_one_draft_owed_by_quality()
    {
        await using var app = await TestApp.StartAsync();
        var jobs = app.Get<JobRunner>();
        Assert.Equal(2, (await jobs.RunAsync("annual-survey", new DateOnly(2026, 5, 1), null, s_ct)).Done);
        Assert.Equal(0, (await jobs.RunAsync("annual-survey", new DateOnly(2026, 11, 1), null, s_ct)).Done);
        await app.SweepAsync();
        var told = app.Sms.Sent.Where(m => m.Text.Contains("HY-2026", StringComparison.Ordinal)).ToList();
        Assert.Equal(TestCompany.Inspector.Phone.Value, Assert.Single(told).To);
        var owed = await app.Get<ITables>().Of<App.Reports.ObligationRow>().QueryAsync("unit:HY:Quality", null, null, 10, null, s_ct);
        Assert.Equal(("SendSurvey", "survey.HY-2026"), (owed.Rows[0].Kind, owed.Rows[0].Stream));
    }

    [Fact]
    public async Task Given_last_years_survey_When_the_next_begins_Then_it_starts_from_last_years_questions()
    {
        await using var app = await TestApp.StartAsync();
        var surveys = app.Get<SurveyKind>();
        await surveys.BeginAsync(TestCompany.HY, 2025, new Actor.System(), s_ct);
        await DoAsync(app, 2025, TestCompany.Inspector, new SurveyCommand.Change(
            new QuestionnaireChange.RemoveSection("s3")));
        await surveys.BeginAsync(TestCompany.HY, 2026, new Actor.System(), s_ct);
        var s = (await surveys.FindAsync(TestCompany.HY, 2026, s_ct))!.State;
        Assert.Equal(("HY-2025", 2), (s.CopiedFrom, s.Questionnaire.Sections.Length));
    }

    [Fact]
    public async Task Given_a_survey_When_sent_Then_every_home_gets_one_link_and_only_those_without_answer_are_reminded()
    {
        await using var app = await TestApp.StartAsync();
        await SendAsync(app);
        Assert.Equal(3, Invitations(app).Count);
        Assert.Equal(3, Invitations(app).Select(m => m.To).Distinct().Count());
        Assert.All(Invitations(app), m => Assert.True(SmsText.Segments(m.Text) <= SmsText.MostSegments, m.Text));
        var first = await InvitationAsync(app, Invitations(app)[0]);
        await AnswerAsync(app, first, "5");
        app.Time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        await app.SweepAsync();
        app.Time.Advance(TimeSpan.FromDays(7));
        await app.SweepAsync();
        var reminders = app.Sms.Sent.Where(m => m.Text.StartsWith("提醒", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, reminders.Count);
        Assert.DoesNotContain(reminders, m => m.To == Invitations(app)[0].To);
        var progress = await app.Get<SurveyCounting>().ProgressAsync("HY-2026", s_ct);
        Assert.Equal(new SurveyProgress(3, 3, 1, 0, 0, 0, 4), progress);
    }

    [Fact]
    public async Task Given_sending_is_killed_anywhere_When_it_goes_on_Then_nobody_is_missed_and_nobody_written_to_twice()
    {
        await using var app = await TestApp.StartAsync();
        using var kill = new CancellationTokenSource();
        app.Sms.Answer = _ =>
        {
            kill.Cancel();
            return SendResult.Sent;
        };
        await BeginAsync(app);
        await DoAsync(app, 2026, TestCompany.Inspector, new SurveyCommand.Send());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.Get<Sweeper>().RunAsync(kill.Token));
        app.Sms.Answer = _ => SendResult.Sent;
        await app.SweepAsync();
        // A pass that forgot how far it came does no harm either: each home has its own stream.
        await app.Get<ITables>().Of<SurveyPassRow>().ClearAsync(s_ct);
        var s = (await app.Get<SurveyKind>().FindAsync(TestCompany.HY, 2026, s_ct))!.State;
        Assert.NotNull(await app.Get<SurveyPasses>().InviteAsync(s, s_ct));
        await app.SweepAsync();
        Assert.Equal(3, Invitations(app).Select(m => m.To).Distinct().Count());
        Assert.Equal(3, Invitations(app).Select(m => m.Id).Distinct().Count());
        Assert.Equal(3, s.Invitations!.Homes);
    }

    [Fact]
    public async Task Given_no_message_arrives_When_the_form_comes_on_paper_Then_it_counts_and_quality_checks_it()
    {
        await using var app = await TestApp.StartAsync();
        app.Sms.Answer = m => m.To == TestCompany.ResidentPhone
            ? new SendResult(SendOutcome.Refused, "unknown") : SendResult.Sent;
        await SendAsync(app);
        Assert.Equal(1, (await app.Get<SurveyCounting>().ProgressAsync("HY-2026", s_ct)).Unreachable);
        Assert.DoesNotContain(app.Sms.Sent, m => m.Text.Contains("无法送达", StringComparison.Ordinal));
        var s = (await app.Get<SurveyKind>().FindAsync(TestCompany.HY, 2026, s_ct))!.State;
        Assert.IsType<MatterResult<HomeAnswer>.Done>(await PaperAsync(app, s, "3-1-502"));
        Assert.IsType<MatterResult<HomeAnswer>.Refused>(await PaperAsync(app, s, "9-9-999"));
        await app.SweepAsync();
        app.Time.Advance(TimeSpan.FromDays(22));
        await app.SweepAsync();
        s = (await app.Get<SurveyKind>().FindAsync(TestCompany.HY, 2026, s_ct))!.State;
        Assert.Equal((SurveyStage.Counting, 1), (s.Stage, s.PaperSample.Length));
        await DoAsync(app, 2026, TestCompany.Inspector, new SurveyCommand.CheckPaper(
            s.PaperSample[0], Matches: false, "other ratings"));
        await app.SweepAsync();
        s = (await app.Get<SurveyKind>().FindAsync(TestCompany.HY, 2026, s_ct))!.State;
        Assert.Equal((SurveyStage.Analysing, 0), (s.Stage, s.Counts.Sum(c => c.Answered)));
    }

    [Fact]
    public async Task Given_a_home_has_another_phone_When_the_first_is_dead_Then_the_other_is_written_to()
    {
        await using var app = await TestApp.StartAsync(TwoPhones());
        app.Sms.Answer = m => m.To == TestCompany.ResidentPhone
            ? new SendResult(SendOutcome.Refused, "unknown") : SendResult.Sent;
        await SendAsync(app);
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.Phone(61));
        Assert.Equal(0, (await app.Get<SurveyCounting>().ProgressAsync("HY-2026", s_ct)).Unreachable);
        // The home of staff was left out.
        Assert.DoesNotContain(app.Sms.Sent, m => m.To == TestCompany.Phone(62));
        var s = (await app.Get<SurveyKind>().FindAsync(TestCompany.HY, 2026, s_ct))!.State;
        Assert.Equal((1, 1), (s.Invitations!.Homes, s.Invitations.StaffHomes));
        Assert.IsType<MatterResult<HomeAnswer>.Refused>(await PaperAsync(app, s, "3-1-503"));
    }

    [Fact]
    [Clause("4.5.6"), Clause("4.2.2")]
    public async Task Given_a_survey_is_sent_Then_board_and_chats_hear_of_it_once_and_get_no_link_of_a_home()
    {
        await using var app = await TestApp.StartAsync();
        var streams = app.Get<ConversationStreams>();
        await streams.SaveAsync(Channel.Chat, "chat-1", "m1", "订阅通知 和园", _ => null, s_ct);
        await app.SweepAsync();
        await SendAsync(app);
        app.Time.Advance(TimeSpan.FromDays(2));
        await app.SweepAsync();
        var board = await app.Get<App.Notices.NoticeReader>().BoardAsync(TestCompany.HY, null, 20, s_ct);
        var text = Assert.Single(board.Notices).State.Current!.Text;
        Assert.Contains("意见征询", text.Title.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("/q/", text.Body.Value, StringComparison.Ordinal);
        var told = (await streams.LoadAsync(streams.StreamOf(Channel.Chat, "chat-1"), s_ct))!.Lines
            .Select(l => l.Event).OfType<ConversationEvent.Told>().ToList();
        Assert.Contains("意见征询", Assert.Single(told).Text.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_any_phone_of_the_home_When_it_writes_survey_Then_it_gets_the_homes_own_link()
    {
        await using var app = await TestApp.StartAsync(TwoPhones());
        await SendAsync(app);
        await app.Get<SmsInbox>().ReceiveAsync(new SmsReceived("m-1", TestCompany.Phone(61), "问卷"), s_ct);
        await app.SweepAsync();
        // The reply ends with the hotline, as every reply does.
        var link = Link(app.Sms.Sent.Last(m => m.To == TestCompany.Phone(61)).Text).Split('\n')[0];
        var home = await HomeOfAsync(app, link);
        Assert.NotNull(home);
        Assert.Equal(home, await HomeOfAsync(app, Link(Invitations(app)[0].Text)));
    }

    [Fact]
    [Clause("3.2")]
    public async Task Given_many_raise_a_problem_When_it_is_answered_in_public_Then_those_who_answered_are_told_once()
    {
        await using var app = await TestApp.StartAsync(Homes(12));
        await SendAsync(app);
        foreach (var message in Invitations(app).Take(8))
            await AnswerAsync(app, await InvitationAsync(app, message), "2", "停车位太少，晚上没地方停车");
        app.Time.Advance(TimeSpan.FromDays(22));
        await app.SweepAsync();
        var row = (await app.Get<SurveyReportReader>().ReadAsync(TestCompany.HY, 2026, s_ct))!;
        Assert.Equal((8, 12, 2.0), (row.Survey.Answered, row.Survey.Homes, row.Survey.Satisfaction));
        Assert.Contains(row.Results, r => r is { Question: "text", Option: "Parking", Count: 8 });
        await DoAsync(app, 2026, TestCompany.HyManager, new SurveyCommand.Analyse("停车问题突出"));
        var s = (await app.Get<SurveyKind>().FindAsync(TestCompany.HY, 2026, s_ct))!.State;
        Assert.Contains(s.Analysis!.Problems, p => p.Key == "text|Parking");
        foreach (var problem in s.Analysis.Problems)
        {
            await DoAsync(app, 2026, TestCompany.HyManager, new SurveyCommand.Publish(
                problem.Key, new Bilingual("已与业委会商定新增车位", "More places were agreed on")));
        }

        await app.SweepAsync();
        await app.SweepAsync();
        var told = app.Sms.Sent.Where(m => m.Text.Contains("已公开答复", StringComparison.Ordinal)).ToList();
        Assert.Equal((8, 8), (told.Count, told.Select(m => m.To).Distinct().Count()));
        s = (await app.Get<SurveyKind>().FindAsync(TestCompany.HY, 2026, s_ct))!.State;
        Assert.Equal(SurveyStage.Finished, s.Stage);
    }

    [Fact]
    public async Task Given_a_home_is_erased_When_its_answer_is_read_Then_nothing_of_it_can_be_read()
    {
        await using var app = await TestApp.StartAsync();
        await SendAsync(app);
        var invitation = await InvitationAsync(app, Invitations(app).Single(m => m.To == TestCompany.ResidentPhone));
        await AnswerAsync(app, invitation, "1", "秘密");
        var events = await app.Get<IEventStore>().ReadAsync(invitation.Home.Stream, 0, s_ct);
        var text = string.Concat(events.Select(e => System.Text.Encoding.UTF8.GetString(e.Payload.Span)));
        Assert.DoesNotContain("秘密", text, StringComparison.Ordinal);
        Assert.DoesNotContain("502", text, StringComparison.Ordinal);
        await app.Get<App.Storage.Erasure>().EraseAsync(
            app.Get<App.Storage.Pseudonyms>().Person("home|HY|3-1-502"), "asked for", s_ct);
        Assert.NotNull(await app.Get<App.Storage.SealedJson>().ReadAsync(
            events[^1].Payload, typeof(HomeAnswerEvent.HomeAnswered), s_ct)
            is HomeAnswerEvent.HomeAnswered { Replies: var replies } && replies.All(r => r.Value.Value == Personal.Erased)
            ? "erased" : null);
    }

    [Theory]
    [InlineData("2026-12-31 23:30", 2026)]
    [InlineData("2027-01-01 00:30", 2027)]
    public async Task Given_the_turn_of_the_year_in_China_When_the_job_runs_Then_it_is_the_local_year(string local, int year)
    {
        await using var app = await TestApp.StartAsync();
        app.Time.SetUtcNow(TestCompany.Time(local));
        await app.Get<JobRunner>().RunAsync("annual-survey", null, null, s_ct);
        Assert.NotNull(await app.Get<SurveyKind>().FindAsync(TestCompany.HY, year, s_ct));
    }

    /// <summary>The home whose form a link opens, or null.</summary>
    private static async Task<StreamId?> HomeOfAsync(TestApp app, string link)
    {
        var parts = new Uri(link).AbsolutePath.Split('/');
        return (await app.Get<SurveyAnswers>().FindAsync(parts[2], parts[3], s_ct))?.Home.Stream;
    }

    private static CompanyDirectory TwoPhones() => DirectoryOf(
    [
        new Home(TestCompany.HY, new Room("3-1-502"),
            [Person(51), Person(61)]),
        new Home(TestCompany.HY, new Room("3-1-503"),
            [Person(62) with { IsStaff = true }]),
    ]);

    private static CompanyDirectory Homes(int count) => DirectoryOf(
        [.. Enumerable.Range(0, count).Select(i => new Home(TestCompany.HY, new Room($"1-1-{i:D3}"), [Person(51 + i)]))]);

    private static Resident Person(int phone) =>
        new("x", PhoneNumber.Create(TestCompany.Phone(phone)), Language.Chinese);

    private static CompanyDirectory DirectoryOf(IEnumerable<Home> homes) =>
        new("Test", TestCompany.Directory.Communities, TestCompany.Staff, homes);

    private static async Task BeginAsync(TestApp app)
    {
        await app.Get<SurveyKind>().BeginAsync(TestCompany.HY, 2026, new Actor.System(), s_ct);
        await DoAsync(app, 2026, TestCompany.QualityHead, new SurveyCommand.Approve());
    }

    private static async Task SendAsync(TestApp app)
    {
        await BeginAsync(app);
        await DoAsync(app, 2026, TestCompany.Inspector, new SurveyCommand.Send());
        await app.SweepAsync();
        app.Time.Advance(TimeSpan.FromMinutes(2));
        await app.SweepAsync();
    }

    private static async Task DoAsync(TestApp app, int year, StaffMember by, SurveyCommand command)
    {
        var surveys = app.Get<SurveyKind>();
        var result = await surveys.HandleAsync(
            surveys.StreamOf(Survey.IdOf(TestCompany.HY, year)), command, new Actor.Staff(by), null, s_ct);
        Assert.True(result is MatterResult<Survey>.Done, (result as MatterResult<Survey>.Refused)?.Refusal.Text);
    }

    private static List<ReadyMessage> Invitations(TestApp app) =>
        [.. app.Sms.Sent.Where(m => m.Text.Contains("每户一份", StringComparison.Ordinal))];

    private static string Link(string text) => text[text.IndexOf("/q/", StringComparison.Ordinal)..];

    private static async Task<Invitation> InvitationAsync(TestApp app, ReadyMessage message)
    {
        var parts = Link(message.Text).Split('/');
        Assert.Null(await app.Get<SurveyAnswers>().FindAsync(parts[2], parts[3][..^1] + "~", s_ct));
        return (await app.Get<SurveyAnswers>().FindAsync(parts[2], parts[3], s_ct))!;
    }

    private static ImmutableArray<Reply> Sheet(string overall, string? said) =>
    [
        new("overall", new Personal(overall)),
        new("services", new Personal(string.Join(
            ',', StandardQuestionnaire.Form.Find("services")!.Options.Select(o => $"{o.Id}=3")))),
        .. said is null ? [] : new Reply[] { new("said", new Personal(said)) },
    ];

    private static async Task AnswerAsync(TestApp app, Invitation of, string overall, string? said = null) =>
        Assert.IsType<MatterResult<HomeAnswer>.Done>(await app.Get<SurveyAnswers>().AnswerAsync(
            of, Sheet(overall, said), new Actor.Resident(), null, s_ct));

    private static Task<MatterResult<HomeAnswer>> PaperAsync(TestApp app, Survey survey, string room) =>
        app.Get<SurveyAnswers>().EnterPaperAsync(survey, room, Sheet("5", null), TestCompany.HyDuty, null, s_ct);
}
