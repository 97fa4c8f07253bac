namespace CustomerComm.Local;

/// <summary>Settings of the one-process host, section <c>CustomerComm</c>.</summary>
public sealed record LocalOptions
{
    /// <summary>Where everything is kept; created when missing. Default <c>data</c> in the working directory.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>Where cases, rows and keys are kept: <c>sqlite</c> (in the data directory) or <c>tables</c>.</summary>
    public string Store { get; set; } = "sqlite";

    /// <summary>
    /// Connection string of the storage account, with store <c>tables</c>; without one, whoever runs this is signed in
    /// (DefaultAzureCredential) at the two endpoints.
    /// </summary>
    public string? TablesConnection { get; set; }

    /// <summary>Table endpoint of the storage account, e.g. <c>https://example.table.core.windows.net</c>.</summary>
    public string? TableEndpoint { get; set; }

    /// <summary>Blob endpoint of the storage account, e.g. <c>https://example.blob.core.windows.net</c>.</summary>
    public string? BlobEndpoint { get; set; }

    /// <summary>What the names of tables and containers begin with, see AzureStoreOptions; empty by default.</summary>
    public string StoragePrefix { get; set; } = "";

    /// <summary>
    /// Where the ledger's anchors are published: <c>files</c> (in the data directory, the default) or, with store
    /// <c>tables</c>, <c>blobs</c>: container <c>anchors</c> of the account, which is to have an immutability policy.
    /// </summary>
    public string Anchors { get; set; } = "files";

    /// <summary>Seeds the demo company where there is no company file yet, and shows the phone simulator.</summary>
    public bool Demo { get; set; }

    /// <summary>Address people reach the pages at; default: the first address listened on.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>The company's own number for text messages, E.164.</summary>
    public string SmsNumber { get; set; } = "+12025550100";

    /// <summary>Key for text-message events from other machines; without it only this machine may send them.</summary>
    public string? SmsEventsKey { get; set; }

    /// <summary>Keys of systems that may open cases over Open311, separated by commas; none: nobody may.</summary>
    public string? Open311Keys { get; set; }

    /// <summary>Key for call records from the telephone system; without it only this machine may send them.</summary>
    public string? CallsKey { get; set; }

    /// <summary>
    /// Connection string of the Communication Services resource that sends text messages; without it and
    /// <see cref="CommunicationEndpoint"/> they go to the simulated phones.
    /// </summary>
    public string? CommunicationConnection { get; set; }

    /// <summary>Its endpoint, where a managed identity (or other credential found) signs in.</summary>
    public Uri? CommunicationEndpoint { get; set; }
}
