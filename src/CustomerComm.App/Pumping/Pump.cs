using CustomerComm.App.Complaints;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Pumping;

/// <summary>
/// What is left to do: nothing ever, or something at a time. <paramref name="Busy"/>: it changed so often meanwhile that
/// it was left due. <paramref name="Progress"/>: how the case stands, null for what is no case.
/// </summary>
public sealed record PumpResult(DateTimeOffset? WakeAt, bool Busy = false, Progress? Progress = null);

/// <summary>
/// How a case stands, for whoever watches the machinery: the stage, and which obligation is next and when. Names no
/// person.
/// </summary>
public sealed record Progress(string Stage, string? Next, DateTimeOffset? Due)
{
    /// <summary>Of a case as it is now.</summary>
    public static Progress Of(Complaint state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var next = Obligations.Of(state).MinBy(o => o.Trigger);
        return new Progress(state.Stage.ToString(), next?.Kind.ToString(), next?.Due);
    }
}

/// <summary>
/// Moves one stream forward: takes up what is unanswered, records what is overdue, writes the rows, delivers the
/// messages, and tells when to come again. Repeating it, or stopping it anywhere, does no harm.
/// </summary>
public sealed class Pump(
    IEventStore store, CaseStreams cases, CaseService service, Conversations.ConversationRunner conversations,
    Projection projection, Delivery delivery, TimeProvider time)
{
    private const int Rounds = 20;

    /// <summary>Moves the stream forward as far as it goes now.</summary>
    public async Task<PumpResult> AdvanceAsync(StreamId stream, CancellationToken ct)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var result = stream.Value.StartsWith("case.", StringComparison.Ordinal)
                ? await AdvanceCaseAsync(stream, ct)
                : await AdvanceConversationAsync(stream, ct);
            if (result is not null)
                return result;
        }

        // Busy beyond measure: leave it due, so that the sweeper comes back, and let others have their turn.
        return new PumpResult(time.Now(), Busy: true);
    }

    /// <summary>Null: the stream moved on meanwhile, so go round again.</summary>
    private async Task<PumpResult?> AdvanceCaseAsync(StreamId stream, CancellationToken ct)
    {
        if (await cases.LoadAsync(stream, ct) is not { } loaded)
            return new PumpResult(null);
        loaded = await RecordOverdueAsync(loaded, ct);
        var state = loaded.History.State;
        var projected = (await store.ReadHeadAsync(stream, ct))?.Projected ?? 0;
        Exception? failed = null;
        try
        {
            if (projected < loaded.Version)
                await projection.WriteAsync(loaded, projected, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Rows can wait, messages to people cannot: deliver first, then fail, so that the sweeper comes back.
            failed = e;
        }

        var round = await delivery.DeliverAsync(stream, ct);
        var wake = Earlier(Obligations.NextTrigger(state), round.NextAttempt);
        foreach (var lost in round.GivenUp)
        {
            await service.HandleAsync(
                stream,
                new ComplaintCommand.ReportFailedMessage(
                    lost.MessageId, lost.Message.Template?.ToString() ?? "", lost.Message.Party, lost.Error),
                new Actor.System(), new SeenMessage("dead:" + lost.MessageId, ""), ct);
        }

        if (failed is not null)
        {
            await store.SettleAsync(stream, version: -1, round.Updates, null, ct);
            throw new IOException($"Rows of {stream} could not be written.", failed);
        }

        return await store.SettleAsync(stream, loaded.Version, round.Updates, wake, ct)
            ? new PumpResult(wake, Progress: Progress.Of(state))
            : null;
    }

    private async Task<LoadedCase> RecordOverdueAsync(LoadedCase loaded, CancellationToken ct)
    {
        var state = loaded.History.State;
        if (Obligations.NextTrigger(state) is { } due && due <= time.Now()
            && await service.HandleAsync(
                loaded.Stream, new ComplaintCommand.LapseOverdue(), new Actor.System(), null, ct)
                is CommandResult.Done { Case: var lapsed })
        {
            loaded = lapsed;
        }

        return loaded;
    }

    private async Task<PumpResult?> AdvanceConversationAsync(StreamId stream, CancellationToken ct)
    {
        var version = await conversations.ProcessAsync(stream, ct);
        var round = await delivery.DeliverAsync(stream, ct);
        var wake = Earlier(await conversations.NextDueAsync(stream, ct), round.NextAttempt);
        return await store.SettleAsync(stream, version, round.Updates, wake, ct) ? new PumpResult(wake) : null;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) =>
        a is null ? b : b is null || a < b ? a : b;
}
