using System.Diagnostics;
using CustomerComm.App.Conversations;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Telemetry;

/// <summary>
/// Keeps one trace over what happens minutes or days apart, in other processes: what is stored carries the context it
/// was written in, and whoever takes it up goes on from there. What a person does is a trace of its own, linked to
/// that of the intake; what the clock brings about belongs to the intake's.
/// </summary>
internal static class Traces
{
    private const string Stream = "customercomm.stream";
    private const string Outcome = "customercomm.outcome";

    /// <summary>The context to store, as W3C <c>traceparent</c>; null while nobody listens.</summary>
    public static string? Current =>
        Signals.Source.HasListeners() && Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id }
            ? id : null;

    /// <summary>True while somebody listens, so that it is worth reading stored contexts.</summary>
    public static bool Wanted => Signals.Source.HasListeners();

    public static Activity? TakeIn(Channel channel)
    {
        var span = Signals.Source.StartActivity("intake");
        span?.SetTag("customercomm.channel", channel.ToString());
        return span;
    }

    public static Activity? Decide(string command, Actor actor, StreamId stream, string? begun)
    {
        if (!Wanted)
            return null;
        var span = actor is Actor.System ? GoOn("decide", begun, ActivityKind.Internal) : Linked("decide", begun);
        span?.SetTag("customercomm.command", command);
        span?.SetTag("customercomm.actor", actor.GetType().Name);
        span?.SetTag(Stream, stream.Value);
        return span;
    }

    public static Activity? Advance(StreamId stream)
    {
        var span = Signals.Source.StartActivity("pump.advance");
        span?.SetTag(Stream, stream.Value);
        return span;
    }

    public static Activity? Deliver(StreamId stream, string? stored, string template, Channel channel, int attempt)
    {
        var span = GoOn("deliver", stored, ActivityKind.Producer);
        span?.SetTag(Stream, stream.Value);
        span?.SetTag("customercomm.template", template);
        span?.SetTag("customercomm.channel", channel.ToString());
        span?.SetTag("customercomm.attempt", attempt);
        return span;
    }

    public static Activity? Converse(LoadedConversation conversation, Line? cause)
    {
        var span = GoOn("conversation.step", cause?.Trace, ActivityKind.Consumer);
        span?.SetTag(Stream, conversation.Stream.Value);
        span?.SetTag("customercomm.channel", conversation.Channel.ToString());
        return span;
    }

    /// <summary>Tells how it ended; a failure of ours marks the span as failed.</summary>
    public static void End(this Activity? span, string outcome, bool failed = false)
    {
        span?.SetTag(Outcome, outcome);
        if (failed)
            span?.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Links the span to where a stored context came from.</summary>
    public static void LinkTo(this Activity? span, string? stored)
    {
        if (span is not null && Read(stored) is { } origin && origin.TraceId != span.TraceId
            && !span.Links.Any(l => l.Context.SpanId == origin.SpanId))
        {
            span.AddLink(new ActivityLink(origin));
        }
    }

    /// <summary>A span in the stored trace, linked to what runs now; without a stored trace an ordinary one.</summary>
    private static Activity? GoOn(string name, string? stored, ActivityKind kind)
    {
        if (!Wanted)
            return null;
        if (Read(stored) is not { } origin || origin.TraceId == Activity.Current?.TraceId)
            return Signals.Source.StartActivity(name, kind);
        ActivityLink[] links = Activity.Current is { } now ? [new ActivityLink(now.Context)] : [];
        return Signals.Source.StartActivity(name, kind, origin, links: links);
    }

    private static Activity? Linked(string name, string? stored)
    {
        var span = Signals.Source.StartActivity(name);
        span.LinkTo(stored);
        return span;
    }

    private static ActivityContext? Read(string? stored) =>
        stored is not null && ActivityContext.TryParse(stored, null, isRemote: true, out var context)
            ? context : null;
}
