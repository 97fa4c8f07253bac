using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Complaints;

/// <summary>Who may see and do what in a complaint: rules, not web filters.</summary>
public static class Authority
{
    /// <summary>
    /// The accused and everyone below them neither see nor handle nor close a complaint against them; nor does whoever
    /// its words name, until the chief has looked. Staff who complain themselves see theirs as residents do.
    /// </summary>
    public static bool IsBarred(IMatterState s, StaffMember staff, CompanyDirectory directory)
    {
        return s.Own == staff.Id || s.Against.Any(against => IsBarred(against, staff, s.Community, directory));
    }

    /// <summary>As above, for an accused named before there is a complaint.</summary>
    public static bool IsBarred(StaffId accused, StaffMember staff, CommunityId community, CompanyDirectory directory)
    {
        if (staff.Id == accused)
            return true;
        // Below means the accused's own unit: everybody is below the leader, and then nobody would be left.
        var against = directory.Find(accused);
        return against is { Rank: Rank.Head } && against.Unit == staff.Unit
            && (against.Unit != Unit.Office || against.Community == staff.Community);
    }

    /// <summary>
    /// Quality and the leader see every complaint, the office those of its community, departments those they lead or
    /// cooperate in; nobody sees one against themselves or their head.
    /// </summary>
    public static bool MaySee(Complaint s, StaffMember staff, CompanyDirectory directory) =>
        !IsBarred(s, staff, directory)
        && directory.Wearing(staff, s.Community).Any(m => !IsBarred(s, m, directory) && Sees(s, m));

    private static bool Sees(Complaint s, StaffMember staff)
    {
        return staff.Unit switch
        {
            Unit.Quality or Unit.Leader => true,
            Unit.Office => staff.Community == s.Community,
            _ => s.Lead == staff.Unit || s.HandlingUnit == staff.Unit || s.Keeper == staff.Unit
                || s.Cooperating.Contains(staff.Unit) || s.Request?.Unreachable?.DecidedBy.Unit == staff.Unit
                || s.Cooperations.Exists(c => c.Unit == staff.Unit),
        };
    }

    /// <summary>
    /// As <see cref="MaySee"/>, and whoever owes something in it or was told that it is late; nobody barred.
    /// </summary>
    public static bool MayOpen(Tracked<Complaint> of, StaffMember staff, CompanyDirectory directory) =>
        MaySee(of.State, staff, directory) || (!IsBarred(of.State, staff, directory)
            && ComplaintMatter.OwedIn(of).Any(o => Is(o.Owner, staff, of.State.Community, directory)));

    /// <summary>
    /// The resident's number in full is for those who call: the handler, the duty post and the keeper.
    /// </summary>
    public static bool MayCall(Tracked<Complaint> of, StaffMember staff, CompanyDirectory directory)
    {
        var s = of.State;
        bool IsOf(Unit unit) => Is(Party.Of(unit), staff, s.Community, directory);
        return MayOpen(of, staff, directory) && (s.Handler == staff.Id
            || IsOf(s.Intake.TriageBy) || IsOf(s.Keeper) || (s.CallBackDue is not null && IsOf(s.CallBackBy)));
    }

    /// <summary>The signature's drawing or scan is for the handler and the keeper.</summary>
    public static bool MaySeeSignature(Tracked<Complaint> of, StaffMember staff, CompanyDirectory directory) =>
        MayOpen(of, staff, directory)
        && (of.State.Handler == staff.Id || Is(Party.Of(of.State.Keeper), staff, of.State.Community, directory));

    /// <summary>Who looked at a complaint is for quality and the leader, as far as they may open it.</summary>
    public static bool MaySeeAccess(Tracked<Complaint> of, StaffMember staff, CompanyDirectory directory) =>
        MayOpen(of, staff, directory)
        && directory.Wearing(staff, of.State.Community).Any(m => m.Unit is Unit.Quality or Unit.Leader);

    /// <summary>The head of the unit that has a matter in hand; where they are barred or missing, whoever is above.</summary>
    public static Party HeadOf(IMatterState s, CompanyDirectory directory) =>
        directory.Head(s.HandlingUnit, s.Community) is { } head && !IsBarred(s, head, directory)
            ? Party.Of(head.Id)
            : Party.Of(s.Chief);

    /// <summary>True where the member of staff is the party, or belongs to the unit that is.</summary>
    public static bool Is(Party party, StaffMember staff, CommunityId community)
    {
        return party.Staff is { } id
            ? staff.Id == id
            : staff.Unit == party.Unit && (staff.Community is null || staff.Community == community);
    }

    /// <summary>As above, or acts for the unit while its post is vacant.</summary>
    public static bool Is(Party party, StaffMember staff, CommunityId community, CompanyDirectory directory) =>
        directory.Wearing(staff, community).Any(m => Is(party, m, community));

    /// <summary>As below, for a matter there is: nobody its words are against.</summary>
    public static StaffMember? FirstFree(
        Unit unit, IMatterState s, CompanyDirectory directory, IReadOnlySet<StaffId>? except = null) =>
        FirstFree(unit, s.Community, s.Against, directory, Except(s.Own, except));

    /// <summary>Those who keep out, and whose own it is.</summary>
    public static IReadOnlySet<StaffId>? Except(StaffId? own, IReadOnlySet<StaffId>? except = null) =>
        own is { } o ? (except?.ToImmutableHashSet() ?? []).Add(o) : except;

    /// <summary>
    /// Who in a unit takes new work: the person on duty, else any member, else the head; nobody barred and nobody of
    /// <paramref name="except"/> (for a review: those who handled the complaint). Null where nobody is left.
    /// </summary>
    public static StaffMember? FirstFree(
        Unit unit, CommunityId community, IReadOnlyList<StaffId> against, CompanyDirectory directory,
        IReadOnlySet<StaffId>? except = null)
    {
        foreach (var m in directory.Members(unit, community))
        {
            if (!against.Any(a => IsBarred(a, m, community, directory)) && except?.Contains(m.Id) != true)
                return m;
        }

        return null;
    }
}
