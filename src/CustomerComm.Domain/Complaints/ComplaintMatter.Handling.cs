using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Complaints;

/// <content>Handling until it is resolved (4.6.1-2-E to G, 4.6.1-3, 4.6.2-3, 4.6.2-6).</content>
public sealed partial class ComplaintMatter
{
    private static Decision<ComplaintEvent> Note(Context c, ComplaintCommand.Note n)
    {
        var byResident = c.Actor is Actor.Resident;
        var s = c.S;
        var directory = c.Rules.Directory;
        var no = Check.Text(n.Text, "text", "4.2.1", byResident ? Check.LongestText : Check.LongestNote);
        if (no is null && !byResident)
            no = c.Staff("4.2.1", "staff concerned with the complaint", m => Authority.MaySee(s, m, directory));
        return no is not null
            ? No(no)
            : Yes(new ComplaintEvent.Noted(
                c.Member?.Id, byResident, n.Channel, new Personal(n.Text), byResident && n.ByRepresentative));
    }

    private static Decision<ComplaintEvent> AskCooperation(Context c, ComplaintCommand.AskCooperation a)
    {
        var no = c.At("4.6.1-2-F", Stage.Assigned, Stage.InProgress) ?? c.Handler("4.6.1-2-F")
            ?? Check.Text(a.What, "what", "4.6.1-2-F");
        if (no is not null)
            return No(no);
        if (a.Unit == c.S.HandlingUnit)
            return No(RefusalCode.BadField, "4.6.1-2-F", $"Unit {a.Unit} handles the complaint itself.", "unit");
        if (Authority.FirstFree(a.Unit, c.S, c.Rules.Directory) is null)
            return No(RefusalCode.Accused, "4.6.1-2-D", $"Unit {a.Unit} is the accused side.", "unit");
        return c.S.Cooperations.Exists(x => x.Unit == a.Unit && !x.Given && !x.Routed)
            ? Yes()
            : Yes(new ComplaintEvent.CooperationAsked(
                c.Member!.Id, a.Unit, new Personal(a.What), c.HandlingDue(c.Rules.Policy.Cooperate)));
    }

    private static Decision<ComplaintEvent> GiveCooperation(Context c, ComplaintCommand.GiveCooperation g)
    {
        var s = c.S;
        var no = Check.Text(g.What, "what", "4.6.1-2-F") ?? c.Staff(
            "4.6.1-2-F", "a member of a unit asked to cooperate",
            m => s.Cooperations.Exists(x => Authority.Is(Party.Of(x.Unit), m, s.Community)));
        if (no is not null)
            return No(no);
        var open = s.Cooperations.Find(x => !x.Given && Authority.Is(Party.Of(x.Unit), c.Member!, s.Community));
        return open is null
            ? Yes()
            : Yes(new ComplaintEvent.CooperationGiven(c.Member!.Id, open.Unit, new Personal(g.What)));
    }

    private static Decision<ComplaintEvent> Escalate(Context c, ComplaintCommand.Escalate e)
    {
        var no = c.At("4.6.1-3", Stage.Assigned, Stage.InProgress) ?? c.Handler("4.6.1-3")
            ?? Check.Text(e.Reason, "reason", "4.6.1-3");
        if (no is not null)
            return No(no);
        return c.S.InstructDue is not null
            ? Yes()
            : Yes(PutUp(c, e.Reason));
    }

    /// <summary>Put to the leader by the actor, who has acted for the handler by that.</summary>
    private static ComplaintEvent.Escalated PutUp(Context c, string reason) => new(
        c.Member!.Id, new Personal(reason), c.HandlingDue(c.Rules.Policy.Instruct), c.Above(c.Hands));

    /// <summary>Put to the leader by the procedure itself: it was tried in vain (4.6.1-3).</summary>
    private static ComplaintEvent.Escalated Unsolvable(Context c, string reason) => new(
        null, new Personal(reason), c.Due(c.Rules.Policy.Instruct), c.Above(c.HandledBy));

