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

    public static Nature Decide(Scores scores, ReadOnlySpan<char> chars, Category category)
    {
        var letters = Letters(chars);
        var blame = scores.Of(Hint.Blame);
        var defect = scores.Of(Hint.Defect);
        var topic = scores.Of(category);
        if (letters == 0)
            return Nature.Greeting;
        if (scores.Of(Nature.Spam) >= 6 * Unit && scores.Of(Nature.Spam) > Math.Max(topic, blame))
            return Nature.Spam;
        if (topic < 3 * Unit && blame == 0 && defect == 0)
        {
            if (scores.Greatest(Hint.Danger) == 0 && IsNonsense(chars, letters))
                return Nature.Spam;
            var rest = letters - scores.Polite;
            if (scores.Of(Nature.Greeting) > 0 && rest <= (scores.Of(Nature.Greeting) >= 3 * Unit ? 2 : 0))
                return Nature.Greeting;
        }

        if (IsPraise(scores, letters, blame + defect))
            return Nature.Praise;
        if (IsRepair(scores, category, blame, defect))
            return Nature.RepairRequest;
        var enquiry = scores.Of(Nature.Enquiry);
        var suggestion = scores.Of(Nature.Suggestion);
        if (suggestion >= 4 * Unit && suggestion >= enquiry && suggestion >= blame)
            return Nature.Suggestion;

        // In a long letter questions are mostly rhetorical.
        var least = letters > Longest ? 10 * Unit : 3 * Unit;
        return enquiry >= least && enquiry > blame + (2 * defect) ? Nature.Enquiry : Nature.Complaint;
    }

    private static bool IsPraise(Scores scores, int letters, int against)
    {
        var praise = scores.Of(Nature.Praise);
        var thanks = scores.Of(Hint.Thanks);
        if (praise > 0)
            return praise + thanks >= 3 * Unit && praise + thanks > against && praise > scores.Of(Nature.Enquiry);

        // Thanks alone close a polite request as well; they are praise only where nothing is asked.
        return thanks > 0 && letters <= ShortNote && against == 0
            && scores.Of(Hint.Ask) == 0 && scores.Of(Nature.Enquiry) == 0
            && scores.Of(Nature.Suggestion) == 0 && scores.Of(Nature.Spam) == 0;
    }

    private static bool IsRepair(Scores scores, Category category, int blame, int defect)
    {
        var ask = scores.Of(Hint.Ask);
        var fits = category is Category.Equipment or Category.CivilWorks || (category == Category.Other && defect > 0);
        return fits && blame <= 2 * Unit && ask >= scores.Of(Nature.Enquiry)
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
