using System.Collections.Immutable;

namespace CustomerComm.Domain.Registers;

/// <summary>What a contact led to or is told about elsewhere.</summary>
public enum SubjectKind
{
    /// <summary>A complaint with a number of its own; its text is read there, by whoever may.</summary>
    Complaint,
    /// <summary>A telephone call.</summary>
    Call,
    /// <summary>A talk by chat or text message that led to no complaint.</summary>
    Conversation,
}

/// <summary>What a person wanted besides being answered by the system.</summary>
public enum ContactWish
{
    /// <summary>To be called back (4.5.2).</summary>
    CallBack,
    /// <summary>To talk to a person.</summary>
    Person,
    /// <summary>Not to be taken for somebody else: the phone on file is to be checked.</summary>
    CheckPhone,
}

/// <summary>Why no complaint was made of an entry that is an opinion or reads like one (4.6.2-1).</summary>
public enum LeftOutReason
{
    /// <summary>并非意见: the words only look like an opinion.</summary>
    NoOpinion,
    /// <summary>已另行立案: the same is handled under a number of its own.</summary>
    Duplicate,
    /// <summary>不属本公司: not the company's to put right.</summary>
    OutsideScope,
    /// <summary>本人不愿立案: whoever said it wants nothing made of it.</summary>
    NotWanted,
}

/// <summary>Where more is written about a contact.</summary>
public sealed record Subject(SubjectKind Kind, string Number, StreamId Stream);

/// <summary>
/// How a contact was answered, and when. <paramref name="By"/> is null where the system answered; the text is null
/// where it is read elsewhere.
/// </summary>
public sealed record ContactAnswer(StaffId? By, Channel Channel, Personal? Text, DateTimeOffset At);

/// <summary>An entry that is open: its month and its running number there.</summary>
public readonly record struct OpenItem(string Month, int Entry);

/// <summary>
/// What can happen in the register of a post in a month (5.3). Stored types: a field is never renamed or removed, new
/// ones have a default. Nothing takes an entry back: a correction is a further entry.
/// </summary>
public abstract record RegisterEvent
{
    private RegisterEvent()
    {
    }

    /// <summary>The month's register was begun.</summary>
    public sealed record RegisterBegun(
        CommunityId Community, PostId Post, string Month, Unit Unit, string PolicyVersion) : RegisterEvent;

    /// <summary>
    /// A contact was entered under the next running number. <paramref name="Source"/> tells the same contact again;
    /// <paramref name="By"/> is null where it entered itself. An answer is owed where <paramref name="AnswerDue"/> is
    /// set. <paramref name="Corrects"/> names the entry that this one puts right, <paramref name="Wish"/> what was wanted
    /// of a person. <paramref name="Apart"/> says why nothing was made of it; where a person must look at it, it is to
    /// be seen to by <paramref name="AnswerDue"/>. Where it is an opinion, a complaint is to be made of it, or said
    /// why not, by
    /// <paramref name="TakeUpDue"/>, answered or not.
    /// </summary>
    public sealed record ContactEntered(
        int Entry, string Source, DateTimeOffset ContactAt, Channel Channel, Personal? Name, Personal? Phone,
        Personal? Conversation, Personal? Room, Personal? Text, StaffId? By, Subject? Subject, int? Corrects,
        DateTimeOffset? AnswerDue, ContactAnswer? Answer, ContactWish? Wish = null, Apart? Apart = null,
        Nature? Kind = null, DateTimeOffset? TakeUpDue = null) : RegisterEvent;

    /// <summary>A contact was answered, or answered once more.</summary>
    public sealed record ContactAnswered(int Entry, ContactAnswer Answer) : RegisterEvent;

    /// <summary>
    /// Somebody saw to what was set aside, or made a complaint of an entry: then <paramref name="Complaint"/> names it.
    /// </summary>
    public sealed record ContactSeenTo(int Entry, StaffId By, Personal? Note, Subject? Complaint) : RegisterEvent;

    /// <summary>Somebody said why no complaint is made of an opinion.</summary>
    public sealed record ContactLeftOut(int Entry, StaffId By, LeftOutReason Why, Personal Words) : RegisterEvent;

    /// <summary>A shift handed over what is open, of earlier months too.</summary>
    public sealed record ShiftHandedOver(
        int HandOver, StaffId From, StaffId To, ImmutableArray<OpenItem> Items, Personal? Note, DateTimeOffset TakeDue)
        : RegisterEvent;

    /// <summary>The next shift acknowledged these items as theirs.</summary>
    public sealed record ShiftTakenOver(int HandOver, StaffId By, ImmutableArray<OpenItem> Items) : RegisterEvent;
}
