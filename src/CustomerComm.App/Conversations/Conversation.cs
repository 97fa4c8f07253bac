using System.Collections.Immutable;
using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Enquiries;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Conversations;

/// <summary>What the system asked last.</summary>
public enum Turn
{
    /// <summary>Nothing; the next message may be anything.</summary>
    Idle,
    /// <summary>Which community.</summary>
    Community,
    /// <summary>Is the suggested category right.</summary>
    Category,
    /// <summary>By when.</summary>
    Wish,
    /// <summary>Phone and room.</summary>
    Contact,
    /// <summary>Is it a complaint at all.</summary>
    Doubt,
    /// <summary>Does the answer from the service catalogue do (4.2.3).</summary>
    Answered,
    /// <summary>Where and how to call back, of a danger that is registered already.</summary>
    Danger,
}

/// <summary>
/// A complaint being written. <paramref name="MessageId"/> is that of its first message; <paramref name="Suggestion"/>
/// is of all its text.
/// </summary>
public sealed record Draft(
    Personal Text, string MessageId, DateTimeOffset Since, Suggestion Suggestion, Category? Chosen,
    DateTimeOffset? WantedBy, Personal? Phone, Personal? Room);

/// <summary>A conversation as it stands. <paramref name="Last"/> is the complaint it was about last.</summary>
public sealed record ConversationState(
    Turn Turn, Language Language, CommunityId? Community, Draft? Draft, MatterNumber? Last, int Misunderstood)
{
    /// <summary>Before the first message.</summary>
    public static ConversationState Start { get; } = new(Turn.Idle, Languages.Default, null, null, null, 0);

    /// <summary>The danger reported last.</summary>
    public Alarm? Alarm { get; init; }

    /// <summary>What lies between the system and a member of staff; null where it is nothing.</summary>
    public StaffTalk? Staff { get; init; }
}

/// <summary>A complaint that reported a danger, and when.</summary>
public sealed record Alarm(MatterNumber Number, DateTimeOffset At);

/// <summary>One message of a person.</summary>
public sealed record Said(string MessageId, string Text, DateTimeOffset At)
{
    /// <summary>What the text seems to be about, where that was asked already.</summary>
    public Suggestion? Suggestion { get; init; }
}

/// <summary>A reply; <paramref name="Choices"/> are offered as buttons where the channel has them.</summary>
public sealed record Reply(string Text, ImmutableArray<string> Choices);

/// <summary>What a conversation wants done.</summary>
public abstract record ConversationAction
{
    private ConversationAction()
    {
    }

    /// <summary>Opens a complaint from the draft.</summary>
    public sealed record Open(Draft Draft, CommunityId Community) : ConversationAction;

    /// <summary>
    /// Registers a danger at once: adds it to <paramref name="Known"/>, reported just before, or opens a complaint.
    /// <paramref name="Assumed"/>: nobody could say which community.
    /// </summary>
    public sealed record Report(Draft Draft, CommunityId Community, bool Assumed, MatterNumber? Known)
        : ConversationAction;

    /// <summary>Tells how a complaint stands.</summary>
    public sealed record Status(MatterNumber Number) : ConversationAction;

    /// <summary>Withdraws a complaint.</summary>
    public sealed record Withdraw(MatterNumber Number) : ConversationAction;

    /// <summary>Adds to a complaint.</summary>
    public sealed record Add(MatterNumber Number, string Text) : ConversationAction;

    /// <summary>Answers an extension.</summary>
    public sealed record AnswerExtension(MatterNumber Number, bool Agreed) : ConversationAction;
}

/// <summary>What one step comes to; the replies follow what the action says.</summary>
public sealed record Step(
    ConversationState State, ImmutableArray<Reply> Replies, ConversationAction? Action);

