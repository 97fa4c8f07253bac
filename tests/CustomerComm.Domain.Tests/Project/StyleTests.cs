using System.Text.RegularExpressions;

namespace CustomerComm.Domain.Tests.Project;

/// <summary>What pages ask of the style sheets is there.</summary>
public sealed partial class StyleTests
{
    /// <summary>Names that mark a place for programs and have no looks of their own.</summary>
    private static readonly string[] s_marks = ["form__annex"];

    [Fact]
    public void Given_a_class_on_a_page_Then_a_style_sheet_knows_it()
    {
        var sheets = string.Join('\n', Repository.Files("src/web/src", "*.css").Select(File.ReadAllText));
        var known = Known().Matches(sheets).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var used = Repository.Files("src/CustomerComm.Web", "*.razor")
            .SelectMany(f => Used().Matches(File.ReadAllText(f)))
            .SelectMany(m => m.Groups["names"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet(StringComparer.Ordinal);
        Assert.True(used.Count > 40, $"only {used.Count} classes were found");
        Assert.Empty(used.Except(known).Except(s_marks));
    }

    [GeneratedRegex(@"\.(?<name>-?[A-Za-z_][A-Za-z0-9_-]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Known();

    [GeneratedRegex("class=\"(?<names>[^\"@]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Used();
}
