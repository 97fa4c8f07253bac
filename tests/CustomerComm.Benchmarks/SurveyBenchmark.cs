using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CustomerComm.Testing;

namespace CustomerComm.Benchmarks;

/// <summary>
/// Sends the annual survey to many homes, with the sending process killed on the way, and shows that every home was
/// invited once, in bounded memory.
/// </summary>
internal static class SurveyBenchmark
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(int homes, int kills, CancellationToken ct)
    {
        using var directory = new TempDirectory();
        var begun = Stopwatch.GetTimestamp();
        var killed = 0;
        while (killed < kills)
        {
            using var worker = Start(directory.Path, homes);
            var goal = homes * (killed + 1) / (kills + 1);
            while (!worker.HasExited && Lines(directory).Count() < goal)
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct);
            worker.Kill();
            await worker.WaitForExitAsync(ct);
            killed++;
        }

        using var last = Start(directory.Path, homes);
        var report = await last.StandardOutput.ReadToEndAsync(ct);
        await last.WaitForExitAsync(ct);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var lines = Lines(directory).ToList();
        var result = JsonSerializer.Deserialize<SurveyWorkerReport>(report, s_json)!;
        Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                homes,
                kills,
                seconds = Math.Round(seconds, 1),
                handedOver = lines.Count,
                messages = lines.Distinct(StringComparer.Ordinal).Count(),
                result.Invited,
                result.Delivered,
                result.PeakMemoryMb,
                secondsPerThousand = result.SecondsPerThousand,
                memoryMbByTenth = result.MemoryMb,
            },
            s_json));
        // A message on its way when the process died may be handed over again under its own id, never under another.
        var good = last.ExitCode == 0 && result.Invited == homes
            && lines.Distinct(StringComparer.Ordinal).Count() == homes;
        return good ? 0 : 1;
    }

    private static Process Start(string directory, int homes)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])
            [
                typeof(SurveyBenchmark).Assembly.Location, "survey-worker", "--homes",
                homes.ToString(CultureInfo.InvariantCulture), "--directory", directory,
            ])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static IEnumerable<string> Lines(TempDirectory directory)
    {
        var path = directory[SurveyWorker.Log];
        if (!File.Exists(path))
            yield break;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            // The last line may be cut off where the process died.
            if (line.EndsWith(';'))
                yield return line;
        }
    }
}
