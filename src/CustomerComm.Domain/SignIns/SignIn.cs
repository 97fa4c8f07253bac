using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.SignIns;

/// <summary>
/// The code that was sent last to a browser: its number, since when it is void, how often it was entered wrong.
/// </summary>
public sealed record SentCode(int Issue, string Asker, DateTimeOffset Expires, int Wrong, bool Used)
{
    /// <summary>It may still be entered by this browser.</summary>
    public bool Takes(string asker, DateTimeOffset now) =>
        asker == Asker && !Used && now < Expires && Wrong < SignInMatter.MostWrong;
}

/// <summary>When a code was sent, and to which browser.</summary>
public sealed record Sending(DateTimeOffset At, string Asker);

/// <summary>The sign-ins of one member of staff as their events left them.</summary>
public sealed record SignIn(StaffId Staff, CommunityId Community, string PolicyVersion) : IMatterState
{
    /// <summary>Number of the last code; 0 while there is none.</summary>
    public int Issue { get; init; }

    /// <summary>The codes that may still be good, one a browser.</summary>
    public ImmutableList<SentCode> Codes { get; init; } = [];

    /// <summary>Codes sent within the last hour.</summary>
    public ImmutableList<Sending> Sent { get; init; } = [];

    /// <summary>Browsers that a right code was entered in, the latest last.</summary>
    public ImmutableList<string> Known { get; init; } = [];

    /// <summary>Open sessions by their hash, with their ends.</summary>
    public ImmutableDictionary<string, DateTimeOffset> Sessions { get; init; } =
        ImmutableDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Number => Staff.Value;

    /// <inheritdoc/>
    public Unit Lead => Unit.Leader;

    /// <summary>Nothing is ever owed here.</summary>
    public bool Open => false;

    /// <summary>Everybody looks after their own sign-ins; the leader after those of all.</summary>
    public static bool MaySee(StaffMember staff, StaffId of) => staff.Id == of || staff.Unit == Unit.Leader;

    bool IMatterState.MaySee(StaffMember staff, CompanyDirectory directory) => MaySee(staff, Staff);

    /// <summary>The code this browser may enter now, or null.</summary>
    public SentCode? CodeFor(string asker, DateTimeOffset now) => Codes.FindLast(c => c.Takes(asker, now));

    /// <summary>True where a session goes on.</summary>
    public bool IsAt(string session, DateTimeOffset now) =>
        Sessions.TryGetValue(session, out var until) && now < until;
}
