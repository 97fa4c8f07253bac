using System.Globalization;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Complaints;

/// <summary>The events of a complaint in words. Signing tokens, drawings and scans are left out.</summary>
internal static class ComplaintEvents
{
    /// <summary>Key of the sentence of an event.</summary>
    public static string KeyOf(ComplaintEvent e) => e switch
    {
        ComplaintEvent.Noted { ByResident: true } => "Event.Noted.Resident",
        ComplaintEvent.CallBackRecorded { Reached: false } => "Event.CallBackRecorded.No",
        ComplaintEvent.Escalated { By: null } => "Event.Escalated.System",
        ComplaintEvent.ExtensionAnswered x => x.Agreed ? "Event.ExtensionAnswered.Yes" : "Event.ExtensionAnswered.No",
        ComplaintEvent.LetterDecided x => x.Approved ? "Event.LetterDecided.Yes" : "Event.LetterDecided.No",
        ComplaintEvent.UnreachableDecided x =>
            x.Approved ? "Event.UnreachableDecided.Yes" : "Event.UnreachableDecided.No",
        ComplaintEvent.PaperDecided x => x.Confirmed ? "Event.PaperDecided.Yes" : "Event.PaperDecided.No",
        ComplaintEvent.RecordsChecked x => x.Complete ? "Event.RecordsChecked.Yes" : "Event.RecordsChecked.No",
        ComplaintEvent.Verified x => x.Holds ? "Event.Verified.Yes" : "Event.Verified.No",
        ComplaintEvent.Received { EnteredBy: not null } => "Event.Received.Staff",
        ComplaintEvent.Received { CategoryConfirmed: true } => "Event.Received.Chosen",
        _ => $"Event.{e.GetType().Name}",
    };

    /// <summary>What the sentence has places for.</summary>
    public static (string Key, string? Value)[] Fills(ComplaintEvent e, DeskWords words) => e switch
    {
        ComplaintEvent.Received x =>
        [
            ("channel", words.Name(x.Channel)), ("category", words.Name(x.Category)),
            ("who", words.Person(x.EnteredBy)), ("lead", words.Name(x.Lead)), ("due", words.Time(x.ResolveDue)),
        ],
        ComplaintEvent.NumberVoided x => [("number", x.Number.ToString())],
        ComplaintEvent.Triaged x =>
        [
            ("who", words.Person(x.By)), ("kind", words.Name(x.Kind)), ("category", words.Name(x.Category)),
            ("severity", words.Name(x.Severity)), ("lead", words.Name(x.Lead)), ("due", words.Time(x.ResolveDue)),
        ],
        ComplaintEvent.CallBackRecorded x => [("who", words.Person(x.By)), ("channel", words.Name(x.Channel))],
        ComplaintEvent.Assigned x =>
            [("who", words.Person(x.Handler)), ("unit", words.Name(x.Unit)), ("due", words.Time(x.AcceptDue))],
        ComplaintEvent.Noted x => [("who", words.Person(x.By)), ("channel", words.Name(x.Channel))],
        ComplaintEvent.Declined x => [("who", words.Person(x.By)), ("due", words.Time(x.AssignDue))],
        ComplaintEvent.CooperationAsked x =>
            [("who", words.Person(x.By)), ("unit", words.Name(x.Unit)), ("due", words.Time(x.Due))],
        ComplaintEvent.CooperationGiven x => [("who", words.Person(x.By)), ("unit", words.Name(x.Unit))],
        ComplaintEvent.Escalated x => [("who", words.Person(x.By)), ("due", words.Time(x.InstructDue))],
        ComplaintEvent.Instructed x => [("who", words.Person(x.By))],
        ComplaintEvent.ExtensionTold x => [("who", words.Person(x.By)), ("due", words.Time(x.NewDue))],
        ComplaintEvent.ExtensionAnswered x => [("channel", words.Name(x.Channel)), ("due", words.Time(x.NewDue))],
        ComplaintEvent.LetterDrafted x => [("who", words.Person(x.By)), ("due", words.Time(x.ApproveDue))],
        ComplaintEvent.Resolved x => [("who", words.Person(x.By)), ("due", words.Time(x.SignDue))],
        ComplaintEvent.SignatureRequested x =>
            [("channel", words.Name(x.Channel)), ("due", words.Time(x.Expires))],
        ComplaintEvent.ContactAttempted x => [("who", words.Person(x.By)), ("channel", words.Name(x.Channel))],
        _ => LaterValues(e, words),
    };

