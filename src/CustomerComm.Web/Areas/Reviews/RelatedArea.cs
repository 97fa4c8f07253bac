using System.Collections.Immutable;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Privacy;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Reviews;

/// <summary>
/// A complaint with the one it follows, those that follow it, the numbers of those that this person may resolve, and
/// those it may be joined to: as far as this person may see them.
/// </summary>
public sealed record RelatedSight(
    Sight<Complaint> Of, LoadedMatter<Complaint>? Lead, ImmutableArray<LoadedMatter<Complaint>> Followers,
    ImmutableArray<string> Resolvable, ImmutableArray<LoadedMatter<Complaint>> Proposed) : Sight<Complaint>(Of);

/// <summary>Repeated complaints from one place: proposed, joined with one lead, resolved together (4.5.7).</summary>
internal sealed class RelatedArea(ComplaintKind complaints, AccessLog access, DeskParts parts)
    : MatterArea<ComplaintMatter, Complaint, ComplaintCommand, ComplaintEvent>(complaints, parts)
{
    public override string Words => "Analysis";

    public override string Path => "/desk/complaints";

    protected override string Route => "/{id}/related";

    protected override string Clause => "4.5.7";

    protected override Type Page => typeof(RelatedPage);

    protected override ImmutableArray<Act<Complaint, ComplaintCommand>> Acts { get; } =
    [
        new(
            "Join",
            (s, f) => [f.Radio("lead", ((RelatedSight)s).Proposed.Select(p => Choice(p.State, f.Words)))],
            s => !((RelatedSight)s).Proposed.IsEmpty,
            async (s, a, seen, ct) => MatterNumber.TryParse(a.Text("lead"), out var lead)
                ? await complaints.JoinAsync(s.Matter, lead, s.Member, seen, ct)
                : Bad("lead", "'lead' is not the number of a complaint.")),
        new(
            "Separate", (_, _) => [], s => Takes(s, new ComplaintCommand.Separate()),
            (s, _, seen, ct) => complaints.SeparateAsync(s.Matter, s.Member, seen, ct)),
        new(
            "ResolveAll",
            (s, f) =>
            [
                f.Checks(
                    "follower", ((RelatedSight)s).Resolvable.Select(n => new DeskChoice(n, n)),
                    [.. ((RelatedSight)s).Resolvable]),
                f.Area("text", present: s.State.Resolution?.Text.Value ?? ""),
            ],
            s => s.State.Resolution is not null && !((RelatedSight)s).Resolvable.IsEmpty,
            (s, a, seen, ct) => ResolveAsync(complaints, s, a, seen, ct)),
    ];

    protected override async Task<LoadedMatter<Complaint>?> FindAsync(string id, CancellationToken ct) =>
        MatterNumber.TryParse(id, out var number) ? await complaints.FindAsync(number, ct) : null;

    protected override bool MayOpen(
        LoadedMatter<Complaint> matter, StaffMember member, CompanyDirectory directory) =>
        Authority.MayOpen(matter.Tracked, member, directory);

    protected override string AddressOf(LoadedMatter<Complaint> matter) => base.AddressOf(matter) + "/related";

    /// <summary>Whoever looks sees the words of all of them.</summary>
    protected override Task<(string Name, object? Value)[]> MoreAsync(
        HttpContext http, Sight<Complaint> sight, CancellationToken ct)
    {
        var related = (RelatedSight)sight;
        foreach (var seen in related.Followers.Concat(related.Proposed).Append(related.Lead).Append(sight.Matter))
        {
            if (seen is not null)
                access.Note(seen.State, sight.Member, AccessKind.Related);
        }

        return base.MoreAsync(http, sight, ct);
    }

    protected override DeskFact BackOf(Sight<Complaint> sight) =>
        new("", $"← {sight.State.Number}", $"{Path}/{sight.State.Number}");

    protected override string TitleOf(Sight<Complaint> sight) =>
        $"{sight.Words["Related.Title"]} · {sight.State.Number}";

    protected override IEnumerable<DeskBadge> Badges(Sight<Complaint> sight) => [];

    /// <summary>What happened to it is told on its own page.</summary>
    protected override bool Tells(Sight<Complaint> sight, object e) => false;

    protected override IEnumerable<(string Key, string? Value)> Said(ComplaintEvent e, DeskWords words) => [];

    protected override async Task<Sight<Complaint>?> LookAsync(
        HttpContext http, Sight<Complaint> sight, CancellationToken ct)
    {
        var s = sight.State;
        var lead = s.LeadComplaint is { } number ? await complaints.FindAsync(number, ct) : null;
        var followers = (await complaints.FollowersAsync(sight.Matter, ct))
            .Where(f => Authority.MayOpen(f.Tracked, sight.Member, sight.Rules.Directory)).ToImmutableArray();
        return new RelatedSight(
            sight, lead, followers,
            [
                .. followers.Where(f => Takes(f.State, new ComplaintCommand.Resolve("x"), sight.Member))
                    .Select(f => f.State.Number.ToString()),
            ],
            lead is null ? [.. await complaints.ProposeAsync(sight.Matter, sight.Member, ct)] : []);
    }

    /// <summary>
    /// Resolves the chosen followers with one text; each resident is then asked to sign for themselves. Where one is
    /// refused that is told, the others are done.
    /// </summary>
    private static async Task<MatterResult<Complaint>> ResolveAsync(
        ComplaintKind complaints, Sight<Complaint> sight, Answers answers, SeenMessage seen, CancellationToken ct)
    {
        var chosen = answers.All("follower");
        var actor = new Actor.Staff(sight.Member);
        if (chosen.IsEmpty)
            return Bad("follower", "Choose at least one complaint.");
        MatterResult<Complaint> result = new MatterResult<Complaint>.Done(sight.Matter);
        foreach (var follower in await complaints.FollowersAsync(sight.Matter, ct))
        {
            if (!chosen.Contains(follower.State.Number.ToString(), StringComparer.Ordinal))
                continue;
            var one = await complaints.HandleAsync(
                follower.Stream, new ComplaintCommand.Resolve(answers.Text("text")), actor, seen, ct);
            if (one is not MatterResult<Complaint>.Done)
                result = one;
        }

        return result;
    }

    private static MatterResult<Complaint>.Refused Bad(string field, string text) =>
        new(Check.Bad(field, "4.5.7", text));

    private static DeskChoice Choice(Complaint s, DeskWords words) => new(
        s.Number.ToString(), $"{s.Number} · {words.Time(s.ReceivedAt)} · {words.Name(s.Stage)}");
}
