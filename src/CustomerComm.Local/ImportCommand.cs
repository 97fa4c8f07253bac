using System.Globalization;
using System.Text.Json;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Local;

/// <summary><c>import FILE</c>: a complaint for every line. Stopping it loses nothing; running it again goes on.</summary>
internal static class ImportCommand
{
    private const int AtOnce = 32;
    private const int ProgressEvery = 100;

    public static async Task<int> RunAsync(
        string[] settings, string file, string? community, string? subjectField, CancellationToken ct)
    {
        await using var app = LocalHost.Build(settings);
        await LocalHost.PrepareAsync(app.Services, ct);
        var intake = app.Services.GetRequiredService<Intake>();
        var counts = new Counts();
        await Parallel.ForEachAsync(
            JsonLines.ReadAsync(file, ct),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (line, token) => await ImportAsync(line, intake, community, subjectField, counts, token));
        Console.Error.WriteLine("writing work lists and messages …");
        await app.Services.GetRequiredService<Sweeper>().RunAsync(ct);
        Console.WriteLine(
            $"{counts.Opened} opened, {counts.Repeated} imported before, {counts.Bad} bad lines skipped");
        return counts.Bad == 0 ? 0 : 3;
    }

    private static async Task ImportAsync(
        JsonLine line, Intake intake, string? community, string? subjectField, Counts counts, CancellationToken ct)
    {
        IntakeRequest? request = null;
        var error = line.Error ?? Read(line, community, subjectField, out request);
        if (error is null)
        {
            error = await intake.ReceiveAsync(request!, new Actor.System(), ct) switch
            {
                MatterResult<Complaint>.Done { Repeated: false } => Counts.Add(ref counts.Opened),
                MatterResult<Complaint>.Done => Counts.Add(ref counts.Repeated),
                MatterResult<Complaint>.Refused no => no.Refusal.Text,
                _ => "the id was imported before with another content",
            };
        }

        if (error is not null)
        {
            Counts.Add(ref counts.Bad);
            await Console.Error.WriteLineAsync($"line {line.Number}: {error}");
        }

        var done = Interlocked.Increment(ref counts.Lines);
        if (done % ProgressEvery == 0)
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{done} lines"));
    }

    private static string? Read(JsonLine line, string? community, string? subjectField, out IntakeRequest? request)
    {
        request = null;
        if (line.Text("text") is not { } text)
            return "'text' is missing";
        if (subjectField is not null && line.Text(subjectField) is { Length: > 0 } subject)
            text = subject + "\n" + text;
        if ((line.Text("community") ?? community) is not { } place)
            return "'community' is missing; name one with --community";
        Category? category = null;
        if (line.Text("category") is { } named)
        {
            if (!Enum.TryParse<Category>(named, ignoreCase: true, out var c) || !Enum.IsDefined(c))
                return $"'category' {named} is unknown";
            category = c;
        }

        DateTimeOffset? wantedBy = null;
        if (line.Text("wantedBy") is { } wish)
        {
            if (!DateTimeOffset.TryParse(wish, CultureInfo.InvariantCulture, out var by))
                return $"'wantedBy' {wish} is no ISO 8601 time";
            wantedBy = by;
        }

        Language? language = line.Text("language") is { } tag ? Languages.Find(tag) ?? Languages.Default : null;
        string? Contact(string name) => line.Json!.Value.TryGetProperty("contact", out var contact)
            && contact.ValueKind == JsonValueKind.Object && contact.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        request = new IntakeRequest(
            new CommunityId(place.Trim().ToUpperInvariant()), text, Contact("name"), Contact("phone"), Contact("room"),
            null, Channel.Company, category, [], wantedBy, language, IsLetter: false, null,
            line.Id is { } id ? $"import:{id}" : null);
        return null;
    }

    private sealed class Counts
    {
        public int Lines;
        public int Opened;
        public int Repeated;
        public int Bad;

        public static string? Add(ref int counter)
        {
            Interlocked.Increment(ref counter);
            return null;
        }
    }
}
