using System.Collections.Immutable;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Outside;

/// <summary>
/// A work order of an authority as its events left it: what is owed to that authority, whatever becomes of the complaint
/// inside (4.6.2-2).
/// </summary>
public sealed record OutsideOrder : IMatterState
{
    /// <summary>As it was taken on first.</summary>
    public required OutsideEvent.OutsideBegun Begun { get; init; }

    /// <summary>When it was entered here.</summary>
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>What is owed by when, in this round.</summary>
    public required OutsideTerms Terms { get; init; }

    /// <summary>The sides of its complaint.</summary>
    public required OutsideSides Sides { get; init; }

    /// <summary>The unit that consents, approves and calls back.</summary>
    public required Unit Judge { get; init; }

    /// <summary>Where it stands.</summary>
    public OutsideStage Stage { get; init; }

    /// <summary>Counts from 1; one more each time the authority sent it back.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Its words, and those that came later.</summary>
    public required ImmutableList<Personal> Words { get; init; }

    /// <summary>Who contacted, wrote or proposed: none of them consents, approves or calls back.</summary>
    public ImmutableHashSet<StaffId> Worked { get; init; } = [];

    /// <summary>When the resident was reached first in this round.</summary>
    public DateTimeOffset? ContactedAt { get; init; }

    /// <summary>Giving it back waits for consent.</summary>
    public ProposedReturn? Proposed { get; init; }

    /// <summary>Why it was given back, where it was.</summary>
    public ProposedReturn? GivenBack { get; init; }

    /// <summary>The reply that waits for approval.</summary>
    public OutsideReply? Draft { get; init; }

    /// <summary>The reply that was given in this round.</summary>
    public GivenReply? Reply { get; init; }

    /// <summary>The resident is called back by then.</summary>
    public DateTimeOffset? CallBackDue { get; init; }

    /// <summary>Call-backs and attempts of this round.</summary>
    public ImmutableList<OutsideCallBack> CallBacks { get; init; } = [];

    /// <summary>The event folded in last, and when it happened: by it a repeated command is known.</summary>
    public (OutsideEvent Event, DateTimeOffset At)? Last { get; init; }

    /// <summary>What the resident answered; null while nobody was reached.</summary>
    public CallBackAnswers? Answers => CallBacks is [.., { Answers: { } answers }] ? answers : null;

    /// <summary>The complaint it is handled as.</summary>
    public MatterNumber Complaint => Begun.Complaint;

    /// <inheritdoc/>
    public string Number => Terms.Number;

    /// <inheritdoc/>
    public CommunityId Community => Begun.Complaint.Community;

    /// <inheritdoc/>
    public string PolicyVersion => Begun.PolicyVersion;

    /// <inheritdoc/>
    public Unit Lead => Sides.Unit;

    /// <inheritdoc/>
    public Unit Chief => Sides.People.Chief;

    /// <inheritdoc/>
    public StaffId? Accused => Sides.People.Against is [var first, ..] ? first : null;

    /// <inheritdoc/>
    public IReadOnlyList<StaffId> Against => Sides.People.Against;

    /// <inheritdoc/>
    public StaffId? Own => Sides.Own;

    /// <inheritdoc/>
    public bool Open => Stage is OutsideStage.ToReply or OutsideStage.ToCallBack;

    /// <inheritdoc/>
    public Severity? Severity => Terms.Urgent ? Domain.Severity.Urgent : Domain.Severity.Ordinary;

    /// <inheritdoc/>
    public bool Urgent => Terms.Urgent && Stage == OutsideStage.ToReply;

    /// <inheritdoc/>
    public IReadOnlySet<StaffId> Hands => Worked.Union(Sides.People.Handlers);

    /// <summary>A contact that was never made counts as missed, but not where the order was given back.</summary>
    public StepEnd EndOf(ObligationKind kind, string subject) =>
        kind != ObligationKind.ContactOutside || ContactedAt is not null ? StepEnd.Done
        : Stage == OutsideStage.Returned ? StepEnd.FellAway : StepEnd.Undone;

    /// <summary>What is owed to an authority is the leader's to hear of as soon as it is late.</summary>
    public bool ChiefHears(ObligationKind kind) => kind is ObligationKind.ContactOutside or ObligationKind.ReplyOutside;

