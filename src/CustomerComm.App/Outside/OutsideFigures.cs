using CustomerComm.Domain.Outside;

namespace CustomerComm.App.Outside;

/// <summary>Work orders given back for one reason.</summary>
public sealed record ReturnedLine(string Reason, int Count);

/// <summary>A work order of the month.</summary>
public sealed record OutsideReportLine(
    string Number, string Line, string Complaint, string Stage, string Unit, bool Urgent, int Round,
    DateTimeOffset ReceivedThere, DateTimeOffset? ContactDue, DateTimeOffset? ContactedAt, DateTimeOffset ReplyDue,
    DateTimeOffset? RepliedAt, string ReturnReason, bool? Contacted, bool? Resolved, bool? Satisfied);

/// <summary>
/// Work orders that authorities received in a month (4.6.2-2). Those given back are <c>Returned</c> and counted in
/// nothing else. <c>ResponseRate</c>, <c>ResolutionRate</c> and <c>SatisfactionRate</c> are shares, 0 to 1, of the
/// residents who were reached by the independent call-back (<c>Reached</c>) and said that they were contacted, that it is
/// resolved, that they are satisfied; null where nobody was reached. <c>NotReached</c> could not be asked, and
/// <c>ToAsk</c> are not called back yet: they are in no rate.
/// </summary>
public sealed record OutsideFigures(
    int Received, int Returned, int Counted, int Open, int RepliedInTime, int RepliedLate, int Overdue, int ContactedInTime,
    int ContactLate, int SentBack, int Reached, int NotReached, int ToAsk, double? ResponseRate, double? ResolutionRate,
    double? SatisfactionRate, IReadOnlyList<ReturnedLine> Returns, IReadOnlyList<OutsideReportLine> Lines)
{
    /// <summary>Makes them from the rows of the month.</summary>
    public static OutsideFigures Of(IReadOnlyList<OutsideRow> rows, DateTimeOffset now)
    {
        bool Is(OutsideRow r, OutsideStage stage) => r.Stage == stage.ToString();
        var counted = rows.Where(r => !Is(r, OutsideStage.Returned)).ToList();
        var asked = counted.Where(r => r.CalledBackAt is not null).ToList();
        double? Share(Func<OutsideRow, bool?> said) =>
            asked.Count == 0 ? null : Math.Round((double)asked.Count(r => said(r) == true) / asked.Count, 4);
        return new OutsideFigures(
            rows.Count, rows.Count - counted.Count, counted.Count, counted.Count(r => Is(r, OutsideStage.ToReply)),
            counted.Count(r => r.RepliedAt <= r.ReplyDue), counted.Count(r => r.RepliedAt > r.ReplyDue),
            counted.Count(r => r.RepliedAt is null && r.ReplyDue < now),
            counted.Count(r => r.ContactedAt <= r.ContactDue),
            counted.Count(r => r.ContactDue is { } due && (r.ContactedAt ?? now) > due), rows.Count(r => r.Round > 1),
            asked.Count, counted.Count(r => Is(r, OutsideStage.Done) && r.CalledBackAt is null),
            counted.Count(r => Is(r, OutsideStage.ToReply) || Is(r, OutsideStage.ToCallBack)),
            Share(r => r.Contacted), Share(r => r.Resolved), Share(r => r.Satisfied),
            [
                .. rows.Where(r => Is(r, OutsideStage.Returned)).GroupBy(r => r.ReturnReason, StringComparer.Ordinal)
                    .Select(g => new ReturnedLine(g.Key, g.Count())).OrderBy(l => l.Reason, StringComparer.Ordinal),
            ],
            [.. rows.OrderBy(r => r.ReceivedThere).ThenBy(r => r.Number, StringComparer.Ordinal).Select(LineOf)]);
    }

    private static OutsideReportLine LineOf(OutsideRow r) => new(
        r.Number, r.Line, r.Complaint, r.Stage, r.Unit, r.Urgent, r.Round, r.ReceivedThere, r.ContactDue, r.ContactedAt,
        r.ReplyDue, r.RepliedAt, r.ReturnReason, r.Contacted, r.Resolved, r.Satisfied);
}
