using System.Xml.Linq;

namespace CustomerComm.Domain.Tests.Project;

/// <summary>The layers of the design, read from the project files.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] Hosts = ["CustomerComm.Local", "CustomerComm.Functions"];
    private static readonly string[] Adapters = ["CustomerComm.Sqlite", "CustomerComm.Azure"];

    private static readonly Dictionary<string, string[]> MayReference = new(StringComparer.Ordinal)
    {
        ["CustomerComm.Domain"] = [],
        ["CustomerComm.App"] = ["CustomerComm.Domain"],
        ["CustomerComm.Web"] = ["CustomerComm.App"],
        ["CustomerComm.Sqlite"] = ["CustomerComm.App"],
        ["CustomerComm.Azure"] = ["CustomerComm.App"],
        ["CustomerComm.Training"] = ["CustomerComm.App"],
        ["CustomerComm.Local"] =
            ["CustomerComm.Web", "CustomerComm.Sqlite", "CustomerComm.Azure", "CustomerComm.Training"],
        ["CustomerComm.Functions"] = ["CustomerComm.Web", "CustomerComm.Azure"],
    };

    private static IReadOnlyDictionary<string, XDocument> Projects { get; } = Repository.Files("src", "*.csproj")
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f), XDocument.Load, StringComparer.Ordinal);

    [Fact]
    public void Given_a_project_Then_it_references_only_the_layers_below_it()
    {
        Assert.NotEmpty(Projects);
        Assert.All(Projects, p => Assert.Empty(References(p.Value).Except(MayReference[p.Key])));
    }

    [Fact]
    public void Given_an_adapter_Then_only_hosts_reference_it() => Assert.All(
        Projects.Where(p => !Hosts.Contains(p.Key)),
        p => Assert.Empty(References(p.Value).Intersect(Adapters)));

    [Fact]
    public void Given_the_domain_Then_it_references_nothing_but_the_base_library()
    {
        var domain = Projects["CustomerComm.Domain"];
        Assert.Empty(domain.Descendants("PackageReference"));
        Assert.Empty(domain.Descendants("FrameworkReference"));
        Assert.Empty(domain.Descendants("Reference"));
        Assert.All(
            typeof(Complaint).Assembly.GetReferencedAssemblies(),
            a => Assert.True(
                a.Name is "netstandard" || a.Name!.StartsWith("System.", StringComparison.Ordinal), a.Name));
    }

    private static IEnumerable<string> References(XDocument project) => project.Descendants("ProjectReference")
        .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
}
