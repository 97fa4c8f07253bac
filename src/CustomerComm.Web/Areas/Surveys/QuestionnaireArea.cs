using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Matters;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Surveys;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;
using SurveyAct =
    CustomerComm.Web.Matters.Act<CustomerComm.Domain.Surveys.Survey, CustomerComm.Domain.Surveys.SurveyCommand>;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>A survey whose questionnaire is written, with last year's where there is one.</summary>
public sealed record QuestionnaireSight(Sight<Survey> Of, Questionnaire? Last) : Sight<Survey>(Of);

/// <summary>Where quality writes the questionnaire, until it is sent (4.5.6).</summary>
internal sealed class QuestionnaireArea(SurveyKind surveys, DeskParts parts)
    : MatterArea<SurveyMatter, Survey, SurveyCommand, SurveyEvent>(surveys, parts)
{
    private static readonly Bilingual s_x = new("x", "x");

    public override string Words => "Surveys";

    public override string Path => SurveyArea.First;

    protected override string Route => "/{id}/questions";

    protected override string Clause => QuestionnaireRules.Clause;

    protected override Type Page => typeof(EditorPage);

    protected override ImmutableArray<SurveyAct> Acts { get; } =
    [
        Of(
            "SaveHead",
            (s, f) =>
            [
                .. Titles(f, s.State.Questionnaire.Title),
                f.Area("introZh", required: false, present: s.State.Questionnaire.Intro.Zh),
                f.Area("introEn", required: false, present: s.State.Questionnaire.Intro.En),
            ],
            (_, a) => new QuestionnaireChange.Head(Both(a, "title"), Both(a, "intro"))),
        Of(
            "AddSection", (_, f) => Titles(f, new("", "")),
            (_, a) => new QuestionnaireChange.SaveSection(null, Both(a, "title"))),
        OfSections(
            "SaveSection", id => new QuestionnaireChange.SaveSection(id, s_x),
            (s, f) => Titles(f, Sections(s).FirstOrDefault(x => x.Id == f.Subject)?.Title ?? new("", "")),
            a => new QuestionnaireChange.SaveSection(a.Subject, Both(a, "title"))),
        OfSections("MoveSectionUp", id => new QuestionnaireChange.MoveSection(id, Up: true)),
        OfSections("MoveSectionDown", id => new QuestionnaireChange.MoveSection(id, Up: false)),
        // Questions are not lost by one press: a section is offered to be removed once it is empty.
        OfSections("RemoveSection", id => new QuestionnaireChange.RemoveSection(id)) with
        {
            Trials = s => Sections(s).Where(x => x.Questions.IsEmpty)
                .Select(x => Trial(new QuestionnaireChange.RemoveSection(x.Id), x.Id)),
        },
        OfSections(
            "AddQuestion",
            id => new QuestionnaireChange.SaveQuestion(
                id, new Question("", QuestionType.Rating, s_x, false, [], false)),
            (s, f) => QuestionFields(s, f, f.Subject, null), a => QuestionOf(a, null)),
        OfQuestions(
            "SaveQuestion", (section, q) => new QuestionnaireChange.SaveQuestion(section.Id, q with { Text = s_x }),
            (s, f) => QuestionFields(
                s, f, Sections(s).FirstOrDefault(x => x.Questions.Any(q => q.Id == f.Subject))?.Id ?? "",
                s.State.Questionnaire.Find(f.Subject)),
            (s, a) => QuestionOf(a, s.State.Questionnaire.Find(a.Subject))),
        OfQuestions("MoveUp", (_, q) => new QuestionnaireChange.MoveQuestion(q.Id, Up: true)),
        OfQuestions("MoveDown", (_, q) => new QuestionnaireChange.MoveQuestion(q.Id, Up: false)),
        OfQuestions("RemoveQuestion", (_, q) => new QuestionnaireChange.RemoveQuestion(q.Id)),
        Of("CopyLast", (_, _) => [], (s, a) => new QuestionnaireChange.Replace(
            ((QuestionnaireSight)s).Last ?? a.Wrong("action", s.State.Questionnaire))) with { Danger = true },
        Of("UseStandard", (_, _) => [], (_, _) => new QuestionnaireChange.Replace(StandardQuestionnaire.Form))
            with { Danger = true },
    ];

    public static Task<LoadedMatter<Survey>?> FindAsync(SurveyKind surveys, string id, CancellationToken ct) =>
        MatterIds.IsSound(id)
            ? surveys.LoadAsync(surveys.StreamOf(id.ToUpperInvariant()), ct)
            : Task.FromResult<LoadedMatter<Survey>?>(null);

    /// <summary>Reads options, one a line: <c>中文 | English</c>, a star before those that are problems.</summary>
    internal static ImmutableArray<SurveyOption> Options(string text, ImmutableArray<SurveyOption> before)
    {
        var options = ImmutableArray.CreateBuilder<SurveyOption>();
        var taken = before.Select(o => o.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries
            | StringSplitOptions.RemoveEmptyEntries))
        {
            var problem = line.StartsWith('*');
            var parts = line.TrimStart('*').Replace('｜', '|').Split('|', 2, StringSplitOptions.TrimEntries);
            var words = new Bilingual(parts[0], parts.Length > 1 ? parts[1] : "");
            // The id of an option that keeps its words stays, so that years can be compared.
            var old = before.FirstOrDefault(o => o.Text.Zh == words.Zh)
                ?? before.FirstOrDefault(o => words.En.Length > 0 && o.Text.En == words.En);
            options.Add(new SurveyOption(old?.Id ?? NewId(taken), words, problem));
        }

        return options.ToImmutable();
    }

    protected override Task<LoadedMatter<Survey>?> FindAsync(string id, CancellationToken ct) =>
        FindAsync(surveys, id, ct);

    protected override async Task<Sight<Survey>?> LookAsync(
        HttpContext http, Sight<Survey> sight, CancellationToken ct) => new QuestionnaireSight(
            sight, (await surveys.FindAsync(sight.State.Community, sight.State.Year - 1, ct))?.State.Questionnaire);

    /// <summary>To the part that was changed.</summary>
    protected override string AfterOf(LoadedMatter<Survey> matter, PostedForm form) =>
        AddressOf(matter) + "/questions" + form["action"] switch
        {
            "SaveQuestion" or "MoveUp" or "MoveDown" => "#q-" + Uri.EscapeDataString(form.Subject),
            "AddQuestion" => "#s-" + Uri.EscapeDataString(form["section"]),
            "SaveSection" or "MoveSectionUp" or "MoveSectionDown" => "#s-" + Uri.EscapeDataString(form.Subject),
            _ => "",
        };

    protected override DeskFact BackOf(Sight<Survey> sight) =>
        new("", $"{sight.Words["Area.Title"]} · {sight.State.Number}", AddressOf(sight.Matter));

    protected override string TitleOf(Sight<Survey> sight) =>
        $"{sight.Words["Editor.Title"]} · {sight.State.Number}";

    protected override IEnumerable<DeskBadge> Badges(Sight<Survey> sight) => [];

    /// <summary>What happened is told on the survey's own page.</summary>
    protected override bool Tells(Sight<Survey> sight, object e) => false;

    protected override IEnumerable<(string Key, string? Value)> Said(SurveyEvent e, DeskWords words) => [];

    private static SurveyAct Of(
        string name, Func<Sight<Survey>, FormFields, IEnumerable<DeskField>> fields,
        Func<Sight<Survey>, Answers, QuestionnaireChange> read) =>
        new(name, fields, (s, a) => new SurveyCommand.Change(read(s, a)));

    /// <summary>One for each section; without questions what is tried is what is done.</summary>
    private static SurveyAct OfSections(
        string name, Func<string, QuestionnaireChange> trial,
        Func<Sight<Survey>, FormFields, IEnumerable<DeskField>>? fields = null,
        Func<Answers, QuestionnaireChange>? read = null) =>
        Of(name, fields ?? ((_, _) => []), (_, a) => read?.Invoke(a) ?? trial(a.Subject)) with
        {
            Trials = s => Sections(s).Select(x => Trial(trial(x.Id), x.Id)),
        };

    /// <summary>As above, for each question.</summary>
    private static SurveyAct OfQuestions(
        string name, Func<Section, Question, QuestionnaireChange> trial,
        Func<Sight<Survey>, FormFields, IEnumerable<DeskField>>? fields = null,
        Func<Sight<Survey>, Answers, QuestionnaireChange>? read = null) =>
        Of(
            name, fields ?? ((_, _) => []),
            (s, a) => read is not null ? read(s, a) : Sections(s)
                .SelectMany(x => x.Questions.Where(q => q.Id == a.Subject).Select(q => trial(x, q))).FirstOrDefault()
                ?? a.Wrong<QuestionnaireChange>("action", new QuestionnaireChange.RemoveQuestion(a.Subject))) with
        {
            Trials = s => Sections(s).SelectMany(x => x.Questions.Select(q => Trial(trial(x, q), q.Id))),
        };

    private static Trial<SurveyCommand> Trial(QuestionnaireChange change, string subject) =>
        new(new SurveyCommand.Change(change), subject);

    private static ImmutableArray<Section> Sections(Sight<Survey> s) => s.State.Questionnaire.Sections;

    private static IEnumerable<DeskField> Titles(FormFields f, Bilingual title) =>
        [f.Line("titleZh", present: title.Zh), f.Line("titleEn", present: title.En)];

    private static IEnumerable<DeskField> QuestionFields(Sight<Survey> s, FormFields f, string section, Question? q) =>
    [
        f.Select(
            "section", Sections(s).Select(x => new DeskChoice(x.Id, x.Title.In(s.Words.Language))), section),
        f.Select("type", f.Names<QuestionType>(), (q?.Type ?? QuestionType.Rating).ToString()),
        f.Line("textZh", present: q?.Text.Zh ?? ""),
        f.Line("textEn", present: q?.Text.En ?? ""),
        f.Area("options", required: false, present: string.Join(
            '\n', (q?.Options ?? []).Select(o => $"{(o.Problem ? "* " : "")}{o.Text.Zh} | {o.Text.En}"))),
        f.Checks(
            "flags",
            [new("required", s.Words["Choice.Required"]), new("raises", s.Words["Choice.Raises"])],
            [q is { Required: true } ? "required" : "", q is null or { Raises: true } ? "raises" : ""]),
    ];

    private static QuestionnaireChange.SaveQuestion QuestionOf(Answers a, Question? old)
    {
        var flags = a.All("flags").ToHashSet(StringComparer.Ordinal);
        return new QuestionnaireChange.SaveQuestion(
            a.Text("section"),
            new Question(
                old?.Id ?? "", a.Named<QuestionType>("type"), Both(a, "text"), flags.Contains("required"),
                Options(a.Text("options"), old?.Options ?? []), flags.Contains("raises")));
    }

    private static Bilingual Both(Answers a, string field) => new(a.Text(field + "Zh"), a.Text(field + "En"));

    private static string NewId(HashSet<string> taken)
    {
        var n = 1;
        while (!taken.Add(string.Create(CultureInfo.InvariantCulture, $"o{n}")))
            n++;
        return string.Create(CultureInfo.InvariantCulture, $"o{n}");
    }
}