    /// <summary>
    /// The unit that has it in hand, whoever handled it, the office of the community, and those who judge; nobody of the
    /// accused side (4.6.1-2-D).
    /// </summary>
    public bool MaySee(StaffMember staff, CompanyDirectory directory)
    {
        if (Authority.IsBarred(this, staff, directory))
            return false;
        return staff.Unit is Unit.Quality or Unit.Leader || Handles(staff)
            || Authority.Is(Party.Of(Unit.Office), staff, Community) || Authority.Is(Party.Of(Judge), staff, Community)
            || Authority.Is(Party.Of(Chief), staff, Community);
    }

    /// <summary>Whose it is to contact, reply or ask to give it back: who owes that, and their unit.</summary>
    public bool Handles(StaffMember staff) =>
        Authority.Is(Sides.Responsible, staff, Community) || Authority.Is(Party.Of(Sides.Unit), staff, Community)
        || Sides.People.Handlers.Contains(staff.Id);

    /// <summary>The state after an event.</summary>
    public static OutsideOrder Evolve(OutsideOrder? state, OutsideEvent e, DateTimeOffset at)
    {
        var next = state is null ? Start(e, at) : Apply(state, e, at);
        return next with { Last = (e, at) };
    }

    private static OutsideOrder Start(OutsideEvent e, DateTimeOffset at) => e is OutsideEvent.OutsideBegun b
        ? new OutsideOrder
        {
            Begun = b,
            EnteredAt = at,
            Terms = b.Terms,
            Sides = b.Sides,
            Judge = b.Judge,
            Words = [b.Text],
        }
        : throw new InvalidOperationException($"A work order cannot begin with {e.GetType().Name}.");

    private static OutsideOrder Apply(OutsideOrder s, OutsideEvent e, DateTimeOffset at) => e switch
    {
        OutsideEvent.OutsideSidesChanged c => s with { Sides = c.Sides, Judge = c.Judge },
        OutsideEvent.OutsideWordsAdded a => s with { Words = s.Words.Add(a.Text) },
        OutsideEvent.OutsideCameBack c => s with
        {
            Stage = OutsideStage.ToReply,
            Round = s.Round + 1,
            Terms = c.Terms,
            Words = s.Words.Contains(c.Text) ? s.Words : s.Words.Add(c.Text),
            ContactedAt = null,
            GivenBack = null,
            Reply = null,
            CallBackDue = null,
            CallBacks = [],
        },
        OutsideEvent.OutsideContacted c => s with
        {
            Worked = s.Worked.Add(c.By),
            ContactedAt = s.ContactedAt ?? (c.Reached ? at : null),
        },
        OutsideEvent.OutsideReturnProposed p => s with
        {
            Worked = s.Worked.Add(p.By),
            Judge = p.Judge,
            Proposed = new ProposedReturn(p.By, p.Why, p.Words, p.DecideDue),
        },
        OutsideEvent.OutsideReturnDecided d => s with
        {
            Proposed = null,
            GivenBack = d.Consented ? s.Proposed : null,
            Stage = d.Consented ? OutsideStage.Returned : s.Stage,
        },
        OutsideEvent.OutsideReplyDrafted d => s with
        {
            Worked = s.Worked.Add(d.By),
            Judge = d.Judge,
            Draft = new OutsideReply(d.By, d.Text, d.ApproveDue),
        },
        OutsideEvent.OutsideReplyDecided d => s with
        {
            Draft = null,
            Judge = d.Judge,
            Reply = d.Approved ? new GivenReply(s.Draft!.By, s.Draft.Text, d.By, at) : null,
            Stage = !d.Approved ? s.Stage : d.CallBackDue is null ? OutsideStage.Done : OutsideStage.ToCallBack,
            CallBackDue = d.CallBackDue,
        },
        OutsideEvent.OutsideCalledBack c => s with
        {
            CallBacks = s.CallBacks.Add(new OutsideCallBack(c.By, at, c.Answers, c.Said)),
            Stage = c.Last ? OutsideStage.Done : s.Stage,
            CallBackDue = c.Last ? null : s.CallBackDue,
        },
        _ => throw new InvalidOperationException($"{e?.GetType().Name} cannot follow here."),
    };
}
