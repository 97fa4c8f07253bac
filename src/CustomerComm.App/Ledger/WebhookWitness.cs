using System.ComponentModel.DataAnnotations;
using System.Text;
using CustomerComm.App.Ports;

namespace CustomerComm.App.Ledger;

/// <summary>Whom to tell besides, section <c>CustomerComm:Witness</c>.</summary>
public sealed record WitnessOptions : IValidatableObject
{
    /// <summary>
    /// Address that every day's line is posted to as JSON, e.g. of the owners' committee's mail or chat; none by default.
    /// </summary>
    public Uri? Webhook { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Webhook is { } hook && !(hook.IsAbsoluteUri && hook.Scheme is "https" or "http"))
            yield return new ValidationResult("must be a whole address, https://….", [nameof(Webhook)]);
    }
}

/// <summary>A witness that takes lines by POST, e.g. of the owners' committee. Any answer from 200 to 299 will do.</summary>
public sealed class WebhookWitness(HttpClient client, Uri address) : IWitness
{
    /// <inheritdoc/>
    public string Name => "webhook";

    /// <inheritdoc/>
    public async Task TellAsync(DateOnly date, string line, CancellationToken ct)
    {
        using var content = new StringContent(line, Encoding.UTF8, "application/json");
        try
        {
            using var answer = await client.PostAsync(address, content, ct).ConfigureAwait(false);
            // The address may hold a secret, so it is not repeated.
            if (!answer.IsSuccessStatusCode)
                throw new IOException($"it answered {(int)answer.StatusCode} to the root of {AnchorLine.Name(date)}");
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new IOException($"it cannot be reached: {e.GetType().Name}", e);
        }
    }
}
