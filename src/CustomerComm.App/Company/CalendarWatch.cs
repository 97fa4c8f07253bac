using System.Collections.Immutable;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using Microsoft.Extensions.Logging;

namespace CustomerComm.App.Company;

/// <summary>A year whose holidays nobody entered, although promises reach into it.</summary>
public sealed record MissingYear(CommunityId Community, int Year);

/// <summary>
/// Tells when the holidays of a year are not entered: without them New Year's Day counts as a day of work, and every
/// deadline across it is wrong (4.6.2-6). Lists for the next year come out in autumn, so it is asked for from October on.
/// </summary>
public sealed partial class CalendarWatch(RulesBook book, TimeProvider time, ILogger<CalendarWatch> log)
{
    /// <summary>What is missing now, of all communities.</summary>
    public ImmutableArray<MissingYear> Missing() =>
    [
        .. from community in book.Directory.Communities
           from year in book.Current(community.Id).Calendar.YearsNotEntered(time.Now())
           select new MissingYear(community.Id, year),
    ];

    /// <summary>What is missing, for those who see to it: the head of quality and the leader.</summary>
    public ImmutableArray<MissingYear> ShownTo(StaffMember member) =>
        PostWatch.SeesTo(member, book.Directory) ? Missing() : [];

    /// <summary>Says at the start what is missing.</summary>
    public void Warn()
    {
        foreach (var missing in Missing())
            NotEntered(log, missing.Community, missing.Year);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Community {Community}: no holidays are entered for {Year}; add them to the policy file, or its deadlines are wrong.")]
    private static partial void NotEntered(ILogger log, CommunityId community, int year);
}
