using System.Collections.Immutable;
using CustomerComm.App.Enquiries;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Conversations;

/// <summary>
/// The talk with a resident, by chat and SMS alike. Pure. It fails open: what it cannot understand becomes a complaint for
/// a person, with the text kept.
/// </summary>
public static partial class Conversation
{
    /// <summary>How long an unfinished complaint waits for its writer before it is registered as it stands.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>How long it is remembered what was asked where no complaint depends on the answer.</summary>
    private static readonly TimeSpan s_answered = TimeSpan.FromDays(1);

    private const int MostMisunderstandings = 2;

    /// <summary>After so long a silence the language is told anew by what is written.</summary>
    private static readonly TimeSpan s_anotherTalk = TimeSpan.FromDays(1);

    /// <summary>The next step after a message.</summary>
    public static Step Next(ConversationState state, Said said, ConversationContext context)
    {
        said = said with { Text = said.Text.Trim() };
        var intent = ResidentIntent.Read(said.Text);
        state = Speaking(state, said, intent) with { Heard = said.At };
        if (Danger(state, said, context) is { } danger)
            return danger;
        if (said.Pictures > 0)
            return WithPictures(state, said, context);
        return state.Turn == Turn.Idle ? Begin(state, said, intent, context) : Go(state, said, intent, context);
    }

    /// <summary>When an unfinished complaint is registered, or an unanswered question ends; null: never.</summary>
    public static DateTimeOffset? Due(ConversationState state) =>
        state.Draft?.Since + (state.Turn is Turn.Doubt or Turn.Answered ? s_answered : Patience);

    /// <summary>
    /// The writer went away: the complaint is registered as it stands; what was doubted or answered is left at that.
    /// </summary>
    public static Step TimeOut(ConversationState state, ConversationContext context)
    {
        return state.Draft is null || state.Turn is Turn.Doubt or Turn.Answered
            ? new Step(state with { Turn = Turn.Idle, Draft = null, Misunderstood = 0 }, [], null)
            : Finish(state, context);
    }

    /// <summary>
    /// The language that was asked for, else that of the first words that told something: whoever writes "ok" in between
    /// has not changed it.
    /// </summary>
    internal static ConversationState Speaking(ConversationState state, Said said, ResidentIntent intent)
    {
        if (intent.Language is { } chosen)
            return state with { Language = chosen, Known = LanguageKnown.Chosen };
        if (state.Known == LanguageKnown.Chosen)
            return state;
        // Everybody's chat is set to the default; another setting is somebody's choice.
        if (said.Setting is { } setting && setting != Languages.Default)
            return state with { Language = setting, Known = LanguageKnown.Chosen };
        var tells = intent.Kind is Intent.None or Intent.NotFixed;
        var another = state.Turn == Turn.Idle && tells && !(said.At - state.Heard < s_anotherTalk);
        return state.Known == LanguageKnown.Shown && !another
            ? state
            : state with
            {
                Language = Languages.Of(said.Text),
                Known = tells ? LanguageKnown.Shown : state.Known,
            };
    }

    private static Step Begin(ConversationState state, Said said, ResidentIntent intent, ConversationContext context)
    {
        var text = said.Text;
        state = state with { Misunderstood = 0, Community = state.Community ?? Home(context) };
        if (text.Length == 0)
            return Say(state, "Chat.Help");
        var named = MatterCode.Find(text, MatterNumber.Complaint, said.At.Year);
        if (OnUnsolved(state, said, named, context) is { } which)
            return which;
        state = state with { Unsolved = null };
        if (OfIntent(state, said, intent, named, context) is { } done)
            return done;
        state = state with { Withdrawing = null };
        if (Words.Agreement(text) is not null && Command(state, text, named, context) is null)
            return Say(state, "Chat.Ok");
        if (Command(state, text, named, context) is { } action)
            return new Step(state, [], action);
        if (named is { } about)
            return About(state, said, about, context);
        var suggestion = context.Classifier.Classify(text);
        if (Joining(state, said, intent, suggestion, context) is { } joined)
            return joined;
        if (suggestion.Kind == Nature.Greeting)
            return Say(state, "Chat.Help");
        state = state with
        {
            Draft = new Draft(
                new Personal(text), said.MessageId, said.At, suggestion, null, null,
                PhoneOf(context), null),
        };
        if (suggestion.Kind == Nature.Enquiry && context.Catalogue.Match(text, state.Community) is { } answer)
            return Answer(state, answer, context);
        return suggestion.Kind == Nature.Spam
            ? Ask(state with { Turn = Turn.Doubt }, context)
            : Continue(state, context);
    }

