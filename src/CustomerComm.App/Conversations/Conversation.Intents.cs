using System.Collections.Immutable;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Conversations;

/// <content>What people want besides complaining: each has its answer, and none opens a complaint.</content>
public static partial class Conversation
{
    private const int MostListed = 5;

    /// <summary>Who asked for a person is not entered again so soon.</summary>
    private static readonly TimeSpan s_sameWish = TimeSpan.FromMinutes(30);

    /// <summary>The answer to an intent; null where the words are to be taken as what is wrong.</summary>
    private static Step? OfIntent(
        ConversationState state, Said said, ResidentIntent intent, MatterNumber? named, ConversationContext context)
    {
        // Only what follows at once, or says it in full, is the second yes to a withdrawal.
        if (intent.Kind is not (Intent.Confirm or Intent.Keep or Intent.Thanks))
            state = state with { Withdrawing = null };
        return intent.Kind switch
        {
            Intent.Choose => Say(state, "Chat.Language"),
            Intent.Sign => AboutSigning(state, named, context),
            Intent.Stop => Stop(state, context),
            Intent.Start => StartAgain(state, context),
            Intent.Confirm => Confirm(state, named, context),
            Intent.Keep => Say(state with { Withdrawing = null }, state.Withdrawing is null ? "Chat.Ok" : "Chat.Kept"),
            Intent.Withdraw => AskWithdraw(state, named, context),
            Intent.WrongNumber => WrongNumber(state, context),
            Intent.NotFixed => NotFixed(state, said, named, null, context),
            Intent.Human => Wanted(state, said, ContactWish.Person, named, context),
            Intent.CallMe => Wanted(state, said, ContactWish.CallBack, named, context),
            Intent.Status => StatusOf(state, named, context),
            Intent.MyComplaints => Listed(state, context),
            Intent.Phone => new Step(state, [new Reply(Hotline(state, context), [])], null),
            Intent.Settled => Settled(state, said, named, context),
            Intent.Addition => Added(state, said, named, context),
            Intent.Thanks => Thanked(state, said, intent, named, context),
            // A number with nothing but politeness asks how it stands.
            Intent.Help => named is null ? Help(state, said, context) : StatusOf(state, named, context),
            // A call for help is registered before anything else is looked at.
            Intent.None or Intent.Distress => null,
            _ => throw new InvalidOperationException($"Unknown intent {intent.Kind}."),
        };
    }

    /// <summary>Who may be in danger reads whom to call before how to write.</summary>
    private static Step Help(ConversationState state, Said said, ConversationContext context)
    {
        var help = Say(state, "Chat.Help");
        if (!ResidentIntent.MayCry(said.Text))
            return help;
        var call = Texts.Format(
            "Danger.Call", state.Language,
            ("emergency", Emergency.NumbersOf(
                context.Directory.Known(state.Community ?? Home(context) ?? context.Directory.Communities[0].Id))),
            ("hotline", Hotlines(state, context)));
        return help with { Replies = [new Reply($"{call}\n{help.Replies[0].Text}", [])] };
    }

    /// <summary>
    /// What waits for the writer's signature, else what they signed last; with several waiting it is told which.
    /// </summary>
    private static Step AboutSigning(ConversationState state, MatterNumber? named, ConversationContext context)
    {
        if (named is { } number)
            return new Step(state, [], new ConversationAction.Sign(number));
        var waiting = context.Own.Where(c => c.Stage == Stage.Resolved).ToList();
        if (waiting.Count > 1)
            return List(state, "Chat.SignWhich", waiting, context);
        return (Latest(waiting) ?? Latest(context.Own.Where(c => c.Stage == Stage.Completed))) is { } one
            ? new Step(state, [], new ConversationAction.Sign(one))
            : Say(state, "Chat.SignNone");
    }

    /// <summary>The line that every contact ends with (4.5.1).</summary>
    internal static string Hotline(ConversationState state, ConversationContext context) => Texts.Format(
        "Chat.Hotline", state.Language, ("hotline", Hotlines(state, context)));

