using System.CommandLine;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Local;

/// <summary>The command line of the one-process host.</summary>
internal static class Commands
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("CustomerComm in one process: hears residents and proves that it answered.");
        var run = new Command("run", "Starts the web site and the pump (the default).");
        var demo = new Option<bool>("--demo") { Description = "Seed a demo company where there is none, with simulated phones." };
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on, e.g. http://127.0.0.1:5080." };
        run.Options.Add(demo);
        run.Options.Add(urls);
        run.SetAction((parsed, ct) => ServeAsync(parsed.GetValue(demo), parsed.GetValue(urls), ct));
        root.Subcommands.Add(run);
        return root.Parse(args.Length == 0 ? ["run"] : args).InvokeAsync();
    }

    private static async Task<int> ServeAsync(bool demo, string? urls, CancellationToken ct)
    {
        try
        {
            var settings = new List<string>();
            if (demo)
                settings.Add("--CustomerComm:Demo=true");
            if (urls is not null)
                settings.AddRange(["--urls", urls]);
            await using var app = LocalHost.Build([.. settings]);
            var address = await LocalHost.StartAsync(app, ct);
            Announce(app, address);
            await app.WaitForShutdownAsync(ct);
            return 0;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static void Announce(WebApplication app, Uri address)
    {
        var options = app.Services.GetRequiredService<LocalOptions>();
        var company = app.Services.GetRequiredService<CompanyDirectory>().Company;
        Console.WriteLine($"{company}: data in {options.DataDirectory}");
        Console.WriteLine($"  resident chat      {new Uri(address, "/chat")}");
        if (options.Demo)
            Console.WriteLine($"  phone simulator    {new Uri(address, "/phones")}");
        Console.WriteLine($"  staff desk         {new Uri(address, "/desk")}");
        Console.WriteLine($"  management report  {new Uri(address, "/reports")}");
        Console.WriteLine("Ctrl-C ends it.");
    }
}
