using System.Collections.Immutable;
using CustomerComm.App.Company;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Conversations;

/// <summary>
/// Text messages of staff about complaints and orders (docs/staff-messages.md): carries out what was read, and answers.
/// Handling a message again, after whatever failure, changes nothing more.
/// </summary>
public sealed class StaffReplies(
    ConversationStreams streams, RulesBook book, ITables tables, IEnumerable<IStaffWork> works, TimeProvider time)
{
    private const int MostListed = 5;

    private static readonly string[] s_accepting =
        [nameof(ObligationKind.Accept), nameof(ObligationKind.AcceptOrder)];

    private static readonly string[] s_doing =
        [nameof(ObligationKind.Resolve), nameof(ObligationKind.CarryOutOrder)];

    /// <summary>
    /// True where a text answers the system, by what it says or by a code: a danger in it is that of the matter, which
    /// is known. How things are going may still be a danger nobody has heard of.
    /// </summary>
    internal bool IsReply(Said said)
    {
        var read = Read(said.Text, said.At);
        return !read.Codes.IsEmpty || read.Unreadable is not null
            || read.Intent is not (StaffIntent.Unclear or StaffIntent.Progress or StaffIntent.Question);
    }

    /// <summary>
    /// True where the words are none that staff write about their work: no command, no code, and nothing was asked
    /// that they
    /// could answer.
    /// </summary>
    internal async Task<bool> IsElseAsync(
        LoadedConversation conversation, Said said, StaffMember member, CancellationToken ct)
    {
        var read = Read(said.Text, said.At);
        if (read.Intent == StaffIntent.Help || IsReply(said))
            return false;
        var step = StaffDialogue.Next(
            conversation.State.Staff ?? StaffTalk.Start, read, await WaitingAsync(member, ct), said.At);
        return step.Deeds.IsEmpty && step.Answer is null or { Key: "Staff.Help" or "Staff.Nothing" };
    }

    /// <summary>The matters a text names.</summary>
    internal ImmutableArray<MatterNumber> NamedIn(Said said) => Read(said.Text, said.At).Codes;

    /// <summary>
    /// Takes up a message; null where the conversation moved on meanwhile, and must be looked at again.
    /// </summary>
    public async Task<ConversationEvent.Handled?> HandleAsync(
        LoadedConversation conversation, Line line, ConversationEvent.Incoming incoming, StaffMember member,
        CancellationToken ct)
    {
        var said = Read(incoming.Text.Value, line.At);
        var kept = conversation.Lines.Select(l => l.Event).OfType<ConversationEvent.Waited>()
            .LastOrDefault(w => w.Of == line.Version);
        var waiting = kept?.Tasks ?? await WaitingAsync(member, ct);
        var step = StaffDialogue.Next(conversation.State.Staff ?? StaffTalk.Start, said, waiting, line.At);
        if (said.Codes.IsEmpty && !step.Deeds.IsEmpty && kept is null)
        {
            await streams.AppendAsync(
                conversation, new ConversationEvent.Waited(line.Version, waiting), [], null, time.Now(), ct);
            return null;
        }

        var answer = await new Carrying(this, member, "sms:" + incoming.MessageId, line.At, step).TakeAsync(ct);
        return new ConversationEvent.Handled(
            line.Version, conversation.State with { Staff = answer.Talk },
            [new StoredReply(new Personal(answer.Text), [])]);
    }

    private StaffMessage Read(string text, DateTimeOffset at)
    {
        var communities = book.Directory.Communities;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(communities[0].TimeZone);
        return StaffGrammar.Read(
            text, TimeZoneInfo.ConvertTime(at, zone).Year, [.. communities.Select(c => c.Id.Value)]);
    }

    /// <summary>The person's complaints and orders that wait for them, by the work list.</summary>
    private async Task<ImmutableArray<StaffTask>> WaitingAsync(StaffMember member, CancellationToken ct)
    {
        var page = await tables.Of<ObligationRow>().QueryAsync(
            Party.Of(member.Id).Key(default), null, null, 200, null, ct);
        return
        [
            .. page.Rows.OrderBy(r => r.Due)
                .Where(r => s_accepting.Contains(r.Kind, StringComparer.Ordinal)
                    || s_doing.Contains(r.Kind, StringComparer.Ordinal))
                .Select(r => MatterNumber.TryParse(r.Number, out var n)
                    ? new StaffTask(n, s_accepting.Contains(r.Kind, StringComparer.Ordinal)) : null)
                .OfType<StaffTask>().Distinct(),
        ];
    }

    private IStaffWork? WorkOf(MatterNumber number) => works.FirstOrDefault(w => w.Letter == number.Code);

    /// <summary>One message being carried out.</summary>
    private sealed class Carrying(
        StaffReplies replies, StaffMember member, string message, DateTimeOffset at, StaffStep step)
    {
        private const string General = "Staff.Doubt";

        private readonly List<string> _said = [];
        private readonly List<MatterNumber> _accepted = [];
        private StaffTalk _talk = step.Talk;
        private bool _refused;
        private StaffMatter? _matter;

        public async Task<(StaffTalk Talk, string Text)> TakeAsync(CancellationToken ct)
        {
            foreach (var deed in step.Deeds)
                await DoAsync(deed, ct);
            if (_accepted.Count > 1)
                _said.Insert(0, Say("Staff.AcceptedMany", ("codes", List(_accepted))));
            if (step.Answer is { } answer && !_refused && Applies(answer))
                _said.Add(await AnswerAsync(answer, ct));
            return (_talk, string.Join('\n', _said.Distinct(StringComparer.Ordinal)));
        }

        /// <summary>
        /// What is still to be accepted is asked about that; what is no longer the writer's to do is not asked about.
        /// </summary>
        private bool Applies(StaffAnswer answer) => _matter is not { } matter
            || !answer.Key.StartsWith(General, StringComparison.Ordinal)
            || (matter.Working && !(answer.Key == General && matter.ToAccept));

        private async Task DoAsync(StaffDeed deed, CancellationToken ct)
        {
            var code = deed.Number.ShortCode;
            var work = replies.WorkOf(deed.Number);
            // One message may do two things to a matter; each has its effect once.
            var seen = new SeenMessage(deed.Do == StaffDo.Note ? message + ":note" : message, "");
            if (deed.Text.Length > Check.LongestNote && deed.Do is StaffDo.Note or StaffDo.Tell)
                deed = deed with { Text = SmsText.Shorten(deed.Text, Check.LongestNote) };
            if (work is null || await work.DoAsync(deed, member, seen, ct) is not { } outcome)
            {
                _refused = true;
                _said.Add(Say("Staff.Unknown", ("code", code)));
            }
            else if (outcome.Moved)
            {
                _refused = true;
                _said.Add(Say("Staff.DraftMoved", ("code", code)));
            }
            else if (outcome.Refusal is { } refusal)
            {
                _refused = true;
                _said.Add(Say(
                    "Staff.Refused", ("code", code), ("stage", outcome.Matter.Stage),
                    ("text", Texts.Why(refusal, Languages.Default))));
                await KeepAsync(work, deed, outcome.Matter, ct);
            }
            else
            {
                Done(work, deed, outcome.Matter);
            }
        }

        /// <summary>What could not be done is kept on the writer's own matter all the same.</summary>
        private async Task KeepAsync(IStaffWork work, StaffDeed deed, StaffMatter matter, CancellationToken ct)
        {
            if (!matter.Own || deed.Text.Length == 0 || deed.Do is StaffDo.Note or StaffDo.Tell)
                return;
            var text = SmsText.Shorten(deed.Text, Check.LongestNote);
            var note = deed with { Do = StaffDo.Note, Text = text, Draft = null };
            var kept = await work.DoAsync(note, member, new SeenMessage(message + ":note", ""), ct);
            if (kept is { Refusal: null })
                _said.Add(Say("Staff.KeptAnyway"));
        }

        private void Done(IStaffWork work, StaffDeed deed, StaffMatter matter)
        {
            var code = deed.Number.ShortCode;
            switch (deed.Do)
            {
                case StaffDo.Show:
                    _talk = _talk.With(new StaffDraft(deed.Number, new Personal(deed.Text), matter.Round, at));
                    _said.Add(SmsText.Fit(Say("Staff.Draft", ("code", code)), deed.Text, SmsText.Segments));
                    return;
                case StaffDo.AskResult:
                    _talk = _talk.Without(deed.Number) with { Asked = new StaffAsked(deed.Number, at) };
                    _said.Add(Say("Staff.AskResult", ("code", code)));
                    return;
                case StaffDo.Accept when step.Deeds.Count(d => d.Do == StaffDo.Accept) > 1:
                    _accepted.Add(deed.Number);
                    return;
                case StaffDo.Note when step.Deeds.Any(
                    d => d.Do is StaffDo.Accept or StaffDo.Show && d.Number == deed.Number):
                    return;
                default:
                    _said.Add(Say(
                        work.KeyOf(deed.Do), ("code", code), ("due", matter.Due), ("stage", matter.Stage)));
                    break;
            }

            _matter = matter;
            if (deed.Do is not (StaffDo.Note or StaffDo.Tell) || !matter.ToAccept
                || step.Answer is not (null or { Key: General }))
            {
                return;
            }

            _said.Add(Say(step.Answer is null ? "Staff.NotAccepted" : "Staff.Doubt.Accept", ("code", code)));
            if (step.Answer is not null)
                _talk = _talk with { Doubted = new StaffDoubt(deed.Number, StaffIntent.Accept, at) };
        }

        private async Task<string> AnswerAsync(StaffAnswer answer, CancellationToken ct)
        {
            // A question about a matter that is none of theirs, or none at all, would only mislead.
            if (step.Deeds.IsEmpty && answer.Codes is [var one] && answer.Key != "Staff.Help"
                && (replies.WorkOf(one) is not { } work || await work.FindAsync(one, member, ct) is null))
            {
                return Say("Staff.Unknown", ("code", one.ShortCode));
            }

            var code = answer.Codes.IsEmpty ? replies.Example() : answer.Codes[0].ShortCode;
            return Say(
                answer.Key, ("codes", List(answer.Codes)), ("example", $"{answer.Example} {code}"), ("code", code),
                ("text", SmsText.Shorten(SmsText.Plain(answer.Text), 20)));
        }

        private static string List(IReadOnlyCollection<MatterNumber> numbers) =>
            string.Join(' ', numbers.Take(MostListed).Select(n => n.ShortCode))
            + (numbers.Count > MostListed ? " …" : "");

        private static string Say(string key, params ReadOnlySpan<(string, string)> values) =>
            Texts.Format(key, Languages.Default, values);
    }

    /// <summary>A code to show how one is written.</summary>
    private string Example() => new MatterNumber(
        book.Directory.Communities[0].Id, MatterNumber.Complaint, time.Now().Year, 12).ShortCode;
}
