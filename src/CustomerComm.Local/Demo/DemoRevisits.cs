using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Revisits;

namespace CustomerComm.Local.Demo;

/// <summary>The month's revisits: residents sign by their link, or on paper when somebody called (4.5.3).</summary>
internal sealed class DemoRevisits(RevisitKind revisits, DemoWork work) : IDemoPlay
{
    private readonly DemoTally _tally = new();
    private bool _bad;

    public string Told => $"revisits: {_tally}";

    public async Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct)
    {
        foreach (var owed in await work.OfAsync(moment, "revisit", ct))
        {
            if (!moment.Acts(owed.Due) || await revisits.LoadAsync(owed.Stream, ct) is not { } loaded
                || CommandFor(moment, owed, loaded.State) is not { } command)
            {
                continue;
            }

            var s = loaded.State;
            var by = Obligations.IsReview(owed.Kind)
                ? owed.Other(m => s.Hands.Contains(m.Id)) ?? owed.By
                : owed.By;
            Actor actor = command is RevisitCommand.Sign or RevisitCommand.Decline
                ? new Actor.Resident()
                : new Actor.Staff(by);
            _tally.Take(await revisits.HandleAsync(owed.Stream, command, actor, null, ct));
        }
    }

    private RevisitCommand? CommandFor(DemoMoment moment, DemoObligation owed, Revisit s) => owed.Kind switch
    {
        ObligationKind.Revisit => Answer(moment, s, visits: !s.Worked.Contains(owed.By.Id)),
        ObligationKind.ConfirmSignature => new RevisitCommand.DecideSignature(Confirmed: true, "演示：已电话核实回访单。", "演示住户"),
        ObligationKind.DecideUnreachable => new RevisitCommand.DecideUnreachable(Approved: true, "演示：记录属实。"),
        _ => null,
    };

    private RevisitCommand? Answer(DemoMoment moment, Revisit s, bool visits)
    {
        var judgement = new Judgement(moment.Any([5, 5, 4, 4, 3]), moment.Any([5, 5, 5, 4, 4]), Solved: true);
        if (visits && moment.Chance(12) && moment.Now.AddHours(-1) > s.Item.At)
            return new RevisitCommand.EnterVisit(moment.Now.AddHours(-1), DemoTexts.Mark, judgement, "演示：上门回访。");
        if (!Signing.Opens(s.Request, s.Request.Issue, moment.Now))
            return null;
        if (moment.Chance(3))
            return new RevisitCommand.Decline(s.Request.Issue, "演示：没有时间。");
        if (!_bad || moment.Chance(3))
        {
            _bad = true;
            judgement = new Judgement(2, 1, Solved: false);
        }

        return new RevisitCommand.Sign(
            s.Request.Issue, "demo", s.Request.TextHash, DemoTexts.Mark, judgement,
            judgement.Solved ? "演示：满意。" : "演示：没过几天又坏了。");
    }
}
