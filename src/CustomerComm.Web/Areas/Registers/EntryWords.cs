using CustomerComm.App.Registers;
using CustomerComm.Domain;
using CustomerComm.Domain.Registers;
using CustomerComm.Web.Areas.Calls;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Registers;

/// <summary>Writes entries in words.</summary>
internal static class EntryWords
{
    /// <summary>What was said, or why that is not shown here.</summary>
    public static string TextOf(RegisterLine line, DeskWords words)
    {
        var e = line.Entry.Entered;
        return line.Text ?? words[
            line.Hidden ? "Entry.Hidden"
            : line.Entry.Subject?.Kind != SubjectKind.Call ? "Entry.Withheld"
            : e.Answer is null ? "Entry.CallMissed" : "Entry.Call"];
    }

    /// <summary>An answer's own words, or where they are.</summary>
    public static string? TextOf(ContactAnswer answer, RegisterEvent.ContactEntered e, DeskWords words) =>
        answer.Text?.Value ?? e.Subject?.Kind switch
        {
            SubjectKind.Complaint => words.Format("Answer.Complaint", ("number", e.Subject.Number)),
            SubjectKind.Call => words[e.Answer is null ? "Answer.CalledBack" : "Answer.Call"],
            _ => null,
        };

    /// <summary>What the contact led to.</summary>
    public static string? AboutOf(Subject? subject, DeskWords words) =>
        subject is null ? null : $"{words.Name(subject.Kind)} {subject.Number}".TrimEnd();

    /// <summary>Where that is shown, or null.</summary>
    public static string? AddressOf(Subject? subject) => subject switch
    {
        { Kind: SubjectKind.Call } => CallsArea.AddressOf(subject.Stream.Value),
        { Number: { Length: > 0 } number } when MatterNumber.TryParse(number, out _) => $"/desk/complaints/{number}",
        _ => null,
    };

    /// <summary>Who saw to it, when and how; null where nobody did.</summary>
    public static string? SeenToOf(RegisterEntry entry, DeskWords words) => entry.SeenTo is not { } seen
        ? null
        : string.Join(
            " · ",
            new[]
            {
                words[seen.Complaint is null ? "Entry.SeenTo" : "Entry.TakenUp"], words.Person(seen.By),
                words.Time(seen.At), seen.Note?.Value,
            }.OfType<string>());

    /// <summary>Why no complaint was made of it, by whom and when; null where that was not said.</summary>
    public static string? LeftOutOf(RegisterEntry entry, DeskWords words) => entry.LeftOut is not { } left
        ? null
        : string.Join(
            " · ", words["Entry.LeftOut"], words.Name(left.Why), words.Person(left.By), words.Time(left.At),
            left.Words.Value);

    /// <summary>What is owed of it, by its key among the words, and until when.</summary>
    public static IEnumerable<(string Key, DateTimeOffset Due)> DuesOf(RegisterEntry entry)
    {
        if (entry is { ToTakeUp: true, Entered.TakeUpDue: { } taken })
            yield return ("Entry.TakeUpDue", taken);
        if (entry is { ToAnswer: true, Entered.AnswerDue: { } answered })
            yield return (entry.SetAside ? "Entry.SeeToDue" : "Entry.Due", answered);
    }

    /// <summary>Who and where, as far as that is known.</summary>
    public static IEnumerable<string> WhoOf(RegisterLine line) =>
        new[] { line.Room, line.Name, line.Phone }.OfType<string>().Where(f => f.Length > 0);
}
