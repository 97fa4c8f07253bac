using System.Globalization;
using CustomerComm.App.Matters;
using CustomerComm.Testing.Complaints;

namespace CustomerComm.Simulation;

/// <summary>Residents and staff who mostly do what is theirs to do, and sometimes anything.</summary>
internal sealed class People(RunningHost opened, Random random)
{
    private static readonly string[] s_texts =
    [
        "楼道的灯坏了三天，没有人来修。", "电梯困人，请马上派人！", "保安态度恶劣，骂人。", "物业经理收了好处不办事，我要投诉经理。",
        "停车费为什么涨了？", "谢谢小王师傅，修得很好。", "建议在门口加一盏灯。", "楼上装修漏水，家里天花板塌了，老人受伤。",
        "The lift has been broken for a week and nobody answers.", "{sign} {status} {text}", "物业公司领导不作为。",
    ];

    private readonly List<StreamId> _streams = [];
    private int _done;
    private int _refused;

    public string Report() => string.Create(
        CultureInfo.InvariantCulture, $"{_streams.Count} complaints, {_done} commands done, {_refused} refused");

    public async Task ComplainAsync(CancellationToken ct)
    {
        var letter = random.Next(8) == 0;
        Category? category = random.Next(3) == 0 ? null : Any(Enum.GetValues<Category>());
        var request = new IntakeRequest(
            new CommunityId(random.Next(2) == 0 ? "HY" : "JX"), Any(s_texts), null,
            random.Next(4) == 0 ? null : $"+1 202-555-01{random.Next(50, 62)}", random.Next(3) == 0 ? "1-1-101" : null,
            null, Channel.Http, category, [], random.Next(6) == 0 ? Now.AddHours(random.Next(1, 100)) : null, null,
            letter, null, $"http:{random.NextInt64()}");
        if (await opened.Get<Intake>().ReceiveAsync(request, new Actor.Resident(), ct) is MatterResult<Complaint>.Done opening)
            _streams.Add(opening.Matter.Stream);
    }

    public async Task WorkAsync(int times, CancellationToken ct)
    {
        for (var i = 0; i < times && _streams.Count > 0; i++)
        {
            var stream = Any(_streams);
            var found = (await opened.Get<ComplaintKind>().LoadAsync(stream, ct))!;
            var state = found.State;
            if (ComplaintKind.Owed(found) is not { Count: > 0 } owed)
                continue;
            var duty = Any(owed);
            if (duty is { Kind: ObligationKind.AcknowledgeLapse, Owner.Staff: { } told })
            {
                await AcknowledgeAsync(stream, duty, told, ct);
                continue;
            }

            var command = random.Next(12) == 0 ? Aside(state) : For(duty, state);
            var result = await opened.Get<ComplaintKind>()
                .HandleAsync(stream, command, ActorOf(command, duty, state), null, ct);
            _ = result is MatterResult<Complaint>.Done ? _done++ : _refused++;
        }
    }

    private DateTimeOffset Now => opened.Get<TimeProvider>().Now();

    private bool Coin => random.Next(3) > 0;

    private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private Actor ActorOf(ComplaintCommand command, Obligation duty, Complaint s)
    {
        var directory = opened.Get<CompanyDirectory>();
        if (command is ComplaintCommand.Sign or ComplaintCommand.RefuseSignature or ComplaintCommand.Withdraw)
            return new Actor.Resident();
        if (command is ComplaintCommand.AnswerExtension && Coin)
            return new Actor.Resident();
        if (random.Next(6) == 0)
            return new Actor.Staff(Any(directory.Staff));
        if (duty.Owner.Staff is { } id)
            return new Actor.Staff(directory.Find(id)!);
        var members = directory.Members(duty.Owner.Unit!.Value, s.Community).ToList();
        return new Actor.Staff(Any(members));
    }

    private ComplaintCommand Aside(Complaint s) => random.Next(6) switch
    {
        0 => new ComplaintCommand.Withdraw(Channel.Http, null),
        1 => new ComplaintCommand.Note(Channel.Phone, "来电询问"),
        2 => new ComplaintCommand.Dismiss(Any(Enum.GetValues<FindingReason>()), "重复"),
        3 => new ComplaintCommand.ProveMisreport(Any(opened.Get<CompanyDirectory>().Staff).Id, "瞒报"),
        4 => new ComplaintCommand.Triage(s.Kind, Category.AgainstManager, [], Severity.Major, null, null),
        _ => new ComplaintCommand.Assign(Any(opened.Get<CompanyDirectory>().Staff).Id, "换人"),
    };

