using CustomerComm.App.Company;
using CustomerComm.App.Ledger;
using CustomerComm.Domain;
using CustomerComm.Domain.Policies;
using CustomerComm.Testing;
using static CustomerComm.App.Ledger.LedgerFaultKind;

namespace CustomerComm.App.Tests.Ledger;

/// <summary>What somebody does, what it is found as, and where.</summary>
internal sealed record Manipulation(
    string Name, LedgerFaultKind Kind, string Place, Action<Intruder> Do, bool Rows = false);

/// <summary>All manipulations, by what they are aimed at.</summary>
internal static class TamperTable
{
    private const string First = "2026-03-02";
    private const string Second = "2026-03-04";
    private const string Third = "2026-03-06";
    private const string Numbers = "numbers.HY-2026";

    public static IReadOnlyList<Manipulation> All { get; } =
        [.. Events, .. Attachments, .. History, .. Times, .. NumbersGiven, .. Sleepers, .. Persons, .. Anchors, .. Copies,
            .. RowsAndRules];

    private static IEnumerable<Manipulation> Events =>
    [
        new("a word of an event changed", Altered, "A:1", i => i.Payload(i.Store.A, 1, "Equipment", "Hygienics")),
        new("what is kept of a link changed to open for somebody else", Altered, "A:1", i => i.Sql(
            """
            UPDATE store_event SET payload = CAST(replace(CAST(payload AS TEXT),
                substr(CAST(payload AS TEXT), -68, 64),
                'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
                AS BLOB)
            WHERE stream_no = $A AND version = 1 AND CAST(payload AS TEXT) LIKE '%"l":[[%'
            """)),
        new("an event's type changed", Altered, "A:2",
            i => i.Sql("UPDATE store_event SET type = 'Closed' WHERE stream_no = $A AND version = 2")),
        new("an event's time changed by a second", Altered, "A:2",
            i => i.Sql("UPDATE store_event SET at = at + 1000 WHERE stream_no = $A AND version = 2")),
        new("an event's hash wiped", Altered, "A:2",
            i => i.Sql("UPDATE store_event SET hash = zeroblob(32) WHERE stream_no = $A AND version = 2")),
        new("an event's link wiped", BrokenLink, "A:2",
            i => i.Sql("UPDATE store_event SET previous_hash = zeroblob(32) WHERE stream_no = $A AND version = 2")),
        new("an event's digest of its messages wiped", Altered, "A:3",
            i => i.Sql("UPDATE store_event SET attached = zeroblob(0) WHERE stream_no = $A AND length(attached) > 0")),
        new("an event in the middle deleted", Gap, "A:2",
            i => i.Sql("DELETE FROM store_event WHERE stream_no = $A AND version = 2")),
        new("the first event deleted", Gap, "A:1",
            i => i.Sql("DELETE FROM store_event WHERE stream_no = $A AND version = 1")),
        new("two events exchanged", BrokenLink, "A:1", i => i.Sql(
            """
            UPDATE store_event SET version = 99 WHERE stream_no = $A AND version = 1;
            UPDATE store_event SET version = 1 WHERE stream_no = $A AND version = 2;
            UPDATE store_event SET version = 2 WHERE stream_no = $A AND version = 99
            """)),
        new("a head's hash wiped", WrongHead, "B",
            i => i.Sql("UPDATE store_head SET hash = zeroblob(32) WHERE no = $B")),
        new("a head put back before the last event", WrongHead, "A", i => i.Sql(
            """
            UPDATE store_head SET version = version - 1,
                hash = (SELECT previous_hash FROM store_event WHERE stream_no = $A ORDER BY version DESC LIMIT 1)
            WHERE no = $A
            """)),
        new("an event laid behind the head", WrongHead, "B", i => i.Sql(
            """
            INSERT INTO store_event
            SELECT stream_no, version + 1, type, at, payload, attached, hash, hash FROM store_event
            WHERE stream_no = $B ORDER BY version DESC LIMIT 1
            """)),
    ];

