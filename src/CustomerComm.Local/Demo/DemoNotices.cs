using CustomerComm.App.Matters;
using CustomerComm.App.Notices;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Notices;

namespace CustomerComm.Local.Demo;

/// <summary>Notices of every kind: drafted, published, read, renewed, corrected and withdrawn (4.2.2).</summary>
internal sealed class DemoNotices(
    NoticeKind notices, NoticePostKind posts, ITables tables, DemoWork work) : IDemoPlay
{
    private static readonly (NoticeType Kind, string Title, string Body, string TitleEn)[] s_texts =
    [
        (NoticeType.Circular, "演示：停水通知", "演示：因检修水泵，周三9点至17点停水，请提前储水。", "Demo: water off"),
        (NoticeType.DailyInformation, "演示：天气提示", "演示：明后两天大风，请收好阳台物品。", "Demo: strong wind"),
        (NoticeType.ResidentInformation, "演示：电梯保养", "演示：本周末电梯保养，每台约两小时。", "Demo: lift maintenance"),
        (NoticeType.GovernmentDocument, "演示：消防宣传", "演示：转发街道消防安全通知，楼道不得堆物。", "Demo: fire safety"),
        (NoticeType.CompanyInformation, "演示：收费公示", "演示：上季度物业费收支已在公告栏公示。", "Demo: accounts"),
        (NoticeType.Covenant, "演示：管理规约", "演示：管理规约修订稿，欢迎提意见。", "Demo: covenant"),
        (NoticeType.Handbook, "演示：住户手册", "演示：住户手册更新，请到管理处领取。", "Demo: handbook"),
    ];

    private static readonly int[] s_days = [2, 12, 22];

    private readonly DemoTally _tally = new();
    private readonly List<(StreamId Stream, DateOnly Since, int Nth)> _recent = [];
    private int _drafted;
    private int _read;

    public string Told => $"notices: {_drafted} notices, {_read} read, {_tally}";

    public async Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct)
    {
        if (moment.Hour == DemoMoment.Hours[1] && s_days.Contains(moment.Date.Day))
        {
            foreach (var community in directory.Communities)
                await DraftAsync(moment, community.Id, directory, ct);
        }

        foreach (var owed in await work.OfAsync(moment, "notice", ct))
        {
            // What has its time is published by itself.
            if (owed.Kind == ObligationKind.PublishNotice && moment.Acts(owed.Due)
                && await notices.LoadAsync(owed.Stream, ct) is { State.Pending.PublishAt: null })
            {
                await DoAsync(owed.Stream, new NoticeCommand.Publish(), owed.By, ct);
            }
        }

        _recent.RemoveAll(n => n.Since.AddDays(14) < moment.Date);
        foreach (var (stream, since, nth) in _recent)
        {
            if (moment.Hour == DemoMoment.Hours[^1] && await notices.LoadAsync(stream, ct) is { } notice)
                await GoOnAsync(moment, notice, since, nth, directory, ct);
        }
    }

    private async Task DraftAsync(
        DemoMoment moment, CommunityId community, CompanyDirectory directory, CancellationToken ct)
    {
        var nth = _drafted++;
        var (kind, title, body, titleEn) = s_texts[nth % s_texts.Length];
        var company = kind is NoticeType.GovernmentDocument or NoticeType.CompanyInformation;
        var audience = company ? new Audience(AudienceKind.All, null, [])
            : nth % 5 == 4 ? new Audience(AudienceKind.Building, "1", [])
            : Audience.Whole;
        var by = company
            ? directory.Members(Unit.Quality, community).First()
            : directory.Members(Unit.Office, community).First();
        var result = await notices.DraftAsync(
            community, kind, audience, kind is NoticeType.Circular or NoticeType.ResidentInformation,
            TextOf(title, body, titleEn, kind), by, $"demo-{nth}", ct);
        if (!_tally.Take(result))
            return;
        var stream = ((MatterResult<Notice>.Done)result).Matter.Stream;
        _recent.Add((stream, moment.Date, nth));
        if (moment.Chance(50))
            await DoAsync(stream, new NoticeCommand.Plan(moment.Now.AddHours(22)), by, ct);
    }

    private async Task GoOnAsync(
        DemoMoment moment, LoadedMatter<Notice> notice, DateOnly since, int nth, CompanyDirectory directory,
        CancellationToken ct)
    {
        var s = notice.State;
        if (s.Current is not { } edition)
            return;
        var partition = NoticePostKind.ReceiptsOf(s.Number, edition.No, edition.Change);
        var rows = await tables.Of<NoticeReceiptRow>().QueryAsync(partition, null, null, 1_000, null, ct);
        foreach (var row in rows.Rows.Where(r => r.Status == nameof(ReceiptStatus.Sent)))
        {
            if (!moment.Chance(18))
                continue;
            await posts.OpenAsync(new StreamId(row.Post), row.Reader, ct);
            _read++;
        }

        if (moment.Date.DayNumber - since.DayNumber != 6 || s.Stage != NoticeStage.Published)
            return;
        var by = directory.Members(s.Lead, s.Community).First();
        if (nth % 4 == 1)
        {
            var (kind, title, body, titleEn) = s_texts[nth % s_texts.Length];
            var change = nth % 8 == 1 ? NoticeChange.Corrected : NoticeChange.Renewed;
            await DoAsync(notice.Stream, new NoticeCommand.Revise(
                change, "演示：时间有变。", TextOf(title, body + "（演示：时间已更新）", titleEn, kind)), by, ct);
        }
        else if (nth % 9 == 2)
        {
            await DoAsync(notice.Stream, new NoticeCommand.Withdraw("演示：情况已变化，不再需要。"), by, ct);
        }
    }

    private async Task DoAsync(StreamId stream, NoticeCommand command, StaffMember by, CancellationToken ct) =>
        _tally.Take(await notices.HandleAsync(stream, command, new Actor.Staff(by), null, ct));

    private static NoticeText TextOf(string title, string body, string titleEn, NoticeType kind) => new(
        new Personal(title), new Personal(body), new Personal(titleEn), new Personal("Demo: an invented notice."),
        kind == NoticeType.GovernmentDocument ? "演示街道办事处" : null);
}
