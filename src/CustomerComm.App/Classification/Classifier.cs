using System.Buffers;
using CustomerComm.Domain;

namespace CustomerComm.App.Classification;

/// <summary>
/// Suggests from the words of a message what it is about, what kind of message it is and how grave (4.6.1-2, 4.6.2-1).
/// Pure and safe for concurrent use. Reads Chinese, simplified or traditional, and English; the terms are in the data
/// files beside this one. Whatever a text demands of the system is read as text.
/// </summary>
public class Classifier
{
    private const int Least = 3 * Scores.Unit;
    private const int MostAlso = 4;
    private const int MostWords = 10;

    private static readonly Category[] s_categories = Enum.GetValues<Category>();
    private readonly Lexicon _lexicon = Lexicon.Shared;

    /// <summary>Classifies a message of any length; an empty one is a greeting about nothing.</summary>
    /// <param name="text">The message; a subject, if any, is its first line.</param>
    public virtual Suggestion Classify(string text)
    {
        var chars = ArrayPool<char>.Shared.Rent(text.Length);
        var positions = ArrayPool<int>.Shared.Rent(text.Length);
        try
        {
            return Classify(text, TextFold.Of(text, chars, positions));
        }
        finally
        {
            // The text is a person's: it must not linger in shared buffers.
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
            ArrayPool<int>.Shared.Return(positions);
        }
    }

    private Suggestion Classify(string text, TextFold fold)
    {
        var scores = new Scores(_lexicon, fold.Chars);
        var ranked = Rank(scores);
        var category = ranked.Count > 0 ? ranked[0] : Category.Other;
        var kind = KindRules.Decide(scores, fold.Chars, category);
        var severity = Weigh(scores, kind);
        if (kind is Nature.Greeting or Nature.Spam)
            (category, ranked) = (Category.Other, []);
        Category[] also = [.. ranked.Skip(1).Where(c => c != Category.Other).Take(MostAlso)];
        var words = Words(text, fold, scores, Slots(category, also, kind, severity));
        return new Suggestion(category, also, kind, severity) 
        {
            Danger = severity == Severity.Urgent, Because = words,
        };
    }

    // The chief concern first, of two that weigh the same the one named first; a further one only if it carries a fair
    // share.
    private static List<Category> Rank(Scores scores)
    {
        var ranked = s_categories.Where(c => scores.Of(c) >= Least)
            .OrderByDescending(scores.Of).ThenBy(scores.FirstOf).ToList();
        if (ranked.Count > 0)
        {
            var share = scores.Of(ranked[0]) / 4;
            ranked.RemoveAll(c => scores.Of(c) < share);

            // What is outside the service is often only the background of a matter inside it.
            if (ranked is [Category.Other, var second, ..] && scores.Of(second) * 20 >= scores.Of(Category.Other) * 17)
                ranked.RemoveAt(0);
        }

        return ranked;
    }

    private static Severity Weigh(Scores scores, Nature kind)
    {
        if (kind is Nature.Praise or Nature.Suggestion or Nature.Greeting or Nature.Spam)
            return Severity.Ordinary;
        var danger = scores.Greatest(Hint.Danger);
        var injury = scores.Greatest(Hint.Injury) > 0;
        var burden = scores.Greatest(Hint.Repeated) + scores.Greatest(Hint.Unanswered) + scores.Greatest(Hint.Long)
            + scores.Greatest(Hint.ManyHomes);

        // Who is in danger this minute must not wait as long as a major complaint may take.
        if (scores.DangerNow || (danger >= Scores.GreatDanger && !injury && burden < 4))
            return Severity.Urgent;
        if (kind != Nature.Enquiry && (injury || burden >= 4))
            return Severity.Major;
        return danger >= (kind == Nature.Enquiry ? 4 : 3) ? Severity.Urgent : Severity.Ordinary;
    }

    // The slots that led to the suggestion, each a bit.
    private static ulong Slots(Category category, Category[] also, Nature kind, Severity severity)
    {
        var slots = Bit(Slot.Of(category)) | Bit(Slot.Of(kind));
        foreach (var further in also)
            slots |= Bit(Slot.Of(further));
        if ((slots & Bit(Slot.Of(Category.AgainstManager))) != 0)
            slots |= Bits(Hint.Manager, Hint.Title, Hint.Accuse);
        slots |= kind switch
        {
            Nature.Complaint => Bits(Hint.Blame, Hint.Repeated, Hint.Unanswered, Hint.Long, Hint.Defect),
            Nature.RepairRequest => Bits(Hint.Ask, Hint.Defect),
            Nature.Praise or Nature.Greeting => Bits(Hint.Thanks),
            _ => 0,
        };
        return slots | severity switch
        {
            Severity.Urgent => Bits(Hint.Danger, Hint.Now),
            Severity.Major => Bits(Hint.Injury, Hint.Repeated, Hint.Unanswered, Hint.Long, Hint.ManyHomes),
            _ => 0,
        };
    }

    private static ulong Bit(int slot) => 1UL << slot;

    private static ulong Bits(params ReadOnlySpan<Hint> hints)
    {
        var bits = 0UL;
        foreach (var hint in hints)
            bits |= Bit(Slot.Of(hint));
        return bits;
    }

    private static List<string> Words(string text, TextFold fold, Scores scores, ulong slots)
    {
        var words = new List<string>(MostWords);
        foreach (var hit in scores.Evidence(slots, MostWords))
        {
            var start = fold.Positions[hit.Start];
            words.Add(text[start..(fold.Positions[hit.End - 1] + 1)]);
        }

        return words;
    }
}