    private static IEnumerable<Manipulation> Attachments =>
    [
        new("a message owed removed", Attached, "A:3",
            i => i.Sql("DELETE FROM store_outbox WHERE stream_no = $A AND id LIKE '000001-%'")),
        new("a message owed replaced", Attached, "A:3",
            i => i.Sql("UPDATE store_outbox SET payload = CAST('{}' AS BLOB) WHERE stream_no = $A AND id LIKE '000001-%'")),
        new("a message invented", Attached, "B:1", i => i.Sql(
            """
            INSERT INTO store_outbox SELECT stream_no, 'x', 1, 9, 1, 1, 0, NULL, payload, secret FROM store_outbox
            WHERE stream_no = $B LIMIT 1
            """)),
        new("a message laid to another event", Attached, "A:2",
            i => i.Sql("UPDATE store_outbox SET version = 2 WHERE stream_no = $A AND id LIKE '000001-%'")),
        new("the id of a message taken removed", Attached, "A",
            i => i.Sql("DELETE FROM store_seen WHERE stream_no = $A")),
        new("the fingerprint of a message taken changed", Attached, "A",
            i => i.Sql("UPDATE store_seen SET fingerprint = 'other' WHERE stream_no = $A")),
        new("a sealed value changed and all hashes fitted", Altered, "D", i =>
        {
            i.Payload(i.Store.D, 1, "\"text\":\"p1:", "\"text\":\"p1:AAAA");
            i.Rechain(i.Store.D);
        }),
        new("an event of a kind that there is not, with fitting hashes", Altered, "D", i =>
        {
            i.Sql("UPDATE store_event SET type = 'Forgotten' WHERE stream_no = $D AND version = 2");
            i.Rechain(i.Store.D);
        }),
        new("a message removed and all hashes fitted", Rewritten, First, i =>
        {
            i.Sql("DELETE FROM store_outbox WHERE stream_no = $A AND id LIKE '000001-%'");
            i.Rechain(i.Store.A);
        }),
    ];

    private static IEnumerable<Manipulation> History =>
    [
        new("a tail cut off with its head", Truncated, "A", i =>
        {
            i.Sql("DELETE FROM store_event WHERE stream_no = $A AND version > 1");
            i.Sql("DELETE FROM store_outbox WHERE stream_no = $A AND version > 1");
            i.Sql("DELETE FROM store_seen WHERE stream_no = $A AND version > 1");
            i.Rechain(i.Store.A);
            i.Sql("UPDATE store_head SET open = 1, next_due = 0 WHERE no = $A");
        }),
        new("a whole case deleted", Remapped, Numbers + ":2", i => Delete(i, "$B")),
        new("the last case deleted with its number", Truncated, "C", i =>
        {
            Delete(i, "$D");
            Delete(i, "$C");
            i.Sql($"DELETE FROM store_event WHERE stream_no = (SELECT no FROM store_head WHERE stream = '{Numbers}') AND version > 2");
            i.Rechain(new StreamId(Numbers));
        }),
        new("a case written anew with fitting hashes", Rewritten, First, i =>
        {
            i.Payload(i.Store.A, 1, "\"severity\":\"Ordinary\"", "\"severity\":\"Major\"");
            i.Rechain(i.Store.A);
        }),
        new("an anchored event taken out and the rest moved up", Rewritten, Second, i =>
        {
            i.Sql("DELETE FROM store_event WHERE stream_no = $B AND version = 2");
            i.Sql("UPDATE store_event SET version = version - 1 WHERE stream_no = $B AND version > 2");
            i.Sql("UPDATE store_outbox SET version = version - 1 WHERE stream_no = $B AND version > 2");
            i.Rechain(i.Store.B);
            i.Sql("UPDATE store_head SET open = 1, next_due = 0, projected = version WHERE no = $B");
        }),
        new("history written anew and all anchors signed anew with the real key", BadRoot, First, i =>
        {
            i.Payload(i.Store.A, 1, "\"severity\":\"Ordinary\"", "\"severity\":\"Major\"");
            i.Rechain(i.Store.A);
            i.Reanchor();
        }),
        new("a case deleted without a trace, and all anchors signed anew with the real key", BadRoot, First, i =>
        {
            Delete(i, "$D");
            Delete(i, "$C");
            i.Sql($"DELETE FROM store_event WHERE stream_no = (SELECT no FROM store_head WHERE stream = '{Numbers}') AND version > 2");
            i.Rechain(new StreamId(Numbers));
            i.Reanchor();
        }),
    ];

