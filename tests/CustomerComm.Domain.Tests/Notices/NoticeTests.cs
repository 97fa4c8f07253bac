using System.Collections.Immutable;
using CsCheck;
using CustomerComm.Domain.Notices;

namespace CustomerComm.Domain.Tests.Notices;

/// <summary>The rules of notices (4.1, 4.2.2).</summary>
[Clause("4.2.2")]
public sealed class NoticeTests
{
    private static readonly DateTimeOffset s_now = TestCompany.Time("2026-03-02 09:00");
    private static readonly NoticeText s_text = Text("停水通知");

    [Theory]
    [Clause("4.1.1"), Clause("4.1.2"), Clause("4.1.3")]
    [InlineData("s-hy-duty", AudienceKind.Community, true)]
    [InlineData("s-hy-duty", AudienceKind.All, false)]
    [InlineData("s-jx-duty", AudienceKind.Community, false)]
    [InlineData("s-qua-duty", AudienceKind.Community, true)]
    [InlineData("s-qua-duty", AudienceKind.All, true)]
    [InlineData("s-leader", AudienceKind.All, true)]
    public void Given_a_writer_and_an_audience_When_drafted_Then_only_who_may_does(
        string staff, AudienceKind audience, bool may)
    {
        foreach (var kind in Enum.GetValues<NoticeType>())
        {
            var decided = NoticeMatter.Decide(
                null, Draft(new Audience(audience, null, []), kind), By(staff), s_now, TestCompany.Rules);
            if (may)
                Assert.Equal(kind, Assert.IsType<NoticeEvent.NoticeDrafted>(Assert.Single(Events(decided))).Kind);
            else
                Assert.Equal(RefusalCode.NotYours, Refused(decided).Code);
        }
    }

    [Theory]
    [InlineData("", "正文", null, null, "title")]
    [InlineData("标题", "", null, null, "body")]
    [InlineData("标题", "正文", "Title", null, "bodyEn")]
    [InlineData("标题", "正文", null, "Body", "titleEn")]
    public void Given_words_that_are_not_right_When_drafted_Then_the_field_is_named(
        string title, string body, string? titleEn, string? bodyEn, string field)
    {
        var text = new NoticeText(new Personal(title), new Personal(body), Sealed(titleEn), Sealed(bodyEn), null);
        var decided = NoticeMatter.Decide(
            null, Draft(Audience.Whole) with { Text = text }, By("s-hy-duty"), s_now, TestCompany.Rules);
        Assert.Equal((RefusalCode.BadField, field), (Refused(decided).Code, Refused(decided).Field));
    }

    [Theory]
    [InlineData(AudienceKind.Building, "9", "", "building")]
    [InlineData(AudienceKind.Building, "", "", "building")]
    [InlineData(AudienceKind.Building, "3", "", null)]
    [InlineData(AudienceKind.Households, null, "", "rooms")]
    [InlineData(AudienceKind.Households, null, "3-1-502 9-9-999", "rooms")]
    [InlineData(AudienceKind.Households, null, "3-1-502 5-2-101", null)]
    public void Given_an_audience_When_drafted_Then_it_must_be_on_file(
        AudienceKind kind, string? building, string rooms, string? wrong)
    {
        var chosen = rooms.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(r => new Personal(r));
        var decided = NoticeMatter.Decide(
            null, Draft(new Audience(kind, building, [.. chosen])), By("s-hy-duty"), s_now, TestCompany.Rules);
        Assert.Equal(wrong, decided is Decision<NoticeEvent>.Refused no ? no.Refusal.Field : null);
    }

    [Fact]
    public void Given_an_audience_When_its_homes_are_listed_Then_they_are_its_own_in_order()
    {
        static string[] Of(Audience audience) =>
            [.. audience.Homes(TestCompany.HY, TestCompany.Directory).Select(h => h.Key)];
        Assert.Equal(["HY|3-1-502", "HY|3-1-503", "HY|5-2-101"], Of(Audience.Whole));
        Assert.Equal(["HY|3-1-502", "HY|3-1-503"], Of(new Audience(AudienceKind.Building, "3", [])));
        Assert.Equal(
            ["HY|5-2-101"], Of(new Audience(AudienceKind.Households, null, [new("5-2-101"), new("5-2-101")])));
        Assert.Equal(5, Of(new Audience(AudienceKind.All, null, [])).Length);
    }

