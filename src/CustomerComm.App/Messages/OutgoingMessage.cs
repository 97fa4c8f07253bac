using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Messages;

/// <summary>
/// A message as it lies in the outbox. Text and address are personal, hence sealed. Links stand as
/// <c>{sign}</c> and <c>{status}</c>, for matters <c>{link}</c>: they are put in when it goes out, so that no token is
/// ever stored. <paramref name="About"/> names the template of a matter's message, <paramref name="Link"/> the page that
/// its link leads to.
/// </summary>
public sealed record OutgoingMessage(
    Template? Template, Channel Channel, Personal To, Personal Text, Party? Party, ComplaintNumber? Number, int Issue,
    string? About = null, string? Link = null)
{
    /// <summary>Name of the template, empty where it has none.</summary>
    public string TemplateName => About ?? Template?.ToString() ?? "";

    /// <summary>Since when it is owed; null in messages stored before this was.</summary>
    public DateTimeOffset? Owed { get; init; }

    /// <summary>Answers to offer as buttons where the channel has any; null: none.</summary>
    public IReadOnlyList<string>? Choices { get; init; }
}
