using CustomerComm.Domain.Complaints;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Complaints;

/// <summary>Who complains and who signed, where that is not the resident, in words (4.6.2-4).</summary>
internal static class Complainants
{
    /// <summary>In whose name, and who.</summary>
    public static string Text(Complainant c, DeskWords words) =>
        Text(c.Standing, c.Name.Value, c.Organisation?.Value, words);

    /// <summary>Who signed in the resident's stead, and by whose sight of their authority.</summary>
    public static string Text(Signatory s, DeskWords words) =>
        Text(s.Standing, s.Name.Value, s.Organisation?.Value, words)
        + (s.AuthoritySeenBy is { } by ? $" · {words.Format("Authority.Seen", ("who", words.Person(by)))}" : "");

    /// <summary>Whether the representative may sign, and why or why not.</summary>
    public static string Authority(Complaint s, DeskWords words) => s.AuthorityHolds is { } by
        ? words.Format("Authority.Seen", ("who", words.Person(by)))
        : words[s.AuthoritySeenBy.IsEmpty ? "Authority.SaysSo" : "Authority.OwnHand"];

    private static string Text(Standing standing, string name, string? organisation, DeskWords words) =>
        words.Name(standing) + (organisation is null ? "" : $" {organisation}") + $" · {name}";
}
