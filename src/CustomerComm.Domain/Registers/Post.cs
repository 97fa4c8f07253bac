using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Registers;

/// <summary>Short name of a post, e.g. <c>office</c>: two to sixteen small letters, digits or hyphens.</summary>
public readonly partial record struct PostId(string Value)
{
    /// <summary>True where the text can be the id of a post.</summary>
    public static bool IsValid(string? text) => text is not null && Pattern().IsMatch(text);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex("^[a-z][a-z0-9-]{1,15}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>
/// A fixed post of a community that holds a communication register (4.5.2). <paramref name="Unit"/> mans it and owes
/// the answers.
/// </summary>
public sealed record Post(PostId Id, string Name, string NameEn, Unit Unit)
{
    /// <summary>Its name for a reader of a language.</summary>
    public string NameIn(Language language) => Languages.Pick(language, Name, NameEn);

    /// <summary>The posts the procedure names, used where the company file names none.</summary>
    public static ImmutableArray<Post> Standard { get; } =
    [
        new(new PostId("office"), "管理处", "Office", Unit.Office),
        new(new PostId("finance"), "财务", "Finance", Unit.Finance),
        new(new PostId("repair"), "维修", "Repair", Unit.Engineering),
        new(new PostId("security"), "保安", "Security", Unit.Office),
    ];
}

/// <summary>Who may do what with a register: it belongs to the post, never to a person (4.5.2).</summary>
public static class PostRules
{
    /// <summary>
    /// Those who man the post, and the office, which keeps all posts of its community but quality's: there people
    /// complain of
    /// the office (4.6.1-1).
    /// </summary>
    public static bool MayWrite(Post post, CommunityId community, StaffMember member)
    {
        if (post.Unit == Unit.Quality)
            return member.Unit == Unit.Quality;
        return member.Unit == Unit.Office
            ? member.Community == community
            : member.Unit == post.Unit && member.Serves(community);
    }

    /// <summary>
    /// Who may make a complaint of an entry: those who write there, and quality and the leader (4.5.4).
    /// </summary>
    public static bool MayTakeUp(Post post, CommunityId community, StaffMember member) =>
        MayRead(post, community, member);

    /// <summary>As <see cref="MayWrite"/>, and quality and the leader, who look at every register (3.2).</summary>
    public static bool MayRead(Post post, CommunityId community, StaffMember member)
    {
        return member.Unit is Unit.Quality or Unit.Leader || MayWrite(post, community, member);
    }
}
