using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Measures;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using ComplaintAct = CustomerComm.Web.Matters.Act<
    CustomerComm.Domain.Complaints.Complaint, CustomerComm.Domain.Complaints.ComplaintCommand>;
using On = CustomerComm.Web.Matters.Sight<CustomerComm.Domain.Complaints.Complaint>;

namespace CustomerComm.Web.Areas.Complaints;

/// <summary>What can be done with a complaint at the desk, the usual before the rare.</summary>
internal static class ComplaintActs
{
    /// <summary>All of them; <paramref name="suggested"/> is what the service catalogue answers, to begin from.</summary>
    public static ImmutableArray<ComplaintAct> All(Func<Complaint, string> suggested) =>
        [.. Handling(), .. Answering(suggested), .. Deciding(), .. Signing(), .. Recording(), .. Remedies(), .. Rare()];

    private static IEnumerable<ComplaintAct> Handling() =>
    [
        new(
            "RecordCallBack",
            (_, f) => [f.Spoken(), f.YesNo("reached", "reached"), f.Line("with"), f.Area("said")],
            (_, a) => new ComplaintCommand.RecordCallBack(
                a.Named<Channel>("channel"), a.Yes("reached"), a.Text("with"), a.Text("said")))
        {
            Settles = ObligationKind.DangerCallBack,
            Clause = "4.6.2-6",
        },
        new("Accept", _ => new ComplaintCommand.Accept()) { Settles = ObligationKind.Accept },
        new("Triage", TriageFields, ReadTriage)
        {
            Settles = ObligationKind.Triage,
            Trials = on => [new Trial<ComplaintCommand>(OtherFinding(on.State))],
        },
        new(
            "Resolve", (on, f) => [f.Area("text", present: Approved(on.State) ?? "")],
            (_, a) => new ComplaintCommand.Resolve(a.Text("text")))
        {
            Settles = ObligationKind.Resolve,
            Trials = on => [new Trial<ComplaintCommand>(new ComplaintCommand.Resolve(Approved(on.State) ?? "x"))],
        },
    ];

    private static IEnumerable<ComplaintAct> Answering(Func<Complaint, string> suggested) =>
    [
        new(
            "Answer", (on, f) => [f.Area("text", present: Approved(on.State) ?? suggested(on.State))],
            (_, a) => new ComplaintCommand.Answer(a.Text("text"))) { Settles = ObligationKind.Answer },
        new(
            "DeclareOutOfScope", (on, f) => [f.Area("text", present: Approved(on.State) ?? "")],
            (_, a) => new ComplaintCommand.DeclareOutOfScope(a.Text("text"))),
        new(
            "DecideSuggestion",
            (on, f) => [
                f.Decision(), f.Area("reason", present: Approved(on.State) ?? ""),
                f.Checks("aboutCommunication", [new DeskChoice("yes", on.Words["Choice.aboutCommunication"])])],
            (_, a) => new ComplaintCommand.DecideSuggestion(
                a.Yes("decision"), a.Text("reason"), !a.All("aboutCommunication").IsEmpty))
        {
            Settles = ObligationKind.Answer,
            Trials = on =>
            [
                new Trial<ComplaintCommand>(
                    new ComplaintCommand.DecideSuggestion(true, Approved(on.State) ?? "x", false)),
            ],
        },
        new(
            "PassOnPraise",
            (on, f) => [
                f.Staff("praised", on.People, required: false),
                f.Area("text", present: Approved(on.State) ?? on.Words["Praise.Thanks"])],
            (_, a) => new ComplaintCommand.PassOnPraise(a.StaffOrNone("praised"), a.Text("text")))
        {
            Settles = ObligationKind.Answer,
            Trials = on =>
                [new Trial<ComplaintCommand>(new ComplaintCommand.PassOnPraise(null, Approved(on.State) ?? "x"))],
        },
        new(
            "DraftLetter", (on, f) => [f.Area("text", present: on.State.Letter?.Text.Value ?? "")],
            (_, a) => new ComplaintCommand.DraftLetter(a.Text("text"))) { Settles = ObligationKind.Resolve },
    ];

