namespace CustomerComm.App.Ports;

/// <summary>What the provider of text messages reports.</summary>
public abstract record SmsEvent
{
    private SmsEvent()
    {
    }

    /// <summary>The event as it came in, to be kept where nothing can be made of it.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>A text message came in. <paramref name="Id"/> is the provider's, 1 to 200 characters.</summary>
    public sealed record Received(string Id, string From, string Text) : SmsEvent;

    /// <summary>
    /// What became of a message sent; <paramref name="Tag"/> is <c>stream/message</c> as given to the provider.
    /// </summary>
    public sealed record Reported(string Id, string Tag, string Status) : SmsEvent;

    /// <summary>The sender asks for this code back before it sends events to an address.</summary>
    public sealed record Validation(string Code) : SmsEvent;

    /// <summary>An event that is none of ours. Refusing it would have it sent for ever.</summary>
    public sealed record Other : SmsEvent;

    /// <summary>Not an event that can be read: which field is wrong, and what belongs there.</summary>
    public sealed record Malformed(string Field, string Text) : SmsEvent;
}

/// <summary>
/// Type and id of an event whose envelope is in the headers of its request, as CloudEvents has it in binary mode.
/// </summary>
public sealed record EventHead(string Type, string? Id);

/// <summary>Reads what the provider of text messages sends.</summary>
public interface ISmsEvents
{
    /// <summary>
    /// The events of a JSON text, an array of events or a single one, in order; with <paramref name="head"/> the text
    /// is the data of that one event alone. Never throws for its content: what cannot be read is
    /// <see cref="SmsEvent.Malformed"/>.
    /// </summary>
    IReadOnlyList<SmsEvent> Parse(ReadOnlyMemory<byte> json, EventHead? head = null);
}
