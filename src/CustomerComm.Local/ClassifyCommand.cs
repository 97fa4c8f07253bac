using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerComm.App.Classification;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.Local;

/// <summary><c>classify FILE</c>: suggestions for many texts, without a store.</summary>
internal static class ClassifyCommand
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task<int> RunAsync(string file, CancellationToken ct)
    {
        var classifier = new Classifier();
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        var bad = 0;
        await foreach (var line in JsonLines.ReadAsync(file, ct))
        {
            if (line.Text("text") is not { } text)
            {
                bad++;
                await Console.Error.WriteLineAsync($"line {line.Number}: {line.Error ?? "'text' is missing"}");
                continue;
            }

            var whole = line.Text("subject") is { Length: > 0 } subject ? subject + "\n" + text : text;
            await output.WriteLineAsync(JsonSerializer.Serialize(Of(line, classifier.Classify(whole)), s_json));
        }

        return bad == 0 ? 0 : 3;
    }

    private static Line Of(JsonLine line, Suggestion s)
    {
        var route = Routing.For(s.Category, s.Also);
        return new Line(
            line.Id ?? line.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), s.Category, s.Also,
            s.Kind, s.Severity, route.Lead, route.Cooperating, s.Because);
    }

    private sealed record Line(
        string Id, Category Category, IReadOnlyList<Category> Also, Nature Kind, Severity Severity, Unit Lead,
        IReadOnlyList<Unit> Cooperating, IReadOnlyList<string> Because);
}