/// <summary>What a step may look at besides the state.</summary>
public sealed record ConversationContext(
    CompanyDirectory Directory, Classifier Classifier, Phones Phones, Func<CommunityId, WorkingCalendar> Calendar,
    Channel Channel, PhoneNumber? From)
{
    /// <summary>The shortest time in which the rules let something be put right, for those who want it at once.</summary>
    public Func<CommunityId, Limit> AtOnce { get; init; } = _ => new Policy().ResolveUrgent;

    /// <summary>What questions are answered from.</summary>
    public ServiceCatalogue Catalogue { get; init; } = ServiceCatalogue.Empty;
}

/// <summary>
/// The talk with a resident, by chat and SMS alike. Pure. It fails open: what it cannot understand becomes a complaint for
/// a person, with the text kept.
/// </summary>
public static partial class Conversation
{
    /// <summary>How long an unfinished complaint waits for its writer before it is registered as it stands.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private const int MostMisunderstandings = 2;

    /// <summary>The next step after a message.</summary>
    public static Step Next(ConversationState state, Said said, ConversationContext context)
    {
        var text = said.Text.Trim();
        if (Danger(state, said, context) is { } danger)
            return danger;
        if (state.Turn is not (Turn.Idle or Turn.Danger) && Words.IsCancel(text))
            return Say(state with { Turn = Turn.Idle, Draft = null }, "Chat.Cancelled");
        return state.Turn switch
        {
            Turn.Idle => Begin(state, said with { Text = text }, context),
            Turn.Community => OnCommunity(state, text, context),
            Turn.Category => OnCategory(state, text, context),
            Turn.Wish => OnWish(state, text, said.At, context),
            Turn.Contact => OnContact(state, text, context),
            Turn.Doubt => Words.IsYes(text) || text.Length > 12
                ? Continue(state with { Draft = Extended(state, text, context) }, context)
                : Say(state with { Turn = Turn.Idle, Draft = null }, "Chat.Help"),
            Turn.Answered => OnAnswered(state, said with { Text = text }, context),
            Turn.Danger => OnDanger(state, said with { Text = text }, context),
            _ => throw new InvalidOperationException($"Unknown turn {state.Turn}."),
        };
    }

    /// <summary>When an unfinished complaint is registered, or null when there is none.</summary>
    public static DateTimeOffset? Due(ConversationState state) =>
        state is { Draft: { } draft } and not { Turn: Turn.Doubt or Turn.Answered } ? draft.Since + Patience : null;

    /// <summary>The writer went away: the complaint is registered as it stands.</summary>
    public static Step TimeOut(ConversationState state, ConversationContext context)
    {
        return state.Draft is null ? new Step(state, [], null) : Finish(state, context);
    }

