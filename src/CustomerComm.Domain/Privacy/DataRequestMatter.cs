using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Privacy;

/// <summary>
/// What a person asks about their data: a copy, or erasure (PIPL articles 44 to 50, GDPR articles 12 to 17). An erasure
/// takes two persons: one records it and makes sure who asks, a head or the leader decides. Nobody whom a complaint of
/// that person is against has a part in it, and nothing that is open is erased.
/// </summary>
public sealed partial class DataRequestMatter : IMatter<DataRequest, DataRequestCommand, DataRequestEvent>
{
    /// <summary>Page of the person's own.</summary>
    public const string Page = "d";

    /// <summary>Whoever asks gets a concrete answer.</summary>
    private const string Clause = "4.2.3";

    private DataRequestMatter()
    {
    }

    /// <inheritdoc/>
    public static Decision<DataRequestEvent> Decide(
        DataRequest? state, DataRequestCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (command is DataRequestCommand.Ask ask)
            return state is null ? Ask(ask, actor, now, rules) : Check.Yes<DataRequestEvent>();
        if (state is not { } s)
            return No("There is no such data request.");
        if (actor is Actor.Staff { Member: var m } && Barred(s, command, m, rules.Directory) is { } barred)
            return Check.No<DataRequestEvent>(barred);
        return command switch
        {
            DataRequestCommand.Examine c => Examine(s, c, actor, rules),
            DataRequestCommand.Approve c => Approve(s, c, actor, now, rules),
            DataRequestCommand.Refuse c => Refuse(s, c, actor),
            DataRequestCommand.Hold c => Hold(s, c, actor, now, rules),
            DataRequestCommand.Stop => Stop(s, actor),
            DataRequestCommand.GiveCopy => GiveCopy(s, actor, now, rules),
            DataRequestCommand.Announce c => Announce(s, c, actor, now, rules),
            DataRequestCommand.Begin c => Begin(s, c, actor, now, rules),
            DataRequestCommand.Finish => Finish(s, actor),
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static DataRequest Evolve(DataRequest? state, DataRequestEvent e, DateTimeOffset at) =>
        DataRequest.Evolve(state, e, at);

    /// <inheritdoc/>
    public static DataRequestEvent Numbered(DataRequestEvent e, MatterNumber number) =>
        e is DataRequestEvent.DataRequested asked ? asked with { Number = number } : e;

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(DataRequest state)
    {
        Obligation Owe(ObligationKind kind, Party owner, DateTimeOffset due) => new(kind, "", owner, due, Clause, null);
        var keeper = Party.Of(state.Asked.Keeper);
        return state.Stage switch
        {
            DataRequestStage.ToExamine => [Owe(ObligationKind.ExamineDataRequest, keeper, state.Asked.ExamineDue)],
            DataRequestStage.ToAnswer when state.Asked.Type == DataRequestType.Copy =>
                [Owe(ObligationKind.GiveCopy, keeper, state.AnswerDue)],
            DataRequestStage.ToAnswer =>
                [Owe(ObligationKind.DecideErasure, state.Examined!.AnsweredBy, state.AnswerDue)],
            DataRequestStage.Approved or DataRequestStage.Announced or DataRequestStage.Erasing =>
                [Owe(ObligationKind.CarryOutErasure, keeper, state.Approval!.CarryOutDue)],
            _ => [],
        };
    }

    private static Decision<DataRequestEvent> Ask(
        DataRequestCommand.Ask c, Actor actor, DateTimeOffset now, Rules rules)
    {
        var member = (actor as Actor.Staff)?.Member;
        var no = (member is null ? null : Check.Staff(
                actor, Clause, "quality or the community's office", m => MayRecord(m, c.Number.Community)))
            ?? (c.Contact is { Phone: null, Conversation: null }
                ? Check.Bad("phone", Clause, "Give the phone that the person is known by.") : null)
            ?? Check.Reach(c.Contact, Clause) ?? Check.Text(c.Reason, "reason", Clause)
            ?? (member is null ? null : Check.Text(c.Proof, "proof", Clause))
            ?? Twice(c.Standing);
        if (no is not null)
            return Check.No<DataRequestEvent>(no);
        var asked = new DataRequestEvent.DataRequested(
            c.Number, c.Type, c.Contact, c.Channel, c.Language, new Personal(c.Reason), member?.Id, c.Own,
            c.Standing.Against, Unit.Quality, rules.Due(now, rules.Policy.Privacy.Examine),
            rules.Due(now, rules.Policy.Privacy.Answer), c.SourceId, rules.PolicyVersion);
        var s = DataRequest.Evolve(null, asked, now);
        asked = asked with { Keeper = Signing.Reviewer(s, Unit.Quality, ImmutableHashSet<StaffId>.Empty, rules.Directory) };
        // Refusing one who is complained of would tell them so: a colleague makes sure instead, as for whoever asks alone.
        return member is null || Authority.IsBarred(s, member, rules.Directory)
            ? Check.Yes<DataRequestEvent>(asked)
            : Check.Yes<DataRequestEvent>(asked, ExaminedBy(s, member.Id, c.Proof!, rules));
    }

    private static Decision<DataRequestEvent> Examine(
        DataRequest s, DataRequestCommand.Examine c, Actor actor, Rules rules)
    {
        var no = Check.Staff(actor, Clause, "quality or the community's office", m => MayRecord(m, s.Community))
            ?? Check.Text(c.Proof, "proof", Clause);
        if (no is not null)
            return Check.No<DataRequestEvent>(no);
        var by = ((Actor.Staff)actor).Member.Id;
        if (s.Examined is { } before)
        {
            return before.By == by && before.Proof.Value == c.Proof
                ? Check.Yes<DataRequestEvent>() : No("Somebody made sure of it already.");
        }

        return s.Stage == DataRequestStage.ToExamine
            ? Check.Yes<DataRequestEvent>(ExaminedBy(s, by, c.Proof, rules)) : No("It has ended.");
    }

    private static Decision<DataRequestEvent> Approve(
        DataRequest s, DataRequestCommand.Approve c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (MayDecide(s, actor) is { } no)
            return Check.No<DataRequestEvent>(no);
        var by = ((Actor.Staff)actor).Member.Id;
        if (s.Approval is { } before)
            return before.By == by ? Check.Yes<DataRequestEvent>() : No("It was approved already.");
        if (s.Asked.Type != DataRequestType.Erasure || s.Stage != DataRequestStage.ToAnswer)
            return No("There is no erasure to approve.");
        if (s.Held is { } held && held.Until > now)
        {
            return Check.No<DataRequestEvent>(new Refusal(
                RefusalCode.NotYet, Clause,
                string.Create(CultureInfo.InvariantCulture, $"A legal hold runs until {held.Until:yyyy-MM-dd HH:mm} UTC.")));
        }

        if (Held(c.Standing) is { } open)
            return Check.No<DataRequestEvent>(open);
        var at = rules.Due(now, rules.Policy.Privacy.EraseAfter);
        return Check.Yes<DataRequestEvent>(
            new DataRequestEvent.ErasureApproved(by, at, rules.Due(at, rules.Policy.Privacy.CarryOut)));
    }

    private static Decision<DataRequestEvent> Refuse(DataRequest s, DataRequestCommand.Refuse c, Actor actor)
    {
        if ((MayDecide(s, actor) ?? Check.Text(c.Reason, "reason", Clause)) is { } no)
            return Check.No<DataRequestEvent>(no);
        return s.Stage switch
        {
            DataRequestStage.Refused => Check.Yes<DataRequestEvent>(),
            DataRequestStage.ToExamine or DataRequestStage.ToAnswer => Check.Yes<DataRequestEvent>(
                new DataRequestEvent.DataRequestRefused(((Actor.Staff)actor).Member.Id, new Personal(c.Reason))),
            _ => No("It was answered already."),
        };
    }

    private static Decision<DataRequestEvent> Hold(
        DataRequest s, DataRequestCommand.Hold c, Actor actor, DateTimeOffset now, Rules rules)
    {
        var no = MayDecide(s, actor) ?? Check.Text(c.Ground, "ground", Clause)
            ?? (c.Until <= now || c.Until > rules.Due(now, rules.Policy.Privacy.LongestHold)
                ? Check.Bad(
                    "until", Clause, $"'until' must be later than now, by at most {rules.Policy.Privacy.LongestHold}.")
                : null);
        if (no is not null)
            return Check.No<DataRequestEvent>(no);
        if (s.Asked.Type != DataRequestType.Erasure || s.Stage != DataRequestStage.ToAnswer)
            return No("Only an erasure that waits for its decision can be held.");
        return s.Held is { } before && before.Until == c.Until && before.Ground.Value == c.Ground
            ? Check.Yes<DataRequestEvent>()
            : Check.Yes<DataRequestEvent>(new DataRequestEvent.DataRequestHeld(
                ((Actor.Staff)actor).Member.Id, new Personal(c.Ground), c.Until));
    }

    private static Decision<DataRequestEvent> Stop(DataRequest s, Actor actor)
    {
        if (actor is not Actor.Resident)
        {
            return Check.No<DataRequestEvent>(new Refusal(
                RefusalCode.ResidentOnly, Clause, "Only the person whose data it is can stop it."));
        }

        return s.Stage switch
        {
            DataRequestStage.Stopped => Check.Yes<DataRequestEvent>(),
            DataRequestStage.ToExamine or DataRequestStage.ToAnswer or DataRequestStage.Approved =>
                Check.Yes<DataRequestEvent>(new DataRequestEvent.DataRequestStopped()),
            _ => No("It is too late to stop it."),
        };
    }

    private static Decision<DataRequestEvent> GiveCopy(DataRequest s, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (Check.Staff(actor, Clause, "quality or the leader", m => m.Unit is Unit.Quality or Unit.Leader) is { } no)
            return Check.No<DataRequestEvent>(no);
        if (s.CopyUntil is not null)
            return Check.Yes<DataRequestEvent>();
        return s.Asked.Type == DataRequestType.Copy && s.Stage == DataRequestStage.ToAnswer
            ? Check.Yes<DataRequestEvent>(new DataRequestEvent.CopyGiven(
                ((Actor.Staff)actor).Member.Id, rules.Due(now, rules.Policy.Privacy.CopyLink)))
            : No("There is no copy to give.");
    }
}
