using System.Collections.Immutable;
using CustomerComm.App.Notices;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Notices;

/// <summary>A notice in a list.</summary>
public sealed record NoticeItem(
    string Number, string Address, string Title, string Kind, string Audience, string Stage, bool Good, bool Struck,
    string At);

/// <summary>An edition in words; <paramref name="Struck"/>: it no longer holds.</summary>
public sealed record NoticeEdition(
    int No, string Title, string Body, string? TitleEn, string? BodyEn, string? Source, string By, string At,
    string? Change, string? Reason, bool Struck);

/// <summary>How many were told of what, and how many read it.</summary>
public sealed record NoticeCount(string What, string Edition, NoticeFigures Figures, string Receipts, bool Done);

/// <summary>A notice as staff see it.</summary>
public sealed record NoticeDetail(
    string Number, string Stage, bool Good, ImmutableArray<DeskFact> Facts, NoticeEdition? Pending,
    ImmutableArray<NoticeEdition> Editions, string? Withdrawn, string? PublicAddress,
    ImmutableArray<NoticeCount> Counts, ImmutableArray<DeskForm> Forms);

/// <summary>A household that was told.</summary>
public sealed record NoticeReceiptLine(string Community, string Home, string Status, bool Good, bool Bad);
