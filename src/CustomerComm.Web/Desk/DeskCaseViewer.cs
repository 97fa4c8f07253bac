using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App;
using CustomerComm.App.Complaints;
using CustomerComm.App.Enquiries;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Orders;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Orders;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Web.Desk;

/// <summary>Shows a case to one member of staff: what they may see and what they may do.</summary>
internal sealed class DeskCaseViewer(
    IEventStore store, SealedJson json, ComplaintKind service, ServiceCatalogue catalogue, OrderKind orders, TimeProvider time)
{
    public async Task<DeskCase> ShowAsync(
        LoadedMatter<Complaint> found, StaffMember member, Language language, PostedForm? posted, CancellationToken ct)
    {
        var s = found.State;
        var rules = service.RulesOf(s);
        var now = time.Now();
        var words = new DeskWords(language, rules.Directory, rules.Calendar.Zone);
        var signature = Authority.MaySeeSignature(found.Tracked, member, rules.Directory);
        var answers = s.Kind == Nature.Enquiry && s.Open
            ? catalogue.Suggest(s.Intake.Text.Value, s.Community, 3) : [];
        var forms = new DeskForms(s, member, rules, words, posted)
        {
            Suggested = answers is [var best, ..] ? best.Text(s.Intake.Language) : "",
        };
        return new DeskCase(
            s.Number.ToString(), Stage(s, words), s.Open, words.Name(s.Severity), s.Severity != Severity.Ordinary,
            [.. Facts(found.Tracked, member, rules, words)], s.Intake.Text.Value, s.Resolution?.Text.Value,
            SignatureOf(s, signature, words), signature ? PaperScan.Shown(s.Request?.Paper?.Scan.Value) : null,
            [.. ComplaintKind.Owed(found).OrderBy(o => o.Due)
                .Select(o => words.Duty(o.Kind, words.Who(o.Owner), o.Due, now, o.Clause))],
            new DeskTimeline(words).Of(found), await FailuresAsync(found, words, ct),
            [.. Offered(found, member, now, rules, posted).Select((a, i) => forms.Of(a, i == 0, now))])
        {
            Related = s.Followers.Count
                + (s.LeadCase is null ? (await service.ProposeAsync(found, member, ct)).Count : 1),
            Orders = [.. (await orders.OfCaseAsync(s.Number, ct)).Select(o => OrderOf(o.State, words))],
            Catalogue = [.. answers.Select(a => new DeskFact(a.Name(language), a.Text(s.Intake.Language)))],
        };
    }

    private static DeskCaseOrder OrderOf(Order o, DeskWords words) => new(
        o.Number, words.Name(o.Stage) + (o.Outcome == OrderOutcome.None ? "" : " · " + words.Name(o.Outcome)), o.Late,
        words.Who(o.Responsible), words.Time(o.Due), o.Result?.Value ?? o.Progress?.Value);

    /// <summary>What may be done, and what was just refused, so that nothing typed is lost.</summary>
    private static IEnumerable<OfferedAction> Offered(
        LoadedMatter<Complaint> of, StaffMember member, DateTimeOffset now, Rules rules, PostedForm? posted)
    {
        var offered = DeskActions.For(of, member, now, rules);
        return posted?.Action is { } action && !offered.Any(o => o.Action == action && o.Subject == posted.Subject)
            ? offered.Prepend(new OfferedAction(action, posted.Subject, null))
            : offered;
    }

    /// <summary>A number as most may see it: the last four digits.</summary>
    public static string Masked(string phone) => phone.Length <= 4 ? "…" : "…" + phone[^4..];

    private static string Stage(Complaint s, DeskWords words) => s.Stage == Domain.Complaints.Stage.Closed
        && s.Outcome != Outcome.None
        ? $"{words.Name(s.Stage)} · {words.Name(s.Outcome)}"
        : words.Name(s.Stage);

    private static IEnumerable<DeskFact> Facts(
        Tracked<Complaint> of, StaffMember member, Rules rules, DeskWords words)
    {
        var s = of.State;
        var contact = s.Intake.Contact;
        var nothing = Texts.Get("Word.Unknown", words.Language);
        var community = rules.Directory.Find(s.Community);
        DeskFact Fact(string key, string? value) =>
            new(words[$"Fact.{key}"], string.IsNullOrWhiteSpace(value) ? nothing : value);
        yield return Fact("Kind", words.Name(s.Kind));
        var also = string.Join(words["And"], s.Also.Select(words.Name));
        yield return Fact("Category", words.Name(s.Category) + (also.Length == 0 ? "" : $" (+ {also})"));
        yield return Fact("Lead", words.Name(s.Lead));
        if (!s.Cooperating.IsEmpty)
            yield return Fact("Cooperating", string.Join(words["And"], s.Cooperating.Select(words.Name)));
        yield return Fact("Handler", s.Handler is { } h ? words.Person(h) : words["Nobody"]);
        yield return Fact("Route", Explanation(s, words));
        yield return Fact("ResolveDue", words.Time(s.ResolveDue));
        if (s.Intake.WantedBy is { } wanted)
            yield return Fact("WantedBy", words.Time(wanted));
        if (s.Accused is { } accused)
            yield return Fact("Accused", words.Person(accused));
        yield return Fact("Received", $"{words.Time(s.ReceivedAt)} · {words.Name(s.Intake.Channel)}");
        if (s.IsLetter)
            yield return Fact("Letter", words["Fact.Letter.Yes"]);
        yield return Fact("Community", community is null ? s.Community.Value : words.Community(community));
        yield return Fact("Room", contact.Room?.Value);
        yield return Fact("Name", contact.Name?.Value);
        yield return Fact("Phone", contact.Phone is not { Value: var phone } ? null
            : Authority.MayCall(of, member, rules.Directory) ? phone : Masked(phone));
    }

    private static string Explanation(Complaint s, DeskWords words)
    {
        var route = Routing.For(s.Category, s.Also);
        var why = Texts.Why(route, words.Language);
        // A complaint against a head goes to the leader by D, whatever it is about; then the table's words mislead.
        return route.Clause == s.Clause && route.Lead == s.Lead
            ? $"{s.Clause} · {why}"
            : $"{s.Clause} · {words.Format("Route.Other", ("lead", words.Name(s.Lead)))}";
    }

    private static DeskSignature? SignatureOf(Complaint s, bool mayLook, DeskWords words) =>
        s.Signature is not { } g
            ? null
            : new DeskSignature(
                words[$"Way.{g.Way}"], s.SignedAt is { } at ? words.Time(at) : "", g.TextHash,
                g.Judgement.Satisfaction().ToString(CultureInfo.InvariantCulture), mayLook ? PaperScan.Shown(g.Mark.Value) : null);

    /// <summary>Messages given up, and those that failed so far; never their texts, which may hold links.</summary>
    private async Task<ImmutableArray<DeskFailure>> FailuresAsync(
        LoadedMatter<Complaint> found, DeskWords words, CancellationToken ct)
    {
        var failures = ImmutableArray.CreateBuilder<DeskFailure>();
        foreach (var m in await store.ReadOutboxAsync(found.Stream, ct, all: true))
        {
            if (m.Status == DeliveryStatus.Delivered || (m.Status == DeliveryStatus.Pending && m.Attempts == 0))
                continue;
            var message = (OutgoingMessage)await json.ReadAsync(m.Payload, typeof(OutgoingMessage), ct);
            failures.Add(new DeskFailure(
                words.Find($"Message.{message.Template}")
                    ?? words[message.Party is null ? "Message.Resident" : "Message.Staff"],
                message.Party is { } party ? words.Who(party) : words["Who.Resident"], words.Name(message.Channel),
                m.Status == DeliveryStatus.Dead, m.Attempts, m.Error ?? ""));
        }

        return failures.ToImmutable();
    }
}