    /// <summary>A concrete answer at once, or that it is outside the scope and what to do instead (4.2.3).</summary>
    private static Step Answer(ConversationState state, CatalogueAnswer answer, ConversationContext context)
    {
        var language = state.Language;
        var community = context.Directory.Communities.FirstOrDefault(c => c.Id == state.Community);
        var hotline = community?.Hotline
            ?? string.Join(
                " / ", context.Directory.Communities.Select(c => c.Hotline).Distinct(StringComparer.Ordinal));
        var text = context.Channel.Way().Short
            ? SmsText.Fit(
                Texts.Format("Chat.AnswerSms", language, ("hotline", hotline)), answer.Text(language), SmsText.Segments)
            : Texts.Format("Chat.Answer", language, ("answer", answer.Text(language)), ("hotline", hotline));
        ImmutableArray<string> choices = !context.Channel.Way().Interactive
            ? [] : [Choice("Chat.Answered", language), Choice("Chat.WantPerson", language)];
        return new Step(state with { Turn = Turn.Answered }, [new Reply(text, choices)], null);
    }

    /// <summary>Words about a complaint that exists, which only its number or what was said before makes clear.</summary>
    private static ConversationAction? Command(
        ConversationState state, string text, MatterNumber? named, ConversationContext context)
    {
        var number = named ?? state.Last ?? Latest(context.Own.Where(c => c.Open));
        if (number is not { } n)
            return null;
        if (Words.Agreement(text) is { } agreed)
            return new ConversationAction.AnswerExtension(n, agreed);
        if (named is not null && MatterCode.Without(text).Length < 4)
            return new ConversationAction.Status(n);
        return named is null && Words.Addition(text) is { } more && !IsOver(n, context)
            ? new ConversationAction.Add(n, more) : null;
    }

    private static CommunityId? Home(ConversationContext context)
    {
        if (context.From is { } phone && context.Directory.FindResident(phone) is { } resident)
            return resident.Home.Community;
        return context.Directory.Communities is [var only] ? only.Id : null;
    }

    /// <summary>Asks for the first thing still missing, or finishes.</summary>
    private static Step Continue(ConversationState state, ConversationContext context)
    {
        if (state.Community is null)
            return Ask(state with { Turn = Turn.Community }, context);

        // One message may be the only one: the complaint is opened at once and a person sorts it.
        if (!context.Channel.Way().Interactive)
            return Finish(state, context);
        if (state.Draft!.Shown)
            return Ask(state with { Turn = Turn.Summary, Misunderstood = 0 }, context);
        return HasCategory(state.Draft)
            ? Ask(state with { Turn = Turn.Category }, context) : AskContact(state, context);
    }

    /// <summary>
    /// A question, a suggestion or praise has no category to confirm and nothing to be put right by a time.
    /// </summary>
    private static bool HasCategory(Draft draft) =>
        draft.Suggestion.Kind is not (Nature.Enquiry or Nature.Suggestion or Nature.Praise);

    private static Step Finish(ConversationState state, ConversationContext context)
    {
        // Nobody could say which community: the first one's office sorts it rather than losing it.
        var community = state.Community ?? context.Directory.Communities[0].Id;
        return new Step(
            state with { Turn = Turn.Idle, Draft = null, Misunderstood = 0 }, [],
            new ConversationAction.Open(state.Draft!, community));
    }

    private static Draft Extended(ConversationState state, string text, ConversationContext context)
    {
        var draft = state.Draft!;
        var joined = draft.Text.Value + "\n" + text;
        return joined.Length <= Check.LongestText
            ? draft with { Text = new Personal(joined), Suggestion = context.Classifier.Classify(joined) }
            : draft with { More = draft.More.Add(new Personal(text)) };
    }

    private static Step Say(ConversationState state, string key, params ReadOnlySpan<string> choices) =>
        new(state, [new Reply(Texts.Get(key, state.Language), [.. choices])], null);

    private static Step Silence(ConversationState state) => new(state, [], null);

    private static string Choice(string key, Language language) => Texts.Get(key, language);
}
