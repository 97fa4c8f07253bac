using CustomerComm.App.Classification;

namespace CustomerComm.Training;

/// <summary>
/// Makes and tries the classifier's model; docs/classifier.md says how, and what came of it.
/// </summary>
public static class ModelTraining
{
    /// <summary>
    /// Learns from all texts, having found the thresholds by leaving out one writer after another, and writes the model.
    /// The same texts give the same file on the same machine. Returns how it did on writers it had not read.
    /// </summary>
    public static string Train(
        IReadOnlyList<LabelledText> texts, Effort effort, Stream output, Action<string>? progress, CancellationToken ct)
    {
        var trials = CrossValidation.Run(texts, effort, progress, ct);
        var thresholds = Tuning.Of(trials);
        progress?.Invoke($"{thresholds}; learning from all {texts.Count} texts");
        new Trainer(effort).Learn(texts, thresholds).Write(output);
        return Report.Of(CrossValidation.Suggest(trials, thresholds));
    }

    /// <summary>How models do that never read any text of the writer of a text.</summary>
    public static string Evaluate(
        IReadOnlyList<LabelledText> texts, Effort effort, Action<string>? progress, CancellationToken ct)
    {
        var trials = CrossValidation.Run(texts, effort, progress, ct);
        return Report.Of(CrossValidation.Suggest(trials, Tuning.Of(trials)));
    }

    /// <summary>How a written model does on labelled texts.</summary>
    public static string Evaluate(Stream model, IEnumerable<LabelledText> texts)
    {
        var classifier = new Classifier(Model.Read(model));
        return Report.Of([.. texts.Select(t => (t, classifier.Classify(t.Text)))]);
    }
}
