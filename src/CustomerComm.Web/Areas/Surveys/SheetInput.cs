using System.Collections.Immutable;
using CustomerComm.Domain;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>
/// Reads the questionnaire's fields of a form into a sheet; what cannot be right is kept to be shown again.
/// </summary>
internal static class SheetInput
{
    /// <summary>Name of the field of a question, or of one row of a matrix.</summary>
    public static string NameOf(string question, string? row = null) =>
        row is null ? $"a.{question}" : $"a.{question}.{row}";

    /// <summary>
    /// The sheet; <paramref name="field"/> gives a field's value, several of one name joined by commas.
    /// </summary>
    public static ImmutableArray<Reply> Read(Questionnaire form, Func<string, string> field)
    {
        var replies = ImmutableArray.CreateBuilder<Reply>();
        foreach (var q in form.Questions)
        {
            var value = q.Type == QuestionType.Matrix
                ? string.Join(',', q.Options.Select(o => (o.Id, Value: field(NameOf(q.Id, o.Id)).Trim()))
                    .Where(r => r.Value.Length > 0).Select(r => $"{r.Id}={r.Value}"))
                : field(NameOf(q.Id)).ReplaceLineEndings("\n").Trim();
            if (value.Length > 0)
                replies.Add(new Reply(q.Id, new Personal(value)));
        }

        return replies.ToImmutable();
    }
}
