using CustomerComm.App.Calls;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Notices;
using CustomerComm.App.Orders;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Privacy;

namespace CustomerComm.App.Privacy;

/// <summary>
/// Carries approved erasures out: tells the person, waits until that was handed over, takes the rows away that lead to
/// them, then erases their keys, the one they are found by last. Broken off anywhere, it goes on from there.
/// </summary>
public sealed class Erasures(
    DataRequestKind requests, DataRequests standings, PersonFinder finder, Erasure erasure, Pseudonyms pseudonyms,
    IEnumerable<IMatterKind> kinds, ConversationStreams conversations, NoticeSubscriptionKind notices,
    CompanyDirectory directory, IEventStore store, ITables tables)
{
    /// <summary>Moves every approved erasure on; how many persons were erased.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var erased = 0;
        await foreach (var row in tables.RowsAsync<DataRequestLinkRow>(DataRequestLinkRow.Approved, ct))
        {
            if (await requests.LoadAsync(new StreamId(row.Stream), ct) is { } found && await MoveAsync(found, ct))
                erased++;
        }

        return erased;
    }

    /// <summary>Moves one on; true where the person was erased.</summary>
    private async Task<bool> MoveAsync(LoadedMatter<DataRequest> request, CancellationToken ct)
    {
        var s = request.State;
        switch (s.Stage)
        {
            case DataRequestStage.Approved:
                await DoAsync(request, new DataRequestCommand.Announce(await standings.StandingAsync(s, ct)), ct);
                return false;
            case DataRequestStage.Announced when await IsToldAsync(request, ct)
                && DataRequests.AddressOf(s.Asked.Contact) is { } address:
                var person = await finder.FindAsync(address, ct);
                var standing = await standings.StandingAsync(person, s.Community, s.Number, ct);
                await DoAsync(
                    request,
                    new DataRequestCommand.Begin(
                        standing, [.. person.Addresses.Select(pseudonyms.Person)], person.Shared),
                    ct);
                return await requests.LoadAsync(request.Stream, ct) is { State.Stage: DataRequestStage.Erasing } begun
                    && await EraseAsync(begun, ct);
            case DataRequestStage.Erasing:
                return await EraseAsync(request, ct);
            default:
                return false;
        }
    }

    private async Task<bool> EraseAsync(LoadedMatter<DataRequest> request, CancellationToken ct)
    {
        var s = request.State;
        if (DataRequests.AddressOf(s.Asked.Contact) is { } address)
        {
            var person = await finder.FindAsync(address, ct);
            foreach (var talk in person.Conversations)
                await notices.UnwantAsync(talk, ct);
            await RemoveAsync<OwnRow>(person.Complaints.Select(m => (m.State.Intake.Contact, m.State.Number.ToString())), ct);
            await RemoveAsync<OrderLinkRow>(person.Orders.Select(m => (m.State.Intake.Contact, m.State.Number)), ct);
            foreach (var community in directory.Communities)
                await RemoveAsync<CallerRow>(CallKind.CallersOf(pseudonyms, community.Id, address), ct);
        }

        foreach (var key in s.Keys)
        {
            await RemoveAsync<OwnRow>(key, ct);
            await RemoveAsync<OrderLinkRow>(key, ct);
            await RemoveAsync<DataRequestLinkRow>(key, ct);
        }

        foreach (var key in s.Keys)
            await erasure.EraseAsync(key, $"data request {s.Number}", ct);
        foreach (var kind in kinds)
            kind.Forget();
        conversations.Forget();
        await DoAsync(request, new DataRequestCommand.Finish(), ct);
        return true;
    }

    private async Task RemoveAsync<TRow>(string partition, CancellationToken ct)
        where TRow : class, ITableRow
    {
        var table = tables.Of<TRow>();
        while (await table.QueryAsync(partition, null, null, 500, null, ct) is { Rows: { Count: > 0 } rows })
        {
            await table.WriteAsync(
                [], [.. rows.Select(r => new RowId(r.PartitionKey, r.RowKey))], rows.Max(r => r.Version), ct);
        }
    }

    /// <summary>Their own rows in the partitions of the conversations they came by, others' too.</summary>
    private Task RemoveAsync<TRow>(IEnumerable<(Contact Contact, string Number)> matters, CancellationToken ct)
        where TRow : class, ITableRow => tables.Of<TRow>().WriteAsync(
            [],
            [
                .. matters.Where(m => m.Contact.Conversation is not null)
                    .Select(m => new RowId(pseudonyms.Person(m.Contact.Conversation!), m.Number)),
            ],
            long.MaxValue, ct);

    /// <summary>Nothing waits to be handed over any more: what is sealed with their key could not be read after it.</summary>
    private async Task<bool> IsToldAsync(LoadedMatter<DataRequest> request, CancellationToken ct) =>
        (await store.ReadOutboxAsync(request.Stream, ct)).Count == 0;

    private Task<MatterResult<DataRequest>> DoAsync(
        LoadedMatter<DataRequest> request, DataRequestCommand command, CancellationToken ct) =>
        requests.HandleAsync(request.Stream, command, new Actor.System(), null, ct);
}
