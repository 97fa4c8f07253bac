using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerComm.App.Classification;
using CustomerComm.App.Imports;
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

    public static async Task<int> RunAsync(string file, string? encoding, CancellationToken ct)
    {
        var classifier = new Classifier();
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        var bad = 0;
        await foreach (var line in ImportLines.ReadAsync(ImportFile.Open(file, encoding), ct))
        {
            if (line[ImportFields.Text] is not { } text)
            {
                bad++;
                await Console.Error.WriteLineAsync($"line {line.Number}: {line.Error ?? "'text' is missing"}");
                continue;
            }

            var whole = line["subject"] is { } subject ? subject + "\n" + text : text;
            await output.WriteLineAsync(JsonSerializer.Serialize(Of(line, classifier.Classify(whole)), s_json));
        }

        return bad == 0 ? 0 : 3;
    }

    private static Line Of(ImportLine line, Suggestion s)
    {
        var route = Routing.For(s.Category, s.Also);
        return new Line(
            line[ImportFields.Id] ?? line.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), s.Category, s.Also,
            s.Kind, s.Severity, s.Danger, Math.Round(s.Confidence, 2), s.Unsure, route.Lead, route.Cooperating, s.Because);
    }

    private sealed record Line(
        string Id, Category Category, IReadOnlyList<Category> Also, Nature Kind, Severity Severity, bool Danger,
        double Confidence, bool Unsure, Unit Lead, IReadOnlyList<Unit> Cooperating, IReadOnlyList<string> Because);
}
