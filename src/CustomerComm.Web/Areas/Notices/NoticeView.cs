using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Notices;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Notices;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Notices;

/// <summary>Puts notices into words for the desk.</summary>
internal sealed class NoticeView(NoticeReader reader, RulesBook book, TimeProvider time)
{
    public DeskWords WordsFor(Language language, CommunityId community) => new(
        language, book.Directory, book.Current(community).Calendar.Zone, new UiTexts(NoticeArea.Texts));

    public static NoticeItem Item(LoadedMatter<Notice> notice, DeskWords words)
    {
        var s = notice.State;
        var text = (s.Current ?? s.Pending)?.Text;
        return new NoticeItem(
            s.Number, $"/desk/notices/{s.Number}", text?.TitleIn(words.Language) ?? words["Discarded"],
            words.Name(s.Kind), words.Name(s.Audience.Kind), words.Name(s.Stage), s.Stage == NoticeStage.Published,
            s.Stage == NoticeStage.Withdrawn, words.Time(s.Current?.PublishedAt ?? notice.Tracked.BegunAt));
    }

    public async Task<NoticeDetail> DetailAsync(
        LoadedMatter<Notice> notice, StaffMember member, DeskWords words, PostedForm? typed, CancellationToken ct)
    {
        var s = notice.State;
        var may = NoticeMatter.May(new Actor.Staff(member), s.Community, s.Audience) is null;
        return new NoticeDetail(
            s.Number, words.Name(s.Stage), s.Stage == NoticeStage.Published, [.. Facts(notice, words)],
            s.Pending is { } pending ? Edition(pending, words, struck: false) : null,
            [.. s.Editions.Reverse().Select(e => Edition(e, words, e != s.Current || s.WithdrawnAt is not null))],
            s.WithdrawnFor is { } why
                ? words.Format("WithdrawnAt", ("at", words.Time(s.WithdrawnAt!.Value)), ("why", why.Value)) : null,
            s.Public ? $"/notices/{s.Number}" : null, [.. await CountsAsync(s, words, ct)],
            may ? [.. NoticeForms.Of(s, words, typed, time.Now())] : []);
    }

    private static NoticeEdition Edition(Edition e, DeskWords words, bool struck) => new(
        e.No, e.Text.Title.Value, e.Text.Body.Value, e.Text.TitleEn?.Value, e.Text.BodyEn?.Value, e.Text.Source,
        words.Person(e.By), words.Time(e.PublishedAt ?? e.DraftedAt),
        e.Change == NoticeChange.New ? null : words.Name(e.Change), e.Reason?.Value, struck);

    private static IEnumerable<DeskFact> Facts(LoadedMatter<Notice> notice, DeskWords words)
    {
        var s = notice.State;
        yield return new DeskFact(words["Field.kind"], words.Name(s.Kind));
        yield return new DeskFact(words["Field.audience"], words.Name(s.Audience.Kind) + s.Audience.Kind switch
        {
            AudienceKind.Building => $" {s.Audience.Building}",
            AudienceKind.Households => $" ({s.Audience.Rooms.Length}): "
                + string.Join(words["And"], s.Audience.Rooms.Take(10).Select(r => r.Value))
                + (s.Audience.Rooms.Length > 10 ? " …" : ""),
            _ => "",
        });
        yield return new DeskFact(words["Field.ways"], words[s.Sms ? "Ways.Sms" : "Ways.Page"]);
        yield return new DeskFact(words["Fact.Unit"], words.Name(s.Lead));
        yield return new DeskFact(words["Fact.Drafted"], words.Time(notice.Tracked.BegunAt));
        if (s.Pending is { PublishAt: { } at })
            yield return new DeskFact(words["Fact.PublishAt"], words.Time(at));
        else if (s.Pending is { } pending)
            yield return new DeskFact(words["Fact.Due"], words.Time(pending.Due));
        if (s.DiscardedFor is { } why)
            yield return new DeskFact(words["Fact.Discarded"], why.Value);
    }

    private async Task<List<NoticeCount>> CountsAsync(Notice s, DeskWords words, CancellationToken ct)
    {
        var told = s.Editions.Select(e => (e.No, e.Change)).ToList();
        if (s.WithdrawnAt is not null)
            told.Add((s.Current!.No, NoticeChange.Withdrawn));
        var counts = new List<NoticeCount>();
        foreach (var (no, change) in told)
        {
            var now = s.Spreading is { } p && p.Edition == no && p.Change == change && !p.Done;
            counts.Add(new NoticeCount(
                words.Name(change), words.Format("EditionNo", ("n", no.ToString(words.Culture))),
                await reader.FiguresAsync(s.Number, no, change, ct),
                $"/desk/notices/{s.Number}/receipts?edition={no}&change={change}", !now));
        }

        return counts;
    }
}