    private static IEnumerable<Manipulation> Times =>
    [
        new("a new case dated before the last root", Backdated, "D:1", i =>
        {
            i.Sql("UPDATE store_event SET at = at - 4 * 86400000 WHERE stream_no = $D");
            i.Rechain(i.Store.D);
        }),
        new("a case invented in the past, with a number of its own", Backdated, "complaint.invented:1", i =>
        {
            i.Sql(
                """
                INSERT INTO store_head (stream, version, hash, next_due, open, projected, changed)
                SELECT 'complaint.invented', version, hash, 0, open, projected, changed FROM store_head WHERE no = $D;
                INSERT INTO store_event
                SELECT (SELECT no FROM store_head WHERE stream = 'complaint.invented'), version, type,
                    at - 4 * 86400000, payload, attached, previous_hash, hash FROM store_event WHERE stream_no = $D;
                """);
            var numbers = new StreamId(Numbers);
            i.Sql(
                $$"""
                INSERT INTO store_event
                SELECT stream_no, 5, type, at, CAST('{"stream":"complaint.invented"}' AS BLOB), attached, hash, hash
                FROM store_event WHERE stream_no = (SELECT no FROM store_head WHERE stream = '{{Numbers}}') AND version = 4;
                """);
            i.Payload(new StreamId("complaint.invented"), 1, "HY-2026-000004", "HY-2026-000005");
            i.Rechain(new StreamId("complaint.invented"));
            i.Rechain(numbers);
        }),
        new("what came after the last root dated before it", Backdated, "A", i =>
        {
            i.Sql(
                """
                UPDATE store_event SET at = (SELECT max(at) + 1000 FROM store_event WHERE stream_no = $A AND at < 1772841600000)
                WHERE stream_no = $A AND at > 1772841600000
                """);
            i.Rechain(i.Store.A);
        }),
        new("time running backwards within a case", TimeBackwards, "D:2", i =>
        {
            i.Sql("UPDATE store_event SET at = at - 7200000 WHERE stream_no = $D AND version = 2");
            i.Rechain(i.Store.D);
        }),
        new("the last event dated into the future, then anchored", Backdated, First, i =>
        {
            i.Sql(
                """
                UPDATE store_event SET at = 1772900000000 WHERE stream_no = $A AND version >=
                    (SELECT max(version) FROM store_event WHERE stream_no = $A AND at < 1772841600000)
                """);
            i.Rechain(i.Store.A);
            i.Reanchor();
            i.Roots = null;
        }),
    ];

    private static IEnumerable<Manipulation> NumbersGiven =>
    [
        new("a number given to another case", Remapped, "A:1",
            i => i.Payload(new StreamId(Numbers), 1, i.Store.A.Value, i.Store.B.Value)),
        new("a number given to another case with fitting hashes", Remapped, "A:1", i =>
        {
            i.Payload(new StreamId(Numbers), 1, i.Store.A.Value, i.Store.B.Value);
            i.Rechain(new StreamId(Numbers));
        }),
        new("the last number taken back", Remapped, "D:1", i =>
        {
            i.Sql($"DELETE FROM store_event WHERE stream_no = (SELECT no FROM store_head WHERE stream = '{Numbers}') AND version = 4");
            i.Rechain(new StreamId(Numbers));
        }),
    ];

