using System.Collections.Immutable;
using CustomerComm.App.Messages;
using CustomerComm.Domain;

namespace CustomerComm.App.Conversations;

/// <summary>
/// A result that waits for its writer's yes. <paramref name="Round"/> is that of the matter when it was shown: what was
/// opened again since is another matter.
/// </summary>
public sealed record StaffDraft(MatterNumber Number, Personal Text, int Round, DateTimeOffset At);

/// <summary>The result of this matter was asked for.</summary>
public sealed record StaffAsked(MatterNumber Number, DateTimeOffset At);

/// <summary>Whether this is what was meant was asked, for the message left it open.</summary>
public sealed record StaffDoubt(MatterNumber Number, StaffIntent About, DateTimeOffset At);

/// <summary>What lies between the system and a member of staff: stored with their conversation.</summary>
public sealed record StaffTalk(ImmutableArray<StaffDraft> Drafts, StaffAsked? Asked, StaffDoubt? Doubted = null)
{
    /// <summary>Nothing.</summary>
    public static StaffTalk Start { get; } = new([], null);

    /// <summary>Without what was shown or asked about a matter.</summary>
    public StaffTalk Without(MatterNumber number) =>
        new(
            Drafts.RemoveAll(d => d.Number == number), Asked?.Number == number ? null : Asked,
            Doubted?.Number == number ? null : Doubted);

    /// <summary>With a result shown, in place of the one before.</summary>
    public StaffTalk With(StaffDraft draft)
    {
        var without = Without(draft.Number);
        return without with { Drafts = without.Drafts.Add(draft) };
    }
}

/// <summary>A matter that waits for the writer: to be accepted, or to be done.</summary>
public sealed record StaffTask(MatterNumber Number, bool ToAccept);

/// <summary>What is done to a matter.</summary>
public enum StaffDo
{
    /// <summary>Accepts it.</summary>
    Accept,
    /// <summary>Gives it back.</summary>
    Decline,
    /// <summary>It is done: the resident is asked to sign.</summary>
    Finish,
    /// <summary>Finishes it by the result that was shown.</summary>
    Send,
    /// <summary>Shows the result and waits for a yes; the matter does not change.</summary>
    Show,
    /// <summary>Asks for the result; the matter does not change.</summary>
    AskResult,
    /// <summary>Notes how it goes on, and tells the resident where the kind does.</summary>
    Tell,
    /// <summary>Notes it.</summary>
    Note,
    /// <summary>Tells how it stands; the matter does not change.</summary>
    Look,
}

/// <summary>One thing to do to one matter.</summary>
public sealed record StaffDeed(StaffDo Do, MatterNumber Number, string Text)
{
    /// <summary>The result that was shown, for <see cref="StaffDo.Send"/>.</summary>
    public StaffDraft? Draft { get; init; }
}

/// <summary>What is asked or said besides: a key of the resources with its code, list of codes, or example.</summary>
internal sealed record StaffAnswer(
    string Key, ImmutableArray<MatterNumber> Codes, string Example = "", string Text = "");

/// <summary>What one message comes to.</summary>
internal sealed record StaffStep(StaffTalk Talk, ImmutableArray<StaffDeed> Deeds, StaffAnswer? Answer);

/// <summary>
/// From a message of staff and what waits for them to what is done. Pure. What names a matter touches no other; without
/// a name the only one that waits is meant; where that is not certain nothing is done and one question is asked.
/// </summary>
internal static class StaffDialogue
{
    /// <summary>How long a plain text is taken for the result that was asked for.</summary>
    public static readonly TimeSpan Answering = TimeSpan.FromMinutes(30);

    /// <summary>How long a yes sends the result that was shown.</summary>
    public static readonly TimeSpan Waiting = TimeSpan.FromDays(1);

    private const int Kept = 7;
    private const int ShortestResult = 4;

