using System.Globalization;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Complaints;

/// <content>Whom an event must be told to, from the event and the state it led to alone.</content>
public sealed partial class ComplaintMatter
{
    private const int ShortRoom = 20;

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(ComplaintEvent e, Complaint state, Rules rules) =>
        WithRepresentative(ToAll(e, state, rules), state);

    private static IEnumerable<MatterMessage> ToAll(ComplaintEvent e, Complaint state, Rules rules)
    {
        var (s, directory) = (state, rules.Directory);
        return e switch
        {
            ComplaintEvent.Received r => OnReceived(r, s, directory),
            ComplaintEvent.Assigned a => [ToStaff("Assignment", Party.Of(a.Handler), Text(s.Intake.Text))],
            ComplaintEvent.Accepted => [ToResident("HandlerFound", s)],
            ComplaintEvent.Declined d =>
                [ToStaff("HandlerWanted", Authority.HeadOf(s, directory), Text(d.Reason))],
            ComplaintEvent.Triaged t => OnTriaged(t, s),
            ComplaintEvent.FindingProposed p => [ToJudge("FindingToDecide", Party.Of(p.DecidedBy))],
            ComplaintEvent.FindingDecided { Consented: false } d => [ToStaff("FindingRefused", s.Responsible, Text(d.Comment))],
            ComplaintEvent.Dismissed d => [ToResident(
                "Dismissed", s, ("why", new Word.Named(d.Why)), Text(d.Reason))],
            // Whoever is about to call back somebody in danger hears every word of it, staff's too.
            ComplaintEvent.Noted n when s.CallBackDue is not null =>
                new[] { s.Responsible, Party.Of(s.CallBackBy) }.Distinct().Where(p => p.Staff != n.By || n.By is null)
                    .Select(p => ToStaff("DangerNoted", p, Text(n.Text))),
            ComplaintEvent.Noted { ByResident: true } n when s.Open =>
                [ToStaff("ResidentWrote", s.Responsible, Text(n.Text))],
            ComplaintEvent.CooperationAsked { What: { } what } c => [ToStaff(
                "CooperationOwed", Party.Of(c.Unit), Text(what), ("coopdue", new Word.At(c.Due)))],
            ComplaintEvent.CooperationAsked c => [ToStaff(
                "CooperationRouted", Party.Of(c.Unit), Text(s.Intake.Text), ("coopdue", new Word.At(c.Due)))],
            ComplaintEvent.CooperationGiven c => [ToStaff("CooperationGiven", s.Responsible, Text(c.What))],
            ComplaintEvent.Escalated x => [ToJudge("InstructionOwed", Party.Of(x.DecidedBy), Text(x.Reason))],
            ComplaintEvent.Instructed i => s.ToldDue is { } told && told == i.ResolveDue
                ? [ToStaff("Instructed", s.Responsible, Text(i.Text)), ToResident("NewTime", s, ("newtime", new Word.At(told)))]
                : [ToStaff("Instructed", s.Responsible, Text(i.Text))],
            ComplaintEvent.ExtensionTold x =>
                [ToResident("ExtensionTold", s, Text(x.Reason), ("answerby", new Word.At(x.AnswerBy)))],
            ComplaintEvent.ExtensionAnswered x => [ToStaff(
                "ExtensionAnswered", s.Responsible, ("text", new Word.Known(
                    x is { Silent: true, Agreed: false } ? "Word.NotReached" : x.Agreed ? "Word.Agreed" : "Word.NotAgreed")))],
            ComplaintEvent.LetterDrafted l => [ToJudge("LetterToApprove", Party.Of(l.DecidedBy))],
            ComplaintEvent.LetterDecided l =>
                [ToStaff(l.Approved ? "LetterApproved" : "LetterRefused", s.Responsible, Text(l.Comment))],
            ComplaintEvent.Answered a => OnAnswered(a, s, directory),
            ComplaintEvent.Withdrawn => [ToResident("Withdrawn", s), ToStaff("WithdrawnByResident", s.Responsible)],
            ComplaintEvent.MisreportProven m => [new MatterMessage(
                "Misreported", new Recipient.Staff(Party.Of(m.Concerned), Personally: true), [])],
            ComplaintEvent.ConsequenceDecided d => [new MatterMessage(
                "ConsequenceDecided", new Recipient.Staff(Party.Of(d.Concerned), Personally: true), [Text(d.What)])],
            ComplaintEvent.AuthoritySeen => OnAuthoritySeen(s),
            ComplaintEvent.StaffNamed n => [ToStaff("StaffNamed", Party.Of(n.Chief))],
            ComplaintEvent.Joined => [ToResident("JoinedToLead", s)],
            ComplaintEvent.Separated => [ToResident("HandledAlone", s)],
            ComplaintEvent.LeadMoved m => [ToResident(
                "LeadMoved", s, ("leadstage", new Word.Named(m.Stage)), ("leaddue", new Word.At(m.ResolveDue)))],
            _ => OnEnding(e, s, directory),
        };
    }

