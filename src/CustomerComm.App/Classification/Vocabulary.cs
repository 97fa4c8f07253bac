using System.Numerics;

namespace CustomerComm.App.Classification;

/// <summary>
/// The features a model knows, by hash, and how rare each is among the texts it learnt from. Turns the features of a
/// text into numbers. Immutable.
/// </summary>
internal sealed class Vocabulary
{
    // The subject or first sentence says what the writer thinks it is about.
    private const float OpeningWeight = 2;

    private readonly uint[] _hashes;
    private readonly float[] _rarity;
    private readonly int[] _table;
    private readonly uint _mask;

    /// <param name="hashes">All different.</param>
    /// <param name="rarity">Of each the inverse frequency among texts; as it is stored, in half precision.</param>
    public Vocabulary(uint[] hashes, Half[] rarity)
    {
        _hashes = hashes;
        _rarity = [.. rarity.Select(r => (float)r)];
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, hashes.Length * 2));
        _mask = size - 1;
        _table = new int[size];
        for (var i = 0; i < hashes.Length; i++)
        {
            var at = hashes[i] & _mask;
            while (_table[at] != 0)
                at = (at + 1) & _mask;
            _table[at] = i + 1;
        }
    }

    public int Count => _hashes.Length;

    public uint this[int index] => _hashes[index];

    public Half Rarity(int index) => (Half)_rarity[index];

    /// <summary>The place of a feature, or -1.</summary>
    public int Find(uint hash)
    {
        var at = hash & _mask;
        while (_table[at] != 0)
        {
            if (_hashes[_table[at] - 1] == hash)
                return _table[at] - 1;
            at = (at + 1) & _mask;
        }

        return -1;
    }

    /// <summary>
    /// The numbers of a text by place. The parts of a long text weigh alike however long each is, so that one sentence
    /// that says it is not drowned by the background; the opening weighs twice.
    /// </summary>
    public List<Weighed> Weigh(Features features)
    {
        var known = new List<(int Index, int Part)>(features.Grams.Count);
        foreach (var gram in features.Grams)
        {
            if (Find(gram.Hash) is >= 0 and var index)
                known.Add((index, gram.Part));
        }

        var sum = new Dictionary<int, float>(known.Count);
        if (known.Count > 0)
        {
            if (known[^1].Part > known[0].Part)
                Pool(known, sum);
            Add(sum, Tally(known, 0, known.Count), 1);
            Normalise(sum);
        }

        foreach (var signal in features.Signals)
        {
            if (Find(signal.Hash) is >= 0 and var index)
                sum[index] = sum.GetValueOrDefault(index) + signal.Value;
        }

        var all = new List<Weighed>(sum.Count);
        foreach (var (index, value) in sum)
            all.Add(new Weighed(index, value));
        all.Sort(static (a, b) => a.Index.CompareTo(b.Index));
        return all;
    }

    private void Pool(List<(int Index, int Part)> known, Dictionary<int, float> sum)
    {
        for (var start = 0; start < known.Count;)
        {
            var end = start;
            while (end < known.Count && known[end].Part == known[start].Part)
                end++;
            Add(sum, Tally(known, start, end), start == 0 ? OpeningWeight : 1);
            start = end;
        }

        Normalise(sum);
    }

    // Sublinear counts by rarity, of length one.
    private Dictionary<int, float> Tally(List<(int Index, int Part)> known, int start, int end)
    {
        var counts = new Dictionary<int, float>(end - start);
        for (var i = start; i < end; i++)
            counts[known[i].Index] = counts.GetValueOrDefault(known[i].Index) + 1;
        foreach (var index in counts.Keys)
            counts[index] = (1 + MathF.Log(counts[index])) * _rarity[index];
        Normalise(counts);
        return counts;
    }

    private static void Add(Dictionary<int, float> sum, Dictionary<int, float> more, float weight)
    {
        foreach (var (index, value) in more)
            sum[index] = sum.GetValueOrDefault(index) + (weight * value);
    }

    private static void Normalise(Dictionary<int, float> values)
    {
        var length = 0f;
        foreach (var value in values.Values)
            length += value * value;
        if (length == 0)
            return;
        var factor = 1 / MathF.Sqrt(length);
        foreach (var index in values.Keys)
            values[index] *= factor;
    }
}
