using System.Collections.Immutable;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Surveys;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;

namespace CustomerComm.Web.Areas.Surveys;

/// <summary>A form on paper that waits for its check: the home and what was entered.</summary>
internal sealed record PaperForm(string Id, string Room, ImmutableArray<Reply> Replies);

/// <summary>The forms of a survey's page, and the commands they ask for.</summary>
internal sealed class SurveyActions(Survey s, StaffMember member, DeskWords words, PostedForm? posted)
{
    /// <summary>Name of an action without what it is about.</summary>
    public static string NameOf(string action) => action.Split('-')[0];

    /// <summary>The command a form asks for; null where it is none of ours.</summary>
    public static SurveyCommand? Read(PostedForm f, TimeZoneInfo zone) => NameOf(f["action"]) switch
    {
        "Approve" => new SurveyCommand.Approve(),
        "Send" => new SurveyCommand.Send(),
        "Extend" => new SurveyCommand.Extend(
            f.TryTime("until", zone, out var until) ? until : null, Text(f, "reason")),
        "CheckPaper" => new SurveyCommand.CheckPaper(
            f.Subject, f["decision"] == "yes", Text(f, "comment") is { Length: > 0 } c ? c : null),
        "Analyse" => new SurveyCommand.Analyse(Text(f, "text")),
        "Publish" => new SurveyCommand.Publish(f.Subject, new Bilingual(Text(f, "textZh"), Text(f, "textEn"))),
        _ => null,
    };

    /// <summary>What this person can do now; the rules decide all the same.</summary>
    public ImmutableArray<DeskForm> Offered(ImmutableArray<PaperForm> papers, DateTimeOffset now)
    {
        var quality = member.Unit == Unit.Quality;
        var office = member.Unit == Unit.Office && member.Community == s.Community;
        var forms = ImmutableArray.CreateBuilder<DeskForm>();
        switch (s.Stage)
        {
            case SurveyStage.Drafting when member.Unit == Unit.Leader || (quality && member.Rank == Rank.Head):
                forms.Add(Form("Approve", "", "", s.SendDue, now, _ => []));
                break;
            case SurveyStage.Approved when quality:
                forms.Add(Form("Send", "", "", s.SendDue, now, _ => []));
                break;
            case SurveyStage.Collecting when quality:
                forms.Add(Form("Extend", "", "", null, now, f => [f.Time("until"), f.Line("reason")]));
                break;
            case SurveyStage.Counting when quality:
                forms.AddRange(papers.Select((p, i) => Form(
                    $"CheckPaper-{i}", p.Id, " · " + p.Room, s.CheckDue, now,
                    f =>
                    [
                        f.Radio("decision", [new("yes", words["Choice.Matches"]), new("no", words["Choice.Differs"])]),
                        f.Area("comment", required: false),
                    ],
                    Entered(p))));
                break;
            case SurveyStage.Analysing when quality || office:
                forms.Add(Form("Analyse", "", "", s.AnalyseDue, now, f => [f.Area("text")]));
                break;
            case SurveyStage.Answering when office:
                forms.AddRange(s.Unanswered.Select((p, i) => Form(
                    $"Publish-{i}", p.Key, "：" + SurveyFormat.Problem(p, words.Language), s.Analysis!.AnswerDue, now,
                    f => [f.Area("textZh"), f.Area("textEn", required: false)],
                    words.Format("Hint.Publish", ("homes", $"{p.Homes}/{p.Of}")))));
                break;
            default:
                break;
        }

        return forms.ToImmutable();
    }

    private DeskForm Form(
        string action, string subject, string about, DateTimeOffset? due, DateTimeOffset now,
        Func<FormFields, ImmutableArray<DeskField>> fields, string? hint = null)
    {
        var typed = posted?["action"] == action && posted.Subject == subject ? posted : null;
        var name = NameOf(action);
        return new DeskForm(
            action, subject, words[$"Action.{name}"] + about, hint ?? words.Find($"Hint.{name}"),
            due is { } at ? $"{words.Time(at)} · {words.Left(at, now)}" : null,
            fields(new FormFields(words, "Survey", typed)), Guid.NewGuid().ToString("N"),
            typed is not null || (posted is null && due is not null));
    }

    private string Entered(PaperForm paper)
    {
        var said = s.Questionnaire.Questions.Select(q => (q, Value: AnswerRules.ValueOf(paper.Replies, q.Id)))
            .Where(x => x.Value.Length > 0)
            .Select(x => $"{x.q.Text.In(words.Language)} {Shown(x.q, x.Value)}");
        return words.Format("Hint.CheckPaper", ("entered", string.Join("；", said)));
    }

    private string Shown(Question q, string value) => q.IsText
        ? value
        : string.Join('、', AnswerRules.Parts(q, value).Select(p => p.Split('=') is [var row, var rating]
            ? $"{NameOf(q, row)} {rating}" : NameOf(q, p)));

    private string NameOf(Question q, string option) =>
        q.Type == QuestionType.YesNo ? words[option]
            : q.Options.FirstOrDefault(o => o.Id == option)?.Text.In(words.Language) ?? option;

    private static string Text(PostedForm f, string field) => f[field].ReplaceLineEndings("\n").Trim();
}
