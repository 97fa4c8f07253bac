using System.Collections.Immutable;
using CustomerComm.App.Matters;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Surveys;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>A question in the editor with the form that changes it.</summary>
public sealed record EditedQuestion(Question Question, DeskForm Form);

/// <summary>A section in the editor.</summary>
public sealed record EditedSection(
    Section Section, DeskForm Form, ImmutableArray<EditedQuestion> Questions, DeskForm Add);

/// <summary>Where quality writes the questionnaire, until it is sent (4.5.6).</summary>
internal sealed class SurveyEditor(SurveyKind surveys, SurveyDesk desk, StaffSessions sessions)
{
    public async Task<IResult> ShowAsync(string id, HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        return await desk.FindAsync(id, member, ct) is { } found
            ? Page(http, member, found.State, null, null, StatusCodes.Status200OK)
            : DeskPages.NotFound(http, member);
    }

    public async Task<IResult> ChangeAsync(string id, HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await desk.FindAsync(id, member, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var words = desk.WordsOf(http, found.State.Community);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return Page(http, member, found.State, null, words.Error(reason!), status);
        if (await ReadAsync(form, found.State, ct) is not { } change)
            return Page(http, member, found.State, form, words.Error("Banner.Expired"), 400);
        var result = await surveys.HandleAsync(
            found.Stream, new SurveyCommand.Change(change), new Actor.Staff(member), form.Seen(member.Id), ct);
        switch (result)
        {
            case MatterResult<Survey>.Done:
                return TypedResults.LocalRedirect($"~/desk/surveys/{found.State.Number}/questions{Anchor(form)}");
            case MatterResult<Survey>.Refused no:
                form.WrongField = no.Refusal.Field;
                return Page(
                    http, member, found.State, form, words.Refused(no.Refusal, "Survey"),
                    DeskPages.StatusOf(no.Refusal.Code));
            default:
                return Page(http, member, found.State, form, words.Error("Banner.Reused"), 409);
        }
    }

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

    /// <summary>Options as they are typed.</summary>
    internal static string Typed(ImmutableArray<SurveyOption> options) => string.Join(
        '\n', options.Select(o => $"{(o.Problem ? "* " : "")}{o.Text.Zh} | {o.Text.En}"));

    private static string NewId(HashSet<string> taken)
    {
        var n = 1;
        while (!taken.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"o{n}")))
            n++;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"o{n}");
    }

    private async Task<QuestionnaireChange?> ReadAsync(PostedForm f, Survey s, CancellationToken ct)
    {
        var subject = f.Subject;
        switch (SurveyActions.NameOf(f["action"]))
        {
            case "SaveHead":
                return new QuestionnaireChange.Head(Both(f, "title"), Both(f, "intro"));
            case "AddSection":
                return new QuestionnaireChange.SaveSection(null, Both(f, "title"));
            case "SaveSection":
                return new QuestionnaireChange.SaveSection(subject, Both(f, "title"));
            case "MoveSectionUp":
                return new QuestionnaireChange.MoveSection(subject, Up: true);
            case "MoveSectionDown":
                return new QuestionnaireChange.MoveSection(subject, Up: false);
            case "RemoveSection":
                return new QuestionnaireChange.RemoveSection(subject);
            case "AddQuestion" or "SaveQuestion":
                return Question(f, s);
            case "MoveUp":
                return new QuestionnaireChange.MoveQuestion(subject, Up: true);
            case "MoveDown":
                return new QuestionnaireChange.MoveQuestion(subject, Up: false);
            case "RemoveQuestion":
                return new QuestionnaireChange.RemoveQuestion(subject);
            case "UseStandard":
                return new QuestionnaireChange.Replace(StandardQuestionnaire.Form);
            case "CopyLast":
                return await surveys.FindAsync(s.Community, s.Year - 1, ct) is { } last
                    ? new QuestionnaireChange.Replace(last.State.Questionnaire) : null;
            default:
                return null;
        }
    }

    private static QuestionnaireChange? Question(PostedForm f, Survey s)
    {
        if (!f.TryNamed<QuestionType>("type", out var type))
            return null;
        var old = SurveyActions.NameOf(f["action"]) == "SaveQuestion" ? s.Questionnaire.Find(f.Subject) : null;
        var flags = f.All("flags").ToList();
        return new QuestionnaireChange.SaveQuestion(
            f["section"],
            new Question(
                old?.Id ?? "", type, Both(f, "text"), flags.Contains("required"),
                Options(f["options"], old?.Options ?? []), flags.Contains("raises")));
    }

    private static Bilingual Both(PostedForm f, string field) => new(
        f[field + "Zh"].ReplaceLineEndings("\n").Trim(), f[field + "En"].ReplaceLineEndings("\n").Trim());

    private static string Anchor(PostedForm f) => SurveyActions.NameOf(f["action"]) switch
    {
        "SaveQuestion" or "MoveUp" or "MoveDown" => "#q-" + Uri.EscapeDataString(f.Subject),
        "AddQuestion" => "#s-" + Uri.EscapeDataString(f["section"]),
        "SaveSection" or "MoveSectionUp" or "MoveSectionDown" => "#s-" + Uri.EscapeDataString(f.Subject),
        _ => "",
    };

    private IResult Page(
        HttpContext http, StaffMember member, Survey s, PostedForm? posted, DeskBanner? banner, int status)
    {
        var words = desk.WordsOf(http, s.Community);
        var forms = new EditorForms(s.Questionnaire, words, posted);
        return DeskPages.Page<EditorPage>(
            status, ("Frame", DeskPages.Frame(http, member, banner)), ("Survey", s),
            ("MayEdit", member.Unit == Unit.Quality && s.SentAt is null), ("Head", forms.Head()),
            ("Sections", forms.Sections()), ("Others", forms.Others()));
    }
}
