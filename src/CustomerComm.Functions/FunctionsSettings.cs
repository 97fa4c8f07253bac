using CustomerComm.Azure;

namespace CustomerComm.Functions;

/// <summary>Settings of the Azure host, section <c>CustomerComm</c>; the README of this folder lists them.</summary>
public sealed record FunctionsSettings
{
    /// <summary>Address people reach the pages at, <c>https://…</c>.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>The company's own number for text messages, E.164.</summary>
    public string? SmsNumber { get; set; }

    /// <summary>Table endpoint of the data account, for the managed identity.</summary>
    public Uri? TablesEndpoint { get; set; }

    /// <summary>Blob endpoint of the data account, for the managed identity.</summary>
    public Uri? BlobsEndpoint { get; set; }

    /// <summary>Connection string of the data account instead, e.g. for the emulator.</summary>
    public string? StorageConnection { get; set; }

    /// <summary>Endpoint of the Communication Services resource, for the managed identity.</summary>
    public Uri? CommunicationEndpoint { get; set; }

    /// <summary>Connection string of that resource instead.</summary>
    public string? CommunicationConnection { get; set; }

    /// <summary>32 random bytes in base64 that all keys are derived from; a Key Vault reference.</summary>
    public string? MasterKey { get; set; }

    /// <summary>Blob container of <c>company.json</c>, <c>policy.json</c> and, if there is one, <c>catalogue.json</c>.</summary>
    public string CompanyContainer { get; set; } = "company";

    /// <summary>Folder of these files instead.</summary>
    public string? CompanyPath { get; set; }

    /// <summary>Key that senders of text-message events to the webhook must show; without it nobody may send.</summary>
    public string? SmsEventsKey { get; set; }

    /// <summary>Key that the telephone system must show for call records; without it nobody may send.</summary>
    public string? CallsKey { get; set; }

    /// <summary>Keys of other systems that may open cases over Open311, separated by commas; none: nobody may.</summary>
    public string? Open311Keys { get; set; }

    /// <summary>The data account.</summary>
    internal AzureStoreOptions Store => new()
    {
        ConnectionString = StorageConnection,
        TableEndpoint = TablesEndpoint,
        BlobEndpoint = BlobsEndpoint,
    };

    /// <summary>Throws <see cref="InvalidDataException"/> naming the first setting that is missing or wrong.</summary>
    internal void Require()
    {
        if (PublicUrl is not { IsAbsoluteUri: true })
            throw Missing("PublicUrl", "the address of the site, https://…");
        if (string.IsNullOrWhiteSpace(SmsNumber))
            throw Missing("SmsNumber", "the company's number for text messages, +86…");
        if (string.IsNullOrEmpty(StorageConnection) && (TablesEndpoint is null || BlobsEndpoint is null))
            throw Missing("TablesEndpoint", "with CustomerComm__BlobsEndpoint, or CustomerComm__StorageConnection");
        if (string.IsNullOrEmpty(CommunicationConnection) && CommunicationEndpoint is null)
            throw Missing("CommunicationEndpoint", "or CustomerComm__CommunicationConnection: who sends text messages");
    }

    private static InvalidDataException Missing(string name, string what) =>
        new($"The setting CustomerComm__{name} is missing: {what}.");
}
