using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerComm.App.Company;
using CustomerComm.App.Ledger;
using CustomerComm.Domain;
using CustomerComm.Testing;
using CustomerComm.Testing.Complaints;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.App.Tests.Ledger;

/// <summary>An evidence file is checked with roots and nothing else, tells a resident nothing internal, and cannot be bent.</summary>
public sealed class EvidenceTests(WitnessedStore store) : IClassFixture<WitnessedStore>
{
    private static CancellationToken Ct => CancellationToken.None;

    public static TheoryData<string, string> Bent { get; } = new()
    {
        { "another version", "missing" },
        { "an event left out", "missing" },
        { "an event's time", "proof|head" },
        { "an event's type", "proof|head" },
        { "an event's payload", "not in it|head" },
        { "an event hidden by another hash", "head" },
        { "a value says something else", "something else" },
        { "a value opened that is not there", "not in it" },
        { "a message changed", "not one that it owed" },
        { "a message of another case", "not one that it owed" },
        { "an item left out", "head|not one that it owed" },
        { "the leaf's place", "proof" },
        { "the leaf's version", "head" },
        { "the path", "proof" },
        { "another number of leaves", "size" },
        { "another root", "published" },
        { "the stream", "head" },
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_a_case_on_record_Then_its_evidence_holds_by_roots_and_key_alone(bool resident)
    {
        var file = await MakeAsync(store.A, resident);
        var report = EvidenceVerifier.Verify(Bytes(file!), store.Roots, store.Key);
        Assert.Null(report.Wrong);
        Assert.Equal(("HY-2026-000001", new DateOnly(2026, 3, 6), true), (report.Number, report.Root, report.Signed));
        // What came on the last day is in no root yet.
        Assert.True(report.After > 0 && report.Covered > 5, $"{report.Covered} {report.After}");
        Assert.Contains(file!.Obligations, d => d.Kind == "Resolve");
    }

    [Fact]
    public async Task Given_the_resident_asks_Then_they_read_their_words_and_nothing_that_staff_told_each_other()
    {
        var own = await MakeAsync(store.A, resident: true);
        var whole = await MakeAsync(store.A, resident: false);
        Assert.Contains("电梯坏了三天没人修", Encoding.UTF8.GetString(Bytes(own!)), StringComparison.Ordinal);
        Assert.Contains("配件已到", Encoding.UTF8.GetString(Bytes(whole!)), StringComparison.Ordinal);
        var text = Encoding.UTF8.GetString(Bytes(own!));
        Assert.DoesNotContain("配件已到", text, StringComparison.Ordinal);
        Assert.DoesNotContain(TestCompany.Engineer.Phone.Value, text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"owner\": \"staff:", text, StringComparison.Ordinal);
        Assert.Contains(own!.Events, e => e.Payload is null && e.Type is null && e.At is null && e.Content is not null);
        Assert.All(whole!.Events, e => Assert.NotNull(e.Payload));
        // Hidden in the payloads of messages either: base64 does not hide.
        Assert.All(own.Messages, m => Assert.Contains(
            m.Opened ?? [], o => o.Text == TestCompany.Phone(51)));
    }

    [Theory, Clause("4.5.4")]
    [InlineData("s-qua-duty", true)]
    [InlineData("s-leader", true)]
    [InlineData("s-hy-manager", false)]
    [InlineData("s-hy-duty", false)]
    [InlineData("s-jx-manager", false)]
    [InlineData("s-eng-duty", false)]
    [InlineData("s-fin-head", false)]
    public void Given_a_complaint_Then_those_who_verify_work_take_its_whole_evidence_and_no_handler_does(
        string who, bool may) => Assert.Equal(
        may,
        EvidenceMaker.MayTakeWhole(
            ComplaintScenario.InProgress().State, TestCompany.Directory.Find(new StaffId(who))!, TestCompany.Directory));

    [Theory, Clause("4.6.1-2-D")]
    [InlineData("s-qua-head", false)]
    [InlineData("s-qua-duty", false)]
    [InlineData("s-leader", true)]
    public void Given_a_complaint_against_the_head_of_quality_Then_neither_they_nor_theirs_take_its_evidence(
        string who, bool may) => Assert.Equal(
        may,
        EvidenceMaker.MayTakeWhole(
            ComplaintScenario.InProgress(
                Category.AgainstManager, accused: TestCompany.QualityHead, by: TestCompany.Leader).State,
            TestCompany.Directory.Find(new StaffId(who))!, TestCompany.Directory));

    [Fact]
    public async Task Given_a_person_was_erased_Then_the_events_still_hold_and_their_words_stay_closed()
    {
        var file = await MakeAsync(store.C, resident: false);
        Assert.Null(EvidenceVerifier.Verify(Bytes(file!), store.Roots, store.Key).Wrong);
        Assert.DoesNotContain("楼道灯不亮", Encoding.UTF8.GetString(Bytes(file!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_case_in_no_root_or_none_at_all_Then_there_is_no_evidence_yet()
    {
        Assert.Null(await MakeAsync(store.D, resident: false));
        Assert.Null(await MakeAsync(new StreamId("complaint.none"), resident: false));
        Assert.Null(await MakeAsync(new StreamId("numbers.HY-2026"), resident: false));
    }

    [Fact]
    public async Task Given_roots_of_others_Then_it_does_not_hold()
    {
        var file = Bytes((await MakeAsync(store.A, resident: false))!);
        Assert.Contains("has none", EvidenceVerifier.Verify(file, [.. store.Roots.Take(2)], null).Wrong, StringComparison.Ordinal);
        var forged = store.Roots.Select(r => r.Replace("\"size\":", "\"size\":1", StringComparison.Ordinal)).ToList();
        Assert.Contains("another root", EvidenceVerifier.Verify(file, forged, null).Wrong, StringComparison.Ordinal);
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        Assert.Contains(
            "not signed", EvidenceVerifier.Verify(file, store.Roots, other.ExportSubjectPublicKeyInfoPem()).Wrong,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"format\":\"other\"}")]
    [InlineData("[1]")]
    public void Given_no_evidence_file_Then_it_is_said_so(string text) =>
        Assert.Throws<InvalidDataException>(() => EvidenceVerifier.Verify(Encoding.UTF8.GetBytes(text), [], null));

    [Theory]
    [MemberData(nameof(Bent))]
    public async Task When_anything_is_bent_Then_it_is_found(string what, string said)
    {
        var file = JsonNode.Parse(Bytes((await MakeAsync(store.A, resident: false))!))!.AsObject();
        var other = JsonNode.Parse(Bytes((await MakeAsync(store.B, resident: false))!))!.AsObject();
        Bend(what, file, other);
        var report = EvidenceVerifier.Verify(Encoding.UTF8.GetBytes(file.ToJsonString()), store.Roots, store.Key);
        Assert.NotNull(report.Wrong);
        Assert.Contains(said.Split('|'), s => report.Wrong.Contains(s, StringComparison.Ordinal));
    }

    private static void Bend(string what, JsonObject file, JsonObject other)
    {
        var events = file["events"]!.AsArray();
        var (first, second) = (events[0]!.AsObject(), events[1]!.AsObject());
        var attached = events.First(e => e!["items"] is not null)!.AsObject();
        var message = file["messages"]![0]!.AsObject();
        var leaf = file["leaf"]!.AsObject();
        switch (what)
        {
            case "another version": second["version"] = 9; break;
            case "an event left out": events.RemoveAt(1); break;
            case "an event's time": second["at"] = second["at"]!.GetValue<long>() + 1; break;
            case "an event's type": second["type"] = "Closed"; break;
            case "an event's payload":
                first["payload"] = Convert.ToBase64String("{\"k\":\"p\",\"d\":{}}"u8);
                break;
            case "an event hidden by another hash":
                second.Remove("payload");
                second["content"] = new string('a', 64);
                break;
            case "a value says something else": first["opened"]![0]!["text"] = "别的"; break;
            case "a value opened that is not there":
                first["opened"]!.AsArray().Add(other["events"]![0]!["opened"]![0]!.DeepClone());
                break;
            case "a message changed":
                message["payload"] = Convert.ToBase64String("{\"k\":\"p\",\"d\":{}}"u8);
                message.Remove("opened");
                break;
            case "a message of another case":
                file["messages"]!.AsArray().Add(other["messages"]![0]!.DeepClone());
                break;
            case "an item left out": attached["items"]!.AsArray().RemoveAt(0); break;
            case "the leaf's place": leaf["index"] = leaf["index"]!.GetValue<long>() - 1; break;
            case "the leaf's version": leaf["version"] = 2; break;
            case "the path": leaf["path"]![0] = new string('0', 64); break;
            case "another number of leaves": leaf["size"] = leaf["size"]!.GetValue<long>() + 1; break;
            case "another root":
                file["root"] = file["root"]!.GetValue<string>().Replace("\"key\":\"", "\"key\":\"0", StringComparison.Ordinal);
                break;
            case "the stream": file["stream"] = "complaint.other"; break;
            default: throw new ArgumentOutOfRangeException(nameof(what), what, "Unknown.");
        }
    }

    private static byte[] Bytes(EvidenceFile file) => JsonSerializer.SerializeToUtf8Bytes(file, EvidenceFile.Json);

    private async Task<EvidenceFile?> MakeAsync(StreamId stream, bool resident)
    {
        await using var services = TestApp.ServicesAt(store.Data, TestCompany.Directory);
        ((FakeTimeProvider)services.GetRequiredService<TimeProvider>()).SetUtcNow(TestCompany.Time("2026-03-07 12:00"));
        await services.GetRequiredService<RulesBook>().ReadAsync(Ct);
        return await services.GetRequiredService<EvidenceMaker>().MakeAsync(stream, resident, Ct);
    }
}
