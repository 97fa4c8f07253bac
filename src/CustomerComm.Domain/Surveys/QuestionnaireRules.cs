using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Surveys;

/// <summary>One step of writing a questionnaire.</summary>
public abstract record QuestionnaireChange
{
    private QuestionnaireChange()
    {
    }

    /// <summary>Title and introduction.</summary>
    public sealed record Head(Bilingual Title, Bilingual Intro) : QuestionnaireChange;

    /// <summary>A new section where <paramref name="Id"/> is null, else another title for it.</summary>
    public sealed record SaveSection(string? Id, Bilingual Title) : QuestionnaireChange;

    /// <summary>A section one place up or down.</summary>
    public sealed record MoveSection(string Id, bool Up) : QuestionnaireChange;

    /// <summary>A section with all its questions taken out.</summary>
    public sealed record RemoveSection(string Id) : QuestionnaireChange;

    /// <summary>A new question where its id is empty, else a change of it; it moves to the section named.</summary>
    public sealed record SaveQuestion(string Section, Question Question) : QuestionnaireChange;

    /// <summary>A question one place up or down, over the edge of its section into the next.</summary>
    public sealed record MoveQuestion(string Id, bool Up) : QuestionnaireChange;

    /// <summary>A question taken out.</summary>
    public sealed record RemoveQuestion(string Id) : QuestionnaireChange;

    /// <summary>All of it replaced, by last year's or the standard one.</summary>
    public sealed record Replace(Questionnaire With) : QuestionnaireChange;
}

/// <summary>What a questionnaire may look like, and how it is changed (4.5.6).</summary>
public static class QuestionnaireRules
{
    /// <summary>The clause they serve.</summary>
    public const string Clause = "4.5.6";

    /// <summary>Longest title, question or option in characters.</summary>
    public const int LongestLine = 200;

    /// <summary>Longest introduction in characters.</summary>
    public const int LongestIntro = 1_000;

    /// <summary>Most questions: a form that takes longer than a few minutes is not filled in.</summary>
    public const int MostQuestions = 40;

    /// <summary>Most sections.</summary>
    public const int MostSections = 12;

    /// <summary>Most options of a question, or rows of a matrix.</summary>
    public const int MostOptions = 15;

    /// <summary>The questionnaire after a change, or why not.</summary>
    public static (Questionnaire? After, Refusal? No) Apply(Questionnaire form, QuestionnaireChange change)
    {
        var after = change switch
        {
            QuestionnaireChange.Head h => form with { Title = h.Title, Intro = h.Intro },
            QuestionnaireChange.SaveSection s => Save(form, s),
            QuestionnaireChange.MoveSection m => form with { Sections = Moved(form.Sections, m.Id, m.Up, s => s.Id) },
            QuestionnaireChange.RemoveSection r => form with { Sections = form.Sections.RemoveAll(s => s.Id == r.Id) },
            QuestionnaireChange.SaveQuestion q => Save(form, q),
            QuestionnaireChange.MoveQuestion m => Moved(form, m),
            QuestionnaireChange.RemoveQuestion r => Without(form, r.Id),
            QuestionnaireChange.Replace r => r.With,
            _ => throw new InvalidOperationException($"Unknown change {change?.GetType().Name}."),
        };
        if (after is null)
            return (null, Check.Bad("section", Clause, "'section' is none of this form; choose one of the list."));
        return Wrong(after) is { } no ? (null, no) : (after, null);
    }

    /// <summary>What is wrong with a questionnaire as a draft, or null.</summary>
    public static Refusal? Wrong(Questionnaire form)
    {
        if (form.Sections.Length > MostSections)
            return Check.Bad("section", Clause, $"There are at most {MostSections} sections.");
        if (form.Questions.Count() > MostQuestions)
            return Check.Bad("text", Clause, $"There are at most {MostQuestions} questions.");
        return Text(form.Title, "title", LongestLine) ?? Intro(form.Intro)
            ?? form.Sections.Select(s => Text(s.Title, "title", LongestLine)).FirstOrDefault(r => r is not null)
            ?? form.Questions.Select(Wrong).FirstOrDefault(r => r is not null);
    }

    /// <summary>What keeps a questionnaire from being sent, or null.</summary>
    public static Refusal? Unready(Questionnaire form)
    {
        return form.Questions.Any()
            ? Wrong(form)
            : Check.Bad("text", Clause, "The questionnaire has no question; add one.");
    }

