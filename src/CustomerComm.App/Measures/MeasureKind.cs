using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Measures;

namespace CustomerComm.App.Measures;

/// <summary>
/// Corrective and preventive measures (4.6.2-5): one stream for each, begun by the complaint whose reports were filed.
/// </summary>
public sealed class MeasureKind(MatterParts parts)
    : MatterKind<MeasureMatter, Measure, MeasureCommand, MeasureEvent>(parts, Name)
{
    /// <summary>Part of its stream ids before the first dot.</summary>
    public const string Name = "measure";

    /// <summary>
    /// Begins the measures of every report filed in a complaint, in whatever round, and tells those that are open the
    /// sides of the complaint as they are now. Repeating it changes nothing.
    /// </summary>
    public async Task FollowAsync(LoadedMatter<Complaint> complaint, CancellationToken ct)
    {
        foreach (var happened in complaint.Events)
        {
            if (happened.Event is not ComplaintEvent.ReportsFiled filed)
                continue;
            var then = complaint.Past[(int)happened.Version - 1].State;
            await FollowAsync(complaint.State, then, MeasureType.Corrective, filed.Corrective, filed.By, ct);
            await FollowAsync(complaint.State, then, MeasureType.Preventive, filed.Preventive, filed.By, ct);
        }
    }

    /// <summary>The measures of a complaint, the oldest first; those that are just being begun are missing.</summary>
    public async Task<IReadOnlyList<LoadedMatter<Measure>>> OfComplaintAsync(
        LoadedMatter<Complaint> complaint, CancellationToken ct)
    {
        var found = new List<LoadedMatter<Measure>>();
        foreach (var happened in complaint.Events.Where(e => e.Event is ComplaintEvent.ReportsFiled))
        {
            var then = complaint.Past[(int)happened.Version - 1].State;
            foreach (var type in Enum.GetValues<MeasureType>())
            {
                if (await LoadAsync(StreamOf(Measure.NumberOf(then.Number, type, then.Round)), ct) is { } measure)
                    found.Add(measure);
            }
        }

        return found;
    }

    /// <summary>The measure of this number, or null.</summary>
    public async Task<LoadedMatter<Measure>?> FindAsync(string? number, CancellationToken ct) =>
        number is { Length: > 0 and < 60 } && number.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? await LoadAsync(StreamOf(number.ToUpperInvariant()), ct)
            : null;

    /// <summary>The rows of a community's measures, the newest first; at most 1,000.</summary>
    public async Task<IReadOnlyList<MeasureRow>> ListAsync(CommunityId community, CancellationToken ct) =>
        (await Tables.Of<MeasureRow>().QueryAsync(community.Value, null, null, 1_000, null, ct)).Rows;

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(MeasureRow)];

    /// <inheritdoc/>
    protected override string? PersonOf(MeasureEvent e, Measure state) =>
        state.Begun.Contact.Phone?.Value ?? state.Begun.Contact.Conversation;

    /// <inheritdoc/>
    protected override string StageOf(Measure state) => state.Stage.ToString();

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<Measure> matter, long since) =>
        [MeasureRow.Of(matter.State, matter.Version)];

    private async Task FollowAsync(
        Complaint now, Complaint then, MeasureType type, PlannedMeasure plan, StaffId by, CancellationToken ct)
    {
        var stream = StreamOf(Measure.NumberOf(then.Number, type, then.Round));
        var measure = await LoadAsync(stream, ct);
        if (measure is null)
        {
            var begun = await BeginAsync(
                stream, then.Community,
                new MeasureCommand.Begin(
                    then.Number, then.Round, type, plan, by, ComplaintSides.Of(then), then.Intake.Contact),
                new Actor.System(), null, ct);
            measure = (begun as MatterResult<Measure>.Done)?.Matter;
        }

        var sides = ComplaintSides.Of(now);
        if (measure is { State.Open: true } && !measure.State.Sides.SameAs(sides))
            await HandleAsync(stream, new MeasureCommand.TakeSides(sides), new Actor.System(), null, ct);
    }
}
