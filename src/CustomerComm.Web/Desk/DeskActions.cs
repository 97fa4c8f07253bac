using System.Collections.Immutable;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Web.Desk;

/// <summary>What can be done at the desk, the usual before the rare.</summary>
public enum DeskAction
{
    /// <summary>Accepts the assignment.</summary>
    Accept,
    /// <summary>Identifies nature and category.</summary>
    Triage,
    /// <summary>Records what was done.</summary>
    Resolve,
    /// <summary>Answers what is no complaint.</summary>
    Answer,
    /// <summary>Says that an enquiry is out of scope, and what to do instead.</summary>
    DeclareOutOfScope,
    /// <summary>Adopts a suggestion or not.</summary>
    DecideSuggestion,
    /// <summary>Thanks for praise and passes it on.</summary>
    PassOnPraise,
    /// <summary>Puts the answer to a letter to the leader.</summary>
    DraftLetter,
    /// <summary>Decides on the answer to a letter.</summary>
    DecideLetter,
    /// <summary>Instructs.</summary>
    Instruct,
    /// <summary>Tells what the unit did.</summary>
    GiveCooperation,
    /// <summary>Notes the resident's answer to an extension.</summary>
    AnswerExtension,
    /// <summary>Records an attempt to reach the resident.</summary>
    RecordAttempt,
    /// <summary>Attaches a signature on paper.</summary>
    AttachPaper,
    /// <summary>Asks to record "unreachable".</summary>
    ProposeUnreachable,
    /// <summary>Decides on it.</summary>
    DecideUnreachable,
    /// <summary>Confirms a signature on paper.</summary>
    DecidePaper,
    /// <summary>Notes the contact after completion.</summary>
    FollowUp,
    /// <summary>Hands the records to quality.</summary>
    HandOverRecords,
    /// <summary>Accepts or returns them.</summary>
    CheckRecords,
    /// <summary>Records cause and prevention.</summary>
    FindRootCause,
    /// <summary>Files both reports.</summary>
    FileReports,
    /// <summary>Verifies the result.</summary>
    Verify,
    /// <summary>Adds a note.</summary>
    Note,
    /// <summary>Tells the resident that it takes longer.</summary>
    TellExtension,
    /// <summary>Asks a unit to cooperate.</summary>
    AskCooperation,
    /// <summary>Puts it to the leader.</summary>
    Escalate,
    /// <summary>Hands it to another unit.</summary>
    HandOver,
    /// <summary>Gives the assignment back.</summary>
    Decline,
    /// <summary>Gives it to a member of staff.</summary>
    Assign,
    /// <summary>There is nothing to handle.</summary>
    Dismiss,
    /// <summary>Acknowledges that something is late.</summary>
    AcknowledgeLapse,
    /// <summary>Records proven misreporting.</summary>
    ProveMisreport,
}

/// <summary>An action that somebody may do now; <paramref name="Due"/> is set where it is theirs to do.</summary>
public sealed record OfferedAction(DeskAction Action, string Subject, DateTimeOffset? Due);

/// <summary>
/// Which actions a person is offered in a case: those the domain would accept from them with plausible input. What is
/// theirs to do comes first, most urgent before others.
/// </summary>
internal static class DeskActions
{
    private const string Plausible = "x";

    public static ImmutableArray<OfferedAction> For(
        LoadedMatter<Complaint> of, StaffMember member, DateTimeOffset now, Rules rules)
    {
        var s = of.State;
        if (!Authority.MayOpen(of.Tracked, member, rules.Directory))
            return [];
        var owed = ComplaintKind.Owed(of).Where(o => Authority.Is(o.Owner, member, s.Community)).ToList();
        var offered = new List<OfferedAction>();
        foreach (var action in Enum.GetValues<DeskAction>())
        {
            foreach (var (subject, command) in Trials(action, s, member, now, rules))
            {
                if (ComplaintMatter.Decide(s, command, new Actor.Staff(member), now, rules)
                    is Decision<ComplaintEvent>.Accepted { Events.IsEmpty: false })
                {
                    offered.Add(new OfferedAction(action, subject, DueOf(action, subject, s, owed)));
                    break;
                }
            }
        }

        offered.AddRange(Lapses(of.Tracked, member));
        return
        [
            .. offered.OrderBy(o => o.Due is null).ThenBy(o => o.Action != DeskAction.Accept)
                .ThenBy(o => o.Due ?? DateTimeOffset.MaxValue).ThenBy(o => o.Action),
        ];
    }

    /// <summary>The subject of a form that acknowledges a lapse: kind and subject.</summary>
    public static string SubjectOf(Lapse lapse) => $"{lapse.Kind}|{lapse.Subject}";

    private static IEnumerable<OfferedAction> Lapses(Tracked<Complaint> of, StaffMember member) =>
        of.Lapses.Where(l => l.Told == member.Id && !l.Acknowledged)
            .Select(l => new OfferedAction(DeskAction.AcknowledgeLapse, SubjectOf(l), l.Next));

    private static DateTimeOffset? DueOf(
        DeskAction action, string subject, Complaint s, List<Obligation> owed)
    {
        var kind = KindOf(action, s);
        return owed.Where(o => o.Kind == kind && (subject.Length == 0 || o.Subject == subject))
            .Select(o => (DateTimeOffset?)o.Due).Min();
    }

