using System.ComponentModel.DataAnnotations;

namespace CustomerComm.Local;

/// <summary>Settings of the one-process host alone, section <c>CustomerComm</c>.</summary>
public sealed record LocalOptions : IValidatableObject
{
    /// <summary>Where everything is kept; created when missing. Default <c>data</c> in the working directory.</summary>
    [Required(ErrorMessage = "give the directory to keep everything in.")]
    public string DataDirectory { get; set; } = "data";

    /// <summary>
    /// Where complaints, rows and keys are kept: <c>sqlite</c> (in the data directory, the default) or <c>tables</c> (in the
    /// account of section <c>Storage</c>).
    /// </summary>
    [AllowedValues("sqlite", "tables", ErrorMessage = "must be sqlite or tables.")]
    public string Store { get; set; } = "sqlite";

    /// <summary>
    /// Where the ledger's anchors are published: <c>files</c> (in the data directory, the default) or, with store
    /// <c>tables</c>, <c>blobs</c>: container <c>anchors</c> of the account, which is to have an immutability policy.
    /// </summary>
    [AllowedValues("files", "blobs", ErrorMessage = "must be files or blobs.")]
    public string Anchors { get; set; } = "files";

    /// <summary>Seeds the demo company where there is no company file yet, and shows the phone simulator.</summary>
    public bool Demo { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Anchors == "blobs" && Store != "tables")
            yield return new ValidationResult("blobs need the store tables.", [nameof(Anchors)]);
    }
}
