namespace CustomerComm.Domain.Tests.Project;

/// <summary>Every clause that is cited exists, and the committed document shows who cites it.</summary>
public sealed class ProcedureCoverageTests
{
    [Fact]
    public void Given_the_citations_of_all_tests_Then_the_committed_document_shows_them()
    {
        var path = Path.Combine(Repository.Root, ProcedureCoverage.Document);
        var generated = ProcedureCoverage.Write(ProcedureCoverage.InRepository());
        if (Environment.GetEnvironmentVariable(ProcedureCoverage.Update) == "1")
            File.WriteAllText(path, generated);

        var committed = File.Exists(path)
            ? File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal) : "";
        Assert.True(
            committed == generated,
            $"{ProcedureCoverage.Document} is not what the tests cite. Write it anew with "
            + $"{ProcedureCoverage.Update}=1 dotnet test --project tests/CustomerComm.Domain.Tests and commit it.");
    }

    [Fact]
    public void Given_the_citations_of_all_tests_Then_each_names_a_clause_of_the_procedure()
    {
        var known = ProcedureClauses.All.Select(c => c.Number).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(ProcedureCoverage.InRepository(), c => !known.Contains(c.Clause));
        Assert.Equal(ProcedureClauses.All.Count, known.Count);
    }

    [Fact]
    public void Given_the_clauses_on_complaints_Then_each_is_cited_by_a_test()
    {
        var cited = ProcedureCoverage.InRepository().Select(c => c.Clause).ToHashSet(StringComparer.Ordinal);
        // Hearing out and the hotline are the conversation's; transfers by the company come with the registers.
        string[] elsewhere = ["4.6.1-1", "4.6.2-2"];
        Assert.Empty(ProcedureClauses.All.Select(c => c.Number)
            .Where(n => n.StartsWith("4.6.", StringComparison.Ordinal) && !cited.Contains(n)).Except(elsewhere));
    }

    [Fact]
    public void Given_a_source_Then_each_citation_belongs_to_the_class_or_method_below_it()
    {
        // Split, so that this file itself cites nothing by it.
        const string Cite = "[Clau" + "se(\"";
        var source = $$"""
            {{Cite}}1.0")]
            public sealed class ATests
            {
                // {{Cite}}9.9")]
                [Fact]
                {{Cite}}2.0"), Clause("3.1")]
                public void Given_a_Then_b() => Run();

                private static readonly int[] Unrelated = [1];

                [Theory]
                [InlineData(1)]
                {{Cite}}3.2")]
                public async Task Given_c_Then_d(
                    int value)
            }
            """;
        Assert.Equal(
            [
                new Citation("1.0", "P", "ATests"), new Citation("2.0", "P", "ATests.Given_a_Then_b"),
                new Citation("3.1", "P", "ATests.Given_a_Then_b"), new Citation("3.2", "P", "ATests.Given_c_Then_d"),
            ],
            ProcedureCoverage.Read("P", source));
    }
}
