using System.Collections.Immutable;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;
using CustomerComm.Domain.Privacy;

namespace CustomerComm.App.Privacy;

/// <summary>Takes data requests in, and looks up how the person stands.</summary>
public sealed class DataRequests(
    DataRequestKind requests, PersonFinder finder, ITables tables, Pseudonyms pseudonyms, RulesBook book, Phones phones,
    TimeProvider time)
{
    /// <summary>
    /// Takes in at the desk what a person asked for whom this is the phone; how they proved who they are is written down.
    /// </summary>
    public Task<MatterResult<DataRequest>> EnterAsync(
        CommunityId community, DataRequestType type, string? phone, Channel channel, string proof, string reason,
        string sourceId, StaffMember by, CancellationToken ct)
    {
        if (book.Directory.Find(community) is null)
        {
            return Task.FromResult<MatterResult<DataRequest>>(new MatterResult<DataRequest>.Refused(Check.Bad(
                "community", "4.2.3", "There is no such community.")));
        }

        if (!phones.TryRead(phone, out var number))
        {
            return Task.FromResult<MatterResult<DataRequest>>(new MatterResult<DataRequest>.Refused(Check.Bad(
                "phone", "4.2.3", "'phone' is no telephone number; give the one that the person is known by.")));
        }

        var contact = Contacts.Of(
            book.Directory, phones, community, null, number.Value, null, null, byStaff: true, channel);
        return AskAsync(
            community, type, contact, channel, book.Directory.FindResident(number)?.Resident.Language, proof, reason,
            sourceId, new Actor.Staff(by), ct);
    }

    /// <summary>A request as it may be recorded, to ask the rules who may.</summary>
    public static DataRequestCommand Trial(CommunityId community) => new DataRequestCommand.Ask(
        new MatterNumber(community, DataRequestKind.Letter, 2000, 1), DataRequestType.Copy,
        Contact.None with { Phone = new Personal("x") }, Channel.Phone, Languages.Default, "x", "x", null,
        PersonStanding.Clear, null);

    /// <summary>What a resident asks on the page of a complaint of theirs.</summary>
    public Task<MatterResult<DataRequest>> AskAsync(
        Complaint of, DataRequestType type, string reason, string sourceId, CancellationToken ct) => AskAsync(
        of.Community, type, of.Intake.Contact, Channel.Http, of.Intake.Language, null, reason, sourceId,
        new Actor.Resident(), ct);

    /// <summary>How the person of a request stands now.</summary>
    public async Task<PersonStanding> StandingAsync(DataRequest of, CancellationToken ct) =>
        AddressOf(of.Asked.Contact) is { } address
            ? await StandingAsync(await finder.FindAsync(address, ct), of.Community, of.Number, ct)
            : PersonStanding.Clear;

    /// <summary>How a person stands, all requests but this one counted.</summary>
    public async Task<PersonStanding> StandingAsync(
        FoundPerson person, CommunityId community, string? except, CancellationToken ct)
    {
        var rules = book.Current(community);
        var holds = ImmutableArray.CreateBuilder<DataHold>();
        foreach (var c in person.Complaints.Select(m => m.State))
            Add(DataHoldKind.OpenComplaint, c.Number.ToString(), c.Open, c.ClosedAt, c.ObjectUntil);
        foreach (var o in person.Orders.Select(m => m.State))
            Add(DataHoldKind.OpenOrder, o.Number, o.Open, o.ClosedAt, null);
        foreach (var address in person.Addresses)
        {
            await foreach (var row in tables.RowsAsync<DataRequestLinkRow>(pseudonyms.Person(address), ct))
            {
                if (row.RowKey != except
                    && await requests.LoadAsync(new StreamId(row.Stream), ct) is { State.Open: true })
                {
                    holds.Add(new DataHold(DataHoldKind.OpenRequest, row.RowKey, null));
                }
            }
        }

        if (StaffOf(person.Address) is { } member)
            holds.Add(new DataHold(DataHoldKind.Employed, member.Id.Value, null));
        return new PersonStanding(
            holds.ToImmutable(), [.. person.Complaints.SelectMany(m => m.State.Against).Distinct()]);

        void Add(DataHoldKind kind, string number, bool open, DateTimeOffset? ended, DateTimeOffset? objections)
        {
            if (open)
                holds.Add(new DataHold(kind, number, null));
            else if (TermOf(rules, ended, objections) is { } until && until > time.Now())
                holds.Add(new DataHold(DataHoldKind.TermRuns, number, until));
        }
    }

    /// <summary>The phone that a person is known by, else the conversation; null once they are erased.</summary>
    public static string? AddressOf(Contact contact) =>
        (contact.Phone?.Value ?? contact.Conversation) is { } address && address != Personal.Erased ? address : null;

    private static DateTimeOffset? TermOf(Rules rules, DateTimeOffset? ended, DateTimeOffset? objections)
    {
        var kept = ended is { } at ? rules.Due(at, rules.Policy.Privacy.KeepAfterEnd) : (DateTimeOffset?)null;
        return kept is null || objections > kept ? objections : kept;
    }

    private StaffMember? StaffOf(string address) =>
        PhoneNumber.TryCreate(address, out var number) ? book.Directory.FindStaff(number) : null;

    private async Task<MatterResult<DataRequest>> AskAsync(
        CommunityId community, DataRequestType type, Contact contact, Channel channel, Language? language,
        string? proof, string reason, string sourceId, Actor actor, CancellationToken ct)
    {
        if (AddressOf(contact) is not { } address)
        {
            return new MatterResult<DataRequest>.Refused(Check.Bad(
                "phone", "4.2.3", "Nothing is known by which the person could be found."));
        }

        var person = await finder.FindAsync(address, ct);
        var standing = await StandingAsync(person, community, null, ct);
        var year = book.Current(community).Calendar.LocalDate(time.Now()).Year;
        var series = new MatterNumber(community, DataRequestKind.Letter, year, 0);
        var source = $"{sourceId}#{Check.HashOf($"{type}|{address}|{reason}|{proof}")[..16]}";
        return await requests.OpenAsync(
            requests.StreamOf(Pseudonyms.Source(sourceId)), series,
            () => new DataRequestCommand.Ask(
                series, type, contact, channel, language ?? Languages.Of(reason), proof, reason,
                StaffOf(address)?.Id, standing, source),
            source, actor, ct);
    }
}
