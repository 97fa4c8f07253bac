using System.Globalization;
using System.Text.RegularExpressions;
using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Registers;

/// <summary>
/// Every contact of every channel goes into a register by itself (4.5.2): complaints by whichever channel they came,
/// talks that led to none, and what nothing was made of, with why. The pump calls it, so intake never waits for it.
/// Doing it again changes nothing.
/// </summary>
public sealed partial class RegisterIntake(
    RegisterFeed feed, RulesBook book, ComplaintKind complaints, ConversationStreams conversations, Classifier classifier)
{
    private const int LongestText = RegisterMatter.LongestText;

    /// <summary>
    /// Enters what nothing was made of and the talks that ended since version <paramref name="after"/> of the
    /// conversation.
    /// </summary>
    public async Task TakeAsync(LoadedConversation conversation, long after, CancellationToken ct)
    {
        foreach (var line in conversation.Lines.Where(l => l.Version > after))
        {
            if (line.Event is ConversationEvent.Incoming { Apart: { } apart } incoming)
            {
                var talk = new Talk(line, line, [incoming.Text.Value], "", apart, TakenBack: false);
                await EnterAsync(conversation, talk, ConversationState.Start, ct);
            }
        }

        var staff = IsStaff(conversation);
        foreach (var talk in TalksOf(conversation))
        {
            if (talk.Ended.Version > after && (!staff || talk.Apart is not null))
                await EnterAsync(conversation, talk, ((ConversationEvent.Handled)talk.Ended.Event).State, ct);
        }
    }

    /// <summary>
    /// What was said, whole, for a complaint to be opened from an entry, whether or not the register shows it; null
    /// where it was taken back or there are no words.
    /// </summary>
    public async Task<string?> WordsOfAsync(RegisterEvent.ContactEntered e, CancellationToken ct)
    {
        if (e.Subject is { Kind: SubjectKind.Conversation, Stream: var stream }
            && e.Source[(e.Source.LastIndexOf(':') + 1)..] is var at
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && await conversations.LoadAsync(stream, ct) is { } conversation)
        {
            if (conversation.Lines.Find(l => l.Version == version)?.Event is ConversationEvent.Incoming
                { Apart: not null } alone)
            {
                return alone.Text.Value;
            }

            if (TalksOf(conversation).FirstOrDefault(t => t.Begun.Version == version) is { TakenBack: false } talk)
                return string.Join('\n', talk.Said);
        }

        return e.Text?.Value;
    }

    private async Task EnterAsync(
        LoadedConversation conversation, Talk talk, ConversationState state, CancellationToken ct)
    {
        var known = state.Last is { } number ? await complaints.FindAsync(number, ct) : null;
        var withheld = await IsWithheldAsync(conversation, talk, known?.State, ct);
        // What may yet become a complaint is kept whole.
        var longest = talk.Apart is null ? LongestText : Check.LongestText;
        var text = withheld ? null : Cut(string.Join('\n', talk.Said), longest);
        var answer = withheld ? null : Cut(Addresses().Replace(Links.Without(talk.Reply), ""), LongestText);
        var phone = conversation.Channel.Way().ByPhone;
        var contact = new RegisterContact(
            string.Create(CultureInfo.InvariantCulture, $"{conversation.Stream}:{talk.Begun.Version}"), talk.Begun.At,
            conversation.Channel, null, phone ? conversation.Address : null, phone ? null : conversation.Address, null,
            text,
            new Subject(
                SubjectKind.Conversation, known?.State.Number.ToString() ?? "", conversation.Stream),
            // What a person has to look at or wants of one is not answered by the system, whatever it said.
            talk.Wish is null && (talk.Apart is null or Apart.Spam)
                ? new ContactAnswer(
                    null, conversation.Channel, answer is null ? null : new Personal(answer), talk.Ended.At)
                : null)
        {
            Apart = talk.Apart,
            Wish = talk.Wish,
        };
        await feed.EnterAsync(CommunityOf(conversation, state), book.Directory.Posts[0].Id, contact, ct);
    }

    /// <summary>
    /// What is said around a complaint against a manager, or was taken back, is for nobody's register; nor is what
    /// staff write about their work.
    /// </summary>
    private async Task<bool> IsWithheldAsync(
        LoadedConversation conversation, Talk talk, Complaint? known, CancellationToken ct)
    {
        if (talk.TakenBack || IsStaff(conversation) || (known is not null && IsConfidential(known)))
            return true;
        try
        {
            return (talk.Apart is not null && AccusesManager(string.Join('\n', talk.Said)))
                || await NamesConfidentialAsync(talk, ct);
        }
        catch (Exception) when (talk.Apart == Apart.Failed && !ct.IsCancellationRequested)
        {
            // What cannot even be looked at still goes to a person, who opens a complaint from words not shown.
            return true;
        }
    }

    private bool AccusesManager(string text)
    {
        var suggestion = classifier.Classify(text);
        return Routing.IsAgainstManager(suggestion.Category, suggestion.Also);
    }

    /// <summary>A message may name a complaint that came in by another channel.</summary>
    private async Task<bool> NamesConfidentialAsync(Talk talk, CancellationToken ct)
    {
        foreach (var said in talk.Said)
        {
            if (MatterCode.Find(said, MatterNumber.Complaint, talk.Begun.At.Year) is { } named
                && await complaints.FindAsync(named, ct) is { } found && IsConfidential(found.State))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Talks that ended and opened no complaint: those enter themselves.</summary>
    private static IEnumerable<Talk> TalksOf(LoadedConversation conversation)
    {
        var said = new List<Line>();
        var reply = "";
        var before = ConversationState.Start;
        foreach (var line in conversation.Lines)
        {
            if (line.Event is ConversationEvent.Incoming { Apart: null })
                said.Add(line);
            if (line.Event is not ConversationEvent.Handled handled)
                continue;
            reply = handled.Replies.IsEmpty ? reply : handled.Replies[^1].Text.Value;
            var opened = handled.State.Last is { } last && last != before.Last;
            // What came in meanwhile belongs to the next talk.
            var mine = said.FindAll(l => handled.Of == 0 || l.Version <= handled.Of);
            var wished = handled.Wish is not null ? mine.Count : 0;
            if (handled.Wish is { } wish && mine.Count > 0)
            {
                yield return new Talk(mine[^1], line, [TextOf(mine[^1])], "", null, TakenBack: false) { Wish = wish };
            }

            if (handled.State.Turn == Turn.Idle && mine.Count > 0)
            {
                if (!opened && wished != 1)
                    yield return TalkOf(mine, line, handled, reply, before);
                said.RemoveRange(0, mine.Count);
                reply = "";
            }

            before = handled.State;
        }
    }

    private static Talk TalkOf(
        List<Line> said, Line ended, ConversationEvent.Handled handled, string reply, ConversationState before) => new(
            said[0], ended, said.ConvertAll(TextOf), reply,
            handled.Apart ?? (before.Turn == Turn.Doubt ? Apart.Spam : null),
            // Only a complaint that was being written can be taken back; a question answered was none.
            handled.Apart is null && before is { Draft: not null, Turn: not (Turn.Doubt or Turn.Answered) });

    private static string TextOf(Line line) => ((ConversationEvent.Incoming)line.Event).Text.Value;

    private CommunityId CommunityOf(LoadedConversation conversation, ConversationState state)
    {
        if (state.Community is { } chosen)
            return chosen;
        if (!PhoneNumber.TryCreate(conversation.Address, out var phone))
            return book.Directory.Communities[0].Id;
        return book.Directory.FindResident(phone)?.Home.Community ?? book.Directory.FindStaff(phone)?.Community
            ?? book.Directory.Communities[0].Id;
    }

    private bool IsStaff(LoadedConversation conversation) =>
        PhoneNumber.TryCreate(conversation.Address, out var phone) && book.Directory.FindStaff(phone) is not null;

    private static bool IsConfidential(Complaint s) =>
        s.Accused is not null || Routing.IsAgainstManager(s.Category, s.Also);

    private static string? Cut(string text, int longest)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
            return null;
        return trimmed.Length <= longest ? trimmed : trimmed[..(longest - 1)] + "…";
    }

    /// <summary>Links open a resident's own pages; they stay in the resident's own transcript.</summary>
    [GeneratedRegex(@"https?://\S+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Addresses();

    private sealed record Talk(
        Line Begun, Line Ended, IReadOnlyList<string> Said, string Reply, Apart? Apart, bool TakenBack)
    {
        public ContactWish? Wish { get; init; }
    }
}
