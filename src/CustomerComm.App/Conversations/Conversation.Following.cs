using System.Collections.Immutable;
using CustomerComm.App.Classification;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Conversations;

/// <content>
/// What belongs to a complaint that exists: the next part of a message, what came to mind later, the same words again, and
/// that it is not solved after all.
/// </content>
public static partial class Conversation
{
    /// <summary>Parts of one message come so soon after each other.</summary>
    private static readonly TimeSpan s_parts = TimeSpan.FromMinutes(2);

    /// <summary>What is remembered afterwards comes so soon.</summary>
    private static readonly TimeSpan s_following = TimeSpan.FromMinutes(30);

    /// <summary>A complaint that was over so long ago is another matter, whatever the words.</summary>
    private static readonly TimeSpan s_again = TimeSpan.FromDays(60);

    private const int LongestQuestion = 40;
    private const double Alike = 0.8;

    /// <summary>The step where the text belongs to a complaint of the writer's; null for a matter of its own.</summary>
    private static Step? Joining(
        ConversationState state, Said said, ResidentIntent intent, Suggestion suggestion, ConversationContext context)
    {
        if (state.Opening is { } opening && IsHandled(opening.Number, context)
            && Follows(opening, said.At - opening.At, suggestion, context))
        {
            return new Step(state, [], new ConversationAction.Add(opening.Number, said.Text));
        }

        if (context.Own.FirstOrDefault(c => c.Open && SameWords(c.Text, said.Text)) is { } same)
        {
            return same.Stage == Stage.Resolved
                ? new Step(state, [], new ConversationAction.Refuse(same.Number, said.Text))
                : new Step(state, [], new ConversationAction.Add(same.Number, said.Text, "Chat.AddedAgain"));
        }

        if (suggestion.Danger)
            return null;
        if (intent.Leaning == Intent.NotFixed)
            return NotFixed(state, said, null, suggestion, context);
        return intent.Leaning == Intent.Status && said.Text.Length <= LongestQuestion
            && context.Own.FirstOrDefault(c => c.Open && IsAbout(c, suggestion)) is { } asked
            ? new Step(state, [], new ConversationAction.Add(asked.Number, said.Text, "Chat.AddedStatus"))
            : null;
    }

    /// <summary>
    /// Parts of a message join whatever they are about; later only what is about nothing else.
    /// </summary>
    private static bool Follows(
        Opening opening, TimeSpan since, Suggestion suggestion, ConversationContext context)
    {
        if (since < TimeSpan.Zero || since > s_following)
            return false;
        // Who was shown what is registered has finished it.
        return (since <= s_parts && !context.Channel.Way().Interactive)
            || (suggestion.Kind is Nature.Complaint or Nature.RepairRequest
                && (suggestion.Category == Category.Other || suggestion.Category == opening.Category));
    }

    /// <summary>Neither solved nor over, as far as is known: orders are not listed.</summary>
    private static bool IsHandled(MatterNumber number, ConversationContext context) =>
        !context.Own.Any(c => c.Number == number && (!c.Open || c.Stage == Stage.Resolved));

    private static bool IsAbout(OwnComplaint own, Suggestion suggestion) =>
        suggestion.Category == own.Category || suggestion.Category == Category.Other;

    /// <summary>Words about a complaint named by its number.</summary>
    private static Step About(ConversationState state, Said said, MatterNumber number, ConversationContext context) =>
        context.Own.FirstOrDefault(c => c.Number == number && !c.Open) is { } over
            ? TakeUp(state, said, over, context)
            : new Step(state, [], new ConversationAction.Add(number, said.Text));

    /// <summary>What is over stays so: a new complaint says which it follows.</summary>
    private static Step TakeUp(ConversationState state, Said said, OwnComplaint over, ConversationContext context)
    {
        var suggestion = context.Classifier.Classify(said.Text);
        suggestion = suggestion with
        {
            Kind = Nature.Complaint,
            Category = suggestion.Category == Category.Other ? over.Category : suggestion.Category,
        };
        var draft = new Draft(
            new Personal(said.Text), said.MessageId, said.At, suggestion, null, null,
            over.Phone ?? (context.From is { } from ? new Personal(from.Value) : null), over.Room);
        return new Step(
            state with { Turn = Turn.Idle, Draft = null }, [],
            new ConversationAction.Open(draft, over.Number.Community, over.Number));
    }

    /// <summary>The complaint that words without a number are about: the one named, else the one spoken of last.</summary>
    private static OwnComplaint? Target(ConversationState state, MatterNumber? named, ConversationContext context)
    {
        var open = context.Own.Where(c => c.Open);
        return named is { } number
            ? open.FirstOrDefault(c => c.Number == number)
            : open.OrderByDescending(c => c.Number == (state.Opening?.Number ?? state.Last)).FirstOrDefault();
    }

    /// <summary>The same words, but for marks and a letter or two: they tell of the same matter again.</summary>
    internal static bool SameWords(string before, string now)
    {
        var (a, b) = (PhraseBook.Fold(before).Text, PhraseBook.Fold(now).Text);
        if (a.Length < 4 || b.Length < 4)
            return a == b;
        if (a == b)
            return true;
        // Nothing that differs much in length is the same.
        if (Math.Min(a.Length, b.Length) < Alike * Math.Max(a.Length, b.Length))
            return false;
        var left = Pairs(a);
        var shared = 0;
        foreach (var pair in PairsOf(b))
        {
            if (left.GetValueOrDefault(pair) is > 0 and var count)
            {
                left[pair] = count - 1;
                shared++;
            }
        }

        return 2.0 * shared / (a.Length + b.Length - 2) >= Alike;
    }

    private static Dictionary<(char, char), int> Pairs(string text)
    {
        var pairs = new Dictionary<(char, char), int>();
        foreach (var pair in PairsOf(text))
            pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
        return pairs;
    }

    private static IEnumerable<(char, char)> PairsOf(string text) => text.Zip(text.Skip(1));

    /// <summary>
    /// A picture cannot be taken here, and who sent it is told so at once and where to show it; that there is one is noted
    /// with the words, so that whoever handles it asks for it.
    /// </summary>
    private static Step WithPictures(ConversationState state, Said said, ConversationContext context)
    {
        var told = new Reply(
            Texts.Format("Chat.NoPictures", state.Language, ("hotline", Hotlines(state, context))), []);
        var mark = Texts.Get("Chat.PictureMark", state.Language);
        Step step;
        if (said.Text.Length > 0)
        {
            // The mark must not keep an answer or a wish from being read as one.
            var intent = ResidentIntent.Read(said.Text);
            var marked = intent.Kind == Intent.None && state.Turn == Turn.Idle
                ? said with { Text = $"{said.Text}\n{mark}", Pictures = 0 } : said with { Pictures = 0 };
            step = state.Turn == Turn.Idle
                ? Begin(state, marked, intent, context) : Go(state, marked, intent, context);
        }
        else if (state.Draft is { } draft)
        {
            // The mark says nothing of what it is about.
            var noted = Extended(state, mark, context) with { Since = said.At, Suggestion = draft.Suggestion };
            step = Ask(state with { Draft = noted }, context);
        }
        else
        {
            step = Target(state, null, context) is { } own
                ? new Step(state, [], new ConversationAction.Add(own.Number, mark))
                : Silence(state);
        }

        return step with { Replies = [told, .. step.Replies] };
    }
}
