using System.Collections.Immutable;
using CustomerComm.Domain.Surveys;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>The forms of the questionnaire editor.</summary>
internal sealed class EditorForms(Questionnaire form, DeskWords words, PostedForm? posted)
{
    public DeskForm Head() => Form("SaveHead", "", words["Action.SaveHead"], f =>
    [
        f.Line("titleZh", present: form.Title.Zh), f.Line("titleEn", present: form.Title.En),
        f.Area("introZh", required: false, present: form.Intro.Zh),
        f.Area("introEn", required: false, present: form.Intro.En),
    ]);

    public ImmutableArray<EditedSection> Sections() =>
    [
        .. form.Sections.Select(s => new EditedSection(
            s,
            Form($"SaveSection-{s.Id}", s.Id, words["Action.SaveSection"], f =>
                [f.Line("titleZh", present: s.Title.Zh), f.Line("titleEn", present: s.Title.En)]),
            [
                .. s.Questions.Select(q => new EditedQuestion(
                    q, Form($"SaveQuestion-{q.Id}", q.Id, words["Action.SaveQuestion"], f => Question(f, s, q)))),
            ],
            Form($"AddQuestion-{s.Id}", s.Id, words["Action.AddQuestion"], f => Question(f, s, null)))),
    ];

    public ImmutableArray<DeskForm> Others() =>
    [
        Form("AddSection", "", words["Action.AddSection"], f => [f.Line("titleZh"), f.Line("titleEn")]),
        Form("CopyLast", "", words["Action.CopyLast"], _ => [], danger: true),
        Form("UseStandard", "", words["Action.UseStandard"], _ => [], danger: true),
    ];

    private ImmutableArray<DeskField> Question(FormFields f, Section section, Question? q) =>
    [
        f.Select(
            "section", form.Sections.Select(s => new DeskChoice(s.Id, s.Title.In(words.Language))), section.Id),
        f.Select("type", f.Names<QuestionType>(), (q?.Type ?? QuestionType.Rating).ToString()),
        f.Line("textZh", present: q?.Text.Zh ?? ""),
        f.Line("textEn", present: q?.Text.En ?? ""),
        f.Area("options", required: false, present: SurveyEditor.Typed(q?.Options ?? [])),
        f.Checks(
            "flags",
            [new DeskChoice("required", words["Choice.Required"]), new DeskChoice("raises", words["Choice.Raises"])],
            [q is { Required: true } ? "required" : "", q is null or { Raises: true } ? "raises" : ""]),
    ];

    private DeskForm Form(
        string action, string subject, string title, Func<FormFields, ImmutableArray<DeskField>> fields,
        bool danger = false)
    {
        var typed = posted?["action"] == action ? posted : null;
        return new DeskForm(
            action, subject, title, words.Find($"Hint.{SurveyActions.NameOf(action)}"), null,
            fields(new FormFields(words, "Survey", typed)), Guid.NewGuid().ToString("N"), typed is not null, danger);
    }
}
