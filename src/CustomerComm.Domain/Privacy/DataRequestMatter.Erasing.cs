using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Privacy;

/// <content>Who decides, what holds, and how an approved erasure is carried out.</content>
public sealed partial class DataRequestMatter
{
    private static readonly Refusal s_onlySystem = new(
        RefusalCode.NotYours, Clause, "Nobody erases by hand: the system does, once two persons have agreed.");

    private static Decision<DataRequestEvent> Announce(
        DataRequest s, DataRequestCommand.Announce c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (actor is not Actor.System)
            return Check.No<DataRequestEvent>(s_onlySystem);
        if (s.Stage is DataRequestStage.Announced or DataRequestStage.Erasing)
            return Check.Yes<DataRequestEvent>();
        if (s.Stage != DataRequestStage.Approved)
            return No("It is not approved.");
        if (now < s.Approval!.EraseAt)
            return Check.No<DataRequestEvent>(new Refusal(RefusalCode.NotYet, Clause, "Its time has not come."));
        return Halted(s, c.Standing, now, rules)
            ?? Check.Yes<DataRequestEvent>(new DataRequestEvent.ErasureAnnounced());
    }

    private static Decision<DataRequestEvent> Begin(
        DataRequest s, DataRequestCommand.Begin c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (actor is not Actor.System)
            return Check.No<DataRequestEvent>(s_onlySystem);
        if (s.Stage == DataRequestStage.Erasing)
            return Check.Yes<DataRequestEvent>();
        if (s.Stage != DataRequestStage.Announced)
            return No("The person was not told.");
        return Halted(s, c.Standing, now, rules)
            ?? Check.Yes<DataRequestEvent>(new DataRequestEvent.ErasureBegun(c.Keys, c.Shared));
    }

    private static Decision<DataRequestEvent> Finish(DataRequest s, Actor actor)
    {
        if (actor is not Actor.System)
            return Check.No<DataRequestEvent>(s_onlySystem);
        return s.Stage switch
        {
            DataRequestStage.Erasing => Check.Yes<DataRequestEvent>(new DataRequestEvent.PersonErased(s.Keys.Length)),
            DataRequestStage.Done => Check.Yes<DataRequestEvent>(),
            _ => No("No key is being erased."),
        };
    }

    /// <summary>What came up since the approval is looked at by a person again; null where nothing did.</summary>
    private static Decision<DataRequestEvent>? Halted(
        DataRequest s, PersonStanding standing, DateTimeOffset now, Rules rules) =>
        standing.Holds.IsEmpty ? null : Check.Yes<DataRequestEvent>(new DataRequestEvent.ErasureHalted(
            standing.Holds, s.AnswerDue > now ? s.AnswerDue : rules.Due(now, rules.Policy.Privacy.Answer)));

    /// <summary>Whoever enters it for a person has made sure who asks, unless a complaint of theirs is against them.</summary>
    private static bool IsExaminedWith(StaffId? enteredBy, DataRequest s, CompanyDirectory directory) =>
        enteredBy is { } id && directory.Find(id) is { } member && !Authority.IsBarred(s, member, directory);

    /// <summary>
    /// A complaint of the person was against them or somebody above them when it was asked, or is so now: they must learn
    /// neither of the complaint nor of what holds (4.6.1-2-D). Or it is their own.
    /// </summary>
    public static bool IsBarred(DataRequest s, PersonStanding now, StaffMember m, CompanyDirectory directory) =>
        Authority.IsBarred(s, m, directory) || now.Against.Any(a => Authority.IsBarred(a, m, s.Community, directory));

    private static bool MayRecord(StaffMember m, CommunityId community) =>
        m.Unit == Unit.Quality || (m.Unit == Unit.Office && m.Serves(community));

    /// <summary>The head of quality or of the community's office, or the leader; nobody who recorded it.</summary>
    private static Refusal? MayDecide(DataRequest s, Actor actor) =>
        Check.Staff(actor, Clause, "a head of quality or of the office, or the leader", m => IsDecider(m, s.Community))
        ?? (actor is Actor.Staff by && s.Recorded.Contains(by.Member.Id)
            ? new Refusal(RefusalCode.OwnWork, Clause, "Whoever recorded it or made sure who asks cannot decide on it.")
            : null);

    private static bool IsDecider(StaffMember m, CommunityId community) =>
        m.Unit == Unit.Leader
        || (m.Rank == Rank.Head && m.Unit is Unit.Quality or Unit.Office && m.Serves(community));

    /// <summary>
    /// Nobody whom a complaint of the person is against, open or not, of now or of when it was asked; nor whose own it is.
    /// </summary>
    private static Refusal? Barred(
        DataRequest s, DataRequestCommand command, StaffMember m, CompanyDirectory directory) =>
        IsBarred(s, (command as DataRequestCommand.Approve)?.Standing ?? PersonStanding.Clear, m, directory)
            ? new Refusal(
                RefusalCode.Accused, "4.6.1-2-D", "A complaint of the person is against you or somebody above you.")
            : null;

