using CustomerComm.App.Complaints;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Messages;

/// <summary>Writes the messages that an event owes: to whom, by which way, in which words.</summary>
public sealed class Composer(Links links)
{
    /// <summary>
    /// The messages of one event. Staff are written to in the company's language, residents in theirs. A resident
    /// without phone and chat gets none: the desk shows that they must be reached otherwise.
    /// </summary>
    public IEnumerable<OutgoingMessage> Compose(ComplaintEvent e, Complaint s, StreamId stream, Rules rules)
    {
        foreach (var notice in CaseNotices.Of(e, s, rules.Directory))
        {
            var message = notice.To is { } party
                ? ToStaff(notice, party, e, s, rules)
                : ToResident(notice, e, s, stream, rules);
            if (message is not null)
                yield return message;
        }
    }

    private static OutgoingMessage? ToStaff(
        CaseMessage notice, Party party, ComplaintEvent e, Complaint s, Rules rules)
    {
        var member = party.Staff is { } id
            ? rules.Directory.Find(id)
            : Authority.FirstFree(
                party.Unit!.Value, s.Community, s.Accused, rules.Directory, IsJudgement(notice) ? s.Handlers : null);
        // Nobody barred is ever told, not even by an older assignment of theirs.
        if (member is null || (Authority.IsBarred(s, member, rules.Directory) && notice.Template != Template.Misreported))
            member = Authority.FirstFree(s.Chief, s.Community, s.Accused, rules.Directory);
        if (member is null)
            return null;
        var text = Write(notice, e, s, rules, Language.Chinese, SmsText.Segments);
        return new OutgoingMessage(
            notice.Template, Channel.Sms, new Personal(member.Phone.Value), new Personal(text), Party.Of(member.Id),
            s.Number, 0);
    }

    /// <summary>What whoever handled the case may not decide on, so that another of the unit is told (4.5.4).</summary>
    private static bool IsJudgement(CaseMessage notice) => notice.Template is Template.RecordsToCheck
        or Template.VerifyOwed or Template.PaperToConfirm or Template.UnreachableToDecide;

    private OutgoingMessage? ToResident(
        CaseMessage notice, ComplaintEvent e, Complaint s, StreamId stream, Rules rules)
    {
        var contact = s.Intake.Contact;
        var signs = notice.Template is Template.PleaseSign or Template.SignReminder;
        // The link to sign goes to the phone on file; everything else to where the resident writes from.
        var byChat = contact.Conversation is not null && (contact.Phone is null || !signs);
        if (!byChat && contact.Phone is null)
            return null;
        var issue = s.LinksIssued;
        var text = Write(
            notice, e, s, rules, s.Intake.Language,
            t => byChat ? 1 : SmsText.Segments(links.Fill(t, s.Number, stream, issue)));
        return new OutgoingMessage(
            notice.Template, byChat ? Channel.Chat : Channel.Sms,
            new Personal(byChat ? contact.Conversation! : contact.Phone!.Value.Value), new Personal(text), null,
            s.Number, issue);
    }

    private static string Write(
        CaseMessage notice, ComplaintEvent e, Complaint s, Rules rules, Language language, Func<string, int> segments)
    {
        var frame = Texts.Format(
            $"Template.{notice.Template}", language, name => Word(name, notice, e, s, rules, language));
        return SmsText.Fit(frame, FreeText(notice, e, s, language), segments);
    }

    private static string? Word(
        string name, CaseMessage notice, ComplaintEvent e, Complaint s, Rules rules, Language language)
    {
        var zone = rules.Calendar.Zone;
        string Time(DateTimeOffset? at) => at is { } t ? Texts.Time(t, zone, language) : "";
        var community = rules.Directory.Find(s.Community);
        var handler = s.Handler is { } h ? rules.Directory.Find(h) : null;
        var lapsed = e as ComplaintEvent.Lapsed;
        return name switch
        {
            "number" => s.Number.ToString(),
            "code" => AssignmentCode.Of(s.Number),
            "hotline" => community?.Hotline ?? "",
            "lead" => Texts.Name(s.Lead, language),
            "unit" => Texts.Name(s.HandlingUnit, language),
            "handler" => handler?.Name ?? "",
            "category" => Texts.Name(s.Category, language),
            "kind" => Texts.Name(s.Kind, language),
            "severity" => Texts.Name(s.Severity, language),
            "room" => SmsText.Shorten(SmsText.Plain(s.Intake.Contact.Room?.Value ?? Texts.Get("Word.Unknown", language)), 20),
            "due" => Time(s.ResolveDue),
            "triagedue" => Time(s.Intake.TriageDue),
            "acceptdue" => Time(s.AcceptDue),
            "newdue" => Time(s.Extension?.NewDue),
            "coopdue" => Time((e as ComplaintEvent.CooperationAsked)?.Due),
            "instructdue" => Time(s.InstructDue),
            "letterdue" => Time(s.Letter?.ApproveDue),
            "followdue" => Time(s.Completion?.FollowUpDue),
            "handoverdue" => Time(s.Completion?.HandOverDue),
            "verifydue" => Time(s.Completion?.VerifyDue),
            "satisfaction" => s.Signature is { } g
                ? g.Satisfaction.ToString(Texts.Culture(language)) : Texts.Get("Word.NoSatisfaction", language),
            "leadcase" => s.LeadCase?.ToString() ?? "",
            "leadstage" => e is ComplaintEvent.LeadMoved m ? Texts.Name(m.Stage, language) : "",
            "leaddue" => Time((e as ComplaintEvent.LeadMoved)?.ResolveDue),
            "obligation" => notice.About is { } kind ? Texts.Name(kind, language) : "",
            "overdue" => Time(lapsed?.Due),
            "owner" => lapsed is null ? "" : PartyName(lapsed.Owner, rules, language),
            _ => null,
        };
    }

    private static string PartyName(Party party, Rules rules, Language language) => party.Staff is { } id
        ? rules.Directory.Find(id)?.Name ?? id.Value
        : Texts.Name(party.Unit!.Value, language);

    private static string FreeText(CaseMessage notice, ComplaintEvent e, Complaint s, Language language) => e switch
    {
        ComplaintEvent.Assigned => s.Intake.Text.Value,
        ComplaintEvent.Declined d => d.Reason.Value,
        ComplaintEvent.Dismissed d => d.Reason,
        ComplaintEvent.Noted n => n.Text.Value,
        ComplaintEvent.CooperationAsked c => c.What.Value,
        ComplaintEvent.CooperationGiven c => c.What.Value,
        ComplaintEvent.Escalated x => x.Reason.Value,
        ComplaintEvent.Instructed i => i.Text.Value,
        ComplaintEvent.ExtensionTold x => x.Reason.Value,
        ComplaintEvent.ExtensionAnswered x => Texts.Get(x.Agreed ? "Word.Agreed" : "Word.NotAgreed", language),
        ComplaintEvent.LetterDecided l => l.Comment.Value,
        ComplaintEvent.SignatureRefused r => r.Reason.Value,
        ComplaintEvent.RecordsChecked c => c.Reason?.Value ?? "",
        ComplaintEvent.Verified v => v.Comment.Value,
        // Whoever is praised reads what the resident wrote, the resident what was answered.
        ComplaintEvent.Answered when notice.Template == Template.PraisePassedOn => s.Intake.Text.Value,
        ComplaintEvent.Answered a => a.Text.Value,
        ComplaintEvent.MessageFailed f => f.Template,
        _ => "",
    };
}
