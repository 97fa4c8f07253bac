using System.ComponentModel.DataAnnotations;

namespace CustomerComm.Functions;

/// <summary>Settings of the Azure host alone, section <c>CustomerComm</c>; the README here lists them.</summary>
public sealed record FunctionsSettings
{
    /// <summary>32 random bytes in base64 that all keys are derived from; a Key Vault reference.</summary>
    public string? MasterKey { get; set; }

    /// <summary>
    /// Blob container of <c>company.json</c>, <c>policy.json</c> and, if there is one, <c>catalogue.json</c>; by
    /// default <c>company</c>.
    /// </summary>
    [RegularExpression(
        "[a-z0-9-]{3,63}", ErrorMessage = "must have 3 to 63 lower-case letters, digits and hyphens.")]
    public string CompanyContainer { get; set; } = "company";

    /// <summary>
    /// Key Vault key that signs the ledger's roots, with its version: <c>https://….vault.azure.net/keys/NAME/VERSION</c>.
    /// Without it (for trying out) the key is derived from the master key, which whoever deploys could read.
    /// </summary>
    public string? AnchorKeyId { get; set; }

    /// <summary>Folder of these files instead.</summary>
    public string? CompanyPath { get; set; }
}
