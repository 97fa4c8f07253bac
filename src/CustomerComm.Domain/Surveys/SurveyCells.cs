using System.Collections.Immutable;
using System.Globalization;

namespace CustomerComm.Domain.Surveys;

/// <summary>
/// One thing that is counted: how many homes gave this answer. <paramref name="Row"/> is empty but for a matrix;
/// <paramref name="Option"/> is <c>*</c> where all homes are counted that answered at all.
/// </summary>
public sealed record SurveyCell(string Question, string Row, string Option)
{
    /// <summary>Name of the question that stands for all open answers, clustered by category.</summary>
    public const string Texts = "text";

    /// <summary>Name of the option that counts everybody who answered.</summary>
    public const string All = "*";

    /// <summary>Its name: <c>q1|4</c>, for a matrix <c>q1.row|4</c>.</summary>
    public string Key => Row.Length == 0 ? $"{Question}|{Option}" : $"{Question}.{Row}|{Option}";
}

/// <summary>What is counted of a questionnaire, in a fixed order: the counts are stored as plain lists.</summary>
public static class SurveyCells
{
    /// <summary>All cells.</summary>
    public static ImmutableArray<SurveyCell> Of(Questionnaire form)
    {
        var cells = ImmutableArray.CreateBuilder<SurveyCell>();
        foreach (var q in form.Questions.Where(q => !q.IsText))
        {
            if (q.Type == QuestionType.Matrix)
            {
                foreach (var row in q.Options)
                    cells.AddRange(Values(q).Select(v => new SurveyCell(q.Id, row.Id, v)));
            }
            else
            {
                cells.AddRange(Values(q).Select(v => new SurveyCell(q.Id, "", v)));
            }
        }

        if (form.Questions.Any(q => q.IsText))
        {
            cells.Add(new SurveyCell(SurveyCell.Texts, "", SurveyCell.All));
            cells.AddRange(Enum.GetNames<Category>().Select(c => new SurveyCell(SurveyCell.Texts, "", c)));
        }

        return cells.ToImmutable();
    }

    /// <summary>Names of the values of a question, or of one row of a matrix.</summary>
    public static IEnumerable<string> Values(Question question)
    {
        return question.Type switch
        {
            QuestionType.Single => question.Options.Select(o => o.Id),
            QuestionType.Multiple => question.Options.Select(o => o.Id).Prepend(SurveyCell.All),
            QuestionType.Rating or QuestionType.Matrix => Numbers(1, 5),
            QuestionType.Recommend => Numbers(0, 10),
            QuestionType.YesNo => ["yes", "no"],
            QuestionType.ShortText or QuestionType.LongText => [],
            _ => throw new InvalidOperationException($"Unknown type {question.Type}."),
        };
    }

    private static IEnumerable<string> Numbers(int from, int to) =>
        Enumerable.Range(from, to - from + 1).Select(n => n.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Counts answers one after the other; holds sums alone, however many homes there are.</summary>
public sealed class SurveyCounter
{
    private readonly Questionnaire _form;
    private readonly ImmutableArray<SurveyCell> _cells;
    private readonly Dictionary<string, int> _index;
    private readonly SortedDictionary<string, Sums> _buildings = new(StringComparer.Ordinal);

    /// <summary>Begins to count a questionnaire's answers.</summary>
    public SurveyCounter(Questionnaire form)
    {
        _form = form;
        _cells = SurveyCells.Of(form);
        _index = _cells.Select((c, i) => (c.Key, i)).ToDictionary(x => x.Key, x => x.i, StringComparer.Ordinal);
    }

    /// <summary>The counts so far, by building.</summary>
    public ImmutableArray<BuildingCount> Result =>
        [.. _buildings.Select(b => new BuildingCount(b.Key, b.Value.Invited, b.Value.Answered, [.. b.Value.Counts]))];

    /// <summary>A home that was invited.</summary>
    public void Invited(string building) => Of(building).Invited++;

    /// <summary>
    /// A home's answers; <paramref name="raised"/> are the categories its open answers complain about, null where it
    /// wrote nothing.
    /// </summary>
    public void Answered(string building, ImmutableArray<Reply> replies, IReadOnlySet<Category>? raised)
    {
        var sums = Of(building);
        sums.Answered++;
        foreach (var reply in replies)
        {
            if (_form.Find(reply.Question) is { IsText: false } q)
                Count(sums, q, reply.Value.Value);
        }

        if (raised is null)
            return;
        Add(sums, new SurveyCell(SurveyCell.Texts, "", SurveyCell.All));
        foreach (var category in raised)
            Add(sums, new SurveyCell(SurveyCell.Texts, "", category.ToString()));
    }

    private void Count(Sums sums, Question q, string value)
    {
        var parts = AnswerRules.Parts(q, value).ToList();
        if (q.Type == QuestionType.Multiple && parts.Count > 0)
            Add(sums, new SurveyCell(q.Id, "", SurveyCell.All));
        foreach (var part in parts)
        {
            Add(sums, part.Split('=') is [var row, var rating]
                ? new SurveyCell(q.Id, row, rating) : new SurveyCell(q.Id, "", part));
        }
    }

    private void Add(Sums sums, SurveyCell cell)
    {
        if (_index.TryGetValue(cell.Key, out var at))
            sums.Counts[at]++;
    }

    private Sums Of(string building)
    {
        if (!_buildings.TryGetValue(building, out var sums))
            _buildings[building] = sums = new Sums(_cells.Length);
        return sums;
    }

    private sealed class Sums(int cells)
    {
        public int Invited { get; set; }

        public int Answered { get; set; }

        public int[] Counts { get; } = new int[cells];
    }
}
