using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Registers;

/// <summary>
/// The communication register: every contact on its own with how it was answered, handed over from shift to shift
/// (4.2.1, 4.5.2, 4.6.2-2).
/// </summary>
public abstract partial class RegisterMatter : IMatter<Register, RegisterCommand, RegisterEvent>
{
    /// <summary>Most contacts in one <see cref="RegisterCommand.TakeIn"/>.</summary>
    public const int MostTogether = 20;

    private const string Clause = "4.5.2";
    private const string AnswerClause = "4.2.1";
    private const string AsideClause = "4.6.2-1";
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(5);

    private RegisterMatter()
    {
    }

    /// <inheritdoc/>
    public static Decision<RegisterEvent> Decide(
        Register? state, RegisterCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        return command switch
        {
            RegisterCommand.Enter { Key: var key } when Month(key) is { } no => Check.No<RegisterEvent>(no),
            RegisterCommand.TakeIn { Key: var key } when Month(key) is { } no => Check.No<RegisterEvent>(no),
            RegisterCommand.HandOver h when h.Items.Select(i => h.Key with { Month = i.Month }).Append(h.Key)
                .Select(Month).FirstOrDefault(no => no is not null) is { } no => Check.No<RegisterEvent>(no),
            RegisterCommand.Enter c => Enter(state, c, actor, now, rules),
            RegisterCommand.TakeIn c => TakeIn(state, c, actor, now, rules),
            RegisterCommand.HandOver c => HandOver(state, c, actor, now, rules),
            _ when state is null => Check.No<RegisterEvent>(Check.WrongStage(Clause, "There is no such register.")),
            RegisterCommand.Answer c => Answer(state, c, actor, now, rules),
            RegisterCommand.SeeTo c => SeeTo(state, c, actor, rules),
            RegisterCommand.TakeUp c => TakeUp(state, c, actor, rules),
            RegisterCommand.LeaveOut c => LeaveOut(state, c, actor, rules),
            RegisterCommand.NoteAnswer c => NoteAnswer(state, c, actor),
            RegisterCommand.TakeOver c => TakeOver(state, c, actor),
            _ => throw new InvalidOperationException($"Unknown command {command?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static Register Evolve(Register? state, RegisterEvent e, DateTimeOffset at)
    {
        if (e is RegisterEvent.RegisterBegun b)
        {
            return new Register(
                b.Community, b.Post, b.Month, b.Unit, b.PolicyVersion, [],
                ImmutableDictionary.Create<string, int>(StringComparer.Ordinal), [], [], 1);
        }

        var s = state! with { Version = state.Version + 1 };
        return e switch
        {
            RegisterEvent.ContactEntered c => Entered(s, c, at),
            RegisterEvent.ContactAnswered a =>
                Changed(s, a.Entry, x => x with { Answers = x.Answers.Add(a.Answer) }),
            RegisterEvent.ContactSeenTo t =>
                Changed(s, t.Entry, x => x with { SeenTo = new SeenTo(t.By, at, t.Note, t.Complaint) }),
            RegisterEvent.ContactLeftOut l =>
                Changed(s, l.Entry, x => x with { LeftOut = new LeftOut(l.By, at, l.Why, l.Words) }),
            RegisterEvent.ShiftHandedOver h => s with
            {
                HandOvers = s.HandOvers
                    .ConvertAll(x => x.Taken is null ? x with { Taken = at, Replaced = true } : x)
                    .Add(new HandOver(h.HandOver, h.From, h.To, h.Items, h.Note, at, h.TakeDue, null, [], false)),
            },
            RegisterEvent.ShiftTakenOver t => s with
            {
                HandOvers = s.HandOvers.ConvertAll(x => x.Number == t.HandOver
                    ? x with { Taken = at, Acknowledged = t.Items } : x),
            },
            _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(Register state)
    {
        foreach (var entry in state.OpenEntries.Select(n => state.Entries[n - 1]))
        {
            var (aside, subject) = (entry.SetAside, entry.Number.ToString(CultureInfo.InvariantCulture));
            if (entry.ToTakeUp)
            {
                yield return new Obligation(
                    ObligationKind.TakeUpOpinion, subject, Party.Of(state.Unit), entry.Entered.TakeUpDue!.Value,
                    AsideClause, null);
            }

            if (entry.ToAnswer)
            {
                yield return new Obligation(
                    aside ? ObligationKind.SeeToContact : ObligationKind.AnswerContact, subject, Party.Of(state.Unit),
                    entry.Entered.AnswerDue!.Value, aside ? AsideClause : AnswerClause, null);
            }
        }

        if (state.Pending is { } pending)
        {
            yield return new Obligation(
                ObligationKind.TakeOverShift, pending.Number.ToString(CultureInfo.InvariantCulture),
                Party.Of(pending.To), pending.TakeDue, Clause, null);
        }
    }

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(RegisterEvent e, Register state, Rules rules)
    {
        switch (e)
        {
            case RegisterEvent.ContactEntered { AnswerDue: { } by, Apart: { } apart } c:
                yield return MatterMessage.ToStaff(
                    "ContactSetAside", Party.Of(state.Unit), ("entry", new Word.Plain(state.NumberOf(c.Entry))),
                    ("reason", new Word.Named(apart)), ("due", new Word.At(by)));
                break;
            case RegisterEvent.ContactEntered { TakeUpDue: { } by } c:
                yield return MatterMessage.ToStaff(
                    "ContactToTakeUp", Party.Of(state.Unit), ("entry", new Word.Plain(state.NumberOf(c.Entry))),
                    ("text", new Word.Said(c.Text?.Value ?? "")), ("due", new Word.At(by)));
                break;
            case RegisterEvent.ContactEntered { AnswerDue: { } due } c:
                yield return MatterMessage.ToStaff(
                    c.Wish is null ? "ContactToAnswer" : "ContactWishes", Party.Of(state.Unit),
                    ("wish", c.Wish is { } wish ? new Word.Named(wish) : new Word.Plain("")),
                    ("about", new Word.Plain(c.Subject?.Number ?? "")),
                    ("phone", new Word.Plain(c.Phone?.Value ?? "")), ("entry", new Word.Plain(state.NumberOf(c.Entry))),
                    ("text", new Word.Said(c.Text?.Value ?? "")), ("due", new Word.At(due)));
                break;
            case RegisterEvent.ShiftHandedOver h:
                yield return MatterMessage.ToStaff(
                    "ShiftHandedOver", Party.Of(h.To), ("from", new Word.Who(Party.Of(h.From))),
                    ("count", new Word.Plain(h.Items.Length.ToString(CultureInfo.InvariantCulture))),
                    ("due", new Word.At(h.TakeDue)));
                break;
            default:
                break;
        }
    }

    private static Register Changed(Register s, int number, Func<RegisterEntry, RegisterEntry> change)
    {
        var entry = change(s.Entries[number - 1]) with { Version = s.Version };
        return s with
        {
            Entries = s.Entries.SetItem(number - 1, entry),
            OpenEntries = entry.Open ? s.OpenEntries : s.OpenEntries.Remove(number),
        };
    }

    private static Register Entered(Register s, RegisterEvent.ContactEntered c, DateTimeOffset at)
    {
        var entry = new RegisterEntry(c, at, c.Answer is null ? [] : [c.Answer], [], s.Version);
        var entries = s.Entries.Add(entry);
        if (c.Corrects is { } wrong)
        {
            var before = entries[wrong - 1];
            entries = entries.SetItem(
                wrong - 1, before with { CorrectedBy = before.CorrectedBy.Add(c.Entry), Version = s.Version });
        }

        return s with
        {
            Entries = entries,
            Sources = s.Sources.SetItem(c.Source, c.Entry),
            OpenEntries = entry.Open ? s.OpenEntries.Add(c.Entry) : s.OpenEntries,
        };
    }

    private static Refusal? Month(RegisterKey key) =>
        DateOnly.TryParseExact(
            key.Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : Check.Bad("month", Clause, "'month' is no month; write it as 2026-03.");

    private static Decision<RegisterEvent> Enter(
        Register? state, RegisterCommand.Enter c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (Writer(c.Key, actor, rules) is { } no)
            return Check.No<RegisterEvent>(no);
        var contact = c.Contact;
        if (state?.Sources.ContainsKey(contact.Source) == true)
            return Check.Yes<RegisterEvent>();
        if (Fields(state, c, now, rules) is { } bad)
            return Check.No<RegisterEvent>(bad);
        var due = c.WantsAnswer && contact.Answer is null && c.Corrects is null
            ? rules.Due(now, rules.Policy.Registers.Answer)
            : (DateTimeOffset?)null;
        var by = ((Actor.Staff)actor).Member.Id;
        var entered = EventOf(contact with { By = by }, (state?.Entries.Count ?? 0) + 1, c.Corrects, due) with
        {
            Kind = KindOf(contact),
            TakeUpDue = IsOpinion(state, c) ? rules.Due(now, rules.Policy.Registers.SeeTo) : null,
        };
        return Check.Yes([.. Begin(state, c.Key, rules), entered]);
    }

    private static Refusal? Fields(Register? state, RegisterCommand.Enter c, DateTimeOffset now, Rules rules)
    {
        var contact = c.Contact;
        if (contact.At > now + s_clockSkew)
            return Check.Bad("at", Clause, "'at' lies ahead; enter when the contact was, in local time.");
        if (rules.Due(contact.At, rules.Policy.Registers.EnterWithin) < now)
        {
            return Check.Bad(
                "at", Clause, $"'at' is longer ago than {rules.Policy.Registers.EnterWithin}; enter it with today's "
                + "time and say in the text when it was.");
        }

        if (c.Corrects is { } wrong && state?.Find(wrong) is null)
            return Check.Bad("corrects", Clause, $"There is no entry {wrong} in this register.");
        if (c.Corrects is null && !c.WantsAnswer && contact.Answer is null)
        {
            return Check.Bad(
                "answer", AnswerClause, "Write how it was answered, or choose that an answer is owed (4.2.1).");
        }

        return Check.Text(contact.Text, "text", AnswerClause, LongestText)
            ?? Check.Optional(contact.Name, "name", Clause, 100)
            ?? Check.Optional(contact.Room, "room", Clause, 100)
            ?? Check.Optional(contact.Phone, "phone", Clause, 100)
            ?? Check.Optional(contact.Conversation, "conversation", Clause, 500)
            ?? Check.Optional(contact.Answer?.Text?.Value, "answer", AnswerClause, LongestText);
    }

    /// <summary>Longest text of an entry or an answer, in characters.</summary>
    public const int LongestText = 2_000;

    private static Decision<RegisterEvent> TakeIn(
        Register? state, RegisterCommand.TakeIn c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (actor is not Actor.System)
            return Check.No<RegisterEvent>(new Refusal(RefusalCode.NotYours, Clause, "Only the system may do this."));
        var next = (state?.Entries.Count ?? 0) + 1;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var events = new List<RegisterEvent>();
        foreach (var contact in c.Contacts)
        {
            if (state?.Sources.ContainsKey(contact.Source) == true || !seen.Add(contact.Source))
                continue;
            var due = contact.Apart?.NeedsPerson() == true
                ? rules.Due(now, rules.Policy.Registers.SeeTo) : DueOf(contact.Wish, now, rules);
            events.Add(EventOf(contact, next++, null, due));
        }

        return events.Count == 0
            ? Check.Yes<RegisterEvent>()
            : Check.Yes([.. Begin(state, c.Key, rules), .. events]);
    }

    /// <summary>Who wants a call waits as whoever was missed does (4.5.2).</summary>
    private static DateTimeOffset? DueOf(ContactWish? wish, DateTimeOffset now, Rules rules) => wish switch
    {
        null => null,
        ContactWish.CallBack or ContactWish.Person => rules.Due(now, rules.Policy.Calls.CallBack),
        ContactWish.CheckPhone => rules.Due(now, rules.Policy.Registers.Answer),
        _ => throw new InvalidOperationException($"Unknown wish {wish}."),
    };

    private static Decision<RegisterEvent> Answer(
        Register state, RegisterCommand.Answer c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (Writer(state.Key, actor, rules) is { } no)
            return Check.No<RegisterEvent>(no);
        if (state.Find(c.Entry) is not { } entry)
            return Check.No<RegisterEvent>(NoEntry(c.Entry));
        if (Check.Text(c.Text, "text", AnswerClause, LongestText) is { } bad)
            return Check.No<RegisterEvent>(bad);
        var by = ((Actor.Staff)actor).Member.Id;
        if (entry.Answers.Exists(a => a.By == by && a.Channel == c.Channel && a.Text?.Value == c.Text.Trim()))
            return Check.Yes<RegisterEvent>();
        return Check.Yes<RegisterEvent>(new RegisterEvent.ContactAnswered(
            c.Entry, new ContactAnswer(by, c.Channel, new Personal(c.Text.Trim()), now)));
    }

    private static Decision<RegisterEvent> SeeTo(Register state, RegisterCommand.SeeTo c, Actor actor, Rules rules)
    {
        if (Writer(state.Key, actor, rules) is { } no)
            return Check.No<RegisterEvent>(no);
        if (state.Find(c.Entry) is not { } entry)
            return Check.No<RegisterEvent>(NoEntry(c.Entry));
        if (Check.Text(c.Note, "note", AsideClause) is { } bad)
            return Check.No<RegisterEvent>(bad);
        if (entry.SeenTo is not null)
            return Check.Yes<RegisterEvent>();
        return entry.SetAside
            ? Check.Yes<RegisterEvent>(new RegisterEvent.ContactSeenTo(
                c.Entry, ((Actor.Staff)actor).Member.Id, new Personal(c.Note.Trim()), null))
            : Check.No<RegisterEvent>(
                Check.WrongStage(AsideClause, "This entry was not set aside; answer it instead."));
    }

    private static Refusal NoEntry(int entry) => Check.Bad("entry", Clause, $"There is no entry {entry} here.");

    private static Decision<RegisterEvent> NoteAnswer(Register state, RegisterCommand.NoteAnswer c, Actor actor)
    {
        if (actor is not Actor.System)
            return Check.No<RegisterEvent>(new Refusal(RefusalCode.NotYours, Clause, "Only the system may do this."));
        return state.Sources.TryGetValue(c.Source, out var entry) && state.Find(entry) is { Answers.IsEmpty: true }
            ? Check.Yes<RegisterEvent>(new RegisterEvent.ContactAnswered(entry, c.Given))
            : Check.Yes<RegisterEvent>();
    }

    private static Decision<RegisterEvent> HandOver(
        Register? state, RegisterCommand.HandOver c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (Writer(c.Key, actor, rules) is { } no)
            return Check.No<RegisterEvent>(no);
        var from = ((Actor.Staff)actor).Member.Id;
        if (rules.Directory.Find(c.To) is not { } to || !PostRules.MayWrite(PostOf(c.Key, rules)!, c.Key.Community, to))
            return Check.No<RegisterEvent>(Check.Bad("to", Clause, "'to' must be somebody who mans this post."));
        if (to.Id == from)
            return Check.No<RegisterEvent>(Check.Bad("to", Clause, "'to' is yourself; name who takes over."));
        if (Check.Optional(c.Note, "note", Clause) is { } bad)
            return Check.No<RegisterEvent>(bad);
        if (state?.Pending is { } p && p.From == from && p.To == c.To && p.Items.SequenceEqual(c.Items))
            return Check.Yes<RegisterEvent>();
        var handed = new RegisterEvent.ShiftHandedOver(
            (state?.HandOvers.Count ?? 0) + 1, from, c.To, c.Items, Seal(c.Note),
            rules.Due(now, rules.Policy.Registers.TakeOver));
        return Check.Yes([.. Begin(state, c.Key, rules), handed]);
    }

    private static Decision<RegisterEvent> TakeOver(Register state, RegisterCommand.TakeOver c, Actor actor)
    {
        if (state.HandOvers.Find(h => h.Number == c.Number) is not { } handed)
            return Check.No<RegisterEvent>(Check.Bad("handOver", Clause, $"There is no hand-over {c.Number}."));
        if (actor is not Actor.Staff s || s.Member.Id != handed.To)
        {
            return Check.No<RegisterEvent>(new Refusal(
                RefusalCode.NotYours, Clause, "Only whoever takes the shift over may acknowledge it."));
        }

        if (handed.Replaced)
            return Check.No<RegisterEvent>(Check.WrongStage(Clause, "Another hand-over took the place of this one."));
        return handed.Taken is not null
            ? Check.Yes<RegisterEvent>()
            : Check.Yes<RegisterEvent>(new RegisterEvent.ShiftTakenOver(
                c.Number, handed.To, [.. handed.Items.Where(c.StillOpen.Contains)]));
    }

    private static Refusal? Writer(
        RegisterKey key, Actor actor, Rules rules, Func<Post, CommunityId, StaffMember, bool>? may = null) =>
        PostOf(key, rules) is not { } post
            ? Check.Bad("post", Clause, $"There is no post '{key.Post}'; the company file names them.")
            : Check.Staff(
                actor, Clause, "those who man the post", m => (may ?? PostRules.MayWrite)(post, key.Community, m));

    private static Post? PostOf(RegisterKey key, Rules rules) => rules.Directory.FindPost(key.Post);

    private static IEnumerable<RegisterEvent> Begin(Register? state, RegisterKey key, Rules rules) => state is null
        ?
        [
            new RegisterEvent.RegisterBegun(
                key.Community, key.Post, key.Month, PostOf(key, rules)?.Unit ?? Unit.Office, rules.PolicyVersion),
        ]
        : [];

    private static RegisterEvent.ContactEntered EventOf(
        RegisterContact c, int entry, int? corrects, DateTimeOffset? due) => new(
        entry, c.Source, c.At, c.Channel, Seal(c.Name), Seal(c.Phone), Seal(c.Conversation), Seal(c.Room), Seal(c.Text),
        c.By, c.Subject, corrects, due, c.Answer, c.Wish, c.Apart);

    private static Personal? Seal(string? text) => string.IsNullOrWhiteSpace(text) ? null : new Personal(text.Trim());
}
