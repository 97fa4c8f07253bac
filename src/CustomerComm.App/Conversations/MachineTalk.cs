using CustomerComm.App.Classification;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Conversations;

/// <summary>
/// Tells what a machine sent from what a person did. Never by a phrase alone: an automatic reply is one from its first
/// word on with no matter behind it; a repetition is one within seconds. In doubt it was a person.
/// </summary>
public sealed class MachineTalk(Classifier classifier, TimeProvider time)
{
    /// <summary>Gateways deliver the same message again within this time; people take longer.</summary>
    private static readonly TimeSpan s_gateway = TimeSpan.FromSeconds(10);

    /// <summary>A machine answers within this time.</summary>
    private static readonly TimeSpan s_answered = TimeSpan.FromSeconds(30);

    /// <summary>How far back the same words are looked for.</summary>
    private static readonly TimeSpan s_back = TimeSpan.FromHours(1);

    /// <summary>Short answers may well be given twice: "1" to two questions.</summary>
    private const int LongEnough = 8;

    private static readonly char[] s_marks = [.. "\n\"'“”‘’[]【】()<>《》「」*-—_:,.。!~～"];

    private static readonly char[] s_around = [.. s_marks, ' '];

    private static readonly WordList s_away = WordList.Of("Said.Away");

    private static readonly string[] s_labels = Folded("Said.Automatic");

    private static readonly string[] s_openings = Folded("Said.AutomaticBegins");

    /// <summary>Why nothing is to be made of this text after what was said; null where a person wrote it.</summary>
    public Apart? Judge(LoadedConversation before, string text)
    {
        var words = Check.Mended(text).Trim();
        if (IsRepeated(before, words))
            return Apart.Repeated;
        return IsAutomatic(words) || IsEcho(before, words) ? Apart.AutomaticReply : null;
    }

    /// <summary>True where all of it is a machine's: it begins as one and tells of nothing that is wrong.</summary>
    public bool IsAutomatic(string text)
    {
        var words = TextFold.OfTerm(text).TrimStart(s_around);
        if (s_labels.FirstOrDefault(l => words.StartsWith(l, StringComparison.Ordinal)) is { } label)
        {
            // "自动回复：" is a label; "自动回复一点用没有" is what somebody says of one.
            var rest = words[label.Length..];
            return (rest.Length == 0 || s_marks.Contains(rest[0])) && !IsMatter(rest.TrimStart(s_around));
        }

        return s_openings.Any(o => words.StartsWith(o, StringComparison.Ordinal)) && !IsMatter(words);
    }

    private bool IsMatter(string rest)
    {
        // Who says nothing but when they are back tells of no matter, whatever it sounds like.
        if (rest.Length == 0 || StaffClause.Covers(WordList.Fold(rest), s_away, null))
            return false;
        var suggestion = classifier.Classify(rest);
        return suggestion.Danger
            || (suggestion is { Kind: Nature.Complaint or Nature.RepairRequest, Unsure: false }
                && suggestion.Category != Category.Other);
    }

    private bool IsRepeated(LoadedConversation before, string words)
    {
        var since = time.Now() - s_gateway;
        for (var i = before.Lines.Count - 1; i >= 0 && before.Lines[i].At >= since; i--)
        {
            if (before.Lines[i].Event is ConversationEvent.Handled && words.Length < LongEnough)
                return false;
            if (IsSame(before.Lines[i], words))
                return true;
        }

        return false;
    }

    /// <summary>
    /// The same words for the third time within the hour, and again right behind our own: a machine we do not know by
    /// its words answers whatever we say.
    /// </summary>
    private bool IsEcho(LoadedConversation before, string words)
    {
        var (now, same) = (time.Now(), 0);
        DateTimeOffset? ours = null;
        for (var i = before.Lines.Count - 1; i >= 0 && before.Lines[i].At >= now - s_back && same < 2; i--)
        {
            if (before.Lines[i].Event is ConversationEvent.Handled { Replies.IsEmpty: false })
                ours ??= before.Lines[i].At;
            if (IsSame(before.Lines[i], words))
                same++;
        }

        return same >= 2 && words.Length >= LongEnough && now - ours <= s_answered;
    }

    private static string[] Folded(string key) =>
        [.. Texts.Said(key).Select(TextFold.OfTerm).OrderByDescending(w => w.Length)];

    private static bool IsSame(Line line, string words) =>
        line.Event is ConversationEvent.Incoming i && i.Text.Value.Trim() == words;
}