    private static (string Key, string? Value)[] LaterValues(ComplaintEvent e, DeskWords words) => e switch
    {
        ComplaintEvent.Signed x =>
            [("way", words[$"Way.{x.Form.Way}"]), ("satisfaction", Number(x.Form.Judgement.Satisfaction()))],
        ComplaintEvent.SignatureRefused x =>
            [("channel", words.Name(x.Channel)), ("due", words.Time(x.ResolveDue))],
        ComplaintEvent.UnreachableProposed x =>
            [("who", words.Person(x.By)), ("decider", words.Who(x.DecidedBy)), ("due", words.Time(x.DecideDue))],
        ComplaintEvent.PaperAttached x => [("who", words.Person(x.Form.By)), ("due", words.Time(x.Form.ConfirmDue))],
        ComplaintEvent.Completed x => [("due", words.Time(x.HandOverDue)), ("follow", words.Time(x.FollowUpDue))],
        ComplaintEvent.FollowedUp x => [("who", words.Person(x.By)), ("channel", words.Name(x.Channel))],
        ComplaintEvent.RecordsHandedOver x => [("who", words.Person(x.By)), ("due", words.Time(x.CheckDue))],
        ComplaintEvent.MisreportProven x => [("who", words.Person(x.By)), ("concerned", words.Person(x.Concerned))],
        ComplaintEvent.Closed x => [("outcome", words.Name(x.Outcome))],
        ComplaintEvent.Withdrawn x => [("channel", words.Name(x.Channel))],
        ComplaintEvent.Joined x => [("who", words.Person(x.By)), ("complaint", x.Lead.ToString())],
        ComplaintEvent.Separated x => [("who", words.Person(x.By)), ("complaint", x.Lead.ToString())],
        ComplaintEvent.FollowerTaken x => [("who", words.Person(x.By)), ("complaint", x.Follower.ToString())],
        ComplaintEvent.FollowerLeft x => [("complaint", x.Follower.ToString())],
        ComplaintEvent.LeadMoved x => [("complaint", x.Lead.ToString()), ("stage", words.Name(x.Stage))],
        _ => [("who", words.Person(ByOf(e)))],
    };

    private static StaffId? ByOf(ComplaintEvent e) => e switch
    {
        ComplaintEvent.Dismissed x => x.By,
        ComplaintEvent.Accepted x => x.By,
        ComplaintEvent.LetterDecided x => x.By,
        ComplaintEvent.UnreachableDecided x => x.By,
        ComplaintEvent.PaperDecided x => x.By,
        ComplaintEvent.RecordsChecked x => x.By,
        ComplaintEvent.RootCauseFound x => x.By,
        ComplaintEvent.ReportsFiled x => x.By,
        ComplaintEvent.Verified x => x.By,
        ComplaintEvent.Answered x => x.By,
        _ => throw new InvalidOperationException($"Event {e.GetType().Name} has no sentence."),
    };

    /// <summary>What was written or said.</summary>
    public static (string Key, string? Value)[] Said(ComplaintEvent e, DeskWords words) => e switch
    {
        ComplaintEvent.NumberVoided x => [("reason", x.Reason)],
        ComplaintEvent.Received { CallBackDue: { } due } => [("callBackDue", words.Time(due))],
        ComplaintEvent.Triaged x => [("reason", x.Reason?.Value)],
        ComplaintEvent.CallBackRecorded x => [("with", x.With.Value), ("said", x.Said.Value)],
        ComplaintEvent.Dismissed x => [("reason", x.Reason)],
        ComplaintEvent.Assigned x => [("reason", x.Reason)],
        ComplaintEvent.Declined x => [("reason", x.Reason.Value)],
        ComplaintEvent.Noted x => [("text", x.Text.Value)],
        ComplaintEvent.CooperationAsked x => [("what", x.What.Value)],
        ComplaintEvent.CooperationGiven x => [("what", x.What.Value)],
        ComplaintEvent.Escalated x => [("reason", x.Reason.Value)],
        ComplaintEvent.Instructed x => [("text", x.Text.Value)],
        ComplaintEvent.ExtensionTold x => [("reason", x.Reason.Value)],
        ComplaintEvent.LetterDrafted x => [("text", x.Text.Value)],
        ComplaintEvent.LetterDecided x => [("comment", x.Comment.Value)],
        ComplaintEvent.Resolved x => [("text", x.Text.Value)],
        ComplaintEvent.ContactAttempted x => [("result", x.Result.Value)],
        ComplaintEvent.Signed x => [("textHash", x.Form.TextHash), ("comment", x.Form.Comment?.Value)],
        ComplaintEvent.SignatureRefused x => [("reason", x.Reason.Value)],
        ComplaintEvent.UnreachableDecided x => [("comment", x.Comment.Value)],
        ComplaintEvent.PaperAttached x => [("scanHash", x.Form.ScanHash)],
        ComplaintEvent.PaperDecided x => [("comment", x.Comment.Value)],
        ComplaintEvent.FollowedUp x => [("opinion", x.Opinion.Value), ("wishes", x.Wishes?.Value)],
        ComplaintEvent.RecordsChecked x => [("reason", x.Reason?.Value)],
        ComplaintEvent.RootCauseFound x => [("cause", x.Cause.Value), ("prevention", x.Prevention.Value)],
        ComplaintEvent.ReportsFiled x => [("corrective", x.Corrective.Value), ("preventive", x.Preventive.Value)],
        ComplaintEvent.Verified x => [("comment", x.Comment.Value)],
        ComplaintEvent.Answered x =>
        [
            ("result", words.Name(x.As)), ("text", x.Text.Value),
            ("praised", x.Praised is { } praised ? words.Person(praised) : null),
        ],
        ComplaintEvent.Withdrawn x => [("reason", x.Reason?.Value)],
        ComplaintEvent.MisreportProven x => [("what", x.What.Value)],
        _ => [],
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
