using System.Diagnostics;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Complaints;

/// <summary>How the pump moves a case forward.</summary>
public sealed class CaseStreamKind(
    CaseStreams cases, ComplaintKind service, RelatedCases related, Projection projection, RegisterIntake registers,
    Advance advance,
    TimeProvider time) : IStreamKind
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Prefixes => ["case"];

    /// <inheritdoc/>
    public async Task<PumpResult?> AdvanceAsync(StreamId stream, StreamHead? head, CancellationToken ct)
    {
        if (await cases.LoadAsync(stream, ct) is not { } loaded)
            return new PumpResult(null);
        Activity.Current.LinkTo(loaded.Trace);
        loaded = await RecordOverdueAsync(loaded, ct);
        if (!loaded.History.State.Followers.IsEmpty)
            await related.TellFollowersAsync(loaded, ct);
        var state = loaded.History.State;
        var result = await advance.RunAsync(
            stream, head, loaded.Version, Obligations.NextTrigger(state),
            projected => WriteAsync(loaded, projected, ct),
            (lost, seen) => ReportLostAsync(stream, lost, seen, ct), ct);
        return result is null ? null : result with { Progress = Progress.Of(state.Stage.ToString(), Obligations.Of(state)) };
    }

    /// <inheritdoc/>
    public Task ReportLostAsync(StreamId stream, GivenUp lost, SeenMessage seen, CancellationToken ct)
    {
        return service.HandleAsync(
            stream,
            new ComplaintCommand.ReportFailedMessage(
                lost.MessageId, lost.Message.TemplateName, lost.Message.Party, lost.Error),
            new Actor.System(), seen, ct);
    }

    /// <inheritdoc/>
    public Task ClearRowsAsync(CancellationToken ct) => projection.ClearAsync(ct);

    /// <inheritdoc/>
    public async Task<bool> RebuildRowsAsync(StreamId stream, CancellationToken ct)
    {
        if (await cases.LoadAsync(stream, ct) is not { } loaded)
            return false;
        await projection.RewriteAsync(loaded, ct);
        return true;
    }

    /// <summary>The first time its rows are written, the case enters itself in the register too (4.5.2).</summary>
    private async Task WriteAsync(LoadedCase loaded, long projected, CancellationToken ct)
    {
        await projection.WriteAsync(loaded, projected, ct);
        if (projected == 0)
            await registers.TakeAsync(loaded, ct);
    }

    private async Task<LoadedCase> RecordOverdueAsync(LoadedCase loaded, CancellationToken ct)
    {
        var state = loaded.History.State;
        return Obligations.NextTrigger(state) is { } due && due <= time.Now()
            && await service.HandleAsync(
                loaded.Stream, new ComplaintCommand.LapseOverdue(), new Actor.System(), null, ct)
                is CommandResult.Done { Case: var lapsed }
            ? lapsed
            : loaded;
    }
}