    /// <summary>The resident hears when it is called something else than they said, or less than it was.</summary>
    private static IEnumerable<MatterMessage> OnTriaged(ComplaintEvent.Triaged t, Complaint s)
    {
        if (s.Stage == Stage.Answering)
            yield return ToStaff("AnswerOwed", s.Responsible);
        var (was, less) = (t.Was!, t.Consent is not null);
        if (less && was.Kind != t.Kind)
            yield return ToResident("KindChanged", s, ("why", new Word.Named(t.Why!.Value)), Text(t.Reason));
        else if (less && Weight(t.Severity) < Weight(was.Severity))
            yield return ToResident("SeverityLowered", s, ("why", new Word.Named(t.Why!.Value)), Text(t.Reason));

        // What they chose themselves, or what another had to consent to, is not called otherwise unseen.
        if ((s.Intake.CategoryConfirmed && (t.Category != s.Intake.Category || s.Intake.Also.Except(t.Also).Any()))
            || (less && (t.Category != was.Category || was.Also.Except(t.Also).Any())))
        {
            yield return ToResident("CategoryChanged", s);
        }
        else if (Natures.HandledAsComplaint(t.Kind) && !Natures.HandledAsComplaint(s.Intake.Kind))
        {
            yield return ToResident("NowComplaint", s);
        }
    }

    /// <inheritdoc/>
    public static Word? WordOf(Complaint state, string name)
    {
        var s = state;
        return name switch
        {
            "code" => new Word.Plain(s.Number.ShortCode),
            "lead" => new Word.Named(s.Lead),
            "unit" => new Word.Named(s.HandlingUnit),
            "handler" => s.Handler is { } h ? new Word.Who(Party.Of(h)) : new Word.Plain(""),
            "category" => new Word.Named(s.Category),
            "kind" => new Word.Named(s.Kind),
            "severity" => new Word.Named(s.Severity),
            "room" => s.Intake.Contact.Room is { } room
                ? new Word.Plain(room.Value, ShortRoom) : new Word.Known("Word.Unknown"),
            "due" => new Word.At(s.ResolveDue),
            "triagedue" => new Word.At(s.Intake.TriageDue),
            "acceptdue" => new Word.At(s.AcceptDue),
            "newdue" => Time(s.Extension?.NewDue),
            "instructdue" => Time(s.InstructDue),
            "letterdue" => Time(s.Letter?.ApproveDue),
            "followdue" => Time(s.Records?.FollowUpDue),
            "handoverdue" => Time(s.Records?.HandOverDue),
            "verifydue" => Time(s.Completion?.VerifyDue),
            "satisfaction" => s.Signature is { } g
                ? new Word.Plain(g.Judgement.Satisfaction().ToString(CultureInfo.InvariantCulture))
                : new Word.Known("Word.NoSatisfaction"),
            "leadcomplaint" => new Word.Plain(s.LeadComplaint?.ToString() ?? ""),
            _ => null,
        };
    }

    private static Word Time(DateTimeOffset? at) => at is { } t ? new Word.At(t) : new Word.Plain("");

    private static IEnumerable<MatterMessage> OnReceived(
        ComplaintEvent.Received r, Complaint s, CompanyDirectory directory)
    {
        if (r.CallBackDue is { } callBack)
        {
            foreach (var told in ToldOfDanger(s, directory))
            {
                yield return ToStaff(
                    "DangerReported", Party.Of(told.Id), ("callbackdue", new Word.At(callBack)),
                    ("phone", Reporter(r, directory)), ("place", PlaceOf(s, directory)), Text(r.Text));
            }
        }
        else
        {
            yield return ToStaff("TriageOwed", Party.Of(r.TriageBy));
        }

        // Who talks to us, and other systems, have the acknowledgement in the reply itself; others are sent a message.
        if (r.Channel.Way() is { Talk: null, Interface: false } && (r.Contact.ForTexts() ?? r.Complainant?.Phone) is not null)
            yield return ToResident(s.ReportedDanger ? "DangerAcknowledged" : "Acknowledged", s);
    }

