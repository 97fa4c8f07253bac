using System.Globalization;
using CsCheck;
using CustomerComm.App.Conversations;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>
/// Any text of staff at all: no exception, no change without an intent, nothing touched but what is named, nothing lost.
/// With <c>CUSTOMERCOMM_STAFF_TEXTS</c> as many texts as it says, e.g. 1000000.
/// </summary>
public sealed class StaffProperties
{
    private static readonly DateTimeOffset s_now = TestApp.Start;

    private static readonly MatterNumber[] s_numbers =
    [
        new(TestCompany.HY, "", 2026, 12), new(TestCompany.HY, "W", 2026, 3), new(TestCompany.JX, "", 2025, 7),
        new(TestCompany.JX, "", 2026, 1),
    ];

    private static readonly Gen<string> s_texts = Gen.OneOf(
        Gen.OneOf(Vocabulary, Codes, Others, Others).Array[0, 9].Select(string.Concat),
        Gen.OneOf(Vocabulary, Codes, Others).Array[0, 5].Select(p => string.Join(' ', p)),
        Gen.Select(Gen.String, Codes, (a, b) => a + b), Gen.String);

    private static readonly Gen<StaffTask[]> s_waiting = Gen.Select(
        Gen.OneOf(s_numbers), Gen.Bool, (n, b) => new StaffTask(n, b)).Array[0, 3];

    private static readonly Gen<StaffTalk> s_talks = Gen.Select(
        Gen.OneOf(s_numbers).Array[0, 2], Gen.Bool, Gen.OneOf(s_numbers), Gen.Int[0, 2_000],
        Gen.OneOf<StaffIntent?>(null, StaffIntent.Accept, StaffIntent.Decline, StaffIntent.Result),
        (drafts, asked, number, minutes, doubt) => new StaffTalk(
            [.. drafts.Distinct().Select(
                n => new StaffDraft(n, new Personal("换了水泵轴承"), 1, s_now.AddMinutes(-minutes)))],
            asked ? new StaffAsked(number, s_now.AddMinutes(-minutes / 40)) : null,
            doubt is { } about ? new StaffDoubt(number, about, s_now.AddMinutes(-minutes / 30)) : null));

    private static long Count => long.TryParse(
        Environment.GetEnvironmentVariable("CUSTOMERCOMM_STAFF_TEXTS"), CultureInfo.InvariantCulture, out var n)
        ? n : 20_000;

    private static Gen<string> Vocabulary => Gen.OneOf(
        [.. Texts.Files.Where(f => f == "Staff").SelectMany(_ => Keys).SelectMany(Texts.Said)]);

    private static IEnumerable<string> Keys =>
        from name in (string[])
            ["Help", "Yes", "No", "Accept", "Filler", "Firm", "Soft", "Unable", "Others", "Benign", "Not", "Modal",
                "Plan", "Doubt", "Asking", "AskingFirst", "AskingLast", "Result", "Verb", "Finished", "Progress", "ResultVerb",
                "Ongoing", "Pending", "First", "Underway", "Outcome", "Keeps"]
        select "Said.Staff." + name;

    private static Gen<string> Codes => Gen.OneOf(
        "HY26-12", "hy26-w3", "ＨＹ２６－１２", "JX25-7", "HY-2026-000012", "HY2612", "hy26 12", "HY26-W3", "HY26", "HX26-12",
        "26-12", "HY26-99", "#12");

    private static Gen<string> Others => Gen.OneOf(
        Gen.OneOf(
            "1", "2", "3", "5", " ", " ", " ", ",", "，", "。", "？", "?", "!", "\n", "点", "号楼", "天", "楼", "1️⃣", "③",
            "😀", "🙏", "水泵", "pump", "换了水泵轴承", "\ud83d", "\u200b", "\0", "12", "3:30", "-", "的"),
        Gen.Char.Select(c => c.ToString()));

