using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Complaints;

/// <summary>
/// What a command does to a complaint, by the procedure 4.6: the only place where that is decided. Pure: the same
/// arguments give the same decision, and a command that repeats what is already so gives no events.
/// </summary>
public sealed partial class ComplaintMatter : IMatter<Complaint, ComplaintCommand, ComplaintEvent>
{
    /// <summary>Page where the resident signs.</summary>
    public const string SignPage = "s";

    /// <summary>Page where the resident sees how it stands.</summary>
    public const string StatusPage = "c";

    /// <summary>
    /// The link of the status page that only the resident is sent: who opens it may withdraw, consent and object. The first
    /// one, which whoever handed the complaint in is answered, shows and lets write.
    /// </summary>
    public const int OwnLink = 1;

    private ComplaintMatter()
    {
    }

    /// <inheritdoc/>
    public static Decision<ComplaintEvent> Decide(
        Complaint? state, ComplaintCommand command, Actor actor, DateTimeOffset now, Rules rules) =>
        WithKeeper(
            state,
            WithNamed(
                state, Check.UnlessRepeated(DecideAfresh(state, command, actor, now, rules), state?.Last, now), now, rules),
            now, rules);

    /// <summary>
    /// Nobody who had a hand in it keeps the records or verifies: where nobody else is left in the unit that does, another
    /// one takes that over in the same moment (4.5.4).
    /// </summary>
    private static Decision<ComplaintEvent> WithKeeper(
        Complaint? state, Decision<ComplaintEvent> decision, DateTimeOffset now, Rules rules)
    {
        if (decision is not Decision<ComplaintEvent>.Accepted { Events: { IsEmpty: false } events })
            return decision;
        var after = events.Aggregate(state, (s, e) => Complaint.Evolve(s, e, now))!;
        if (!after.Open || after.Handlers.IsEmpty)
            return decision;
        var keeper = Signing.Reviewer(after, after.Keeper, after.HandledBy, rules.Directory);
        return keeper == after.Keeper ? decision : Yes([.. events, new ComplaintEvent.KeeperChanged(keeper)]);
    }

    /// <inheritdoc/>
    public static Complaint Evolve(Complaint? state, ComplaintEvent e, DateTimeOffset at) =>
        Complaint.Evolve(state, e, at);

    /// <inheritdoc/>
    public static ComplaintEvent Numbered(ComplaintEvent e, MatterNumber number) =>
        e is ComplaintEvent.Received r ? r with { Number = number } : e;

    private static Decision<ComplaintEvent> DecideAfresh(
        Complaint? state, ComplaintCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (state is null)
        {
            return command switch
            {
                ComplaintCommand.Receive r => Receive(r, actor, now, rules),
                ComplaintCommand.VoidNumber v when actor is Actor.System =>
                    Yes(new ComplaintEvent.NumberVoided(v.Number, v.Reason)),
                ComplaintCommand.VoidNumber => No(OnlySystemVoids),
                _ => No(RefusalCode.WrongStage, "4.6.2-1", "There is no such complaint."),
            };
        }

        var c = new Context(state, actor, now, rules);
        if (c.Member?.Id is { } who && who == state.Own)
        {
            return No(
                RefusalCode.OwnWork, "4.5.4", "It is this member of staff's own complaint; someone else handles it.");
        }

        if (actor is Actor.Staff staff && Authority.IsBarred(state, staff.Member, rules.Directory))
        {
            return No(RefusalCode.Accused, "4.6.1-2-D",
                "The complaint is against this member of staff or somebody above them; someone else handles it.");
        }

        return command switch
        {
            ComplaintCommand.Receive when state.Outcome == Outcome.Voided =>
                No(RefusalCode.Closed, "4.6.2-1", $"Number {state.Number} was voided; take the complaint in anew."),
            ComplaintCommand.Receive => Yes(),
            ComplaintCommand.VoidNumber v => VoidNumber(c, v),
            ComplaintCommand.ProveMisreport m => ProveMisreport(c, m),
            ComplaintCommand.TakeFollower t => TakeFollower(c, t),
            ComplaintCommand.DropFollower d => DropFollower(c, d),
            ComplaintCommand.TellLeadMoved t => TellLeadMoved(c, t),
            ComplaintCommand.TakeOutsideOrder t => TakeOutsideOrder(c, t),
            ComplaintCommand.Verify v when state.Outcome == Outcome.Verified && v.Holds => Yes(),
            ComplaintCommand.Sign g when actor is Actor.Resident && Repeats(state, g) => Yes(),
            ComplaintCommand.Withdraw when actor is Actor.Resident && state.Outcome == Outcome.Withdrawn => Yes(),
            ComplaintCommand.Answer or ComplaintCommand.DeclareOutOfScope or ComplaintCommand.DecideSuggestion
                or ComplaintCommand.PassOnPraise when state.Outcome == Outcome.Answered => Yes(),
            ComplaintCommand.Dismiss when state.Outcome == Outcome.Dismissed => Yes(),
            ComplaintCommand.AnswerFinally when state.Outcome == Outcome.FinallyAnswered => Yes(),
            ComplaintCommand.Object o => Object(c, o),
            ComplaintCommand.DecideConsequence d => DecideConsequence(c, d),
            ComplaintCommand.DecideRemedy d => DecideRemedy(c, d),
            ComplaintCommand.GiveRemedy g => GiveRemedy(c, g),
            ComplaintCommand.FollowUp f when state.TellDue is not null => FollowUp(c, f),
            _ when !state.Open => No(RefusalCode.Closed, "4.6.2-1", $"Complaint {state.Number} is closed."),
            _ => DecideOpen(c, command),
        };
    }