    /// <summary>
    /// The duty post and the office's head at the same moment; where these are one person, or the complaint is against
    /// them, whoever is above, so that it never rests with one telephone. Where nobody knows which community it is, the
    /// chief, who serves all of them, hears of it too.
    /// </summary>
    private static IEnumerable<StaffMember> ToldOfDanger(Complaint s, CompanyDirectory directory)
    {
        StaffMember? Free(Unit unit) => Authority.FirstFree(unit, s, directory);
        var head = directory.Head(Unit.Office, s.Community);
        var line = new[]
        {
            Free(s.CallBackBy), head is not null && Authority.IsBarred(s, head, directory) ? null : head,
            Free(s.Chief), Free(s.Keeper),
        };
        var told = line.OfType<StaffMember>().DistinctBy(m => m.Id).Take(2);
        return s.Intake.CommunityAssumed && Free(s.Chief) is { } chief
            ? told.Append(chief).DistinctBy(m => m.Id) : told;
    }

    /// <summary>Whom to call back: the resident, else whoever of the staff passed it on.</summary>
    private static Word Reporter(ComplaintEvent.Received r, CompanyDirectory directory) =>
        r.Contact.Phone is { } phone ? new Word.Plain(phone.Value)
        : r.EnteredBy is { } by && directory.Find(by) is { } member
            ? new Word.Plain($"{member.Name} {member.Phone.Value}")
        : new Word.Known("Word.NoPhone");

    private static Word PlaceOf(Complaint s, CompanyDirectory directory) =>
        s.Intake.CommunityAssumed ? new Word.Known("Word.CommunityUnknown")
        : new Word.Plain(
            $"{directory.Find(s.Community)?.Name} {s.Intake.Contact.Room?.Value}".TrimEnd(), ShortRoom);

    private static IEnumerable<MatterMessage> OnAnswered(
        ComplaintEvent.Answered a, Complaint s, CompanyDirectory directory)
    {
        var template = a.As switch
        {
            AnswerKind.Concrete => "Answered",
            AnswerKind.OutOfScope => "OutOfScope",
            AnswerKind.Adopted => "SuggestionAdopted",
            AnswerKind.NotAdopted => "SuggestionNotAdopted",
            AnswerKind.PassedOn => "PraiseThanks",
            _ => throw new InvalidOperationException($"Unknown answer {a.As}."),
        };
        yield return ToResident(template, s, Text(a.Text));
        if (a.As != AnswerKind.PassedOn || a.Praised is not { } praised || directory.Find(praised) is not { } member)
            yield break;
        var head = directory.Head(member.Unit, member.Community ?? s.Community);
        // What began as a complaint against somebody stays closed to them, whatever it became.
        foreach (var told in new[] { member, head }.OfType<StaffMember>().DistinctBy(m => m.Id)
            .Where(m => !Authority.IsBarred(s, m, directory)))
        {
            // Whoever is praised reads what the resident wrote, the resident what was answered.
            yield return ToStaff("PraisePassedOn", Party.Of(told.Id), Text(s.Intake.Text));
        }
    }