    /// <summary>The next step after a message that came at this time.</summary>
    public static StaffStep Next(
        StaffTalk talk, StaffMessage said, IReadOnlyList<StaffTask> waiting, DateTimeOffset at)
    {
        talk = new StaffTalk(
            talk.Drafts.RemoveAll(d => at - d.At > TimeSpan.FromDays(Kept)),
            talk.Asked is { } asked && at - asked.At <= Answering ? talk.Asked : null,
            talk.Doubted is { } doubted && at - doubted.At <= Answering ? talk.Doubted : null);
        if (OnDoubted(talk, said, waiting) is { } certain)
            return certain;
        if (OnShown(talk, said, waiting, at) is { } shown)
            return shown;
        if (OnAsked(talk, said) is { } answered)
            return answered;
        return said.Intent switch
        {
            StaffIntent.Help => Say(talk, "Staff.Help", [.. waiting.Select(w => w.Number).Take(1)]),
            StaffIntent.Accept => Accept(talk, said, waiting),
            StaffIntent.Decline when said.Text.Length == 0 =>
                AboutOne(talk, said, waiting, "2", n => Say(talk, "Staff.AskReason", [n])),
            StaffIntent.Decline => AboutOne(
                talk, said, waiting, "2", n => Do(talk.Without(n), StaffDo.Decline, n, said.Text)),
            StaffIntent.Result => AboutOne(talk, said, waiting, "3", n => Result(talk, said, n)),
            StaffIntent.Yes => AboutOne(talk, said, waiting, "1", n => Say(talk, "Staff.DraftNone", [n])),
            StaffIntent.No => AboutOne(talk, said, waiting, "2", n => Say(
                talk with { Doubted = new StaffDoubt(n, StaffIntent.Decline, at) }, "Staff.Doubt.Decline", [n])),
            StaffIntent.Progress or StaffIntent.Question or StaffIntent.Unclear => Note(talk, said, waiting, at),
            _ => throw new InvalidOperationException($"Unknown intent {said.Intent}."),
        };
    }

    /// <summary>
    /// A yes or no to what was asked last; null where the message is none. A yes says what was meant, not with which
    /// words: those are asked for.
    /// </summary>
    private static StaffStep? OnDoubted(StaffTalk talk, StaffMessage said, IReadOnlyList<StaffTask> waiting)
    {
        // "ok" may also be meant for what came in since.
        var yes = said.Intent == StaffIntent.Yes || (said.Confirms && !waiting.Any(w => w.ToAccept));
        if (talk.Doubted is not { } doubt || !(yes || said.Intent == StaffIntent.No)
            || said.Unreadable is not null || said.Codes.Any(c => c != doubt.Number)
            || talk.Drafts.Any(d => d.At > doubt.At || (d.Number == doubt.Number && !said.Codes.IsEmpty)))
        {
            return null;
        }

        talk = talk with { Doubted = null };
        return (yes, doubt.About) switch
        {
            (false, _) => Say(talk, "Staff.Unchanged", [doubt.Number]),
            (_, StaffIntent.Accept) => Do(talk, StaffDo.Accept, doubt.Number, ""),
            (_, StaffIntent.Decline) => Say(talk, "Staff.AskReason", [doubt.Number]),
            _ => Do(talk, StaffDo.AskResult, doubt.Number, ""),
        };
    }

    /// <summary>A yes or no to a result that was shown; null where the message is none.</summary>
    private static StaffStep? OnShown(
        StaffTalk talk, StaffMessage said, IReadOnlyList<StaffTask> waiting, DateTimeOffset at)
    {
        var no = said.Intent == StaffIntent.No;
        if ((!said.Confirms && !no) || said.Unreadable is not null)
            return null;
        var meant = talk.Drafts.Where(d => said.Codes.IsEmpty || said.Codes.Contains(d.Number)).ToList();
        if (meant.Count == 0 || said.Codes.Length > meant.Count)
            return null;
        var onlyYes = said.Intent == StaffIntent.Yes || no;
        // "好的" may also be meant for what came in since.
        if (meant.Count > 1 || (said.Codes.IsEmpty && !onlyYes && waiting.Any(w => w.ToAccept)))
        {
            var word = Texts.Get(no ? "Staff.No" : "Staff.Yes", Languages.Default);
            return Which(talk, [.. meant.Select(d => d.Number)], word);
        }

        var draft = meant[0];
        if (no)
            return Say(talk.Without(draft.Number), "Staff.DraftDropped", [draft.Number]);
        return at - draft.At > Waiting
            ? Say(talk.Without(draft.Number), "Staff.DraftOld", [draft.Number])
            : new StaffStep(
                talk.Without(draft.Number),
                [new StaffDeed(StaffDo.Send, draft.Number, draft.Text.Value) { Draft = draft }], null);
    }

    /// <summary>The result that was asked for; null where the message is something else.</summary>
    private static StaffStep? OnAsked(StaffTalk talk, StaffMessage said)
    {
        if (talk.Asked is not { } asked || said.Unreadable is not null || said.Mixed
            || said.Codes.Any(c => c != asked.Number))
        {
            return null;
        }

        var text = said.Text.Length > 0 ? said.Text : said.Whole;
        var result = said.Intent == StaffIntent.Result || (said.Intent == StaffIntent.Unclear && !said.Confirms);
        if (!result || StaffGrammar.Weight(text) < ShortestResult)
            return null;
        // Twice the same bare words: they are the result.
        return said.Plain
            ? null
            : Do(talk with { Asked = null }, StaffDo.Show, asked.Number, text);
    }

