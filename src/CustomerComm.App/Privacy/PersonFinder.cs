using System.Collections.Immutable;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Orders;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.App.Storage;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;

namespace CustomerComm.App.Privacy;

/// <summary>
/// A person as the rows lead to them: the address they are known by, what else is theirs alone, conversations that others
/// use too, and their complaints and orders.
/// </summary>
public sealed record FoundPerson(
    string Address, ImmutableArray<string> Conversations, string? Home, int Shared,
    IReadOnlyList<LoadedMatter<Complaint>> Complaints, IReadOnlyList<LoadedMatter<Order>> Orders)
{
    /// <summary>All that is theirs, the address they are known by last: by it the others are found.</summary>
    public IEnumerable<string> Addresses => [.. Conversations, .. Home is null ? (string[])[] : [Home], Address];
}

/// <summary>
/// Finds what belongs to a person by the rows that exist, without looking through anybody else's. A conversation is theirs
/// where nobody else's complaint or order came by it; what a home answered in surveys is theirs where nobody else of the
/// home is on file.
/// </summary>
public sealed class PersonFinder(
    ITables tables, Pseudonyms pseudonyms, ComplaintKind complaints, OrderKind orders, CompanyDirectory directory)
{
    /// <summary>The person of a phone (E.164) or a conversation.</summary>
    public async Task<FoundPerson> FindAsync(string address, CancellationToken ct)
    {
        var (theirs, ordered) = await OfAsync(address, ct);
        var own = new List<string>();
        var shared = 0;
        var talks = theirs.Select(m => m.State.Intake.Contact).Concat(ordered.Select(m => m.State.Intake.Contact))
            .Select(c => c.Conversation).OfType<string>().Where(c => c != address).Distinct(StringComparer.Ordinal);
        foreach (var talk in talks)
        {
            var (said, wanted) = await OfAsync(talk, ct);
            if (said.Select(m => m.State.Intake.Contact).Concat(wanted.Select(m => m.State.Intake.Contact))
                .All(c => c.Phone is null || c.Phone.Value.Value == address))
            {
                own.Add(talk);
                theirs = Joined(theirs, said);
                ordered = Joined(ordered, wanted);
            }
            else
            {
                shared++;
            }
        }

        var home = PhoneNumber.TryCreate(address, out var phone) && directory.FindResident(phone) is { } resident
            && resident.Home.Residents.Length == 1
            ? SurveyHomes.PersonOf(resident.Home.Community, resident.Home.Room.Value) : null;
        return new FoundPerson(address, [.. own], home, shared, theirs, ordered);
    }

    private static IReadOnlyList<LoadedMatter<TState>> Joined<TState>(
        IReadOnlyList<LoadedMatter<TState>> a, IReadOnlyList<LoadedMatter<TState>> b)
        where TState : class, Domain.Matters.IMatterState => [.. a.Concat(b).DistinctBy(m => m.Stream)];

    private async Task<(IReadOnlyList<LoadedMatter<Complaint>>, IReadOnlyList<LoadedMatter<Order>>)> OfAsync(
        string address, CancellationToken ct)
    {
        var key = pseudonyms.Person(address);
        var said = new List<LoadedMatter<Complaint>>();
        await foreach (var row in tables.RowsAsync<OwnRow>(key, ct))
        {
            if (await complaints.LoadAsync(new StreamId(row.Stream), ct) is { State.Outcome: not Outcome.Voided } found)
                said.Add(found);
        }

        var wanted = new List<LoadedMatter<Order>>();
        await foreach (var row in tables.RowsAsync<OrderLinkRow>(key, ct))
        {
            if (await orders.LoadAsync(new StreamId(row.Stream), ct) is { } found)
                wanted.Add(found);
        }

        return (said, wanted);
    }
}
