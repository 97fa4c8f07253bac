using System.Runtime.ExceptionServices;
using CustomerComm.App.Conversations;
using CustomerComm.App.Ports;
using CustomerComm.App.Registers;
using Microsoft.Extensions.Logging;

namespace CustomerComm.App.Messages;

/// <summary>What the events of one delivery came to.</summary>
public abstract record SmsEventsResult
{
    private SmsEventsResult()
    {
    }

    /// <summary>All taken, or set aside for a person; durable.</summary>
    public sealed record Taken : SmsEventsResult;

    /// <summary>Answer with this code; the sender then begins to send.</summary>
    public sealed record Validate(string Code) : SmsEventsResult;

    /// <summary>None could be read: this is the first one's fault. They were set aside for a person.</summary>
    public sealed record Malformed(string Field, string Text) : SmsEventsResult;
}

/// <summary>
/// The one way in for the provider's events, whether they come to an address or through a queue. Each event is taken on
/// its own; what cannot be read, or fails, is set aside for a person. Taking them again changes nothing.
/// </summary>
public sealed partial class SmsEventIntake(
    ISmsEvents events, SmsInbox inbox, SmsReports reports, SetAside aside, ILogger<SmsEventIntake> log)
{
    private const int Attempts = 2;

    /// <summary>
    /// Takes a JSON text of events, in order; with <paramref name="head"/> the data of one. Throws only where an event
    /// can neither be taken nor set aside, once the others are: the sender then brings them again.
    /// </summary>
    public async Task<SmsEventsResult> TakeAsync(
        ReadOnlyMemory<byte> json, EventHead? head = null, CancellationToken ct = default)
    {
        string? code = null;
        SmsEvent.Malformed? bad = null;
        Exception? lost = null;
        var read = 0;
        foreach (var e in events.Parse(json, head))
        {
            bad ??= e as SmsEvent.Malformed;
            code ??= (e as SmsEvent.Validation)?.Code;
            read += e is SmsEvent.Malformed ? 0 : 1;
            try
            {
                await TakeOneAsync(e, ct);
            }
            catch (Exception x) when (!ct.IsCancellationRequested)
            {
                lost ??= x;
            }
        }

        if (lost is not null)
            ExceptionDispatchInfo.Throw(lost);
        if (code is not null)
            return new SmsEventsResult.Validate(code);
        return bad is not null && read == 0
            ? new SmsEventsResult.Malformed(bad.Field, bad.Text) : new SmsEventsResult.Taken();
    }

    private async Task TakeOneAsync(SmsEvent e, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await DoAsync(e, ct);
                return;
            }
            catch (Exception x) when (!ct.IsCancellationRequested)
            {
                Failed(log, e.GetType().Name, x.GetType().Name, x.StackTrace);
                if (attempt < Attempts)
                    continue;
                await (e is SmsEvent.Received r
                    ? aside.KeepAsync(new SmsReceived(r.Id, r.From, r.Text), ct)
                    : aside.KeepAsync(e.Raw, x.GetType().Name, ct));
                return;
            }
        }
    }

    private Task DoAsync(SmsEvent e, CancellationToken ct) => e switch
    {
        SmsEvent.Received r => inbox.ReceiveAsync(new SmsReceived(r.Id, r.From, r.Text), ct),
        SmsEvent.Reported r => reports.TakeAsync(r.Id, r.Tag, r.Status, ct),
        SmsEvent.Malformed m => aside.KeepAsync(m.Raw, $"{m.Field}: {m.Text}", ct),
        SmsEvent.Validation or SmsEvent.Other => Task.CompletedTask,
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    [LoggerMessage(LogLevel.Error, "An event {Event} could not be taken: {Error}{Where}")]
    private static partial void Failed(ILogger log, string @event, string error, string? where);
}
