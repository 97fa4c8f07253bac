using Xunit.v3;

namespace CustomerComm.Testing;

/// <summary>
/// Cites the clause of the procedure that a test holds; <c>docs/procedure-coverage.md</c> is generated from these.
/// Repeated for several clauses. The clause must be one of <see cref="ProcedureClauses"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class ClauseAttribute(string clause) : Attribute, ITraitAttribute
{
    /// <summary>The clause's number, e.g. <c>4.6.1-2-D</c>.</summary>
    public string Clause => clause;

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Clause", clause)];
}
