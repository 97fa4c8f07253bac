using System.Globalization;
using CustomerComm.App.Registers;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;

namespace CustomerComm.Local.Demo;

/// <summary>Contacts entered by hand at the posts, their answers, and the shifts handed over (4.2.1, 4.5.2).</summary>
internal sealed class DemoRegisters(
    RegisterKind registers, RegisterComplaints complaints, DemoWork work) : IDemoPlay
{
    private static readonly string[] s_said =
    [
        "演示：来问装修押金什么时候退。", "演示：来领快递，顺便反映门口灯暗。", "演示：问停车位还有没有空的。",
        "演示：来电问水费怎么算。", "演示：请保安留意三楼的快递。", "演示：问什么时候清洗外墙。",
    ];

    private readonly DemoTally _tally = new();
    private int _contacts;

    public string Told => $"registers: {_contacts} contacts by hand, {_tally}";

    public async Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct)
    {
        foreach (var community in directory.Communities)
        {
            if (moment.Chance(12))
                await EnterAsync(moment, community, moment.Any(directory.Posts), directory, ct);
            if (moment.Hour == DemoMoment.Hours[^1] && moment.Date.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Thursday)
                await HandOverAsync(moment, community, directory, ct);
        }

        foreach (var owed in await work.OfAsync(moment, "register", ct))
        {
            if (moment.Acts(owed.Due))
                await DoAsync(owed, ct);
        }
    }

    private async Task EnterAsync(
        DemoMoment moment, Community community, Post post, CompanyDirectory directory, CancellationToken ct)
    {
        if (directory.Members(post.Unit, community.Id).FirstOrDefault() is not { } by)
            return;
        var home = moment.Any([.. directory.Homes.Where(h => h.Community == community.Id)]);
        var channel = moment.Any([Channel.Phone, Channel.WalkIn]);
        var answer = moment.Chance(60)
            ? new ContactAnswer(by.Id, channel, new Personal("演示：已当场答复。"), moment.Now)
            : null;
        var contact = new RegisterContact(
            $"demo-{moment.Date:yyyyMMdd}-{moment.Hour}-{community.Id}", moment.Now.AddMinutes(-10), channel,
            home.Residents[0].Name, home.Residents[0].Phone.Value, null, home.Room.Value, moment.Any(s_said), null,
            answer, by.Id);
        if (_tally.Take(await registers.EnterAsync(
            community.Id, post.Id, contact, answer is null, new Actor.Staff(by), null, ct)))
        {
            _contacts++;
        }
    }

    private async Task HandOverAsync(
        DemoMoment moment, Community community, CompanyDirectory directory, CancellationToken ct)
    {
        var office = directory.Members(Unit.Office, community.Id).ToList();
        var post = directory.PostOf(Unit.Office).Id;
        if (office.Count < 2 || await registers.PendingAsync(community.Id, post, ct) is not null)
            return;
        var (from, to) = moment.Date.DayOfWeek == DayOfWeek.Monday ? (office[0], office[1]) : (office[1], office[0]);
        _tally.Take(await registers.HandOverAsync(
            community.Id, post, to.Id, "演示：钥匙齐全，未办事项见登记。", new Actor.Staff(from), null, ct));
    }

    private async Task DoAsync(DemoObligation owed, CancellationToken ct)
    {
        if (await registers.LoadAsync(owed.Stream, ct) is not { State: var s })
            return;
        var key = new RegisterKey(s.Community, s.Post, s.Month);
        var number = owed.Subject.Split('|')[^1];
        var actor = new Actor.Staff(owed.By);
        switch (owed.Kind)
        {
            case ObligationKind.AnswerContact:
                var entry = int.Parse(number, CultureInfo.InvariantCulture);
                _tally.Take(await registers.AnswerAsync(
                    key, entry, Channel.Phone, "演示：已回电答复，住户清楚了。", actor, null, ct));
                break;
            case ObligationKind.TakeUpOpinion:
                var opinion = int.Parse(number, CultureInfo.InvariantCulture);
                // Most become complaints; now and then somebody says why not.
                if (opinion % 4 == 0 || await complaints.OpenAsync(key, opinion, owed.By, ct) is TakenUp.Refused)
                    _tally.Take(await registers.LeaveOutAsync(
                        key, opinion, LeftOutReason.NoOpinion, "演示：住户只是随口一问，已当场说清。", actor, null, ct));
                break;
            case ObligationKind.TakeOverShift:
                var handOver = int.Parse(number, CultureInfo.InvariantCulture);
                _tally.Take(await registers.TakeOverAsync(key, handOver, actor, null, ct));
                break;
            default:
                break;
        }
    }
}