    private static IEnumerable<ComplaintAct> Deciding() =>
    [
        new(
            "DecideLetter", (_, f) => [f.Decision(), f.Area("comment", required: false)],
            (_, a) => new ComplaintCommand.DecideLetter(a.Yes("decision"), a.Text("comment")))
        {
            Settles = ObligationKind.ApproveLetter,
        },
        new(
            "Instruct", (_, f) => [f.Area("text"), f.Time("wantedBy", required: false)],
            (_, a) => new ComplaintCommand.Instruct(a.Text("text"), a.TimeOrNone("wantedBy")))
        {
            Settles = ObligationKind.Instruct,
            Clause = "4.6.2-6",
        },
        new(
            "GiveCooperation", (_, f) => [f.Area("what")],
            (_, a) => new ComplaintCommand.GiveCooperation(a.Text("what")))
        {
            Settles = ObligationKind.Cooperate,
        },
        new(
            "AnswerExtension",
            (_, f) => [f.Decision(), f.Spoken(), f.Line("with"), f.Area("said")],
            (_, a) => new ComplaintCommand.AnswerExtension(
                a.Yes("decision"), a.Named<Channel>("channel"), a.Text("with"), a.Text("said")))
        {
            Settles = ObligationKind.RecordExtensionAnswer,
            // A "no" may be noted by whoever handles it, a "yes" by a second person only.
            Trials = _ =>
            [
                new Trial<ComplaintCommand>(new ComplaintCommand.AnswerExtension(false, Channel.Phone, "x", "x")),
                new Trial<ComplaintCommand>(new ComplaintCommand.AnswerExtension(true, Channel.Phone, "x", "x")),
            ],
        },
        new(
            "DecideFinding", (_, f) => [f.Decision(), f.Area("comment", required: false)],
            (_, a) => new ComplaintCommand.DecideFinding(a.Yes("decision"), a.TextOrNone("comment")))
        {
            Settles = ObligationKind.ConsentFinding,
            Clause = "4.6.2-1",
        },
        new(
            "AnswerObjection", (_, f) => [f.Decision(), f.Area("text")],
            (_, a) => new ComplaintCommand.AnswerObjection(a.Yes("decision"), a.Text("text")))
        {
            Settles = ObligationKind.AnswerObjection,
            Clause = "4.6.1-2-G",
        },
    ];

    private static IEnumerable<ComplaintAct> Remedies() =>
    [
        new(
            "OfferRemedy",
            (_, f) => [f.Select("remedy", f.Names<RemedyKind>()), f.Area("what"), f.Line("amount", required: false)],
            (_, a) => new ComplaintCommand.OfferRemedy(a.Named<RemedyKind>("remedy"), a.Text("what"), a.MoneyOrNone("amount")))
        {
            Clause = "4.6.1-2-D",
            Trials = _ => [new Trial<ComplaintCommand>(new ComplaintCommand.OfferRemedy(RemedyKind.Apology, "x", null))],
        },
        new(
            "DecideRemedy", (_, f) => [f.Decision(), f.Area("comment", required: false)],
            (_, a) => new ComplaintCommand.DecideRemedy(NumberOf(a.Subject), a.Yes("decision"), a.TextOrNone("comment")))
        {
            Settles = ObligationKind.ApproveRemedy,
            Clause = "4.6.1-2-D",
            Trials = on => on.State.Remedies.Where(r => r.Approved is null).Select(r => new Trial<ComplaintCommand>(
                new ComplaintCommand.DecideRemedy(r.Number, true, null), Subject(r.Number), AboutOf(on, r))),
        },
        new(
            "GiveRemedy", (_, f) => [f.Area("evidence")],
            (_, a) => new ComplaintCommand.GiveRemedy(NumberOf(a.Subject), a.Text("evidence")))
        {
            Settles = ObligationKind.GiveRemedy,
            Clause = "4.6.1-2-D",
            Trials = on => on.State.Remedies.Where(r => !r.Given).Select(r => new Trial<ComplaintCommand>(
                new ComplaintCommand.GiveRemedy(r.Number, "x"), Subject(r.Number), AboutOf(on, r))),
        },
        new(
            "DecideConsequence", (_, f) => [f.Area("what")],
            (_, a) => new ComplaintCommand.DecideConsequence(new StaffId(a.Subject), a.Text("what")))
        {
            Settles = ObligationKind.DecideConsequence,
            Clause = "4.6.1-2-G",
            Trials = on => on.State.Misreports.Select(m => new Trial<ComplaintCommand>(
                new ComplaintCommand.DecideConsequence(m.Concerned, "x"), m.Concerned.Value, on.Words.Person(m.Concerned))),
        },
        new("AnswerFinally", (_, f) => [f.Area("text")], (_, a) => new ComplaintCommand.AnswerFinally(a.Text("text")))
        {
            Danger = true,
            Clause = "4.6.1-3",
        },
    ];

