using System.Collections.Immutable;
using System.Globalization;

namespace CustomerComm.Domain.Surveys;

/// <summary>
/// A household's reply to one question: option ids separated by commas, a number, yes or no, a text, or for a matrix
/// <c>row=number</c> separated by commas.
/// </summary>
public sealed record Reply(string Question, Personal Value);

/// <summary>What is wrong with a reply.</summary>
public enum ReplyFault
{
    /// <summary>It must be answered.</summary>
    Missing,
    /// <summary>It is none of the answers offered.</summary>
    NotOffered,
    /// <summary>The text is too long.</summary>
    TooLong,
    /// <summary>A row of the matrix is not rated.</summary>
    RowMissing,
}

/// <summary>Which question is answered wrongly and how.</summary>
public sealed record WrongReply(string Question, ReplyFault Fault);

/// <summary>Which replies a questionnaire takes (4.5.6).</summary>
public static class AnswerRules
{
    /// <summary>Longest line in characters.</summary>
    public const int LongestShort = 200;

    /// <summary>Longest text in characters.</summary>
    public const int LongestLong = 2_000;

    /// <summary>All that is wrong with a sheet; empty where it can be taken.</summary>
    public static ImmutableArray<WrongReply> Check(Questionnaire form, ImmutableArray<Reply> replies)
    {
        var wrong = ImmutableArray.CreateBuilder<WrongReply>();
        foreach (var q in form.Questions)
        {
            if (Fault(q, ValueOf(replies, q.Id)) is { } fault)
                wrong.Add(new WrongReply(q.Id, fault));
        }

        wrong.AddRange(replies.Where(r => form.Find(r.Question) is null)
            .Select(r => new WrongReply(r.Question, ReplyFault.NotOffered)));
        return wrong.ToImmutable();
    }

    /// <summary>The value given to a question, empty where it was left out.</summary>
    public static string ValueOf(ImmutableArray<Reply> replies, string question) =>
        replies.FirstOrDefault(r => r.Question == question)?.Value.Value ?? "";

    /// <summary>The cells of a reply: one for each option, number or row it holds; none for texts.</summary>
    public static IEnumerable<string> Parts(Question question, string value)
    {
        return question.IsText ? [] : (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
    }

    private static ReplyFault? Fault(Question q, string value)
    {
        if (value.Length == 0)
            return q.Required ? ReplyFault.Missing : null;
        if (q.IsText)
            return value.Length > (q.Type == QuestionType.ShortText ? LongestShort : LongestLong)
                ? ReplyFault.TooLong : null;
        var parts = Parts(q, value).ToList();
        if (parts.Count != parts.Distinct(StringComparer.Ordinal).Count() || parts.Exists(p => !Offered(q, p)))
            return ReplyFault.NotOffered;
        if (q.Type == QuestionType.Matrix)
        {
            var rows = parts.Select(p => p[..p.IndexOf('=', StringComparison.Ordinal)])
                .ToHashSet(StringComparer.Ordinal);
            if (rows.Count != parts.Count)
                return ReplyFault.NotOffered;
            return q.Required && rows.Count < q.Options.Length ? ReplyFault.RowMissing : null;
        }

        return q.Type != QuestionType.Multiple && parts.Count != 1 ? ReplyFault.NotOffered : null;
    }

    private static bool Offered(Question q, string part) => q.Type switch
    {
        QuestionType.Single or QuestionType.Multiple => q.Options.Any(o => o.Id == part),
        QuestionType.Rating => IsNumber(part, 1, 5),
        QuestionType.Recommend => IsNumber(part, 0, 10),
        QuestionType.YesNo => part is "yes" or "no",
        QuestionType.Matrix => part.Split('=') is [var row, var rating]
            && q.Options.Any(o => o.Id == row) && IsNumber(rating, 1, 5),
        _ => throw new InvalidOperationException($"Unknown type {q.Type}."),
    };

    private static bool IsNumber(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most
        && text.Length == (n < 10 ? 1 : 2);
}
