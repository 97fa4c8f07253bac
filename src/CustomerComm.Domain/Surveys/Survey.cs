using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Surveys;

/// <summary>How far a survey has come.</summary>
public enum SurveyStage
{
    /// <summary>拟稿: the questionnaire is being written.</summary>
    Drafting,
    /// <summary>已批准: it may go out.</summary>
    Approved,
    /// <summary>征询中: answers are taken.</summary>
    Collecting,
    /// <summary>核查中: forms on paper are checked, then all is counted.</summary>
    Counting,
    /// <summary>分析中: the counts are there and wait for their analysis.</summary>
    Analysing,
    /// <summary>答复中: problems wait for their public answers, or those who answered are being told.</summary>
    Answering,
    /// <summary>已办结.</summary>
    Finished,
}

/// <summary>A public answer to a problem.</summary>
public sealed record PublicAnswer(string Problem, Bilingual Text, StaffId By, DateTimeOffset At);

/// <summary>A check of a form on paper.</summary>
public sealed record PaperCheck(string Answer, StaffId By, bool Matches, string? Comment);

/// <summary>The survey of a community and year.</summary>
public sealed record Survey : IMatterState
{
    /// <inheritdoc/>
    public required CommunityId Community { get; init; }

    /// <inheritdoc/>
    public required string PolicyVersion { get; init; }

    /// <summary>The year it is of.</summary>
    public required int Year { get; init; }

    /// <inheritdoc/>
    public string Number => IdOf(Community, Year);

    /// <inheritdoc/>
    public Unit Lead => Stage is SurveyStage.Drafting or SurveyStage.Approved ? Unit.Quality : Unit.Office;

    /// <inheritdoc/>
    public bool Open => Stage != SurveyStage.Finished;

    /// <summary>How far it has come.</summary>
    public SurveyStage Stage { get; init; }

    /// <summary>The form; frozen once sent.</summary>
    public required Questionnaire Questionnaire { get; init; }

    /// <summary>The survey that the form was copied from, if any.</summary>
    public string? CopiedFrom { get; init; }

    /// <summary>To be sent by.</summary>
    public required DateTimeOffset SendDue { get; init; }

    /// <summary>Sent at, or null.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Answers are taken until.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>Homes that have not answered are reminded at these times.</summary>
    public ImmutableArray<DateTimeOffset> Reminders { get; init; } = [];

    /// <summary>Rounds of reminders that are out, or were left out because the next was due.</summary>
    public int Reminded { get; init; }

    /// <summary>To be counted and analysed by.</summary>
    public DateTimeOffset AnalyseDue { get; init; }

    /// <summary>The invitations, once all are out.</summary>
    public SurveyEvent.InvitationsOut? Invitations { get; init; }

    /// <summary>When answers were no longer taken, or null.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Forms on paper.</summary>
    public int Papers { get; init; }

    /// <summary>Answers on paper to be checked.</summary>
    public ImmutableArray<string> PaperSample { get; init; } = [];

    /// <summary>The checks made.</summary>
    public ImmutableArray<PaperCheck> PaperChecks { get; init; } = [];

    /// <summary>Those who entered forms from paper: none of them checks them.</summary>
    public ImmutableHashSet<StaffId> EnteredBy { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlySet<StaffId>? Hands => EnteredBy;

    /// <summary>The sample is to be checked by.</summary>
    public DateTimeOffset CheckDue { get; init; }

    /// <summary>The counts by building, once counted.</summary>
    public ImmutableArray<BuildingCount> Counts { get; init; } = [];

    /// <summary>When it was counted, or null.</summary>
    public DateTimeOffset? CountedAt { get; init; }

    /// <summary>What the office or quality made of it.</summary>
    public SurveyEvent.SurveyAnalysed? Analysis { get; init; }

    /// <summary>When it was analysed, or null.</summary>
    public DateTimeOffset? AnalysedAt { get; init; }

    /// <summary>Answers published.</summary>
    public ImmutableArray<PublicAnswer> Answers { get; init; } = [];

    /// <summary>When all was done, or null.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Answers of the sample that nobody has checked yet.</summary>
    public IEnumerable<string> Unchecked =>
        PaperSample.Except(PaperChecks.Select(c => c.Answer), StringComparer.Ordinal);

    /// <summary>Answers on paper that were entered wrongly and do not count.</summary>
    public IEnumerable<string> Rejected => PaperChecks.Where(c => !c.Matches).Select(c => c.Answer);

    /// <summary>Problems that still wait for their public answer.</summary>
    public IEnumerable<RaisedProblem> Unanswered => (Analysis?.Problems ?? [])
        .Where(p => Answers.All(a => a.Problem != p.Key));

    /// <summary>Quality arranges it, the office sends, counts and answers, the leader approves (4.5.6).</summary>
    public static bool MayList(StaffMember staff) => staff.Unit is Unit.Office or Unit.Quality or Unit.Leader;

    bool IMatterState.MaySee(StaffMember staff, CompanyDirectory directory) =>
        MayList(staff) && staff.Serves(Community);

    /// <summary>True where forms on paper are entered now, and by this person.</summary>
    public bool TakesPaperFrom(StaffMember staff) =>
        Stage == SurveyStage.Collecting && HomeAnswerMatter.MayEnter(staff, Community);

    /// <summary>True where this person may read what homes wrote: for the analysis only, once it is counted.</summary>
    public bool MayReadTexts(StaffMember staff) =>
        CountedAt is not null && HomeAnswerMatter.MayEnter(staff, Community);

    /// <summary>Its name: <c>HY-2026</c>.</summary>
    public static string IdOf(CommunityId community, int year) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{community}-{year:D4}");
}
