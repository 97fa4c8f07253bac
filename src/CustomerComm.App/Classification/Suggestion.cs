using System.Text.Json.Serialization;
using CustomerComm.Domain;

namespace CustomerComm.App.Classification;

/// <summary>
/// What a text seems to be about. It only suggests: the resident or the triage decides (4.6.2-1).
/// </summary>
/// <param name="Category">The chief concern; its department leads.</param>
/// <param name="Also">Further concerns in falling weight, without <paramref name="Category"/>; their departments cooperate (4.6.1-2-F).</param>
/// <param name="Kind">Complaint, enquiry, praise and so on.</param>
/// <param name="Severity">Ordinary, urgent or major.</param>
public sealed record Suggestion(Category Category, IReadOnlyList<Category> Also, Nature Kind, Severity Severity)
{
    /// <summary>Somebody is in danger now: told to people at once, asked about afterwards (4.6.2-6).</summary>
    public bool Danger { get; init; }

    /// <summary>How likely <see cref="Category"/> is right, 0 to 1.</summary>
    public double Confidence { get; init; } = 1;

    /// <summary>
    /// Too likely to be wrong: whoever wrote it is asked, and triage comes before anything is assigned (4.6.2-1).
    /// </summary>
    public bool Unsure { get; init; }

    /// <summary>
    /// The words of the text it went by, as they stand in the text, in falling weight. They are a person's: whoever
    /// keeps a suggestion keeps it without them.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> Because { get; init; } = [];
}
