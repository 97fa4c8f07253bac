using System.Collections.Frozen;
using System.Globalization;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;

namespace CustomerComm.App.Conversations;

/// <summary>What a resident wants besides telling what is wrong; none of these opens a complaint by itself.</summary>
public enum Intent
{
    /// <summary>None of them.</summary>
    None,
    /// <summary>Calls for help and says nothing else.</summary>
    Distress,
    /// <summary>No more surveys and notices by this way.</summary>
    Stop,
    /// <summary>They are welcome again.</summary>
    Start,
    /// <summary>The second yes to a withdrawal.</summary>
    Confirm,
    /// <summary>The complaint stands after all.</summary>
    Keep,
    /// <summary>Takes a complaint back.</summary>
    Withdraw,
    /// <summary>The message was meant for somebody else, or the writer is not the person on file.</summary>
    WrongNumber,
    /// <summary>What was said to be solved is not.</summary>
    NotFixed,
    /// <summary>Has signed, wants to know how, or cannot open the link.</summary>
    Sign,
    /// <summary>Wants a person.</summary>
    Human,
    /// <summary>Wants to be called.</summary>
    CallMe,
    /// <summary>Asks how it stands.</summary>
    Status,
    /// <summary>Asks for all their complaints.</summary>
    MyComplaints,
    /// <summary>Asks for the telephone number.</summary>
    Phone,
    /// <summary>It is all right again.</summary>
    Settled,
    /// <summary>Where, when or how urgent, without what.</summary>
    Addition,
    /// <summary>Does not know what to write.</summary>
    Help,
    /// <summary>Thanks, consent, a reaction.</summary>
    Thanks,
    /// <summary>Wants to be answered in another language.</summary>
    Choose,
}

/// <summary>
/// What a message of a resident wants, read from its words alone. <paramref name="Kind"/> holds of the whole text,
/// <paramref name="Leaning"/> of a part, while the rest tells something else. <paramref name="Silent"/>: needs no answer.
/// </summary>
public sealed record ResidentIntent(Intent Kind, Intent Leaning, bool Silent)
{
    /// <summary>Nothing of the sort.</summary>
    public static ResidentIntent None { get; } = new(Intent.None, Intent.None, false);

    /// <summary>The language asked for.</summary>
    public Language? Language { get; init; }

    private const int Longest = 80;
    private const int Filler = 0;
    private const int LeastDigits = 5;

    // Of several, the one whose neglect would be worst.
    private static readonly Intent[] s_order =
    [
        Intent.Distress, Intent.Stop, Intent.Start, Intent.Confirm, Intent.Keep, Intent.Withdraw, Intent.WrongNumber, Intent.NotFixed,
        Intent.Sign, Intent.Human, Intent.CallMe, Intent.Status, Intent.MyComplaints, Intent.Phone, Intent.Settled, Intent.Addition,
        Intent.Help, Intent.Thanks,
    ];

    private static readonly PhraseBook s_book = new(
        s_order.Select(i => ((int)i, (IEnumerable<string>)Texts.Said($"Intent.{i}")))
            .Append((Filler, Texts.Said("Intent.Filler"))));

    private static readonly string[] s_reactions = Texts.Said("Intent.Reaction");

    private static readonly FrozenDictionary<string, Language> s_languages = Languages.All
        .SelectMany(l => Texts.Get("Intent.Choose", l).Split('|').Select(w => (Word: PhraseBook.Fold(w).Text, Language: l)))
        .DistinctBy(p => p.Word, StringComparer.Ordinal)
        .ToFrozenDictionary(p => p.Word, p => p.Language, StringComparer.Ordinal);

    /// <summary>Reads a text of any length; codes and numbers of complaints in it say nothing here.</summary>
    public static ResidentIntent Read(string text)
    {
        if (IsReaction(text))
            return new ResidentIntent(Intent.Thanks, Intent.None, Silent: true);
        var (folded, marks) = PhraseBook.Fold(MatterCode.Without(text));
        if (folded.Length == 0)
            return OfMarks(marks);
        if (s_languages.TryGetValue(folded, out var language))
            return new ResidentIntent(Intent.Choose, Intent.None, false) { Language = language };
        if (folded.Length > Longest)
            return new ResidentIntent(Intent.None, LeaningOf(folded[..Longest]), false);
        var (meanings, rest) = s_book.Cover(folded, (int)Intent.Addition);
        // Who leaves a number does not ask for ours.
        if (folded.Count(char.IsAsciiDigit) >= LeastDigits)
            meanings &= ~(1UL << (int)Intent.Phone);
        if (rest > 0)
            return new ResidentIntent(Intent.None, LeaningOf(folded), false);
        // HELP!!! is no request for a manual.
        if (s_cries.Contains(folded, StringComparer.Ordinal) && marks.Length > 1 && marks.All(c => c == '!'))
            return new ResidentIntent(Intent.Distress, Intent.None, false);
        foreach (var intent in s_order)
        {
            if ((meanings & (1UL << (int)intent)) != 0)
                return new ResidentIntent(intent, Intent.None, Silent: intent == Intent.Thanks && !IsThanks(folded));
        }

        // Nothing but politeness.
        return new ResidentIntent(Intent.Help, Intent.None, false);
    }

    /// <summary>A photo's or a phone's own words for a thumb put up: <c>Liked “…”</c>.</summary>
    private static bool IsReaction(string text)
    {
        var said = text.AsSpan().Trim();
        var quote = said.IndexOfAny("“\"「『‘");
        if (quote <= 0 || !"”\"」』’".Contains(said[^1], StringComparison.Ordinal))
            return false;
        var (verb, _) = PhraseBook.Fold(said[..quote].ToString());
        return verb.Length == 0 || s_reactions.Contains(verb, StringComparer.Ordinal);
    }

    /// <summary>Asks for help by a word that also calls for it: whether somebody is in danger is not known.</summary>
    public static bool MayCry(string text) =>
        s_cries.Contains(PhraseBook.Fold(text).Text, StringComparer.Ordinal);

    private static readonly string[] s_cries = [.. Texts.Said("Intent.Cry").Select(w => PhraseBook.Fold(w).Text)];

    // 谢谢 is answered, a nod is not.
    private static bool IsThanks(string folded) => s_thanks.Any(w => folded.Contains(w, StringComparison.Ordinal));

    private static readonly string[] s_thanks = [.. Texts.Said("Intent.Gratitude").Select(w => PhraseBook.Fold(w).Text)];

    private static ResidentIntent OfMarks(string marks)
    {
        if (marks.Length == 0)
            return new ResidentIntent(Intent.Help, Intent.None, false);
        // Nothing but question marks asks how it stands; nothing but pictures is a reaction.
        if (marks.All(c => c == '?'))
            return new ResidentIntent(Intent.Status, Intent.None, false);
        return marks.Any(c => char.IsSurrogate(c) || char.GetUnicodeCategory(c) == UnicodeCategory.OtherSymbol)
            ? new ResidentIntent(Intent.Thanks, Intent.None, Silent: true)
            : new ResidentIntent(Intent.Help, Intent.None, false);
    }

    private static Intent LeaningOf(string folded)
    {
        foreach (var intent in (ReadOnlySpan<Intent>)[Intent.NotFixed, Intent.Status])
        {
            if (s_book.Contains(folded, (int)intent))
                return intent;
        }

        return Intent.None;
    }
}