    /// <summary>The hotline of the person's community; of all where it is not known.</summary>
    internal static string Hotlines(ConversationState state, ConversationContext context)
    {
        var known = (state.Community ?? Home(context)) is { } id ? context.Directory.Find(id) : null;
        return known is not null
            ? known.Hotline
            : string.Join(
                ' ', context.Directory.Communities.Select(c => $"{c.NameIn(state.Language)} {c.Hotline}"));
    }

    /// <summary>Confirmed once: two machines that answer each other fall silent.</summary>
    private static Step Stop(ConversationState state, ConversationContext context)
    {
        var stopped = state with { Stopped = true };
        if (context.Channel.Way().Interactive)
            return Say(stopped, "Chat.Stopped") with { Action = new ConversationAction.Unsubscribe() };
        return state.Stopped ? Silence(state) : Say(stopped, "Chat.Stopped");
    }

    private static Step StartAgain(ConversationState state, ConversationContext context) => Say(
        state with { Stopped = false }, context.Channel.Way().Interactive ? "Chat.StartedChat" : "Chat.Started");

    /// <summary>The second yes; a first one is asked about.</summary>
    private static Step Confirm(ConversationState state, MatterNumber? named, ConversationContext context) =>
        state.Withdrawing is { } asked && (named is null || named == asked.Number)
            ? new Step(state with { Withdrawing = null }, [], new ConversationAction.Withdraw(asked.Number))
            : AskWithdraw(state, named, context);

    /// <summary>
    /// A yes that says nothing else is the second yes where nothing else was asked, nor anything said in between.
    /// </summary>
    private static bool IsSecondYes(ConversationState state, Said said, ConversationContext context) =>
        state.Turn == Turn.Idle && state.Withdrawing is { } asked && said.At - asked.At <= s_following
        && (context.Channel.Way().Interactive ? Words.IsYes(said.Text) : Words.IsFirmYes(said.Text));

    /// <summary>Never at once: it is asked whether it is meant.</summary>
    private static Step AskWithdraw(ConversationState state, MatterNumber? named, ConversationContext context)
    {
        var open = context.Own.Where(c => c.Open).ToList();
        if (named is null && open.Count > 1)
            return List(state, "Chat.WithdrawWhich", open, context);
        if ((named ?? Latest(open)) is not { } number)
            return Say(state, "Chat.NothingOpen");
        if (!context.Own.Any(c => c.Number == number))
            return new Step(state, [], new ConversationAction.Status(number));
        if (IsOver(number, context))
            return new Step(state, [], new ConversationAction.Status(number));
        var (language, clicks) = (state.Language, context.Channel.Way().Interactive);
        var text = Texts.Format(
            clicks ? "Chat.AskWithdraw" : "Chat.AskWithdrawSms", language, ("number", number.ToString()),
            ("code", number.ShortCode));
        ImmutableArray<string> choices = clicks
            ? [Choice("Chat.WithdrawYes", language), Choice("Chat.WithdrawNo", language)] : [];
        return new Step(
            state with { Withdrawing = new Withdrawing(number, state.Heard ?? default) },
            [new Reply(text, choices)], null);
    }

    private static Step WrongNumber(ConversationState state, ConversationContext context) =>
        Say(state, "Chat.WrongNumber") with
        {
            Wish = context.Channel.Way().ByPhone ? ContactWish.CheckPhone : null,
        };

    /// <summary>Somebody owes it from now on; of an open complaint its handler hears too.</summary>
    private static Step Wanted(
        ConversationState state, Said said, ContactWish wish, MatterNumber? named, ConversationContext context)
    {
        if (said.At - state.WishedAt < s_sameWish)
            return Say(state, "Chat.WishKnown");
        var reachable = context.From is not null || state.Draft?.Phone is not null
            || context.Own.Any(c => c.Phone is not null);
        var key = wish == ContactWish.Person ? "Chat.PersonComes" : reachable ? "Chat.CallComes" : "Chat.CallWhere";
        var number = named ?? Latest(context.Own.Where(c => c.Open));
        state = state with { WishedAt = said.At };
        return number is { } n && context.Own.Any(c => c.Number == n && c.Open)
            ? new Step(state, [], new ConversationAction.Add(n, said.Text, key)) { Wish = wish }
            : Say(state, key) with { Wish = wish };
    }