    private static ObligationKind? KindOf(DeskAction action, Complaint s) => action switch
    {
        DeskAction.Triage => ObligationKind.Triage,
        DeskAction.Assign => ObligationKind.Assign,
        DeskAction.Accept => ObligationKind.Accept,
        DeskAction.Resolve => ObligationKind.Resolve,
        DeskAction.DraftLetter when s.Letter is null or { Approved: false } => ObligationKind.Resolve,
        DeskAction.Answer or DeskAction.DecideSuggestion or DeskAction.PassOnPraise => ObligationKind.Answer,
        DeskAction.GiveCooperation => ObligationKind.Cooperate,
        DeskAction.Instruct => ObligationKind.Instruct,
        DeskAction.AnswerExtension => ObligationKind.RecordExtensionAnswer,
        DeskAction.DecideLetter => ObligationKind.ApproveLetter,
        DeskAction.RecordAttempt => ObligationKind.ObtainSignature,
        DeskAction.DecideUnreachable => ObligationKind.DecideUnreachable,
        DeskAction.DecidePaper => ObligationKind.ConfirmPaper,
        DeskAction.FollowUp => ObligationKind.FollowUp,
        DeskAction.HandOverRecords => ObligationKind.HandOverRecords,
        DeskAction.CheckRecords => ObligationKind.CheckRecords,
        DeskAction.FindRootCause => ObligationKind.FindRootCause,
        DeskAction.FileReports => ObligationKind.FileReports,
        DeskAction.Verify => ObligationKind.Verify,
        _ => null,
    };

    /// <summary>Commands to try, with the subject of the form; the first that would be accepted is offered.</summary>
    private static IEnumerable<(string Subject, ComplaintCommand Command)> Trials(
        DeskAction action, Complaint s, StaffMember member, DateTimeOffset now, Rules rules) => action switch
        {
            DeskAction.AcknowledgeLapse => [],
            DeskAction.Assign => Others(s, member, rules)
                .Select(m => ("", (ComplaintCommand)new ComplaintCommand.Assign(m.Id, null))),
            DeskAction.HandOver => Enum.GetValues<Unit>()
                .Select(u => ("", (ComplaintCommand)new ComplaintCommand.HandOver(u, Plausible))),
            DeskAction.AskCooperation => Enum.GetValues<Unit>()
                .Select(u => ("", (ComplaintCommand)new ComplaintCommand.AskCooperation(u, Plausible))),
            DeskAction.ProveMisreport => Others(s, member, rules)
                .Select(m => ("", (ComplaintCommand)new ComplaintCommand.ProveMisreport(m.Id, Plausible))),
            _ => [("", Trial(action, s, now))],
        };

    private static IEnumerable<StaffMember> Others(Complaint s, StaffMember member, Rules rules) =>
        rules.Directory.Staff.Where(m =>
            m.Id != member.Id && m.Id != s.Handler && (m.Community is null || m.Community == s.Community));

    private static string Approved(Complaint s) =>
        s.Letter is { Approved: true } letter ? letter.Text.Value : Plausible;

    private static ComplaintCommand Trial(DeskAction action, Complaint s, DateTimeOffset now) => action switch
    {
        DeskAction.Accept => new ComplaintCommand.Accept(),
        DeskAction.Triage => new ComplaintCommand.Triage(
            s.Kind, s.Category, s.Also, s.Severity == Severity.Major ? Severity.Ordinary : Severity.Major, s.Accused,
            null),
        DeskAction.Resolve => new ComplaintCommand.Resolve(
            s.Letter is { Approved: true } letter ? letter.Text.Value : Plausible),
        DeskAction.Answer => new ComplaintCommand.Answer(Plausible),
        DeskAction.DeclareOutOfScope => new ComplaintCommand.DeclareOutOfScope(Plausible),
        DeskAction.DecideSuggestion => new ComplaintCommand.DecideSuggestion(true, Approved(s), false),
        DeskAction.PassOnPraise => new ComplaintCommand.PassOnPraise(null, Approved(s)),
        DeskAction.DraftLetter => new ComplaintCommand.DraftLetter(Plausible),
        DeskAction.DecideLetter => new ComplaintCommand.DecideLetter(true, ""),
        DeskAction.Instruct => new ComplaintCommand.Instruct(Plausible, null),
        DeskAction.GiveCooperation => new ComplaintCommand.GiveCooperation(Plausible),
        DeskAction.AnswerExtension => new ComplaintCommand.AnswerExtension(true, Channel.Phone),
        DeskAction.RecordAttempt => new ComplaintCommand.RecordAttempt(Channel.Phone, Plausible),
        DeskAction.AttachPaper => new ComplaintCommand.AttachPaper(Plausible, 5),
        DeskAction.ProposeUnreachable => new ComplaintCommand.ProposeUnreachable(),
        DeskAction.DecideUnreachable => new ComplaintCommand.DecideUnreachable(false, Plausible),
        DeskAction.DecidePaper => new ComplaintCommand.DecidePaper(false, Plausible),
        DeskAction.FollowUp => new ComplaintCommand.FollowUp(Channel.Phone, Plausible, null),
        DeskAction.HandOverRecords => new ComplaintCommand.HandOverRecords(),
        DeskAction.CheckRecords => new ComplaintCommand.CheckRecords(false, Plausible),
        DeskAction.FindRootCause => new ComplaintCommand.FindRootCause(Plausible, Plausible),
        DeskAction.FileReports => new ComplaintCommand.FileReports(Plausible, Plausible),
        DeskAction.Verify => new ComplaintCommand.Verify(false, Plausible),
        DeskAction.Note => new ComplaintCommand.Note(Channel.Phone, Plausible),
        DeskAction.TellExtension => new ComplaintCommand.TellExtension(
            (s.ResolveDue > now ? s.ResolveDue : now).AddHours(1), Plausible),
        DeskAction.Escalate => new ComplaintCommand.Escalate(Plausible),
        DeskAction.Decline => new ComplaintCommand.Decline(Plausible),
        DeskAction.Dismiss => new ComplaintCommand.Dismiss(Plausible),
        _ => throw new InvalidOperationException($"Action {action} is tried otherwise."),
    };
}
