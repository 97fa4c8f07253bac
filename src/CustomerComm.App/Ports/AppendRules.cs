namespace CustomerComm.App.Ports;

/// <summary>What every store asks of an <see cref="Append"/> before it writes anything.</summary>
public static class AppendRules
{
    /// <summary>Most events, messages and seen ids of one append; with the head they stay below 100 rows.</summary>
    public const int MostItems = 60;

    /// <summary>Most characters of the name of an event's type.</summary>
    public const int LongestType = 200;

    /// <summary>Throws ArgumentException for what no store could take.</summary>
    public static void Require(Append request)
    {
        Keys.RequireId(request.Stream.Value, "stream id");
        Keys.RequireTableKey(request.Stream.Value, "stream id");
        if (request.Stream.Value.Length > Keys.LongestStream)
        {
            throw new ArgumentException(
                $"A stream id has at most {Keys.LongestStream} characters.", nameof(request));
        }

        // Indexes and names of blobs put them between the stream id and what follows.
        if (request.Stream.Value.AsSpan().ContainsAny('~', ' '))
            throw new ArgumentException("A stream id cannot contain ~ or a blank.", nameof(request));
        ArgumentOutOfRangeException.ThrowIfNegative(request.ExpectedVersion, nameof(request));
        if (request.Events.Count + request.Outbox.Count + request.Seen.Count > MostItems)
        {
            throw new ArgumentException(
                $"At most {MostItems} events, messages and seen ids go into one append.", nameof(request));
        }

        // What else is written hangs on the hash of the last event.
        if (request.Events.Count == 0)
            throw new ArgumentException("An append has at least one event.", nameof(request));
        if (request.Events.Any(e => e.Type is not { Length: > 0 and <= LongestType } || e.Type.Any(char.IsControl)))
        {
            throw new ArgumentException(
                $"An event type has 1 to {LongestType} characters, none of them a control character.", nameof(request));
        }

        foreach (var message in request.Outbox)
            Keys.RequireId(message.Id, "message id");
        foreach (var seen in request.Seen)
            Keys.RequireId(seen.Id, "seen id");
    }
}
