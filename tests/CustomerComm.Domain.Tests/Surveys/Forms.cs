using System.Collections.Immutable;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.Domain.Tests.Surveys;

/// <summary>Questionnaires and sheets for tests.</summary>
internal static class Forms
{
    public static Bilingual Text(string text) => new(text + "中", text);

    public static Question Question(
        string id, QuestionType type, bool required = false, params ReadOnlySpan<string> options)
    {
        var made = ImmutableArray.CreateBuilder<SurveyOption>();
        foreach (var o in options)
            made.Add(new SurveyOption(o, Text(o), o.StartsWith('p')));
        return new Question(id, type, Text(id.Length == 0 ? "new" : id), required, made.ToImmutable());
    }

    /// <summary>One question of each type, each named by a letter.</summary>
    public static Questionnaire AllTypes(bool required = false) => Of(
        Question("s", QuestionType.Single, required, "a", "p1"),
        Question("m", QuestionType.Multiple, required, "a", "b", "p1"),
        Question("r", QuestionType.Rating, required),
        Question("n", QuestionType.Recommend, required),
        Question("y", QuestionType.YesNo, required),
        Question("t", QuestionType.ShortText, required),
        Question("l", QuestionType.LongText, required),
        Question("x", QuestionType.Matrix, required, "a", "b"));

    public static Questionnaire Of(params ReadOnlySpan<Question> questions) =>
        new(Text("title"), Bilingual.Empty, [new Section("s1", Text("section"), [.. questions])]);

    public static ImmutableArray<Reply> Sheet(params ReadOnlySpan<(string Question, string Value)> replies)
    {
        var made = ImmutableArray.CreateBuilder<Reply>();
        foreach (var (question, value) in replies)
            made.Add(new Reply(question, new Personal(value)));
        return made.ToImmutable();
    }
}
