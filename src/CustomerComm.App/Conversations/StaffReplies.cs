using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Conversations;

/// <summary>
/// Short replies of staff by text message: <c>1 code</c> accepts, <c>2 code reason</c> declines, <c>3 code result</c>
/// resolves, <c>5 code text</c> notes. Words do as well: 接单, 退单, 办结, 记录, ok, decline, done, note.
/// </summary>
public sealed class StaffReplies(ComplaintKind service, ITables tables, TimeProvider time)
{
    // The longest first, so that no word hides behind its own beginning.
    private static readonly (string Word, char Verb)[] s_words =
    [
        .. new[] { ("Accept", 'a'), ("Decline", 'd'), ("Done", 'r'), ("Note", 'n') }
            .SelectMany(v => Texts.Said($"Said.{v.Item1}").Select(w => (w, v.Item2)))
            .OrderByDescending(w => w.w.Length),
    ];

    /// <summary>Carries out a reply and returns what to answer.</summary>
    public async Task<string> HandleAsync(StaffMember member, string messageId, string text, CancellationToken ct)
    {
        text = text.Trim();
        var (verb, rest) = Split(text);
        if (verb == '?')
            return Texts.Get("Staff.Help", Languages.Default);
        var number = MatterCode.Find(rest, MatterNumber.Complaint, time.Now().Year);
        if (number is null)
        {
            var waiting = await WaitingAsync(member, verb == 'a', ct);
            if (waiting.Count != 1)
            {
                return waiting.Count == 0
                    ? Texts.Get("Staff.NoComplaint", Languages.Default)
                    : Texts.Format("Staff.WhichComplaint", Languages.Default, ("code", waiting[0].ShortCode));
            }

            number = waiting[0];
        }

        return await DoAsync(member, number.Value, verb, MatterCode.Without(rest), messageId, ct);
    }

    /// <summary>
    /// True where a text answers an assignment, by its verb or by a code it names: then it touches that one only. A
    /// figure that goes on with a word is none, "3号楼" is a place.
    /// </summary>
    public static bool IsReply(string text) => MatterCode.Names(text)
        || (Split(text).Verb != '?' && !(char.IsDigit(text[0]) && text.Length > 1 && char.IsLetter(text[1])));

    /// <summary>
    /// The verb a reply begins with and what follows: a accepts, d declines, r is done, n notes, ? is none of them.
    /// </summary>
    internal static (char Verb, string More) Split(string text)
    {
        foreach (var (word, verb) in s_words)
        {
            if (!text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                continue;
            var rest = text[word.Length..];
            // "1" must not be the beginning of a longer number, nor "no" of a longer word.
            if (rest.Length > 0 && char.IsAsciiLetterOrDigit(rest[0]) && char.IsAsciiLetterOrDigit(word[^1]))
                continue;
            return (verb, rest.TrimStart(' ', ':', '：', ',', '，', '.', '。'));
        }

        return ('?', text);
    }

    /// <summary>The person's complaints that wait for this, by the work list.</summary>
    private async Task<List<MatterNumber>> WaitingAsync(StaffMember member, bool accepting, CancellationToken ct)
    {
        var kind = accepting ? ObligationKind.Accept : ObligationKind.Resolve;
        var page = await tables.Of<ObligationRow>().QueryAsync(
            Party.Of(member.Id).Key(default), null, null, 200, null, ct);
        return [.. page.Rows.Where(r => r.Kind == kind.ToString())
            .Select(r => MatterNumber.TryParse(r.Number, out var n) ? n : default).Distinct()];
    }

    private async Task<string> DoAsync(
        StaffMember member, MatterNumber number, char verb, string rest, string messageId, CancellationToken ct)
    {
        var code = number.ShortCode;
        ComplaintCommand command = verb switch
        {
            'a' => new ComplaintCommand.Accept(),
            'd' => new ComplaintCommand.Decline(rest),
            'r' => new ComplaintCommand.Resolve(rest),
            _ => new ComplaintCommand.Note(Channel.Sms, rest),
        };
        var result = await service.HandleAsync(
            number, command, new Actor.Staff(member), new SeenMessage("sms:" + messageId, ""), ct);
        var key = verb switch { 'a' => "Accepted", 'd' => "Declined", 'r' => "Resolved", _ => "Noted" };
        return result switch
        {
            MatterResult<Complaint>.Done done => Texts.Format(
                "Staff." + key, Languages.Default, ("code", code),
                ("due", Texts.Time(
                    done.Matter.State.ResolveDue, service.RulesOf(done.Matter.State).Calendar.Zone,
                    Languages.Default))),
            MatterResult<Complaint>.Refused no => Texts.Format(
                "Staff.Refused", Languages.Default, ("code", code), ("text", Texts.Why(no.Refusal, Languages.Default))),
            _ => Texts.Format("Staff.Unknown", Languages.Default, ("code", code)),
        };
    }
}
