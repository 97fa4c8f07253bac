using System.Collections.Immutable;

namespace CustomerComm.Domain.Surveys;

/// <summary>How a question is answered.</summary>
public enum QuestionType
{
    /// <summary>单选: one of several options.</summary>
    Single,
    /// <summary>多选: any of several options.</summary>
    Multiple,
    /// <summary>评分: 1 (very bad) to 5 (very good).</summary>
    Rating,
    /// <summary>推荐意愿: 0 to 10, how likely one recommends the company.</summary>
    Recommend,
    /// <summary>是否: yes or no; no is a problem raised.</summary>
    YesNo,
    /// <summary>One line of text.</summary>
    ShortText,
    /// <summary>Several lines of text.</summary>
    LongText,
    /// <summary>分项评分: several rows, each rated 1 to 5.</summary>
    Matrix,
}

/// <summary>
/// An option to choose, or a row of a matrix. <paramref name="Problem"/>: whoever chooses it raises a problem (4.5.6).
/// <paramref name="Id"/> stays the same from year to year, so that years can be compared.
/// </summary>
public sealed record SurveyOption(string Id, Bilingual Text, bool Problem = false);

/// <summary>
/// A question; its options are the rows of a Matrix. <paramref name="Raises"/>: bad ratings, a no, or what people write
/// here raises problems that may need a public answer (4.5.6).
/// </summary>
public sealed record Question(
    string Id, QuestionType Type, Bilingual Text, bool Required, ImmutableArray<SurveyOption> Options,
    bool Raises = true)
{
    /// <summary>True where it is answered in one's own words.</summary>
    public bool IsText => Type is QuestionType.ShortText or QuestionType.LongText;
}

/// <summary>Questions under a heading.</summary>
public sealed record Section(string Id, Bilingual Title, ImmutableArray<Question> Questions);

/// <summary>The opinion form 管理工作意见征询表 (4.5.6).</summary>
public sealed record Questionnaire(Bilingual Title, Bilingual Intro, ImmutableArray<Section> Sections)
{
    /// <summary>All questions in order.</summary>
    public IEnumerable<Question> Questions => Sections.SelectMany(s => s.Questions);

    /// <summary>The question of this id, or null.</summary>
    public Question? Find(string id) => Questions.FirstOrDefault(q => q.Id == id);
}
