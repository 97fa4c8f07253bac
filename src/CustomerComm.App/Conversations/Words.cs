using System.Collections.Frozen;
using System.Text.RegularExpressions;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;

namespace CustomerComm.App.Conversations;

/// <summary>Short words of a conversation in both languages.</summary>
internal static partial class Words
{
    private static readonly FrozenSet<string> s_yes = Set(
        "是", "是的", "对", "对的", "没错", "嗯", "好", "好的", "可以", "正确", "確認", "确认", "對", "yes", "y", "ok", "right",
        "correct", "yep", "yeah", "sure", "1");

    private static readonly FrozenSet<string> s_no = Set("不", "不是", "不对", "不對", "错", "否", "no", "n", "nope", "wrong", "2");

    private static readonly FrozenSet<string> s_skip = Set(
        "跳过", "跳過", "不用", "不留", "没有", "算了", "skip", "none", "no", "不方便");

    private static readonly FrozenSet<string> s_cancel = Set("取消", "不投诉了", "不投訴了", "算了不说了", "cancel", "never mind");

    private static readonly FrozenSet<string> s_status = Set(
        "进度", "進度", "查询", "查詢", "查进度", "状态", "怎么样了", "处理得怎么样了", "status", "progress", "how is it going");

    private static readonly FrozenSet<string> s_agree = Set("同意", "agree", "agreed", "i agree");

    private static readonly FrozenSet<string> s_disagree = Set("不同意", "disagree", "do not agree", "i disagree");

    private static readonly FrozenSet<string> s_content = Set(
        Texts.Get("Chat.Answered", Language.Chinese), Texts.Get("Chat.Answered", Language.English), "已解答", "解决了",
        "解決了", "知道了", "明白了", "谢谢", "謝謝", "thanks", "thank you", "it does");

    private static readonly FrozenSet<string> s_person = Set(
        Texts.Get("Chat.WantPerson", Language.Chinese), Texts.Get("Chat.WantPerson", Language.English), "人工", "转人工",
        "轉人工", "没有", "没解决", "还没有", "a person please", "person", "human", "no it does not");

    private static readonly FrozenDictionary<string, Category> s_categories = Enum.GetValues<Category>()
        .SelectMany(c => new[]
        {
            (Texts.Name(c, Language.Chinese), c), (Texts.Name(c, Language.English), c), (c.ToString(), c),
        })
        .DistinctBy(p => p.Item1, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(p => p.Item1, p => p.c, StringComparer.OrdinalIgnoreCase);

    private static readonly string[] s_additions = ["补充", "補充", "add:", "add "];

    private static readonly string[] s_withdrawals = ["撤回", "撤销投诉", "撤銷", "撤诉", "withdraw"];

    public static bool IsYes(string text) => s_yes.Contains(Bare(text));

    public static bool IsNo(string text) => s_no.Contains(Bare(text));

    /// <summary>The answer does.</summary>
    public static bool IsContent(string text) => IsYes(text) || s_content.Contains(Bare(text));

    /// <summary>The answer does not do: a person is wanted.</summary>
    public static bool WantsPerson(string text) => IsNo(text) || s_person.Contains(Bare(text));

    public static bool IsSkip(string text) => s_skip.Contains(Bare(text));

    public static bool IsCancel(string text) => s_cancel.Contains(Bare(text));

    public static bool IsStatus(string text) => s_status.Contains(Bare(MatterCode.Without(text)));

    public static bool IsWithdraw(string text)
    {
        var bare = Bare(MatterCode.Without(text));
        return bare.Length <= 20 && s_withdrawals.Any(w => bare.StartsWith(w, StringComparison.OrdinalIgnoreCase));
    }

    public static bool? Agreement(string text)
    {
        var bare = Bare(MatterCode.Without(text));
        if (s_agree.Contains(bare))
            return true;
        return s_disagree.Contains(bare) ? false : null;
    }

    public static Category? CategoryNamed(string text) =>
        s_categories.TryGetValue(Bare(text), out var category) ? category : null;

    /// <summary>What follows "补充" or "add"; null where the text is no addition.</summary>
    public static string? Addition(string text)
    {
        foreach (var word in s_additions)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && text.Length > word.Length + 1)
                return text[word.Length..].TrimStart(':', '：', ' ', ',', '，');
        }

        return null;
    }

    /// <summary>The first telephone number in a text, and the text without it.</summary>
    public static (PhoneNumber? Phone, string More) PhoneIn(string text, Phones phones)
    {
        foreach (Match m in Digits().Matches(text))
        {
            if (NumberWithin(m.Value, phones) is { } found)
            {
                return (found.Phone, text.Remove(m.Index + found.At, found.Length)
                    .Trim(' ', ',', '，', '、', ';', '；', '。'));
            }
        }

        return (null, text.Trim());
    }

    /// <summary>
    /// The number in a run of digits, the longest first: "+1 202-555-0150 3-1-502" is a number with a room behind it.
    /// </summary>
    private static (PhoneNumber Phone, int At, int Length)? NumberWithin(string run, Phones phones)
    {
        var starts = Enumerable.Range(0, run.Length).Where(i => run[i] != ' ' && (i == 0 || run[i - 1] == ' '));
        var ends = Enumerable.Range(1, run.Length).Where(i => run[i - 1] != ' ' && (i == run.Length || run[i] == ' '));
        var parts = from start in starts
                    from end in ends
                    where end > start
                    orderby end - start descending, start
                    select (At: start, Length: end - start);
        foreach (var (at, length) in parts)
        {
            var part = run.Substring(at, length);
            // A room is never part of a number: better to ask again than to write to a stranger.
            if (part.Contains(' ', StringComparison.Ordinal) && part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(IsRoom))
                continue;
            if (part.Count(char.IsAsciiDigit) >= 7 && phones.TryRead(part, out var phone))
                return (phone, at, length);
        }

        return null;
    }

    private static bool IsRoom(string word) =>
        word.Contains('-', StringComparison.Ordinal) && word[0] is not ('+' or '(')
        && word.Count(char.IsAsciiDigit) < 7;

    private static string Bare(string text) => text.Trim().TrimEnd('。', '.', '！', '!', '？', '?', '~', '～').Trim();

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"\+?[0-9][0-9 ()\-]{5,20}[0-9]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Digits();
}
