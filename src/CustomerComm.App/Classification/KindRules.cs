using CustomerComm.Domain;

namespace CustomerComm.App.Classification;

/// <summary>
/// Decides which kind of message it is. Where nothing speaks for another kind it is a complaint, for a person to look
/// at.
/// </summary>
internal static class KindRules
{
    private const int Unit = Scores.Unit;
    private const int Longest = 200;
    private const int ShortNote = 60;

    public static CaseKind Decide(Scores scores, ReadOnlySpan<char> chars, Category category)
    {
        var letters = Letters(chars);
        var blame = scores.Of(Hint.Blame);
        var defect = scores.Of(Hint.Defect);
        var topic = scores.Of(category);
        if (letters == 0)
            return CaseKind.Greeting;
        if (scores.Of(CaseKind.Spam) >= 6 * Unit && scores.Of(CaseKind.Spam) > Math.Max(topic, blame))
            return CaseKind.Spam;
        if (topic < 3 * Unit && blame == 0 && defect == 0)
        {
            if (scores.Greatest(Hint.Danger) == 0 && IsNonsense(chars, letters))
                return CaseKind.Spam;
            var rest = letters - scores.Polite;
            if (scores.Of(CaseKind.Greeting) > 0 && rest <= (scores.Of(CaseKind.Greeting) >= 3 * Unit ? 2 : 0))
                return CaseKind.Greeting;
        }

        if (IsPraise(scores, letters, blame + defect))
            return CaseKind.Praise;
        if (IsRepair(scores, category, blame, defect))
            return CaseKind.RepairRequest;
        var enquiry = scores.Of(CaseKind.Enquiry);
        var suggestion = scores.Of(CaseKind.Suggestion);
        if (suggestion >= 4 * Unit && suggestion >= enquiry && suggestion >= blame)
            return CaseKind.Suggestion;

        // In a long letter questions are mostly rhetorical.
        var least = letters > Longest ? 10 * Unit : 3 * Unit;
        return enquiry >= least && enquiry > blame + (2 * defect) ? CaseKind.Enquiry : CaseKind.Complaint;
    }

    private static bool IsPraise(Scores scores, int letters, int against)
    {
        var praise = scores.Of(CaseKind.Praise);
        var thanks = scores.Of(Hint.Thanks);
        if (praise > 0)
            return praise + thanks >= 3 * Unit && praise + thanks > against && praise > scores.Of(CaseKind.Enquiry);

        // Thanks alone close a polite request as well; they are praise only where nothing is asked.
        return thanks > 0 && letters <= ShortNote && against == 0
            && scores.Of(Hint.Ask) == 0 && scores.Of(CaseKind.Enquiry) == 0
            && scores.Of(CaseKind.Suggestion) == 0 && scores.Of(CaseKind.Spam) == 0;
    }

    private static bool IsRepair(Scores scores, Category category, int blame, int defect)
    {
        var ask = scores.Of(Hint.Ask);
        var fits = category is Category.Equipment or Category.CivilWorks || (category == Category.Other && defect > 0);
        return fits && blame <= 2 * Unit && ask >= scores.Of(CaseKind.Enquiry)
            && (ask >= 6 * Unit || (ask >= 3 * Unit && defect > 0));
    }

    private static int Letters(ReadOnlySpan<char> chars)
    {
        var letters = 0;
        foreach (var c in chars)
            letters += char.IsLetterOrDigit(c) ? 1 : 0;
        return letters;
    }

    // The same few characters over and over.
    private static bool IsNonsense(ReadOnlySpan<char> chars, int letters)
    {
        if (letters < 8)
            return false;
        var seen = new HashSet<char>();
        foreach (var c in chars[..Math.Min(chars.Length, Longest)])
        {
            if (char.IsLetterOrDigit(c))
                seen.Add(c);
        }

        return seen.Count <= Math.Max(3, Math.Min(letters, Longest) / 10);
    }
}
