using System.Collections.Immutable;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Privacy;

/// <summary>A data request 个人信息请求 as its events left it.</summary>
public sealed record DataRequest : IMatterState
{
    /// <summary>As it was asked.</summary>
    public required DataRequestEvent.DataRequested Asked { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public DataRequestStage Stage { get; init; }

    /// <summary>Who recorded it or made sure who asks: none of them decides on it.</summary>
    public ImmutableHashSet<StaffId> Recorded { get; init; } = [];

    /// <summary>Who made sure who asks, and how.</summary>
    public DataRequestEvent.DataRequestExamined? Examined { get; init; }

    /// <summary>To be answered by then: as promised, or when the hold ends.</summary>
    public required DateTimeOffset AnswerDue { get; init; }

    /// <summary>The legal hold that was put on it last.</summary>
    public DataRequestEvent.DataRequestHeld? Held { get; init; }

    /// <summary>The approval that counts.</summary>
    public DataRequestEvent.ErasureApproved? Approval { get; init; }

    /// <summary>Ids of the keys that are being erased.</summary>
    public ImmutableArray<string> Keys { get; init; } = [];

    /// <summary>Conversations that were left, for others use them too.</summary>
    public int Shared { get; init; }

    /// <summary>The copy can be fetched until then.</summary>
    public DateTimeOffset? CopyUntil { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <inheritdoc/>
    public CommunityId Community => Asked.Number.Community;

    /// <inheritdoc/>
    public string PolicyVersion => Asked.PolicyVersion;

    /// <inheritdoc/>
    public string Number => Asked.Number.ToString();

    /// <inheritdoc/>
    public Unit Lead => Asked.Keeper;

    /// <inheritdoc/>
    public StaffId? Accused => Asked.Against is [var first, ..] ? first : null;

    /// <inheritdoc/>
    public IReadOnlyList<StaffId> Against => Asked.Against;

    /// <inheritdoc/>
    public StaffId? Own => Asked.Own;

    /// <inheritdoc/>
    public string? SourceId => Asked.SourceId;

    /// <inheritdoc/>
    public bool Open => Stage is not (DataRequestStage.Done or DataRequestStage.Refused or DataRequestStage.Stopped);

    /// <inheritdoc/>
    public IReadOnlySet<StaffId> Hands => Recorded;

    /// <summary>
    /// Quality, the leader and the community's office, and whoever recorded it; nobody whom a complaint of the person is
    /// against, for they must not learn of it (4.6.1-2-D), and nobody whose own it is.
    /// </summary>
    public bool MaySee(StaffMember staff, CompanyDirectory directory) =>
        !Authority.IsBarred(this, staff, directory)
        && (staff.Unit is Unit.Quality or Unit.Leader || Recorded.Contains(staff.Id)
            || Authority.Is(Party.Of(Unit.Office), staff, Community));

    /// <summary>The state after an event.</summary>
    public static DataRequest Evolve(DataRequest? state, DataRequestEvent e, DateTimeOffset at) => (state, e) switch
    {
        (null, DataRequestEvent.DataRequested x) => new DataRequest
        {
            Asked = x,
            AskedAt = at,
            AnswerDue = x.Due,
            Recorded = x.EnteredBy is { } by ? [by] : [],
        },
        ({ } s, DataRequestEvent.DataRequestExamined x) => s with
        {
            Examined = x,
            Recorded = s.Recorded.Add(x.By),
            Stage = DataRequestStage.ToAnswer,
        },
        ({ } s, DataRequestEvent.ErasureApproved x) => s with { Approval = x, Stage = DataRequestStage.Approved },
        ({ } s, DataRequestEvent.DataRequestHeld x) => s with { Held = x, AnswerDue = x.Until },
        ({ } s, DataRequestEvent.DataRequestRefused) => s.End(DataRequestStage.Refused, at),
        ({ } s, DataRequestEvent.DataRequestStopped) => s.End(DataRequestStage.Stopped, at),
        ({ } s, DataRequestEvent.CopyGiven x) => s.End(DataRequestStage.Done, at) with { CopyUntil = x.Until },
        ({ } s, DataRequestEvent.ErasureHalted x) => s with
        {
            Approval = null,
            AnswerDue = x.DecideDue,
            Stage = DataRequestStage.ToAnswer,
        },
        ({ } s, DataRequestEvent.ErasureAnnounced) => s with { Stage = DataRequestStage.Announced },
        ({ } s, DataRequestEvent.ErasureBegun x) => s with
        {
            Keys = x.Keys,
            Shared = x.Shared,
            Stage = DataRequestStage.Erasing,
        },
        ({ } s, DataRequestEvent.PersonErased) => s.End(DataRequestStage.Done, at),
        _ => throw new InvalidOperationException($"{e?.GetType().Name} cannot follow here."),
    };

    private DataRequest End(DataRequestStage stage, DateTimeOffset at) => this with { Stage = stage, EndedAt = at };
}
