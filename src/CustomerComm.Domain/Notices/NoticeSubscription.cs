using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Notices;

/// <summary>What can happen to a chat's wish to be told of notices. Stored types.</summary>
public abstract record NoticeSubscriptionEvent
{
    private NoticeSubscriptionEvent()
    {
    }

    /// <summary>The chat wants to be told of a community's notices.</summary>
    public sealed record NoticesWanted(
        CommunityId Community, string PolicyVersion, Personal Conversation, Language Language)
        : NoticeSubscriptionEvent;

    /// <summary>It no longer does.</summary>
    public sealed record NoticesUnwanted : NoticeSubscriptionEvent;
}

/// <summary>What can be asked of it.</summary>
public abstract record NoticeSubscriptionCommand
{
    private NoticeSubscriptionCommand()
    {
    }

    /// <summary>Tell this chat of the community's notices.</summary>
    public sealed record Want(CommunityId Community, string Conversation, Language Language)
        : NoticeSubscriptionCommand;

    /// <summary>No longer.</summary>
    public sealed record Unwant : NoticeSubscriptionCommand;
}

/// <summary>A chat's wish as it stands.</summary>
public sealed record NoticeSubscription(
    CommunityId Community, string PolicyVersion, Personal Conversation, Language Language, bool Wanted) : IMatterState
{
    /// <inheritdoc/>
    public string Number => "";

    /// <inheritdoc/>
    public Unit Lead => Unit.Office;

    /// <inheritdoc/>
    public bool Open => false;

    /// <summary>Nobody is called because a chat is gone.</summary>
    public bool TellsLosses => false;
}

/// <summary>A chat that wants to be told of notices as they are published (4.2.2, network).</summary>
public sealed class NoticeSubscriptionMatter
    : IMatter<NoticeSubscription, NoticeSubscriptionCommand, NoticeSubscriptionEvent>
{
    private NoticeSubscriptionMatter()
    {
    }

    /// <inheritdoc/>
    public static Decision<NoticeSubscriptionEvent> Decide(
        NoticeSubscription? state, NoticeSubscriptionCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        return command switch
        {
            NoticeSubscriptionCommand.Want w when state is { Wanted: true } s && s.Community == w.Community
                && s.Language == w.Language => Check.Yes<NoticeSubscriptionEvent>(),
            NoticeSubscriptionCommand.Want w => Check.Unless<NoticeSubscriptionEvent>(
                Check.Text(w.Conversation, "conversation", "4.2.2"),
                new NoticeSubscriptionEvent.NoticesWanted(
                    w.Community, rules.PolicyVersion, new Personal(w.Conversation), w.Language)),
            NoticeSubscriptionCommand.Unwant when state is { Wanted: true } =>
                Check.Yes<NoticeSubscriptionEvent>(new NoticeSubscriptionEvent.NoticesUnwanted()),
            NoticeSubscriptionCommand.Unwant => Check.Yes<NoticeSubscriptionEvent>(),
            _ => throw new InvalidOperationException($"Unknown command {command?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static NoticeSubscription Evolve(
        NoticeSubscription? state, NoticeSubscriptionEvent e, DateTimeOffset at) => (state, e) switch
        {
            (_, NoticeSubscriptionEvent.NoticesWanted w) => new NoticeSubscription(
                w.Community, w.PolicyVersion, w.Conversation, w.Language, Wanted: true),
            ({ } s, NoticeSubscriptionEvent.NoticesUnwanted) => s with { Wanted = false },
            _ => throw new InvalidOperationException($"{e?.GetType().Name} cannot follow here."),
        };

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(NoticeSubscription state) => [];

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(
        NoticeSubscriptionEvent e, NoticeSubscription state, Rules rules) => [];
}
