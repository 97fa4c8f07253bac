using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Measures;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;

namespace CustomerComm.Web.Areas.Complaints;

/// <summary>
/// The form 顾客来访/投诉处理单 of a complaint: the front follows it from intake to signature, the back holds what was said
/// afterwards, wishes and suggestions, cause and verification (4.6.1-2, 4.6.1-4, 4.6.2-4, 4.6.2-5, 4.5.4).
/// </summary>
internal sealed class ComplaintForm(
    Sight<Complaint> sight, DeskWords words, IReadOnlyList<Measure> measures)
{
    /// <summary>Name of the resource file.</summary>
    public const string Texts = "Forms";

    private readonly SheetWriter _write = new(words["Form.Continued"], sight.Rules.Calendar.Zone);
    private readonly Complaint _s = sight.State;

    /// <summary>Front and back, and what did not fit on them.</summary>
    public (ImmutableArray<PrintedSheet> Sheets, ImmutableArray<SheetField> Annex) Fill()
    {
        var head = $"{sight.Rules.Directory.Company} · {words["Form.Number"]} {_s.Number}";
        ImmutableArray<PrintedSheet> sheets =
        [
            new(words["Form.Title"], head, [.. Facts(), .. Handling()], words["Form.Rule"]),
            new(words["Form.Back"], head, [.. Back()]),
        ];
        return (sheets, _write.Annex);
    }

    private IEnumerable<ImmutableArray<SheetField>> Facts()
    {
        var contact = _s.Intake.Contact;
        var also = string.Join(words["And"], _s.Also.Select(words.Name));
        yield return _write.Pair(
            F("Number", _s.Number.ToString()), F("Community", words.Community(words.Directory.Find(_s.Community)!)));
        yield return _write.Pair(
            F("Received", _write.Time(_s.ReceivedAt)), F("Channel", words.Name(_s.Intake.Channel)));
        yield return _write.Pair(
            F("ReceivedBy", _s.Intake.EnteredBy is { } by ? words.Person(by) : words["Form.Self"]),
            F("Kind", words.Name(_s.Kind)));
        yield return _write.Pair(F("Resident", contact.Name?.Value), F("Room", contact.Room?.Value));
        yield return _write.Pair(
            F("Phone", PhoneOf(contact)),
            F("Category", words.Name(_s.Category) + (also.Length == 0 ? "" : $" (+ {also})")));
        yield return _write.Pair(F("Severity", words.Name(_s.Severity)), F("Clause", _s.Clause));
        yield return _write.Pair(
            F("Lead", words.Name(_s.Lead)), F("Handler", _s.Handler is { } handler ? words.Person(handler) : null));
        yield return _write.Pair(
            F("Wanted", _s.Intake.WantedBy is { } wanted ? _write.Time(wanted) : null), F("Promised", Promised()));
        var resolved = Last<ComplaintEvent.Resolved>();
        yield return _write.Pair(
            F("Resolved", resolved is { } r ? _write.Time(r.At) : null), F("Kept", Kept(resolved?.At)));
    }

    private IEnumerable<ImmutableArray<SheetField>> Handling()
    {
        if (!_s.OutsideOrders.IsEmpty)
        {
            yield return _write.Wide(words["Form.Outside"], string.Join(
                words["And"], _s.OutsideOrders.Select(o => $"{words.Name(o.Line)} {o.Number}")));
        }

        if (_s.Intake.Complainant is { } complainant)
        {
            yield return _write.Wide(
                words["Form.Complainant"], Complainants.Text(complainant, words)
                    + (complainant.IsRepresentative ? $" · {Complainants.Authority(_s, words)}" : ""), 2);
        }

        var added = (_s.OutsideOrders.IsEmpty ? 0 : 2) + (_s.Intake.Complainant is null ? 0 : 3);
        yield return _write.Wide(words["Form.Text"], _s.Intake.Text.Value, 11 - added, SheetRoom.Tall);
        var done = Last<ComplaintEvent.Resolved>()?.Event.Text ?? Last<ComplaintEvent.Answered>()?.Event.Text;
        yield return _write.Wide(words["Form.Handling"], done?.Value, 9, SheetRoom.Tall);
        yield return _write.Wide(words["Form.Satisfaction"], Satisfaction());
        var mayLook = Authority.MaySeeSignature(sight.Matter.Tracked, sight.Member, words.Directory);
        yield return _write.Wide(
            words["Form.Signature"], Signature(mayLook), 2, SheetRoom.Low,
            mayLook ? PaperScan.Shown(_s.Signature?.Mark.Value) : null);
        if (_s.Signature is { } signed)
            yield return _write.Wide(words["Form.Hash"], signed.TextHash);
        var ended = _s.Stage == Stage.Closed && _s.Outcome != Outcome.None;
        yield return _write.Wide(
            words["Form.Outcome"], words.Name(_s.Stage) + (ended ? $" · {words.Name(_s.Outcome)}" : ""));
    }

    private IEnumerable<ImmutableArray<SheetField>> Back()
    {
        var followed = Latest<ComplaintEvent.FollowedUp>();
        yield return _write.Wide(words["Form.FollowedUp"], followed is { } f
            ? $"{By(f.Event.By, f.At)} · {words.Name(f.Event.Channel)}" : null);
        yield return _write.Wide(words["Form.Opinion"], followed?.Event.Opinion.Value, 7, SheetRoom.High);
        yield return _write.Wide(words["Form.Wishes"], followed?.Event.Wishes?.Value, 7, SheetRoom.High);
        var cause = Latest<ComplaintEvent.RootCauseFound>();
        yield return _write.Wide(words["Form.Cause"], cause?.Event.Cause.Value, 6, SheetRoom.Low);
        yield return _write.Wide(words["Form.Prevention"], cause?.Event.Prevention.Value, 6, SheetRoom.Low);
        yield return _write.Wide(words["Form.CauseBy"], cause is { } c ? By(c.Event.By, c.At) : null);
        yield return _write.Wide(words["Form.Reports"], Reports(), 4);
        yield return _write.Wide(words["Form.Records"], Records(), 2);
        var verified = Latest<ComplaintEvent.Verified>();
        yield return _write.Wide(words["Form.Verification"], verified is { } v
            ? $"{words[v.Event.Holds ? "Form.Holds.Yes" : "Form.Holds.No"]}\n{v.Event.Comment.Value}" : null,
            6, SheetRoom.Low);
        yield return _write.Wide(words["Form.VerifiedBy"], verified is { } x ? By(x.Event.By, x.At) : null);
    }

    private string? PhoneOf(Contact contact) => contact.Phone is not { Value: var phone } ? null
        : Authority.MayCall(sight.Matter.Tracked, sight.Member, words.Directory) ? phone : DeskWords.Masked(phone);

    /// <summary>The first promise, and the one that stands where that was moved.</summary>
    private string Promised()
    {
        var first = _write.Time(_s.FirstPromise);
        return _s.ResolveDue == _s.FirstPromise ? first : $"{first} → {_write.Time(_s.ResolveDue)}";
    }

    /// <summary>
    /// By the first promise, moved only by the resident's own word, and the last result: one that did not hold kept none
    /// (4.6.2-6).
    /// </summary>
    private string? Kept(DateTimeOffset? resolved)
    {
        var promise = _s.FirstPromise;
        if (!Natures.HandledAsComplaint(_s.Kind) || (resolved is null && (!_s.Open || sight.Now <= promise)))
            return null;
        var extended = sight.Matter.Events.Count(e => e.Event is ComplaintEvent.ExtensionAnswered { Agreed: true });
        return words[(resolved ?? sight.Now) <= promise ? "Form.Kept.Yes" : "Form.Kept.No"]
            + (extended == 0 ? "" : "\n" + words.Format("Form.Extended", ("no", Number(extended))));
    }

    private string Satisfaction() => string.Join("  ", Enumerable.Range(1, 5).Reverse().Select(v =>
        (_s.Signature?.Judgement.Satisfaction() == v ? "☑" : "☐") + words[$"Satisfaction.{v}"]));

    private string? Signature(bool mayLook)
    {
        if (_s.Signature is not { } signed)
            return _s.WasUnreachable ? words["Form.Unreachable"] : null;
        var how = words[$"Way.{signed.Way}"] + (_s.SignedAt is { } at ? $" · {_write.Time(at)}" : "")
            + (signed.As is { } by ? $" · {Complainants.Text(by, words)}" : "");
        return mayLook ? how : $"{how}\n{words["Form.Signature.Withheld"]}";
    }

    private string Reports()
    {
        if (measures.Count > 0)
        {
            return string.Join('\n', measures.Select(m =>
                $"{m.Number} {words.Name(m.Begun.Type)} · {words.Person(m.Owner)} · {_write.Time(m.Due)} · "
                + words.Name(m.Stage)));
        }

        return words[_s.Severity == Severity.Major ? "Form.Reports.Owed" : "Form.Reports.None"];
    }

    private string Records()
    {
        var given = Latest<ComplaintEvent.RecordsHandedOver>();
        var taken = Latest<ComplaintEvent.RecordsChecked>();
        return string.Join("\n", new[]
        {
            given is { } g ? By(g.Event.By, g.At) : null,
            taken is { Event.Complete: true } t ? By(t.Event.By, t.At) : null,
        }.OfType<string>());
    }

    private string By(StaffId by, DateTimeOffset at) => $"{words.Person(by)} · {_write.Time(at)}";

    private (string, string?) F(string key, string? text) => (words[$"Form.{key}"], text);

    /// <summary>The last of its kind, or null.</summary>
    private (TEvent Event, DateTimeOffset At)? Last<TEvent>()
        where TEvent : ComplaintEvent =>
        sight.Matter.Events.FindLast(e => e.Event is TEvent) is { } found ? ((TEvent)found.Event, found.At) : null;

    /// <summary>
    /// As above, since it was resolved last: what came before belongs to a round that did not hold.
    /// </summary>
    private (TEvent Event, DateTimeOffset At)? Latest<TEvent>()
        where TEvent : ComplaintEvent
    {
        var resolved = sight.Matter.Events.FindLastIndex(e => e.Event is ComplaintEvent.Resolved);
        return sight.Matter.Events.FindLast(e => e.Event is TEvent) is { } found && found.Version > resolved
            ? ((TEvent)found.Event, found.At) : null;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
