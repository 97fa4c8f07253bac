using System.Collections.Immutable;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Reviews;

/// <summary>A month in the list of reviews.</summary>
public sealed record ReviewLine(
    string Address, string Month, string Community, string Stage, bool Done, int Opinions, int Reviewed, string Due,
    bool Late, string? Report);

/// <summary>One opinion of a month; <paramref name="Quick"/>: it can be confirmed with others at once.</summary>
public sealed record OpinionEntry(
    string Number, string Address, string What, string Received, string Stage, string? Finding, bool Explained,
    string? Verdict, bool Holds, bool Quick);

/// <summary>
/// A page of a month's review. <paramref name="Reason"/> is why it was sent back. Addresses of other pages are null
/// where there are none.
/// </summary>
public sealed record ReviewView(
    string Number, string Month, string Community, string Stage, bool Open, string Due, ImmutableArray<DeskFact> Facts,
    string? Reason, ImmutableArray<OpinionEntry> Entries, bool TodoOnly, string AllAddress, string TodoAddress,
    string? FirstAddress, string? NextAddress, string? QuickKey, ImmutableArray<DeskForm> Forms);

/// <summary>One opinion of a month's review.</summary>
public sealed record OpinionPageView(
    string Number, string Month, string Back, string CaseAddress, string Text, string? Result,
    ImmutableArray<DeskFact> Facts, ImmutableArray<DeskFact> Finding, ImmutableArray<DeskForm> Forms);

/// <summary>Another case as those who join cases see it.</summary>
public sealed record RelatedLine(string Number, string Received, string Stage, string Text, bool MayResolve);

/// <summary>A case with those it is joined with, or could be.</summary>
public sealed record RelatedView(
    string Number, string Place, RelatedLine? Lead, ImmutableArray<RelatedLine> Followers,
    ImmutableArray<RelatedLine> Proposed, bool MaySeparate, ImmutableArray<DeskForm> Forms);