    private static readonly Refusal OnlySystemVoids = new(
        RefusalCode.NotYours, "4.6.2-1", "Numbers are voided by the system alone.");

    private static Decision<ComplaintEvent> DecideOpen(Context c, ComplaintCommand command) => command switch
    {
        ComplaintCommand.Triage t => Triage(c, t),
        ComplaintCommand.TakeSecondOpinion o => TakeSecondOpinion(c, o),
        ComplaintCommand.RecordCallBack r => RecordCallBack(c, r),
        ComplaintCommand.Dismiss d => Dismiss(c, d),
        ComplaintCommand.DecideFinding d => DecideFinding(c, d),
        ComplaintCommand.Assign a => Assign(c, a),
        ComplaintCommand.Accept => Accept(c),
        ComplaintCommand.Decline d => Decline(c, d),
        ComplaintCommand.HandOver h => HandOver(c, h),
        ComplaintCommand.Note n => Note(c, n),
        ComplaintCommand.AskCooperation a => AskCooperation(c, a),
        ComplaintCommand.GiveCooperation g => GiveCooperation(c, g),
        ComplaintCommand.Escalate e => Escalate(c, e),
        ComplaintCommand.Instruct i => Instruct(c, i),
        ComplaintCommand.TellExtension t => TellExtension(c, t),
        ComplaintCommand.AnswerExtension a => AnswerExtension(c, a),
        ComplaintCommand.TakeSilence t => TakeSilence(c, t),
        ComplaintCommand.TreatAsLetter => TreatAsLetter(c),
        ComplaintCommand.DraftLetter d => DraftLetter(c, d),
        ComplaintCommand.DecideLetter d => DecideLetter(c, d),
        ComplaintCommand.Resolve r => Resolve(c, r),
        ComplaintCommand.RequestSignature => RequestSignature(c),
        ComplaintCommand.RecordAttempt a => RecordAttempt(c, a),
        ComplaintCommand.SeeAuthority a => SeeAuthority(c, a),
        ComplaintCommand.Sign s => Sign(c, s),
        ComplaintCommand.RefuseSignature r => RefuseSignature(c, r),
        ComplaintCommand.RefuseInWords r => RefuseInWords(c, r),
        ComplaintCommand.AnswerFinally a => AnswerFinally(c, a),
        ComplaintCommand.AnswerObjection a => AnswerObjection(c, a),
        ComplaintCommand.OfferRemedy o => OfferRemedy(c, o),
        ComplaintCommand.ProposeUnreachable => ProposeUnreachable(c),
        ComplaintCommand.DecideUnreachable d => DecideUnreachable(c, d),
        ComplaintCommand.AttachPaper a => AttachPaper(c, a),
        ComplaintCommand.DecideSignature d => DecideSignature(c, d),
        ComplaintCommand.FollowUp f => FollowUp(c, f),
        ComplaintCommand.HandOverRecords => HandOverRecords(c),
        ComplaintCommand.CheckRecords k => CheckRecords(c, k),
        ComplaintCommand.FindRootCause f => FindRootCause(c, f),
        ComplaintCommand.FileReports f => FileReports(c, f),
        ComplaintCommand.Verify v => Verify(c, v),
        ComplaintCommand.Answer a => Answer(c, a),
        ComplaintCommand.DeclareOutOfScope d => DeclareOutOfScope(c, d),
        ComplaintCommand.DecideSuggestion d => DecideSuggestion(c, d),
        ComplaintCommand.PassOnPraise p => PassOnPraise(c, p),
        ComplaintCommand.Withdraw w => Withdraw(c, w),
        ComplaintCommand.Join j => Join(c, j),
        ComplaintCommand.Separate => Separate(c),
        _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
    };

