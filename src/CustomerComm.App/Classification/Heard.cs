using CustomerComm.Domain;

namespace CustomerComm.App.Classification;

/// <summary>
/// A text as it is classified: folded, without the numbers of places and without what it demands of the system, and
/// what the term list makes of it.
/// </summary>
internal readonly ref struct Heard
{
    private const int Longest = 200;
    private const int Least = 4;
    private const int Topic = 3 * Scores.Unit;

    private Heard(ReadOnlySpan<char> chars, ReadOnlySpan<int> positions, Scores scores, bool danger, Nature? floor)
    {
        Chars = chars;
        Positions = positions;
        Scores = scores;
        Danger = danger;
        Floor = floor;
    }

    public ReadOnlySpan<char> Chars { get; }

    /// <summary>Where in the text each character stands.</summary>
    public ReadOnlySpan<int> Positions { get; }

    public Scores Scores { get; }

    /// <summary>The list knows of somebody in danger now; the model may see more, never less.</summary>
    public bool Danger { get; }

    /// <summary>Decided before any model: nothing said, the same signs over and over, nothing but orders.</summary>
    public Nature? Floor { get; }

    /// <summary>Folds into the given buffers, each at least as long as the text.</summary>
    public static Heard Of(Lexicon lexicon, string text, char[] buffer, int[] places)
    {
        var length = TextFold.Of(text, buffer, places).Chars.Length;
        TextFold.MaskPlaces(buffer.AsSpan(0, length));
        var scores = new Scores(lexicon, buffer.AsSpan(0, length));
        var danger = scores.InDanger;
        var letters = Letters(buffer.AsSpan(0, length));
        if (letters == 0 || (!danger && IsPolite(scores, letters) && !IsNonsense(buffer.AsSpan(0, length), letters)))
            return new Heard(buffer.AsSpan(0, length), places.AsSpan(0, length), scores, danger, Nature.Greeting);
        var nonsense = !danger && !SaysSomething(scores) && IsNonsense(buffer.AsSpan(0, length), letters);
        if (scores.Ordered.Count > 0 && !danger)
        {
            var rest = LeaveOut(scores, buffer, places, length);
            nonsense |= Letters(buffer.AsSpan(0, rest)) < Least;
            if (!nonsense)
            {
                length = rest;
                scores = new Scores(lexicon, buffer.AsSpan(0, length));
            }
        }

        // What is said not to be so says nothing about the matter.
        foreach (var hit in scores.DeniedTerms)
            buffer.AsSpan(hit.Start, hit.End - hit.Start).Fill(TextFold.Place);
        return new Heard(
            buffer.AsSpan(0, length), places.AsSpan(0, length), scores, danger, nonsense ? Nature.Spam : null);
    }

    // The sentences that speak to the system; danger is heard in them too, so this comes after it.
    private static int LeaveOut(Scores scores, char[] chars, int[] positions, int length)
    {
        var (kept, sentence) = (0, 0);
        for (var i = 0; i < length; i++)
        {
            sentence += TextFold.EndsSentence(chars[i]) ? 1 : 0;
            if (scores.Ordered.Contains(sentence))
                continue;
            chars[kept] = chars[i];
            positions[kept++] = positions[i];
        }

        return kept;
    }

    // A greeting or thanks, and nothing else.
    private static bool IsPolite(Scores scores, int letters) =>
        scores.Of(Nature.Greeting) > 0 && scores.Polite >= letters && !SaysSomething(scores);

    private static bool SaysSomething(Scores scores)
    {
        if (scores.Of(Hint.Blame) > 0 || scores.Of(Hint.Defect) > 0)
            return true;
        foreach (var category in Enum.GetValues<Category>())
        {
            if (scores.Of(category) >= Topic)
                return true;
        }

        return false;
    }

    private static int Letters(ReadOnlySpan<char> chars)
    {
        var letters = 0;
        foreach (var c in chars)
            letters += char.IsLetterOrDigit(c) || c == TextFold.Place ? 1 : 0;
        return letters;
    }

    // The same few characters over and over.
    private static bool IsNonsense(ReadOnlySpan<char> chars, int letters)
    {
        if (letters < 8)
            return false;
        var seen = new HashSet<char>();
        foreach (var c in chars[..Math.Min(chars.Length, Longest)])
        {
            if (char.IsLetterOrDigit(c))
                seen.Add(c);
        }

        return seen.Count <= Math.Max(3, Math.Min(letters, Longest) / 10);
    }
}
