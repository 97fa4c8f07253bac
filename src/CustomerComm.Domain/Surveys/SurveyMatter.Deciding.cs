using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Surveys;

/// <content>What may be done with a survey, by whom, when (4.5.6).</content>
public sealed partial class SurveyMatter
{
    private static Decision<SurveyEvent> Begin(
        SurveyCommand.Begin c, Actor actor, DateTimeOffset now, Rules rules)
    {
        var no = (actor is Actor.System ? null : Quality(actor))
            ?? Check.Range(c.Year, 2000, 2099, "year", Clause) ?? QuestionnaireRules.Wrong(c.Questionnaire);
        return Check.Unless<SurveyEvent>(no, new SurveyEvent.SurveyBegun(
            c.Community, c.Year, rules.PolicyVersion, rules.Due(now, rules.Policy.Surveys.Send), c.Questionnaire,
            c.CopiedFrom));
    }

    private static Decision<SurveyEvent> Change(Survey s, SurveyCommand.Change c, Actor actor)
    {
        if (Quality(actor) is { } no)
            return No(no);
        if (s.Stage is not (SurveyStage.Drafting or SurveyStage.Approved))
            return No(Wrong("The questionnaire was sent; it is frozen. Copy it into next year's survey to change it."));
        var (after, wrong) = QuestionnaireRules.Apply(s.Questionnaire, c.What);
        if (after is null)
            return No(wrong!);
        return Same(after, s.Questionnaire)
            ? Check.Yes<SurveyEvent>()
            : Check.Yes<SurveyEvent>(new SurveyEvent.QuestionnaireChanged(By(actor), after));
    }

    private static Decision<SurveyEvent> Approve(Survey s, Actor actor)
    {
        var no = Check.Staff(
            actor, Clause, "the head of quality or the leader",
            m => m.Unit == Unit.Leader || (m.Unit == Unit.Quality && m.Rank == Rank.Head));
        if (no is null && s.Stage == SurveyStage.Approved)
            return Check.Yes<SurveyEvent>();
        no ??= s.Stage == SurveyStage.Drafting ? null : Wrong("It was sent already.");
        return Check.Unless<SurveyEvent>(
            no ?? QuestionnaireRules.Unready(s.Questionnaire), new SurveyEvent.QuestionnaireApproved(ByOr(actor)));
    }

    private static Decision<SurveyEvent> Send(Survey s, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (Quality(actor) is { } no)
            return No(no);
        if (s.SentAt is not null)
            return Check.Yes<SurveyEvent>();
        if (s.Stage != SurveyStage.Approved)
        {
            return No(new Refusal(
                RefusalCode.ApprovalMissing, Clause, "The head of quality or the leader must approve it first."));
        }

        var limits = rules.Policy.Surveys;
        var until = rules.Due(now, limits.Collect);
        var reminders = ImmutableArray.CreateBuilder<DateTimeOffset>();
        var next = now;
        for (var i = 0; i < limits.Reminders; i++)
        {
            next = rules.Due(next, limits.RemindEvery);
            if (next < until)
                reminders.Add(next);
        }

        return Check.Yes<SurveyEvent>(new SurveyEvent.SurveySent(
            By(actor), until, rules.Due(until, limits.Analyse), reminders.ToImmutable()));
    }

    private static Decision<SurveyEvent> FinishInviting(Survey s, SurveyCommand.FinishInviting c, Actor actor)
    {
        if (s.Invitations is not null)
            return Check.Yes<SurveyEvent>();
        var no = System(actor) ?? Stage(s, SurveyStage.Collecting);
        return Check.Unless<SurveyEvent>(no, new SurveyEvent.InvitationsOut(c.Homes, c.Unreachable, c.StaffHomes));
    }

    private static Decision<SurveyEvent> Extend(
        Survey s, SurveyCommand.Extend c, Actor actor, DateTimeOffset now, Rules rules)
    {
        var no = Quality(actor) ?? Stage(s, SurveyStage.Collecting) ?? Check.Text(c.Reason, "reason", Clause, 500);
        if (no is not null)
            return No(no);
        if (c.Until is not { } until || until <= s.Until || until <= now
            || until > rules.Due(now, rules.Policy.Furthest))
        {
            return No(Check.Bad(
                "until", Clause, $"'until' must lie after the present end and within {rules.Policy.Furthest}."));
        }

        return Check.Yes<SurveyEvent>(new SurveyEvent.CollectionExtended(
            By(actor), until, rules.Due(until, rules.Policy.Surveys.Analyse), c.Reason));
    }

    private static Decision<SurveyEvent> End(
        Survey s, SurveyCommand.EndCollection c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (s.EndedAt is not null)
            return Check.Yes<SurveyEvent>();
        var no = System(actor) ?? Stage(s, SurveyStage.Collecting);
        if (no is null && (now < s.Until || s.Invitations is null))
            no = new Refusal(RefusalCode.NotYet, Clause, "Answers are still taken, or homes still being invited.");
        var limits = rules.Policy.Surveys;
        return Check.Unless<SurveyEvent>(no, new SurveyEvent.CollectionEnded(
            c.Papers.Length, PaperSample.Draw(c.Papers, s.Number, limits.PaperSamplePercent, limits.PaperSampleLeast),
            [.. c.EnteredBy.Distinct().OrderBy(i => i.Value, StringComparer.Ordinal)],
            rules.Due(now, limits.CheckPaper)));
    }

