using System.Runtime.InteropServices;

namespace CustomerComm.App.Classification;

/// <summary>A term found in the folded text; <paramref name="End"/> is behind its last character.</summary>
internal readonly record struct Hit(int Start, int End, int Term, int Sentence);

/// <summary>The terms found in one text, and what stands around them.</summary>
internal readonly ref struct Hits
{
    // Chinese says it in few characters, English needs more of them.
    private const int ReachAfter = 14;
    private const int ReachBefore = 8;
    private const int Condition = 10;

    private readonly Lexicon _lexicon;
    private readonly ReadOnlySpan<char> _chars;
    private readonly ReadOnlySpan<Hit> _all;
    private readonly HashSet<int> _orders;
    private readonly HashSet<int> _urgencies;

    public Hits(Lexicon lexicon, ReadOnlySpan<char> chars)
    {
        _lexicon = lexicon;
        _chars = chars;
        var found = Find(lexicon, chars);
        _all = CollectionsMarshal.AsSpan(found);
        _orders = [];
        _urgencies = [];
        foreach (var hit in _all)
        {
            if (lexicon[hit.Term].Is(Hint.Order))
                _orders.Add(hit.Sentence);
            if (lexicon[hit.Term].Is(Hint.Now))
                _urgencies.Add(hit.Sentence);
        }
    }

    public ReadOnlySpan<Hit> All => _all;

    /// <summary>The sentences that speak to the system, not to people.</summary>
    public IReadOnlySet<int> Ordered => _orders;

    /// <summary>Its sentence says that it is happening this moment.</summary>
    public bool HappensNow(Hit hit) => _urgencies.Contains(hit.Sentence);

    /// <summary>The term names something the sentence says is not so: 没有漏水, not a complaint.</summary>
    public bool Denied(int index)
    {
        if (!_lexicon[_all[index].Term].Deniable || index == 0)
            return false;
        var before = _all[index - 1];
        return _lexicon[before.Term].Is(Hint.Deny) && Near(before, _all[index], 1);
    }

    /// <summary>The term names something that may happen but has not: 万一着火, might get hurt.</summary>
    public bool Hypothetical(int index)
    {
        var hit = _all[index];
        for (var i = index - 1; i >= 0 && Near(_all[i], hit, Reach(hit, Condition)); i--)
        {
            if (_lexicon[_all[i].Term].Is(Hint.Maybe))
                return true;
        }

        return false;
    }

    /// <summary>
    /// A reproach goes against the manager named here (4.6.1-2-D): after the title in the same sentence, or right
    /// before it. Someone merely spoken to (向物业经理反映) is not accused.
    /// </summary>
    public bool Accused(int index)
    {
        var hit = _all[index];
        if (SpokenTo(index))
            return false;
        for (var i = index - 1; i >= 0 && Near(_all[i], hit, Reach(hit, ReachBefore)); i--)
        {
            if (_lexicon[_all[i].Term].Accuses && !Denied(i))
                return true;
        }

        for (var i = index + 1; i < _all.Length && _all[i].Start - hit.End <= Reach(hit, ReachAfter); i++)
        {
            if (_all[i].Sentence == hit.Sentence && _lexicon[_all[i].Term].Accuses && !Denied(i))
                return true;
        }

        return false;
    }

    /// <summary>The person named here is talked to, not about: 向物业经理反映.</summary>
    public bool SpokenTo(int index) => index > 0 && _lexicon[_all[index - 1].Term].Is(Hint.Toward)
        && Near(_all[index - 1], _all[index], 2);

    private static List<Hit> Find(Lexicon lexicon, ReadOnlySpan<char> chars)
    {
        var found = new List<Hit>(64);
        var sentence = 0;
        var covered = 0;
        for (var i = 0; i < chars.Length; i++)
        {
            if (TextFold.EndsSentence(chars[i]))
                sentence++;
            var term = lexicon.Longest(chars, i, out var end);

            // What lies inside a longer term is part of it: 停车费 is no 停车.
            if (term < 0 || end <= covered)
                continue;
            covered = end;
            found.Add(new Hit(i, end, term, sentence));
        }

        return found;
    }

    private int Reach(Hit hit, int chinese) => TextFold.IsChinese(_chars[hit.Start]) ? chinese : 2 * chinese;

    // Close together, in one clause. Two terms may overlap.
    private bool Near(Hit before, Hit after, int reach)
    {
        var gap = after.Start - before.End;
        if (gap > reach)
            return false;
        for (var i = before.End; i < after.Start; i++)
        {
            if (TextFold.EndsClause(_chars[i]))
                return false;
        }

        return true;
    }
}
