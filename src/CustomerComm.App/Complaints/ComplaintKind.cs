using CustomerComm.App.Matters;
using CustomerComm.App.Measures;
using CustomerComm.App.Outside;
using CustomerComm.App.Ports;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Complaints;

/// <summary>Complaints as a kind of matter: their rows, their place in the register, those joined to one (4.6).</summary>
public sealed partial class ComplaintKind(
    MatterParts parts, RegisterFeed registers, Pseudonyms pseudonyms, MeasureKind measures, OutsideKind outside,
    SecondOpinionQueue opinions)
    : MatterKind<ComplaintMatter, Complaint, ComplaintCommand, ComplaintEvent>(
        parts, Name, MatterNumber.Complaint, kept: 3_000)
{
    /// <summary>Part of its stream ids before the first dot.</summary>
    public const string Name = "complaint";

    /// <summary>
    /// Complaints of the person with this phone or conversation, the latest first: of the last twenty those open, and the
    /// few that ended last.
    /// </summary>
    public async Task<IReadOnlyList<LoadedMatter<Complaint>>> OfPersonAsync(string address, CancellationToken ct)
    {
        var rows = await RowsOfPersonAsync(address, ct);
        var found = new List<LoadedMatter<Complaint>>();
        // Whether one is open stands in the complaint alone: a row that said so would have to be written again.
        foreach (var row in rows.Take(MostOwn))
        {
            if (await LoadAsync(new StreamId(row.Stream), ct) is { } matter)
                found.Add(matter);
        }

        return [.. found.Where(m => m.State.Open), .. found.Where(m => !m.State.Open).Take(MostOver)];
    }

    /// <summary>Numbers of the complaints that take this one up again, oldest first.</summary>
    public async Task<IReadOnlyList<MatterNumber>> FollowingAsync(LoadedMatter<Complaint> over, CancellationToken ct)
    {
        var contact = over.State.Intake.Contact;
        var address = contact.Phone?.Value ?? contact.Conversation;
        if (address is null || over.State.Stage is not (Stage.Completed or Stage.Closed))
            return [];
        var number = over.State.Number.ToString();
        return
        [
            .. (await RowsOfPersonAsync(address, ct)).Where(r => r.Follows == number).Reverse()
                .Select(r => MatterNumber.TryParse(r.RowKey, out var found) ? found : (MatterNumber?)null)
                .OfType<MatterNumber>(),
        ];
    }

    private async Task<IReadOnlyList<OwnRow>> RowsOfPersonAsync(string address, CancellationToken ct)
    {
        var page = await Tables.Of<OwnRow>().QueryAsync(pseudonyms.Person(address), null, null, 1_000, null, ct);
        return [.. page.Rows.OrderByDescending(r => r.ReceivedAt)];
    }

    /// <summary>What they said, what they were told in full, and what they signed; nothing that staff told each other.</summary>
    protected override bool IsShownToResident(object e) => e is ComplaintEvent.Received
        or ComplaintEvent.Noted { ByResident: true } or ComplaintEvent.ExtensionTold or ComplaintEvent.ExtensionAnswered { By: null }
        or ComplaintEvent.Resolved or ComplaintEvent.SignatureRequested or ComplaintEvent.Signed
        or ComplaintEvent.SignatureRefused or ComplaintEvent.Answered { Praised: null } or ComplaintEvent.Withdrawn
        or ComplaintEvent.Objected or ComplaintEvent.ObjectionAnswered or ComplaintEvent.FinallyAnswered
        or ComplaintEvent.Completed or ComplaintEvent.Closed;

    private const int MostOwn = 20;
    private const int MostOver = 5;

    /// <summary>When a second opinion that a crash lost is asked for again.</summary>
    private static readonly TimeSpan s_askedAgain = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } =
        [typeof(ComplaintRow), typeof(PlaceRow), typeof(OwnRow), typeof(Revisits.ClosedRow)];

    /// <summary>By a person's pseudonym: once they are erased, nobody can tell any more which rows were theirs.</summary>
    protected override IReadOnlyList<Type> RowsBeside { get; } = [typeof(OwnRow)];

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
            .. OwnRow.Of(matter, pseudonyms.Person),
        ];
        return rows.OfType<ITableRow>();
    }

    /// <inheritdoc/>
    protected override async Task<bool> FollowAsync(LoadedMatter<Complaint> matter, CancellationToken ct)
    {
        if (AsksAnother(matter.State))
            opinions.Add(matter.Stream);
        await TellFollowersAsync(matter, ct);
        await measures.FollowAsync(matter, ct);
        await outside.FollowAsync(matter, ct);
        if (matter.State.Extension is { } told && told.AnswerBy <= Now)
        {
            return await MovedAsync(
                matter, new ComplaintCommand.TakeSilence(await ReachedAtAsync(matter, ct)), ct);
        }

        return RemindAt(matter.State) is { } remind && remind <= Now
            && await MovedAsync(matter, new ComplaintCommand.RequestSignature(), ct);
    }

    /// <inheritdoc/>
    protected override DateTimeOffset? NextTime(Complaint state) =>
        AsksAnother(state) ? Now + s_askedAgain : state.Extension?.AnswerBy ?? RemindAt(state);

    private static DateTimeOffset? RemindAt(Complaint state) => ComplaintMatter.RemindAt(state);

    /// <summary>
    /// When the message that told of the extension was handed over, null where it was not or a report says that it was
    /// lost: without it silence is no answer (4.6.2-6).
    /// </summary>
    private async Task<DateTimeOffset?> ReachedAtAsync(LoadedMatter<Complaint> matter, CancellationToken ct)
    {
        const string template = nameof(ComplaintEvent.ExtensionTold);
        foreach (var message in (await Store.ReadOutboxAsync(matter.Stream, ct, all: true)).Reverse())
        {
            // What a representative was told says nothing of the resident.
            if (await OutgoingAsync(message, ct) is { Template: template } told
                && told.Link?.Issue != ComplaintMatter.RepresentativeLink)
            {
                // With an error it was left out, for nothing of us is wanted there.
                return message is { Status: DeliveryStatus.Delivered, Error: null }
                    && !matter.Tracked.Failed.Exists(f => f.MessageId == message.Id) ? message.NextAttempt : null;
            }
        }

        return null;
    }

    private bool AsksAnother(Complaint state) => opinions.IsOn && state.WantsSecondOpinion;

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
