using CustomerComm.App;
using CustomerComm.App.Jobs;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Local.Demo;

/// <summary>
/// <c>demo --months N</c>: the demo company lives through the last months, by the real commands and with simulated time,
/// so that every report has something to show.
/// </summary>
internal static class DemoYear
{
    /// <summary>Most months.</summary>
    public const int MostMonths = 36;

    private const int Seed = 20_260_101;

    public static async Task<int> RunAsync(string[] settings, int months, int perMonth, CancellationToken ct)
    {
        if (months is < 1 or > MostMonths)
            throw new InvalidDataException($"--months must be 1 to {MostMonths}, not {months}.");
        if (perMonth is < 1 or > 1_000)
            throw new InvalidDataException($"--per-month must be 1 to 1000, not {perMonth}.");
        var end = TimeProvider.System.GetUtcNow();
        var time = new SimulatedTime(end.AddMonths(-months));
        await using var app = LocalHost.Build(settings, b =>
        {
            SeedCompany(b.Configuration);
            b.Services.AddSingleton<TimeProvider>(time);
            // A line for each day of simulated time would hide the rest.
            b.Logging.AddFilter("CustomerComm.App.Jobs", LogLevel.Warning);
        });
        var store = app.Services.GetRequiredService<IEventStore>();
        if (await store.NextDueAsync(ct) is not null || (await store.ListAsync(null, 1, ct)).Count > 0)
            throw new InvalidDataException("The store is not empty; give --data a folder of its own.");
        await LocalHost.PrepareAsync(app.Services, ct);
        var plays = Plays(app.Services, perMonth);
        await LiveAsync(app.Services, plays, time, end, ct);
        foreach (var play in plays)
            Console.WriteLine(play.Told);
        return 0;
    }

    /// <summary>Writes the company file where there is none, with homes enough for a survey.</summary>
    private static void SeedCompany(IConfiguration configuration)
    {
        var options = configuration.Read<LocalOptions>(HostSettings.Section);
        var path = Path.Combine(Path.GetFullPath(options.DataDirectory), "company.json");
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DemoCompany.Grown.Save(path);
    }

    private static List<IDemoPlay> Plays(IServiceProvider services, int perMonth)
    {
        var work = ActivatorUtilities.CreateInstance<DemoWork>(services);
        return
        [
            ActivatorUtilities.CreateInstance<DemoRosters>(services),
            ActivatorUtilities.CreateInstance<DemoLadders>(services, work),
            ActivatorUtilities.CreateInstance<DemoComplaints>(services, work, perMonth),
            ActivatorUtilities.CreateInstance<DemoMeasures>(services, work),
            ActivatorUtilities.CreateInstance<DemoCalls>(services, work),
            ActivatorUtilities.CreateInstance<DemoRegisters>(services, work),
            ActivatorUtilities.CreateInstance<DemoOrders>(services, work),
            ActivatorUtilities.CreateInstance<DemoRevisits>(services, work),
            ActivatorUtilities.CreateInstance<DemoNotices>(services, work),
            ActivatorUtilities.CreateInstance<DemoMeetings>(services, work),
            ActivatorUtilities.CreateInstance<DemoSurveys>(services, work),
            ActivatorUtilities.CreateInstance<DemoReviews>(services, work),
            ActivatorUtilities.CreateInstance<DemoOutside>(services, work),
        ];
    }

    private static async Task LiveAsync(
        IServiceProvider services, List<IDemoPlay> plays, SimulatedTime time, DateTimeOffset end, CancellationToken ct)
    {
        var directory = services.GetRequiredService<CompanyDirectory>();
        var sweeper = services.GetRequiredService<Sweeper>();
        var jobs = services.GetRequiredService<JobRunner>();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(directory.Communities[0].TimeZone);
        var dice = new Random(Seed);
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        while (true)
        {
            foreach (var hour in DemoMoment.Hours)
            {
                var local = date.ToDateTime(new TimeOnly(hour, dice.Next(60)));
                var now = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
                if (now > end)
                {
                    time.SetTo(end);
                    await sweeper.RunAsync(ct);
                    return;
                }

                time.SetTo(now);
                await sweeper.RunAsync(ct);
                var moment = new DemoMoment(date, hour, time.Now(), dice);
                if (moment.Morning)
                    await jobs.RunDueAsync(ct);
                foreach (var play in plays)
                    await play.PlayAsync(moment, directory, ct);
                await sweeper.RunAsync(ct);
            }

            if (date.Day == 1)
                await Console.Error.WriteLineAsync($"{date:yyyy-MM} …");
            date = date.AddDays(1);
        }
    }
}
