using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Conversations;

/// <content>The questions about a complaint that is being written, and what their answers come to.</content>
public static partial class Conversation
{
    private const int MostCategories = 3;
    private const int LongestQuote = 80;

    /// <summary>
    /// A message while a question waits: its answer; else something the person wants besides, and the question again; else
    /// more of the complaint.
    /// </summary>
    private static Step Go(ConversationState state, Said said, ResidentIntent intent, ConversationContext context)
    {
        if (state.Turn == Turn.Danger)
            return OnDanger(state, said, intent, context);
        if (state.Draft is { } draft)
            state = state with { Draft = draft with { Since = said.At } };
        var text = ButtonOf(state, said.Text, context);
        if (!IsAnswer(state, text, said.At, context))
        {
            if (Words.IsCancel(text)
                || (intent.Kind is Intent.Withdraw && state.Turn != Turn.Answered
                    && MatterCode.Find(text, MatterNumber.Complaint, said.At.Year) is null))
            {
                return Say(state with { Turn = Turn.Idle, Draft = null }, "Chat.Cancelled");
            }

            // A number or a person that is wrong is put right; it takes nothing back.
            if (intent.Kind is Intent.WrongNumber && state is { Draft: not null, Turn: Turn.Summary or Turn.Contact })
                return Ask(state with { Turn = Turn.Contact }, context);
            if (state.Turn is not (Turn.Doubt or Turn.Answered) && Besides(state, said, intent, context) is { } besides)
                return besides;
        }

        return state.Turn switch
        {
            Turn.Community => OnCommunity(state, text, context),
            Turn.Category or Turn.AllCategories => OnCategory(state, text, context),
            Turn.Wish => OnWish(state, text, said.At, context),
            Turn.Contact => OnContact(state, text, context),
            Turn.Summary => OnSummary(state, text, said.At, context),
            Turn.Words => Continue(state with { Draft = Rewritten(state.Draft!, text, context) }, context),
            Turn.Doubt => OnDoubt(state, said, intent, context),
            Turn.Answered => OnAnswered(state, said, intent, context),
            _ => throw new InvalidOperationException($"Unknown turn {state.Turn}."),
        };
    }

    /// <summary>What was wanted besides is answered, and the question asked again.</summary>
    private static Step? Besides(ConversationState state, Said said, ResidentIntent intent, ConversationContext context)
    {
        // Where, when and that it is bad still belong to what is being written.
        if (intent.Kind is Intent.None or Intent.Addition or Intent.NotFixed or Intent.Settled or Intent.WrongNumber
            || (intent.Kind == Intent.Help && state.Turn == Turn.Words))
        {
            return null;
        }

        var named = MatterCode.Find(said.Text, MatterNumber.Complaint, said.At.Year);
        if (OfIntent(state, said, intent, named, context) is not { } step)
            return null;
        var again = Ask(step.State, context);
        return step with { State = again.State, Replies = [.. step.Replies, .. again.Replies] };
    }