    private static Decision<ComplaintEvent> Yes(params ReadOnlySpan<ComplaintEvent> events) =>
        new Decision<ComplaintEvent>.Accepted([.. events]);

    private static Decision<ComplaintEvent> No(RefusalCode code, string clause, string text, string? field = null) =>
        new Decision<ComplaintEvent>.Refused(new Refusal(code, clause, text, field));

    /// <summary>Another step must come first.</summary>
    private static Refusal NotYet(ObligationKind missing, string clause, string text) =>
        new(RefusalCode.NotYet, clause, text) { Missing = missing };

    private static Decision<ComplaintEvent> No(Refusal refusal) => new Decision<ComplaintEvent>.Refused(refusal);

    private static Refusal? Satisfaction(int value) => Check.Range(value, 1, 5, "satisfaction", "4.6.1-4");

    /// <summary>One complaint, who asks, when, and by which rules.</summary>
    private readonly record struct Context(Complaint S, Actor Actor, DateTimeOffset Now, Rules Rules)
    {
        public StaffMember? Member => (Actor as Actor.Staff)?.Member;

        public CommunityId Community => S.Community;

        public DateTimeOffset Due(Limit limit) => Rules.Due(Now, limit);

        /// <summary>As <see cref="Due"/>, for what handling needs: by the clock while it is urgent.</summary>
        public DateTimeOffset HandlingDue(Limit limit) => Rules.Due(Now, limit, S.Urgent);

        public Refusal? At(string clause, params ReadOnlySpan<Stage> stages) => stages.Contains(S.Stage)
            ? null
            : new Refusal(RefusalCode.WrongStage, clause, $"This cannot be done while the complaint is {S.Stage}.");

        /// <summary>The actor must be staff for whom <paramref name="may"/> holds.</summary>
        public Refusal? Staff(string clause, string who, Func<StaffMember, bool> may) =>
            Member is { } m && may(m)
                ? null
                : new Refusal(RefusalCode.NotYours, clause, $"Only {who} may do this.");

        /// <summary>The handler, or the head of the handling unit in their stead.</summary>
        public Refusal? Handler(string clause)
        {
            var s = S;
            var community = Community;
            return Staff(clause, "the handler or the head of the handling unit", m => s.Handler == m.Id
                || (m.Rank == Rank.Head && Authority.Is(Party.Of(s.HandlingUnit), m, community)));
        }

        public Refusal? Only(Party party, string clause)
        {
            var community = Community;
            return Staff(clause, party.ToString(), m => Authority.Is(party, m, community));
        }

        /// <summary>Everybody who handled the complaint.</summary>
        public ImmutableHashSet<StaffId> HandledBy => S.HandledBy;

        /// <summary>Everybody who handled the complaint, and the actor.</summary>
        public ImmutableHashSet<StaffId> Hands => Member is { } m ? HandledBy.Add(m.Id) : HandledBy;

        /// <summary>
        /// The unit that instructs and approves: the chief, or another where nobody of it is left who is none of
        /// <paramref name="hands"/>. Who stands in for the leader is no judge of their own unit's work.
        /// </summary>
        public Unit Above(IReadOnlySet<StaffId> hands) => Signing.Reviewer(
            S, S.Chief, hands, Rules.Directory, S.Chief == S.HandlingUnit && S.Chief != Unit.Leader ? S.Chief : null);

        /// <summary>
        /// The party must be the actor, or the one that stands in where nobody of it can judge; never on their own work.
        /// </summary>
        public Refusal? MayJudge(Party party, string clause) =>
            Signing.MayJudge(S, party, Actor, HandledBy, Rules.Directory, clause);
    }
}