    [Fact]
    public void Any_text_is_read_and_comes_to_something_and_touches_only_what_is_named() =>
        Gen.Select(s_texts, s_waiting, s_talks).Sample(
            (text, waiting, talk) =>
            {
                var said = StaffGrammarTests.Read(text);
                Holds(said, StaffDialogue.Next(talk, said, waiting, s_now), waiting, talk);
            },
            iter: Count);

    [Fact]
    public void A_digit_with_words_of_progress_plan_question_or_denial_finishes_and_gives_back_nothing() =>
        Gen.Select(
            Gen.OneOf("2", "3"), Gen.OneOf(Going), Gen.OneOf("Filler", "Others", "Progress").SelectMany(
                k => Gen.OneOf(Texts.Said("Said.Staff." + k))), Gen.Bool, Gen.OneOf(" ", "，", ", "))
            .Sample(
                (digit, going, more, first, sign) =>
                {
                    var words = first ? going + sign + more : more + sign + going;
                    var said = StaffGrammarTests.Read($"{digit} HY26-12 {words}");
                    var step = StaffDialogue.Next(StaffTalk.Start, said, [], s_now);
                    Assert.DoesNotContain(step.Deeds, d => d.Do is StaffDo.Finish or StaffDo.Decline or StaffDo.Accept);
                    Assert.Contains(step.Deeds, d => d.Do == StaffDo.Note || d.Do == StaffDo.Tell);
                    Assert.NotNull(step.Answer);
                },
                iter: Math.Min(Count, 20_000));

    private static string[] Going =>
    [
        .. ((string[])["Ongoing", "Pending", "Plan", "Asking"]).SelectMany(k => Texts.Said("Said.Staff." + k)),
        "没人在家", "已到现场", "还没好", "没修好", "冇人喺屋企", "nobody home", "not yet", "arrived",
    ];

    private static void Holds(StaffMessage said, StaffStep step, StaffTask[] waiting, StaffTalk talk)
    {
        // It ends as an action, a note, or a question.
        Assert.True(!step.Deeds.IsEmpty || step.Answer is not null);
        var accepts = step.Deeds.Any(d => d.Do == StaffDo.Accept);
        var meant = waiting.Where(w => !accepts || w.ToAccept).Select(w => w.Number).Distinct().ToList();
        foreach (var deed in step.Deeds)
        {
            if (!said.Codes.IsEmpty)
                Assert.Contains(deed.Number, said.Codes);
            else if (deed.Do != StaffDo.Send && !(deed.Do == StaffDo.Show && talk.Asked?.Number == deed.Number)
                && !(said.Confirms && Doubted(talk, deed.Number) is not null))
            {
                Assert.Equal([deed.Number], meant);
            }

            if (said.Unreadable is not null && said.Codes.IsEmpty)
                Assert.Fail($"{deed} for '{said.Whole}'.");
            AssertMeant(said, deed, talk);
        }

        Assert.All(step.Talk.Drafts, d => Assert.Contains(d, talk.Drafts));
    }

    private static StaffIntent? Doubted(StaffTalk talk, MatterNumber number) =>
        talk.Doubted is { } doubt && doubt.Number == number && s_now - doubt.At <= StaffDialogue.Answering
            ? doubt.About : null;

    private static void AssertMeant(StaffMessage said, StaffDeed deed, StaffTalk talk)
    {
        switch (deed.Do)
        {
            case StaffDo.Accept:
                Assert.True(said.Intent == StaffIntent.Accept
                    || (said.Confirms && Doubted(talk, deed.Number) == StaffIntent.Accept));
                break;
            case StaffDo.Decline:
                Assert.Equal(StaffIntent.Decline, said.Intent);
                Assert.False(string.IsNullOrWhiteSpace(deed.Text));
                break;
            case StaffDo.Finish:
                Assert.True(said is { Intent: StaffIntent.Result, Plain: true, Codes.Length: 1 });
                break;
            case StaffDo.Send:
                Assert.True(said.Confirms);
                Assert.Contains(deed.Draft!, talk.Drafts);
                Assert.True(s_now - deed.Draft!.At <= StaffDialogue.Waiting);
                break;
            default:
                // The others change nothing.
                break;
        }
    }
}