    private ComplaintCommand For(Obligation o, Complaint s) => o.Kind switch
    {
        ObligationKind.Triage => new ComplaintCommand.Triage(
            Coin ? Nature.Complaint : Any(Enum.GetValues<Nature>()), Any(Enum.GetValues<Category>()),
            Coin ? [] : [Category.Charges, Category.Equipment], Any(Enum.GetValues<Severity>()), null, null, "已核实",
            Any(Enum.GetValues<FindingReason>())),
        ObligationKind.Assign => new ComplaintCommand.Assign(Any(opened.Get<CompanyDirectory>().Staff).Id, null),
        ObligationKind.DangerCallBack => new ComplaintCommand.RecordCallBack(Channel.Phone, Coin, "报告人", "人员安全"),
        ObligationKind.Accept => Coin ? new ComplaintCommand.Accept() : new ComplaintCommand.Decline("不在岗"),
        ObligationKind.Resolve => Handling(s),
        ObligationKind.Answer => s.Kind switch
        {
            Nature.Suggestion => new ComplaintCommand.DecideSuggestion(Coin, "谢谢，已研究。", Coin),
            Nature.Praise => new ComplaintCommand.PassOnPraise(
                Any(opened.Get<CompanyDirectory>().Staff).Id, "谢谢鼓励。"),
            _ => Coin
                ? new ComplaintCommand.Answer("谢谢，已记下。") : new ComplaintCommand.DeclareOutOfScope("请拨打110。"),
        },
        ObligationKind.Cooperate => new ComplaintCommand.GiveCooperation("已配合"),
        ObligationKind.Instruct => new ComplaintCommand.Instruct("尽快", Coin ? null : Now.AddDays(3)),
        ObligationKind.RecordExtensionAnswer => new ComplaintCommand.AnswerExtension(Coin, Channel.Phone, "业主", "说过了"),
        ObligationKind.ConsentFinding => new ComplaintCommand.DecideFinding(Coin, "已核对原话"),
        ObligationKind.DecideConsequence => new ComplaintCommand.DecideConsequence(new StaffId(o.Subject), "批评教育"),
        ObligationKind.ApproveLetter => new ComplaintCommand.DecideLetter(Coin, "再写清楚"),
        ObligationKind.ObtainSignature => Signed(s),
        ObligationKind.DecideUnreachable => new ComplaintCommand.DecideUnreachable(Coin, "再试一次"),
        ObligationKind.ConfirmSignature => new ComplaintCommand.DecideSignature(Coin, "电话确认"),
        ObligationKind.FollowUp => new ComplaintCommand.FollowUp(Channel.Phone, "满意", null),
        ObligationKind.HandOverRecords => new ComplaintCommand.HandOverRecords(),
        ObligationKind.CheckRecords => new ComplaintCommand.CheckRecords(Coin, "缺照片"),
        ObligationKind.FindRootCause => new ComplaintCommand.FindRootCause("老化", "定期更换"),
        ObligationKind.FileReports => ComplaintScenario.Reports(Now),
        ObligationKind.Verify => new ComplaintCommand.Verify(Coin, "已核实"),
        _ => throw new InvalidOperationException($"Unknown obligation {o.Kind}."),
    };

    private ComplaintCommand Handling(Complaint s) => random.Next(9) switch
    {
        0 => new ComplaintCommand.Escalate("解决不了"),
        1 => new ComplaintCommand.TellExtension(s.ResolveDue.AddDays(2), "等配件"),
        2 => new ComplaintCommand.AskCooperation(Any(Enum.GetValues<Unit>()), "一起看看"),
        3 => new ComplaintCommand.HandOver(Any(Enum.GetValues<Unit>()), "归他们管"),
        4 or 5 when s.IsLetter => new ComplaintCommand.DraftLetter("尊敬的业主：已处理。"),
        _ => new ComplaintCommand.Resolve("已修好，请查看。"),
    };

    private ComplaintCommand Signed(Complaint s)
    {
        return random.Next(8) switch
        {
            0 => new ComplaintCommand.RefuseSignature(s.LinksIssued, "没修好", 1),
            1 => new ComplaintCommand.RecordAttempt(Channel.Phone, "没人接"),
            2 => new ComplaintCommand.ProposeUnreachable(),
            3 => new ComplaintCommand.AttachPaper("data:image/png;base64,AAAA", 4),
            _ => new ComplaintCommand.Sign(s.LinksIssued, "token", s.Resolution!.TextHash, "M0 0L1 1", 5, null),
        };
    }

    private async Task AcknowledgeAsync(StreamId stream, Obligation o, StaffId told, CancellationToken ct)
    {
        var parts = o.Subject.Split('|', 2);
        var no = await opened.Get<ComplaintKind>().AcknowledgeAsync(
            stream, Enum.Parse<ObligationKind>(parts[0]), parts[1], "知道了", opened.Get<CompanyDirectory>().Find(told)!, ct);
        _ = no is null ? _done++ : _refused++;
    }
}
