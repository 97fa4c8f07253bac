using CustomerComm.Domain;

namespace CustomerComm.App.Classification;

/// <summary>
/// The words of a text that a suggestion went by, as they stand there: the terms of the list that speak for it, then
/// the runs of the text that weighed most with the model.
/// </summary>
internal readonly ref struct Evidence(Model model, Features features, List<Weighed> vector)
{
    private const int MostWords = 10;

    // As many terms of the list explain it well enough.
    private const int Enough = 4;

    /// <summary>In falling weight; empty only where nothing in the text speaks for the suggestion.</summary>
    public List<string> Words(
        string text, Heard heard, Category category, Category[] also, Nature kind, Severity severity)
    {
        var words = new List<string>(MostWords);
        var quoted = new List<(int Start, int End)>(MostWords);
        foreach (var hit in heard.Scores.Evidence(Slots(category, also, kind, severity), MostWords))
            Quote(text, heard, hit.Start, hit.End, words, quoted);
        if (words.Count >= Enough)
            return words;
        foreach (var (gram, _) in Weightiest(heard, category, kind, severity))
        {
            if (words.Count >= Enough)
                break;
            if (!quoted.Exists(q => gram.Start < q.End && q.Start < gram.End))
                Quote(text, heard, gram.Start, gram.End, words, quoted);
        }

        return words;
    }

    private static void Quote(
        string text, Heard heard, int start, int end, List<string> words, List<(int Start, int End)> quoted)
    {
        quoted.Add((start, end));
        var (first, last) = (heard.Positions[start], heard.Positions[end - 1]);

        // A character of two code units is quoted whole.
        first -= first > 0 && char.IsLowSurrogate(text[first]) && char.IsHighSurrogate(text[first - 1]) ? 1 : 0;
        last += last + 1 < text.Length && char.IsHighSurrogate(text[last]) && char.IsLowSurrogate(text[last + 1]) ? 1 : 0;
        words.Add(text[first..(last + 1)]);
    }

    private List<(Gram Gram, float Weight)> Weightiest(Heard heard, Category category, Nature kind, Severity severity)
    {
        var values = new Dictionary<int, float>(vector.Count);
        foreach (var (index, value) in vector)
            values[index] = value;
        var found = new List<(Gram Gram, float Weight)>();
        foreach (var gram in features.Grams)
        {
            var index = model.Vocabulary.Find(gram.Hash);
            if (index < 0 || !IsWordy(heard.Chars[gram.Start..gram.End]))
                continue;
            var weight = model.Weight(index, Head.Category, (int)category) + model.Weight(index, Head.Kind, (int)kind);
            if (severity == Severity.Urgent)
                weight += model.Weight(index, Head.Danger, 0);
            if (weight > 0)
                found.Add((gram, weight * values[index]));
        }

        found.Sort(static (a, b) => b.Weight != a.Weight ? b.Weight.CompareTo(a.Weight)
            : a.Gram.Start != b.Gram.Start ? a.Gram.Start.CompareTo(b.Gram.Start) : b.Gram.End.CompareTo(a.Gram.End));
        return found;
    }

    // A quoted word begins and ends with a letter; of Chinese a single character says too little.
    private static bool IsWordy(ReadOnlySpan<char> chars) =>
        chars.Length > 1 && char.IsLetterOrDigit(chars[0]) && char.IsLetterOrDigit(chars[^1]);

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
}
