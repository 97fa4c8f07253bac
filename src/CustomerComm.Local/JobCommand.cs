using System.Globalization;
using CustomerComm.App.Jobs;
using CustomerComm.App.Pumping;

namespace CustomerComm.Local;

/// <summary><c>job NAME</c>: runs scheduled work by hand. Stopping it loses nothing; running it again goes on.</summary>
internal static class JobCommand
{
    public static async Task<int> RunAsync(string[] settings, string name, string? month, CancellationToken ct)
    {
        DateOnly? period = null;
        if (month is not null)
        {
            if (!DateOnly.TryParseExact(
                month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
            {
                throw new InvalidDataException($"--month must be yyyy-MM, e.g. 2026-11, not '{month}'.");
            }

            period = first;
        }

        await using var app = LocalHost.Build(settings);
        await LocalHost.PrepareAsync(app.Services, ct);
        var jobs = app.Services.GetRequiredService<JobRunner>();
        if (!jobs.Jobs.ContainsKey(name))
        {
            throw new InvalidDataException(
                $"There is no job '{name}'. There are, each with its times as cron, in the company's time zone:"
                + string.Concat(jobs.Jobs.Values.Select(
                    j => $"{Environment.NewLine}  {j.Name,-18} {j.Schedule,-14} {j.Summary}")));
        }

        var report = await jobs.RunAsync(name, period, new Progress(), ct);
        await Console.Error.WriteLineAsync("writing work lists and messages …");
        await app.Services.GetRequiredService<Sweeper>().RunAsync(ct);
        Console.WriteLine($"{name}: {report.Text}");
        return 0;
    }

    private sealed class Progress : IProgress<JobProgress>
    {
        private long _next = 500;

        public void Report(JobProgress value)
        {
            if (value.Done < _next)
                return;
            _next = value.Done + 500;
            Console.Error.WriteLine(value.Total is { } total ? $"{value.Done} of {total}" : $"{value.Done}");
        }
    }
}
