using System.Collections.Immutable;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Outside;

namespace CustomerComm.App.Outside;

/// <summary>
/// A work order as it comes in, from the desk or another system. <paramref name="Complaint"/> is the complaint it is about
/// where that is here already; whom to reach is then taken from there.
/// </summary>
public sealed record OutsideRequest(
    CommunityId Community, OutsideDelivery Delivery, string Text, string? Name, string? Phone, string? Room,
    Category? Category, MatterNumber? Complaint, StaffId? EnteredBy);

/// <summary>
/// Takes work orders in: the same number of a community is the same order and the same complaint, however often and by
/// whatever way it is sent (4.6.2-2). When it returns, the order is durable and its clock runs.
/// </summary>
public sealed class OutsideIntake(OutsideKind orders, ComplaintKind complaints, Intake intake, RulesBook book)
{
    /// <summary>
    /// Takes one in: <c>Done</c> with the order, <c>Repeated</c> where its number was here already; or <c>Refused</c>.
    /// </summary>
    public async Task<MatterResult<OutsideOrder>> TakeAsync(OutsideRequest request, Actor actor, CancellationToken ct)
    {
        if (book.Directory.Find(request.Community) is null)
        {
            return Refused(Check.Bad(
                "community", "4.6.2-2",
                $"There is no community '{request.Community}'. GET /api/communities lists them."));
        }

        if (OutsideNumber.Read(request.Delivery.Number) is not { } number)
            return Refused(OutsideNumber.Bad);
        if (await orders.FindAsync(request.Community, number, ct) is { } before)
            return await AgainAsync(before, request, actor, ct);
        var taken = request.Complaint is { } of
            ? await TakeForAsync(of, request, actor, ct) : await OpenAsync(number, request, actor, ct);
        switch (taken)
        {
            case MatterResult<Complaint>.Refused no:
                return Refused(no.Refusal);
            case MatterResult<Complaint>.Done { Matter: var complaint, Repeated: var repeated }:
                await orders.FollowAsync(complaint, ct);
                var begun = await orders.FindAsync(request.Community, number, ct)
                    ?? throw new IOException($"The work order of {complaint.Stream} cannot be read.");
                return new MatterResult<OutsideOrder>.Done(begun, repeated);
            case MatterResult<Complaint>.Reused { Matter: var complaint }:
                // The same number with other words at the same moment: the first to come opened it.
                await orders.FollowAsync(complaint, ct);
                var first = await orders.FindAsync(request.Community, number, ct)
                    ?? throw new IOException($"The work order of {complaint.Stream} cannot be read.");
                return await AgainAsync(first, request, actor, ct);
            default:
                return Refused(NoComplaint(request));
        }
    }

    private async Task<MatterResult<OutsideOrder>> AgainAsync(
        LoadedMatter<OutsideOrder> before, OutsideRequest request, Actor actor, CancellationToken ct)
    {
        var again = await orders.HandleAsync(
            before.Stream, new OutsideCommand.ReceiveAgain(request.Delivery, request.Text), actor, null, ct);
        return again is MatterResult<OutsideOrder>.Done { Matter: var now }
            ? new MatterResult<OutsideOrder>.Done(now, Repeated: true) : again;
    }

    private async Task<MatterResult<Complaint>> TakeForAsync(
        MatterNumber of, OutsideRequest request, Actor actor, CancellationToken ct)
    {
        var found = of.Community == request.Community ? await complaints.FindAsync(of, ct) : null;
        var may = found is not null && (actor is Actor.System || (actor is Actor.Staff { Member: var member }
            && Authority.MayOpen(found.Tracked, member, book.Directory)));
        return may
            ? await complaints.HandleAsync(
                found!.Stream, new ComplaintCommand.TakeOutsideOrder(request.Delivery, request.Text), actor, null, ct)
            : new MatterResult<Complaint>.Refused(NoComplaint(request));
    }

    private Task<MatterResult<Complaint>> OpenAsync(
        string number, OutsideRequest request, Actor actor, CancellationToken ct) => intake.ReceiveAsync(
        new IntakeRequest(
            request.Community, request.Text, request.Name, request.Phone, request.Room, null, Channel.Outside,
            request.Category, ImmutableArray<Category>.Empty, null, null, IsLetter: false, request.EnteredBy,
            $"outside:{request.Community}:{number}", Nature.Complaint)
        {
            Outside = request.Delivery,
        },
        actor, ct);

    private static Refusal NoComplaint(OutsideRequest request) => Check.Bad(
        "complaint", "4.6.2-2", $"There is no complaint '{request.Complaint}' for you in this community.");

    private static MatterResult<OutsideOrder>.Refused Refused(Refusal refusal) => new(refusal);
}
