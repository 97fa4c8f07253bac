using CustomerComm.App.Company;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Complaints;

/// <summary>What a command on a case came to.</summary>
public abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <summary>Done, or done before; the case as it is now.</summary>
    public sealed record Done(LoadedCase Case) : CommandResult;

    /// <summary>Refused by the procedure; nothing changed.</summary>
    public sealed record Refused(Refusal Refusal) : CommandResult;

    /// <summary>There is no such case.</summary>
    public sealed record Unknown : CommandResult;

    /// <summary>The message id was used before with another content: a mistake of the sender.</summary>
    public sealed record Reused(string MessageId) : CommandResult;
}

/// <summary>
/// The one way to change a case: load, decide, append events with the messages they owe in one transaction, then nudge.
/// Nobody waits for a message to be delivered.
/// </summary>
public sealed class ComplaintKind(
    IEventStore store, CaseStreams cases, SealedJson json, RulesBook rules, Composer composer, Numbering numbering,
    Links links, INudge nudge, TimeProvider time)
{
    private const int Attempts = 50;

    /// <summary>The case of a number, or null.</summary>
    public async Task<LoadedCase?> FindAsync(ComplaintNumber number, CancellationToken ct) =>
        await numbering.FindAsync(number, ct) is { } stream
            && await cases.LoadAsync(stream, ct) is { } loaded && loaded.History.State.Number == number
            ? loaded
            : null;

    /// <summary>Rules a case was opened under.</summary>
    public Rules RulesOf(Complaint state)
    {
        return rules.Of(state.Community, state.Intake.PolicyVersion);
    }

    /// <summary>Carries out a command on the case of this number.</summary>
    public async Task<CommandResult> HandleAsync(
        ComplaintNumber number, ComplaintCommand command, Actor actor, SeenMessage? seen, CancellationToken ct) =>
        await numbering.FindAsync(number, ct) is { } stream
            ? await HandleAsync(stream, command, actor, seen, ct)
            : new CommandResult.Unknown();

    /// <summary>
    /// Carries out a command on an existing case. With <paramref name="seen"/>, the same message has its effect once,
    /// however often it is delivered.
    /// </summary>
    public async Task<CommandResult> HandleAsync(
        StreamId stream, ComplaintCommand command, Actor actor, SeenMessage? seen, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await cases.LoadAsync(stream, ct) is not { } loaded)
                return new CommandResult.Unknown();
            using var span = Traces.Decide(command, actor, loaded);
            if (seen is not null && await store.FindSeenAsync(stream, seen.Id, ct) is { } taken)
                return Repeated(taken, seen, loaded);
            var decision = ComplaintMatter.Decide(
                loaded.History.State, command, actor, time.Now(), RulesOf(loaded.History.State));
            if (decision is Decision<ComplaintEvent>.Refused no)
            {
                span.End($"refused:{no.Refusal.Code}");
                return new CommandResult.Refused(no.Refusal);
            }

            var events = ((Decision<ComplaintEvent>.Accepted)decision).Events;
            if (events.IsEmpty)
                return new CommandResult.Done(loaded);
            switch (await AppendAsync(loaded, events, seen, ct))
            {
                case { Case: { } written }:
                    span.End("appended");
                    nudge.Nudge(stream);
                    return new CommandResult.Done(written);
                case { Taken: { } before }:
                    return Repeated(before, seen!, loaded);
                default:
                    span.End("conflict");
                    continue;
            }
        }

        throw new IOException($"Stream {stream} was changed by others {Attempts} times in a row.");
    }

    /// <summary>Opens a stream with its first events; null where somebody else opened it.</summary>
    internal async Task<LoadedCase?> OpenAsync(
        StreamId stream, string keyId, IReadOnlyList<ComplaintEvent> events, Rules by, CancellationToken ct)
    {
        var written = await AppendAsync(stream, keyId, null, events, by, null, ct);
        if (written.Case is not null)
            nudge.Nudge(stream);
        return written.Case;
    }

    private async Task<Written> AppendAsync(
        LoadedCase loaded, IReadOnlyList<ComplaintEvent> events, SeenMessage? seen, CancellationToken ct) =>
        await AppendAsync(
            loaded.Stream, loaded.KeyId, loaded, events, RulesOf(loaded.History.State), seen, ct);

    private async Task<Written> AppendAsync(
        StreamId stream, string keyId, LoadedCase? before, IReadOnlyList<ComplaintEvent> decided, Rules by,
        SeenMessage? seen, CancellationToken ct)
    {
        await json.PrepareAsync(keyId, ct);
        var now = time.Now();
        var trace = Traces.Current;
        var history = before?.History;
        var stored = new List<NewEvent>();
        var outbox = new List<NewMessage>();
        foreach (var e in WithSigningLink(stream, history, decided, by, now))
        {
            history = CaseHistory.Add(history, new Happened(e, now));
            stored.Add(cases.Write(keyId, e));
            var nth = 0;
            foreach (var message in composer.Compose(e, history.State, stream, by))
            {
                outbox.Add(new NewMessage(
                    $"{history.State.Version:D6}-{nth++}",
                    json.Write(keyId, message with { Owed = now }, typeof(OutgoingMessage), trace)));
            }
        }

        // Due now: the pump must write rows and deliver, then it sets the real next time.
        var result = await store.AppendTimedAsync(
            new Append(
                stream, before?.Version ?? 0, now, stored, outbox, seen is null ? [] : [seen], now,
                history!.State.Open), ct);
        if (result is not AppendResult.Appended)
            return new Written(null, (result as AppendResult.Duplicate)?.Message);
        Signals.Done(before?.History, history);
        var written = new LoadedCase(stream, history, keyId) { Trace = before is null ? trace : before.Trace };
        cases.Keep(written);
        return new Written(written, null);
    }

    /// <summary>A resolution carries its signing link along, in the same transaction (4.6.2-4).</summary>
    private List<ComplaintEvent> WithSigningLink(
        StreamId stream, CaseHistory? history, IReadOnlyList<ComplaintEvent> decided, Rules by, DateTimeOffset now)
    {
        var events = decided.ToList();
        if (!events.Exists(e => e is ComplaintEvent.Resolved))
            return events;
        var state = events.Aggregate(history?.State, (s, e) => Complaint.Evolve(s, e, now))!;
        var hash = Pseudonyms.HashToken(links.SignToken(stream, state.LinksIssued + 1));
        if (ComplaintMatter.Decide(state, new ComplaintCommand.RequestSignature(hash), new Actor.System(), now, by)
            is Decision<ComplaintEvent>.Accepted more)
        {
            events.AddRange(more.Events);
        }

        return events;
    }

    private static CommandResult Repeated(TakenMessage taken, SeenMessage seen, LoadedCase loaded) =>
        taken.Fingerprint == seen.Fingerprint
            ? new CommandResult.Done(loaded)
            : new CommandResult.Reused(seen.Id);

    private readonly record struct Written(LoadedCase? Case, TakenMessage? Taken);
}