    private static string Subject(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int NumberOf(string subject) =>
        int.TryParse(subject, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string AboutOf(On on, Remedy r) => r.Amount is { } amount
        ? string.Create(CultureInfo.InvariantCulture, $"{on.Words.Name(r.Kind)} {amount:0.00}")
        : on.Words.Name(r.Kind);

    private static IEnumerable<ComplaintAct> Signing() =>
    [
        new(
            "RecordAttempt", (_, f) => [f.Attempt(), f.Area("result")],
            (_, a) => new ComplaintCommand.RecordAttempt(a.Named<Channel>("channel"), a.Text("result")))
        {
            Settles = ObligationKind.ObtainSignature,
            Hint = on => on.State.Request?.Issue is null or 0 ? "Hint.RecordAttempt.NoLink" : "Hint.RecordAttempt",
        },
        new(
            "AttachPaper",
            (on, f) =>
            [
                f.Image("scan"), f.Radio("satisfaction", Satisfactions(on.Words)),
                .. on.State.AuthorityHolds is null ? Array.Empty<DeskField>()
                    : [f.Checks("byRepresentative", [new DeskChoice("yes", on.Words["Choice.byRepresentative"])])],
            ],
            (_, a) => new ComplaintCommand.AttachPaper(
                a.Scan("scan"), a.Number("satisfaction"), !a.All("byRepresentative").IsEmpty))
        {
            Clause = "4.6.2-4",
        },
        new("SeeAuthority", (_, f) => [f.Line("what")], (_, a) => new ComplaintCommand.SeeAuthority(a.Text("what")))
        {
            Clause = "4.6.2-4",
        },
        new("ProposeUnreachable", _ => new ComplaintCommand.ProposeUnreachable()),
        new(
            "DecideUnreachable", (_, f) => [f.Decision(), f.Area("comment", required: false)],
            (_, a) => new ComplaintCommand.DecideUnreachable(a.Yes("decision"), a.Text("comment")))
        {
            Settles = ObligationKind.DecideUnreachable,
        },
        new(
            "DecideSignature", (_, f) => [f.Decision(), f.Line("with", required: false), f.Area("comment")],
            (_, a) => new ComplaintCommand.DecideSignature(a.Yes("decision"), a.Text("comment"), a.TextOrNone("with")))
        {
            Settles = ObligationKind.ConfirmSignature,
            Trials = _ => [new Trial<ComplaintCommand>(new ComplaintCommand.DecideSignature(true, "x", "x"))],
        },
    ];

    private static IEnumerable<ComplaintAct> Recording() =>
    [
        new(
            "FollowUp", (_, f) => [f.Way(), f.Area("opinion"), f.Area("wishes", required: false)],
            (_, a) => new ComplaintCommand.FollowUp(
                a.Named<Channel>("channel"), a.Text("opinion"), a.TextOrNone("wishes")))
        {
            Settles = ObligationKind.FollowUp,
        },
        new("HandOverRecords", _ => new ComplaintCommand.HandOverRecords())
        {
            Settles = ObligationKind.HandOverRecords,
        },
        new(
            "CheckRecords", (_, f) => [f.Decision(), f.Area("reason", required: false)],
            (_, a) => new ComplaintCommand.CheckRecords(a.Yes("decision"), a.TextOrNone("reason")))
        {
            Settles = ObligationKind.CheckRecords,
        },
        new(
            "FindRootCause", (_, f) => [f.Area("cause"), f.Area("prevention")],
            (_, a) => new ComplaintCommand.FindRootCause(a.Text("cause"), a.Text("prevention")))
        {
            Settles = ObligationKind.FindRootCause,
        },
        new(
            "FileReports", (on, f) => [.. Report("corrective", on, f), .. Report("preventive", on, f)],
            (_, a) => new ComplaintCommand.FileReports(ReadReport("corrective", a), ReadReport("preventive", a)))
        {
            Settles = ObligationKind.FileReports,
            Clause = "4.6.2-5",
            Trials = on => [new Trial<ComplaintCommand>(new ComplaintCommand.FileReports(AReport(on), AReport(on)))],
        },
        new(
            "Verify", (_, f) => [f.Decision(), f.Area("comment")],
            (_, a) => new ComplaintCommand.Verify(a.Yes("decision"), a.Text("comment")))
        {
            Settles = ObligationKind.Verify,
            // That it does not hold can be said before all that is needed to say that it does.
            Trials = _ =>
            [
                new Trial<ComplaintCommand>(new ComplaintCommand.Verify(true, "x")),
                new Trial<ComplaintCommand>(new ComplaintCommand.Verify(false, "x")),
            ],
        },
        new(
            "Note", (_, f) => [f.Way(), f.Area("text")],
            (_, a) => new ComplaintCommand.Note(a.Named<Channel>("channel"), a.Text("text"))),
    ];

    private static IEnumerable<ComplaintAct> Rare() =>
    [
        new(
            "TellExtension", (_, f) => [f.Time("newDue"), f.Area("reason")],
            (_, a) => new ComplaintCommand.TellExtension(a.Time("newDue"), a.Text("reason")))
        {
            Clause = "4.6.2-6",
            Known = new Dictionary<string, string>(StringComparer.Ordinal) { ["wantedBy"] = "newDue" },
            Trials = on => [new Trial<ComplaintCommand>(new ComplaintCommand.TellExtension(
                (on.State.ResolveDue > on.Now ? on.State.ResolveDue : on.Now).AddHours(1), "x"))],
        },
        new(
            "AskCooperation", (on, f) => [Units(on, f), f.Area("what")],
            (_, a) => new ComplaintCommand.AskCooperation(a.Named<Unit>("unit"), a.Text("what")))
        {
            Trials = _ => Enum.GetValues<Unit>()
                .Select(u => new Trial<ComplaintCommand>(new ComplaintCommand.AskCooperation(u, "x"))),
        },
        new("TreatAsLetter", _ => new ComplaintCommand.TreatAsLetter()) { Clause = "4.6.1-2-E" },
        new("Escalate", (_, f) => [f.Area("reason")], (_, a) => new ComplaintCommand.Escalate(a.Text("reason"))),
        new(
            "HandOver", (on, f) => [Units(on, f), f.Area("reason")],
            (_, a) => new ComplaintCommand.HandOver(a.Named<Unit>("unit"), a.Text("reason")))
        {
            Trials = _ => Enum.GetValues<Unit>()
                .Select(u => new Trial<ComplaintCommand>(new ComplaintCommand.HandOver(u, "x"))),
        },
        new("Decline", (_, f) => [f.Area("reason")], (_, a) => new ComplaintCommand.Decline(a.Text("reason")))
        {
            Danger = true,
        },
        new(
            "Assign",
            (on, f) => [
                f.Staff("handler", Free(on).Where(m => m.Id != on.State.Handler)), f.Area("reason", required: false)],
            (_, a) => new ComplaintCommand.Assign(a.Staff("handler"), a.TextOrNone("reason")))
        {
            Settles = ObligationKind.Assign,
            Clause = "4.6.2-3",
            Trials = on => Others(on).Select(m => new Trial<ComplaintCommand>(new ComplaintCommand.Assign(m.Id, null))),
        },
        new(
            "Dismiss", (_, f) => [f.Select("why", f.Names<FindingReason>()), f.Area("reason")],
            (_, a) => new ComplaintCommand.Dismiss(a.Named<FindingReason>("why"), a.Text("reason")))
        {
            Danger = true,
        },
        new(
            "ProveMisreport",
            (on, f) => [f.Staff("concerned", on.People.Where(m => m.Id != on.Member.Id)), f.Area("what")],
            (_, a) => new ComplaintCommand.ProveMisreport(a.Staff("concerned"), a.Text("what")))
        {
            Danger = true,
            Clause = "4.6.2-3",
            Trials = on =>
                Others(on).Select(m => new Trial<ComplaintCommand>(new ComplaintCommand.ProveMisreport(m.Id, "x"))),
        },
    ];

    /// <summary>A report says what is to be done, by whom, and by when.</summary>
    private static IEnumerable<DeskField> Report(string report, On on, FormFields f) =>
        [f.Area(report), f.Staff($"{report}Owner", Free(on)), f.Time($"{report}Due")];

    private static PlannedMeasure ReadReport(string report, Answers a) =>
        new(new Personal(a.Text(report)), a.Staff($"{report}Owner"), a.Time($"{report}Due"));

    private static PlannedMeasure AReport(On on) => new(new Personal("x"), on.Member.Id, on.Now.AddHours(1));

    private static IEnumerable<DeskField> TriageFields(On on, FormFields f) =>
    [
        f.Select("kind", f.Names<Nature>(), on.State.Kind.ToString()),
        f.Select("category", f.Names<Category>(), on.State.Category.ToString()),
        f.Select("severity", f.Names<Severity>(), on.State.Severity.ToString()),
        f.Checks("also", f.Names<Category>(), [.. on.State.Also.Select(c => c.ToString())]),
        f.Staff("accused", on.People, required: false, on.State.Accused?.Value ?? ""),
        f.Staff("handler", Free(on), required: false),
        // Only to make less of it needs words for why.
        f.Select("why", f.Names<FindingReason>(), required: false),
        f.Area("reason", required: false),
    ];

    /// <summary>Another finding than stands that makes no less of it, for that may have to wait.</summary>
    private static ComplaintCommand.Triage OtherFinding(Complaint s) => new(
        s.Kind, s.Category, s.Also.Contains(Category.Other) ? s.Also.Remove(Category.Other) : s.Also.Add(Category.Other),
        s.Severity, s.Accused, null);

    private static ComplaintCommand.Triage ReadTriage(On on, Answers a)
    {
        var chief = a.Named<Category>("category");
        return new ComplaintCommand.Triage(
            a.Named<Nature>("kind"), chief,
            [.. a.AllNamed<Category>("also").Where(c => c != chief).Distinct().Order()], a.Named<Severity>("severity"),
            a.StaffOrNone("accused"), a.StaffOrNone("handler"), a.TextOrNone("reason"), a.NamedOrNone<FindingReason>("why"));
    }

    private static DeskField Units(On on, FormFields f) => f.Select(
        "unit", f.Names<Unit>().Where(u => u.Value != on.State.HandlingUnit.ToString()));

    private static IEnumerable<DeskChoice> Satisfactions(DeskWords words) =>
        Enumerable.Range(1, 5).Reverse().Select(i => i.ToString(CultureInfo.InvariantCulture))
            .Select(i => new DeskChoice(i, words[$"Satisfaction.{i}"]));

    private static IEnumerable<StaffMember> Others(On on) =>
        on.People.Where(m => m.Id != on.Member.Id && m.Id != on.State.Handler);

    private static IEnumerable<StaffMember> Free(On on) =>
        on.People.Where(m => !Authority.IsBarred(on.State, m, on.Rules.Directory));

    private static string? Approved(Complaint s) => s.Letter is { Approved: true } l ? l.Text.Value : null;
}
