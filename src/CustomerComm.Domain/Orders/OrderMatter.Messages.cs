using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Orders;

/// <summary>The answer to a proposal, as messages name it.</summary>
public enum Consent
{
    /// <summary>Agreed.</summary>
    Agreed,
    /// <summary>Not agreed; the old terms stay.</summary>
    NotAgreed,
}

/// <content>Whom an event is told to (4.2.4).</content>
public sealed partial class OrderMatter
{
    private const int ShortRoom = 20;

    /// <summary>Page where the resident follows the order.</summary>
    public const string StatusPage = "o";

    /// <summary>Page where the resident evaluates and signs.</summary>
    public const string EvaluationPage = "e";

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(OrderEvent e, Order state, Rules rules)
    {
        return e switch
        {
            // Who talks to us has the number in the reply itself.
            OrderEvent.OrderOpened o => o.Channel.Way().Talk is not null
                ? [] : [Resident("OrderOpened", state, ("due", new Word.At(state.Due)))],
            OrderEvent.OrderAssigned a => [Assignment(state, a.Worker)],
            OrderEvent.WorkerWanted or OrderEvent.OrderDeclined => [ToHead("OrderWorkerWanted", state, rules,
                ("due", new Word.At(state.AcceptDue)), ("text", Text((e as OrderEvent.OrderDeclined)?.Reason)))],
            OrderEvent.OrderAccepted a => [Resident("OrderWorkerFound", state,
                ("worker", new Word.Who(Party.Of(a.By))), ("unit", new Word.Named(state.Unit)),
                ("due", new Word.At(state.Due)))],
            OrderEvent.ProgressTold p => [Resident("OrderProgress", state, ("text", Text(p.Text)))],
            OrderEvent.ResidentNoted n => [ToWorker("OrderResidentWrote", state, ("text", Text(n.Text)))],
            OrderEvent.AmendmentProposed p => [Resident("OrderAmendment", state,
                ("text", Text(p.Reason)))],
            OrderEvent.AmendmentAnswered a => [ToWorker("OrderAmendmentAnswered", state,
                ("answer", new Word.Named(a.Agreed ? Consent.Agreed : Consent.NotAgreed)),
                ("due", new Word.At(state.Due)))],
            OrderEvent.AmendmentWithdrawn => [Resident("OrderAmendmentWithdrawn", state)],
            OrderEvent.OrderBecameLate => [Resident("OrderLate", state)],
            OrderEvent.OrderCancelled =>
                [Resident("OrderCancelled", state), ToWorker("OrderCancelledByResident", state)],
            OrderEvent.OrderRefused r => [Resident("OrderRefused", state, ("text", Text(r.Reason)))],
            _ => Ending(e, state, rules),
        };
    }

    private static IEnumerable<MatterMessage> Ending(OrderEvent e, Order s, Rules rules) => e switch
    {
        OrderEvent.EvaluationRequested r => [new MatterMessage(
            s.Request!.Asked > 1 ? "OrderEvaluateReminder" : "OrderPleaseEvaluate",
            Signing.Signer(s.Intake.Contact, s.Intake.Language), [], EvaluationPage, r.Issue)],
        OrderEvent.OrderEvaluated v => [Resident("OrderThanks", s), ToWorker("OrderEvaluated", s,
            ("quality", Number(v.Form.Judgement.Quality)), ("attitude", Number(v.Form.Judgement.Attitude)))],
        OrderEvent.EvaluationRefused r => r.Complains
            ? [ToWorker("OrderDisputed", s, ("text", Text(r.Reason)))]
            : [ToWorker("OrderToRedo", s, ("text", Text(r.Reason)), ("due", new Word.At(s.Due))),
                Resident("OrderReopened", s, ("due", new Word.At(s.Due)))],
        OrderEvent.EvaluationUnreachableProposed u =>
            [MatterMessage.ToStaff("OrderUnreachableToDecide", u.DecidedBy)],
        OrderEvent.EvaluationTaken => [
            MatterMessage.ToStaff("SignatureToConfirm", Party.Of(Unit.Quality)), Resident("SignatureTaken", s)],
        OrderEvent.EvaluationDecided { Confirmed: false } d => [
            ToWorker("SignatureDenied", s, ("text", Text(d.Comment))),
            MatterMessage.ToStaff("SignatureDenied", Party.Of(Unit.Leader), ("text", Text(d.Comment)))],
        OrderEvent.EvaluationPaperAttached => [MatterMessage.ToStaff("OrderPaperToConfirm", Party.Of(Unit.Quality))],
        // No link reaches them: whoever did the work asks on paper, at once.
        OrderEvent.OrderFinished when Signing.WayTo(s.Intake.Contact) is null => [ToWorker("OrderSignByHand", s)],
        OrderEvent.WorkerNoted or OrderEvent.OrderFinished or OrderEvent.EvaluationAttempted
            or OrderEvent.EvaluationUnreachableDecided or OrderEvent.EvaluationDecided
            or OrderEvent.OrderComplaintOpened or OrderEvent.OrderClosed => [],
        _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
    };

    private static MatterMessage Assignment(Order s, StaffId worker) => MatterMessage.ToStaff(
        "OrderAssignment", Party.Of(worker), ("code", Code(s)), ("category", new Word.Named(s.Intake.Category)),
        ("room", new Word.Plain(s.Intake.Contact.Room?.Value ?? "", ShortRoom)), ("due", new Word.At(s.Due)),
        ("text", Text(s.Intake.Text)));

    private static MatterMessage Resident(string template, Order s, params ReadOnlySpan<(string, Word)> words) => new(
        template, new Recipient.Resident(Reachable(s), s.Intake.Contact.Conversation, s.Intake.Language), [.. words],
        StatusPage);

    private static Personal? Reachable(Order s) =>
        s.Intake.Contact.ForTexts() is { } phone && PhoneNumber.TryCreate(phone.Value, out _) ? phone : null;

    private static MatterMessage ToWorker(string template, Order s, params ReadOnlySpan<(string, Word)> words) =>
        MatterMessage.ToStaff(template, s.Responsible, words);

    private static MatterMessage ToHead(
        string template, Order s, Rules rules, params ReadOnlySpan<(string, Word)> words) =>
        MatterMessage.ToStaff(
            template, rules.Directory.Head(s.Unit, s.Community) is { } head ? Party.Of(head.Id) : Party.Of(s.Unit),
            words);

    private static Word.Said Text(Personal? said) => new(said?.Value ?? "");

    private static Word.Plain Code(Order s) => new(s.OrderNumber.ShortCode);

    private static Word.Plain Number(int value) =>
        new(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
