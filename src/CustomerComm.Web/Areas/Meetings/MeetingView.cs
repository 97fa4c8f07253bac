using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Meetings;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Meetings;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Meetings;

/// <summary>Puts meetings into words.</summary>
internal sealed class MeetingView(MeetingKind meetings, RulesBook book, TimeProvider time)
{
    public DeskWords WordsFor(Language language, CommunityId community) => new(
        language, book.Directory, book.Current(community).Calendar.Zone, new UiTexts(MeetingArea.Texts));

    public static MeetingItem Item(MeetingRow row, DeskWords words) => new(
        row.Number, $"/desk/meetings/{row.Number}", words.Name(Enum.Parse<MeetingStage>(row.Stage)),
        row.Stage == nameof(MeetingStage.Done),
        (row.HeldAt ?? row.PlannedFor ?? row.SoughtBy) is { } at ? words.Time(at) : "",
        row.Attendees.ToString(words.Culture),
        $"{(row.Actions - row.ActionsOpen).ToString(words.Culture)} / {row.Actions.ToString(words.Culture)}");

    public MeetingMinutes Minutes(Meeting s, DeskWords words)
    {
        var now = time.Now();
        return new MeetingMinutes(
            s.Number, words.Community(book.Directory.Find(s.Community)!), words.Name(s.Stage), s.RecordedAt is not null,
            s.Stage == MeetingStage.Done, (s.At ?? s.SoughtBy) is { } at ? words.Time(at) : null, s.Place?.Value,
            s.Agenda?.Value, [.. s.Attendees.Select(a => new DeskFact(a.Name.Value, words.Name(a.Role)))],
            [
                .. s.Statements.Select(t => new MeetingStatement(
                    t.No, t.By.Value, t.Text.Value,
                    [
                        .. t.Was.Select(w => (w.Text.Value, words.Format(
                            "Corrected", ("who", words.Person(w.By)), ("at", words.Time(w.At)),
                            ("why", w.Reason.Value)))),
                    ])),
            ],
            [
                .. s.Actions.Select(a => new MeetingActionLine(
                    a.No, a.What.Value, words.Person(a.Owner), words.Time(a.Due), (a.DoneAt ?? now) > a.Due,
                    a.DoneAt is { } done ? words.Time(done) : null, a.Result?.Value)),
            ],
            s.CalledOffFor?.Value);
    }

    public async Task<MeetingDetail> DetailAsync(
        LoadedMatter<Meeting> meeting, StaffMember member, DeskWords words, PostedForm? typed,
        CancellationToken ct)
    {
        var now = time.Now();
        var owed = (await meetings.ViewAsync(meeting.Stream, ct))?.Owed ?? [];
        return new MeetingDetail(
            Minutes(meeting.State, words),
            [.. owed.OrderBy(o => o.Due).Select(o => words.Duty(o.Kind, words.Who(o.Owner), o.Due, now, o.Clause))],
            [.. new MeetingForms(meeting.State, member, words, typed).All()]);
    }
}
