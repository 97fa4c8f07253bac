using System.Globalization;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Local.Demo;

/// <summary>Residents complain, and staff do what they owe: most of it in time.</summary>
internal sealed class DemoComplaints(
    Intake intake, ComplaintKind service, DemoWork work, int perMonth)
    : IDemoPlay
{
    private readonly List<StreamId> _open = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private int _opened;
    private int _joined;
    private readonly DemoTally _tally = new();

    public string Told =>
        $"complaints: {_opened} complaints, {_joined} joined to others, {_open.Count} open or to be objected to, {_tally}";

    public async Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct)
    {
        foreach (var community in directory.Communities)
        {
            if (moment.Chance(100.0 * perMonth / (30 * DemoMoment.Hours.Count)))
                await OpenAsync(moment, community, directory, ct);
        }

        // Late orders and bad evaluations have become complaints as well.
        foreach (var number in await work.ComplaintsAsync(moment, ct))
        {
            if (_known.Add(number) && MatterNumber.TryParse(number, out var parsed)
                && await service.FindAsync(parsed, ct) is { } found && !_open.Contains(found.Stream))
            {
                _open.Add(found.Stream);
            }
        }

        foreach (var stream in _open.ToList())
        {
            if (await service.LoadAsync(stream, ct) is not { } loaded)
                continue;
            loaded = await TurnedAsync(moment, await JoinedAsync(moment, loaded, directory, ct), directory, ct);
            // The time to object runs on after the end.
            if (!loaded.State.Open && !(loaded.State.ObjectUntil > moment.Now))
                _open.Remove(stream);
            else
                await HandleAsync(moment, loaded, directory, ct);
        }
    }

    /// <summary>As it is after what happens now and then.</summary>
    private async Task<LoadedMatter<Complaint>> TurnedAsync(
        DemoMoment moment, LoadedMatter<Complaint> loaded, CompanyDirectory directory, CancellationToken ct)
    {
        if (DemoTurns.Of(loaded.State, moment, directory) is not var (command, by))
            return loaded;
        var result = await service.HandleAsync(loaded.Stream, command, by, null, ct);
        return _tally.Take(result) && result is MatterResult<Complaint>.Done done ? done.Matter : loaded;
    }

    /// <summary>The office sometimes sees that a new complaint is about the same thing as another (4.5.7).</summary>
    private async Task<LoadedMatter<Complaint>> JoinedAsync(
        DemoMoment moment, LoadedMatter<Complaint> loaded, CompanyDirectory directory, CancellationToken ct)
    {
        var s = loaded.State;
        if (s.Stage is not (Stage.Received or Stage.Assigned) || s.LeadComplaint is not null || !moment.Chance(25)
            || Authority.FirstFree(s.Lead, s, directory) is not { } member
            || await service.ProposeAsync(loaded, member, ct) is not [var lead, ..]
            || await service.JoinAsync(loaded, lead.State.Number, member, null, ct)
                is not MatterResult<Complaint>.Done done)
        {
            return loaded;
        }

        _joined++;
        return done.Matter;
    }

    private async Task OpenAsync(
        DemoMoment moment, Community community, CompanyDirectory directory, CancellationToken ct)
    {
        var home = moment.Any([.. directory.Homes.Where(h => h.Community == community.Id)]);
        var (kind, category, text) = DemoTexts.Opinion(moment);
        var letter = moment.Chance(8);
        var byDesk = letter || moment.Chance(35);
        var channel = letter ? Channel.Letter
            : byDesk ? moment.Any([Channel.Phone, Channel.WalkIn])
            : moment.Any([Channel.Chat, Channel.Sms, Channel.Http]);
        var post = directory.Members(Unit.Office, community.Id).First();
        var request = new IntakeRequest(
            community.Id, text, home.Residents[0].Name, home.Residents[0].Phone.Value, home.Room.Value, null, channel,
            moment.Chance(70) ? category : null, [], moment.Chance(30) ? moment.Now.AddDays(2) : null, null, letter,
            byDesk ? post.Id : null, $"demo:{moment.Date:yyyyMMdd}:{moment.Hour}:{community.Id}", kind);
        var result = await intake.ReceiveAsync(
            request, byDesk ? new Actor.Staff(post) : new Actor.Resident(), ct);
        if (result is MatterResult<Complaint>.Done opened)
        {
            _opened++;
            _open.Add(opened.Matter.Stream);
        }
    }

    private async Task HandleAsync(
        DemoMoment moment, LoadedMatter<Complaint> loaded, CompanyDirectory directory, CancellationToken ct)
    {
        foreach (var owed in ComplaintKind.Owed(loaded))
        {
            if (!moment.Acts(owed.Due))
                continue;
            var s = loaded.State;
            // What was done just now may have met it as well.
            if (!ComplaintKind.Owed(loaded).Any(o => o.Kind == owed.Kind && o.Subject == owed.Subject)
                || CommandFor(owed, s, moment) is not { } command)
            {
                continue;
            }

            var actor = command is ComplaintCommand.Sign or ComplaintCommand.RefuseSignature
                ? new Actor.Resident() : ActorFor(owed, s, directory);
            if (actor is null)
                continue;
            var result = await service.HandleAsync(loaded.Stream, command, actor, null, ct);
            if (_tally.Take(result) && result is MatterResult<Complaint>.Done done)
                loaded = done.Matter;
        }
    }

    private static Actor? ActorFor(Obligation owed, Complaint s, CompanyDirectory directory)
    {
        var hands = Obligations.IsReview(owed.Kind) || owed.Kind == ObligationKind.GiveRemedy
            ? ((IMatterState)s).Hands : null;
        var member = owed.Owner.Staff is { } id
            ? directory.Find(id)
            : Authority.FirstFree(owed.Owner.Unit!.Value, s, directory, hands);
        return member is null ? null : new Actor.Staff(member);
    }

    private static ComplaintCommand? CommandFor(Obligation owed, Complaint s, DemoMoment moment) => owed.Kind switch
    {
        // What is proposed waits for its consent.
        ObligationKind.Triage when s.Proposed is not null => null,
        ObligationKind.Triage => new ComplaintCommand.Triage(
            s.Kind, s.Category, s.Also, DemoReports.SeverityOf(s), null, null),
        ObligationKind.DangerCallBack => new ComplaintCommand.RecordCallBack(
            Channel.Phone, Reached: true, "演示：报告人", "演示：人员安全，已派人到场。"),
        ObligationKind.Accept => new ComplaintCommand.Accept(),
        // Nothing is solved before somebody has it, nor while the leader is to instruct.
        ObligationKind.Resolve when s.Stage == Stage.Received || s.InstructDue is not null => null,
        // The answer to a letter waits for the leader.
        ObligationKind.Resolve or ObligationKind.Answer when s.IsLetter && s.Letter is { Approved: null } => null,
        ObligationKind.Resolve when s.IsLetter && s.Letter is null or { Approved: false } =>
            new ComplaintCommand.DraftLetter(DemoTexts.Resolution(s.Category)),
        ObligationKind.Resolve => new ComplaintCommand.Resolve(
            s.Letter is { Approved: true } l ? l.Text.Value : DemoTexts.Resolution(s.Category)),
        ObligationKind.Answer when s.IsLetter && s.Letter is null or { Approved: false } =>
            new ComplaintCommand.DraftLetter(DemoTexts.Answer),
        ObligationKind.Answer => AnswerTo(s, moment),
        ObligationKind.Cooperate => new ComplaintCommand.GiveCooperation("演示：已按要求配合处理。"),
        ObligationKind.Instruct when s.Reopened > 1 =>
            new ComplaintCommand.AnswerFinally("演示：公司已三次派人处理，检测合格，作为最终答复。"),
        ObligationKind.Instruct => new ComplaintCommand.Instruct("演示：请尽快处理并回复住户。", null),
        ObligationKind.ConsentFinding => new ComplaintCommand.DecideFinding(moment.Chance(70), "演示：已核对住户原话。"),
        ObligationKind.AnswerObjection when s.IsLetter && s.Objection!.AnsweredBy != s.Chief && s.Letter is not { Approved: true } =>
            s.Letter is { Approved: null } ? null : new ComplaintCommand.DraftLetter(DemoTexts.Answer),
        ObligationKind.AnswerObjection => new ComplaintCommand.AnswerObjection(
            moment.Chance(40), s.Letter?.Text.Value ?? "演示：已复核全部记录并与您通话，说明如下。"),
        ObligationKind.ApproveRemedy => new ComplaintCommand.DecideRemedy(
            int.Parse(owed.Subject, CultureInfo.InvariantCulture), Approved: moment.Chance(80), "演示：已按合同核对。"),
        ObligationKind.GiveRemedy => new ComplaintCommand.GiveRemedy(
            int.Parse(owed.Subject, CultureInfo.InvariantCulture), "演示：已落实，凭证号演示-001。"),
        ObligationKind.DecideConsequence => new ComplaintCommand.DecideConsequence(
            new StaffId(owed.Subject), "演示：批评教育，当月绩效扣减。"),
        ObligationKind.ApproveLetter => new ComplaintCommand.DecideLetter(
            Approved: moment.Chance(85), "演示：请写明完成日期。"),
        ObligationKind.ObtainSignature => SignatureOf(s, moment),
        ObligationKind.DecideUnreachable => new ComplaintCommand.DecideUnreachable(Approved: true, "演示：已核对联系记录。"),
        ObligationKind.ConfirmSignature => new ComplaintCommand.DecideSignature(Confirmed: true, "演示：已电话核实。", "演示住户"),
        ObligationKind.FollowUp => new ComplaintCommand.FollowUp(Channel.Phone, "演示：住户表示满意，感谢告知。", null),
        ObligationKind.HandOverRecords when s.NoContact || s.Records is { FollowedUp: true } => new ComplaintCommand.HandOverRecords(),
        ObligationKind.CheckRecords => new ComplaintCommand.CheckRecords(
            Accepted: moment.Chance(92), "演示：缺处理后照片。"),
        ObligationKind.FindRootCause => new ComplaintCommand.FindRootCause("演示：巡查不及时。", "演示：增加每周巡查一次。"),
        ObligationKind.FileReports => DemoReports.Of(owed, s, moment),
        ObligationKind.Verify when s is { Records.Accepted: true, Completion.RootCauseFound: true }
            and ({ Completion.ReportsDue: null } or { Completion.ReportsFiled: true }) =>
            s.Reopened == 0 && moment.Chance(6)
                ? new ComplaintCommand.Verify(Holds: false, "演示：现场复查，问题又出现。")
                : new ComplaintCommand.Verify(Holds: true, "演示：现场复查，结果有效。"),
        _ => null,
    };

    private static ComplaintCommand AnswerTo(Complaint s, DemoMoment moment)
    {
        var text = s.Letter is { Approved: true } letter ? letter.Text.Value : null;
        return s.Kind switch
        {
            Nature.Suggestion => new ComplaintCommand.DecideSuggestion(
                Adopted: moment.Chance(70), text ?? "演示：建议很好，已列入下季度计划。", AboutCommunication: moment.Chance(40)),
            Nature.Praise => new ComplaintCommand.PassOnPraise(s.Handler, text ?? "演示：感谢您的表扬，已转告本人。"),
            Nature.Enquiry when moment.Chance(15) =>
                new ComplaintCommand.DeclareOutOfScope(text ?? "演示：此事不在服务范围，请联系街道办事处。"),
            _ => new ComplaintCommand.Answer(text ?? DemoTexts.Answer),
        };
    }

    private static ComplaintCommand? SignatureOf(Complaint s, DemoMoment moment)
    {
        if (s.Request is not { Issue: > 0 } request)
            return new ComplaintCommand.AttachPaper(DemoTexts.Mark, 4);
        if (DemoTurns.IsUnheard(s))
            return null;
        if (DemoTurns.IsNeverContent(s) || (s.Reopened == 0 && moment.Chance(6)))
        {
            return new ComplaintCommand.RefuseSignature(
                request.Issue, "演示：问题还没有完全解决。", 2);
        }

        // Many are content, a few are not.
        var satisfaction = moment.Any([5, 5, 5, 4, 4, 4, 3, 2]);
        return new ComplaintCommand.Sign(
            request.Issue, "demo", request.TextHash, DemoTexts.Mark, satisfaction, null);
    }
}
