using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Privacy;

namespace CustomerComm.App.Privacy;

/// <summary>Data requests as a kind of matter: a copy, or erasure (PIPL articles 44 to 50, GDPR articles 12 to 17).</summary>
public sealed class DataRequestKind(MatterParts parts, Pseudonyms pseudonyms)
    : MatterKind<DataRequestMatter, DataRequest, DataRequestCommand, DataRequestEvent>(parts, Name, Letter)
{
    /// <summary>Part of its stream ids before the first dot.</summary>
    public const string Name = "datarequest";

    /// <summary>Code of its numbers.</summary>
    public const string Letter = "D";

    /// <summary>The rows of a community's data requests, the newest first; at most 1,000.</summary>
    public async Task<IReadOnlyList<DataRequestRow>> ListAsync(CommunityId community, CancellationToken ct) =>
        (await Tables.Of<DataRequestRow>().QueryAsync(community.Value, null, null, 1_000, null, ct)).Rows;

    /// <summary>The request of this number, or null.</summary>
    public async Task<LoadedMatter<DataRequest>?> FindAsync(string? number, CancellationToken ct) =>
        MatterNumber.TryParse(number, out var parsed) ? await FindAsync(parsed, ct) : null;

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(DataRequestRow), typeof(DataRequestLinkRow)];

    /// <summary>By a person's pseudonym: once they are erased, nobody can tell any more which rows were theirs.</summary>
    protected override IReadOnlyList<Type> RowsBeside { get; } = [typeof(DataRequestLinkRow)];

    /// <inheritdoc/>
    protected override string? PersonOf(DataRequestEvent e, DataRequest state) =>
        state.Asked.Contact.Phone?.Value ?? state.Asked.Contact.Conversation;

    /// <inheritdoc/>
    protected override string StageOf(DataRequest state) => state.Stage.ToString();

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<DataRequest> matter, long since)
    {
        var s = matter.State;
        yield return DataRequestRow.Of(s, matter.Stream.Value, matter.Version);
        if (s.Stage is DataRequestStage.Approved or DataRequestStage.Announced or DataRequestStage.Erasing)
            yield return Link(DataRequestLinkRow.Approved);
        if (s.Open && PersonOf(s.Asked, s) is { } address && address != Personal.Erased)
            yield return Link(pseudonyms.Person(address));

        DataRequestLinkRow Link(string partition) => new()
        {
            PartitionKey = partition,
            RowKey = s.Number,
            Version = matter.Version,
            Stream = matter.Stream.Value,
        };
    }
}
