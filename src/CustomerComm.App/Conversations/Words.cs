using System.Collections.Frozen;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;

namespace CustomerComm.App.Conversations;

/// <summary>Short words of a conversation in every language.</summary>
internal static class Words
{
    private static readonly FrozenSet<string> s_yes = Set(Texts.Said("Said.Yes"));

    private static readonly FrozenSet<string> s_no = Set(Texts.Said("Said.No"));

    private static readonly FrozenSet<string> s_skip = Set(Texts.Said("Said.Skip"));

    private static readonly FrozenSet<string> s_cancel = Set(Texts.Said("Said.Cancel"));

    private static readonly FrozenSet<string> s_status = Set(Texts.Said("Said.Status"));

    private static readonly FrozenSet<string> s_agree = Set(Texts.Said("Said.Agree"));

    private static readonly FrozenSet<string> s_disagree = Set(Texts.Said("Said.Disagree"));

    private static readonly FrozenSet<string> s_content =
        Set([.. Texts.Said("Chat.Answered"), .. Texts.Said("Said.Content")]);

    private static readonly FrozenSet<string> s_right = Set(Texts.Said("Chat.RoomRight"));

    private static readonly FrozenSet<string> s_person =
        Set([.. Texts.Said("Chat.WantPerson"), .. Texts.Said("Said.Person")]);

    private static readonly FrozenDictionary<string, Category> s_categories = Enum.GetValues<Category>()
        .SelectMany(c => Languages.All.Select(l => Texts.Name(c, l)).Append(c.ToString()).Select(w => (Word: w, Category: c)))
        .DistinctBy(p => p.Word, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(p => p.Word, p => p.Category, StringComparer.OrdinalIgnoreCase);

    private static readonly string[] s_additions = Texts.Said("Said.Add");

    private static readonly string[] s_withdrawals = Texts.Said("Said.Withdraw");

    public static bool IsYes(string text) => s_yes.Contains(Bare(text));

    public static bool IsNo(string text) => s_no.Contains(Bare(text));

    /// <summary>The answer does.</summary>
    public static bool IsContent(string text) => IsYes(text) || s_content.Contains(Bare(text));

    /// <summary>The answer does not do: a person is wanted.</summary>
    public static bool WantsPerson(string text) => IsNo(text) || s_person.Contains(Bare(text));

    /// <summary>What was asked about is right as it was written.</summary>
    public static bool IsRight(string text) => IsYes(text) || s_right.Contains(Bare(text));

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
        return phones.Find(text) is { } found
            ? (found.Number, text.Remove(found.At, found.Length).Trim(' ', ',', '，', '、', ';', '；', '。'))
            : (null, text.Trim());
    }

    private static string Bare(string text) => text.Trim().TrimEnd('。', '.', '！', '!', '？', '?', '~', '～').Trim();

    private static FrozenSet<string> Set(string[] words) => words.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
