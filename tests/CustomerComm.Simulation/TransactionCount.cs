using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CustomerComm.Simulation;

/// <summary>One kind of storage transaction: on which table or container, doing what.</summary>
internal sealed record Transaction(string Table, string Operation);

/// <summary>
/// Counts what the storage is asked, as it is billed: an entity-group transaction is one, and so is every repetition.
/// </summary>
internal sealed partial class TransactionCount(string prefix) : HttpPipelinePolicy
{
    private readonly ConcurrentDictionary<Transaction, int> _counts = new();

    public IReadOnlyDictionary<Transaction, int> Counts => _counts;

    public void Clear() => _counts.Clear();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        _counts.AddOrUpdate(await ReadAsync(message.Request), 1, (_, n) => n + 1);
        await ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The store is asynchronous throughout.");

    /// <summary>Requests in the emulator's access log, by method or as entity-group transactions.</summary>
    public static Dictionary<string, int> OfLog(IEnumerable<string> log) => log
        .Select(line => LogLine().Match(line)).Where(m => m.Success)
        .GroupBy(m => Key(m.Groups["method"].Value, m.Groups["path"].Value), StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    /// <summary>What was counted here, in the terms of <see cref="OfLog"/>.</summary>
    public Dictionary<string, int> AsLog() => _counts
        .GroupBy(c => Word(c.Key.Operation), StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Sum(c => c.Value), StringComparer.Ordinal);

    private static string Word(string operation) => operation switch
    {
        "transaction" => "$batch",
        "read a row" or "query" or "read" => "GET",
        "remove a row" => "DELETE",
        "add a row" or "create" => "POST",
        _ => "PUT",
    };

    private static string Key(string method, string path) =>
        path.EndsWith("/$batch", StringComparison.Ordinal) ? "$batch" : method;

    private async Task<Transaction> ReadAsync(Request request)
    {
        var path = Uri.UnescapeDataString(request.Uri.Path);
        if (path.EndsWith("/$batch", StringComparison.Ordinal))
        {
            using var body = new MemoryStream();
            await request.Content!.WriteToAsync(body, CancellationToken.None);
            var first = Inner().Match(System.Text.Encoding.UTF8.GetString(body.ToArray()));
            return new Transaction(Name(first.Groups["table"].Value), "transaction");
        }

        var match = Outer().Match(path);
        var table = Name(match.Groups["table"].Value);
        var row = match.Groups["key"].Value.Length > 2;
        return new Transaction(table, (request.Method.Method, row) switch
        {
            ("GET", true) => "read a row",
            ("GET", false) => "query",
            ("DELETE", _) => "remove a row",
            ("POST", _) => table == "Tables" ? "create" : "add a row",
            _ => "write a row",
        });
    }

    private string Name(string table) => table.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        ? table[prefix.Length..] : table;

    [GeneratedRegex(@"/(?<table>[A-Za-z0-9]+)(?<key>\(.*\))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Outer();

    [GeneratedRegex(@"\n(POST|PUT|PATCH|MERGE|DELETE) \S+/(?<table>[A-Za-z0-9]+)[(? ]",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inner();

    [GeneratedRegex("\"(?<method>[A-Z]+) (?<path>[^ ?\"]+)[^\"]* HTTP/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LogLine();
}
