using System.ComponentModel.DataAnnotations;

namespace CustomerComm.Local;

/// <summary>
/// Where the one-process host keeps what makes its ledger checkable from outside, section <c>CustomerComm:Witness</c>:
/// never in the data directory, for whoever can write that must not be able to sign.
/// </summary>
public sealed record LocalWitnessOptions : IValidatableObject
{
    /// <summary>
    /// PEM file of the key that signs the roots; default <c>anchor.key</c> in a folder beside the data directory, named
    /// after it with <c>-witness</c>.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>
    /// A program that signs instead, with its arguments after blanks: data on its standard input, signature in base64 on
    /// its output.
    /// </summary>
    public string? SignCommand { get; set; }

    /// <summary>With it: PEM file of the public half of the key that it signs with.</summary>
    public string? PublicKey { get; set; }

    /// <summary>File that every day's line is written to; default <c>roots.jsonl</c> in the same folder as the key.</summary>
    public string File { get; set; } = "";

    /// <summary>Full path of the data directory, which none of them may lie in.</summary>
    internal string DataDirectory { get; private set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SignCommand is { Length: > 0 } && PublicKey is not { Length: > 0 })
            yield return new ValidationResult("give the public half of the key that SignCommand uses.", [nameof(PublicKey)]);
        foreach (var (name, path) in new[] { (nameof(Key), Key), (nameof(File), File) })
        {
            if (path.StartsWith(DataDirectory + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                yield return new ValidationResult(
                    "must lie outside the data directory: whoever can write the ledger must not be able to sign its roots.",
                    [name]);
            }
        }
    }

    /// <summary>Puts in what is not set, beside the data directory.</summary>
    internal void Complete(string dataDirectory)
    {
        DataDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataDirectory));
        Key = Path.GetFullPath(Key.Length > 0 ? Key : Path.Combine(DataDirectory + "-witness", "anchor.key"));
        File = Path.GetFullPath(File.Length > 0 ? File : Path.Combine(DataDirectory + "-witness", "roots.jsonl"));
    }
}
