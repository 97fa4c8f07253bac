namespace CustomerComm.Domain.Tests.Project;

/// <summary>The product's list of clauses is the procedure's.</summary>
public sealed class ClausesTests
{
    [Fact]
    public void Given_the_clauses_Then_they_are_those_of_the_procedure_in_its_order() =>
        Assert.Equal(ProcedureClauses.All.Select(c => c.Number), Clauses.All);

    [Fact]
    public void Given_clauses_by_which_something_is_owed_Then_each_is_one_of_the_procedure() =>
        Assert.All(Clauses.Dated, c => Assert.Contains(c, Clauses.All));
}
