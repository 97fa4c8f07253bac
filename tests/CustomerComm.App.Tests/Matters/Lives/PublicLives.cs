using CustomerComm.App.Meetings;
using CustomerComm.App.Notices;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Meetings;
using CustomerComm.Domain.Notices;
using CustomerComm.Domain.Surveys;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Matters.Lives;

using AnswerLife = Life<HomeAnswerMatter, HomeAnswer, HomeAnswerCommand, HomeAnswerEvent, HomeAnswerKind>;
using MeetingLife = Life<MeetingMatter, Meeting, MeetingCommand, MeetingEvent, MeetingKind>;
using NoticeLife = Life<NoticeMatter, Notice, NoticeCommand, NoticeEvent, NoticeKind>;
using PostLife = Life<NoticePostMatter, NoticePost, NoticePostCommand, NoticePostEvent, NoticePostKind>;
using SubscriptionLife = Life<
    NoticeSubscriptionMatter, NoticeSubscription, NoticeSubscriptionCommand, NoticeSubscriptionEvent,
    NoticeSubscriptionKind>;
using SurveyLife = Life<SurveyMatter, Survey, SurveyCommand, SurveyEvent, SurveyKind>;

/// <summary>What is told to all and asked of all: notices, surveys, meetings.</summary>
internal static class PublicLives
{
    private const string Conversation = "life-1";
    private static readonly NoticeText s_text = new(
        new Personal("停水通知"), new Personal("明天停水"), new Personal("No water"), new Personal("Tomorrow"), "文〔2026〕1号");

    private static readonly Questionnaire s_form = new(
        new Bilingual("意见", "Opinion"), new Bilingual("请填写", "Please"),
        [
            new Section("s", new Bilingual("总体", "Overall"),
            [
                new Question("mark", QuestionType.Rating, new Bilingual("打分", "Mark"), true, []),
                new Question("said", QuestionType.LongText, new Bilingual("意见", "Opinion"), false, []),
            ]),
        ]);

    public static IEnumerable<ILife> All =>
        [Notice, Discarded, Post, ToChat, Subscription, Survey, Answer, Declines, Meeting];

    private static NoticeLife Notice => Draft("published")
        .Then(TestCompany.HyDuty, (_, _) => new NoticeCommand.Redraft(s_text with { Body = new Personal("后天停水") }))
        .Then(TestCompany.HyDuty, (_, now) => new NoticeCommand.Plan(now.AddDays(2)))
        .Then(TestCompany.HyDuty, (_, _) => new NoticeCommand.Plan(null))
        .Then(TestCompany.HyDuty, (_, _) => new NoticeCommand.Publish())
        .System((s, _) => new NoticeCommand.Spread(
            s.Spreading!.Edition, s.Spreading.Change, "HY|3-1-502", 1, 0, false))
        .Then(TestCompany.HyDuty, (_, _) => new NoticeCommand.Revise(
            NoticeChange.Corrected, "时间错了", s_text with { Body = new Personal("大后天停水") }))
        .Then(TestCompany.HyDuty, (_, _) => new NoticeCommand.Discard("不改了"))
        .Then(TestCompany.HyDuty, (_, _) => new NoticeCommand.Revise(NoticeChange.Renewed, "改期", s_text))
        .Then(TestCompany.HyDuty, (_, _) => new NoticeCommand.Publish())
        .Then(TestCompany.HyDuty, (_, _) => new NoticeCommand.Withdraw("不停了"));

    private static NoticeLife Discarded => Draft("discarded")
        .Then(TestCompany.HyDuty, (_, _) => new NoticeCommand.Discard("不用了"));

    private static PostLife Post => new PostLife(
            "post", k => k.StreamOf("life"), new Actor.System(),
            _ => new NoticePostCommand.ToHomes(
                "notice.HY-N1", Published, TestCompany.HY, [new Room("3-1-502"), new Room("3-1-503")]), "homes")
        .Resident((_, _) => new NoticePostCommand.Open(1));

    private static PostLife ToChat => new PostLife(
        "post", k => k.StreamOf("life"), new Actor.System(),
        _ => new NoticePostCommand.ToChat(
            "notice.HY-N1", Published, TestCompany.HY, Conversation, Language.English, Spreading.Chat + "a"), "chat")
    { Person = Conversation }
        .Resident((_, _) => new NoticePostCommand.Open(0));

    private static SubscriptionLife Subscription => new SubscriptionLife(
        "chatnotices", k => k.StreamOf("life"), new Actor.Resident(),
        _ => new NoticeSubscriptionCommand.Want(TestCompany.HY, Conversation, Language.Chinese))
    { Person = Conversation }
        .Resident((_, _) => new NoticeSubscriptionCommand.Unwant())
        .Resident((_, _) => new NoticeSubscriptionCommand.Want(TestCompany.HY, Conversation, Language.English));

