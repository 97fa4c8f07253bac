using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Classification;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Conversations;

/// <content>That it is not solved after all (4.6.2-4): of which complaint is never guessed.</content>
public static partial class Conversation
{
    /// <summary>Shown of each complaint that may be meant.</summary>
    private const int LongestHint = 12;

    private const int LatinStem = 4;

    /// <summary>
    /// What waits for the signature, or was signed and is not verified yet, is open again; what is being handled hears of
    /// it; what is over is taken up by a new complaint. Where the words fit several alike it is asked which. Null where
    /// nothing of the sort is there, so that it is a complaint like any other. What tells of something besides must be
    /// about the same as <paramref name="suggestion"/>.
    /// </summary>
    private static Step? NotFixed(
        ConversationState state, Said said, MatterNumber? named, Suggestion? suggestion, ConversationContext context)
    {
        // The second part of a message is about its first.
        if (named is null && state.Opening is { } opening && said.At - opening.At <= s_parts
            && IsHandled(opening.Number, context))
        {
            return new Step(state, [], new ConversationAction.Add(opening.Number, said.Text));
        }

        if (named is { } number)
        {
            return context.Own.FirstOrDefault(c => c.Number == number) is { } one
                ? NotSolved(state, said, one, context)
                : new Step(state, [], new ConversationAction.Add(number, said.Text));
        }

        var own = context.Own.Where(c => c.Open || c.Stage == Stage.Completed || said.At - c.ChangedAt <= s_again)
            .Where(c => suggestion is null || IsAbout(c, suggestion) || Shared(c.Text, said.Text) > 0).ToList();
        return Meant(own, said, context) switch
        {
            [] => null,
            [var only] => NotSolved(state, said, only, context),
            var several => AskWhich(state, said, several, context),
        };
    }

    /// <summary>The answer to which one is meant: its number, its place in the list, or words that fit only one.</summary>
    private static Step? OnUnsolved(
        ConversationState state, Said said, MatterNumber? named, ConversationContext context)
    {
        if (state.Unsolved is not { } asked || said.At - asked.At > s_following)
            return null;
        var of = context.Own.Where(c => asked.Of.Contains(c.Number)).ToList();
        var (folded, _) = PhraseBook.Fold(said.Text);
        var one = named is { } number ? of.Find(c => c.Number == number)
            : int.TryParse(folded, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                && place >= 1 && place <= asked.Of.Length ? of.Find(c => c.Number == asked.Of[place - 1])
            : IsHint(said.Text) && Fitting(of, said, context) is [var only] ? only
            : null;
        if (one is null)
            return null;
        var words = named is not null && MatterCode.Without(said.Text).Any(char.IsLetter) ? said.Text
            : $"{asked.Text.Value}\n{said.Text}";
        return NotSolved(state with { Unsolved = null }, said with { Text = words }, one, context);
    }

    /// <summary>A few words that tell nothing by themselves: 厨房那件, the lift one.</summary>
    private static bool IsHint(string text) => ResidentIntent.Read(text).Kind is Intent.NotFixed or Intent.Addition
        || PhraseBook.Fold(text).Text is var folded
            && (folded.Any(TextFold.IsChinese) ? folded.Length <= 5 : folded.Split(' ').Length <= 3);

    private static Step NotSolved(ConversationState state, Said said, OwnComplaint one, ConversationContext context) =>
        one.Stage is Stage.Resolved or Stage.Completed
            ? new Step(state, [], new ConversationAction.Refuse(one.Number, said.Text))
        : one.Open ? new Step(state, [], new ConversationAction.Add(one.Number, said.Text))
        : TakeUp(state, said, one, context);

    /// <summary>
    /// Those that may be meant: what the words fit; without such words what was said to be solved, else what is being
    /// handled, and last what is over.
    /// </summary>
    private static List<OwnComplaint> Meant(List<OwnComplaint> own, Said said, ConversationContext context)
    {
        if (own.Count > 1 && Fitting(own, said, context) is { Count: > 0 } fitting)
            own = fitting;
        var solved = own.Where(c => c.Stage is Stage.Resolved or Stage.Completed).ToList();
        if (solved.Count > 0)
            return solved;
        var open = own.Where(c => c.Open).ToList();
        return open.Count > 0 ? open : own;
    }

    /// <summary>Those that share most words with what was said, else those of its category; empty where none do.</summary>
    private static List<OwnComplaint> Fitting(List<OwnComplaint> own, Said said, ConversationContext context)
    {
        var most = own.Count == 0 ? 0 : own.Max(c => Shared(c.Text, said.Text));
        if (most > 0)
            return own.FindAll(c => Shared(c.Text, said.Text) == most);
        var about = context.Classifier.Classify(said.Text);
        return about.Unsure || about.Category == Category.Other ? [] : own.FindAll(c => c.Category == about.Category);
    }

    /// <summary>
    /// How many words they share besides those that say it is not solved: Chinese characters, and English words by their
    /// beginnings, for who said "leaking" says "leak".
    /// </summary>
    private static int Shared(string before, string now)
    {
        var (a, b) = (PhraseBook.Fold(before).Text, PhraseBook.Fold(now).Text);
        var count = b.Where(c => TextFold.IsChinese(c) && !s_unsaying.Contains(c, StringComparison.Ordinal))
            .Distinct().Count(c => a.Contains(c, StringComparison.Ordinal));
        foreach (var word in b.Split(' ').Where(w => w.Length >= LatinStem && w.All(char.IsAsciiLetter))
            .Distinct(StringComparer.Ordinal))
        {
            if (!s_unsayingWords.Contains(word, StringComparer.Ordinal)
                && a.Split(' ').Any(w => w.StartsWith(word[..LatinStem], StringComparison.Ordinal)))
            {
                count++;
            }
        }

        return count;
    }

    private static readonly string s_unsaying =
        string.Concat(Texts.Said("Intent.Unsaying").Where(w => w.Any(TextFold.IsChinese)));

    private static readonly string[] s_unsayingWords = Texts.Said("Intent.Unsaying");

    private static Step AskWhich(
        ConversationState state, Said said, List<OwnComplaint> several, ConversationContext context)
    {
        var language = state.Language;
        var listed = several.OrderByDescending(c => c.ChangedAt).Take(MostListed).ToList();
        var lines = listed.Select((c, i) => Texts.Format(
            "Chat.UnsolvedLine", language, ("no", (i + 1).ToString(CultureInfo.InvariantCulture)),
            ("number", c.Number.ShortCode), ("text", SmsText.Shorten(SmsText.Plain(c.Text), LongestHint))));
        var text = Texts.Get("Chat.WhichUnsolved", language) + "\n" + string.Join('\n', lines);
        if (context.Channel.Way().Short)
            text = SmsText.Fit("{text}\n" + Hotline(state, context), text, SmsText.Segments);
        ImmutableArray<string> choices = context.Channel.Way().Interactive
            ? [.. listed.Select(c => c.Number.ShortCode)] : [];
        return new Step(
            state with { Unsolved = new Unsolved(new Personal(said.Text), [.. listed.Select(c => c.Number)], said.At) },
            [new Reply(text, choices)], null);
    }
}