    private static IEnumerable<Manipulation> Sleepers =>
    [
        new("an open case never looked at again", Asleep, "A",
            i => i.Sql("UPDATE store_head SET next_due = NULL WHERE no = $A")),
        new("an open case looked at in years", Asleep, "B",
            i => i.Sql("UPDATE store_head SET next_due = next_due + 100000000000 WHERE no = $B")),
        new("an open case marked as closed", Asleep, "A",
            i => i.Sql("UPDATE store_head SET open = 0 WHERE no = $A")),
        new("a case whose rows wait, put to sleep", Asleep, "D",
            i => i.Sql("UPDATE store_head SET next_due = NULL, projected = 0 WHERE no = $D")),
    ];

    private static IEnumerable<Manipulation> Persons =>
    [
        new("a person's key destroyed without a record", PersonKey, "A:1", i => i.KeysSql(
            $"DELETE FROM person_key WHERE id <> '{i.Store.Erased.Id}'")),
        new("all persons' keys marked as erased without a record", PersonKey, "A:1",
            i => i.KeysSql("UPDATE person_key SET key = NULL")),
        new("an erased person's key put back", PersonKey, "erasure", i => i.KeysSql(
            $"UPDATE person_key SET key = x'{Convert.ToHexString(i.Store.Erased.Key)}' WHERE id = '{i.Store.Erased.Id}'")),
        new("the record of an erasure removed", PersonKey, "C:1", i => i.Sql(
            $"""
            DELETE FROM store_event WHERE stream_no = (SELECT no FROM store_head WHERE stream = 'erasure.{i.Store.Erased.Id}');
            DELETE FROM store_head WHERE stream = 'erasure.{i.Store.Erased.Id}'
            """)),
        new("the keys replaced by an older copy", PersonKey, "A:7", i =>
            File.Copy(Path.Combine(i.Store.Older, "keys.db"), Path.Combine(i.Data, "keys.db"), overwrite: true)),
    ];

    private static IEnumerable<Manipulation> Anchors =>
    [
        new("an anchor's size changed", BadAnchor, Second, i => Edit(i, 1, l => l with { Size = l.Size + 1 })),
        new("an anchor's root changed", BadAnchor, Second, i => Edit(i, 1, l => l with { Root = new string('0', 64) })),
        new("an anchor's time changed", BadAnchor, Second, i => Edit(i, 1, l => l with { At = l.At.Replace("T10", "T11", StringComparison.Ordinal) })),
        new("an anchor's signature replaced by another's", BadAnchor, Second,
            i => i.Lines(l => [l[0], (AnchorLine.Parse(l[1]) with { Signature = AnchorLine.Parse(l[0]).Signature }).ToString(), l[2]])),
        new("an anchor's proof removed", BadAnchor, Second, i => Edit(i, 1, l => l with { Consistency = [] })),
        new("the first anchor removed", BadRoot, First, i => i.Lines(l => l[1..])),
        new("an anchor in the middle removed", BadRoot, Second, i => i.Lines(l => [l[0], l[2]])),
        new("an anchor in the middle removed, and nobody outside has the roots", BadAnchor, Third, i =>
        {
            i.Lines(l => [l[0], l[2]]);
            i.Roots = null;
        }),
        new("the last anchor cut off", BadRoot, Third, i => i.Lines(l => l[..2])),
        new("all anchors cut off", BadRoot, First, i => i.Lines(_ => [])),
        new("anchors exchanged", BadRoot, First, i => i.Lines(l => [l[1], l[0], l[2]])),
        new("an anchor twice", BadAnchor, Third, i => i.Lines(l => [.. l, l[2]])),
        new("what a day added deleted", BadAnchor, Second, i => File.Delete(Path.Combine(i.Data, "anchors", Second + ".json"))),
        new("a version in what a day added changed", BadAnchor, Second,
            i => i.Day(Second, $"[\"{i.Store.B.Value}\",", $"[\"{i.Store.B.Value}\",1")),
        new("another stream in what a day added", BadAnchor, Third,
            i => i.Day(Third, i.Store.A.Value, i.Store.B.Value)),
        new("all anchors signed with another key", BadAnchor, First, i =>
        {
            i.AnotherKey();
            i.Reanchor();
            i.Roots = null;
        }),
        new("a root in the outsider's file forged", BadRoot, Second,
            i => i.Roots![1] = i.Roots[1].Replace("\"size\":", "\"size\":1", StringComparison.Ordinal)),
        new("anchoring switched off for days", NotAnchored, First, i =>
        {
            i.Lines(l => l[..1]);
            i.Roots = null;
        }),
        new("no anchors at all, and nobody outside has the roots", NotAnchored, "no day", i =>
        {
            i.Lines(_ => []);
            i.Roots = null;
        }),
    ];