    /// <summary>
    /// By the chief, or whoever stands in where the chief has it in hand. A later time than the promised one is put to the
    /// resident as an extension; once the promised one has passed it is told, and the lapse stands (4.6.2-6).
    /// </summary>
    private static Decision<ComplaintEvent> Instruct(Context c, ComplaintCommand.Instruct i)
    {
        var no = c.At("4.6.1-3", Stage.Received, Stage.Assigned, Stage.InProgress)
            ?? c.MayJudge(Party.Of(c.S.InstructDue is null ? c.Above(c.HandledBy) : c.S.InstructBy), "4.6.1-3")
            ?? Check.Text(i.Text, "text", "4.6.1-3") ?? CheckNewDue(c, i.ResolveDue);
        if (no is not null)
            return No(no);
        var by = c.Member!.Id;
        var text = new Personal(i.Text);
        return i.ResolveDue is { } due && due > c.S.ResolveDue && c.Now < c.S.ResolveDue
            ? Yes(new ComplaintEvent.Instructed(by, text, null), Told(c, due, i.Text))
            : Yes(new ComplaintEvent.Instructed(by, text, i.ResolveDue));
    }

    private static ComplaintEvent.ExtensionTold Told(Context c, DateTimeOffset due, string reason) =>
        new(c.Member!.Id, due, new Personal(reason), c.Due(c.Rules.Policy.ExtensionSilence));

    private static Refusal? CheckNewDue(Context c, DateTimeOffset? due) => due <= c.Now
        ? new Refusal(RefusalCode.BadField, "4.6.2-6", "The new time lies in the past.", "wantedBy")
        : CheckWish(due, c.Now, c.Rules);

    private static Decision<ComplaintEvent> TellExtension(Context c, ComplaintCommand.TellExtension t)
    {
        var no = c.At("4.6.2-6", Stage.Assigned, Stage.InProgress) ?? c.Handler("4.6.2-6")
            ?? Check.Text(t.Reason, "reason", "4.6.2-6") ?? CheckNewDue(c, t.NewDue);
        if (no is not null)
            return No(no);
        if (c.Now >= c.S.ResolveDue)
        {
            return No(RefusalCode.TooLate, "4.6.2-6",
                "The time has passed; the resident must be told beforehand. Escalate to the leader for a new time.");
        }

        if (t.NewDue <= c.S.ResolveDue)
            return No(RefusalCode.BadField, "4.6.2-6", "The new time is not later than the present one.", "newDue");
        return c.S.Extension?.NewDue == t.NewDue ? Yes() : Yes(Told(c, t.NewDue, t.Reason));
    }

    /// <summary>
    /// The resident's own word, or what staff heard: a "no" from anybody who has it in hand, a "yes" only from a second
    /// person with a record of the call, and never against a "no" of the resident.
    /// </summary>
    private static Decision<ComplaintEvent> AnswerExtension(Context c, ComplaintCommand.AnswerExtension a)
    {
        if (c.S.Extension is not { } told)
            return No(RefusalCode.WrongStage, "4.6.2-6", "No extension waits for an answer.");
        if (c.Actor is Actor.Resident)
            return Yes(new ComplaintEvent.ExtensionAnswered(null, a.Agreed, told.NewDue, a.Channel));
        var no = (a.Agreed ? SecondPerson(c, told) : NoteRefusal(c))
            ?? Check.Text(a.With, "with", "4.6.2-6", 100) ?? Check.Text(a.Said, "said", "4.6.2-6")
            ?? Signing.Spoken(a.Channel, "4.6.2-6");
        return no is not null
            ? No(no)
            : Yes(new ComplaintEvent.ExtensionAnswered(
                c.Member!.Id, a.Agreed, told.NewDue, a.Channel, Check.Said(a.With), Check.Said(a.Said)));
    }

    private static Refusal? NoteRefusal(Context c)
    {
        var (s, directory) = (c.S, c.Rules.Directory);
        return c.Staff("4.6.2-6", "staff concerned with the complaint", m => Authority.MaySee(s, m, directory));
    }

    private static Refusal? SecondPerson(Context c, Extension told)
    {
        if (NoteRefusal(c) is { } no)
            return no;
        if (c.HandledBy.Contains(c.Member!.Id) || told.By == c.Member.Id)
        {
            return new Refusal(
                RefusalCode.OwnWork, "4.6.2-6",
                "Whoever handles it cannot note the resident's consent; let somebody else call and record it.");
        }

        return c.S.ExtensionRefused
            ? new Refusal(
                RefusalCode.ResidentOnly, "4.6.2-6", "The resident said no; only their own word can change that.")
            : null;
    }

