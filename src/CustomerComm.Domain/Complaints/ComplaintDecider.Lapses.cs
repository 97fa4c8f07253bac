using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Complaints;

/// <content>Lapses and their ladder: whoever owes it, then office manager or head, then the leader.</content>
public static partial class ComplaintDecider
{
    /// <summary>How many times the resident is reminded of the signature.</summary>
    private const int Reminders = 5;

    private static Decision<ComplaintEvent> LapseOverdue(Context c)
    {
        if (c.Actor is not Actor.System)
            return No(RefusalCode.NotYours, "4.6.2-6", "Lapses are recorded by the system alone.");
        var events = new List<ComplaintEvent>();
        foreach (var o in Obligations.Of(c.S))
        {
            if (o.Kind != ObligationKind.AcknowledgeLapse && o.Trigger <= c.Now)
                events.Add(LapseOf(c, o));
        }

        return Yes([.. events]);
    }

    private static ComplaintEvent.Lapsed LapseOf(Context c, Obligation o)
    {
        var ladder = Ladder(c, o);
        var level = (o.Lapse?.Level ?? -1) + 1;
        var top = level >= ladder.Count - 1;
        // At the top there is nobody further to tell: the leader hears of it again every working day.
        var wait = top && level > 0 ? c.Rules.Policy.AfterAcknowledgement : c.Rules.Policy.AcknowledgeLapse;
        return new ComplaintEvent.Lapsed(
            o.Kind, o.Subject, o.Owner, o.Due, level, ladder[Math.Min(level, ladder.Count - 1)], c.Due(wait),
            o.Kind == ObligationKind.ObtainSignature && level < Reminders && SigningChannel(c.S) is not null);
    }

    /// <summary>Whom to tell, in order, without the accused side; never empty.</summary>
    private static List<StaffId> Ladder(Context c, Obligation o)
    {
        var directory = c.Rules.Directory;
        var except = Obligations.IsReview(o.Kind) ? c.S.Handlers : null;
        // A handler who left the company is stood in for by their unit.
        var first = (o.Owner.Staff is { } id ? directory.Find(id) : null)
            ?? Authority.FirstFree(
                o.Owner.Unit ?? c.S.HandlingUnit, c.Community, c.S.Accused, directory, except);
        var ladder = new List<StaffId>();
        if (first is not null)
        {
            ladder.Add(first.Id);
            foreach (var above in directory.Superiors(first, c.Community))
            {
                if (!Authority.IsBarred(c.S, above, directory) && !ladder.Contains(above.Id))
                    ladder.Add(above.Id);
            }
        }

        if (Authority.FirstFree(c.S.Chief, c.Community, c.S.Accused, directory) is { } chief
            && !ladder.Contains(chief.Id))
        {
            ladder.Add(chief.Id);
        }

        return ladder;
    }

    private static Decision<ComplaintEvent> AcknowledgeLapse(Context c, ComplaintCommand.AcknowledgeLapse a)
    {
        var lapse = c.S.Lapses.Find(l => l.Kind == a.Kind && l.Subject == a.Subject);
        if (lapse is null)
            return No(RefusalCode.WrongStage, "4.6.2-6", "Nothing of the kind stands overdue.", "kind");
        var no = c.Staff("4.6.2-6", "the person told", m => m.Id == lapse.Told)
            ?? Optional(a.Comment, "comment", "4.6.2-6");
        if (no is not null)
            return No(no);
        return lapse.Acknowledged
            ? Yes()
            : Yes(new ComplaintEvent.LapseAcknowledged(
                c.Member!.Id, a.Kind, a.Subject, string.IsNullOrWhiteSpace(a.Comment) ? null : new Personal(a.Comment),
                c.Due(c.Rules.Policy.AfterAcknowledgement)));
    }

    private static Decision<ComplaintEvent> ReportFailedMessage(
        Context c, ComplaintCommand.ReportFailedMessage f) =>
        c.Actor is Actor.System
            ? Yes(new ComplaintEvent.MessageFailed(f.MessageId, f.Template, f.To, f.Error))
            : No(RefusalCode.NotYours, "4.6.1-2-G", "Failed messages are reported by the system alone.");
}
