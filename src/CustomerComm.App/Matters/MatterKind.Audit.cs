using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Matters;

/// <content>What the ledger's verification asks of a kind.</content>
public abstract partial class MatterKind<TMatter, TState, TCommand, TEvent>
{
    /// <inheritdoc/>
    public IReadOnlyList<Type> OwnRows => [.. RowTypes.Except(RowsBeside), .. MatterRows.Common];

    /// <summary>Those of its kinds of row that are not written from the matter alone.</summary>
    protected virtual IReadOnlyList<Type> RowsBeside => [];

    /// <inheritdoc/>
    public async Task<StreamStanding?> StandingAsync(StreamId stream, CancellationToken ct)
    {
        if (await LoadAsync(stream, ct) is not { } loaded)
            return null;
        var owed = Tracking<TMatter, TState, TCommand, TEvent>.Owed(loaded.Tracked);
        var next = Advance.Earlier(Obligations.NextTrigger(owed), NextTime(loaded.State));
        var number = loaded.State.Number;
        var strange = Code is not null && MatterNumber.TryParse(number, out var parsed) && parsed.Code == Code
            && await _parts.Numbering.FindAsync(parsed, ct) != stream;
        return new StreamStanding(loaded.Version, loaded.State.Open, next, strange ? number : null);
    }

    /// <inheritdoc/>
    public async Task<MatterAccount?> AccountAsync(StreamId stream, CancellationToken ct) =>
        await LoadAsync(stream, ct) is { } loaded
            ? new MatterAccount(
                loaded.State.Number, loaded.Tracked.Steps, [.. loaded.Events.Select(e => IsShownToResident(e.Event))])
            : null;

    /// <summary>
    /// Whether a resident may read the whole event, not only that there was one: their own words and what they were told.
    /// </summary>
    protected virtual bool IsShownToResident(object e) => false;

    /// <summary>
    /// Whether a person whose matter it is reads the whole event in the file of what is kept of them; as in the evidence,
    /// unless a kind says otherwise.
    /// </summary>
    public virtual bool IsForPerson(object e) => IsShownToResident(e);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ITableRow>> RowsAsync(StreamId stream, CancellationToken ct) =>
        await LoadAsync(stream, ct) is { } loaded ? [.. RowsOf(loaded)] : [];
}
