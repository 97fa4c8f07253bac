using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Classification;
using CustomerComm.Domain;

namespace CustomerComm.Training;

/// <summary>
/// Makes a model from labelled texts: the same texts give the same model to the byte on the same machine
/// (docs/classifier.md).
/// </summary>
internal sealed class Trainer(Effort effort)
{
    // Keeps the file within 4 MB.
    private const int MostFeatures = 84_000;
    private const int LeastTexts = 2;
    private const int Steps = 127;

    /// <summary>Learns from all texts, with the given thresholds.</summary>
    public Model Learn(IReadOnlyList<LabelledText> texts, Thresholds thresholds)
    {
        if (texts.Count == 0)
            throw new InvalidDataException("There are no labelled texts to learn from.");
        var features = texts.Select(t => FeaturesOf(t.Text)).ToList();
        var vocabulary = VocabularyOf(features);
        var vectors = features.Select(vocabulary.Weigh).ToList();
        var learner = new Learner(vocabulary.Count, effort);
        var columns = new List<Column>();
        columns.AddRange(learner.OneOf(vectors, [.. texts.Select(t => (int)t.Category)], Model.Size(Head.Category)));
        foreach (var category in Enum.GetValues<Category>())
        {
            columns.Add(learner.YesOrNo(
                vectors, [.. texts.Select(t => t.Category == category || t.Also.Contains(category))]));
        }

        columns.AddRange(learner.OneOf(vectors, [.. texts.Select(t => (int)t.Kind)], Model.Size(Head.Kind)));
        columns.AddRange(learner.OneOf(vectors, [.. texts.Select(t => (int)t.Severity)], Model.Size(Head.Severity)));
        columns.Add(learner.YesOrNo(vectors, [.. texts.Select(t => t.Severity == Severity.Urgent)]));
        return Quantise(Fingerprint(texts), vocabulary, thresholds, columns);
    }

    /// <summary>SHA-256 of the texts with their labels and of the term list: a model made of others is another.</summary>
    public static byte[] Fingerprint(IReadOnlyList<LabelledText> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var t in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(
                $"{t.Text}\n{t.Category}\n{string.Join(' ', t.Also)}\n{t.Kind}\n{t.Severity}\n"));
        }

        for (var i = 0; i < Lexicon.Shared.Count; i++)
        {
            var term = Lexicon.Shared[i];
            hash.AppendData(Encoding.UTF8.GetBytes(
                $"{term.Text}\t{string.Join(' ', term.Effects.Select(e => $"{e.Slot}={e.Weight}"))}\n"));
        }

        return hash.GetHashAndReset();
    }

    /// <summary>What a text shows of itself.</summary>
    public static Features FeaturesOf(string text)
    {
        var heard = Heard.Of(Lexicon.Shared, text, new char[text.Length], new int[text.Length]);
        return Features.Of(Lexicon.Shared, heard.Scores, heard.Chars);
    }

    // What one text alone has teaches nothing about others. Of too many the rarest are left out.
    private static Vocabulary VocabularyOf(List<Features> all)
    {
        var texts = new Dictionary<uint, int>();
        var signals = new HashSet<uint>();
        foreach (var features in all)
        {
            foreach (var hash in features.Grams.Select(g => g.Hash).Distinct())
                texts[hash] = texts.GetValueOrDefault(hash) + 1;
            foreach (var signal in features.Signals)
                signals.Add(signal.Hash);
        }

        var grams = texts.Where(t => t.Value >= LeastTexts && !signals.Contains(t.Key))
            .OrderByDescending(t => t.Value).ThenBy(t => t.Key)
            .Take(MostFeatures - signals.Count).OrderBy(t => t.Key).ToList();
        return new Vocabulary(
            [.. grams.Select(g => g.Key), .. signals.Order()],
            [
                .. grams.Select(g => (Half)(1 + Math.Log((1.0 + all.Count) / (1 + g.Value)))),
                .. signals.Select(_ => Half.One),
            ]);
    }

    private static Model Quantise(
        byte[] fingerprint, Vocabulary vocabulary, Thresholds thresholds, List<Column> columns)
    {
        var scales = columns.Select(c => Math.Max(c.Weights.Max(MathF.Abs), 1e-6f) / Steps).ToArray();
        var weights = new sbyte[vocabulary.Count * columns.Count];
        foreach (var (c, column) in columns.Index())
        {
            for (var i = 0; i < vocabulary.Count; i++)
                weights[(i * columns.Count) + c] = (sbyte)MathF.Round(column.Weights[i] / scales[c]);
        }

        return new Model(fingerprint, vocabulary, thresholds, weights, scales, [.. columns.Select(c => c.Bias)]);
    }
}
