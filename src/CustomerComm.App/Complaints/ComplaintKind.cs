using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Complaints;

/// <summary>Complaints as a kind of matter: their rows, their place in the register, those joined to one (4.6).</summary>
public sealed partial class ComplaintKind(MatterParts parts, RegisterFeed registers)
    : MatterKind<ComplaintMatter, Complaint, ComplaintCommand, ComplaintEvent>(
        parts, Name, MatterNumber.Complaint, kept: 3_000)
{
    /// <summary>Part of its stream ids before the first dot.</summary>
    public const string Name = "complaint";

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } =
        [typeof(ComplaintRow), typeof(PlaceRow), typeof(Revisits.ClosedRow)];

    /// <inheritdoc/>
    protected override string? PersonOf(ComplaintEvent e, Complaint state) =>
        state.Intake.Contact.Phone?.Value ?? state.Intake.Contact.Conversation;

    /// <inheritdoc/>
    protected override string StageOf(Complaint state) => state.Stage.ToString();

    /// <inheritdoc/>
    protected override bool Counts(Complaint state) => state.Outcome != Outcome.Voided;

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<Complaint> matter, long since)
    {
        var zone = RulesOf(matter.State).Calendar.Zone;
        ITableRow?[] rows =
        [
            ComplaintRow.Of(matter, zone), PlaceRow.Of(matter), Revisits.ClosedRow.Of(matter, zone),
        ];
        return rows.OfType<ITableRow>();
    }

    /// <inheritdoc/>
    protected override async Task<bool> FollowAsync(LoadedMatter<Complaint> matter, CancellationToken ct)
    {
        await TellFollowersAsync(matter, ct);
        return NextTime(matter.State) is { } remind && remind <= Now
            && await MovedAsync(matter, new ComplaintCommand.RequestSignature(), ct);
    }

    /// <inheritdoc/>
    protected override DateTimeOffset? NextTime(Complaint state) =>
        Signing.RemindAt(state.Request, state.Intake.Contact);

    /// <summary>The first time its rows are written, it enters itself in the register too (4.5.2).</summary>
    protected override Task ProjectedAsync(LoadedMatter<Complaint> matter, long projected, CancellationToken ct)
    {
        var s = matter.State;
        if (projected > 0 || s.Outcome == Outcome.Voided)
            return Task.CompletedTask;
        var by = s.Intake.EnteredBy;
        var post = Book.Directory.PostOf(by is { } id ? Book.Directory.Find(id)?.Unit : null);
        var contact = new RegisterContact(
            matter.Stream.Value, s.ReceivedAt, s.Intake.Channel, null, null, null, null, null,
            new Subject(SubjectKind.Complaint, s.Number.ToString(), matter.Stream),
            new ContactAnswer(by, s.Intake.Channel, null, s.ReceivedAt), by);
        return registers.EnterAsync(s.Community, post.Id, contact, ct);
    }
}
