using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Revisits;

/// <summary>One revisit as its events left it: the revisit record 维修回访记录 of one item (4.5.3).</summary>
public sealed record Revisit : IMatterState
{
    /// <summary>As it was planned.</summary>
    public required RevisitEvent.RevisitPlanned Planned { get; init; }

    /// <summary>When it was planned.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>What the resident is asked to sign, and how far that is.</summary>
    public required SignRequest Request { get; init; }

    /// <summary>When a visit in person was made, as entered.</summary>
    public DateTimeOffset? VisitedAt { get; init; }

    /// <summary>Who entered it.</summary>
    public StaffId? VisitedBy { get; init; }

    /// <summary>What the resident signed.</summary>
    public SignedForm? Signed { get; init; }

    /// <summary>What the resident signed, or what waits to be confirmed.</summary>
    public SignedForm? Given => Signed ?? Request.Drawn?.Form;

    /// <summary>When it was signed.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>How it ended.</summary>
    public RevisitOutcome Outcome { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The answer must become a complaint and has not yet.</summary>
    public bool OwesComplaint { get; init; }

    /// <summary>The complaint opened from the answer.</summary>
    public MatterNumber? Complaint { get; init; }

    /// <summary>The event folded in last, and when: by it a repeated command is known.</summary>
    public (RevisitEvent Event, DateTimeOffset At)? Last { get; init; }

    /// <summary>What is revisited.</summary>
    public RevisitedItem Item => Planned.Item;

    /// <inheritdoc/>
    public CommunityId Community => Planned.Community;

    /// <inheritdoc/>
    public string PolicyVersion => Planned.PolicyVersion;

    /// <inheritdoc/>
    public string Number => Planned.Item.Number;

    /// <inheritdoc/>
    public Unit Lead => Planned.Sides.Owner;

    /// <inheritdoc/>
    public bool Open => Outcome == RevisitOutcome.None;

    IReadOnlySet<StaffId>? IMatterState.Hands => Hands;

    /// <summary>Who did the work that is asked about, in any round: none of them revisits it.</summary>
    public ImmutableHashSet<StaffId> Worked => Item.Handler is { } h ? [.. Item.Worked, h] : [.. Item.Worked];

    /// <summary>They, and who tried to reach the resident: none of them judges how it ends.</summary>
    public ImmutableHashSet<StaffId> Hands => Worked.Union(Request.Hands);

    /// <summary>
    /// The office of the community, quality and the leader; where the office is the accused side, only those who keep
    /// it.
    /// </summary>
    public bool MaySee(StaffMember staff)
    {
        var sides = Planned.Sides;
        if (sides.Owner != Unit.Office)
            return staff.Unit == sides.Owner || staff.Unit == sides.Reviewer || staff.Unit == sides.Chief;
        return staff.Unit is Unit.Quality or Unit.Leader || (staff.Unit == Unit.Office && staff.Community == Community);
    }

    bool IMatterState.MaySee(StaffMember staff, CompanyDirectory directory) => MaySee(staff);

    /// <summary>
    /// Who finds a revisit kept by <paramref name="owner"/> in lists of their community: nobody who could not open it.
    /// </summary>
    public static bool MayList(StaffMember staff, Unit owner) =>
        staff.Unit is Unit.Quality or Unit.Leader || staff.Unit == owner;

    /// <inheritdoc/>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>The state after an event.</summary>
    public static Revisit Evolve(Revisit? s, RevisitEvent e, DateTimeOffset at) =>
        (s is null ? Begin(e, at) : Apply(s, e, at)) with
        {
            Last = (e, at),
            HeardAt = e is RevisitEvent.RevisitTaken or RevisitEvent.RevisitSigned { Form.Way: SignatureWay.Drawn }
                ? at : s?.HeardAt,
        };

    private static Revisit Begin(RevisitEvent e, DateTimeOffset at) => e is RevisitEvent.RevisitPlanned p
        ? new Revisit { Planned = p, PlannedAt = at, Request = new SignRequest(p.Text, p.TextHash, p.Due) }
        : throw new InvalidOperationException($"A revisit cannot begin with {e?.GetType().Name}.");

    private static Revisit Apply(Revisit s, RevisitEvent e, DateTimeOffset at) => e switch
    {
        RevisitEvent.RevisitAsked a => s with
        {
            Request = s.Request.WithLink(a.Issue, a.Channel, a.Expires, a.RemindAt, at),
        },
        RevisitEvent.RevisitAttempted a => s with
        {
            Request = s.Request with { Attempts = s.Request.Attempts.Add(new Attempt(at, a.Channel, a.By)) },
        },
        RevisitEvent.RevisitTaken t => s with
        {
            Request = s.Request with { Drawn = new Unconfirmed(t.Form, t.ConfirmDue), Unreachable = null },
        },
        RevisitEvent.RevisitSigned g => s with { Signed = g.Form, SignedAt = at, OwesComplaint = g.Bad },
        RevisitEvent.RevisitDeclined => s,
        RevisitEvent.RevisitUnreachableProposed u => s with
        {
            Request = s.Request with { Unreachable = new Pending(u.DecidedBy, u.DecideDue, u.By) },
        },
        RevisitEvent.RevisitUnreachableDecided d => s with
        {
            Request = s.Request with { Unreachable = null, Due = d.RevisitDue ?? s.Request.Due },
        },
        RevisitEvent.VisitEntered v => s with
        {
            VisitedAt = v.VisitedAt,
            VisitedBy = v.Paper.By,
            Request = s.Request with { Paper = v.Paper, Unreachable = null },
        },
        RevisitEvent.RevisitDecided d => s with
        {
            VisitedAt = d.Confirmed ? s.VisitedAt : null,
            VisitedBy = d.Confirmed ? s.VisitedBy : null,
            Request = s.Request.WithoutForm(d.RevisitDue),
        },
        RevisitEvent.RevisitComplaintOpened c => s with { OwesComplaint = false, Complaint = c.Number },
        RevisitEvent.RevisitClosed c => s with
        {
            Outcome = c.Outcome,
            ClosedAt = at,
            // No link opens any more, and nobody is reminded.
            Request = s.Request.WithoutForm(null) with { Issue = 0, RemindAt = null, Unreachable = null },
        },
        _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
    };
}