    /// <summary>The words of the button with this number, where the question has buttons that count so.</summary>
    private static string ButtonOf(ConversationState state, string text, ConversationContext context)
    {
        // Asked whether it is right, 1 is yes and 2 is no.
        if (state.Turn is Turn.Doubt or Turn.Answered || (state.Turn == Turn.Category && !IsUnsure(state.Draft!)))
            return text;
        var (folded, _) = PhraseBook.Fold(text);
        return int.TryParse(folded, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Question(state, context).Choices is var choices && number >= 1 && number <= choices.Length
            ? choices[number - 1] : text;
    }

    private static bool IsAnswer(
        ConversationState state, string text, DateTimeOffset at, ConversationContext context) =>
        state.Turn switch
        {
            Turn.Community => CommunityIn(text, context) is not null,
            Turn.Category or Turn.AllCategories =>
                Words.IsYes(text) || Words.IsNo(text) || Words.CategoryIn(text) is not null || IsNone(text),
            Turn.Wish => Wishes.Read(text, at, context.Calendar(state.Community!.Value)) is not null,
            Turn.Contact => Words.IsSkip(text) || Words.PhoneIn(text, context.Phones).Phone is not null,
            Turn.Summary => Words.IsYes(text) || FixOf(text) is not null,
            _ => Words.IsContent(text) || Words.WantsPerson(text),
        };

    private static Step Ask(ConversationState state, ConversationContext context)
    {
        if (state.Turn == Turn.Summary && state.Draft is { } draft)
            state = state with { Draft = draft with { Shown = true } };
        return new Step(state, [Question(state, context)], null);
    }

    private static Reply Question(ConversationState state, ConversationContext context)
    {
        var language = state.Language;
        string T(string key) => Texts.Get(key, language);
        return state.Turn switch
        {
            Turn.Community => new Reply(
                T("Chat.AskCommunity"), [.. context.Directory.Communities.Select(c => c.NameIn(language))]),
            Turn.Category => AskCategory(state),
            Turn.AllCategories => new Reply(
                T("Chat.WhichCategory"), [.. Enum.GetValues<Category>().Select(c => Texts.Name(c, language))]),
            Turn.Wish => new Reply(
                T("Chat.AskWish"), [T("Chat.Today"), T("Chat.Tomorrow"), T("Chat.In3Days"), T("Chat.NoWish")]),
            Turn.Contact => new Reply(T("Chat.AskContact"), [T("Chat.Skip")]),
            Turn.Doubt => new Reply(T("Chat.Doubt"), [T("Chat.Yes"), T("Chat.No")]),
            Turn.Summary => Summary(state, context),
            Turn.Words => new Reply(T("Chat.AskWords"), []),
            _ => throw new InvalidOperationException($"Nothing is asked at {state.Turn}."),
        };
    }

    private static bool IsUnsure(Draft draft) => draft.Suggestion.Unsure;

    /// <summary>One to confirm; where it is not sure, the three that are most likely.</summary>
    private static Reply AskCategory(ConversationState state)
    {
        var language = state.Language;
        var suggestion = state.Draft!.Suggestion;
        if (IsUnsure(state.Draft))
        {
            var likely = suggestion.Also.Prepend(suggestion.Category).Append(Category.Other)
                .Append(Category.ServiceQuality).Append(Category.Equipment).Distinct().Take(MostCategories);
            return new Reply(
                Texts.Get("Chat.WhichOf", language),
                [.. likely.Select(c => Texts.Name(c, language)), Texts.Get("Chat.NoneOfThem", language)]);
        }

        var offered = suggestion.Also.Take(MostCategories).Append(Category.Other).Distinct()
            .Where(c => c != suggestion.Category).Select(c => Texts.Name(c, language));
        return new Reply(
            Texts.Format("Chat.AskCategory", language, ("category", Texts.Name(suggestion.Category, language))),
            [Choice("Chat.Yes", language), .. offered]);
    }

    private static Community? CommunityIn(string text, ConversationContext context) =>
        context.Directory.Communities.FirstOrDefault(c =>
            Names(text, c) || text.Equals(c.Id.Value, StringComparison.OrdinalIgnoreCase));

    private static Step OnCommunity(ConversationState state, string text, ConversationContext context)
    {
        if (CommunityIn(text, context) is { } community)
            return Continue(state with { Community = community.Id, Misunderstood = 0 }, context);
        state = state with { Misunderstood = state.Misunderstood + 1, Draft = Extended(state, text, context) };
        return state.Misunderstood >= MostMisunderstandings ? Finish(state, context) : Ask(state, context);
    }

    private static bool IsNone(string text) =>
        Texts.Said("Chat.NoneOfThem").Contains(text, StringComparer.OrdinalIgnoreCase);

    private static Step OnCategory(ConversationState state, string text, ConversationContext context)
    {
        var draft = state.Draft!;
        if (Words.IsYes(text) && state.Turn == Turn.Category && !IsUnsure(draft))
            return AskWish(state with { Draft = draft with { Chosen = draft.Suggestion.Category } }, context);
        if (Words.CategoryIn(text) is { } named)
        {
            // More than the name may tell more than the category.
            var told = Words.IsCategory(text) ? draft : Extended(state, text, context);
            return AskWish(state with { Draft = told with { Chosen = named } }, context);
        }

        if (state.Misunderstood >= MostMisunderstandings)
            return Finish(state with { Draft = Extended(state, text, context) }, context);
        state = state with { Misunderstood = state.Misunderstood + 1 };
        if (Words.IsNo(text) || IsNone(text))
            return Ask(state with { Turn = Turn.AllCategories }, context);
        return Ask(state with { Turn = Turn.Category, Draft = Extended(state, text, context) }, context);
    }

    private static Step AskWish(ConversationState state, ConversationContext context) => state.Draft!.Shown
        ? Continue(state, context)
        : Ask(state with { Turn = Turn.Wish, Misunderstood = 0 }, context);

    private static Step OnWish(ConversationState state, string text, DateTimeOffset at, ConversationContext context)
    {
        var calendar = context.Calendar(state.Community!.Value);
        var wish = Wishes.Read(text, at, calendar);
        if (wish is null && state.Misunderstood == 0)
        {
            return Say(
                state with { Misunderstood = 1, Draft = Extended(state, text, context) }, "Chat.WishUnclear",
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
        return state.Draft.Shown ? Continue(state, context) : AskContact(state, context);
    }

    private static Step AskContact(ConversationState state, ConversationContext context) =>
        state.Draft!.Phone is not null
            ? Ask(state with { Turn = Turn.Summary }, context)
            : Ask(state with { Turn = Turn.Contact, Misunderstood = 0 }, context);

    private static Step OnContact(ConversationState state, string text, ConversationContext context)
    {
        var summary = state with { Turn = Turn.Summary, Misunderstood = 0 };
        if (Words.IsSkip(text) || (state.Misunderstood > 0 && Words.IsRight(text)))
            return Ask(summary, context);
        var (phone, rest) = Words.PhoneIn(text, context.Phones);
        if (phone is { } own && context.Directory.FindStaff(own) is not null)
            return Say(state, "Chat.StaffPhone", Choice("Chat.Skip", state.Language));
        var draft = Reached(state, phone, rest, context);
        if (state.Misunderstood > 0)
            return Ask(summary with { Draft = draft }, context);
        var asked = state with { Misunderstood = 1, Draft = draft };
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
            : Ask(summary with { Draft = draft }, context);
    }

    /// <summary>With phone and room as far as they were told; what else was said belongs to the complaint.</summary>
    private static Draft Reached(
        ConversationState state, PhoneNumber? phone, string rest, ConversationContext context)
    {
        var (room, more) = Rooms.In(rest);
        var draft = more is null ? state.Draft! : Extended(state, more, context);
        return draft with
        {
            Phone = phone is { } p ? new Personal(p.Value) : draft.Phone,
            Room = room is null ? draft.Room : new Personal(room),
        };
    }

    /// <summary>Everything understood, to be confirmed or put right.</summary>
    private static Reply Summary(ConversationState state, ConversationContext context)
    {
        var (language, draft) = (state.Language, state.Draft!);
        var unsaid = Texts.Get("Chat.Unsaid", language);
        var community = context.Directory.Communities.FirstOrDefault(c => c.Id == state.Community);
        var text = Texts.Format(
            HasCategory(draft) ? "Chat.Summary" : "Chat.SummaryShort", language, name => name switch
            {
                "community" => community?.NameIn(language) ?? unsaid,
                "category" => Texts.Name(draft.Chosen ?? draft.Suggestion.Category, language),
                "wish" => draft.WantedBy is { } by && community is not null
                    ? Texts.Time(by, context.Calendar(community.Id).Zone, language) : unsaid,
                "phone" => draft.Phone?.Value ?? unsaid,
                "room" => draft.Room?.Value ?? unsaid,
                "text" => SmsText.Shorten(draft.Text.Value, LongestQuote),
                _ => null,
            });
        return new Reply(
            text,
            [.. s_fixes.Where(f => HasCategory(draft) || f.Turn is not (Turn.Category or Turn.Wish))
                .Select(f => Texts.Get(f.Key, language))]);
    }

    /// <summary>Buttons under the summary, and where each leads.</summary>
    private static readonly ImmutableArray<(string Key, Turn Turn)> s_fixes =
    [
        ("Chat.Register", Turn.Summary), ("Chat.FixCategory", Turn.Category), ("Chat.FixTime", Turn.Wish),
        ("Chat.FixContact", Turn.Contact), ("Chat.FixCommunity", Turn.Community), ("Chat.FixWords", Turn.Words),
        ("Chat.Cancel", Turn.Idle),
    ];

    private static Turn? FixOf(string text)
    {
        foreach (var (key, turn) in s_fixes)
        {
            if (Texts.Said(key).Contains(text, StringComparer.OrdinalIgnoreCase))
                return turn;
        }

        return null;
    }

    private static Step OnSummary(ConversationState state, string text, DateTimeOffset at, ConversationContext context)
    {
        state = state with { Misunderstood = 0 };
        if (Words.IsYes(text))
            return Finish(state, context);
        switch (FixOf(text))
        {
            case Turn.Summary:
                return Finish(state, context);
            case Turn.Idle:
                return Say(state with { Turn = Turn.Idle, Draft = null }, "Chat.Cancelled");
            case Turn.Category:
                return Ask(state with { Turn = Turn.AllCategories }, context);
            case { } turn:
                return Ask(state with { Turn = turn }, context);
            default:
                break;
        }

        return Ask(state with { Draft = Corrected(state, text, at, context) }, context);
    }

    /// <summary>Whoever writes instead of pressing a button is understood too; a sentence joins the text.</summary>
    private static Draft Corrected(ConversationState state, string text, DateTimeOffset at, ConversationContext context)
    {
        var draft = state.Draft!;
        var (phone, rest) = Words.PhoneIn(text, context.Phones);
        if (phone is { } own && context.Directory.FindStaff(own) is null)
            return (rest.Length > 0 ? Extended(state, rest, context) : draft) with { Phone = new Personal(own.Value) };
        if (Words.CategoryIn(text) is { } category)
            return (Words.IsCategory(text) ? draft : Extended(state, text, context)) with { Chosen = category };
        return Wishes.Read(text, at, context.Calendar(state.Community!.Value)) is { } wish
            ? draft with { WantedBy = wish.By }
            : Extended(state, text, context);
    }

    /// <summary>What was written before is kept behind the new words.</summary>
    private static Draft Rewritten(Draft draft, string text, ConversationContext context) => draft with
    {
        Text = new Personal(text),
        More = draft.More.Insert(0, draft.Text),
        Suggestion = context.Classifier.Classify(text),
    };

    private static Step OnDoubt(ConversationState state, Said said, ResidentIntent intent, ConversationContext context)
    {
        if (Words.IsYes(said.Text))
            return Continue(state, context);
        if (intent.Kind is not (Intent.None or Intent.Addition or Intent.Help or Intent.NotFixed))
            return Begin(state with { Turn = Turn.Idle, Draft = null }, said, intent, context);
        return said.Text.Length > 12
            ? Continue(state with { Draft = Extended(state, said.Text, context) }, context)
            : Say(state with { Turn = Turn.Idle, Draft = null }, "Chat.Help");
    }

    /// <summary>Whoever is not content gets a person; whoever writes about something else begins anew.</summary>
    private static Step OnAnswered(
        ConversationState state, Said said, ResidentIntent intent, ConversationContext context)
    {
        if (Words.IsContent(said.Text) || intent.Kind is Intent.Thanks or Intent.Settled)
            return Say(state with { Turn = Turn.Idle, Draft = null }, "Chat.Glad");
        return Words.WantsPerson(said.Text) || intent.Kind == Intent.Human
            ? Continue(state, context)
            : Begin(state with { Turn = Turn.Idle, Draft = null }, said, intent, context);
    }
}
