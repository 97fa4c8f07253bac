using CustomerComm.App.Classification;

namespace CustomerComm.Testing;

/// <summary>
/// A classifier that hears a danger in a word of fire and nowhere else: tests of what becomes of a danger must not move
/// with what the real one has learnt.
/// </summary>
public sealed class DangerWords : Classifier
{
    private static readonly string[] s_words = ["着火", "起火", "Fire"];

    /// <inheritdoc/>
    public override Suggestion Classify(string text) => base.Classify(text) with
    {
        Danger = s_words.Any(w => text.Contains(w, StringComparison.Ordinal)),
    };
}