    private static Step StatusOf(ConversationState state, MatterNumber? named, ConversationContext context)
    {
        if (named is { } number)
            return new Step(state, [], new ConversationAction.Status(number));
        var open = context.Own.Where(c => c.Open).ToList();
        if (open.Count > 1)
            return List(state, "Chat.List", open, context);
        return (Latest(open) ?? state.Last ?? Latest(context.Own)) is { } one
            ? new Step(state, [], new ConversationAction.Status(one))
            : Say(state, "Chat.NoneYours");
    }

    private static Step Listed(ConversationState state, ConversationContext context) => context.Own.IsEmpty
        ? Say(state, "Chat.NoneYours")
        : List(state, "Chat.List", context.Own, context);

    private static Step List(
        ConversationState state, string key, IEnumerable<OwnComplaint> complaints, ConversationContext context)
    {
        var language = state.Language;
        var lines = complaints.Take(MostListed).Select(c => Texts.Format(
            "Chat.ListLine", language, ("number", c.Number.ToString()), ("stage", Texts.Name(c.Stage, language)),
            ("category", Texts.Name(c.Category, language)),
            ("due", Texts.Time(c.Due, context.Calendar(c.Number.Community).Zone, language))));
        var text = Texts.Get(key, language) + "\n" + string.Join('\n', lines);
        if (context.Channel.Way().Short)
            text = SmsText.Fit("{text}\n" + Hotline(state, context), text, SmsText.Segments);
        return new Step(state, [new Reply(text, [])], null);
    }

    /// <summary>It is noted where it belongs; who is asked to sign is told that this is no signature.</summary>
    private static Step? Settled(ConversationState state, Said said, MatterNumber? named, ConversationContext context)
    {
        if (Target(state, named, context) is not { } own)
            return named is null ? Say(state, "Chat.Ok") : null;
        return new Step(
            state, [],
            new ConversationAction.Add(
                own.Number, said.Text, own.Stage == Stage.Resolved ? "Chat.PleaseSign" : "Chat.Added"));
    }

    /// <summary>
    /// Where, when, how urgent: more of the complaint that is open. Without one it is asked what is wrong.
    /// </summary>
    private static Step? Added(ConversationState state, Said said, MatterNumber? named, ConversationContext context)
    {
        if (named is { } number)
        {
            return IsOver(number, context)
                ? About(state, said, number, context)
                : new Step(state, [], new ConversationAction.Add(number, said.Text));
        }

        if (state.Opening is { } opening && said.At - opening.At <= s_following && !IsOver(opening.Number, context))
            return new Step(state, [], new ConversationAction.Add(opening.Number, said.Text));
        return Target(state, null, context) is { } own
            ? new Step(state, [], new ConversationAction.Add(own.Number, said.Text))
            : Say(state, "Chat.WhatIsWrong");
    }

    private static Step Thanked(
        ConversationState state, Said said, ResidentIntent intent, MatterNumber? named, ConversationContext context)
    {
        if (IsSecondYes(state, said, context))
            return Confirm(state, named, context);
        state = state with { Withdrawing = null };
        if (intent.Silent && !context.Channel.Way().Interactive)
            return Silence(state);
        return Say(state, intent.Silent ? "Chat.Ok" : "Chat.Welcome");
    }

    private static MatterNumber? Latest(IEnumerable<OwnComplaint> complaints) => complaints.FirstOrDefault()?.Number;

    private static bool IsOver(MatterNumber number, ConversationContext context) =>
        context.Own.Any(c => c.Number == number && !c.Open);
}