    private static IEnumerable<Manipulation> Copies =>
    [
        new("the whole store and its anchors replaced by an older copy", BadRoot, Second,
            i => i.Restore(store: true, anchors: true)),
        new("the store replaced by an older copy, the anchors left", Truncated, Second,
            i => i.Restore(store: true, anchors: false)),
        new("the anchors replaced by an older copy", BadRoot, Second, i => i.Restore(store: false, anchors: true)),
    ];

    private static IEnumerable<Manipulation> RowsAndRules =>
    [
        new("a case's row changed", WrongRow, "A",
            i => i.Sql("UPDATE Complaint SET Severity = 'Minor' WHERE RowKey = 'HY-2026-000001'"), Rows: true),
        new("a case's row deleted", WrongRow, "B",
            i => i.Sql("DELETE FROM Complaint WHERE RowKey = 'HY-2026-000002'"), Rows: true),
        new("what is owed taken off the work lists", WrongRow, "A",
            i => i.Sql("DELETE FROM Obligation WHERE Number = 'HY-2026-000001'"), Rows: true),
        new("a late step shown as on time", WrongRow, "A",
            i => i.Sql("UPDATE Step SET MinutesLate = MinutesLate + 7 WHERE Number = 'HY-2026-000001'"), Rows: true),
        new("a case invented in the reports", WrongRow, "Table Complaint", i => i.Sql(
            """
            CREATE TEMP TABLE x AS SELECT * FROM Complaint WHERE RowKey = 'HY-2026-000001';
            UPDATE x SET RowKey = 'HY-2026-000099';
            INSERT INTO Complaint SELECT * FROM x
            """), Rows: true),
        new("the adopted policy changed", Altered, "policy.HY:1",
            i => i.Payload(new StreamId("policy.HY"), 1, "\"weekly\"", "\"Weekly\"")),
        new("the policy file changed without adopting it", NotAdopted, "policy.HY:1", i => i.Policy =
            new PolicyFile(new PolicyEntry(new Policy(), new CalendarRules { Weekly = [new([DayOfWeek.Monday], [new(new(8, 0), new(18, 0))])] }), null)),
        new("the company file changed without adopting it", NotAdopted, "company.directory:1",
            i => i.Company = TestCompany.DirectoryWithout(TestCompany.OtherEngineer)),
    ];

    private static void Edit(Intruder i, int line, Func<AnchorLine, AnchorLine> change) => i.Lines(l =>
    {
        l[line] = change(AnchorLine.Parse(l[line])).ToString();
        return l;
    });

    private static void Delete(Intruder i, string stream) => i.Sql(
        $"""
        DELETE FROM store_outbox WHERE stream_no = {stream};
        DELETE FROM store_seen WHERE stream_no = {stream};
        DELETE FROM store_event WHERE stream_no = {stream};
        DELETE FROM store_head WHERE no = {stream}
        """);
}
