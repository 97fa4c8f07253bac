using System.Collections.Immutable;
using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Enquiries;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Conversations;

/// <summary>What the system asked last.</summary>
public enum Turn
{
    /// <summary>Nothing; the next message may be anything.</summary>
    Idle,
    /// <summary>Which community.</summary>
    Community,
    /// <summary>Is the suggested category right, or which of the likely ones is.</summary>
    Category,
    /// <summary>By when.</summary>
    Wish,
    /// <summary>Phone and room.</summary>
    Contact,
    /// <summary>Is it a complaint at all.</summary>
    Doubt,
    /// <summary>Does the answer from the service catalogue do (4.2.3).</summary>
    Answered,
    /// <summary>Where and how to call back, of a danger that is registered already.</summary>
    Danger,
    /// <summary>Which category of all.</summary>
    AllCategories,
    /// <summary>Is everything understood as it was meant.</summary>
    Summary,
    /// <summary>The words of the complaint, once more.</summary>
    Words,
}

/// <summary>
/// A complaint being written. <paramref name="MessageId"/> is that of its first message, <paramref name="Since"/> when its
/// writer was heard last; <paramref name="Suggestion"/> is of all its text.
/// </summary>
public sealed record Draft(
    Personal Text, string MessageId, DateTimeOffset Since, Suggestion Suggestion, Category? Chosen,
    DateTimeOffset? WantedBy, Personal? Phone, Personal? Room)
{
    /// <summary>Its writer saw what was understood: what is corrected is shown again, nothing else is asked.</summary>
    public bool Shown { get; init; }

    /// <summary>What no longer fitted into the text; it is added once the complaint is opened.</summary>
    public ImmutableArray<Personal> More { get; init; } = [];
}

/// <summary>How the language of a conversation is known.</summary>
public enum LanguageKnown
{
    /// <summary>Not yet; each message is answered in its own.</summary>
    No,
    /// <summary>By the first words that told something.</summary>
    Shown,
    /// <summary>It was asked for.</summary>
    Chosen,
}

/// <summary>What this conversation opened last: what belongs to it and comes after joins it.</summary>
/// <param name="Number">Number of the complaint or order.</param>
/// <param name="At">When its text came.</param>
/// <param name="Category">What it is about.</param>
public sealed record Opening(MatterNumber Number, DateTimeOffset At, Category Category);

/// <summary>The complaint that a second yes withdraws, and when it was asked for.</summary>
public sealed record Withdrawing(MatterNumber Number, DateTimeOffset At);

/// <summary>That something is not solved was said at this time, and may be about any of these complaints.</summary>
public sealed record Unsolved(Personal Text, ImmutableArray<MatterNumber> Of, DateTimeOffset At);

/// <summary>A complaint that reported a danger, and when.</summary>
public sealed record Alarm(MatterNumber Number, DateTimeOffset At);

/// <summary>A conversation as it stands. <paramref name="Last"/> is the complaint it was about last.</summary>
public sealed record ConversationState(
    Turn Turn, Language Language, CommunityId? Community, Draft? Draft, MatterNumber? Last, int Misunderstood)
{
    /// <summary>Before the first message.</summary>
    public static ConversationState Start { get; } = new(Turn.Idle, Languages.Default, null, null, null, 0);

    /// <summary>The danger reported last.</summary>
    public Alarm? Alarm { get; init; }

    /// <summary>What lies between the system and a member of staff; null where it is nothing.</summary>
    public StaffTalk? Staff { get; init; }

    /// <summary>How the language is known.</summary>
    public LanguageKnown Known { get; init; }

    /// <summary>When the person wrote last.</summary>
    public DateTimeOffset? Heard { get; init; }

    /// <summary>Surveys and notices are not sent by this way.</summary>
    public bool Stopped { get; init; }

    /// <summary>What was opened here last.</summary>
    public Opening? Opening { get; init; }

    /// <summary>The complaint that a second yes withdraws.</summary>
    public Withdrawing? Withdrawing { get; init; }

    /// <summary>Words that something is not solved, and of which complaints they may be: which one was asked.</summary>
    public Unsolved? Unsolved { get; init; }

    /// <summary>When a person was asked for last.</summary>
    public DateTimeOffset? WishedAt { get; init; }
}

