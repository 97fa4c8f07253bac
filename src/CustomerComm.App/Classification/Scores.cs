using CustomerComm.Domain;

namespace CustomerComm.App.Classification;

/// <summary>What the terms of one text add up to.</summary>
internal sealed class Scores
{
    /// <summary>Points of one unit of weight; each further mention of the same term counts half.</summary>
    public const int Unit = 8;

    /// <summary>From this weight on a danger is urgent whatever the circumstances.</summary>
    public const int GreatDanger = 4;

    /// <summary>From here on it is major: two of repeated, unanswered, long, many homes, or one of them grave.</summary>
    public const int GreatBurden = 4;

    // Someone accused outweighs the matter, however the matter is put.
    private const int AgainstManager = 24;
    private const int OpeningFactor = 5;
    private const int OpeningLimit = 80;

    // Somebody put it out, or got them out.
    private const int Rescued = 2;

    // Nobody in danger writes so much.
    private const int Letter = 150;

    private readonly Lexicon _lexicon;
    private readonly int[] _sums = new int[Slot.Count];
    private readonly int[] _greatest = new int[Slot.Count];
    private readonly int[] _first = new int[Slot.Count];
    private readonly bool _isLetter;
    private int _accusations;
    private ulong _denied;
    private readonly Dictionary<int, (Hit First, int Mentions, int Points)> _terms = [];

    public Scores(Lexicon lexicon, ReadOnlySpan<char> chars)
    {
        _lexicon = lexicon;
        _isLetter = chars.Length > Letter;
        var hits = new Hits(lexicon, chars);
        Ordered = hits.Ordered;
        var opening = Opening(chars);
        for (var i = 0; i < hits.All.Length; i++)
            Add(hits, i, opening);

        // Whoever writes to the company means its people, unless the matter lies outside it.
        var company = Greatest(Hint.Company) > 0 || Of(Category.Other) == 0;
        for (var i = 0; i < hits.All.Length; i++)
            AddManager(hits, i, company, opening);
    }

    /// <summary>A great danger of which its own sentence says that it is there this moment.</summary>
    public bool DangerNow { get; private set; }

    /// <summary>
    /// Somebody is in danger this minute: must not wait as long as a major complaint may take. Where it is over, or
    /// praised, or somebody was hurt and a letter is written about it, or it went on for long, the danger is told of.
    /// </summary>
    public bool InDanger => DangerNow
        ? !IsPraised
        : Greatest(Hint.Danger) >= GreatDanger && !IsToldOf;

    private bool IsPraised => (Of(Nature.Praise) > 0 && Of(Hint.Over) > 0)
        || (Of(Hint.Thanks) > 0 && Greatest(Hint.Over) >= Rescued);

    private bool IsToldOf => IsPraised
        || (Greatest(Hint.Injury) > 0 && (_isLetter || Of(Hint.Over) > 0))
        || (_isLetter && Of(Hint.Over) > 0 && Of(Hint.Now) == 0)
        || (Burden >= GreatBurden && (_isLetter || Greatest(Hint.Long) > 0));

    /// <summary>How often, how long and for how many it went on unanswered.</summary>
    public int Burden => Greatest(Hint.Repeated) + Greatest(Hint.Unanswered) + Greatest(Hint.Long)
        + Greatest(Hint.ManyHomes);

    /// <summary>A manager is named, and nothing is said against him.</summary>
    public bool Mentions { get; private set; }

    /// <summary>A manager is talked to: 向物业经理反映.</summary>
    public bool SpokenTo { get; private set; }

    /// <summary>Where a term stands that the text says is not so.</summary>
    public List<Hit> DeniedTerms { get; } = [];

    /// <summary>The sentences, counted by the signs that end one, that speak to the system and not to people.</summary>
    public IReadOnlySet<int> Ordered { get; }

    /// <summary>The terms found, in the order of the text, without what is denied.</summary>
    public List<Hit> Terms { get; } = [];

    public int this[int slot] => _sums[slot];

