using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Notices;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Notices;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.App.Surveys;

/// <summary>
/// Announces a survey that was sent on the notice board and to the chats that want notices, with how to get the home's
/// own link (4.5.6). The link itself goes to the phone on file alone: nobody may answer for a home that is not theirs.
/// </summary>
public sealed class SurveyAnnouncement(NoticeKind notices, RulesBook book)
{
    /// <summary>Announces it, once: the notice's number comes from the survey's own and the day it was sent.</summary>
    public async Task AnnounceAsync(Survey survey, CancellationToken ct)
    {
        var community = survey.Community;
        if (survey.SentAt is not { } sent || book.Directory.Head(Unit.Quality, community) is not { } head)
            return;
        var calendar = book.Current(community).Calendar;
        var hash = Convert.ToHexString(
            SHA256.HashData(Encoding.UTF8.GetBytes("survey:" + survey.Number)).AsSpan(0, 3));
        var number = string.Create(
            CultureInfo.InvariantCulture, $"{community}-N{calendar.LocalDate(sent):yyMMdd}-{hash}");
        var stream = notices.StreamOf(number);
        var by = new Actor.Staff(head);
        var draft = new NoticeCommand.Draft(
            number, community, NoticeType.CompanyInformation, Audience.Whole, Sms: false, TextOf(survey, calendar.Zone));
        if (await notices.BeginAsync(stream, community, draft, by, null, ct) is MatterResult<Notice>.Done
            {
                Matter.State.Pending: not null,
            })
        {
            await notices.HandleAsync(stream, new NoticeCommand.Publish(), by, null, ct);
        }
    }

    private static NoticeText TextOf(Survey survey, TimeZoneInfo zone)
    {
        var year = survey.Year.ToString(CultureInfo.InvariantCulture);
        Bilingual Of(string key) => Bilingual.Of(language => Texts.Format(
            key, language, ("year", year), ("until", Texts.Time(survey.Until, zone, language))));
        var (title, body) = (Of("Survey.Notice.Title"), Of("Survey.Notice.Body"));
        return new NoticeText(
            new Personal(title.Zh), new Personal(body.Zh), new Personal(title.En), new Personal(body.En), null);
    }
}
