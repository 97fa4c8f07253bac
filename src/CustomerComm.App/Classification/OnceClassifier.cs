using System.Collections.Concurrent;

namespace CustomerComm.App.Classification;

/// <summary>
/// Remembers what it was asked: whoever takes one message in may ask for the same words at several places, and they are
/// classified once. For one message; it is never emptied.
/// </summary>
public sealed class OnceClassifier(Classifier classifier) : Classifier
{
    private readonly ConcurrentDictionary<string, Suggestion> _known = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override Suggestion Classify(string text) => _known.GetOrAdd(text, classifier.Classify);
}
