using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Ports;

/// <summary>
/// Another classifier than ours, outside the house. Registered only where the company names one.
/// </summary>
public interface ISecondClassifier
{
    /// <summary>
    /// What it takes the text for; null where it gives no answer in our terms. The text says what happened and not to
    /// whom. Throws whatever goes wrong on the way; whoever asks does not wait long.
    /// </summary>
    Task<SecondOpinion?> AskAsync(string maskedText, CancellationToken ct);
}
