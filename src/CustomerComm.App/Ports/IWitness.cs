namespace CustomerComm.App.Ports;

/// <summary>
/// Somebody outside who is told the root of every day, and who keeps it where the company's administrators cannot change
/// it: a file on another's machine, the owners' committee's mail or chat by webhook.
/// </summary>
public interface IWitness
{
    /// <summary>Its name in the log and in the rows, e.g. <c>file</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Tells the line of a day, as it was published; days come in order, and repeating one does no harm. Throws
    /// <see cref="InvalidDataException"/> where the witness holds another line of that day, <see cref="IOException"/>
    /// where it could not be told.
    /// </summary>
    Task TellAsync(DateOnly date, string line, CancellationToken ct);
}
