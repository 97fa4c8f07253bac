using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.SignIns;

/// <summary>
/// Staff sign in with a code that goes to the phone on file, so that whoever decides for the company is known to hold
/// that phone (4.6.1-2-G: the people concerned bear what they report). A code is good in the browser that asked for it
/// alone, and browsers that were right before have a share of codes of their own: no stranger uses up either.
/// </summary>
public sealed class SignInMatter : IMatter<SignIn, SignInCommand, SignInEvent>
{
    /// <summary>What a code of six digits opens, where pages are named.</summary>
    public const string Purpose = "sign-in";

    /// <summary>Wrong codes before a code is void.</summary>
    public const int MostWrong = 5;

    /// <summary>Codes sent within an hour at most: to each browser that is known, and to all others together.</summary>
    public const int MostCodes = 5;

    /// <summary>Browsers that are known at a time.</summary>
    public const int MostKnown = 10;

    /// <summary>How long a code is good.</summary>
    public static readonly TimeSpan Good = TimeSpan.FromMinutes(5);

    /// <summary>Asking again within this time sends no other code.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>How long a session goes on: a working day.</summary>
    public static readonly TimeSpan Day = TimeSpan.FromHours(12);

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
            SignInCommand.Enter e when state?.CodeFor(e.Asker, now) is { } code && code.Issue == e.Issue =>
                e.Right
                    ? Check.Yes<SignInEvent>(
                        new SignInEvent.CodeEntered(e.Issue, Right: true),
                        Begun(state.Staff, state.Community, e.Session, SignInWay.Code, now, rules))
                    : Check.Yes<SignInEvent>(new SignInEvent.CodeEntered(e.Issue, Right: false)),
            SignInCommand.Enter => Check.No<SignInEvent>(new Refusal(
                RefusalCode.LinkInvalid, Clause, "The code is no longer good; ask for another.", "code")),
            SignInCommand.Begin b when state?.IsAt(b.Session, now) == true => Check.Yes<SignInEvent>(),
            SignInCommand.Begin b => Check.Yes<SignInEvent>(
                Begun(b.Staff, b.Community, b.Session, SignInWay.Click, now, rules)),
            SignInCommand.End e => End(state, e, now, rules),
            _ => throw new InvalidOperationException($"Unknown command {command?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static SignIn Evolve(SignIn? state, SignInEvent e, DateTimeOffset at)
    {
        switch (e)
        {
            case SignInEvent.CodeIssued i:
                var s = (state ?? new SignIn(i.Staff, i.Community, i.PolicyVersion)) with { Issue = i.Issue };
                return s with
                {
                    Codes = s.Codes.RemoveAll(c => c.Asker == i.Asker || c.Expires <= at)
                        .Add(new SentCode(i.Issue, i.Asker, i.Expires, 0, Used: false)),
                    Sent = s.Sent.RemoveAll(t => t.At <= at - TimeSpan.FromHours(1)).Add(new Sending(at, i.Asker)),
                };
            case SignInEvent.CodeEntered n:
                var code = state!.Codes.Find(c => c.Issue == n.Issue)!;
                var known = n.Right ? state.Known.RemoveAll(k => k == code.Asker).Add(code.Asker) : state.Known;
                return state with
                {
                    Codes = state.Codes.Replace(
                        code, n.Right ? code with { Used = true } : code with { Wrong = code.Wrong + 1 }),
                    Known = known.Count > MostKnown ? known.RemoveAt(0) : known,
                };
            case SignInEvent.SessionBegun b:
                var before = state ?? new SignIn(b.Staff, b.Community, b.PolicyVersion);
                return before with
                {
                    Sessions = before.Sessions.RemoveRange(before.Sessions.Where(x => x.Value <= at).Select(x => x.Key))
                        .SetItem(b.Session, b.Until),
                };
            case SignInEvent.SessionsEnded { Session: { } one }:
                return state! with { Sessions = state.Sessions.Remove(one) };
            case SignInEvent.SessionsEnded:
                return state! with { Sessions = state.Sessions.Clear() };
            default:
                throw new InvalidOperationException($"Unknown event {e?.GetType().Name}.");
        }
    }

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(SignIn state) => [];

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(SignInEvent e, SignIn state, Rules rules) => e switch
    {
        SignInEvent.CodeIssued i =>
        [
            new MatterMessage("SignInCode", new Recipient.Staff(Party.Of(i.Staff)), [], Purpose, i.Issue),
        ],
        _ => [],
    };

    private static Decision<SignInEvent> Ask(SignIn? state, SignInCommand.Ask a, DateTimeOffset now, Rules rules)
    {
        var known = state?.Known.Contains(a.Asker) == true;
        var sent = state?.Sent.FindAll(t => t.At > now - TimeSpan.FromHours(1)
            && (known ? t.Asker == a.Asker : !state.Known.Contains(t.Asker))) ?? [];
        if (sent.FindLast(t => t.Asker == a.Asker) is { } last && now - last.At < Pause
            && state!.CodeFor(a.Asker, now) is not null)
        {
            return Check.Yes<SignInEvent>();
        }

        return sent.Count >= MostCodes
            ? Check.No<SignInEvent>(new Refusal(
                RefusalCode.TooLate, Clause, $"{MostCodes} codes were sent within an hour; wait before the next."))
            : Check.Yes<SignInEvent>(new SignInEvent.CodeIssued(
                a.Staff, a.Community, rules.PolicyVersion, (state?.Issue ?? 0) + 1, a.Asker, now + Good));
    }

    private static SignInEvent.SessionBegun Begun(
        StaffId staff, CommunityId community, string session, SignInWay way, DateTimeOffset now, Rules rules) =>
        new(staff, community, rules.PolicyVersion, session, way, now + Day);

    /// <summary>Who sees them ends them; their own also whoever is no longer in the company file.</summary>
    private static Decision<SignInEvent> End(SignIn? state, SignInCommand.End e, DateTimeOffset now, Rules rules)
    {
        if (state is null || (e.Session is { } one ? !state.IsAt(one, now) : state.Sessions.IsEmpty))
            return Check.Yes<SignInEvent>();
        return e.By == state.Staff || (rules.Directory.Find(e.By) is { } by && SignIn.MaySee(by, state.Staff))
            ? Check.Yes<SignInEvent>(new SignInEvent.SessionsEnded(e.Session, e.By))
            : Check.No<SignInEvent>(new Refusal(
                RefusalCode.NotYours, Clause, "Only they themselves and the leader end somebody's sessions."));
    }
}
