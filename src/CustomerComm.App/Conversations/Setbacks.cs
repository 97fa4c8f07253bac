using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Conversations;

/// <summary>
/// What becomes of a message of which nothing can be made: a few more attempts, and within a minute a person has it. It
/// never keeps what comes after it waiting for longer. The count is in the conversation itself, so that it holds on
/// every host and over every restart.
/// </summary>
internal static class Setbacks
{
    /// <summary>Pauses between the attempts: what fails for a moment only is over by then.</summary>
    private static readonly TimeSpan[] s_pauses =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(25)];

    /// <summary>When what failed is to be tried again; null where nothing failed.</summary>
    public static DateTimeOffset? Again(LoadedConversation conversation)
    {
        var failures = conversation.FailuresOf(Next(conversation)).ToList();
        return failures.Count == 0 ? null : failures[0] + s_pauses[Math.Min(failures.Count, s_pauses.Length) - 1];
    }

    /// <summary>
    /// The event that says so: that it failed, or, after the last attempt, that it is given up and begun anew.
    /// </summary>
    public static ConversationEvent Of(LoadedConversation conversation, long of, Exception e, StoredReply reply) =>
        conversation.FailuresOf(of).Count() < s_pauses.Length
            ? new ConversationEvent.Failed(of, e.GetType().Name)
            : new ConversationEvent.Handled(
                of, conversation.State with { Turn = Turn.Idle, Draft = null, Misunderstood = 0 }, [reply],
                Apart.Failed);

    private static long Next(LoadedConversation conversation) => conversation.Unhandled.FirstOrDefault()?.Version ?? 0;
}
