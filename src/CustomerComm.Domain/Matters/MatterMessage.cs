using System.Collections.Immutable;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Matters;

/// <summary>Whom a message goes to.</summary>
public abstract record Recipient
{
    private Recipient()
    {
    }

    /// <summary>
    /// A member of staff, or whoever is on duty for a unit; by text message. Of a unit, those who did the work come last,
    /// unless <paramref name="Anyone"/> will do. Nobody of the accused side is told, unless it is
    /// <paramref name="Personally"/> theirs to know.
    /// </summary>
    public sealed record Staff(Party Party, bool Anyone = false, bool Personally = false) : Recipient;

    /// <summary>
    /// Somebody outside: by chat where <paramref name="Conversation"/> is known, else by text message. With neither
    /// nothing can be sent and the desk shows it. <paramref name="Phone"/> is in E.164 form.
    /// </summary>
    public sealed record Resident(Personal? Phone, string? Conversation, Language Language) : Recipient;
}

/// <summary>A word of a message; written in the reader's language and the community's time.</summary>
public abstract record Word
{
    private Word()
    {
    }

    /// <summary>As it stands; cut to <paramref name="Longest"/> characters where that is not 0.</summary>
    public sealed record Plain(string Text, int Longest = 0) : Word;

    /// <summary>What the resources say under this key.</summary>
    public sealed record Known(string Key) : Word;

    /// <summary>What somebody wrote: the first to be shortened where a message would be too long.</summary>
    public sealed record Said(string Text) : Word;

    /// <summary>A time.</summary>
    public sealed record At(DateTimeOffset Time) : Word;

    /// <summary>The name of an enum value.</summary>
    public sealed record Named(Enum Value) : Word;

    /// <summary>The name of a member of staff or a unit.</summary>
    public sealed record Who(Party Party) : Word;
}

/// <summary>
/// A message owed: the text <c>Template.{Template}</c> with its <paramref name="Words"/>. <c>{number}</c> and
/// <c>{hotline}</c> are always known. <c>{link}</c> becomes the address of the matter's page for its reader where
/// <paramref name="Link"/> names the page; the link of another <paramref name="Issue"/> is another link.
/// </summary>
public sealed record MatterMessage(
    string Template, Recipient To, ImmutableArray<(string Name, Word Word)> Words, string? Link = null, int Issue = 0)
{
    /// <summary>One of many that tell everybody the same: those who want none are left out when it goes out.</summary>
    public bool Bulk { get; init; }

    /// <summary>A message to staff.</summary>
    public static MatterMessage ToStaff(
        string template, Party party, params ReadOnlySpan<(string Name, Word Word)> words) =>
        new(template, new Recipient.Staff(party), [.. words]);
}
