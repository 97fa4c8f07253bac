using CustomerComm.App;
using CustomerComm.App.Calls;
using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.App.Enquiries;
using CustomerComm.App.Ledger;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Azure;
using CustomerComm.Sqlite;
using CustomerComm.Web;
using CustomerComm.Web.Simulator;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

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
        if (app.Services.GetRequiredService<WebOptions>().Simulator)
            app.MapPhoneSimulator();
        return app;
    }

    /// <summary>Adopts the policy, starts the host, and finds out under which address it is reached.</summary>
    public static async Task<Uri> StartAsync(WebApplication app, CancellationToken ct)
    {
        await PrepareAsync(app.Services, ct);
        await app.StartAsync(ct);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var first = new Uri(addresses.First().Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal));
        var options = app.Services.GetRequiredService<AppOptions>();
        if (string.IsNullOrEmpty(app.Configuration[$"{HostSettings.Section}:{nameof(AppOptions.PublicUrl)}"]))
            options.PublicUrl = first.ToString().TrimEnd('/');
        return new Uri(options.PublicUrl);
    }

    /// <summary>What must be done before anything is read or written.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<Witnessing>().RequireAsync(ct);
        await services.GetRequiredService<RulesBook>().LoadAsync(services.GetRequiredService<TimeProvider>(), ct);
        await services.GetRequiredService<DutyBoardKeeper>().RefreshAsync(ct);
        services.GetRequiredService<CalendarWatch>().Warn();
        await services.GetRequiredService<PostWatch>().WarnAsync(ct);
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        var options = services.AddSettings<LocalOptions>(configuration, HostSettings.Section);
        options.DataDirectory = Path.GetFullPath(options.DataDirectory);
        KeepToOneself(options.DataDirectory);
        var secrets = Path.Combine(options.DataDirectory, "secrets");
        var witness = services.AddSettings<LocalWitnessOptions>(
            configuration, HostSettings.Witness, w => w.Complete(options.DataDirectory));
        // Before anything is opened, for opening makes what is not there.
        LocalFiles.Require(options, witness);
        services.AddSingleton(TimeProvider.System);
        var app = services.AddSettings<AppOptions>(configuration, HostSettings.Section, Complete);
        services.AddSingleton(_ => CompanyIn(options));
        services.AddSingleton(_ => PolicyIn(options));
        services.AddSingleton(_ => CatalogueIn(options));
        services.AddSingleton<ISecrets>(_ => new FileSecrets(options.DataDirectory));
        AddStore(services, configuration, options);
        AddWitness(services, configuration, witness);
        services.AddSingleton<WakeUp>();
        services.AddSingleton<INudge>(p => p.GetRequiredService<WakeUp>());
        services.AddSingleton<IMessageChannel, TranscriptChannel>();
        services.AddPhoneSimulator();
        var sms = configuration.Read<CommunicationOptions>(HostSettings.Sms) with { From = app.SmsNumber };
        AddSms(services, sms, options);
        services.AddSecondOpinion(configuration.Read<SecondOpinionOptions>(HostSettings.SecondOpinion));
        services.AddCustomerComm();
        services.AddDataProtection().SetApplicationName("CustomerComm")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(secrets, "cookies")));
        services.AddCustomerCommWeb(
            configuration.Read<WebOptions>(HostSettings.Section) with
            {
                Simulator = options.Demo && ListensToItselfAlone(configuration),
                Secure = app.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase),
            });
        AddTelemetry(builder);
        services.AddHostedService<PumpService>();
        services.AddHostedService<JobService>();
    }

    /// <summary>The data is its owner's alone: nobody else on the machine gets into the directory.</summary>
    private static void KeepToOneself(string directory)
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else if (!Directory.Exists(directory))
            Directory.CreateDirectory(directory, owner);
        else if (File.GetUnixFileMode(directory) != owner)
            File.SetUnixFileMode(directory, owner);
    }

    /// <summary>
    /// True where other machines cannot reach the host: the demo's conveniences, its phones and the click on a name, are
    /// for this machine alone.
    /// </summary>
    private static bool ListensToItselfAlone(IConfiguration configuration) =>
        !configuration.GetSection("Kestrel:Endpoints").Exists() && string.IsNullOrEmpty(configuration["http_ports"])
        && (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .All(u => Uri.TryCreate(u, UriKind.Absolute, out var url) && WebOptions.IsLoopback(url.Host.Trim('[', ']')));

    /// <summary>Traces and metrics leave the machine only where the standard variable says to whom.</summary>
    private static void AddTelemetry(WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        builder.Services.AddOpenTelemetry().AddCustomerCommTelemetry()
            .WithTracing(t => t.AddOtlpExporter())
            .WithMetrics(m => m.AddOtlpExporter());
    }

    /// <summary>What needs no setting here: the address listened on is put in when it is known.</summary>
    private static void Complete(AppOptions options)
    {
        options.PublicUrl = options.PublicUrl.Length == 0 ? "http://localhost:5080" : options.PublicUrl.TrimEnd('/');
        if (options.SmsNumber.Length == 0)
            options.SmsNumber = "+12025550100";
    }

    private static void AddSms(IServiceCollection services, CommunicationOptions provider, LocalOptions options)
    {
        services.AddSingleton<ISmsEvents, EventGridSmsEvents>();
        // The demo's people have numbers of fiction, so nothing may leave the house.
        if (provider.IsSet && !options.Demo)
            services.AddCommunicationSms(provider);
        else
            services.AddSimulatedSms();
    }

    private static void AddStore(IServiceCollection services, IConfiguration configuration, LocalOptions options)
    {
        if (options.Store == "sqlite")
        {
            // The secrets come first, so that a database without them was always one whose secrets were lost.
            services.AddSqliteStore(p =>
            {
                p.GetRequiredService<ISecrets>();
                return options.DataDirectory;
            });
            return;
        }

        services.AddAzureStore(configuration);
        if (options.Anchors == "blobs")
        {
            services.AddAzureAnchors();
        }
        else
        {
            // Out of reach of whoever can write to the account.
            services.AddSingleton<IAnchorStore>(
                p => new FileAnchorStore(options.DataDirectory, p.GetRequiredService<IAnchorKey>()));
        }
    }

    private static void AddWitness(
        IServiceCollection services, IConfiguration configuration, LocalWitnessOptions options)
    {
        services.AddSingleton<IAnchorKey>(_ => options.SignCommand?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            is [var program, .. var arguments]
            ? new CommandAnchorKey(program, arguments, options.PublicKey!)
            : new FileAnchorKey(options.Key));
        services.AddSingleton<IWitness>(_ => new FileWitness(options.File));
        services.AddWebhookWitness(configuration);
    }

    private static CompanyFile CompanyIn(LocalOptions options)
    {
        var path = Path.Combine(options.DataDirectory, "company.json");
        if (!File.Exists(path) && options.Demo)
        {
            Directory.CreateDirectory(options.DataDirectory);
            DemoCompany.Company.Save(path);
        }

        if (!File.Exists(path))
        {
            throw new InvalidDataException(
                $"There is no company file {path}. Write one, or start with --demo to get a demo company.");
        }

        var company = CompanyFile.Load(path);
        // Whoever sits at the machine signs in by a click there: never with a real company's residents behind it.
        return !options.Demo || company.Company == DemoCompany.Company.Company
            ? company
            : throw new InvalidDataException(
                $"--demo is for the demo company; {path} is that of '{company.Company}'. Start without --demo.");
    }

    private static CatalogueFile CatalogueIn(LocalOptions options)
    {
        var path = Path.Combine(options.DataDirectory, "catalogue.json");
        if (!File.Exists(path) && options.Demo)
        {
            Directory.CreateDirectory(options.DataDirectory);
            DemoCatalogue.File.Save(path);
        }

        return File.Exists(path) ? CatalogueFile.Load(path) : CatalogueFile.Empty;
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
