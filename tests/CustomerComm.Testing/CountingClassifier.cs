using System.Collections.Concurrent;
using CustomerComm.App.Classification;

namespace CustomerComm.Testing;

/// <summary>The classifier, and what it was asked.</summary>
public sealed class CountingClassifier : Classifier
{
    /// <summary>Every text it was asked about, in order.</summary>
    public ConcurrentQueue<string> Texts { get; } = new();

    /// <inheritdoc/>
    public override Suggestion Classify(string text)
    {
        Texts.Enqueue(text);
        return base.Classify(text);
    }
}
