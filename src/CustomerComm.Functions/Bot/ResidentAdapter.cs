using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Extensions.Logging;

namespace CustomerComm.Functions.Bot;

/// <summary>
/// The way to and from the bot service; its constructor tells the container which of the base's to take.
/// </summary>
public sealed partial class ResidentAdapter : CloudAdapter
{
    /// <summary>Signs in as the settings <c>MicrosoftApp…</c> say.</summary>
    public ResidentAdapter(BotFrameworkAuthentication authentication, ILogger<ResidentAdapter> log)
        : base(authentication, log) =>
        OnTurnError = (_, e) =>
        {
            // Passed on, the service learns that the message was not taken; its text stays out of the log.
            TurnFailed(log, e.GetType().Name);
            throw new IOException("The message could not be taken.", e);
        };

    [LoggerMessage(LogLevel.Error, "A message of the bot service could not be taken: {Error}")]
    private static partial void TurnFailed(ILogger log, string error);
}