    [Fact]
    public void Given_a_draft_When_nobody_publishes_Then_its_writer_owes_it_within_a_working_day()
    {
        var state = Play(Draft(Audience.Whole));
        var owed = Assert.Single(NoticeMatter.Owed(state));
        Assert.Equal(
            (ObligationKind.PublishNotice, Party.Of(new StaffId("s-hy-duty")), TestCompany.Time("2026-03-03 09:00")),
            (owed.Kind, owed.Owner, owed.Due));
    }

    [Fact]
    public void Given_a_time_When_it_comes_Then_the_system_publishes_and_not_before()
    {
        var at = s_now.AddHours(30);
        var state = Play(Draft(Audience.Whole), new NoticeCommand.Plan(at));
        Assert.Equal(at, Assert.Single(NoticeMatter.Owed(state)).Due);
        var system = new Actor.System();
        Assert.Empty(Events(
            NoticeMatter.Decide(state, new NoticeCommand.Publish(), system, at.AddSeconds(-1), TestCompany.Rules)));
        var published = Assert.IsType<NoticeEvent.NoticePublished>(Assert.Single(Events(
            NoticeMatter.Decide(state, new NoticeCommand.Publish(), system, at, TestCompany.Rules))));
        Assert.Null(published.By);
    }

    [Fact]
    public void Given_a_correction_When_published_Then_both_editions_stay_and_everybody_is_told_again()
    {
        var state = Play(
            Draft(Audience.Whole), new NoticeCommand.Publish(),
            new NoticeCommand.Spread(1, NoticeChange.New, "HY|5-2-101", 3, 0, Done: true),
            new NoticeCommand.Revise(NoticeChange.Corrected, "日期写错", Text("停水改到周五")),
            new NoticeCommand.Publish());
        Assert.Equal([1, 2], state.Editions.Select(e => e.No));
        Assert.Equal("日期写错", state.Current!.Reason?.Value);
        Assert.Equal(new Spreading(2, NoticeChange.Corrected, "", null, 0, 0, Done: false), state.Spreading);
        // What the spreading of the first edition reports late does not count for the second.
        var late = new NoticeCommand.Spread(1, NoticeChange.New, "HY|5-2-101", 3, 0, Done: true);
        Assert.Empty(Events(NoticeMatter.Decide(state, late, new Actor.System(), s_now, TestCompany.Rules)));
    }

    [Fact]
    public void Given_half_of_them_were_told_When_withdrawn_Then_only_these_are_told_again()
    {
        var state = Play(
            Draft(Audience.Whole), new NoticeCommand.Publish(),
            new NoticeCommand.Spread(1, NoticeChange.New, "HY|3-1-503", 2, 0, Done: false),
            new NoticeCommand.Withdraw("发错了"));
        Assert.Equal(NoticeStage.Withdrawn, state.Stage);
        Assert.Equal("HY|3-1-503", state.Spreading!.Limit);
        Assert.False(state.Spreading.Done);
        Assert.True(Play(Draft(Audience.Whole), new NoticeCommand.Publish(), new NoticeCommand.Withdraw("发错了"))
            .Spreading!.Done);
    }

    [Fact]
    public void Given_a_published_notice_When_what_no_longer_fits_is_asked_Then_it_is_refused()
    {
        var published = Play(Draft(Audience.Whole), new NoticeCommand.Publish());
        Refused(Decide(published, new NoticeCommand.Redraft(s_text)));
        Refused(Decide(published, new NoticeCommand.Discard("不要了")));
        Refused(Decide(published, new NoticeCommand.Revise(NoticeChange.New, "x", s_text)));
        Refused(Decide(published, new NoticeCommand.Plan(s_now.AddDays(1))));
        Assert.Empty(Events(Decide(published, new NoticeCommand.Publish())));
        var withdrawn = Play(Draft(Audience.Whole), new NoticeCommand.Publish(), new NoticeCommand.Withdraw("错"));
        Refused(Decide(withdrawn, new NoticeCommand.Publish()));
        Refused(Decide(withdrawn, new NoticeCommand.Revise(NoticeChange.Corrected, "x", s_text)));
    }

