using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Surveys;

/// <summary>
/// One answer a home (4.5.6). Until the survey ends a home may correct its answer by its own link; a form on paper that
/// staff enter never replaces what the home said by its link.
/// </summary>
public sealed class HomeAnswerMatter : IMatter<HomeAnswer, HomeAnswerCommand, HomeAnswerEvent>
{
    /// <summary>Page that the link of an invitation leads to.</summary>
    public const string Page = "q";

    private const string Clause = QuestionnaireRules.Clause;

    private HomeAnswerMatter()
    {
    }

    /// <summary>The part of a room that names its building; empty where it has none.</summary>
    public static string BuildingOf(string room)
    {
        var end = room.IndexOf('-', StringComparison.Ordinal);
        return end <= 0 ? "" : room[..end].Trim();
    }

    /// <summary>
    /// True where the home belongs to staff, who are not asked about their own work: somebody there is marked as staff
    /// in the company file, or is written to by a phone of staff.
    /// </summary>
    public static bool IsStaffHome(Home home, CompanyDirectory directory)
    {
        return home.Residents.Any(r => r.IsStaff || directory.FindStaff(r.Phone) is not null);
    }

    /// <summary>True for whoever may enter forms on paper: the community's office and quality.</summary>
    public static bool MayEnter(StaffMember staff, CommunityId community) =>
        staff.Unit == Unit.Quality || (staff.Unit == Unit.Office && staff.Community == community);