    private static IEnumerable<MatterMessage> OnEnding(ComplaintEvent e, Complaint s, CompanyDirectory directory) =>
        e switch
        {
            // No link reaches them: whoever handled it asks on paper, at once.
            ComplaintEvent.Resolved when WayToSign(s) is null =>
                [ToStaff("SignByHand", s.Responsible)],
            ComplaintEvent.SignatureRequested q => [new MatterMessage(
                s.Request!.Asked > 1 ? "SignReminder" : "PleaseSign",
                Signing.Signer(s.Intake.Contact, s.Intake.Language), [], SignPage, q.Issue)],
            ComplaintEvent.Objected o => [
                ToJudge("ObjectionToAnswer", Party.Of(o.AnsweredBy)),
                ToResident("ObjectionReceived", s, ("objectiondue", new Word.At(o.AnswerDue)))],
            ComplaintEvent.ObjectionAnswered { Upheld: true } o => [ToResident("ObjectionUpheld", s, Text(o.Text))],
            ComplaintEvent.ObjectionAnswered { ObjectUntil: { } until } o => [ToResident(
                "ObjectionRefused", s, Text(o.Text), ("objectuntil", new Word.At(until)))],
            ComplaintEvent.ObjectionAnswered o => [FinalAnswer(o.Text, s, directory)],
            ComplaintEvent.FinallyAnswered f => [FinalAnswer(f.Text, s, directory)],
            ComplaintEvent.RemedyOffered { DecidedBy: { } unit } => [ToJudge("RemedyToApprove", Party.Of(unit))],
            ComplaintEvent.RemedyOffered r => [ToResident("RemedyPromised", s, ("remedy", new Word.Named(r.Kind)), Text(r.What))],
            ComplaintEvent.RemedyDecided d => OnRemedyDecided(d, s, directory),
            ComplaintEvent.RemedyGiven g => [ToResident("RemedyGiven", s, Text(g.Evidence))],
            ComplaintEvent.Completed => s.Signature is null
                ? [ToStaff("SignedHandOver", s.Responsible)]
                : [ToStaff("SignedHandOver", s.Responsible), ToResident("ThankYou", s)],
            ComplaintEvent.SignatureRefused r => new[] { s.Responsible, Authority.HeadOf(s, directory) }.Distinct()
                .Select(p => ToStaff("SignatureRefused", p, Text(r.Reason))).Prepend(ToResident("Reopened", s)),
            ComplaintEvent.UnreachableProposed u => [ToJudge("UnreachableToDecide", u.DecidedBy)],
            ComplaintEvent.PaperAttached => [ToJudge("PaperToConfirm", Party.Of(s.Keeper))],
            ComplaintEvent.SignatureTaken => [
                ToJudge("SignatureToConfirm", Party.Of(s.Keeper)), ToResident("SignatureTaken", s)],
            ComplaintEvent.SignatureDecided { Confirmed: false } d => [
                ToStaff("SignatureDenied", s.Responsible, Text(d.Comment)), ToJudge("SignatureDenied", Party.Of(s.Chief), Text(d.Comment))],
            ComplaintEvent.RecordsHandedOver => [ToJudge("RecordsToCheck", Party.Of(s.Keeper))],
            ComplaintEvent.RecordsChecked { Complete: false } c =>
                [ToStaff("RecordsReturned", s.Responsible, Text(c.Reason))],
            ComplaintEvent.RecordsChecked => [ToJudge("VerifyOwed", Party.Of(s.Keeper))],
            ComplaintEvent.Verified { Holds: false } v =>
                [ToStaff("VerifyFailed", s.Responsible, Text(v.Comment)), ToResident("Reopened", s)],
            _ => [],
        };

    /// <summary>The last word inside the company says where to turn outside it.</summary>
    private static MatterMessage FinalAnswer(Personal text, Complaint s, CompanyDirectory directory) => ToResident(
        "FinalAnswer", s, Text(text), ("outside", directory.Find(s.Community)?.Outside is { } outside
            ? new Word.Plain(outside) : new Word.Known("Word.Outside")));

    private static IEnumerable<MatterMessage> OnRemedyDecided(
        ComplaintEvent.RemedyDecided d, Complaint s, CompanyDirectory directory)
    {
        if (s.Remedies.Find(r => r.Number == d.Remedy) is not { } remedy)
            yield break;
        yield return ToStaff(
            d.Approved ? "RemedyApproved" : "RemedyRefused",
            directory.Find(remedy.By) is { } by && !Authority.IsBarred(s, by, directory) ? Party.Of(by.Id) : Party.Of(s.Chief),
            Text(d.Comment));
        if (!d.Approved)
            yield break;
        if (remedy.GivenBy is { } payer)
            yield return ToJudge("RemedyToGive", Party.Of(payer));
        yield return ToResident(
            "MoneyPromised", s, ("amount", new Word.Plain(Money(remedy.Amount))), ("givedue", new Word.At(remedy.Due)));
    }

    private static string Money(decimal? amount) => amount?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    private static (string, Word) Text(Personal? said) => ("text", new Word.Said(said?.Value ?? ""));

    private static MatterMessage ToResident(
        string template, Complaint s, params ReadOnlySpan<(string Name, Word Word)> words) => new(
        template,
        new Recipient.Resident(s.Intake.Contact.ForTexts(), s.Intake.Contact.Conversation, s.Intake.Language), [.. words],
        StatusPage, OwnLink);

    private static MatterMessage ToStaff(
        string template, Party party, params ReadOnlySpan<(string Name, Word Word)> words) =>
        new(template, new Recipient.Staff(party, Anyone: true), [.. words]);

    /// <summary>To whoever decides on what others did: not to them (4.5.4).</summary>
    private static MatterMessage ToJudge(
        string template, Party party, params ReadOnlySpan<(string Name, Word Word)> words) =>
        new(template, new Recipient.Staff(party), [.. words]);
}
