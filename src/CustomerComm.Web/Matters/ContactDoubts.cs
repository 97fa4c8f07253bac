using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Matters;

/// <summary>Something the sender should know of what they sent; it was taken all the same.</summary>
/// <param name="Field">The field it is about.</param>
/// <param name="Text">What is the matter with it, in the language of the answer.</param>
public sealed record WarningResponse(string Field, string Text);

/// <summary>What is doubtful about whom to reach: shown to the office, and told to whoever sent it.</summary>
internal static class ContactDoubts
{
    /// <summary>As warnings of an answer.</summary>
    public static IReadOnlyList<WarningResponse> Warnings(Contact contact, Language language) =>
        [.. Of(contact).Select(d => new WarningResponse(d.Field, Texts.Get("Warning." + d.Key, language)))];

    /// <summary>As badges of a page.</summary>
    public static IEnumerable<DeskBadge> Badges(Contact contact, DeskWords words) =>
        Of(contact).Select(d => new DeskBadge(words["Badge." + d.Key], "warn"));

    private static IEnumerable<(string Key, string Field)> Of(Contact contact)
    {
        if (contact.RoomUnlisted)
            yield return ("RoomUnlisted", "contact.room");
        if (contact.PhoneUnread)
            yield return ("PhoneUnread", "contact.phone");
        if (contact.CallsOnly)
            yield return ("CallsOnly", "contact.phone");
    }
}