    private static Decision<SurveyEvent> CheckPaper(Survey s, SurveyCommand.CheckPaper c, Actor actor)
    {
        if ((Quality(actor) ?? Check.Optional(c.Comment, "comment", Clause, 500)) is { } no)
            return No(no);
        var done = s.PaperChecks.FirstOrDefault(x => x.Answer == c.Answer);
        if (done is not null && done.Matches == c.Matches)
            return Check.Yes<SurveyEvent>();
        if (Stage(s, SurveyStage.Counting) is { } late)
            return No(late);
        if (s.EnteredBy.Contains(By(actor)))
            return No(new Refusal(RefusalCode.OwnWork, Clause, "Whoever entered forms does not check them."));
        if (done is not null || !s.PaperSample.Contains(c.Answer, StringComparer.Ordinal))
            return No(Wrong("This form is not in the sample, or was checked before."));
        var why = c.Matches ? null : Check.Text(c.Comment, "comment", Clause, 500);
        return Check.Unless<SurveyEvent>(
            why, new SurveyEvent.PaperChecked(By(actor), c.Answer, c.Matches, c.Comment));
    }

    private static Decision<SurveyEvent> Count(Survey s, SurveyCommand.Count c, Actor actor)
    {
        if (s.CountedAt is not null)
            return Check.Yes<SurveyEvent>();
        var no = System(actor) ?? Stage(s, SurveyStage.Counting);
        if (no is null && s.Unchecked.Any())
            no = new Refusal(RefusalCode.NotYet, Clause, "The sample of paper forms must be checked first.");
        return Check.Unless<SurveyEvent>(no, new SurveyEvent.SurveyCounted(c.Buildings));
    }

    private static Decision<SurveyEvent> Analyse(
        Survey s, SurveyCommand.Analyse c, Actor actor, DateTimeOffset now, Rules rules)
    {
        var no = Check.Staff(
            actor, Clause, "the community's office or quality",
            m => m.Unit == Unit.Quality || (m.Unit == Unit.Office && m.Community == s.Community))
            ?? Check.Text(c.Text, "text", Clause);
        if (no is null && s.Analysis is not null)
            return s.Analysis.Text == c.Text ? Check.Yes<SurveyEvent>() : No(Wrong("It was analysed already."));
        no ??= Stage(s, SurveyStage.Analysing);
        if (no is not null)
            return No(no);
        var limits = rules.Policy.Surveys;
        var problems = SurveyProblems.Of(s.Questionnaire, s.Counts, limits.ProblemPercent, limits.SmallestGroup);
        return Check.Yes<SurveyEvent>(new SurveyEvent.SurveyAnalysed(
            By(actor), c.Text, problems, rules.Due(now, limits.PublishAnswer)));
    }

    private static Decision<SurveyEvent> Publish(Survey s, SurveyCommand.Publish c, Actor actor)
    {
        var no = Check.Office(actor, s.Community, Clause) ?? Check.Text(c.Text.Zh, "textZh", Clause)
            ?? Check.Optional(c.Text.En, "textEn", Clause);
        if (no is null && s.Answers.Any(a => a.Problem == c.Problem && a.Text == c.Text))
            return Check.Yes<SurveyEvent>();
        no ??= Stage(s, SurveyStage.Answering);
        if (no is null && s.Unanswered.All(p => p.Key != c.Problem))
            no = Wrong("There is no such problem, or it was answered already.");
        return Check.Unless<SurveyEvent>(no, new SurveyEvent.AnswerPublished(ByOr(actor), c.Problem, c.Text));
    }

    private static Decision<SurveyEvent> Finish(Survey s, SurveyCommand.Finish c, Actor actor)
    {
        if (s.FinishedAt is not null)
            return Check.Yes<SurveyEvent>();
        var no = System(actor) ?? Stage(s, SurveyStage.Answering);
        if (no is null && s.Unanswered.Any())
            no = new Refusal(RefusalCode.NotYet, Clause, "Problems still wait for their public answers.");
        return Check.Unless<SurveyEvent>(no, new SurveyEvent.SurveyFinished(c.Told));
    }

    /// <summary>Lists within records are compared by reference, so that equality is asked of the text.</summary>
    private static bool Same(Questionnaire a, Questionnaire b) =>
        a.Title == b.Title && a.Intro == b.Intro && a.Sections.Length == b.Sections.Length
        && a.Sections.Zip(b.Sections).All(p => p.First.Id == p.Second.Id && p.First.Title == p.Second.Title
            && p.First.Questions.Length == p.Second.Questions.Length
            && p.First.Questions.Zip(p.Second.Questions).All(q => Same(q.First, q.Second)));

    private static bool Same(Question a, Question b) =>
        a with { Options = [] } == b with { Options = [] } && a.Options.AsSpan().SequenceEqual(b.Options.AsSpan());

    private static Refusal? Quality(Actor actor) =>
        Check.Staff(actor, Clause, "the quality department", m => m.Unit == Unit.Quality);

    private static Refusal? System(Actor actor) => actor is Actor.System
        ? null : new Refusal(RefusalCode.NotYours, Clause, "Only the system does this.");

    private static Refusal? Stage(Survey s, SurveyStage wanted) =>
        s.Stage == wanted ? null : Wrong($"The survey is {s.Stage}; this can be done while it is {wanted}.");

    private static Refusal Wrong(string text) => Check.WrongStage(Clause, text);

    private static StaffId By(Actor actor) => ((Actor.Staff)actor).Member.Id;

    /// <summary>As <see cref="By"/> where the actor may be refused only afterwards.</summary>
    private static StaffId ByOr(Actor actor) => actor is Actor.Staff s ? s.Member.Id : default;

    private static Decision<SurveyEvent> No(Refusal no) => Check.No<SurveyEvent>(no);
}
