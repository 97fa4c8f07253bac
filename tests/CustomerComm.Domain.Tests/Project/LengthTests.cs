using System.Text.RegularExpressions;

namespace CustomerComm.Domain.Tests.Project;

/// <summary>What is to be read at one go is short enough for it.</summary>
public sealed partial class LengthTests
{
    private const int LongestFile = 400;
    private const int LongestMethod = 70;

    private static readonly (string Name, string[] Lines)[] s_files =
    [
        .. Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs"))
            .Select(f => (Path.GetRelativePath(Repository.Root, f), File.ReadAllLines(f))),
    ];

    [Fact]
    public void Given_the_source_Then_no_file_is_longer_than_400_lines()
    {
        Assert.True(s_files.Length > 500, $"only {s_files.Length} files were found");
        Assert.Empty(s_files.Where(f => f.Lines.Length > LongestFile).Select(f => (f.Name, f.Lines.Length)));
    }

    [Fact]
    public void Given_the_source_Then_no_method_is_longer_than_70_lines()
    {
        var methods = s_files.SelectMany(f => Methods(f.Lines).Select(m => (f.Name, m.Line, m.Length))).ToList();
        Assert.True(methods.Count > 5000, $"only {methods.Count} methods were found");
        Assert.All(methods, m => Assert.True(m.Length <= LongestMethod, $"{m.Name}:{m.Line} has {m.Length} lines"));
    }

    [Fact]
    public void Given_methods_of_all_shapes_Then_each_is_counted_from_its_head_to_its_end() => Assert.Equal(
        [(4, 6), (11, 5), (17, 1), (19, 6), (27, 2), (32, 2), (36, 5), (43, 4)],
        Methods(
            """
            internal sealed class C
            {
                [Fact]
                public void A()
                {
                    F("}");

                    G();
                }

                private static IEnumerable<int> B(int a) =>
                [
                    a,
                    1,
                ];

                public void D() { }

                public C(
                    int a)
                    : this(a, 2)
                {
                    E();
                }

                /// <summary>No method.</summary>
                internal int F(int a) =>
                    a;

                private static readonly int[] s_none = new(
                    1);
                private int G(int b)
                    => b;
                private sealed record H(int I)
                {
                    private int J(int c) => c switch
                    {
                        1 => 2,
                        _ => 3,
                    };
                }

                protected abstract (int A, int B) K<T>(
                    int d)
                    where T : class =>
                    L(d);
            }
            """.ReplaceLineEndings("\n").Split('\n')));

    /// <summary>
    /// Methods and constructors as the formatter lays them out, with the number of their lines. One with a block ends where
    /// that closes below its head; any other with the statement that nothing further in follows.
    /// </summary>
    private static IEnumerable<(int Line, int Length)> Methods(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (Head().Match(lines[i]) is not { Success: true } head || Type().IsMatch(lines[i]))
                continue;
            var indent = head.Groups["indent"].Length;
            var (end, block) = (i, false);
            while (end < lines.Length - 1 && !Ends(lines, end, indent, block, first: end == i))
                block |= Indent(lines[++end]) == indent && lines[end].TrimStart() is "{" or "[";
            yield return (i + 1, end - i + 1);
        }
    }

    private static bool Ends(string[] lines, int at, int indent, bool block, bool first) => block
        ? Indent(lines[at]) == indent && lines[at].TrimStart()[0] is '}' or ']'
        : lines[at].Length > 0 && (lines[at][^1] == ';' || (first && lines[at][^1] == '}')) && Indent(lines[at + 1]) <= indent;

    /// <summary>How far in a line stands; an empty one further out than any.</summary>
    private static int Indent(string line) => line.Length == 0 ? -1 : line.Length - line.TrimStart(' ').Length;

    [GeneratedRegex(
        @"^(?<indent> +)(?:public|private|protected|internal) [^={;]*\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Head();

    [GeneratedRegex(@"^[^(]*\b(?:class|record|struct|interface|delegate)\b", RegexOptions.None, 1000)]
    private static partial Regex Type();
}