    private static StaffStep Accept(StaffTalk talk, StaffMessage said, IReadOnlyList<StaffTask> waiting)
    {
        if (said.Codes.Length == 0)
            return AboutOne(talk, said, [.. waiting.Where(w => w.ToAccept)], "1", Accepting);
        var accepted = said.Codes.SelectMany(n => Accepting(n).Deeds);
        var unreadable = said.Unreadable is { } text
            ? new StaffAnswer("Staff.Unreadable", said.Codes, Text: text) : null;
        return new StaffStep(talk, [.. accepted], unreadable);

        StaffStep Accepting(MatterNumber n)
        {
            var accept = new StaffDeed(StaffDo.Accept, n, "");
            return new StaffStep(
                talk, said.Adds ? [accept, new StaffDeed(StaffDo.Note, n, said.Text)] : [accept], null);
        }
    }

    private static StaffStep Result(StaffTalk talk, StaffMessage said, MatterNumber n)
    {
        if (StaffGrammar.Weight(said.Text) < ShortestResult)
            return Do(talk, StaffDo.AskResult, n, "");
        if (said.Plain)
            return Do(talk.Without(n), StaffDo.Finish, n, said.Text);
        var show = new StaffDeed(StaffDo.Show, n, said.Text);
        return new StaffStep(talk, said.Adds ? [show, new StaffDeed(StaffDo.Note, n, said.Text)] : [show], null);
    }

    private static StaffStep Note(
        StaffTalk talk, StaffMessage said, IReadOnlyList<StaffTask> waiting, DateTimeOffset at)
    {
        if (said.Mixed)
            return OneOnly(talk, said, "3");
        var without = said.Codes.IsEmpty && said.Intent is StaffIntent.Unclear or StaffIntent.Question;
        if (without && said.Unreadable is null)
            return Say(talk, "Staff.Help", [.. waiting.Select(w => w.Number).Take(1)]);
        if (said.Codes.Length > 1)
        {
            var noted = said.Codes.Select(n => new StaffDeed(StaffDo.Note, n, said.Text));
            return said.Doubt is { } d
                ? OneOnly(talk, said, Digit(d)) with { Deeds = [.. noted] }
                : new StaffStep(talk, [.. noted], null);
        }

        return AboutOne(talk, said, waiting, said.Doubt is { } doubt ? Digit(doubt) : "5", n =>
        {
            if (!said.Text.Any(char.IsLetterOrDigit))
                return Do(talk, StaffDo.Look, n, "");
            var question = said.Doubt is { } about ? "Staff.Doubt." + about
                : said.Intent == StaffIntent.Progress ? null : "Staff.Doubt";
            return new StaffStep(
                said.Doubt is { } open ? talk with { Doubted = new StaffDoubt(n, open, at) } : talk,
                [new StaffDeed(said.Tells ? StaffDo.Tell : StaffDo.Note, n, said.Text)],
                question is null ? null : new StaffAnswer(question, [n]));
        });
    }

    /// <summary>
    /// For the one matter that is meant: the one named, else the only one that waits. Whatever looks like a code is a
    /// name, if not of which one.
    /// </summary>
    private static StaffStep AboutOne(
        StaffTalk talk, StaffMessage said, IReadOnlyList<StaffTask> waiting, string digit,
        Func<MatterNumber, StaffStep> then)
    {
        if (said.Codes.Length > 1 || (said.Codes.Length == 1 && said.Unreadable is not null && digit != "5"))
            return OneOnly(talk, said, digit);
        if (said.Codes is [var named])
            return then(named);
        var numbers = waiting.Select(w => w.Number).Distinct().ToImmutableArray();
        if (said.Unreadable is { } text)
        {
            return numbers.IsEmpty
                ? Nothing(talk, digit)
                : new StaffStep(talk, [], new StaffAnswer("Staff.Unreadable", numbers, Text: text));
        }

        return numbers switch
        {
            [] => Nothing(talk, digit),
            [var only] => then(only),
            _ => Which(talk, numbers, digit),
        };
    }

    private static StaffStep Do(StaffTalk talk, StaffDo what, MatterNumber n, string text) =>
        new(talk, [new StaffDeed(what, n, text)], null);

    private static StaffStep Say(StaffTalk talk, string key, ImmutableArray<MatterNumber> codes) =>
        new(talk, [], new StaffAnswer(key, codes));

    private static StaffStep Which(StaffTalk talk, ImmutableArray<MatterNumber> of, string word) =>
        new(talk, [], new StaffAnswer("Staff.Which", of, word));

    private static StaffStep OneOnly(StaffTalk talk, StaffMessage said, string word) =>
        new(talk, [], new StaffAnswer("Staff.OneOnly", said.Codes, word));

    private static StaffStep Nothing(StaffTalk talk, string word) =>
        new(talk, [], new StaffAnswer("Staff.Nothing", [], word));

    private static string Digit(StaffIntent about) => about switch
    {
        StaffIntent.Accept => "1",
        StaffIntent.Decline => "2",
        _ => "3",
    };
}
