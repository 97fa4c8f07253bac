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
/// Leaves out each writer in turn: a model that learnt from the others answers the texts of the one left out, since
/// texts of one hand are more alike than those of two residents.
/// </summary>
internal static class CrossValidation
{
    private static readonly Thresholds s_open = new(1, 0, 0.5f, 0.5f, 0.5f, 0, 0, 0);

    /// <summary>One trial for each text, in the order of the texts; <paramref name="progress"/> hears of each batch.</summary>
    public static List<Trial> Run(
        IReadOnlyList<LabelledText> texts, Effort effort, Action<string>? progress = null, CancellationToken ct = default)
    {
        var trials = new List<Trial>();
        foreach (var batch in texts.GroupBy(t => t.Batch, StringComparer.Ordinal))
        {
            ct.ThrowIfCancellationRequested();
            var others = texts.Where(t => t.Batch != batch.Key).ToList();
            if (others.Count == 0)
                throw new InvalidDataException("Leaving out one writer needs texts of two: two files at least.");
            var model = new Trainer(effort).Learn(others, s_open);
            trials.AddRange(batch.Select(t => Try(model, t)));
            progress?.Invoke($"{batch.Key}: {batch.Count()} texts left out, learnt from {others.Count}");
        }

        return trials;
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
