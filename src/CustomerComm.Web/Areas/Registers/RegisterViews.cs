using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Registers;
using CustomerComm.Domain.Registers;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Registers;

/// <summary>A post with what stands there.</summary>
public sealed record PostCard(string Name, string Community, string Address, int Open, bool Pending);

/// <summary>How a contact was answered, in words.</summary>
public sealed record AnswerView(string At, string By, string Channel, string? Text);

/// <summary>An entry in words; <paramref name="Due"/> is null where no answer is owed.</summary>
public sealed record EntryView(
    int Number, string Address, string At, string Iso, string EnteredAt, string Channel, string By, string Name,
    string Phone, string Room, string Text, bool Hidden, string? About, string? AboutAddress, string? Due, bool Late,
    ImmutableArray<AnswerView> Answers, int? Corrects, ImmutableArray<int> CorrectedBy);

/// <summary>What was searched for, as typed.</summary>
public sealed record SearchView(string From, string To, string Channel, string Text, bool OpenOnly);

/// <summary>A hand-over in words.</summary>
public sealed record HandOverView(string At, string From, string To, int Items, string? Note, string State);

/// <summary>Writes entries in words.</summary>
internal static class RegisterWords
{
    public static string PathOf(RegisterKey key) => $"/desk/registers/{key.Community}/{key.Post}";

    public static EntryView Of(RegisterKey post, RegisterLine line, DeskWords words, DateTimeOffset now)
    {
        var e = line.Entry.Entered;
        var text = line.Text ?? (line.Hidden
            ? words["Entry.Hidden"]
            : words[e.Subject?.Kind != SubjectKind.Call ? "Entry.Withheld"
                : e.Answer is null ? "Entry.CallMissed" : "Entry.Call"]);
        return new EntryView(
            e.Entry, string.Create(CultureInfo.InvariantCulture, $"{PathOf(post)}/{line.Month}/{e.Entry}"),
            words.Time(e.ContactAt), DeskWords.Iso(e.ContactAt), words.Time(line.Entry.EnteredAt),
            words.Name(e.Channel), words.Person(e.By), line.Name ?? "", line.Phone ?? "", line.Room ?? "", text, line.Hidden,
            AboutOf(e.Subject, words), AddressOf(e.Subject),
            e.AnswerDue is { } due && line.Entry.Open ? words.Time(due) : null,
            line.Entry.Open && e.AnswerDue < now,
            [.. line.Entry.Answers.Select(a => AnswerOf(a, e, words))], e.Corrects, [.. line.Entry.CorrectedBy]);
    }

    private static AnswerView AnswerOf(ContactAnswer a, RegisterEvent.ContactEntered e, DeskWords words) => new(
        words.Time(a.At), words.Person(a.By), words.Name(a.Channel),
        a.Text?.Value ?? e.Subject?.Kind switch
        {
            SubjectKind.Case => words.Format("Answer.Case", ("number", e.Subject.Number)),
            SubjectKind.Call => words[e.Answer is null ? "Answer.CalledBack" : "Answer.Call"],
            _ => null,
        });

    private static string? AboutOf(Subject? subject, DeskWords words) => subject switch
    {
        null => null,
        { Number: "" } => words.Name(subject.Kind),
        _ => $"{words.Name(subject.Kind)} {subject.Number}",
    };

    private static string? AddressOf(Subject? subject) => subject switch
    {
        { Kind: SubjectKind.Call } => $"/desk/calls/{subject.Stream.Value[(subject.Stream.Value.IndexOf('.') + 1)..]}",
        { Number: { Length: > 0 } number } when ComplaintNumberOf(number) => $"/desk/complaints/{number}",
        _ => null,
    };

    private static bool ComplaintNumberOf(string number) => Domain.MatterNumber.TryParse(number, out _);
}
