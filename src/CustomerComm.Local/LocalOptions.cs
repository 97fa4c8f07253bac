namespace CustomerComm.Local;

/// <summary>Settings of the one-process host, section <c>CustomerComm</c>.</summary>
public sealed record LocalOptions
{
    /// <summary>Where everything is kept; created when missing. Default <c>data</c> in the working directory.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>Where cases, rows and keys are kept: <c>sqlite</c> (in the data directory) or <c>tables</c>.</summary>
    public string Store { get; set; } = "sqlite";

    /// <summary>Connection string of the Table storage account, with store <c>tables</c>.</summary>
    public string? TablesConnection { get; set; }

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

    /// <summary>Lets staff sign in from other machines; by default only from this one.</summary>
    public bool AllowRemoteDesk { get; set; }
}