    /// <summary>
    /// Silence agrees only where the message reached them and it lasted its time from then; a "no" said before stands.
    /// </summary>
    private static Decision<ComplaintEvent> TakeSilence(Context c, ComplaintCommand.TakeSilence t)
    {
        if (c.Actor is not Actor.System)
            return No(RefusalCode.NotYours, "4.6.2-6", "Silence is noted by the system alone.");
        if (c.S.Extension is not { } told || c.Now < told.AnswerBy)
            return Yes();
        // It came later than it was sent: they have as long as they were promised.
        if (t.ReachedAt is { } reached && c.Rules.Due(reached, c.Rules.Policy.ExtensionSilence) is var until && until > c.Now)
            return Yes(new ComplaintEvent.ExtensionAwaited(until));
        return Yes(new ComplaintEvent.ExtensionAnswered(
            null, t.ReachedAt is not null && !c.S.ExtensionRefused, told.NewDue, null, Silent: true));
    }

    /// <summary>By anybody concerned, while it is answered to: what came on paper is a letter, however it was entered.</summary>
    private static Decision<ComplaintEvent> TreatAsLetter(Context c)
    {
        var (s, directory) = (c.S, c.Rules.Directory);
        var no = c.At("4.6.1-2-E", Stage.Received, Stage.Assigned, Stage.InProgress, Stage.Answering, Stage.Objected)
            ?? c.Staff("4.6.1-2-E", "staff concerned with the complaint", m => Authority.MaySee(s, m, directory));
        return no is not null ? No(no) : s.IsLetter ? Yes() : Yes(new ComplaintEvent.LetterFound(c.Member!.Id));
    }

    /// <summary>By whoever answers: the handler, the unit asked, or whoever looks into an objection.</summary>
    private static Decision<ComplaintEvent> DraftLetter(Context c, ComplaintCommand.DraftLetter d)
    {
        var no = c.At("4.6.1-2-E", Stage.Assigned, Stage.InProgress, Stage.Answering, Stage.Objected)
            ?? c.S.Stage switch
            {
                Stage.Answering => MayAnswer(c, "4.6.1-2-E"),
                Stage.Objected => MayAnswerObjection(c, c.S.Objection!),
                _ => c.Handler("4.6.1-2-E"),
            }
            ?? Check.Text(d.Text, "text", "4.6.1-2-E");
        if (no is not null)
            return No(no);
        if (!c.S.IsLetter)
            return No(RefusalCode.WrongStage, "4.6.1-2-E", "Only the answer to a letter needs approval.");
        return c.S.Letter is { Approved: null or true } present && present.Text.Value == d.Text
            ? Yes()
            : Yes(new ComplaintEvent.LetterDrafted(
                c.Member!.Id, new Personal(d.Text), c.HandlingDue(c.Rules.Policy.ApproveLetter),
                c.Above(c.Hands),
                c.S.Stage == Stage.Objected));
    }

    private static Decision<ComplaintEvent> DecideLetter(Context c, ComplaintCommand.DecideLetter d)
    {
        if (c.S.Letter is not { } letter)
            return No(RefusalCode.WrongStage, "4.6.1-2-E", "No answer waits for approval.");
        // Whoever wrote it does not approve it, the leader's own letter included.
        var no = Signing.MayJudge(
                c.S, Party.Of(letter.DecidedBy), c.Actor, c.HandledBy.Add(letter.By), c.Rules.Directory, "4.6.1-2-E")
            ?? (d.Approved
                ? Check.Optional(d.Comment, "comment", "4.6.1-2-E")
                : Check.Text(d.Comment, "comment", "4.6.1-2-E"));
        if (no is not null)
            return No(no);
        if (d.TextHash is { } read && read != Check.HashOf(letter.Text.Value))
        {
            return No(RefusalCode.TextChanged, "4.6.1-2-E",
                "The answer was replaced by another draft meanwhile; read that one.", "textHash");
        }

        if (letter.Approved == d.Approved)
            return Yes();
        return letter.Approved is not null
            ? No(RefusalCode.WrongStage, "4.6.1-2-E", "This answer has been decided on already.")
            : Yes(new ComplaintEvent.LetterDecided(
                c.Member!.Id, d.Approved, new Personal(d.Comment ?? "")));
    }

