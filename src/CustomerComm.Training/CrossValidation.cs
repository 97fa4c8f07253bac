using CustomerComm.App.Classification;

namespace CustomerComm.Training;

/// <summary>What a model that never saw any text of its writer answers to a text.</summary>
/// <param name="Text">The text and what is right.</param>
/// <param name="Model">Learnt from the others.</param>
/// <param name="Logits">Without the list's say.</param>
/// <param name="Features">What the text shows.</param>
internal sealed record Trial(LabelledText Text, Model Model, float[] Logits, Features Features)
{
    public ReadOnlySpan<float> Of(Head head) => Logits.AsSpan(Model.Start(head), Model.Size(head));

    /// <summary>The logits of the category where the list has a say.</summary>
    public float[] Category(float shortList, float longList)
    {
        var logits = Of(Head.Category).ToArray();
        for (var i = 0; i < logits.Length; i++)
            logits[i] += (Features.IsLong ? longList : shortList) * Features.List[i];
        return logits;
    }
}

/// <summary>
/// Leaves out writers in turn, several together where there are many: a model that learnt from the others answers the texts
/// of those left out, since texts of one hand are more alike than those of two residents.
/// </summary>
internal static class CrossValidation
{
    // More turns would leave out fewer at a time and take as many times longer.
    private const int Turns = 6;

    private static readonly Thresholds s_open = new(1, 0, 0.5f, 0.5f, 0.5f, 0, 0, 0);

    /// <summary>One trial for each text, in the order of the texts; <paramref name="progress"/> hears of each batch.</summary>
    public static List<Trial> Run(
        IReadOnlyList<LabelledText> texts, Effort effort, Action<string>? progress = null, CancellationToken ct = default)
    {
        var writers = texts.Select(t => t.Batch).Distinct(StringComparer.Ordinal).ToList();
        if (writers.Count < 2)
            throw new InvalidDataException("Leaving out one writer needs texts of two: two files at least.");
        var turns = Math.Min(Turns, writers.Count);
        var trials = new Dictionary<LabelledText, Trial>(ReferenceEqualityComparer.Instance);
        // Each turn is one thread's work and depends on no other, so the outcome is the same however many run at once.
        Parallel.For(
            0, turns, new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount },
            turn =>
            {
                var left = writers.Where((_, i) => i % turns == turn).ToHashSet(StringComparer.Ordinal);
                var others = texts.Where(t => !left.Contains(t.Batch)).ToList();
                var model = new Trainer(effort).Learn(others, s_open);
                var tried = texts.Where(t => left.Contains(t.Batch)).Select(t => Try(model, t)).ToList();
                lock (trials)
                {
                    foreach (var trial in tried)
                        trials.Add(trial.Text, trial);
                    progress?.Invoke(
                        $"{string.Join(", ", left.Order(StringComparer.Ordinal))}: {tried.Count} texts left out, learnt from {others.Count}");
                }
            });
        return [.. texts.Select(t => trials[t])];
    }

    private static Trial Try(Model model, LabelledText text)
    {
        var features = Trainer.FeaturesOf(text.Text);
        return new Trial(text, model, model.Logits(model.Vocabulary.Weigh(features), features), features);
    }

    /// <summary>What the classifier suggests for each text with the given thresholds.</summary>
    public static List<(LabelledText Text, Suggestion Suggestion)> Suggest(
        IReadOnlyList<Trial> trials, Thresholds thresholds)
    {
        var all = new List<(LabelledText, Suggestion)>(trials.Count);
        foreach (var byModel in trials.GroupBy(t => t.Model))
        {
            var classifier = new Classifier(byModel.Key.With(thresholds));
            all.AddRange(byModel.Select(t => (t.Text, classifier.Classify(t.Text.Text))));
        }

        return all;
    }
}
