using CustomerComm.Domain;

namespace CustomerComm.App.Classification;

/// <summary>A feature that carries its own value, such as the score of a category on the term list.</summary>
internal readonly record struct Signal(uint Hash, float Value);

/// <summary>One feature of a text: its place in the vocabulary, and how much of it the text has.</summary>
internal readonly record struct Weighed(int Index, float Value);

/// <summary>What one text shows of itself, before any vocabulary: its grams, and what the term list makes of it.</summary>
internal sealed class Features
{
    // Found by leaving out one writer after another; docs/classifier.md.
    private const float SlotShare = 0.1f;
    private const float Said = 0.3f;
    private const int LongParts = 3;

    private static readonly Category[] s_categories = Enum.GetValues<Category>();


    private Features(List<Gram> grams, List<Signal> signals, float[] list, bool isLong)
    {
        Grams = grams;
        Signals = signals;
        List = list;
        IsLong = isLong;
    }

    public List<Gram> Grams { get; }

    public List<Signal> Signals { get; }

    /// <summary>How much of the list's scores falls on each category, as a logarithm.</summary>
    public float[] List { get; }

    /// <summary>In a long text the matter is named sooner or later: the list is worth more there.</summary>
    public bool IsLong { get; }

    public static Features Of(Lexicon lexicon, Scores scores, ReadOnlySpan<char> chars)
    {
        var grams = Classification.Grams.Of(chars, out var parts);
        foreach (var hit in scores.Terms)
        {
            var part = parts.BinarySearch(hit.Start);
            grams.Add(new Gram(
                Classification.Grams.Named('t', lexicon[hit.Term].Text), hit.Start, hit.End, part < 0 ? ~part - 1 : part));
        }

        grams.Sort(static (a, b) => a.Part != b.Part ? a.Part.CompareTo(b.Part) : a.Hash.CompareTo(b.Hash));
        return new Features(grams, SignalsOf(scores), ListOf(scores), parts.Count >= LongParts);
    }

    private static List<Signal> SignalsOf(Scores scores)
    {
        var signals = new List<Signal>();
        var length = 0f;
        for (var slot = 0; slot < Slot.Count; slot++)
        {
            if (scores[slot] <= 0)
                continue;
            var value = MathF.Log(1 + ((float)scores[slot] / Scores.Unit));
            length += value * value;
            signals.Add(new Signal(Classification.Grams.Named('s', [(char)('0' + slot)]), value));
        }

        var share = SlotShare / MathF.Sqrt(length);
        for (var i = 0; i < signals.Count; i++)
            signals[i] = signals[i] with { Value = signals[i].Value * share };

        // What the list makes of words that stand together, which no run of the text shows.
        Say('m', scores.Of(Category.AgainstManager) > 0);
        Say('n', scores.Mentions);
        Say('u', scores.InDanger);
        Say('d', scores.Greatest(Hint.Danger) > 0 && !scores.InDanger);
        Say('j', scores.Greatest(Hint.Injury) > 0);
        Say('b', scores.Burden >= Scores.GreatBurden);
        return signals;

        void Say(char what, bool so)
        {
            if (so)
                signals.Add(new Signal(Classification.Grams.Named('i', [what]), Said));
        }
    }

    private static float[] ListOf(Scores scores)
    {
        var list = new float[s_categories.Length];
        var sum = 0f;
        foreach (var category in s_categories)
            sum += list[(int)category] = Math.Max(0, scores.Of(category)) + Scores.Unit;
        for (var i = 0; i < list.Length; i++)
            list[i] = MathF.Log(list[i] / sum);
        return list;
    }
}
