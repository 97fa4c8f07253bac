using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Revisits;

namespace CustomerComm.App.Revisits;

/// <summary>The monthly revisits (4.5.3): one stream for each item revisited.</summary>
public sealed class RevisitKind(MatterParts parts, Intake intake)
    : MatterKind<RevisitMatter, Revisit, RevisitCommand, RevisitEvent>(parts, Name)
{
    /// <summary>Part of its stream ids before the first dot.</summary>
    public const string Name = "revisit";

    private const int LongestQuote = 8_000;

    /// <summary>Stream of the revisit of an item in a month: the same for the same item, always.</summary>
    public StreamId StreamOf(CommunityId community, string month, string number) =>
        StreamOf($"{community}-{month}-{RevisitSample.Rank(number, month)[..16]}");

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(RevisitRow)];

    /// <inheritdoc/>
    protected override string? PersonOf(RevisitEvent e, Revisit state)
    {
        return state.Planned.Contact.Phone?.Value ?? state.Planned.Contact.Conversation;
    }

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<Revisit> matter, long since) =>
        [RevisitRow.Of(matter.State, matter.Stream, matter.Version)];

    /// <inheritdoc/>
    protected override async Task<bool> FollowAsync(LoadedMatter<Revisit> matter, CancellationToken ct)
    {
        var s = matter.State;
        RevisitCommand? command = null;
        if (s.OwesComplaint)
            command = new RevisitCommand.LinkComplaint(await OpenComplaintAsync(matter, ct));
        else if (NextTime(s) is { } remind && remind <= Now)
            command = new RevisitCommand.Ask();
        return command is not null && await MovedAsync(matter, command, ct);
    }

    /// <inheritdoc/>
    protected override DateTimeOffset? NextTime(Revisit state) =>
        state.Open ? Signing.RemindAt(state.Request, state.Planned.Contact) : null;

    /// <summary>A bad answer becomes a complaint, once; null where nothing is left to read.</summary>
    private async Task<MatterNumber?> OpenComplaintAsync(LoadedMatter<Revisit> matter, CancellationToken ct)
    {
        var s = matter.State;
        var asked = s.Planned.Text.Value;
        if (asked == Personal.Erased)
            return null;
        var form = s.Signed!;
        var contact = s.Planned.Contact;
        // What stands in the resident's own words is not read as a place to fill in.
        var text = Texts.Format("Revisit.Complaint", s.Planned.Language, name => name switch
        {
            "number" => s.Number,
            "text" => asked.Length <= LongestQuote ? asked : asked[..LongestQuote],
            "why" => form.Comment?.Value ?? "",
            "quality" => form.Judgement.Quality.ToString(Languages.Culture(s.Planned.Language)),
            "attitude" => form.Judgement.Attitude.ToString(Languages.Culture(s.Planned.Language)),
            "solved" => Texts.Get(form.Judgement.Solved ? "Revisit.Solved" : "Revisit.NotSolved", s.Planned.Language),
            _ => null,
        });
        var result = await intake.ReceiveAsync(
            new IntakeRequest(
                s.Community, text, contact.Name?.Value, contact.Phone?.Value, contact.Room?.Value, contact.Conversation,
                Channel.Company, ComplaintAbout(form.Judgement), [s.Item.Category], null, s.Planned.Language,
                IsLetter: false, EnteredBy: null, $"{matter.Stream}:bad", Nature.Complaint),
            new Actor.System(), ct);
        return Intake.NumberOf(result);
    }

    /// <summary>What is marked worse is what it is chiefly about (4.6.1-2-A).</summary>
    private static Category ComplaintAbout(Judgement judgement) =>
        judgement.Solved && judgement.Attitude < judgement.Quality ? Category.StaffAttitude : Category.ServiceQuality;
}
