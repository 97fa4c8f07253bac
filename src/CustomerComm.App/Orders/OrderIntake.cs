using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Orders;

namespace CustomerComm.App.Orders;

/// <summary>
/// An order as it comes in. <paramref name="SourceId"/> is the sender's own id of the message with the channel's name
/// before it; null where there is none. <paramref name="Complaint"/> is the complaint it comes from: whom to reach is then
/// taken from there. <paramref name="Category"/> null: as the text reads.
/// </summary>
public sealed record OrderRequest(
    CommunityId Community, OrderType Kind, string Text, string? Name, string? Phone, string? Room, string? Conversation,
    Channel Channel, Category? Category, Unit? Unit, string? Price, DateTimeOffset? WantedBy, MatterNumber? Complaint,
    StaffId? Worker, Language? Language, StaffId? EnteredBy, string? SourceId)
{
    /// <summary>What the text seems to be about, where that was asked on its way here already.</summary>
    public Suggestion? Suggestion { get; init; }
}

/// <summary>
/// Opens orders: each has its number, its worker and its time at once (4.2.4). When it returns, the order is durable.
/// </summary>
public sealed class OrderIntake(
    OrderKind orders, ComplaintKind complaints, RulesBook book, Phones phones, Classifier classifier,
    TimeProvider time)
{
    /// <summary>
    /// Takes an order in. With <paramref name="page"/>, whoever sent it is given the token of that page of theirs.
    /// </summary>
    public async Task<MatterResult<Order>> ReceiveAsync(
        OrderRequest request, Actor actor, CancellationToken ct, PageIssue? page = null)
    {
        if (Bad(request) is { } bad)
            return new MatterResult<Order>.Refused(bad);
        var stream = orders.StreamOf(Pseudonyms.Source(request.SourceId ?? Guid.NewGuid().ToString("N")));
        var source = request.SourceId is null ? null : $"{request.SourceId}#{Fingerprint(request)}";
        var (contact, language, refusal) = await WhoseAsync(request, actor, ct);
        if (refusal is not null)
            return new MatterResult<Order>.Refused(refusal);
        var year = book.Current(request.Community).Calendar.LocalDate(time.Now()).Year;
        var series = new MatterNumber(request.Community, OrderKind.Letter, year, 0);
        return await orders.OpenAsync(
            stream, series, () => Open(request, contact!, language, series, source), source, actor, ct, page);
    }

    private Refusal? Bad(OrderRequest r)
    {
        const string Clause = "4.2.4";
        if (book.Directory.Find(r.Community) is null)
        {
            return Check.Bad(
                "community", Clause, $"There is no community '{r.Community}'. GET /api/communities lists them.");
        }

        return Check.Text(r.Text, "text", Clause, Check.LongestText)
            ?? Check.Reach(new Contact(Check.Said(r.Name), null, Check.Said(r.Room), r.Conversation), Clause);
    }

    private async Task<(Contact? Contact, Language? Language, Refusal? No)> WhoseAsync(
        OrderRequest r, Actor actor, CancellationToken ct)
    {
        if (r.Complaint is not { } number)
        {
            return (
                Contacts.Of(
                    book.Directory, phones, r.Community, r.Name, r.Phone, r.Room, r.Conversation,
                    r.EnteredBy is not null, r.Channel),
                null, null);
        }

        var found = await complaints.FindAsync(number, ct);
        var may = found is not null && found.State.Community == r.Community
            && actor is Actor.Staff { Member: var member }
            && Authority.MayOpen(found.Tracked, member, book.Directory);
        return may
            ? (found!.State.Intake.Contact, found.State.Intake.Language, null)
            : (null, null, Check.Bad("complaint", "4.2.4", $"There is no complaint '{number}' for you in this community."));
    }

    private OrderCommand.Open Open(
        OrderRequest r, Contact contact, Language? ofCase, MatterNumber number, string? source)
    {
        var suggestion = r.Suggestion ?? classifier.Classify(r.Text);
        var onFile = r.EnteredBy is not null && contact.Phone is { } p && PhoneNumber.TryCreate(p.Value, out var phone)
            ? book.Directory.FindResident(phone)?.Resident.Language
            : null;
        return new OrderCommand.Open(
            number, r.Kind, r.Text, contact, r.Channel, r.Language ?? ofCase ?? onFile ?? Languages.Of(r.Text),
            r.Category ?? suggestion.Category, suggestion.Severity, r.Unit, r.Price, r.WantedBy, r.Complaint, r.Worker,
            // What is ordered from a complaint was reported there already.
            r.EnteredBy, source, suggestion.Danger && r.Complaint is null);
    }

    private static string Fingerprint(OrderRequest r)
    {
        var text = string.Join(
            '\u001f', r.Community, r.Kind, r.Text, r.Name, r.Phone, r.Room, r.Category, r.Price, r.WantedBy, r.Complaint,
            r.Worker);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
    }
}