    private static Refusal? Wrong(Question q)
    {
        if (Text(q.Text, "text", LongestLine) is { } no)
            return no;
        var wanted = q.Type is QuestionType.Single or QuestionType.Multiple or QuestionType.Matrix;
        var least = q.Type == QuestionType.Matrix ? 1 : 2;
        if (wanted && (q.Options.Length < least || q.Options.Length > MostOptions))
            return Check.Bad("options", Clause, $"'options' needs {least} to {MostOptions} lines, each 中文 | English.");
        if (!wanted && q.Options.Length > 0)
            return Check.Bad("options", Clause, "A question of this type has no options; empty 'options'.");
        if (q.Options.Select(o => o.Id).Distinct(StringComparer.Ordinal).Count() < q.Options.Length)
            return Check.Bad("options", Clause, "Two options are the same; leave one out.");
        return q.Options.Select(o => Text(o.Text, "options", LongestLine)).FirstOrDefault(r => r is not null);
    }

    private static Refusal? Text(Bilingual text, string field, int longest) =>
        Check.Text(text.Zh, field + "Zh", Clause, longest) is { } zh
            ? zh with { Field = field == "options" ? field : field + "Zh" }
            : Check.Text(text.En, field + "En", Clause, longest) is { } en
                ? en with { Field = field == "options" ? field : field + "En" }
                : null;

    private static Refusal? Intro(Bilingual intro) =>
        Check.Optional(intro.Zh, "introZh", Clause, LongestIntro)
        ?? Check.Optional(intro.En, "introEn", Clause, LongestIntro);

    private static Questionnaire? Save(Questionnaire form, QuestionnaireChange.SaveSection change)
    {
        if (change.Id is null)
            return form with { Sections = form.Sections.Add(new Section(NextId(form, 's'), change.Title, [])) };
        var old = form.Sections.FirstOrDefault(s => s.Id == change.Id);
        return old is null
            ? null
            : form with { Sections = form.Sections.Replace(old, old with { Title = change.Title }) };
    }

    private static Questionnaire? Save(Questionnaire form, QuestionnaireChange.SaveQuestion change)
    {
        var q = change.Question;
        var home = form.Sections.FirstOrDefault(s => s.Questions.Any(x => x.Id == q.Id));
        if (home is not null && home.Id == change.Section)
        {
            var old = home.Questions.First(x => x.Id == q.Id);
            return form with
            {
                Sections = form.Sections.Replace(home, home with { Questions = home.Questions.Replace(old, q) }),
            };
        }

        if (form.Sections.All(s => s.Id != change.Section))
            return null;
        var saved = q.Id.Length == 0 ? q with { Id = NextId(form, 'q') } : q;
        var rest = Without(form, q.Id);
        var target = rest.Sections.First(s => s.Id == change.Section);
        return rest with
        {
            Sections = rest.Sections.Replace(target, target with { Questions = target.Questions.Add(saved) }),
        };
    }

    private static Questionnaire Without(Questionnaire form, string question) => form with
    {
        Sections = [.. form.Sections.Select(s => s with { Questions = s.Questions.RemoveAll(q => q.Id == question) })],
    };

    private static Questionnaire Moved(Questionnaire form, QuestionnaireChange.MoveQuestion move)
    {
        var at = 0;
        while (at < form.Sections.Length && form.Sections[at].Questions.All(q => q.Id != move.Id))
            at++;
        if (at == form.Sections.Length)
            return form;
        var home = form.Sections[at];
        var question = home.Questions.First(q => q.Id == move.Id);
        var edge = move.Up ? home.Questions[0] : home.Questions[^1];
        if (edge.Id != move.Id)
        {
            var moved = home with { Questions = Moved(home.Questions, move.Id, move.Up, q => q.Id) };
            return form with { Sections = form.Sections.SetItem(at, moved) };
        }

        var other = move.Up ? at - 1 : at + 1;
        if (other < 0 || other >= form.Sections.Length)
            return form;
        var into = form.Sections[other].Questions;
        return form with
        {
            Sections = form.Sections
                .SetItem(at, home with { Questions = home.Questions.Remove(question) })
                .SetItem(other, form.Sections[other] with
                {
                    Questions = move.Up ? into.Add(question) : into.Insert(0, question),
                }),
        };
    }

    private static ImmutableArray<T> Moved<T>(ImmutableArray<T> items, string id, bool up, Func<T, string> idOf)
    {
        var at = 0;
        while (at < items.Length && idOf(items[at]) != id)
            at++;
        var to = up ? at - 1 : at + 1;
        if (at == items.Length || to < 0 || to >= items.Length)
            return items;
        return items.SetItem(at, items[to]).SetItem(to, items[at]);
    }

    private static string NextId(Questionnaire form, char kind)
    {
        var ids = kind == 's' ? form.Sections.Select(s => s.Id) : form.Questions.Select(q => q.Id);
        var last = ids.Where(i => i.Length > 1 && i[0] == kind)
            .Select(i => int.TryParse(i.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)
            .DefaultIfEmpty().Max();
        return string.Create(CultureInfo.InvariantCulture, $"{kind}{last + 1}");
    }
}