    private static Decision<ComplaintEvent> Resolve(Context c, ComplaintCommand.Resolve r)
    {
        var s = c.S;
        if (s.Stage == Stage.Resolved && s.Resolution!.Text.Value == r.Text && s.Resolution.By == c.Member?.Id)
            return Yes();
        var handler = s.Handler;
        var no = c.At("4.6.2-6", Stage.Assigned, Stage.InProgress)
            ?? c.Staff("4.6.2-6", "the handler", m => m.Id == handler) ?? Check.Text(r.Text, "text", "4.6.2-6");
        if (no is not null)
            return No(no);
        if ((Uninstructed(c) ?? CalledBack(c) ?? Unapproved(s, r.Text)) is { } unfit)
            return No(unfit);
        var resolved = new ComplaintEvent.Resolved(
            c.Member!.Id, new Personal(r.Text), Check.HashOf(r.Text), s.Round, c.Due(c.Rules.Policy.ObtainSignature),
            c.Due(c.Rules.Policy.FollowUp), c.Due(c.Rules.Policy.HandOver));
        var events = new List<ComplaintEvent>();
        if (s.Stage == Stage.Assigned)
            events.Add(new ComplaintEvent.Accepted(c.Member.Id));
        events.Add(resolved);
        // The resolution carries its signing link along, in the same transaction (4.6.2-4).
        if (LinkDue(c, null, new Actor.System()) is { } link)
            events.Add(link);
        else if (s.Intake.Contact.IsUnknown && s.Intake.Complainant is null)
            events.Add(Complete(c, noContact: true));
        return Yes([.. events]);
    }

    private static Decision<ComplaintEvent> Withdraw(Context c, ComplaintCommand.Withdraw w)
    {
        if (c.Actor is not Actor.Resident)
            return No(RefusalCode.ResidentOnly, "4.6.2-4", "Only the resident can withdraw their complaint.");
        if (Check.Optional(w.Reason, "reason", "4.6.2-4") is { } bad)
            return No(bad);
        if (CalledBack(c) is { } danger)
            return No(danger);
        if (c.S.Stage == Stage.Completed)
            return No(RefusalCode.WrongStage, "4.6.2-4", "The complaint is completed; there is nothing to withdraw.");
        if (c.S.Objection is { } objection)
        {
            return Yes(
                new ComplaintEvent.Withdrawn(w.Channel, Check.Said(w.Reason)), new ComplaintEvent.Closed(objection.Before));
        }

        return Yes(
            new ComplaintEvent.Withdrawn(
                w.Channel, Check.Said(w.Reason)),
            // Whoever took it back may not be who complained: they can still say so.
            new ComplaintEvent.Closed(Outcome.Withdrawn, c.Due(c.Rules.Policy.ObjectWithin)));
    }

    private static Decision<ComplaintEvent> ProveMisreport(Context c, ComplaintCommand.ProveMisreport m)
    {
        var no = c.Staff("4.6.1-2-G", "quality or the leader", x => x.Unit is Unit.Quality or Unit.Leader)
            ?? Check.Text(m.What, "what", "4.6.1-2-G");
        if (no is not null)
            return No(no);
        if (c.Rules.Directory.Find(m.Concerned) is null)
            return No(RefusalCode.BadField, "4.6.1-2-G", $"There is no member of staff '{m.Concerned}'.", "concerned");
        if (c.S.Misreports.Exists(x => x.Concerned == m.Concerned && x.What.Value == m.What))
            return Yes();
        return c.Member!.Id == m.Concerned
            ? No(RefusalCode.NotYours, "4.6.1-2-G", "Nobody can find on their own reporting.")
            : Yes(new ComplaintEvent.MisreportProven(
                c.Member.Id, m.Concerned, new Personal(m.What), c.Due(c.Rules.Policy.Consequence),
                // Nobody decides what follows for themselves.
                Signing.Reviewer(c.S, c.S.Chief, new HashSet<StaffId> { m.Concerned }, c.Rules.Directory)));
    }
}
