using System.Text.RegularExpressions;
using CustomerComm.App.Ports;

namespace CustomerComm.Domain.Tests.Project;

/// <summary>What the Azure resources and the program must agree on, and no compiler sees.</summary>
public sealed partial class InfrastructureTests
{
    /// <summary>Settings that the Functions host, the Azure SDK or the Bot Framework read under these names.</summary>
    private static readonly string[] s_readByOthers =
    [
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID", "AzureWebJobsStorage__accountName",
        "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId", "MicrosoftAppId", "MicrosoftAppType",
        "MicrosoftAppTenantId", "AzureWebJobsDisableHomepage",
    ];

    /// <summary>The built-in roles that may be given, and how often.</summary>
    private static readonly Dictionary<string, int> s_roles = new(StringComparer.Ordinal)
    {
        ["Storage Blob Data Owner"] = 1,
        ["Storage Queue Data Contributor"] = 2,
        ["Storage Table Data Contributor"] = 2,
        ["Storage Blob Data Reader"] = 1,
        ["Storage Queue Data Message Sender"] = 2,
        ["Key Vault Secrets User"] = 1,
        ["Storage Blob Data Contributor"] = 1,
    };

    private static readonly string s_access = Read("modules/access.bicep");
    private static readonly string s_data = Read("modules/dataStorage.bicep");
    private static readonly string s_main = Read("main.bicep");

    private static IReadOnlyList<string> Settings { get; } =
    [
        .. Setting().Matches(Read("modules/functionApp.bicep").Split("'appsettings'")[1])
            .Select(m => m.Groups["name"].Value),
    ];

    private static string Host { get; } = string.Join(
        '\n', Repository.Files("src/CustomerComm.Functions", "*.cs").Select(File.ReadAllText));

    private static string Options { get; } = string.Join(
        '\n', Repository.Files("src", "*.cs").Where(f => f.EndsWith("Options.cs", StringComparison.Ordinal)
            || f.EndsWith("Settings.cs", StringComparison.Ordinal) || f.EndsWith("Links.cs", StringComparison.Ordinal))
            .Select(File.ReadAllText));

    [Fact]
    public void Given_a_setting_of_the_app_Then_somebody_reads_it()
    {
        Assert.True(Settings.Count >= 20, $"only {Settings.Count} settings were found");
        Assert.All(Settings.Except(s_readByOthers), s => Assert.True(IsRead(s), $"nobody reads {s}"));
    }