    private static Refusal? Twice(PersonStanding standing) =>
        standing.Holds.FirstOrDefault(h => h.Kind == DataHoldKind.OpenRequest) is { } open
            ? new Refusal(RefusalCode.WrongStage, Clause, $"Their data request {open.Number} is open still.")
            : null;

    private static Refusal? Held(PersonStanding standing) => standing.Holds.IsEmpty
        ? null
        : new Refusal(
            RefusalCode.NotYet, Clause,
            "The person cannot be erased yet: " + string.Join(
                "; ", standing.Holds.Select(h => $"{h.Kind} {h.Number}{(h.Until is { } u ? $" until {u:yyyy-MM-dd}" : "")}"))
            + ". End what is open first, wait for the term, or refuse with the reason.");

    private static DataRequestEvent.DataRequestExamined ExaminedBy(DataRequest s, StaffId by, string proof, Rules rules) =>
        new(by, new Personal(proof), s.Asked.Type == DataRequestType.Copy
            ? Party.Of(s.Asked.Keeper) : DeciderOf(s, s.Recorded.Add(by), rules.Directory));

    /// <summary>The first who may decide: the head of quality, the leader, the head of the office.</summary>
    private static Party DeciderOf(DataRequest s, IReadOnlySet<StaffId> recorded, CompanyDirectory directory)
    {
        foreach (var unit in (ReadOnlySpan<Unit>)[Unit.Quality, Unit.Leader, Unit.Office])
        {
            if (directory.Head(unit, s.Community) is { } head && !recorded.Contains(head.Id)
                && !Authority.IsBarred(s, head, directory))
            {
                return Party.Of(head.Id);
            }
        }

        return Party.Of(Unit.Leader);
    }

    private static Decision<DataRequestEvent> No(string text) =>
        Check.No<DataRequestEvent>(Check.WrongStage(Clause, text));

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(DataRequestEvent e, DataRequest state, Rules rules)
    {
        var s = state;
        MatterMessage ToPerson(string template, params ReadOnlySpan<(string, Word)> words) =>
            new(template, PersonOf(s), [.. words], Page);
        return e switch
        {
            DataRequestEvent.DataRequested x =>
            [
                ToPerson($"{x.Type}Requested", ("due", new Word.At(x.Due))),
                .. IsExaminedWith(x.EnteredBy, s, rules.Directory) ? (MatterMessage[])[] :
                [
                    MatterMessage.ToStaff(
                        "DataRequestToExamine", Party.Of(x.Keeper), ("due", new Word.At(x.ExamineDue))),
                ],
            ],
            DataRequestEvent.DataRequestExamined x =>
            [
                MatterMessage.ToStaff(
                    $"{s.Asked.Type}ToDecide", x.AnsweredBy, ("due", new Word.At(s.AnswerDue))),
            ],
            DataRequestEvent.ErasureApproved x => [ToPerson("ErasureApproved", ("due", new Word.At(x.EraseAt)))],
            DataRequestEvent.DataRequestRefused x =>
                [ToPerson("DataRequestRefused", ("text", new Word.Said(x.Reason.Value)))],
            DataRequestEvent.DataRequestHeld x =>
            [
                ToPerson(
                    "DataRequestHeld", ("due", new Word.At(x.Until)), ("text", new Word.Said(x.Ground.Value))),
            ],
            DataRequestEvent.CopyGiven x => [ToPerson("CopyGiven", ("due", new Word.At(x.Until)))],
            DataRequestEvent.ErasureHalted x =>
            [
                ToPerson("ErasureHaltedTold"),
                MatterMessage.ToStaff(
                    "ErasureHalted", s.Examined!.AnsweredBy, ("due", new Word.At(x.DecideDue))),
            ],
            DataRequestEvent.DataRequestStopped => s.Examined is { } examined
                ? [MatterMessage.ToStaff("DataRequestStopped", examined.AnsweredBy)] : [],
            DataRequestEvent.ErasureAnnounced =>
                [new("ErasureAnnounced", PersonOf(s), [])],
            DataRequestEvent.PersonErased =>
                [MatterMessage.ToStaff("PersonErased", s.Examined!.AnsweredBy)],
            DataRequestEvent.ErasureBegun => [],
            _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
        };
    }

    /// <summary>To the phone where there is one: whoever has it is the person, and may stop what they did not ask for.</summary>
    private static Recipient.Resident PersonOf(DataRequest s)
    {
        var contact = s.Asked.Contact;
        return new Recipient.Resident(
            contact.ForTexts(), contact.ForTexts() is null ? contact.Conversation : null, s.Asked.Language);
    }
}
