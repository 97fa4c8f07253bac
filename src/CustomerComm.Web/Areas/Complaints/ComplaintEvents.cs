using System.Globalization;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Measures;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Complaints;

/// <summary>The events of a complaint in words. Signing tokens, drawings and scans are left out.</summary>
internal static class ComplaintEvents
{
    /// <summary>Key of the sentence of an event.</summary>
    public static string KeyOf(ComplaintEvent e) => e switch
    {
        ComplaintEvent.Noted { ByRepresentative: true } => "Event.Noted.Representative",
        ComplaintEvent.Noted { ByResident: true } => "Event.Noted.Resident",
        ComplaintEvent.Signed { Form.As: not null } => "Event.Signed.As",
        ComplaintEvent.SecondOpinionTaken { Opinion: null } => "Event.SecondOpinionTaken.None",
        ComplaintEvent.CallBackRecorded { Reached: false } => "Event.CallBackRecorded.No",
        ComplaintEvent.Escalated { By: null } => "Event.Escalated.System",
        ComplaintEvent.ExtensionAnswered { Silent: true } x =>
            x.Agreed ? "Event.ExtensionAnswered.Silent" : "Event.ExtensionAnswered.Unheard",
        ComplaintEvent.ExtensionAnswered { By: not null } x =>
            x.Agreed ? "Event.ExtensionAnswered.Noted" : "Event.ExtensionAnswered.NotedNo",
        ComplaintEvent.CooperationAsked { By: null } => "Event.CooperationAsked.Routed",
        ComplaintEvent.Triaged { Consent: not null } => "Event.Triaged.Consented",
        ComplaintEvent.Dismissed { Consent: not null } => "Event.Dismissed.Consented",
        ComplaintEvent.FindingProposed { Found: null } => "Event.FindingProposed.Dismiss",
        ComplaintEvent.FindingDecided x => x.Consented ? "Event.FindingDecided.Yes" : "Event.FindingDecided.No",
        ComplaintEvent.Completed { NoContact: true } => "Event.Completed.NoContact",
        ComplaintEvent.RemedyDecided x => x.Approved ? "Event.RemedyDecided.Yes" : "Event.RemedyDecided.No",
        ComplaintEvent.ObjectionAnswered x => x.Upheld ? "Event.ObjectionAnswered.Yes" : "Event.ObjectionAnswered.No",
        ComplaintEvent.ExtensionAnswered x => x.Agreed ? "Event.ExtensionAnswered.Yes" : "Event.ExtensionAnswered.No",
        ComplaintEvent.LetterDecided x => x.Approved ? "Event.LetterDecided.Yes" : "Event.LetterDecided.No",
        ComplaintEvent.UnreachableDecided x =>
            x.Approved ? "Event.UnreachableDecided.Yes" : "Event.UnreachableDecided.No",
        ComplaintEvent.SignatureDecided x => x.Confirmed ? "Event.SignatureDecided.Yes" : "Event.SignatureDecided.No",
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
            ("consent", words.Person(x.Consent)),
        ],
        ComplaintEvent.FindingProposed x =>
        [
            ("who", words.Person(x.By)), ("unit", words.Name(x.DecidedBy)), ("due", words.Time(x.DecideDue)),
            ("kind", x.Found is { } k ? words.Name(k.Kind) : ""), ("category", x.Found is { } f ? words.Name(f.Category) : ""),
            ("severity", x.Found is { } s ? words.Name(s.Severity) : ""),
        ],
        ComplaintEvent.KeeperChanged x => [("unit", words.Name(x.Keeper))],
        ComplaintEvent.StaffNamed x =>
            [("who", string.Join(", ", x.Named.Select(n => words.Person(n)))), ("unit", words.Name(x.Chief))],
        ComplaintEvent.Dismissed x => [("who", words.Person(x.By)), ("consent", words.Person(x.Consent))],
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
        ComplaintEvent.ExtensionAwaited x => [("due", words.Time(x.AnswerBy))],
        ComplaintEvent.LetterFound x => [("who", words.Person(x.By))],
        ComplaintEvent.ExtensionAnswered x =>
        [
            ("who", words.Person(x.By)), ("channel", x.Channel is { } way ? words.Name(way) : ""),
            ("due", words.Time(x.NewDue)),
        ],
        ComplaintEvent.LetterDrafted x => [("who", words.Person(x.By)), ("due", words.Time(x.ApproveDue))],
        ComplaintEvent.Resolved x => [("who", words.Person(x.By)), ("due", words.Time(x.SignDue))],
        ComplaintEvent.SignatureRequested x =>
            [("channel", words.Name(x.Channel)), ("due", words.Time(x.Expires))],
        ComplaintEvent.ContactAttempted x => [("who", words.Person(x.By)), ("channel", words.Name(x.Channel))],
        _ => LaterValues(e, words),
    };

    private static (string Key, string? Value)[] LaterValues(ComplaintEvent e, DeskWords words) => e switch
    {
        ComplaintEvent.SignatureTaken x =>
            [("satisfaction", Number(x.Form.Judgement.Satisfaction())), ("due", words.Time(x.ConfirmDue))],
        ComplaintEvent.Signed x =>
        [
            ("way", words[$"Way.{x.Form.Way}"]), ("satisfaction", Number(x.Form.Judgement.Satisfaction())),
            ("as", x.Form.As is { } by ? Complainants.Text(by, words) : null),
        ],
        ComplaintEvent.SignatureRefused x =>
            [("channel", words.Name(x.Channel)), ("due", words.Time(x.ResolveDue))],
        ComplaintEvent.UnreachableProposed x =>
            [("who", words.Person(x.By)), ("decider", words.Who(x.DecidedBy)), ("due", words.Time(x.DecideDue))],
        ComplaintEvent.PaperAttached x => [("who", words.Person(x.Form.By)), ("due", words.Time(x.Form.ConfirmDue))],
        ComplaintEvent.Completed x => [("due", words.Time(x.VerifyDue))],
        ComplaintEvent.RemedyOffered x =>
        [
            ("who", words.Person(x.By)), ("remedy", words.Name(x.Kind)), ("number", Number(x.Remedy)),
            ("due", words.Time(x.Due)),
        ],
        ComplaintEvent.RemedyDecided x => [("who", words.Person(x.By)), ("number", Number(x.Remedy))],
        ComplaintEvent.RemedyGiven x => [("who", words.Person(x.By)), ("number", Number(x.Remedy))],
        ComplaintEvent.Objected x =>
            [("channel", words.Name(x.Channel)), ("unit", words.Name(x.AnsweredBy)), ("due", words.Time(x.AnswerDue))],
        ComplaintEvent.ConsequenceDecided x => [("who", words.Person(x.By)), ("concerned", words.Person(x.Concerned))],
        ComplaintEvent.FollowedUp x => [("who", words.Person(x.By)), ("channel", words.Name(x.Channel))],
        ComplaintEvent.RecordsHandedOver x => [("who", words.Person(x.By)), ("due", words.Time(x.CheckDue))],
        ComplaintEvent.MisreportProven x => [("who", words.Person(x.By)), ("concerned", words.Person(x.Concerned))],
        ComplaintEvent.Closed x => [("outcome", words.Name(x.Outcome))],
        ComplaintEvent.Withdrawn x => [("channel", words.Name(x.Channel))],
        ComplaintEvent.Joined x => [("who", words.Person(x.By)), ("complaint", x.Lead.ToString())],
        ComplaintEvent.Separated x => [("who", words.Person(x.By)), ("complaint", x.Lead.ToString())],
        ComplaintEvent.FollowerTaken x => [("who", words.Person(x.By)), ("complaint", x.Follower.ToString())],
        ComplaintEvent.FollowerLeft x => [("complaint", x.Follower.ToString())],
        ComplaintEvent.OutsideOrderTaken x =>
        [
            ("line", words.Name(x.Terms.Line)), ("number", x.Terms.Number), ("due", words.Time(x.Terms.ReplyDue)),
        ],
        ComplaintEvent.SecondOpinionTaken { Opinion: { } x } =>
        [
            ("category", words.Name(x.Category)), ("kind", words.Name(x.Kind)), ("severity", words.Name(x.Severity)),
        ],
        ComplaintEvent.SecondOpinionTaken => [],
        ComplaintEvent.LeadMoved x => [("complaint", x.Lead.ToString()), ("stage", words.Name(x.Stage))],
        _ => [("who", words.Person(ByOf(e)))],
    };

    private static StaffId? ByOf(ComplaintEvent e) => e switch
    {
        ComplaintEvent.FindingDecided x => x.By,
        ComplaintEvent.ObjectionAnswered x => x.By,
        ComplaintEvent.FinallyAnswered x => x.By,
        ComplaintEvent.Accepted x => x.By,
        ComplaintEvent.AuthoritySeen x => x.By,
        ComplaintEvent.LetterDecided x => x.By,
        ComplaintEvent.UnreachableDecided x => x.By,
        ComplaintEvent.SignatureDecided x => x.By,
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
        ComplaintEvent.Triaged x => Why(x.Why, x.Reason, words),
        ComplaintEvent.FindingProposed x => Why(x.Why, x.Reason, words),
        ComplaintEvent.FindingDecided x => [("comment", x.Comment?.Value)],
        ComplaintEvent.CallBackRecorded x => [("with", x.With.Value), ("said", x.Said.Value)],
        ComplaintEvent.Dismissed x => Why(x.Why, x.Reason, words),
        ComplaintEvent.ExtensionAnswered x => [("with", x.With?.Value), ("said", x.Said?.Value)],
        ComplaintEvent.Assigned x => [("reason", x.Reason)],
        ComplaintEvent.Declined x => [("reason", x.Reason.Value)],
        ComplaintEvent.Noted x => [("text", x.Text.Value)],
        ComplaintEvent.CooperationAsked x => [("what", x.What?.Value)],
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
        ComplaintEvent.SignatureDecided x => [("with", x.With?.Value), ("comment", x.Comment.Value)],
        ComplaintEvent.FollowedUp x => [("opinion", x.Opinion.Value), ("wishes", x.Wishes?.Value)],
        ComplaintEvent.RecordsChecked x => [("reason", x.Reason?.Value)],
        ComplaintEvent.RootCauseFound x => [("cause", x.Cause.Value), ("prevention", x.Prevention.Value)],
        ComplaintEvent.ReportsFiled x =>
            [("corrective", Report(x.Corrective, words)), ("preventive", Report(x.Preventive, words))],
        ComplaintEvent.Verified x => [("comment", x.Comment.Value)],
        ComplaintEvent.Answered x =>
        [
            ("result", words.Name(x.As)), ("text", x.Text.Value),
            ("praised", x.Praised is { } praised ? words.Person(praised) : null),
        ],
        ComplaintEvent.Withdrawn x => [("reason", x.Reason?.Value)],
        ComplaintEvent.MisreportProven x => [("what", x.What.Value)],
        ComplaintEvent.ConsequenceDecided x => [("what", x.What.Value)],
        ComplaintEvent.AuthoritySeen x => [("what", x.What.Value)],
        _ => SaidAfter(e),
    };

    private static (string Key, string? Value)[] SaidAfter(ComplaintEvent e) => e switch
    {
        ComplaintEvent.RemedyOffered x =>
            [("what", x.What.Value), ("amount", x.Amount?.ToString("0.00", CultureInfo.InvariantCulture))],
        ComplaintEvent.RemedyDecided x => [("comment", x.Comment?.Value)],
        ComplaintEvent.RemedyGiven x => [("evidence", x.Evidence.Value)],
        ComplaintEvent.Objected x => [("reason", x.Reason.Value)],
        ComplaintEvent.ObjectionAnswered x => [("text", x.Text.Value)],
        ComplaintEvent.FinallyAnswered x => [("text", x.Text.Value)],
        _ => [],
    };

    private static (string Key, string? Value)[] Why(FindingReason? why, Personal? reason, DeskWords words) =>
        [("why", why is { } w ? words.Name(w) : null), ("reason", reason?.Value)];

    private static string Report(PlannedMeasure plan, DeskWords words) =>
        $"{plan.What.Value} ({words.Person(plan.Owner)} · {words.Time(plan.Due)})";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
