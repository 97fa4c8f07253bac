using CustomerComm.App.Messages;

namespace CustomerComm.App.Conversations;

/// <summary>
/// One clause of a message, folded, and what its words say. What a denial, a question or a plan governs is looked for
/// here; what follows from it for the whole message is decided in <see cref="StaffGrammar"/>.
/// </summary>
internal sealed class StaffClause
{
    /// <summary>Stands where a code stood.</summary>
    public const char Mark = '\uE000';

    private const int Near = 4;

    public StaffClause(string text, bool asked, bool apart)
    {
        Text = text;
        Apart = apart;
        Plain = StaffWords.Benign.Blanked(text);
        Neutral = Covered(StaffWords.Filler, null);
        Accepts = !asked && !StaffWords.Doubt.In(Plain) && Covered(StaffWords.Accept, StaffWords.Filler);
        var work = StaffWords.NotResult.Blanked(text);
        Done = StaffWords.Done.In(work);
        DoneAlone = Covered(StaffWords.Done, StaffWords.Filler);
        Step = StaffWords.Step.In(work);
        Asks = asked || (!Accepts && (StaffWords.Asking.In(text) || StaffWords.AskingFirst.At(text, 0) > 0
            || ((Done || Step) && EndsIn(StaffWords.AskingLast))));
        Plans = StaffWords.Plan.In(Plain);
        Denies = StaffWords.Not.In(Plain);
        Doubtful = StaffWords.Doubt.In(Plain) || (Denies && DeniesWork()) || IsToCome(work);
        Unable = StaffWords.Unable.In(Plain);
        Declines = Declining();
        Goes = StaffWords.Going.In(StaffWords.Soft.Blanked(StaffWords.Firm.Blanked(Plain)));
        Others = StaffWords.Others.In(StaffWords.NotOthers.Blanked(Plain));
        Tells = StaffWords.Progress.In(text);
        Pends = StaffWords.Ongoing.In(text)
            || (!Done && !Step && (StaffWords.Pending.In(text) || StaffWords.First.At(text, 0) > 0));
        Underway = Tells || StaffWords.Underway.In(text) || StaffWords.NotResult.In(text);
        Settles = Done || Step || StaffWords.Outcome.In(work);
    }

    /// <summary>The clause, folded, with single blanks.</summary>
    public string Text { get; }

    /// <summary>The clause without phrases that hold a denial and mean none.</summary>
    private string Plain { get; }

    /// <summary>Punctuation or the beginning stands before it, not a blank or a code alone.</summary>
    public bool Apart { get; }

    /// <summary>Politeness and the like: says nothing.</summary>
    public bool Neutral { get; }

    /// <summary>Nothing but words of acceptance.</summary>
    public bool Accepts { get; }

    /// <summary>Something is done.</summary>
    public bool Done { get; }

    /// <summary>It says nothing but that.</summary>
    public bool DoneAlone { get; }

    /// <summary>A step was taken.</summary>
    public bool Step { get; }

    public bool Asks { get; }

    public bool Plans { get; }

    /// <summary>A "not" of any kind.</summary>
    public bool Denies { get; }

    /// <summary>Something is not done, half done, to be done, or somebody says so.</summary>
    public bool Doubtful { get; }

    public bool Unable { get; }

    /// <summary>Speaks of going there or setting about it.</summary>
    public bool Goes { get; }

    /// <summary>Speaks of somebody else.</summary>
    public bool Others { get; }

    /// <summary>Tells where things are.</summary>
    public bool Tells { get; }

    /// <summary>Tells of a stage that is no result.</summary>
    public bool Underway { get; }

    /// <summary>Being done, ordered or set for a day.</summary>
    public bool Pends { get; }

    /// <summary>Work done, or what else a result may consist of.</summary>
    public bool Settles { get; }

    /// <summary>Firmly (true), for want of time (false), or not at all.</summary>
    public bool? Declines { get; }

    /// <summary>All of it is words of these lists, with one of <paramref name="main"/> at least.</summary>
    public bool Covered(WordList main, WordList? filler) => Covers(Text, main, filler);

    /// <summary>As the other, of any folded text. Signs between words do not count.</summary>
    public static bool Covers(string text, WordList main, WordList? filler)
    {
        // Two ways to have come to each place: with a main word behind, or fillers alone.
        var with = new bool[text.Length + 1];
        var without = new bool[text.Length + 1];
        without[0] = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (!with[i] && !without[i])
                continue;
            if (!char.IsLetterOrDigit(text[i]))
                (with[i + 1], without[i + 1]) = (with[i + 1] || with[i], without[i + 1] || without[i]);
            if (main.At(text, i) is > 0 and var m)
                with[i + m] = true;
            if (filler?.At(text, i) is > 0 and var f)
                (with[i + f], without[i + f]) = (with[i + f] || with[i], without[i + f] || without[i]);
        }

        return with[^1];
    }

    private bool? Declining()
    {
        if (Covered(StaffWords.Bare, StaffWords.Filler) || Stands(StaffWords.Firm))
            return true;
        return Stands(StaffWords.Soft) ? false : null;
    }

    /// <summary>One of the words stands there and is not denied.</summary>
    private bool Stands(WordList words)
    {
        var (at, length) = words.Find(Plain);
        for (; at >= 0; (at, length) = words.Find(Plain, at + length))
        {
            if (!IsDenied(at))
                return true;
        }

        return false;
    }

    private bool IsDenied(int at)
    {
        for (var i = Math.Max(0, at - 8); i < at; i++)
        {
            var end = i + StaffWords.Not.At(Plain, i);
            if (end > i && end <= at && string.IsNullOrWhiteSpace(Plain[end..at]))
                return true;
        }

        return false;
    }

    /// <summary>A denial that has work or its result close behind it; in English anywhere.</summary>
    private bool DeniesWork()
    {
        var (at, length) = StaffWords.Not.Find(Plain);
        for (; at >= 0; (at, length) = StaffWords.Not.Find(Plain, at + length))
        {
            if (char.IsAsciiLetter(Plain[at]) || EndsDone(at))
                return true;
            for (var i = at + length; i < Math.Min(Plain.Length, at + length + Near); i++)
            {
                if (StaffWords.Verb.At(Plain, i) > 0 || StaffWords.Done.At(Plain, i) > 0)
                    return true;
            }
        }

        return false;
    }

    /// <summary>A result ends here, and is denied by what follows: 完成不了.</summary>
    private bool EndsDone(int at)
    {
        for (var i = Math.Max(0, at - Near); i < at; i++)
        {
            if (StaffWords.Done.At(Plain, i) is > 0 and var length && i + length == at)
                return true;
        }

        return false;
    }

    /// <summary>The result stands behind a word that makes it one to come: 能修好了, to be fixed.</summary>
    private static bool IsToCome(string work)
    {
        for (var i = 0; i < work.Length; i++)
        {
            if (StaffWords.Done.At(work, i) is > 0 and var done)
            {
                i += done - 1;
                continue;
            }

            if (StaffWords.Modal.At(work, i) is not (> 0 and var length))
                continue;
            for (var j = i + length; j < Math.Min(work.Length, i + length + 3); j++)
            {
                if (StaffWords.Done.At(work, j) > 0)
                    return true;
            }
        }

        return false;
    }

    private bool EndsIn(WordList words)
    {
        for (var i = Math.Max(0, Text.Length - 8); i < Text.Length; i++)
        {
            if (words.At(Text, i) is > 0 and var length && i + length == Text.Length)
                return true;
        }

        return false;
    }
}