    private static Step Begin(ConversationState state, Said said, ConversationContext context)
    {
        var text = said.Text;
        var language = Languages.Of(text);
        state = state with { Language = language, Misunderstood = 0, Community = state.Community ?? Home(context) };
        if (text.Length == 0)
            return Say(state, "Chat.Help");
        if (Command(state, text, said.At) is { } action)
            return new Step(state, [], action);
        var suggestion = said.Suggestion ?? context.Classifier.Classify(text);
        if (suggestion.Kind == Nature.Greeting)
            return Say(state, "Chat.Help");
        state = state with
        {
            Draft = new Draft(
                new Personal(text), said.MessageId, said.At, suggestion, null, null,
                context.From is { } from ? new Personal(from.Value) : null, null),
        };
        if (suggestion.Kind == Nature.Enquiry && context.Catalogue.Match(text, state.Community) is { } answer)
            return Answer(state, answer, context);
        return suggestion.Kind == Nature.Spam
            ? Say(
                state with { Turn = Turn.Doubt }, "Chat.Doubt", Choice("Chat.Yes", language),
                Choice("Chat.No", language))
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

    /// <summary>Whoever is not content gets a person; whoever writes about something else begins anew.</summary>
    private static Step OnAnswered(ConversationState state, Said said, ConversationContext context)
    {
        if (Words.IsContent(said.Text))
            return Say(state with { Turn = Turn.Idle, Draft = null }, "Chat.Glad");
        return Words.WantsPerson(said.Text)
            ? Continue(state, context)
            : Begin(state with { Turn = Turn.Idle, Draft = null }, said, context);
    }

    /// <summary>Words about a complaint that exists.</summary>
    private static ConversationAction? Command(ConversationState state, string text, DateTimeOffset at)
    {
        var named = MatterCode.Find(text, MatterNumber.Complaint, at.Year);
        var number = named ?? state.Last;
        if (number is not { } n)
            return null;
        if (Words.IsWithdraw(text))
            return new ConversationAction.Withdraw(n);
        if (Words.Agreement(text) is { } agreed)
            return new ConversationAction.AnswerExtension(n, agreed);
        if (Words.IsStatus(text) || (named is not null && MatterCode.Without(text).Length < 4))
            return new ConversationAction.Status(n);
        if (named is not null)
            return new ConversationAction.Add(n, text);
        return Words.Addition(text) is { } more ? new ConversationAction.Add(n, more) : null;
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
        var language = state.Language;
        if (state.Community is null)
        {
            return Say(
                state with { Turn = Turn.Community }, "Chat.AskCommunity",
                [.. context.Directory.Communities.Select(c => c.NameIn(language))]);
        }

        // One message may be the only one: the complaint is opened at once and a person sorts it.
        if (!context.Channel.Way().Interactive)
            return Finish(state, context);
        // A question, a suggestion or praise has no category to confirm and nothing to be put right by a time.
        return state.Draft!.Suggestion.Kind is Nature.Enquiry or Nature.Suggestion or Nature.Praise
            ? AskContact(state, context) : AskCategory(state);
    }

    private static Step AskCategory(ConversationState state)
    {
        var language = state.Language;
        var suggestion = state.Draft!.Suggestion;
        var offered = suggestion.Also.Take(3).Append(Category.Other).Distinct()
            .Where(c => c != suggestion.Category).Select(c => Texts.Name(c, language));
        var reply = new Reply(
            Texts.Format("Chat.AskCategory", language, ("category", Texts.Name(suggestion.Category, language))),
            [Choice("Chat.Yes", language), .. offered]);
        return new Step(state with { Turn = Turn.Category }, [reply], null);
    }

    private static Step OnCommunity(ConversationState state, string text, ConversationContext context)
    {
        var language = state.Language;
        var found = context.Directory.Communities.Index().FirstOrDefault(c =>
            Names(text, c.Item)
            || text.Equals(c.Item.Id.Value, StringComparison.OrdinalIgnoreCase)
            || text == (c.Index + 1).ToString(Languages.Culture(language)));
        if (found.Item is { } community)
            return Continue(state with { Community = community.Id }, context);
        if (state.Misunderstood + 1 >= MostMisunderstandings)
            return Finish(state with { Draft = Extended(state, text, context) }, context);
        return Say(
            state with { Misunderstood = state.Misunderstood + 1, Draft = Extended(state, text, context) }, "Chat.AskCommunity",
            [.. context.Directory.Communities.Select(c => c.NameIn(language))]);
    }

    private static bool Names(string text, Community community) =>
        text.Contains(community.Name, StringComparison.OrdinalIgnoreCase)
        || text.Contains(community.NameEn, StringComparison.OrdinalIgnoreCase);

    private static Step OnCategory(ConversationState state, string text, ConversationContext context)
    {
        var draft = state.Draft!;
        if (Words.IsYes(text))
            return AskWish(state with { Draft = draft with { Chosen = draft.Suggestion.Category } });
        if (Words.CategoryNamed(text) is { } named)
            return AskWish(state with { Draft = draft with { Chosen = named } });
        if (state.Misunderstood >= MostMisunderstandings)
            return Finish(state with { Draft = Extended(state, text, context) }, context);
        state = state with { Misunderstood = state.Misunderstood + 1 };
        if (Words.IsNo(text))
        {
            return Say(
                state, "Chat.WhichCategory",
                [.. Enum.GetValues<Category>().Select(c => Texts.Name(c, state.Language))]);
        }

        return AskCategory(state with { Draft = Extended(state, text, context) });
    }

    private static Step AskWish(ConversationState state) => Say(
        state with { Turn = Turn.Wish, Misunderstood = 0 }, "Chat.AskWish",
        Choice("Chat.Today", state.Language), Choice("Chat.Tomorrow", state.Language),
        Choice("Chat.In3Days", state.Language), Choice("Chat.NoWish", state.Language));

    private static Step OnWish(ConversationState state, string text, DateTimeOffset at, ConversationContext context)
    {
        var calendar = context.Calendar(state.Community!.Value);
        var wish = Wishes.Read(text, at, calendar);
        if (wish is null && state.Misunderstood == 0)
        {
            return Say(
                state with { Misunderstood = 1 }, "Chat.WishUnclear",
                Choice("Chat.Tomorrow", state.Language), Choice("Chat.In3Days", state.Language),
                Choice("Chat.NoWish", state.Language));
        }

        state = state with
        {
            Misunderstood = 0,
            Draft = wish is null
                ? Extended(state, text, context)
                : state.Draft! with
                {
                    WantedBy = wish.AtOnce ? calendar.Add(at, context.AtOnce(state.Community.Value)) : wish.By,
                },
        };
        return AskContact(state, context);
    }

    private static Step AskContact(ConversationState state, ConversationContext context) =>
        state.Draft!.Phone is not null
            ? Finish(state, context)
            : Say(
                state with { Turn = Turn.Contact, Misunderstood = 0 }, "Chat.AskContact",
                Choice("Chat.Skip", state.Language));

    private static Step OnContact(ConversationState state, string text, ConversationContext context)
    {
        if (Words.IsSkip(text) || (state.Misunderstood > 0 && Words.IsRight(text)))
            return Finish(state, context);
        var (phone, rest) = Words.PhoneIn(text, context.Phones);
        if (phone is { } own && context.Directory.FindStaff(own) is not null)
            return Say(state, "Chat.StaffPhone", Choice("Chat.Skip", state.Language));
        var draft = Reached(state.Draft!, phone, rest);
        var asked = state with { Misunderstood = state.Misunderstood + 1, Draft = draft };
        if (state.Misunderstood > 0)
            return Finish(asked, context);
        if (draft.Phone is null)
            return Say(asked, "Chat.PhoneUnclear", Choice("Chat.Skip", state.Language));
        // Asked once: whoever says it again is believed, and the office sees that it is not on file.
        return context.Directory.IsUnlisted(state.Community!.Value, draft.Room?.Value)
            ? new Step(
                asked,
                [
                    new Reply(
                        Texts.Format("Chat.RoomUnlisted", state.Language, ("room", draft.Room!.Value.Value)),
                        [Choice("Chat.RoomRight", state.Language)]),
                ],
                null)
            : Finish(asked, context);
    }

    /// <summary>With phone and room as far as they were told; what else was said belongs to the complaint.</summary>
    private static Draft Reached(Draft draft, PhoneNumber? phone, string rest)
    {
        var (room, more) = Rooms.In(rest);
        var text = more is null ? draft.Text.Value : draft.Text.Value + "\n" + more;
        return draft with
        {
            Phone = phone is { } p ? new Personal(p.Value) : draft.Phone,
            Room = room is null ? draft.Room : new Personal(room),
            Text = text.Length <= Check.LongestText ? new Personal(text) : draft.Text,
        };
    }

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
            : draft;
    }

    private static Step Say(ConversationState state, string key, params ReadOnlySpan<string> choices) =>
        new(state, [new Reply(Texts.Get(key, state.Language), [.. choices])], null);

    private static string Choice(string key, Language language) => Texts.Get(key, language);
}
