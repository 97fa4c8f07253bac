using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Azure;
using CustomerComm.Sqlite;
using CustomerComm.Web;
using CustomerComm.Web.Simulator;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CustomerComm.Local;

/// <summary>The one-process host: web site, pump and embedded store together.</summary>
public static class LocalHost
{
    /// <summary>Longest request body, 256 KiB.</summary>
    public const long LongestBody = 256 * 1024;

    /// <summary>
    /// Builds the host. <paramref name="args"/> are settings as <c>--Section:Name=value</c> and <c>--urls</c>;
    /// <paramref name="configure"/> lets tests put in their own clock.
    /// </summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(LocalHost).Assembly.GetName().Name,
            // The pages' files and the settings lie beside the program, wherever it is started from.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Limits.MaxRequestBodySize = LongestBody;
            k.AddServerHeader = false;
        });
        // Addresses of requests hold residents' links, so requests are not logged one by one.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // The key of the sessions lies beside the others, for its owner's eyes only; that it warns of each time.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(4));
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
            builder.WebHost.UseUrls("http://127.0.0.1:5080");
        AddServices(builder);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.UseCustomerCommWeb();
        app.MapCustomerComm();
        if (app.Services.GetRequiredService<LocalOptions>().Demo)
            app.MapPhoneSimulator();
        return app;
    }

    /// <summary>Adopts the policy, starts the host, and finds out under which address it is reached.</summary>
    public static async Task<Uri> StartAsync(WebApplication app, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(app);
        await PrepareAsync(app.Services, ct);
        await app.StartAsync(ct);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var first = new Uri(addresses.First().Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal));
        var options = app.Services.GetRequiredService<AppOptions>();
        if (app.Services.GetRequiredService<LocalOptions>().PublicUrl is null)
            options.PublicUrl = first.ToString().TrimEnd('/');
        return new Uri(options.PublicUrl);
    }

    /// <summary>What must be done before anything is read or written.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct) =>
        await services.GetRequiredService<RulesBook>().LoadAsync(services.GetRequiredService<TimeProvider>(), ct);

    private static void AddServices(WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("CustomerComm").Get<LocalOptions>() ?? new LocalOptions();
        options.DataDirectory = Path.GetFullPath(options.DataDirectory);
        var secrets = Path.Combine(options.DataDirectory, "secrets");
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new AppOptions
        {
            PublicUrl = (options.PublicUrl ?? "http://localhost:5080").TrimEnd('/'),
            SmsNumber = options.SmsNumber,
        });
        services.AddSingleton(_ => CompanyIn(options));
        services.AddSingleton(_ => PolicyIn(options));
        services.AddSingleton<ISecrets>(_ => new FileSecrets(secrets));
        AddStore(services, options);
        services.AddSingleton<WakeUp>();
        services.AddSingleton<INudge>(p => p.GetRequiredService<WakeUp>());
        services.AddSingleton<IMessageChannel, TranscriptChannel>();
        services.AddPhoneSimulator();
        AddSms(services, options);
        services.AddCustomerComm();
        services.AddDataProtection().SetApplicationName("CustomerComm")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(secrets, "cookies")));
        services.AddCustomerCommWeb(new WebOptions
        {
            AllowRemoteDesk = options.AllowRemoteDesk,
            Simulator = options.Demo,
            SmsEventsKey = options.SmsEventsKey,
        });
        services.AddHostedService<PumpService>();
        services.AddHostedService<UpkeepService>();
    }

    private static void AddSms(IServiceCollection services, LocalOptions options)
    {
        services.AddSingleton<ISmsEvents, EventGridSmsEvents>();
        var provider = new CommunicationOptions
        {
            ConnectionString = options.CommunicationConnection,
            Endpoint = options.CommunicationEndpoint,
            From = options.SmsNumber,
        };
        // The demo's people have numbers of fiction, so nothing may leave the house.
        if (provider.IsSet && !options.Demo)
            services.AddCommunicationSms(provider);
        else
            services.AddSimulatedSms();
    }

    private static void AddStore(IServiceCollection services, LocalOptions options)
    {
        switch (options.Store)
        {
            case "sqlite":
                services.AddSqliteStore(_ => options.DataDirectory);
                break;
            case "tables" when !string.IsNullOrEmpty(options.TablesConnection):
                services.AddAzureStore(_ => new AzureStoreOptions { ConnectionString = options.TablesConnection });
                // Anchors stay in files: out of reach of whoever can write to the account.
                services.AddSingleton<IAnchorStore>(_ => new FileAnchorStore(options.DataDirectory));
                break;
            case "tables":
                throw new InvalidDataException("The store 'tables' needs --tables-connection.");
            default:
                throw new InvalidDataException($"There is no store '{options.Store}'; there are sqlite and tables.");
        }
    }

    private static CompanyFile CompanyIn(LocalOptions options)
    {
        var path = Path.Combine(options.DataDirectory, "company.json");
        if (!File.Exists(path) && options.Demo)
        {
            Directory.CreateDirectory(options.DataDirectory);
            DemoCompany.Company.Save(path);
        }

        return File.Exists(path)
            ? CompanyFile.Load(path)
            : throw new InvalidDataException(
                $"There is no company file {path}. Write one, or start with --demo to get a demo company.");
    }

    private static PolicyFile PolicyIn(LocalOptions options)
    {
        var path = Path.Combine(options.DataDirectory, "policy.json");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(options.DataDirectory);
            DemoCompany.Policy.Save(path);
        }

        return PolicyFile.Load(path);
    }
}