    [Fact]
    public void Given_the_roles_Then_none_is_given_that_is_not_listed_here_and_each_has_its_reason()
    {
        Assert.Equal(
            s_roles.OrderBy(r => r.Key, StringComparer.Ordinal),
            BuiltIn().Matches(s_access).GroupBy(m => m.Groups["role"].Value, StringComparer.Ordinal)
                .Select(g => KeyValuePair.Create(g.Key, g.Count())).OrderBy(r => r.Key, StringComparer.Ordinal));
        var lines = s_access.Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Contains("roleAssignments@", StringComparison.Ordinal))
                Assert.StartsWith("// ", lines[i - 1], StringComparison.Ordinal);
        }

        Assert.All(
            Repository.Files("infra", "*.bicep").Where(f => !f.EndsWith("access.bicep", StringComparison.Ordinal)),
            f => Assert.DoesNotContain("roleAssignments@", File.ReadAllText(f), StringComparison.Ordinal));
    }

    [Fact]
    public void Given_the_roles_of_our_own_Then_none_deletes_anything_or_reads_a_key()
    {
        var actions = Action().Matches(s_access).Select(m => m.Groups["action"].Value).ToList();
        Assert.True(actions.Count >= 8, $"only {actions.Count} actions were found");
        Assert.All(actions, a => Assert.DoesNotMatch("(?i)delete|\\*|listkeys|/move/", a));
        // The one role that may delete rows is given on tables that can be rebuilt, one by one, and on the log of who looked,
        // which is kept for a time only.
        Assert.Matches(
            @"scope: index\[i\]\s+properties: \{\s+roleDefinitionId: roleDefinitions\('Storage Table", s_access);
        Assert.Equal(
            [
                "Due", "Open", "Obligation", "Conformity", "Place", "OrderList", "Closed", "Notice", "NoticeReceipt",
                "Stopped", "Own", "OrderLink", "Caller", "DataRequestLink", "NoticeSubscriber", "Access",
            ],
            Names("indexTables"));
    }

    [Fact]
    public void Given_the_tables_of_the_program_Then_each_is_made_and_none_of_record_is_an_index()
    {
        var rows = typeof(ITableRow).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(ITableRow)))
            .Select(t => t.Name[..^"Row".Length]).ToList();
        Assert.NotEmpty(rows);
        var made = Names("recordTables").Concat(Names("indexTables")).ToList();
        Assert.Equal(
            rows.Concat(["Streams", "PersonKeys", "Due", "Open"]).Order(StringComparer.Ordinal),
            made.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Given_the_data_account_Then_nothing_in_it_expires()
    {
        Assert.DoesNotContain("managementPolicies", s_data, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"(?i)\bdelete\s*:", s_data);
        Assert.Contains("allowProtectedAppendWrites: false", s_data, StringComparison.Ordinal);
        Assert.Contains("level: 'CanNotDelete'", s_data, StringComparison.Ordinal);
        Assert.Contains("level: 'CanNotDelete'", Read("modules/keyVault.bicep"), StringComparison.Ordinal);
        Assert.Contains("param protected = true", Read("production.bicepparam"), StringComparison.Ordinal);
        var host = Read("modules/hostStorage.bicep");
        Assert.Single(DeleteRule().Matches(host));
        Assert.Contains("prefixMatch: ['${deadLetters.name}/']", host, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Repository.Files("infra", "*.bicep"), f => !f.EndsWith("hostStorage.bicep", StringComparison.Ordinal)
                && File.ReadAllText(f).Contains("managementPolicies", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Given_an_alert_Then_the_metric_it_looks_at_is_recorded()
    {
        var recorded = string.Join(
            '\n', Repository.Files("src/CustomerComm.App/Telemetry", "*.cs").Select(File.ReadAllText));
        var used = Metric().Matches(Read("modules/alerts.bicep")).Select(m => m.Value).ToList();
        Assert.Equal(3, used.Count);
        Assert.All(used, m => Assert.Contains($"\"{m}\"", recorded, StringComparison.Ordinal));
    }

    [Fact]
    public void Given_the_host_file_Then_the_host_keeps_no_address_of_a_request()
    {
        var path = Path.Combine(Repository.Root, "host.json");
        // Addresses hold residents' tokens.
        Assert.Matches("\"enableHttpTriggerExtendedInfoCollection\": *false", File.ReadAllText(path));
        // The host's own telemetry of requests and what they call names addresses as they are; the worker's is cleaned.
        Assert.Matches("\"enableDependencyTracking\": *false", File.ReadAllText(path));
        Assert.Matches("\"Host.Results\": *\"None\"", File.ReadAllText(path));
    }

    private static bool IsRead(string setting) => setting.Split("__") switch
    {
        // Bound by name: a property of the options of the app, or of its section, is what reads it.
        ["CustomerComm", .., var name] =>
            Regex.IsMatch(Options, $@"\b{name} \{{ get;", RegexOptions.None, TimeSpan.FromSeconds(1)),
        // A trigger names the connection; the host looks for the rest of it.
        [var connection, _] => Host.Contains($"Connection = \"{connection}\"", StringComparison.Ordinal),
        [var name] => Host.Contains($"\"{name}\"", StringComparison.Ordinal),
        _ => false,
    };

    private static IEnumerable<string> Names(string list) => Quoted()
        .Matches(Regex.Match(s_main, $@"{list}: \[[^\]]*\]", RegexOptions.None, TimeSpan.FromSeconds(1)).Value)
        .Select(m => m.Groups["name"].Value);

    private static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Root, "infra", name));

    [GeneratedRegex(@"^      (?<name>[A-Za-z_]+): \S", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"roleDefinitionId: roleDefinitions\('(?<role>[^']+)'\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BuiltIn();

    [GeneratedRegex(
        "'(?<action>Microsoft\\.[A-Za-z]+/[A-Za-z/]+)'\\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Action();

    [GeneratedRegex(@"\bdelete\s*:", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex DeleteRule();

    [GeneratedRegex(@"customercomm\.[a-z_.]+[a-z]", RegexOptions.None, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("'(?<name>[A-Za-z]+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
