using System.Collections.Immutable;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Reviews;

/// <summary>
/// The monthly review and inspection (4.5.4): the office identifies and verifies every opinion of the month, quality
/// verifies the results and can send back, and the month closes only when nothing is left unexplained.
/// </summary>
public sealed partial class ReviewMatter : IMatter<Review, ReviewCommand, ReviewEvent>
{
    /// <summary>Most opinions found at once: an append holds 60 events and messages.</summary>
    public const int MostAtOnce = 25;

    /// <summary>Longest words to whoever gave an opinion, in characters: they go out as a text message.</summary>
    public const int LongestWords = 200;

    /// <summary>Subject of the part that is the leader's.</summary>
    public const string WithheldSubject = "withheld";

    /// <summary>Page that the link to a published report leads to.</summary>
    public const string ReportPage = "r";

    private const string Clause = "4.5.4";
    private const int Named = 5;

    private ReviewMatter()
    {
    }

    /// <inheritdoc/>
    public static Review Evolve(Review? state, ReviewEvent e, DateTimeOffset at) => Review.Evolve(state, e, at);

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(Review state) => Review.Owed(state);

    /// <inheritdoc/>
    public static Decision<ReviewEvent> Decide(
        Review? state, ReviewCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (command is ReviewCommand.Open open)
            return state is null ? Open(open, actor, now, rules) : Check.Yes<ReviewEvent>();
        if (state is null)
            return Check.No<ReviewEvent>(Check.WrongStage(Clause, "There is no such review."));
        if (command is ReviewCommand.Publish)
            return Publish(state, actor);
        if (!state.Open)
        {
            return command is ReviewCommand.Close
                ? Check.Yes<ReviewEvent>()
                : Check.No<ReviewEvent>(new Refusal(RefusalCode.Closed, Clause, $"{state.Number} is closed."));
        }

        return command switch
        {
            ReviewCommand.Find f => Find(state, f, actor, rules),
            ReviewCommand.Submit s => Submit(state, s, actor, now, rules),
            ReviewCommand.Inspect i => Inspect(state, i, actor, rules),
            ReviewCommand.SendBack b => SendBack(state, b, actor, now, rules),
            ReviewCommand.Close c => Close(state, c, actor, rules),
            _ => throw new InvalidOperationException($"Unknown command {command?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(ReviewEvent e, Review state, Rules rules)
    {
        (string, Word) month = ("month", new Word.Plain(state.Name));
        switch (e)
        {
            case ReviewEvent.ReviewOpened o:
                yield return MatterMessage.ToStaff(
                    "ReviewOwed", Party.Of(o.Manager), month, ("count", Count(o.Opinions - o.Withheld)),
                    ("due", new Word.At(o.ReviewDue)));
                if (o.Withheld > 0)
                    yield return Withheld(o.Withheld, o.ReviewDue, month);
                break;
            case ReviewEvent.OpinionFound { Words: { } words } f:
                yield return new MatterMessage(
                    "ReviewResult", new Recipient.Resident(f.Phone, f.Conversation, f.Language),
                    [("opinion", new Word.Plain(f.Opinion)), ("text", new Word.Said(words.Value))]);
                break;
            case ReviewEvent.ReviewSubmitted s:
                yield return MatterMessage.ToStaff(
                    "InspectOwed", Party.Of(Unit.Quality), month, ("count", Count(s.Opinions)),
                    ("due", new Word.At(s.InspectDue)));
                break;
            case ReviewEvent.ReviewSentBack b:
                yield return MatterMessage.ToStaff(
                    "ReviewSentBack", Party.Of(state.Manager), month, ("text", new Word.Said(b.Reason.Value)),
                    ("due", new Word.At(b.ReviewDue)));
                break;
            case ReviewEvent.ReportPublished:
                foreach (var unit in new[] { Unit.Leader, Unit.Quality })
                    yield return MatterMessage.ToStaff("MonthReport", Party.Of(unit), month) with { Link = ReportPage };
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// Who may review this opinion: the office, but nobody barred from it; where the whole office is, the leader.
    /// </summary>
    public static bool MayReview(
        StaffMember member, StaffId? accused, CommunityId community, CompanyDirectory directory)
    {
        if (accused is { } a && Authority.IsBarred(a, member, community, directory))
            return false;
        return IsWithheld(accused, community, directory)
            ? member.Unit == Unit.Leader
            : member.Unit == Unit.Office && member.Community == community;
    }

    /// <summary>True for an opinion that nobody of the office may see.</summary>
    public static bool IsWithheld(StaffId? accused, CommunityId community, CompanyDirectory directory) =>
        accused is { } a && Authority.FirstFree(Unit.Office, community, [a], directory) is null;

    private static Word Count(int count) =>
        new Word.Plain(count.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static MatterMessage Withheld(int count, DateTimeOffset due, (string, Word) month) =>
        MatterMessage.ToStaff(
            "ReviewWithheld", Party.Of(Unit.Leader), month, ("count", Count(count)), ("due", new Word.At(due)));

    private static Decision<ReviewEvent> Open(ReviewCommand.Open o, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (actor is not Actor.System)
            return Check.No<ReviewEvent>(NotYours("the system"));
        var (_, end) = rules.Calendar.Month(o.Year, o.Month);
        if (now < end)
            return Check.No<ReviewEvent>(new Refusal(RefusalCode.NotYet, Clause, "The month is not over."));
        var manager = rules.Directory.Head(Unit.Office, o.Community)!;
        return Check.Yes<ReviewEvent>(new ReviewEvent.ReviewOpened(
            o.Community, o.Year, o.Month, o.Opinions, o.Withheld, manager.Id,
            rules.Due(now, rules.Policy.Reviews.Review), rules.PolicyVersion));
    }

    private static Decision<ReviewEvent> Find(Review s, ReviewCommand.Find f, Actor actor, Rules rules)
    {
        if (f.Findings.IsDefaultOrEmpty || f.Findings.Length > MostAtOnce)
            return Check.No<ReviewEvent>(Check.Bad("opinion", Clause, $"Choose 1 to {MostAtOnce} opinions."));
        var events = new List<ReviewEvent>();
        foreach (var found in f.Findings)
        {
            if (CannotFind(s, found, actor, rules) is { } no)
                return Check.No<ReviewEvent>(no);
            if (Found(s, found, ((Actor.Staff)actor).Member.Id) is { } e)
                events.Add(e);
        }

        return Check.Yes<ReviewEvent>([.. events]);
    }

    private static Refusal? CannotFind(Review s, OpinionFinding f, Actor actor, Rules rules)
    {
        var o = f.Opinion;
        if (NotOfMonth(s, o) is { } foreign)
            return foreign;
        if (actor is not Actor.Staff { Member: var member }
            || !MayReview(member, o.Accused, s.Community, rules.Directory))
        {
            return o.Accused is null
                ? NotYours("the community's office")
                : new Refusal(RefusalCode.Accused, "4.6.1-2-D", "Nobody of the accused side reviews this opinion.");
        }

        var withheld = IsWithheld(o.Accused, s.Community, rules.Directory);
        if (s.Stage != ReviewStage.Reviewing && !(withheld && !s.WithheldDone))
            return Check.WrongStage(Clause, "The review lies with quality; nothing is changed unless it comes back.");
        if (f.Handled && o.Open)
            return Check.Bad("handled", Clause, $"{o.Number} is open still: it is not handled to the end.");
        if (f.Words is { Length: > 0 } && !o.Reachable)
        {
            return Check.Bad(
                "words", Clause, $"No message reaches whoever gave {o.Number}; tell them in person and say so.");
        }

        var done = f.Handled && (f.Told || f.Words is { Length: > 0 });
        return Check.Optional(f.Words, "words", Clause, LongestWords)
            ?? (done ? Check.Optional(f.Why, "why", Clause) : Check.Text(f.Why, "why", Clause))
            ?? (done ? Check.Optional(f.Next, "next", Clause) : Check.Text(f.Next, "next", Clause));
    }

    private static ReviewEvent.OpinionFound? Found(Review s, OpinionFinding f, StaffId by)
    {
        var o = f.Opinion;
        Personal? words = string.IsNullOrWhiteSpace(f.Words) ? null : new Personal(f.Words.Trim());
        var told = f.Told || words is not null;
        // What was said already is not said again.
        if (words is { } w && s.Said.TryGetValue(o.Number, out var said) && said == w)
            words = null;
        var (why, next) = (Check.Said(f.Why), Check.Said(f.Next));
        if (words is null && s.Findings.TryGetValue(o.Number, out var before)
            && before with { By = by } == new Finding(by, f.Handled, told, why, next, before.At))
        {
            return null;
        }

        return new ReviewEvent.OpinionFound(
            o.Number, o.Matter, by, f.Handled, told, why, next, words, o.Phone, o.Conversation, o.Language);
    }

    private static Decision<ReviewEvent> Submit(
        Review s, ReviewCommand.Submit c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (actor is not Actor.Staff { Member: { Rank: Rank.Head } member }
            || (member.Unit != Unit.Leader && (member.Unit != Unit.Office || member.Community != s.Community)))
        {
            return Check.No<ReviewEvent>(NotYours("the office manager"));
        }

        var leader = member.Unit == Unit.Leader;
        if (leader ? s.WithheldDone : s.Stage == ReviewStage.Inspecting)
            return Check.Yes<ReviewEvent>();
        if (leader && s.Withheld == 0 && c.Facts.Withheld == 0)
            return Check.No<ReviewEvent>(Check.WrongStage(Clause, "Nothing of this month was kept from the office."));
        if (!c.Facts.Undecided.IsEmpty)
            return Check.No<ReviewEvent>(NotAll("Not reviewed yet", c.Facts.Undecided)!);
        return leader
            ? Check.Yes<ReviewEvent>(new ReviewEvent.WithheldReviewed(member.Id))
            : Check.Yes<ReviewEvent>(new ReviewEvent.ReviewSubmitted(
                member.Id, c.Facts.Opinions, c.Facts.Withheld, rules.Due(now, rules.Policy.Reviews.Inspect)));
    }

    private static Decision<ReviewEvent> Publish(Review s, Actor actor)
    {
        if (actor is not Actor.System)
            return Check.No<ReviewEvent>(NotYours("the system"));
        if (s.Open)
            return Check.No<ReviewEvent>(new Refusal(RefusalCode.NotYet, Clause, $"{s.Number} is not closed."));
        return s.PublishedAt is null
            ? Check.Yes<ReviewEvent>(new ReviewEvent.ReportPublished())
            : Check.Yes<ReviewEvent>();
    }

    private static Refusal? NotOfMonth(Review s, Opinion o) => o.Community == s.Community && o.Month == s.Name
        ? null
        : Check.Bad("opinion", Clause, $"{o.Number} is no opinion of {s.Number}.");

    private static Refusal NotYours(string who) =>
        new(RefusalCode.NotYours, Clause, $"Only {who} may do this.");

    private static Refusal? NotAll(string what, ImmutableArray<string> numbers) => numbers.IsEmpty
        ? null
        : new Refusal(
            RefusalCode.NotYet, Clause,
            $"{what} ({numbers.Length}): {string.Join(", ", numbers.Take(Named))}"
            + (numbers.Length > Named ? " …" : ""));
}
