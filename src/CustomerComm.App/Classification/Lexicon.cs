using System.Globalization;
using System.Reflection;
using CustomerComm.Domain;

namespace CustomerComm.App.Classification;

/// <summary>What a term tells besides category and kind; <c>kinds.zh.tsv</c> says what each means.</summary>
internal enum Hint
{
    Nothing,
    Blame,
    Ask,
    Defect,
    Thanks,
    Deny,
    Maybe,
    Danger,
    Now,
    Injury,
    Repeated,
    Unanswered,
    Long,
    ManyHomes,
    Manager,
    Title,
    Company,
    Toward,
    Accuse,
    Order,
    Over,
}

/// <summary>
/// Places of categories, kinds and hints in one row of scores, whatever order and numbers their enums have; at most 64,
/// one a bit.
/// </summary>
internal static class Slot
{
    private static readonly int[] s_categories = Places<Category>(0);
    private static readonly int[] s_kinds = Places<Nature>(s_categories.Max() + 1);
    private static readonly int[] s_hints = Places<Hint>(s_kinds.Max() + 1);

    public static int Count { get; } = s_hints.Max() + 1;

    public static int Of(Category category) => s_categories[(int)category];

    public static int Of(Nature kind) => s_kinds[(int)kind];

    public static int Of(Hint hint) => s_hints[(int)hint];

    // Looked up by an enum's number, which need be neither gapless nor in order.
    private static int[] Places<TEnum>(int first)
        where TEnum : struct, Enum
    {
        var numbers = Enum.GetValues<TEnum>().Select(v => Convert.ToInt32(v, CultureInfo.InvariantCulture)).ToList();
        var places = new int[numbers.Max() + 1];
        foreach (var (at, number) in numbers.Index())
            places[number] = first + at;
        return places;
    }
}

/// <summary>How much a term speaks for the category, kind or hint in a slot.</summary>
internal readonly record struct Effect(int Slot, int Weight);

/// <summary>One term: what it tells, and how it has to stand in the text.</summary>
internal sealed record Term(string Text, Effect[] Effects, bool Deniable, bool Open)
{
    private readonly ulong _slots = Effects.Aggregate(0UL, (all, e) => all | (1UL << e.Slot));

    /// <summary>Reproaches someone, if a person is named beside it.</summary>
    public bool Accuses => Is(Hint.Accuse) || (Is(Hint.Blame) && SpeaksFor(1UL << Slot.Of(Category.StaffAttitude)));

    public bool Is(Hint hint) => (_slots & (1UL << Slot.Of(hint))) != 0;

    /// <summary>Speaks for one of the slots, each a bit.</summary>
    public bool SpeaksFor(ulong slots) => Effects.Any(e => e.Weight > 0 && (slots & (1UL << e.Slot)) != 0);
}

/// <summary>The terms of the embedded data files in a tree that is walked once from every place of a text.</summary>
internal sealed class Lexicon
{
    public const string Folder = "Classification.";

    private readonly Term[] _terms;
    private readonly int[] _roots = new int[char.MaxValue + 1];
    private readonly Node[] _nodes;

    private Lexicon(Term[] terms)
    {
        _terms = terms;
        var tree = new Branch();
        for (var i = 0; i < _terms.Length; i++)
        {
            var branch = tree;
            foreach (var c in _terms[i].Text)
            {
                if (!branch.Next.TryGetValue(c, out var next))
                    branch.Next[c] = next = new Branch();
                branch = next;
            }

            branch.Term = i;
        }

        var nodes = new List<Node> { new(-1, [], []) };
        foreach (var (c, branch) in tree.Next)
            _roots[c] = Flatten(branch, nodes);
        _nodes = [.. nodes];
    }

    public static Lexicon Shared { get; } = new(Read());

    public int Count => _terms.Length;

    public Term this[int term] => _terms[term];

    /// <summary>The longest term that begins at a place, or -1; <paramref name="end"/> is behind it.</summary>
    public int Longest(ReadOnlySpan<char> chars, int start, out int end)
    {
        end = start;
        var found = -1;
        var node = _roots[chars[start]];
        if (node == 0 || (start > 0 && InsideWord(chars[start - 1], chars[start])))
            return found;
        for (var i = start + 1; node != 0; i++)
        {
            ref readonly var here = ref _nodes[node];
            var term = here.Term;
            if (term >= 0 && Closes(chars, i, _terms[term].Open, out var close))
            {
                found = term;
                end = close;
            }

            node = i < chars.Length ? here.Child(chars[i]) : 0;
        }

        return found;
    }

    /// <summary>The lines of an embedded data file without comments.</summary>
    public static IEnumerable<string> Lines(string file)
    {
        var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + file)
            ?? throw new InvalidOperationException($"The embedded data file {file} is missing.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                yield return line;
        }
    }

    // Digits may come before a term ("300户"), letters never.
    private static bool InsideWord(char before, char first) =>
        first is >= 'a' and <= 'z' && TextFold.IsWordLetter(before);

    // A term that ends in a letter must end the word, unless it is open.
    private static bool Closes(ReadOnlySpan<char> chars, int at, bool open, out int end)
    {
        end = at;
        if (!TextFold.IsWordLetter(chars[at - 1]))
            return true;
        while (end < chars.Length && TextFold.IsWordLetter(chars[end]))
            end++;
        return open || end == at;
    }

    private static Term[] Read()
    {
        var terms = new Dictionary<string, Term>(StringComparer.Ordinal);
        foreach (var line in Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && n.EndsWith(".tsv", StringComparison.Ordinal))
            .SelectMany(n => Lines(n[Folder.Length..])))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var effects = line[..tab].Split(' ').Select(ReadEffect).ToArray();
            foreach (var written in line[(tab + 1)..].Split(", "))
            {
                var text = TextFold.OfTerm(written.Trim('~', '*', ' '));
                // A term listed under several heads has all their effects; of the same effect the greater weight.
                var all = terms.TryGetValue(text, out var known) ? known.Effects.Concat(effects) : effects;
                terms[text] = new Term(
                    text,
                    [.. all.GroupBy(e => e.Slot).Select(g => g.MaxBy(e => e.Weight))],
                    written[0] == '~' || known is { Deniable: true },
                    written[^1] == '*' || known is { Open: true });
            }
        }

        return [.. terms.Values];
    }

    private static Effect ReadEffect(string written)
    {
        var parts = written.Split('=');
        var weight = int.Parse(parts[1], CultureInfo.InvariantCulture);
        return Enum.TryParse<Category>(parts[0], out var category) ? new Effect(Slot.Of(category), weight)
            : Enum.TryParse<Nature>(parts[0], out var kind) ? new Effect(Slot.Of(kind), weight)
            : new Effect(Slot.Of(Enum.Parse<Hint>(parts[0])), weight);
    }

    // Children come before their parent, so that 0 can mean none.
    private static int Flatten(Branch branch, List<Node> nodes)
    {
        var keys = branch.Next.Keys.Order().ToArray();
        var children = keys.Select(c => Flatten(branch.Next[c], nodes)).ToArray();
        nodes.Add(new Node(branch.Term, keys, children));
        return nodes.Count - 1;
    }

    private readonly record struct Node(int Term, char[] Keys, int[] Children)
    {
        public int Child(char c)
        {
            var i = Keys.AsSpan().IndexOf(c);
            return i < 0 ? 0 : Children[i];
        }
    }

    private sealed class Branch
    {
        public Dictionary<char, Branch> Next { get; } = [];

        public int Term { get; set; } = -1;
    }
}
