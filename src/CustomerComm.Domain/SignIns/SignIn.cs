using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.SignIns;

/// <summary>What happens when a member of staff signs in. Stored types.</summary>
public abstract record SignInEvent
{
    private SignInEvent()
    {
    }

    /// <summary>A code went to the phone on file. The code itself is derived and stored nowhere.</summary>
    public sealed record CodeIssued(
        StaffId Staff, CommunityId Community, string PolicyVersion, int Issue, DateTimeOffset Expires) : SignInEvent;

    /// <summary>A code was entered, the right one or not.</summary>
    public sealed record CodeEntered(int Issue, bool Right) : SignInEvent;
}

/// <summary>What is wanted of the sign-in.</summary>
public abstract record SignInCommand
{
    private SignInCommand()
    {
    }

    /// <summary>Sends a code. <paramref name="Community"/> is where a member of a department is counted.</summary>
    public sealed record Ask(StaffId Staff, CommunityId Community) : SignInCommand;

    /// <summary>Enters the code of an issue; <paramref name="Right"/> tells whether it is that one.</summary>
    public sealed record Enter(int Issue, bool Right) : SignInCommand;
}

/// <summary>The sign-in of one member of staff as its events left it.</summary>
public sealed record SignIn(
    StaffId Staff, CommunityId Community, string PolicyVersion, int Issue, DateTimeOffset Expires, int Wrong, bool Used,
    ImmutableList<DateTimeOffset> Issued) : IMatterState
{
    /// <inheritdoc/>
    public string Number => Staff.Value;

    /// <inheritdoc/>
    public Unit Lead => Unit.Leader;

    /// <summary>Nothing is ever owed here.</summary>
    public bool Open => false;

    /// <summary>The code of this issue may still be entered.</summary>
    public bool Takes(int issue, DateTimeOffset now) =>
        issue == Issue && !Used && now < Expires && Wrong < SignInMatter.MostWrong;
}

/// <summary>
/// Staff sign in with a code that goes to the phone on file, so that whoever decides for the company is known to hold
/// that phone (4.6.1-2-G: the people concerned bear what they report).
/// </summary>
public sealed class SignInMatter : IMatter<SignIn, SignInCommand, SignInEvent>
{
    /// <summary>Wrong codes before a code is void.</summary>
    public const int MostWrong = 5;

    /// <summary>Codes sent within an hour at most.</summary>
    public const int MostCodes = 5;

    /// <summary>How long a code is good.</summary>
    public static readonly TimeSpan Good = TimeSpan.FromMinutes(5);

    /// <summary>Asking again within this time sends no other code.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private const string Clause = "4.6.1-2-G";

    /// <inheritdoc/>
    public static Decision<SignInEvent> Decide(
        SignIn? state, SignInCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (actor is not Actor.System)
            return Check.No<SignInEvent>(new Refusal(RefusalCode.NotYours, Clause, "Signing in is the system's to decide."));
        return command switch
        {
            SignInCommand.Ask a => Ask(state, a, now, rules),
            SignInCommand.Enter e when state?.Takes(e.Issue, now) == true =>
                Check.Yes<SignInEvent>(new SignInEvent.CodeEntered(e.Issue, e.Right)),
            SignInCommand.Enter => Check.No<SignInEvent>(new Refusal(
                RefusalCode.LinkInvalid, Clause, "The code is no longer good; ask for another.", "code")),
            _ => throw new InvalidOperationException($"Unknown command {command?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static SignIn Evolve(SignIn? state, SignInEvent e, DateTimeOffset at) => e switch
    {
        SignInEvent.CodeIssued i => new SignIn(
            i.Staff, i.Community, i.PolicyVersion, i.Issue, i.Expires, 0, Used: false,
            (state?.Issued ?? []).RemoveAll(t => t <= at - TimeSpan.FromHours(1)).Add(at)),
        SignInEvent.CodeEntered { Right: true } => state! with { Used = true },
        SignInEvent.CodeEntered => state! with { Wrong = state.Wrong + 1 },
        _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
    };

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(SignIn state) => [];

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(SignInEvent e, SignIn state, Rules rules) => e switch
    {
        SignInEvent.CodeIssued i =>
        [
            new MatterMessage("SignInCode", new Recipient.Staff(Party.Of(i.Staff)), [], "sign-in", i.Issue),
        ],
        _ => [],
    };

    private static Decision<SignInEvent> Ask(SignIn? state, SignInCommand.Ask a, DateTimeOffset now, Rules rules)
    {
        var issued = state?.Issued.FindAll(t => t > now - TimeSpan.FromHours(1)) ?? [];
        if (issued.Count > 0 && now - issued[^1] < Pause && state!.Takes(state.Issue, now))
            return Check.Yes<SignInEvent>();
        return issued.Count >= MostCodes
            ? Check.No<SignInEvent>(new Refusal(
                RefusalCode.TooLate, Clause, $"{MostCodes} codes were sent within an hour; wait before the next."))
            : Check.Yes<SignInEvent>(new SignInEvent.CodeIssued(
                a.Staff, a.Community, rules.PolicyVersion, (state?.Issue ?? 0) + 1, now + Good));
    }
}
