using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Matters;

/// <summary>The checks that decisions on matters share: each is null where it holds, else the refusal.</summary>
public static class Check
{
    /// <summary>Longest text of staff in one field, in characters.</summary>
    public const int LongestNote = 2_000;

    /// <summary>Longest text of a resident, in characters.</summary>
    public const int LongestText = 10_000;

    /// <summary>Longest drawn signature, in characters of its path.</summary>
    public const int LongestMark = 60_000;

    /// <summary>Longest scan of a paper form, in characters of its data address.</summary>
    public const int LongestScan = 240_000;

    /// <summary>The same words or the same attempt again within this time are a repetition.</summary>
    public static readonly TimeSpan RepetitionWindow = TimeSpan.FromMinutes(10);

    /// <summary>A text that must be there, of at most <paramref name="longest"/> characters.</summary>
    public static Refusal? Text(string? text, string field, string clause, int longest = LongestNote)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Bad(field, clause, $"'{field}' is empty; write 1 to {longest} characters.");
        return Optional(text, field, clause, longest);
    }

    /// <summary>
    /// A text that may be missing, of at most <paramref name="longest"/> characters: no control characters but tabs and
    /// line breaks, no half of a surrogate pair, for neither can be stored and shown as it was written.
    /// </summary>
    public static Refusal? Optional(string? text, string field, string clause, int longest = LongestNote)
    {
        if (text is null)
            return null;
        if (text.Length > longest)
            return Bad(field, clause, $"'{field}' has {text.Length} characters; at most {longest}.");
        return Unfit(text) is { } at
            ? Bad(field, clause, string.Create(
                CultureInfo.InvariantCulture,
                $"'{field}' contains a character that is no text, U+{(int)text[at]:X4}, at place {at + 1}; leave it out."))
            : null;
    }

    /// <summary>The text with everything that is no text replaced by U+FFFD: for what must be kept, whoever sent it.</summary>
    public static string Mended(string text)
    {
        if (Unfit(text) is null)
            return text;
        return string.Create(text.Length, text, static (span, source) =>
        {
            source.CopyTo(span);
            for (var i = 0; i < span.Length; i++)
            {
                if (IsUnfit(source, i))
                    span[i] = '\uFFFD';
            }
        });
    }

    private static int? Unfit(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsUnfit(text, i))
                return i;
        }

        return null;
    }

    private static bool IsUnfit(string text, int i)
    {
        var c = text[i];
        if (char.IsHighSurrogate(c))
            return i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]);
        return char.IsLowSurrogate(c)
            ? i == 0 || !char.IsHighSurrogate(text[i - 1])
            : char.IsControl(c) && c is not ('\n' or '\r' or '\t');
    }

    /// <summary>SHA-256 of a text in UTF-8, lower-case hex.</summary>
    public static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>What somebody may have said: null where it is blank.</summary>
    public static Personal? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : new Personal(text);

    /// <summary>A number between two bounds, both included.</summary>
    public static Refusal? Range(int value, int least, int most, string field, string clause) =>
        value >= least && value <= most ? null : Bad(field, clause, $"'{field}' must be {least} to {most}.");

    /// <summary>The actor must be staff for whom <paramref name="may"/> holds.</summary>
    public static Refusal? Staff(Actor actor, string clause, string who, Func<StaffMember, bool> may)
    {
        return actor is Actor.Staff s && may(s.Member)
            ? null
            : new Refusal(RefusalCode.NotYours, clause, $"Only {who} may do this.");
    }

    /// <summary>The actor must be of the community's office.</summary>
    public static Refusal? Office(Actor actor, CommunityId community, string clause) => Staff(
        actor, clause, "the community's office", m => m.Unit == Unit.Office && m.Community == community);

    /// <summary>The actor must be of the unit, the office being the community's own.</summary>
    public static Refusal? Of(Actor actor, Unit unit, CommunityId community, string clause) => Staff(
        actor, clause, unit.ToString(), m => m.Unit == unit && m.Serves(community));

    /// <summary>A field that is not right.</summary>
    public static Refusal Bad(string field, string clause, string text) =>
        new(RefusalCode.BadField, clause, text, field);

    /// <summary>It does not stand where this can be done.</summary>
    public static Refusal WrongStage(string clause, string text) => new(RefusalCode.WrongStage, clause, text);

    /// <summary>These events happened.</summary>
    public static Decision<TEvent> Yes<TEvent>(params ReadOnlySpan<TEvent> events) =>
        new Decision<TEvent>.Accepted([.. events]);

    /// <summary>It was refused.</summary>
    public static Decision<TEvent> No<TEvent>(Refusal refusal) => new Decision<TEvent>.Refused(refusal);

    /// <summary>The events, unless one of the checks before said no.</summary>
    public static Decision<TEvent> Unless<TEvent>(Refusal? no, params ReadOnlySpan<TEvent> events) =>
        no is null ? Yes(events) : No<TEvent>(no);

    /// <summary>Whom to reach: nothing in it that is no text, name and room of at most 100 characters.</summary>
    public static Refusal? Reach(Contact contact, string clause) =>
        Optional(contact.Name?.Value, "contact.name", clause, 100)
        ?? Optional(contact.Room?.Value, "contact.room", clause, 100)
        ?? Optional(contact.Phone?.Value, "contact.phone", clause, 100)
        ?? Optional(contact.Remark?.Value, "contact.phone", clause, 300)
        ?? Optional(contact.Conversation, "contact.conversation", clause, 500);

    /// <summary>
    /// The decision, or no events where its only event is the <paramref name="last"/> one again within
    /// <see cref="RepetitionWindow"/>.
    /// </summary>
    public static Decision<TEvent> UnlessRepeated<TEvent>(
        Decision<TEvent> decision, (TEvent Event, DateTimeOffset At)? last, DateTimeOffset now)
        where TEvent : notnull =>
        last is { } before && now - before.At < RepetitionWindow
            && decision is Decision<TEvent>.Accepted { Events: [var only] } && only.Equals(before.Event)
            ? Yes<TEvent>()
            : decision;
}
