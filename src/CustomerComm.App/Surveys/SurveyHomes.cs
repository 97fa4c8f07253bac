using System.Collections.Concurrent;
using System.Collections.Immutable;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.App.Surveys;

/// <summary>A home under the pseudonym that its answers are kept by.</summary>
public sealed record SurveyHome(string Id, Home Home);

/// <summary>
/// Whom a survey asks: every home of the community but those of staff, in the order of their pseudonyms.
/// </summary>
public sealed class SurveyHomes(CompanyDirectory directory, Pseudonyms pseudonyms)
{
    private readonly ConcurrentDictionary<CommunityId, ImmutableArray<SurveyHome>> _homes = new();

    /// <summary>Who is who.</summary>
    public CompanyDirectory Directory => directory;

    /// <summary>Homes to be asked, ordered by id.</summary>
    public ImmutableArray<SurveyHome> Of(CommunityId community) => _homes.GetOrAdd(
        community,
        id =>
        [
            .. directory.Homes.Where(h => h.Community == id && !HomeAnswerMatter.IsStaffHome(h, directory))
                .Select(h => new SurveyHome(IdOf(h), h)).OrderBy(h => h.Id, StringComparer.Ordinal),
        ]);

    /// <summary>How many homes of staff are left out.</summary>
    public int StaffHomes(CommunityId community) =>
        directory.Homes.Count(h => h.Community == community && HomeAnswerMatter.IsStaffHome(h, directory));

    /// <summary>The pseudonym of a home; nobody finds the home by it without the company's secret.</summary>
    public string IdOf(Home home)
    {
        return pseudonyms.Person(PersonOf(home.Community, home.Room.Value))[2..18];
    }

    /// <summary>Whose key seals what a home says.</summary>
    public static string PersonOf(CommunityId community, string room)
    {
        return $"home|{community}|{room.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()}";
    }

    /// <summary>True where it is the pseudonym of a home to be asked.</summary>
    public bool Knows(CommunityId community, string id)
    {
        var all = Of(community);
        var at = Behind(all, id);
        return at > 0 && all[at - 1].Id == id;
    }

    /// <summary>The page of homes behind <paramref name="after"/>, at most so many.</summary>
    public IReadOnlyList<SurveyHome> Page(CommunityId community, string after, int take)
    {
        var all = Of(community);
        var from = Behind(all, after);
        return all[from..Math.Min(all.Length, from + take)];
    }

    /// <summary>Place of the first home behind an id, found by halving.</summary>
    private static int Behind(ImmutableArray<SurveyHome> all, string id)
    {
        var (low, high) = (0, all.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(all[middle].Id, id) <= 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
