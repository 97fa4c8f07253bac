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

    private static readonly FrozenSet<string> s_firm = Set(Texts.Said("Intent.FirmYes"));

    private static readonly FrozenSet<string> s_no = Set(Texts.Said("Said.No"));

    private static readonly FrozenSet<string> s_skip = Set(Texts.Said("Said.Skip"));

    private static readonly FrozenSet<string> s_cancel = Set(Texts.Said("Said.Cancel"));

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

    public static bool IsYes(string text) => s_yes.Contains(Bare(text));

    /// <summary>A yes that is no mere nod, for what cannot be taken back.</summary>
    public static bool IsFirmYes(string text) => s_firm.Contains(Bare(text));

    public static bool IsNo(string text) => s_no.Contains(Bare(text));

    /// <summary>The answer does.</summary>
    public static bool IsContent(string text) => IsYes(text) || s_content.Contains(Bare(text));

    /// <summary>The answer does not do: a person is wanted.</summary>
    public static bool WantsPerson(string text) => IsNo(text) || s_person.Contains(Bare(text));

    /// <summary>What was asked about is right as it was written.</summary>
    public static bool IsRight(string text) => IsYes(text) || s_right.Contains(Bare(text));

    public static bool IsSkip(string text) => s_skip.Contains(Bare(text));

    public static bool IsCancel(string text) => s_cancel.Contains(Bare(text));

    public static bool? Agreement(string text)
    {
        var bare = Bare(MatterCode.Without(text));
        if (s_agree.Contains(bare))
            return true;
        return s_disagree.Contains(bare) ? false : null;
    }

    /// <summary>
    /// The category a short text names, alone or in a few words: 是停车的问题. Null where it names none, or several.
    /// </summary>
    public static Category? CategoryIn(string text)
    {
        var bare = Bare(text);
        if (s_categories.TryGetValue(bare, out var category))
            return category;
        if (IsNo(bare))
            return null;
        var named = s_categories
            .Where(c => bare.Contains(c.Key, StringComparison.OrdinalIgnoreCase) && bare.Length <= c.Key.Length + FewWords)
            .Select(c => c.Value).Distinct().ToList();
        return named is [var only] ? only : null;
    }

    /// <summary>The name of a category and nothing else.</summary>
    public static bool IsCategory(string text) => s_categories.ContainsKey(Bare(text));

    private const int FewWords = 8;

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
