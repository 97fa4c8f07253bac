using System.Collections.Immutable;

namespace CustomerComm.Domain.Registers;

/// <summary>Which register: of a post, in a local month <c>yyyy-MM</c>.</summary>
public readonly record struct RegisterKey(CommunityId Community, PostId Post, string Month);

/// <summary>A contact as it is to be entered.</summary>
public sealed record RegisterContact(
    string Source, DateTimeOffset At, Channel Channel, string? Name, string? Phone, string? Conversation, string? Room,
    string? Text, Subject? Subject = null, ContactAnswer? Answer = null, StaffId? By = null)
{
    /// <summary>Why nothing was made of it by itself; null where something was.</summary>
    public Apart? Apart { get; init; }

    /// <summary>What the person wanted of a person: then an answer is owed.</summary>
    public ContactWish? Wish { get; init; }

    /// <summary>What kind of message it is, as whoever enters it says; null: not said.</summary>
    public Nature? Kind { get; init; }

    /// <summary>What kind of message its words read as; null: nobody read them.</summary>
    public Nature? Reads { get; init; }
}

/// <summary>What can be asked of a register.</summary>
public abstract record RegisterCommand
{
    private RegisterCommand()
    {
    }

    /// <summary>
    /// Enters a contact by hand, answered or wanting an answer; or, with <paramref name="Corrects"/>, puts an entry
    /// right by a further one.
    /// </summary>
    public sealed record Enter(RegisterKey Key, RegisterContact Contact, bool WantsAnswer, int? Corrects = null)
        : RegisterCommand;

    /// <summary>Contacts that enter themselves; those that are there already are left out.</summary>
    public sealed record TakeIn(RegisterKey Key, ImmutableArray<RegisterContact> Contacts) : RegisterCommand;

    /// <summary>Records the answer to an entry.</summary>
    public sealed record Answer(int Entry, Channel Channel, string Text) : RegisterCommand;

    /// <summary>What was set aside was seen to, otherwise than by a complaint; the note says how.</summary>
    public sealed record SeeTo(int Entry, string Note) : RegisterCommand;

    /// <summary>A complaint was opened from the words of an entry.</summary>
    public sealed record TakeUp(int Entry, MatterNumber Complaint, StreamId Stream) : RegisterCommand;

    /// <summary>
    /// No complaint is made of an opinion: the reason with its words. The monthly review shows it, and quality looks
    /// at it.
    /// </summary>
    public sealed record LeaveOut(int Entry, LeftOutReason Why, string Words) : RegisterCommand;

    /// <summary>A contact that entered itself was answered outside the register.</summary>
    public sealed record NoteAnswer(string Source, ContactAnswer Given) : RegisterCommand;

    /// <summary>Hands the shift over to somebody, with what is open.</summary>
    public sealed record HandOver(RegisterKey Key, StaffId To, ImmutableArray<OpenItem> Items, string? Note)
        : RegisterCommand;

    /// <summary>Takes the shift over: what still is open of its items is acknowledged.</summary>
    public sealed record TakeOver(int Number, ImmutableArray<OpenItem> StillOpen) : RegisterCommand;
}
