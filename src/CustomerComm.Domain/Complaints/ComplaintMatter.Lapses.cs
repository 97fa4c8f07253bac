using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Complaints;

/// <content>Lapses and their ladder: whoever owes it, then office manager or head, then the leader.</content>
public static partial class ComplaintMatter
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
        var ladder = LadderOf(c, o);
        var rung = Ladder.Next(ladder, o.Lapse, c.Rules.Policy);
        return new ComplaintEvent.Lapsed(
            o.Kind, o.Subject, o.Owner, o.Due, rung.Level, rung.Told, c.Due(rung.Wait),
            o.Kind == ObligationKind.ObtainSignature && rung.Level < Reminders && SigningChannel(c.S) is not null);
    }

    private static IReadOnlyList<StaffId> LadderOf(Context c, Obligation o) => Ladder.Of(
        o.Owner, c.Community, c.S.HandlingUnit, c.S.Chief, c.S.Accused, c.Rules.Directory,
        Duties.IsReview(o.Kind) ? c.S.Handlers : null);

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
