using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Measures;

/// <summary>
/// A corrective or preventive measure of a major complaint as its events left it: 纠正措施报告 or 预防措施报告 (4.6.2-5).
/// </summary>
public sealed record Measure : IMatterState
{
    /// <summary>As it was begun.</summary>
    public required MeasureEvent.MeasureBegun Begun { get; init; }

    /// <summary>When the report was filed.</summary>
    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>Who carries it out.</summary>
    public required StaffId Owner { get; init; }

    /// <summary>The owner's unit.</summary>
    public required Unit Unit { get; init; }

    /// <summary>To be carried out by then, in this round.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>The sides of its complaint.</summary>
    public required ComplaintSides Sides { get; init; }

    /// <summary>Who carried it out, owned it, filed it or chose its owner: none of them checks it (4.5.4).</summary>
    public required ImmutableHashSet<StaffId> Worked { get; init; }

    /// <summary>The unit that checks it.</summary>
    public Unit Checker { get; init; }

    /// <summary>Counts from 1; one more each time it was found not effective.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Another owner is to be named by then: the present one is of the accused side.</summary>
    public DateTimeOffset? NameOwnerDue { get; init; }

    /// <summary>What was done in this round.</summary>
    public MeasureResult? Result { get; init; }

    /// <summary>The effect is to be checked by then.</summary>
    public DateTimeOffset? CheckDue { get; init; }

    /// <summary>The checks so far.</summary>
    public ImmutableList<MeasureCheck> Checks { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public MeasureStage Stage => this switch
    {
        { Checks: [.., { Effective: true }] } => MeasureStage.Effective,
        { Result: not null } => MeasureStage.ToCheck,
        _ => MeasureStage.ToCarryOut,
    };

    /// <inheritdoc/>
    public string Number => Begun.Number;

    /// <inheritdoc/>
    public CommunityId Community => Begun.Complaint.Community;

    /// <inheritdoc/>
    public string PolicyVersion => Begun.PolicyVersion;

    /// <inheritdoc/>
    public Unit Lead => Unit;

    /// <inheritdoc/>
    public Unit Chief => Sides.Chief;

    /// <inheritdoc/>
    public StaffId? Accused => Sides.Against is [var first, ..] ? first : null;

    /// <inheritdoc/>
    public IReadOnlyList<StaffId> Against => Sides.Against;

    /// <inheritdoc/>
    public bool Open => Stage != MeasureStage.Effective;

    /// <inheritdoc/>
    public IReadOnlySet<StaffId> Hands => Worked.Union(Sides.Handlers);

    /// <summary>
    /// The number of a measure: the complaint's, <c>C</c> or <c>P</c>, and the complaint's round of resolving, e.g.
    /// <c>HY-2026-000123-C1</c>.
    /// </summary>
    public static string NumberOf(MatterNumber complaint, MeasureType type, int round) => string.Create(
        CultureInfo.InvariantCulture, $"{complaint}-{(type == MeasureType.Corrective ? 'C' : 'P')}{round}");

    /// <summary>
    /// Its owner and everybody with a hand in it, those who check and decide, the owner's unit and the office of the
    /// community; nobody of the accused side (4.6.1-2-D).
    /// </summary>
    public bool MaySee(StaffMember staff, CompanyDirectory directory)
    {
        if (Authority.IsBarred(this, staff, directory))
            return false;
        return Hands.Contains(staff.Id) || staff.Unit is Unit.Quality or Unit.Leader
            || Authority.Is(Party.Of(Unit), staff, Community) || Authority.Is(Party.Of(Unit.Office), staff, Community)
            || Authority.Is(Party.Of(Checker), staff, Community) || Authority.Is(Party.Of(Chief), staff, Community);
    }

    /// <summary>The state after an event.</summary>
    public static Measure Evolve(Measure? state, MeasureEvent e, DateTimeOffset at) => (state, e) switch
    {
        (null, MeasureEvent.MeasureBegun b) => new Measure
        {
            Begun = b,
            FiledAt = at,
            Owner = b.Plan.Owner,
            Unit = b.Unit,
            Due = b.Plan.Due,
            Sides = b.Sides,
            Worked = [b.FiledBy, b.Plan.Owner],
            Checker = b.Sides.Keeper,
        },
        ({ } s, MeasureEvent.MeasureDone d) => s with
        {
            Result = new MeasureResult(d.By, at, d.Result),
            Worked = s.Worked.Add(d.By),
            Checker = d.Checker,
            CheckDue = d.CheckDue,
        },
        ({ } s, MeasureEvent.MeasureChecked c) => s with
        {
            Checks = s.Checks.Add(new MeasureCheck(s.Round, c.By, at, c.Effective, c.Finding, s.Result!)),
            Round = c.Effective ? s.Round : s.Round + 1,
            Due = c.NewDue ?? s.Due,
            NameOwnerDue = c.NameOwnerDue,
            Result = c.Effective ? s.Result : null,
            CheckDue = null,
        },
        ({ } s, MeasureEvent.MeasureReassigned r) => s with
        {
            Owner = r.Owner,
            Unit = r.Unit,
            Worked = s.Worked.Add(r.By).Add(r.Owner),
            NameOwnerDue = null,
        },
        ({ } s, MeasureEvent.MeasureSidesChanged c) => s with
        {
            Sides = c.Sides,
            Checker = c.Checker,
            NameOwnerDue = c.NameOwnerDue,
        },
        _ => throw new InvalidOperationException($"{e?.GetType().Name} cannot follow here."),
    };
}