    /// <summary>Characters of greetings and thanks.</summary>
    public int Polite { get; private set; }

    /// <summary>All that the text says of it is that it is not so.</summary>
    public bool IsDenied(Category category) =>
        (_denied & (1UL << Slot.Of(category))) != 0 && Of(category) == 0;

    public int Of(Category category) => _sums[Slot.Of(category)];

    public int Of(Nature kind) => _sums[Slot.Of(kind)];

    public int Of(Hint hint) => _sums[Slot.Of(hint)];

    /// <summary>Where in the text the first word stands that speaks for it.</summary>
    public int FirstOf(Category category) => _first[Slot.Of(category)];

    /// <summary>The greatest single weight, however often it was said.</summary>
    public int Greatest(Hint hint) => _greatest[Slot.Of(hint)];

    /// <summary>The first mention of each term that speaks for one of the slots, strongest first.</summary>
    public IEnumerable<Hit> Evidence(ulong slots, int limit) =>
        _terms.Where(t => t.Value.Points > 0 && _lexicon[t.Key].SpeaksFor(slots))
            .OrderByDescending(t => t.Value.Points)
            .ThenBy(t => t.Value.First.Start)
            .Take(limit)
            .Select(t => t.Value.First);

    private static bool IsGravity(int slot) => slot == Slot.Of(Hint.Danger) || slot == Slot.Of(Hint.Injury);

    // The subject, or a first line that stands for one, says what the writer thinks it is about.
    private static int Opening(ReadOnlySpan<char> chars)
    {
        var line = chars.IndexOf('\n');
        return line > 0 && line <= OpeningLimit ? line : 0;
    }

    private void Add(Hits hits, int index, int opening)
    {
        var hit = hits.All[index];
        var term = _lexicon[hit.Term];
        if (hits.Denied(index))
        {
            DeniedTerms.Add(hit);
            foreach (var (slot, _) in term.Effects)
                _denied |= 1UL << slot;
            return;
        }

        Terms.Add(hit);
        var seen = _terms.GetValueOrDefault(hit.Term, (First: hit, Mentions: 0, Points: 0));
        var scale = (Unit >> Math.Min(seen.Mentions, 4)) * (hit.Start < opening ? OpeningFactor : 1);
        var points = 0;
        foreach (var (slot, weight) in term.Effects)
        {
            var gravity = IsGravity(slot);
            if (gravity && hits.Hypothetical(index))
                continue;
            var add = weight * scale;
            points = Math.Max(points, add);
            if (_sums[slot] == 0)
                _first[slot] = hit.Start;
            _sums[slot] += add;
            _greatest[slot] = Math.Max(_greatest[slot], weight);
            DangerNow |= slot == Slot.Of(Hint.Danger) && weight >= GreatDanger && hits.HappensNow(hit);
        }

        if (term.Is(Hint.Thanks) || term.SpeaksFor(1UL << Slot.Of(Nature.Greeting)))
            Polite += hit.End - hit.Start;
        _terms[hit.Term] = (seen.First, seen.Mentions + 1, seen.Points + points);
    }

    private void AddManager(Hits hits, int index, bool company, int opening)
    {
        var hit = hits.All[index];
        var term = _lexicon[hit.Term];
        var named = term.Is(Hint.Manager) || (term.Is(Hint.Title) && company);
        if (!named || !hits.Accused(index))
        {
            Mentions |= term.Is(Hint.Manager) || term.Is(Hint.Title);
            SpokenTo |= named && hits.SpokenTo(index);
            return;
        }

        var seen = _terms.GetValueOrDefault(hit.Term, (First: hit, Mentions: 0, Points: 0));
        var points = AgainstManager * Unit * (hit.Start < opening ? OpeningFactor : 1) >> Math.Min(_accusations++, 4);
        if (Of(Category.AgainstManager) == 0)
            _first[Slot.Of(Category.AgainstManager)] = hit.Start;
        _sums[Slot.Of(Category.AgainstManager)] += points;
        _terms[hit.Term] = seen with { Points = seen.Points + points };
    }
}
