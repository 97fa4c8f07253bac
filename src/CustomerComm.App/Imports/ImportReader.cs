using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Imports;

/// <summary>
/// Makes complaints of the lines of an import. What a line says and cannot mean is refused with its field; nothing is
/// guessed, and no value is taken by its place in a list.
/// </summary>
public sealed class ImportReader(RulesBook book)
{
    /// <summary>
    /// The complaint, or what is wrong with the line. <paramref name="community"/> is for lines that name none;
    /// <paramref name="subject"/> names a field that goes before the text.
    /// </summary>
    public (IntakeRequest? Request, string? Error) Read(ImportLine line, string? community, string? subject)
    {
        if (line.Error is { } unread)
            return (null, unread);
        if (line[ImportFields.Text] is not { } text)
            return (null, "'text' is missing");
        if (subject is not null && line[ImportFields.Of(subject)] is { } head)
            text = head + "\n" + text;
        if ((line[ImportFields.Community] ?? community) is not { } place)
            return (null, "'community' is missing; name one with --community");
        if (CommunityOf(place) is not { } home)
        {
            return (null, $"'community' {place} is unknown; it is one of "
                + string.Join(", ", book.Directory.Communities.Select(c => $"{c.Id} ({c.Name})")));
        }

        Category? category = null;
        if (line[ImportFields.Category] is { } named)
        {
            category = Words.IsCategory(named) ? Words.CategoryIn(named) : null;
            if (category is null)
            {
                return (null, $"'category' {named} is unknown; it is one of "
                    + string.Join(", ", Enum.GetNames<Category>()));
            }
        }

        Language? language = null;
        if (line[ImportFields.Language] is { } tag)
        {
            language = Languages.Find(tag.Trim());
            if (language is null)
                return (null, $"'language' {tag} is unknown; it is one of {Languages.Codes}");
        }

        if (WishOf(line, home, out var wantedBy) is { } wrong)
            return (null, wrong);
        return (new IntakeRequest(
            home.Id, text, line[ImportFields.Name], line[ImportFields.Phone], line[ImportFields.Room], null,
            Channel.Company, category, [], wantedBy, language, IsLetter: false, null,
            line[ImportFields.Id] is { } id ? $"import:{id.Trim()}" : null), null);
    }

    /// <summary>Those of its fields that say nothing to us.</summary>
    public static IEnumerable<string> Unused(ImportLine line, string? subject) => line.Fields.Keys.Where(f =>
        !ImportFields.Knows(f) && (subject is null || f != ImportFields.Of(subject)));

    private Community? CommunityOf(string said)
    {
        var name = said.Trim();
        return book.Directory.Find(new CommunityId(name.ToUpperInvariant()))
            ?? book.Directory.Communities.FirstOrDefault(c =>
                c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
                || c.NameEn.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>By when it is wanted: the community's own time unless an offset stands beside it.</summary>
    private string? WishOf(ImportLine line, Community community, out DateTimeOffset? wantedBy)
    {
        wantedBy = null;
        if (line[ImportFields.WantedBy] is not { } wish)
            return null;
        var read = LocalTimes.Read(wish, book.Current(community.Id).Calendar);
        if (read is LocalTime.Unreadable no)
            return $"'wantedBy' {wish} {no.Problem}";
        wantedBy = ((LocalTime.At)read).Time;
        return null;
    }
}
