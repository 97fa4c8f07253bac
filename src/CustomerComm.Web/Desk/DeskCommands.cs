using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.Web.Desk;

/// <summary>Turns a posted form into the command it asks for; a refusal where a field cannot be read.</summary>
internal static class DeskCommands
{
    public static async Task<(ComplaintCommand? Command, Refusal? Bad)> ReadAsync(
        PostedForm form, TimeZoneInfo zone, CancellationToken ct)
    {
        try
        {
            return form.Action switch
            {
                null => (null, new Refusal(RefusalCode.BadField, "4.6.2-1", "There is no such action.", "action")),
                DeskAction.AttachPaper => (await PaperAsync(form, ct), null),
                { } action => (Of(action, form, zone), null),
            };
        }
        catch (UnreadableFieldException e)
        {
            return (null, new Refusal(RefusalCode.BadField, e.Clause, e.Message, e.Field));
        }
    }

    private static ComplaintCommand Of(DeskAction action, PostedForm f, TimeZoneInfo zone) => action switch
    {
        DeskAction.Accept => new ComplaintCommand.Accept(),
        DeskAction.Triage => new ComplaintCommand.Triage(
            Named<Nature>(f, "kind"), Named<Category>(f, "category"), Also(f), Named<Severity>(f, "severity"),
            StaffOrNone(f, "accused"), StaffOrNone(f, "handler")),
        DeskAction.Resolve => new ComplaintCommand.Resolve(Text(f, "text")),
        DeskAction.Answer => new ComplaintCommand.Answer(Text(f, "text")),
        DeskAction.DeclareOutOfScope => new ComplaintCommand.DeclareOutOfScope(Text(f, "text")),
        DeskAction.DecideSuggestion => new ComplaintCommand.DecideSuggestion(
            Decision(f), Text(f, "reason"), f.All("aboutCommunication").Any()),
        DeskAction.PassOnPraise => new ComplaintCommand.PassOnPraise(StaffOrNone(f, "praised"), Text(f, "text")),
        DeskAction.DraftLetter => new ComplaintCommand.DraftLetter(Text(f, "text")),
        DeskAction.DecideLetter => new ComplaintCommand.DecideLetter(Decision(f), Text(f, "comment")),
        DeskAction.Instruct => new ComplaintCommand.Instruct(Text(f, "text"), Time(f, "wantedBy", zone)),
        DeskAction.GiveCooperation => new ComplaintCommand.GiveCooperation(Text(f, "what")),
        DeskAction.AnswerExtension => new ComplaintCommand.AnswerExtension(Decision(f), Named<Channel>(f, "channel")),
        DeskAction.RecordAttempt => new ComplaintCommand.RecordAttempt(Named<Channel>(f, "channel"), Text(f, "result")),
        DeskAction.ProposeUnreachable => new ComplaintCommand.ProposeUnreachable(),
        DeskAction.DecideUnreachable => new ComplaintCommand.DecideUnreachable(Decision(f), Text(f, "comment")),
        DeskAction.DecidePaper => new ComplaintCommand.DecidePaper(Decision(f), Text(f, "comment")),
        DeskAction.FollowUp => new ComplaintCommand.FollowUp(
            Named<Channel>(f, "channel"), Text(f, "opinion"), TextOrNone(f, "wishes")),
        DeskAction.HandOverRecords => new ComplaintCommand.HandOverRecords(),
        DeskAction.CheckRecords => new ComplaintCommand.CheckRecords(Decision(f), TextOrNone(f, "reason")),
        DeskAction.FindRootCause => new ComplaintCommand.FindRootCause(Text(f, "cause"), Text(f, "prevention")),
        DeskAction.FileReports => new ComplaintCommand.FileReports(Text(f, "corrective"), Text(f, "preventive")),
        DeskAction.Verify => new ComplaintCommand.Verify(Decision(f), Text(f, "comment")),
        DeskAction.Note => new ComplaintCommand.Note(Named<Channel>(f, "channel"), Text(f, "text")),
        DeskAction.TellExtension => new ComplaintCommand.TellExtension(
            Time(f, "newDue", zone) ?? throw new UnreadableFieldException("newDue", "4.6.2-6"), Text(f, "reason")),
        DeskAction.AskCooperation => new ComplaintCommand.AskCooperation(Named<Unit>(f, "unit"), Text(f, "what")),
        DeskAction.Escalate => new ComplaintCommand.Escalate(Text(f, "reason")),
        DeskAction.HandOver => new ComplaintCommand.HandOver(Named<Unit>(f, "unit"), Text(f, "reason")),
        DeskAction.Decline => new ComplaintCommand.Decline(Text(f, "reason")),
        DeskAction.Assign => new ComplaintCommand.Assign(Staff(f, "handler"), TextOrNone(f, "reason")),
        DeskAction.Dismiss => new ComplaintCommand.Dismiss(Text(f, "reason")),
        DeskAction.ProveMisreport => new ComplaintCommand.ProveMisreport(Staff(f, "concerned"), Text(f, "what")),
        _ => throw new InvalidOperationException($"Unknown action {action}."),
    };

    private static async Task<ComplaintCommand> PaperAsync(PostedForm f, CancellationToken ct)
    {
        var satisfaction =
            int.TryParse(f["satisfaction"], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : throw new UnreadableFieldException("satisfaction", "4.6.1-4");
        return f.File("scan") is { } file && await PaperScan.ReadAsync(file, ct) is { } scan
            ? new ComplaintCommand.AttachPaper(scan, satisfaction)
            : throw new UnreadableFieldException("scan", "4.6.2-4");
    }

    private static ImmutableArray<Category> Also(PostedForm f)
    {
        var chief = Named<Category>(f, "category");
        return
        [
            .. f.All("also").Select(v => Enum.TryParse<Category>(v, out var c) && Enum.IsDefined(c)
                    ? c : throw new UnreadableFieldException("also", "4.6.2-1"))
                .Where(c => c != chief).Distinct().Order(),
        ];
    }

    // Browsers send line ends as CR LF; the text is signed and hashed, so it must not depend on that.
    private static string Text(PostedForm f, string field) =>
        f[field].ReplaceLineEndings("\n").Trim();

    private static string? TextOrNone(PostedForm f, string field) =>
        string.IsNullOrWhiteSpace(f[field]) ? null : Text(f, field);

    private static bool Decision(PostedForm f) => f["decision"] switch
    {
        "yes" => true,
        "no" => false,
        _ => throw new UnreadableFieldException("decision", "4.6.2-1"),
    };

    private static TEnum Named<TEnum>(PostedForm f, string field)
        where TEnum : struct, Enum =>
        f.TryNamed<TEnum>(field, out var value) ? value : throw new UnreadableFieldException(field, "4.6.2-1");

    private static StaffId Staff(PostedForm f, string field) =>
        StaffOrNone(f, field) ?? throw new UnreadableFieldException(field, "4.6.2-3");

    private static StaffId? StaffOrNone(PostedForm f, string field) =>
        f[field].Length == 0 ? null : new StaffId(f[field]);

    private static DateTimeOffset? Time(PostedForm f, string field, TimeZoneInfo zone) =>
        f.TryTime(field, zone, out var at) ? at : throw new UnreadableFieldException(field, "4.6.2-6");

    private sealed class UnreadableFieldException(string name, string clause)
        : Exception($"'{name}' is missing or cannot be read.")
    {
        public string Field => name;

        public string Clause => clause;
    }
}
