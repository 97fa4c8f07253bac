using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Matters;

namespace CustomerComm.Web.Desk;

/// <summary>What is a person's to do, from the work-list rows; each is checked against its matter as it stands.</summary>
internal sealed class WorkList(
    CompanyDirectory directory, RulesBook book, PostWatch posts, ITables tables, IEnumerable<IMatterKind> kinds,
    IEnumerable<IDeskArea> areas,
    TimeProvider time)
{
    /// <summary>Obligations read from one work list at most.</summary>
    private const int Longest = 200;

    public async Task<ImmutableArray<DeskWork>> OfAsync(StaffMember member, DeskWords words, CancellationToken ct)
    {
        var of = directory.Communities.Select(c => c.Id).Concat(book.Former);
        // Whoever acts for a vacant post has its list too; what people who left owed is looked through by all.
        var keys = (await posts.LeftAsync(ct)).Prepend(member.Id).Select(id => Party.Of(id).Key(default))
            .Concat(of.SelectMany(c => directory.Wearing(member, c)
                .Where(m => m.Serves(c)).Select(m => Party.Of(m.Unit).Key(c))))
            .Distinct(StringComparer.Ordinal);
        var rows = new List<ObligationRow>();
        foreach (var key in keys)
            rows.AddRange((await tables.Of<ObligationRow>().QueryAsync(key, null, null, Longest, null, ct)).Rows);
        var work = ImmutableArray.CreateBuilder<DeskWork>();
        foreach (var row in rows.OrderByDescending(r => r.Danger).ThenBy(r => r.Due)
            .ThenBy(r => r.RowKey, StringComparer.Ordinal).Take(Longest))
        {
            var line = await LineOfAsync(row, member, words, ct);
            if (line is not null)
                work.Add(line);
        }

        return work.ToImmutable();
    }

    private async Task<DeskWork?> LineOfAsync(
        ObligationRow row, StaffMember member, DeskWords words, CancellationToken ct)
    {
        var kind = kinds.FirstOrDefault(k => k.Prefixes.Contains(row.Matter, StringComparer.Ordinal));
        var area = areas.FirstOrDefault(a => a.Matters.Contains(row.Matter, StringComparer.Ordinal));
        var stream = new StreamId(row.Stream);
        if (kind is null || area is null || await kind.ViewAsync(stream, ct) is not { } view
            || Standing(view.Owed, row, member, view.Community) is not { } owed
            || !await area.MayOpenAsync(stream, member, ct))
        {
            return null;
        }

        var about = Enum.TryParse<Category>(row.Category, out var category)
            ? words.Name(category) : new UiTexts(area.Words)["Area.Title", words.Language];
        var severity = Enum.TryParse<Severity>(row.Severity, out var grave) ? grave : Severity.Ordinary;
        return new DeskWork(
            view.Number, area.AddressOf(row), What(owed, words), about,
            row.Severity.Length == 0 ? "" : words.Name(severity), severity != Severity.Ordinary,
            Shown(owed, view.Community, words),
            owed.Kind == ObligationKind.AcknowledgeLapse ? new DeskAcknowledgement(row.Stream, owed.Subject) : null)
        {
            Danger = row.Danger,
        };
    }

    /// <summary>The obligation as it stands now; null where it was met meanwhile or is somebody else's.</summary>
    private Obligation? Standing(
        IEnumerable<Obligation> owed, ObligationRow row, StaffMember member, CommunityId community) =>
        owed.FirstOrDefault(o => o.Kind.ToString() == row.Kind && o.Subject == row.Subject
            && o.Due == row.Due && Authority.Is(o.Owner, member, community, directory));

    private DeskObligation Shown(Obligation owed, CommunityId community, DeskWords words)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(directory.Known(community).TimeZone);
        var local = new DeskWords(words.Language, directory, zone);
        return local.Owed(owed.Kind, local.Who(owed.Owner), owed.Due, time.Now(), owed.Clause);
    }

    private static string What(Obligation owed, DeskWords words) =>
        owed.Kind == ObligationKind.AcknowledgeLapse
            && Enum.TryParse<ObligationKind>(owed.Subject.Split('|')[0], out var late)
            ? Texts.Format(
                "Format.Of", words.Language, ("what", words.Name(owed.Kind)), ("detail", words.Name(late)))
            : words.Name(owed.Kind);
}
