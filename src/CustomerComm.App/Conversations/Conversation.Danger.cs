using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Conversations;

/// <content>
/// Danger goes before every question and whatever else was being talked about: it is registered at once, and what is
/// missing is asked afterwards (4.5.2, 4.6.2-6).
/// </content>
public static partial class Conversation
{
    /// <summary>
    /// How long after a danger was reported further words about it, and the answers to what was asked, belong to it.
    /// </summary>
    public static readonly TimeSpan AlarmTime = TimeSpan.FromMinutes(30);

    /// <summary>So many characters hold the name of a community or a day, and no danger beside it.</summary>
    private const int ShortAnswer = 4;

    /// <summary>
    /// The step that registers a danger; null where the words report none. What was written before and not registered
    /// yet goes along.
    /// </summary>
    public static Step? Danger(ConversationState state, Said said, ConversationContext context)
    {
        var text = Joined("", said.Text.Trim());
        var intent = ResidentIntent.Read(text);
        // What consists of words that want something else tells of nothing that happens.
        var cries = intent.Kind == Intent.Distress;
        if (text.Length == 0 || !(cries || intent.Kind is Intent.None or Intent.NotFixed)
            || IsPlainAnswer(state, said, context))
        {
            return null;
        }

        state = Speaking(state, said, intent) with { Heard = said.At };
        var heard = context.Classifier.Classify(text);
        var whole = heard;
        if (state.Draft is { } before)
        {
            text = Joined(before.Text.Value, text);
            whole = context.Classifier.Classify(text);
        }

        if (cries)
            whole = whole with { Kind = Nature.Complaint, Severity = Severity.Urgent };
        else if (!heard.Danger && !whole.Danger)
            return null;
        var draft = new Draft(
            // Its own message, not that of the words before: those may be registered already after a crash.
            new Personal(text), said.MessageId, said.At, whole with { Danger = true }, state.Draft?.Chosen,
            state.Draft?.WantedBy, state.Draft?.Phone ?? PhoneOf(context), state.Draft?.Room)
        {
            More = state.Draft?.More ?? [],
        };
        var named = context.Directory.Communities.FirstOrDefault(c => Names(text, c))?.Id;
        var community = named ?? state.Community ?? StaffOf(context)?.Community ?? Home(context);
        var language = state.Language;
        var known = Recent(state, said.At)?.Number;
        var asks = known is null && StaffOf(context) is null ? Missing(draft, context) : null;
        return new Step(
            state with
            {
                Turn = asks is not null || (known is not null && state.Turn == Turn.Danger) ? Turn.Danger : Turn.Idle,
                Community = community,
                Draft = null,
                Misunderstood = 0,
            },
            asks is null ? [] : [new Reply(Texts.Get(asks, language), [])],
            new ConversationAction.Report(
                // Nobody said where: the first community's office sorts it rather than asking before it is registered.
                draft, community ?? context.Directory.Communities[0].Id, community is null, known));
    }

    /// <summary>A button, a yes, or some such that can report nothing.</summary>
    private static bool IsPlainAnswer(ConversationState state, Said said, ConversationContext context)
    {
        if (state.Draft is null || state.Turn is Turn.Idle or Turn.Answered or Turn.Danger or Turn.Words)
            return false;
        var text = said.Text.Trim();
        return Words.IsYes(text) || Words.IsNo(text) || Words.IsSkip(text)
            || ButtonOf(state, text, context) != text
            || Question(state, context).Choices.Contains(text, StringComparer.OrdinalIgnoreCase)
            || (text.Length <= ShortAnswer
                && (state.Turn is Turn.Community or Turn.Wish && IsAnswer(state, text, said.At, context)));
    }

    /// <summary>An answer to what was asked after a danger was registered joins it, whatever it looks like.</summary>
    private static Step OnDanger(
        ConversationState state, Said said, ResidentIntent intent, ConversationContext context)
    {
        if (Recent(state, said.At) is not { } alarm)
            return Begin(state with { Turn = Turn.Idle }, said, intent, context);
        var text = said.Text;
        var named = MatterCode.Find(text, MatterNumber.Complaint, said.At.Year);
        if (intent.Kind is Intent.Human or Intent.CallMe or Intent.Status or Intent.MyComplaints or Intent.Phone
                or Intent.Withdraw or Intent.Stop or Intent.Choose
            && !Words.IsCancel(text) && OfIntent(state with { Turn = Turn.Idle }, said, intent, named, context) is { } done)
        {
            return done;
        }

        if (text.Length == 0 || Words.IsSkip(text) || Words.IsContent(text) || Words.IsCancel(text)
            || Words.IsNo(text))
        {
            return Say(state with { Turn = Turn.Idle }, "Danger.Thanks");
        }

        if (Command(state, text, named, context) is { } action and not ConversationAction.Add)
            return new Step(state with { Turn = Turn.Idle }, [], action);
        // Asked once more for the number alone, for without it nobody can call back.
        var again = state.Misunderstood == 0 && PhoneOf(context) is null
            && Words.PhoneIn(text, context.Phones).Phone is null;
        return new Step(
            state with { Turn = again ? Turn.Danger : Turn.Idle, Misunderstood = again ? 1 : 0 },
            again ? [new Reply(Texts.Get("Danger.AskPhone", state.Language), [])] : [],
            new ConversationAction.Add(alarm.Number, text));
    }

    private static bool Names(string text, Community community) =>
        text.Contains(community.Name, StringComparison.OrdinalIgnoreCase)
        || text.Contains(community.NameEn, StringComparison.OrdinalIgnoreCase);

    private static Alarm? Recent(ConversationState state, DateTimeOffset at) =>
        state.Alarm is { } alarm && at - alarm.At <= AlarmTime ? alarm : null;

    /// <summary>Key of the question for what whoever comes to help must know; null where it is known.</summary>
    private static string? Missing(Draft draft, ConversationContext context)
    {
        var place = draft.Room is not null
            || (context.From is { } from && context.Directory.FindResident(from) is not null);
        return (place, draft.Phone is not null) switch
        {
            (true, true) => null,
            (false, true) => "Danger.AskPlace",
            (true, false) => "Danger.AskPhone",
            (false, false) => "Danger.AskBoth",
        };
    }

    private static StaffMember? StaffOf(ConversationContext context) =>
        context.From is { } from ? context.Directory.FindStaff(from) : null;

    private static Personal? PhoneOf(ConversationContext context) =>
        context.From is { } from && StaffOf(context) is null ? new Personal(from.Value) : null;

    /// <summary>
    /// Both, the new words before the end of the old ones where they would be too long: the transcript has all of it.
    /// </summary>
    private static string Joined(string before, string now)
    {
        now = Cut(now, Check.LongestText);
        before = Cut(before, Check.LongestText - now.Length - 1);
        return before.Length == 0 ? now : $"{before}\n{now}";
    }

    /// <summary>Never in the middle of a character.</summary>
    private static string Cut(string text, int longest) => text.Length <= longest ? text
        : longest <= 0 ? ""
        : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
