using System.Collections.Frozen;
using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.App.Messages;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.App.Surveys;

/// <summary>
/// Whoever writes 征询 or "survey" from a phone on file gets the link of their home: so every registered phone of a home
/// can answer, not only the one that was invited (4.5.6).
/// </summary>
public sealed class SurveyIncoming(SurveyAnswers answers, RulesBook book, TimeProvider time) : IIncomingHandler
{
    private static readonly FrozenSet<string> s_words =
        Texts.Said("Said.Survey").ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public async Task<HandlerReply?> TryHandleAsync(IncomingMessage message, CancellationToken ct)
    {
        if (message.From is not { } phone
            || !s_words.Contains(message.Text.Trim().TrimEnd('。', '.', '!', '！')))
        {
            return null;
        }

        var zone = book.Directory.FindResident(phone) is { Home: var home }
            ? book.Current(home.Community).Calendar : null;
        if (zone is null || await answers.OfPhoneAsync(phone, zone.LocalDate(time.Now()).Year, ct) is not { } found)
            return Texts.Get("Survey.NoneNow", message.Language);
        var key = found.Home.State.Answer is null ? "Survey.YourLink" : "Survey.YourLinkAgain";
        return new HandlerReply(
            Texts.Format(
                key, message.Language, ("until", Texts.Time(found.Survey.State.Until, zone.Zone, message.Language))),
            new LinkAt(found.Home.Stream, HomeAnswerMatter.Page));
    }
}
