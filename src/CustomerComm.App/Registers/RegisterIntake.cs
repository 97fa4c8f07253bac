using System.Globalization;
using System.Text.RegularExpressions;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Registers;

/// <summary>
/// Every contact of every channel goes into a register by itself (4.5.2): complaints by whichever channel they came, and
/// talks that led to none. The pump calls it, so intake never waits for it. Doing it again changes nothing.
/// </summary>
public sealed partial class RegisterIntake(RegisterFeed feed, RulesBook book, ComplaintKind cases)
{
    private const int LongestText = RegisterMatter.LongestText;

    /// <summary>Enters the talks that ended since version <paramref name="after"/> of the conversation.</summary>
    public async Task TakeAsync(LoadedConversation conversation, long after, CancellationToken ct)
    {
        if (IsStaff(conversation))
            return;
        foreach (var talk in TalksOf(conversation))
        {
            if (talk.Ended.Version > after)
                await EnterAsync(conversation, talk, ct);
        }
    }

    private async Task EnterAsync(LoadedConversation conversation, Talk talk, CancellationToken ct)
    {
        var state = ((ConversationEvent.Handled)talk.Ended.Event).State;
        var known = state.Last is { } number ? await cases.FindAsync(number, ct) : null;
        // What is said around a complaint against a manager, or was taken back, is for nobody's register.
        var withheld = talk.TakenBack || (known is not null && IsConfidential(known.State))
            || await NamesConfidentialAsync(talk, ct);
        var text = withheld ? null : Cut(string.Join('\n', talk.Said));
        var answer = withheld ? null : Cut(Links().Replace(talk.Reply, ""));
        var phone = conversation.Channel.Way().ByPhone;
        var contact = new RegisterContact(
            string.Create(CultureInfo.InvariantCulture, $"{conversation.Stream}:{talk.Begun.Version}"), talk.Begun.At,
            conversation.Channel, null, phone ? conversation.Address : null, phone ? null : conversation.Address, null,
            text,
            new Subject(
                SubjectKind.Conversation, known?.State.Number.ToString() ?? "", conversation.Stream),
            // What is wanted of a person is not answered by the system.
            talk.Wish is not null
                ? null
                : new ContactAnswer(
                    null, conversation.Channel, answer is null ? null : new Personal(answer), talk.Ended.At))
        {
            Wish = talk.Wish,
        };
        await feed.EnterAsync(CommunityOf(conversation, state), book.Directory.Posts[0].Id, contact, ct);
    }

    /// <summary>A message may name a complaint that came in by another channel.</summary>
    private async Task<bool> NamesConfidentialAsync(Talk talk, CancellationToken ct)
    {
        foreach (var said in talk.Said)
        {
            if (MatterCode.Find(said, MatterNumber.Complaint, talk.Begun.At.Year) is { } named
                && await cases.FindAsync(named, ct) is { } found && IsConfidential(found.State))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Talks that ended and opened no complaint: those enter themselves.</summary>
    private static IEnumerable<Talk> TalksOf(LoadedConversation conversation)
    {
        Line? begun = null;
        Line? lastSaid = null;
        var said = new List<string>();
        var before = ConversationState.Start;
        foreach (var line in conversation.Lines)
        {
            if (line.Event is ConversationEvent.Incoming { Ignored: false } incoming)
            {
                begun ??= line;
                lastSaid = line;
                said.Add(incoming.Text.Value);
            }

            if (line.Event is not ConversationEvent.Handled handled)
                continue;
            var opened = handled.State.Last is { } last && last != before.Last;
            var wished = handled.Wish is not null ? said.Count : 0;
            if (handled.Wish is { } wish && begun is not null)
            {
                yield return new Talk(lastSaid!, line, [said[^1]], "", TakenBack: false) { Wish = wish };
            }

            if (handled.State.Turn == Turn.Idle && begun is not null)
            {
                if (!opened && wished != 1)
                {
                    yield return new Talk(
                        begun, line, [.. said], handled.Replies.IsEmpty ? "" : handled.Replies[^1].Text.Value,
                        before.Draft is not null);
                }

                begun = null;
                said.Clear();
            }

            before = handled.State;
        }
    }

    private CommunityId CommunityOf(LoadedConversation conversation, ConversationState state)
    {
        if (state.Community is { } chosen)
            return chosen;
        return PhoneNumber.TryCreate(conversation.Address, out var phone)
            && book.Directory.FindResident(phone) is { } resident
            ? resident.Home.Community
            : book.Directory.Communities[0].Id;
    }

    private bool IsStaff(LoadedConversation conversation) =>
        PhoneNumber.TryCreate(conversation.Address, out var phone) && book.Directory.FindStaff(phone) is not null;

    private static bool IsConfidential(Complaint s) =>
        s.Accused is not null || Routing.IsAgainstManager(s.Category, s.Also);

    private static string? Cut(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
            return null;
        return trimmed.Length <= LongestText ? trimmed : trimmed[..(LongestText - 1)] + "…";
    }

    /// <summary>Links open a resident's own pages; they stay in the resident's own transcript.</summary>
    [GeneratedRegex(@"https?://\S+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Links();

    private sealed record Talk(Line Begun, Line Ended, IReadOnlyList<string> Said, string Reply, bool TakenBack)
    {
        public ContactWish? Wish { get; init; }
    }
}