/// <summary>
/// One message of a person. <paramref name="Pictures"/> came with it, which are not kept.
/// </summary>
public sealed record Said(string MessageId, string Text, DateTimeOffset At, int Pictures = 0)
{
    /// <summary>The language the chat is set to; null where it has none.</summary>
    public Language? Setting { get; init; }
}

/// <summary>A reply; <paramref name="Choices"/> are offered as buttons where the channel has them.</summary>
public sealed record Reply(string Text, ImmutableArray<string> Choices);

/// <summary>What a conversation wants done.</summary>
public abstract record ConversationAction
{
    private ConversationAction()
    {
    }

    /// <summary>
    /// Opens a complaint from the draft. <paramref name="Follows"/> is the one, over by now, that it takes up again.
    /// </summary>
    public sealed record Open(Draft Draft, CommunityId Community, MatterNumber? Follows = null) : ConversationAction;

    /// <summary>
    /// Registers a danger at once: adds it to <paramref name="Known"/>, reported just before, or opens a complaint.
    /// <paramref name="Assumed"/>: nobody could say which community.
    /// </summary>
    public sealed record Report(Draft Draft, CommunityId Community, bool Assumed, MatterNumber? Known)
        : ConversationAction;

    /// <summary>Tells how a complaint stands.</summary>
    public sealed record Status(MatterNumber Number) : ConversationAction;

    /// <summary>Withdraws a complaint; asked for twice.</summary>
    public sealed record Withdraw(MatterNumber Number) : ConversationAction;

    /// <summary>Adds to a complaint or an order; <paramref name="Reply"/> names the words of the answer.</summary>
    public sealed record Add(MatterNumber Number, string Text, string Reply = "Chat.Added") : ConversationAction;

    /// <summary>Says that what a complaint came to does not hold: it is opened again (4.6.2-4).</summary>
    public sealed record Refuse(MatterNumber Number, string Text) : ConversationAction;

    /// <summary>Asks how it stands with the signature, and for a new link where the last is dead.</summary>
    public sealed record Sign(MatterNumber Number) : ConversationAction;

    /// <summary>Answers an extension.</summary>
    public sealed record AnswerExtension(MatterNumber Number, bool Agreed) : ConversationAction;

    /// <summary>Wants no more notices by chat.</summary>
    public sealed record Unsubscribe : ConversationAction;
}

/// <summary>
/// What one step comes to; the replies follow what the action says. What is wanted of a person goes into the register,
/// where somebody owes it.
/// </summary>
public sealed record Step(
    ConversationState State, ImmutableArray<Reply> Replies, ConversationAction? Action)
{
    /// <summary>What is wanted of a person.</summary>
    public ContactWish? Wish { get; init; }
}

/// <summary>
/// A complaint of the writer's own. <paramref name="Text"/> is what it began with; <paramref name="ChangedAt"/> when it
/// was solved or closed last, else when it came in.
/// </summary>
public sealed record OwnComplaint(
    MatterNumber Number, Stage Stage, Category Category, string Text, DateTimeOffset ReceivedAt,
    DateTimeOffset ChangedAt, DateTimeOffset Due, Personal? Phone, Personal? Room)
{
    /// <summary>For its resident it is not over yet.</summary>
    public bool Open => Stage is not (Stage.Completed or Stage.Closed);
}

/// <summary>What a step may look at besides the state.</summary>
public sealed record ConversationContext(
    CompanyDirectory Directory, Classifier Classifier, Phones Phones, Func<CommunityId, WorkingCalendar> Calendar,
    Channel Channel, PhoneNumber? From)
{
    /// <summary>The shortest time in which the rules let something be put right, for those who want it at once.</summary>
    public Func<CommunityId, Limit> AtOnce { get; init; } = _ => new Policy().ResolveUrgent;

    /// <summary>What questions are answered from.</summary>
    public ServiceCatalogue Catalogue { get; init; } = ServiceCatalogue.Empty;

    /// <summary>Complaints of this phone or chat, open ones and those last closed, the latest first.</summary>
    public ImmutableArray<OwnComplaint> Own { get; init; } = [];
}
