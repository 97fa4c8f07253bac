using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Outside;

/// <content>Whom an event must be told to.</content>
public sealed partial class OutsideMatter
{
    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(OutsideEvent e, OutsideOrder state, Rules rules)
    {
        var s = state;
        return e switch
        {
            OutsideEvent.OutsideBegun => [Owed(s, s.Sides.Responsible)],
            OutsideEvent.OutsideSidesChanged { HandedTo: { } to } when s.Stage == OutsideStage.ToReply => [Owed(s, to)],
            OutsideEvent.OutsideSidesChanged => [],
            OutsideEvent.OutsideWordsAdded a => [ToHandler("OutsideWordsAdded", s, a.Text)],
            OutsideEvent.OutsideCameBack c =>
            [
                ToHandler("OutsideCameBack", s, c.Text), MatterMessage.ToStaff(
                    "OutsideCameBack", Party.Of(s.Chief), Line(s), Due("replydue", s.Terms.ReplyDue), Text(c.Text)),
            ],
            OutsideEvent.OutsideContacted => [],
            OutsideEvent.OutsideReturnProposed p => [MatterMessage.ToStaff(
                "OutsideReturnToDecide", Party.Of(s.Judge), Line(s), ("why", new Word.Named(p.Why)),
                Due("decidedue", p.DecideDue))],
            OutsideEvent.OutsideReturnDecided { Consented: true } => [ToHandler("OutsideReturned", s, null)],
            OutsideEvent.OutsideReturnDecided d => [ToHandler("OutsideReturnRefused", s, d.Comment)],
            OutsideEvent.OutsideReplyDrafted d => [MatterMessage.ToStaff(
                "OutsideReplyToApprove", Party.Of(s.Judge), Line(s), Due("decidedue", d.ApproveDue),
                Due("replydue", s.Terms.ReplyDue))],
            OutsideEvent.OutsideReplyDecided { Approved: true, CallBackDue: { } due } => [MatterMessage.ToStaff(
                "OutsideToCallBack", Party.Of(s.Judge), Line(s), Due("callbackdue", due))],
            OutsideEvent.OutsideReplyDecided { Approved: true } => [],
            OutsideEvent.OutsideReplyDecided d => [ToHandler("OutsideReplyRefused", s, d.Comment)],
            OutsideEvent.OutsideCalledBack { Answers: { } a } c when !a.Resolved || !a.Satisfied || !a.Contacted =>
            [
                ToHandler("OutsideNotContent", s, c.Said),
                MatterMessage.ToStaff("OutsideNotContent", Party.Of(s.Chief), Line(s), Text(c.Said)),
            ],
            OutsideEvent.OutsideCalledBack => [],
            _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static Word? WordOf(OutsideOrder state, string name) => name switch
    {
        "complaint" => new Word.Plain(state.Complaint.ToString()),
        "replydue" => new Word.At(state.Terms.ReplyDue),
        _ => null,
    };

    private static MatterMessage Owed(OutsideOrder s, Party to) => Handler(
        s.Terms.ContactDue is null ? "OutsideReplyOwed" : "OutsideOwed", to, Line(s),
        Due("contactdue", s.Terms.ContactDue ?? s.Terms.ReplyDue), Due("replydue", s.Terms.ReplyDue), Text(s.Words[^1]));

    private static MatterMessage ToHandler(string template, OutsideOrder s, Personal? text) =>
        Handler(template, s.Sides.Responsible, Line(s), Due("replydue", s.Terms.ReplyDue), Text(text));

    /// <summary>To whoever handles it, whatever they did in it before.</summary>
    private static MatterMessage Handler(
        string template, Party to, params ReadOnlySpan<(string Name, Word Word)> words) =>
        new(template, new Recipient.Staff(to, Anyone: true), [.. words]);

    private static (string, Word) Line(OutsideOrder s) => ("line", new Word.Named(s.Terms.Line));

    private static (string, Word) Due(string name, DateTimeOffset at) => (name, new Word.At(at));

    private static (string, Word) Text(Personal? said) => ("text", new Word.Said(said?.Value ?? ""));
}