    /// <inheritdoc/>
    public static Decision<HomeAnswerEvent> Decide(
        HomeAnswer? state, HomeAnswerCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (command is HomeAnswerCommand.Invite invite)
        {
            return state is not null
                ? Check.Yes<HomeAnswerEvent>()
                : Check.Unless<HomeAnswerEvent>(System(actor), new HomeAnswerEvent.HomeInvited(
                    invite.Community, invite.Year, rules.PolicyVersion, new Personal(invite.Room),
                    BuildingOf(invite.Room), invite.Phone is null ? null : new Personal(invite.Phone), invite.Language,
                    invite.Until));
        }

        if (state is not { } s)
            return Check.No<HomeAnswerEvent>(Check.WrongStage(Clause, "This home was not invited."));
        return command switch
        {
            HomeAnswerCommand.InviteAgain c => s.Phones.Contains(new Personal(c.Phone)) || s.Answer is not null
                ? Check.Yes<HomeAnswerEvent>()
                : Check.Unless<HomeAnswerEvent>(
                    System(actor), new HomeAnswerEvent.InvitedAgain(new Personal(c.Phone), c.Language)),
            HomeAnswerCommand.Remind c => c.Nth <= s.Reminded || s.Answer is not null || s.Declined
                ? Check.Yes<HomeAnswerEvent>()
                : Check.Unless<HomeAnswerEvent>(
                    System(actor) ?? Late(now, c.Until), new HomeAnswerEvent.HomeReminded(c.Nth, c.Until)),
            HomeAnswerCommand.Answer c => Answer(s, c, actor, now),
            HomeAnswerCommand.Decline c => s.Declined || s.Answer is not null
                ? Check.Yes<HomeAnswerEvent>()
                : Check.Unless<HomeAnswerEvent>(
                    Resident(actor) ?? Late(now, c.Until), new HomeAnswerEvent.HomeDeclined()),
            HomeAnswerCommand.Tell c => s.Told || s.Answer is null
                ? Check.Yes<HomeAnswerEvent>()
                : Check.Unless<HomeAnswerEvent>(System(actor), new HomeAnswerEvent.HomeTold(c.Problems)),
            _ => throw new InvalidOperationException($"Unknown command {command?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static HomeAnswer Evolve(HomeAnswer? state, HomeAnswerEvent e, DateTimeOffset at)
    {
        if (e is HomeAnswerEvent.HomeInvited i)
        {
            return new HomeAnswer
            {
                Community = i.Community,
                PolicyVersion = i.PolicyVersion,
                Year = i.Year,
                Room = i.Room,
                Building = i.Building,
                Phones = i.Phone is { } phone ? [phone] : [],
                Language = i.Language,
                InvitedAt = at,
            };
        }

        var s = state ?? throw new InvalidOperationException("An invitation begins with HomeInvited.");
        return e switch
        {
            HomeAnswerEvent.InvitedAgain a => s with { Phones = s.Phones.Add(a.Phone), Language = a.Language },
            HomeAnswerEvent.HomeReminded r => s with { Reminded = r.Nth },
            HomeAnswerEvent.HomeAnswered a => s with { Answer = a, AnsweredAt = at, Declined = false },
            HomeAnswerEvent.HomeDeclined => s with { Declined = true },
            HomeAnswerEvent.HomeTold => s with { Told = true },
            _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(HomeAnswer state) => [];

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(HomeAnswerEvent e, HomeAnswer state, Rules rules)
    {
        if (state.Phones.IsEmpty)
            yield break;
        var name = rules.Directory.Find(state.Community) is { } c
            ? c.NameIn(state.Language) : state.Community.Value;
        var message = e switch
        {
            HomeAnswerEvent.HomeInvited i => ("SurveyInvitation", i.Until),
            HomeAnswerEvent.InvitedAgain => ("SurveyInvitationAgain", default),
            HomeAnswerEvent.HomeReminded r => ("SurveyReminder", r.Until),
            HomeAnswerEvent.HomeTold => ("SurveyAnswered", default),
            _ => ("", default(DateTimeOffset)),
        };
        if (message.Item1.Length == 0)
            yield break;
        yield return new MatterMessage(
            message.Item1, new Recipient.Resident(state.Phones[^1], null, state.Language),
            [("community", new Word.Plain(name)), ("until", new Word.At(message.Item2))], Page)
        {
            Bulk = true,
        };
    }

    private static Decision<HomeAnswerEvent> Answer(
        HomeAnswer s, HomeAnswerCommand.Answer c, Actor actor, DateTimeOffset now)
    {
        var paper = c.Way == AnswerWay.Paper;
        var no = paper
            ? Check.Staff(actor, Clause, "the community's office or quality", m => MayEnter(m, s.Community))
            : Resident(actor);
        no ??= Late(now, c.Until);
        if (no is null && s.Answer is { } before && SameReplies(before, c))
            return Check.Yes<HomeAnswerEvent>();
        if (no is null && paper && s.Answer is not null)
        {
            no = Check.WrongStage(
                Clause, "This home has answered already; what it said stands. It can correct it by its own link.");
        }

        no ??= c.Replies.Select(r => Check.Optional(r.Value.Value, r.Question, Clause, AnswerRules.LongestLong))
            .FirstOrDefault(r => r is not null);
        var wrong = AnswerRules.Check(c.Form, c.Replies);
        no ??= wrong.IsEmpty
            ? null : Check.Bad(wrong[0].Question, Clause, $"'{wrong[0].Question}': {wrong[0].Fault}.");
        return Check.Unless<HomeAnswerEvent>(no, new HomeAnswerEvent.HomeAnswered(
            c.Way, c.Replies, paper && actor is Actor.Staff staff ? staff.Member.Id : null));
    }

    private static bool SameReplies(HomeAnswerEvent.HomeAnswered before, HomeAnswerCommand.Answer now) =>
        before.Way == now.Way && before.Replies.AsSpan().SequenceEqual(now.Replies.AsSpan());

    private static Refusal? Late(DateTimeOffset now, DateTimeOffset until) => now < until
        ? null : new Refusal(RefusalCode.TooLate, Clause, "The survey is over; no more answers are taken.");

    private static Refusal? Resident(Actor actor) => actor is Actor.Resident
        ? null : new Refusal(RefusalCode.ResidentOnly, Clause, "Only the residents of the home answer its survey.");

    private static Refusal? System(Actor actor) => actor is Actor.System
        ? null : new Refusal(RefusalCode.NotYours, Clause, "Only the system does this.");
}
