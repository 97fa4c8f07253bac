using Azure;
using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>
/// A head as stored. <paramref name="DueId"/> is the write that set the due time, <paramref name="OpenId"/> the one
/// that opened the stream, <paramref name="Append"/> the last append, at <paramref name="Changed"/>.
/// </summary>
internal sealed record HeadRow(
    StreamHead Head, string? DueId, string? OpenId, string Append, DateTimeOffset Changed, ETag ETag)
{
    /// <summary>The row of the index of due times that this head refers to.</summary>
    public string? DueKey =>
        Head.NextDue is { } due && DueId is { } id ? IndexTable.DueKey(Head.Stream, due, id) : null;

    /// <summary>The row of the index of open streams that this head refers to.</summary>
    public string? OpenKey => Head.Open && OpenId is { } id ? IndexTable.OpenKey(Head.Stream, id) : null;

    /// <summary>The next head, written by <paramref name="id"/>; what stays the same keeps its rows.</summary>
    public static HeadRow Next(
        HeadRow? old, StreamHead next, string append, DateTimeOffset changed, string id) => new(
        next,
        next.NextDue is null ? null : old?.Head.NextDue == next.NextDue ? old!.DueId : id,
        next.Open ? old?.OpenId ?? id : null,
        append,
        changed,
        default);
}
