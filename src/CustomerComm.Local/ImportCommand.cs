using System.Collections.Concurrent;
using System.Globalization;
using CustomerComm.App.Complaints;
using CustomerComm.App.Imports;
using CustomerComm.App.Matters;
using CustomerComm.App.Pumping;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Local;

/// <summary>What to import, and what its lines do not say themselves.</summary>
internal sealed record ImportRequest(string File, string? Encoding, string? Community, string? SubjectField);

/// <summary>
/// <c>import FILE</c>: a complaint for every line of JSON lines or CSV. Stopping it loses nothing; running it again
/// goes on.
/// </summary>
internal static class ImportCommand
{
    private const int AtOnce = 32;
    private const int ProgressEvery = 100;

    public static async Task<int> RunAsync(string[] settings, ImportRequest import, CancellationToken ct)
    {
        var text = ImportFile.Open(import.File, import.Encoding);
        var lines = ImportLines.ReadAsync(text, ct);
        await using var app = LocalHost.Build(settings);
        await LocalHost.PrepareAsync(app.Services, ct);
        var intake = app.Services.GetRequiredService<Intake>();
        var reader = app.Services.GetRequiredService<ImportReader>();
        await Console.Error.WriteLineAsync($"reading {import.File} as {text.Encoding.WebName}");
        var counts = new Counts();
        await Parallel.ForEachAsync(
            lines, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (line, token) => await ImportAsync(line, reader, intake, import, counts, token));
        Console.Error.WriteLine("writing work lists and messages …");
        await app.Services.GetRequiredService<Sweeper>().RunAsync(ct);
        foreach (var unused in counts.Unused.Keys.Order(StringComparer.Ordinal))
        {
            await Console.Error.WriteLineAsync(
                $"'{unused}' is no field of ours and was not imported; --subject-field {unused} puts it before "
                + "the text");
        }

        Console.WriteLine(
            $"{counts.Opened} opened, {counts.Repeated} imported before, {counts.Bad} bad lines skipped");
        return counts.Bad == 0 ? 0 : 3;
    }

    private static async Task ImportAsync(
        ImportLine line, ImportReader reader, Intake intake, ImportRequest import, Counts counts, CancellationToken ct)
    {
        var (request, error) = reader.Read(line, import.Community, import.SubjectField);
        foreach (var unused in ImportReader.Unused(line, import.SubjectField))
            counts.Unused.TryAdd(unused, true);
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

    private sealed class Counts
    {
        public int Lines;
        public int Opened;
        public int Repeated;
        public int Bad;

        public ConcurrentDictionary<string, bool> Unused { get; } = new(StringComparer.Ordinal);

        public static string? Add(ref int counter)
        {
            Interlocked.Increment(ref counter);
            return null;
        }
    }
}