    private static SurveyLife Survey => new SurveyLife(
        "survey", k => k.StreamOf(Domain.Surveys.Survey.IdOf(TestCompany.HY, 2026)), new Actor.System(),
        _ => new SurveyCommand.Begin(TestCompany.HY, 2026, s_form, null))
        .Then(TestCompany.Inspector, (_, _) => new SurveyCommand.Change(
            new QuestionnaireChange.Head(new Bilingual("征询表", "Survey"), new Bilingual("请填", "Please"))))
        .Then(TestCompany.QualityHead, (_, _) => new SurveyCommand.Approve())
        .Then(TestCompany.Inspector, (_, _) => new SurveyCommand.Send())
        .System((_, _) => new SurveyCommand.FinishInviting(3, 0, 0))
        .Then(TestCompany.Inspector, (s, _) => new SurveyCommand.Extend(s.Until.AddDays(2), "春节"))
        .Wait((s, _) => s.Until)
        .System((_, _) => new SurveyCommand.EndCollection([], []))
        .System((_, _) => new SurveyCommand.Count(
            [new BuildingCount("3", 2, 0, [.. new int[SurveyCells.Of(s_form).Length]])]))
        .Then(TestCompany.HyManager, (_, _) => new SurveyCommand.Analyse("没有人填"))
        .System((_, _) => new SurveyCommand.Finish(0));

    private static AnswerLife Answer => Invited("answers")
        .System((_, now) => new HomeAnswerCommand.Remind(1, now.AddDays(9)))
        .System((_, _) => new HomeAnswerCommand.InviteAgain(TestCompany.Phone(60), Language.Chinese))
        .Resident((_, now) => new HomeAnswerCommand.Answer(
            AnswerWay.Link, s_form, [new Reply("mark", new Personal("4")), new Reply("said", new Personal("电梯慢"))],
            now.AddDays(9)))
        .Resident((_, now) => new HomeAnswerCommand.Answer(
            AnswerWay.Link, s_form, [new Reply("mark", new Personal("5")), new Reply("said", new Personal("好了"))],
            now.AddDays(9)))
        .System((_, _) => new HomeAnswerCommand.Tell(1));

    private static AnswerLife Declines => Invited("declines")
        .Resident((_, now) => new HomeAnswerCommand.Decline(now.AddDays(9)));

    private static MeetingLife Meeting => new MeetingLife(
        "meeting", k => k.StreamOf("HY-M202603"), new Actor.System(),
        _ => new MeetingCommand.Seek("HY-M202603", TestCompany.HY))
        .Then(TestCompany.HyManager, (_, now) => new MeetingCommand.Plan(
            "HY-M202603", TestCompany.HY, now.AddDays(1), "会议室", "电梯"))
        .Then(TestCompany.HyManager, (_, _) => new MeetingCommand.CallOff("有事"))
        .Then(TestCompany.HyManager, (_, now) => new MeetingCommand.Plan(
            "HY-M202603", TestCompany.HY, now.AddDays(2), "会议室", "电梯"))
        .Wait((s, _) => s.At!.Value.AddHours(2))
        .Then(TestCompany.HyManager, (s, _) => new MeetingCommand.Hold(
            s.At!.Value, "活动室", [new Attendee(new Personal("李主任"), AttendeeRole.Committee)], [("李主任", "电梯太旧")]))
        .Then(TestCompany.HyManager, (_, _) => new MeetingCommand.Note("王代表", "同意"))
        .Then(TestCompany.HyManager, (_, _) => new MeetingCommand.Correct(1, "电梯很旧", "听错了"))
        .Then(TestCompany.HyManager, (_, now) => new MeetingCommand.Agree(
            "换钢丝绳", TestCompany.Engineer.Id, now.AddDays(9)))
        .Then(TestCompany.Engineer, (_, _) => new MeetingCommand.Finish(1, "换好了"))
        .Then(TestCompany.HyManager, (_, _) => new MeetingCommand.SendMinutes(),
            again: "minutes may be sent as often as the office wants; each time counts");

    private static NoticeLife Draft(string variant) => new(
        "notice", k => k.StreamOf("HY-N1"), new Actor.Staff(TestCompany.HyDuty),
        _ => new NoticeCommand.Draft("HY-N1", TestCompany.HY, NoticeType.Circular, Audience.Whole, true, s_text),
        variant);

    private static AnswerLife Invited(string variant) => new(
        "answer", k => k.StreamOf("HY-2026.life"), new Actor.System(),
        now => new HomeAnswerCommand.Invite(
            TestCompany.HY, 2026, "3-1-502", TestCompany.ResidentPhone, Language.Chinese, now.AddDays(20)), variant)
    { Person = SurveyHomes.PersonOf(TestCompany.HY, "3-1-502") };

    private static Notice Published
    {
        get
        {
            var drafted = NoticeMatter.Evolve(
                null,
                new NoticeEvent.NoticeDrafted(
                    "HY-N1", TestCompany.HY, "", Unit.Office, NoticeType.Circular, Audience.Whole, true, s_text,
                    TestCompany.HyDuty.Id, TestApp.Start),
                TestApp.Start);
            return NoticeMatter.Evolve(drafted, new NoticeEvent.NoticePublished(1, null), TestApp.Start);
        }
    }
}
