using System.Reflection;
using System.Runtime.InteropServices;
using CustomerComm.Domain;

namespace CustomerComm.App.Classification;

/// <summary>What a model answers; <see cref="Concern"/> says of each category by itself whether it is raised.</summary>
internal enum Head
{
    Category,
    Concern,
    Kind,
    Severity,
    Danger,
}

/// <summary>
/// Where a model's answer turns: found by leaving out one writer after another, and kept in the model's file.
/// </summary>
/// <param name="Temperature">Divides the logits of the category, so that 0.8 is right in four of five.</param>
/// <param name="Unsure">A category less likely than this is for a person to decide.</param>
/// <param name="Concern">A further category at least this likely is raised.</param>
/// <param name="Danger">At least this likely somebody is in danger.</param>
/// <param name="Major">At least this likely it is major, if nobody is in danger now.</param>
/// <param name="Complaint">Taken off a complaint's logit: most texts are one, so it would be said too readily.</param>
/// <param name="ShortList">How much the list of terms has a say in the category of a short text.</param>
/// <param name="LongList">The same of a long text.</param>
internal sealed record Thresholds(
    float Temperature, float Unsure, float Concern, float Danger, float Major, float Complaint, float ShortList,
    float LongList);

/// <summary>
/// The learnt part of the classifier: linear heads over one vocabulary, weights in one byte each. Immutable; one copy
/// serves all threads. <c>train</c> writes the file; docs/classifier.md says how.
/// </summary>
internal sealed class Model
{
    /// <summary>The file's name among the data files.</summary>
    public const string FileName = "model.bin";

    private const uint Magic = 0x314D4343;
    private const int FingerprintLength = 32;

    private static readonly int[] s_sizes =
    [
        Enum.GetValues<Category>().Length, Enum.GetValues<Category>().Length, Enum.GetValues<Nature>().Length,
        Enum.GetValues<Severity>().Length, 1,
    ];

    private readonly sbyte[] _weights;
    private readonly float[] _scales;
    private readonly float[] _biases;

    /// <param name="fingerprint">SHA-256 of what it was learnt from.</param>
    /// <param name="vocabulary">The features, one row of weights each.</param>
    /// <param name="thresholds">Where its answers turn.</param>
    /// <param name="weights">Row by row of the vocabulary, <see cref="Width"/> each.</param>
    /// <param name="scales">What one step of a weight is worth, by column.</param>
    /// <param name="biases">By column.</param>
    public Model(
        byte[] fingerprint, Vocabulary vocabulary, Thresholds thresholds, sbyte[] weights, float[] scales, float[] biases)
    {
        Fingerprint = fingerprint;
        Vocabulary = vocabulary;
        Thresholds = thresholds;
        (_weights, _scales, _biases) = (weights, scales, biases);
    }

    /// <summary>The columns of all heads.</summary>
    public static int Width { get; } = s_sizes.Sum();

    /// <summary>The model that comes with the product, read when it is first asked for.</summary>
    public static Model Shared => Embedded.Model;

    public IReadOnlyList<byte> Fingerprint { get; }

    public Vocabulary Vocabulary { get; }

    public Thresholds Thresholds { get; }

    public static int Size(Head head) => s_sizes[(int)head];

    /// <summary>The first column of a head.</summary>
    public static int Start(Head head) => s_sizes[..(int)head].Sum();

    /// <summary>The columns of a text: a head's outcome is the more likely the greater.</summary>
    public float[] Logits(List<Weighed> vector, Features features)
    {
        var sums = new float[Width];
        foreach (var (index, value) in vector)
        {
            var row = _weights.AsSpan(index * Width, Width);
            for (var i = 0; i < row.Length; i++)
                sums[i] += row[i] * value;
        }

        for (var i = 0; i < sums.Length; i++)
            sums[i] = (sums[i] * _scales[i]) + _biases[i];
        var say = features.IsLong ? Thresholds.LongList : Thresholds.ShortList;
        for (var i = 0; i < features.List.Length; i++)
            sums[Start(Head.Category) + i] += say * features.List[i];
        sums[Start(Head.Kind) + (int)Nature.Complaint] -= Thresholds.Complaint;
        return sums;
    }

    /// <summary>What one whole unit of a feature adds to a column, beside the mean over its head.</summary>
    public float Weight(int index, Head head, int outcome)
    {
        var (start, size) = (Start(head), Size(head));
        var row = _weights.AsSpan(index * Width, Width);
        var mean = 0f;
        for (var i = start; i < start + size; i++)
            mean += row[i] * _scales[i] / size;
        return (row[start + outcome] * _scales[start + outcome]) - (size > 1 ? mean : 0);
    }

    /// <summary>How likely each outcome of a head is; they add up to 1.</summary>
    public static float[] Shares(ReadOnlySpan<float> logits, float temperature)
    {
        var shares = new float[logits.Length];
        var most = float.MinValue;
        foreach (var logit in logits)
            most = Math.Max(most, logit);
        var sum = 0f;
        for (var i = 0; i < shares.Length; i++)
            sum += shares[i] = MathF.Exp((logits[i] - most) / temperature);
        for (var i = 0; i < shares.Length; i++)
            shares[i] /= sum;
        return shares;
    }

    /// <summary>How likely the outcome of a column that stands by itself is.</summary>
    public static float Likely(float logit) => 1 / (1 + MathF.Exp(-logit));

    /// <summary>The same weights with other thresholds.</summary>
    public Model With(Thresholds thresholds) =>
        new([.. Fingerprint], Vocabulary, thresholds, _weights, _scales, _biases);

    /// <summary>Reads a file written by <see cref="Write"/>; throws <see cref="InvalidDataException"/> for any other.</summary>
    public static Model Read(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Width)
            throw new InvalidDataException("This is no model of this version; write it anew with the command train.");
        var fingerprint = reader.ReadBytes(FingerprintLength);
        var thresholds = new Thresholds(
            reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(),
            reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle());
        var count = reader.ReadInt32();
        var hashes = Many<uint>(reader, count);
        var rarity = Many<Half>(reader, count);
        var vocabulary = new Vocabulary(hashes, rarity);
        return new Model(
            fingerprint, vocabulary, thresholds, Many<sbyte>(reader, count * Width), Many<float>(reader, Width),
            Many<float>(reader, Width));
    }

    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Width);
        writer.Write([.. Fingerprint]);
        foreach (var number in new[]
            {
                Thresholds.Temperature, Thresholds.Unsure, Thresholds.Concern, Thresholds.Danger, Thresholds.Major,
                Thresholds.Complaint, Thresholds.ShortList, Thresholds.LongList,
            })
            writer.Write(number);
        writer.Write(Vocabulary.Count);
        for (var i = 0; i < Vocabulary.Count; i++)
            writer.Write(Vocabulary[i]);
        for (var i = 0; i < Vocabulary.Count; i++)
            writer.Write(Vocabulary.Rarity(i));
        writer.Write(MemoryMarshal.AsBytes(_weights.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_scales.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_biases.AsSpan()));
    }

    private static T[] Many<T>(BinaryReader reader, int count)
        where T : unmanaged
    {
        var all = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(all.AsSpan()));
        return all;
    }

    private static Stream Resource() =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream(Lexicon.Folder + FileName)
            ?? throw new InvalidOperationException("The model is missing; write it with the command train.");

    // Apart, so that training needs no model.
    private static class Embedded
    {
        public static readonly Model Model = Read(Resource());
    }
}