    [Fact]
    public void Whatever_happens_an_open_notice_that_waits_for_a_person_owes_something_by_one_party_and_time() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 40]).Array[1, 40].Sample(steps =>
        {
            Notice? state = null;
            var now = s_now;
            foreach (var (what, hours) in steps)
            {
                now = now.AddHours(hours);
                var actor = what == 5 ? (Actor)new Actor.System() : By("s-hy-duty");
                NoticeCommand command = state is null ? Draft(Audience.Whole) : what switch
                {
                    0 => new NoticeCommand.Redraft(Text("改" + hours)),
                    1 => new NoticeCommand.Plan(hours % 3 == 0 ? null : now.AddHours(hours)),
                    2 => new NoticeCommand.Publish(),
                    3 => new NoticeCommand.Discard("不要"),
                    4 => new NoticeCommand.Revise(NoticeChange.Corrected, "错", Text("新" + hours)),
                    5 => new NoticeCommand.Spread(
                        state.Spreading?.Edition ?? 1, state.Spreading?.Change ?? NoticeChange.New, $"HY|{hours}", 1, 0,
                        hours % 2 == 0),
                    _ => hours > 35 ? new NoticeCommand.Withdraw("错") : new NoticeCommand.Publish(),
                };
                if (NoticeMatter.Decide(state, command, actor, now, TestCompany.Rules) is Decision<NoticeEvent>.Accepted yes)
                {
                    foreach (var e in yes.Events)
                        state = NoticeMatter.Evolve(state, e, now);
                }

                if (state is null)
                    continue;
                var owed = NoticeMatter.Owed(state).ToList();
                Assert.Equal(state.Pending is not null, owed.Count == 1);
                Assert.All(owed, o => Assert.True(o.Owner.Unit is null != o.Owner.Staff is null));
                Assert.Equal(state.Open, owed.Count > 0 || state.Spreading is { Done: false });
            }
        });

    [Fact]
    public void Given_a_batch_When_a_link_is_opened_twice_Then_it_counts_once_and_a_stranger_never()
    {
        var notice = Play(Draft(Audience.Whole), new NoticeCommand.Publish());
        var rooms = ImmutableArray.Create(new Room("3-1-502"), new Room("5-2-101"));
        var decided = NoticePostMatter.Decide(
            null, new NoticePostCommand.ToHomes("notice.x", notice, TestCompany.HY, rooms), new Actor.System(), s_now,
            TestCompany.Rules);
        var posted = Assert.Single(((Decision<NoticePostEvent>.Accepted)decided).Events);
        var state = NoticePostMatter.Evolve(null, posted, s_now);
        Assert.Equal(2, NoticePostMatter.Messages(posted, state, TestCompany.Rules).Count());
        var opened = Assert.IsType<Decision<NoticePostEvent>.Accepted>(NoticePostMatter.Decide(
            state, new NoticePostCommand.Open(1), new Actor.Resident(), s_now, TestCompany.Rules));
        state = NoticePostMatter.Evolve(state, Assert.Single(opened.Events), s_now);
        Assert.Empty(Assert.IsType<Decision<NoticePostEvent>.Accepted>(NoticePostMatter.Decide(
            state, new NoticePostCommand.Open(1), new Actor.Resident(), s_now, TestCompany.Rules)).Events);
        Assert.IsType<Decision<NoticePostEvent>.Refused>(NoticePostMatter.Decide(
            state, new NoticePostCommand.Open(2), new Actor.Resident(), s_now, TestCompany.Rules));
        Assert.Equal([0, 1, 1], new[] { 0, 1, 2 }.Select(state.ReaderOf));
    }

    private static NoticeCommand.Draft Draft(Audience audience, NoticeType kind = NoticeType.Circular) =>
        new("HY-N260302-ABCDEF", TestCompany.HY, kind, audience, Sms: true, s_text);

    private static NoticeText Text(string title) => new(new Personal(title), new Personal("正文"), null, null, null);

    private static Personal? Sealed(string? text) => text is null ? null : new Personal(text);

    private static Actor By(string staff) =>
        new Actor.Staff(TestCompany.Staff.Single(m => m.Id == new StaffId(staff)));

    private static Decision<NoticeEvent> Decide(Notice? state, NoticeCommand command) => NoticeMatter.Decide(
        state, command, command is NoticeCommand.Spread ? new Actor.System() : By("s-hy-duty"), s_now,
        TestCompany.Rules);

    private static Notice Play(params ReadOnlySpan<NoticeCommand> commands)
    {
        Notice? state = null;
        foreach (var command in commands)
        {
            foreach (var e in Events(Decide(state, command)))
                state = NoticeMatter.Evolve(state, e, s_now);
        }

        return state!;
    }

    private static ImmutableArray<NoticeEvent> Events(Decision<NoticeEvent> decision) =>
        Assert.IsType<Decision<NoticeEvent>.Accepted>(decision).Events;

    private static Refusal Refused(Decision<NoticeEvent> decision) =>
        Assert.IsType<Decision<NoticeEvent>.Refused>(decision).Refusal;
}
