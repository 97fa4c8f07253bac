using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Measures;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;

namespace CustomerComm.Web.Areas.Measures;

/// <summary>
/// The report 纠正措施报告 or 预防措施报告 of a measure; what it is about is filled in from the complaint where the reader
/// may see that (4.6.2-5).
/// </summary>
internal sealed class MeasureForm(Sight<Measure> sight, LoadedMatter<Complaint>? complaint)
{
    private readonly DeskWords _words = sight.Words;
    private readonly Measure _s = sight.State;
    private readonly SheetWriter _write = new(sight.Words["Form.Continued"], sight.Rules.Calendar.Zone);

    /// <summary>The page, and what did not fit on it.</summary>
    public (PrintedSheet Sheet, ImmutableArray<SheetField> Annex) Fill()
    {
        var head = $"{sight.Rules.Directory.Company} · {_words["Form.Number"]} {_s.Number}";
        ImmutableArray<ImmutableArray<SheetField>> lines = [.. About(), .. Done(), .. Signatures()];
        return (new PrintedSheet(_words[$"Form.{_s.Begun.Type}"], head, lines, _words["Form.Rule"]), _write.Annex);
    }

    private IEnumerable<ImmutableArray<SheetField>> About()
    {
        yield return _write.Pair(
            F("Complaint", _s.Begun.Complaint.ToString()),
            F("Category", complaint is { } c ? _words.Name(c.State.Category) : null));
        yield return _write.Wide(_words["Form.Subject"], complaint?.State.Intake.Text.Value, 5, SheetRoom.Low);
        yield return _write.Wide(_words["Form.Cause"], CauseOf()?.Cause.Value, 5, SheetRoom.Low);
        yield return _write.Pair(
            F("Filed", By(_s.Begun.FiledBy, _s.FiledAt)),
            F("Owner", $"{_words.Person(_s.Owner)} · {_words.Name(_s.Unit)}"));
        yield return _write.Pair(
            F("Due", _write.Time(_s.Due)), F("Round", _s.Round.ToString(CultureInfo.InvariantCulture)));
        yield return _write.Wide(
            _words[$"Form.What.{_s.Begun.Type}"], _s.Begun.Plan.What.Value, 7, SheetRoom.High);
    }

    private IEnumerable<ImmutableArray<SheetField>> Done()
    {
        yield return _write.Wide(_words["Form.Result"], _s.Result?.Text.Value, 6, SheetRoom.Low);
        yield return _write.Pair(
            F("Done", _s.Result is { } r ? By(r.By, r.At) : null),
            F("CheckDue", _s.CheckDue is { } due ? _write.Time(due) : null));
        var check = _s.Checks is [.., { Effective: true } last] ? last : null;
        yield return _write.Wide(
            _words["Form.Check"],
            $"{Box(check is not null, "yes")}  {Box(false, "no")}\n{check?.Finding.Value}", 5, SheetRoom.Low);
        yield return _write.Wide(_words["Form.CheckedBy"], check is { } k ? By(k.By, k.At) : null);
        var former = _s.Checks.Where(x => !x.Effective).ToList();
        if (former.Count > 0)
            yield return _write.Wide(_words["Form.Former"], string.Join('\n', former.Select(Former)), 3);
    }

    private IEnumerable<ImmutableArray<SheetField>> Signatures()
    {
        yield return
        [
            new SheetField(_words["Form.SignOwner"], "", SheetRoom.Low),
            new SheetField(_words["Form.SignChecker"], "", SheetRoom.Low),
        ];
    }

    private string Former(MeasureCheck x) => _words.Format(
        "Form.Former.Line", ("no", x.Round.ToString(CultureInfo.InvariantCulture)), ("at", _write.Time(x.At)),
        ("who", _words.Person(x.By))) + x.Of.Text.Value + " / " + x.Finding.Value;

    /// <summary>What was found in the round of the complaint that the report belongs to, or later.</summary>
    private ComplaintEvent.RootCauseFound? CauseOf()
    {
        if (complaint is null)
            return null;
        var found = complaint.Events.Where(e => e.Event is ComplaintEvent.RootCauseFound
            && complaint.Past[(int)e.Version - 1].State.Round == _s.Begun.ComplaintRound).ToList();
        return found is [.., var last] ? (ComplaintEvent.RootCauseFound)last.Event : null;
    }

    private string Box(bool ticked, string key) => (ticked ? "☑" : "☐") + _words[$"Choice.effective.{key}"];

    private string By(StaffId by, DateTimeOffset at) => $"{_words.Person(by)} · {_write.Time(at)}";

    private (string, string?) F(string key, string? text) => (_words[$"Form.{key}"], text);
}
