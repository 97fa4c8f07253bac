using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Web.Api;

/// <summary>A complaint as its resident may see it: what happened, without who inside said what.</summary>
internal static class StatusView
{
    public static StatusResponse Of(LoadedMatter<Complaint> found, Rules rules)
    {
        var s = found.State;
        var zone = rules.Calendar.Zone;
        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);
        DateTimeOffset? LocalOrNone(DateTimeOffset? at) => at is { } t ? Local(t) : null;
        return new StatusResponse(
            s.Number.ToString(), s.Stage, s.Outcome, s.Category, s.Kind, s.Lead, Local(s.ReceivedAt),
            Local(s.ResolveDue), LocalOrNone(s.Resolution?.At), LocalOrNone(s.SignedAt), LocalOrNone(s.ClosedAt),
            NextStep(s, s.Intake.Language),
            [.. Timeline(found, s.Intake.Language).Select(e => e with { At = Local(e.At) })],
            rules.Directory.LinesOf(s.Community));
    }

    /// <summary>What comes next, in the resident's language.</summary>
    public static string NextStep(Complaint s, Language language) =>
        Texts.Get(s.Extension is not null ? "Next.Extension" : $"Next.{s.Stage}", language);

    /// <summary>The events a resident is shown.</summary>
    public static IEnumerable<TimelineEntry> Timeline(LoadedMatter<Complaint> matter, Language language)
    {
        foreach (var e in matter.Events)
        {
            if (Key(e.Event) is { } key)
                yield return new TimelineEntry(e.At, Texts.Get("Line." + key, language));
        }
    }

    private static string? Key(object e) => e switch
    {
        ComplaintEvent.Received => "Received",
        ComplaintEvent.Triaged { Consent: not null } => "Lowered",
        ComplaintEvent.Triaged => "Triaged",
        ComplaintEvent.Assigned => "Assigned",
        ComplaintEvent.Accepted => "Accepted",
        ComplaintEvent.Noted { ByResident: true } => "YouWrote",
        ComplaintEvent.Escalated => "Escalated",
        ComplaintEvent.Instructed { ResolveDue: not null } => "NewTime",
        ComplaintEvent.Instructed => "Instructed",
        ComplaintEvent.ExtensionTold => "ExtensionTold",
        ComplaintEvent.ExtensionAnswered { Silent: true } x => x.Agreed ? "ExtensionSilent" : "ExtensionUnheard",
        ComplaintEvent.ExtensionAnswered x => x.Agreed ? "ExtensionAgreed" : "ExtensionRefused",
        ComplaintEvent.Resolved => "Resolved",
        ComplaintEvent.Signed => "Signed",
        ComplaintEvent.SignatureRefused => "SignatureRefused",
        ComplaintEvent.UnreachableDecided { Approved: true } => "Unreachable",
        ComplaintEvent.FollowedUp => "FollowedUp",
        ComplaintEvent.Verified v => v.Holds ? "Verified" : "VerifyFailed",
        ComplaintEvent.Answered => "Answered",
        ComplaintEvent.Withdrawn => "Withdrawn",
        ComplaintEvent.Objected => "Objected",
        ComplaintEvent.ObjectionAnswered x => x.Upheld ? "ObjectionUpheld" : "ObjectionRefused",
        ComplaintEvent.FinallyAnswered => "FinallyAnswered",
        ComplaintEvent.RemedyOffered { DecidedBy: null } or ComplaintEvent.RemedyDecided { Approved: true } =>
            "RemedyOffered",
        ComplaintEvent.RemedyGiven => "RemedyGiven",
        ComplaintEvent.Dismissed => "Dismissed",
        ComplaintEvent.Closed => "Closed",
        _ => null,
    };
}
