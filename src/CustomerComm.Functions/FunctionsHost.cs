using Azure.Monitor.OpenTelemetry.Exporter;
using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.App.Enquiries;
using CustomerComm.App.Ledger;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Azure;
using CustomerComm.Web;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerComm.Functions;

/// <summary>The Azure host: the site, pump and jobs of every host behind the triggers of Azure Functions.</summary>
public static partial class FunctionsHost
{
    /// <summary>Longest request body, 256 KiB.</summary>
    public const long LongestBody = 256 * 1024;

    /// <summary>
    /// Builds the worker. Throws <see cref="InvalidDataException"/> naming a setting that is missing or wrong.
    /// <paramref name="configure"/> lets tests put in their own store and clock.
    /// </summary>
    public static IHost Build(string[] args, Action<FunctionsApplicationBuilder>? configure = null)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        // Addresses of requests hold residents' links, so requests are not logged one by one.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        AddServices(builder.Services, builder.Configuration);
        configure?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>Adopts the policy of the company, so that complaints can be decided.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<Witnessing>().RequireAsync(ct);
        var (book, time) = (services.GetRequiredService<RulesBook>(), services.GetRequiredService<TimeProvider>());
        try
        {
            await book.LoadAsync(time, ct);
        }
        catch (InvalidOperationException)
        {
            // Another instance that starts at this moment adopted the same policy; now it is read.
            await book.LoadAsync(time, ct);
        }

        services.GetRequiredService<CalendarWatch>().Warn();
        await services.GetRequiredService<PostWatch>().WarnAsync(ct);
    }

    private static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        var settings = services.AddSettings<FunctionsSettings>(configuration, HostSettings.Section);
        var secrets = new MasterKey(settings.MasterKey);
        services.AddSingleton(TimeProvider.System);
        var app = services.AddSettings<AppOptions>(
            configuration, HostSettings.Section, o => o.PublicUrl = o.PublicUrl.TrimEnd('/'));
        services.AddAzureStore(configuration);
        services.AddSingleton<CompanyFiles>();
        services.AddSingleton(p => CompanyFile.Parse(FilesOf(p).Read("company.json"), "company.json"));
        services.AddSingleton(p => PolicyFile.Parse(FilesOf(p).Read("policy.json"), "policy.json"));
        services.AddSingleton<ISecrets>(secrets);
        services.AddSingleton(p => FilesOf(p).Find("catalogue.json") is { } catalogue
            ? CatalogueFile.Parse(catalogue, "catalogue.json") : CatalogueFile.Empty);
        services.AddSingleton<IAnchorKey>(p => settings.AnchorKeyId is { Length: > 0 } id
            ? new KeyVaultAnchorKey(id)
            : new SecretAnchorKey(p.GetRequiredService<ISecrets>()));
        services.AddAzureAnchors();
        services.AddWebhookWitness(configuration);
        services.AddSingleton<Nudges>();
        services.AddSingleton<INudge>(p => p.GetRequiredService<Nudges>());
        services.AddHostedService(p => p.GetRequiredService<Nudges>());
        services.AddSingleton<IMessageChannel, TranscriptChannel>();
        services.AddSingleton<ISmsEvents, EventGridSmsEvents>();
        services.AddCommunicationSms(
            configuration.Read<CommunicationOptions>(HostSettings.Sms) with { From = app.SmsNumber });
        services.AddSecondOpinion(configuration.Read<SecondOpinionOptions>(HostSettings.SecondOpinion));
        services.AddCustomerComm();
        AddSite(services, configuration, app, secrets);
        AddBot(services);
        AddTelemetry(services, configuration);
    }

    private static CompanyFiles FilesOf(IServiceProvider services) => services.GetRequiredService<CompanyFiles>();

    /// <summary>
    /// Traces and metrics go to Azure Monitor where the standard variable says to which resource: every trace, as a
    /// complaint is to be followed from its intake to each message, unless OTEL_TRACES_SAMPLER says which.
    /// </summary>
    private static void AddTelemetry(IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"]))
            return;
        // The exporter goes last, so that what it is given is cleaned of addresses, which hold residents' links.
        services.AddOpenTelemetry().AddCustomerCommTelemetry().UseFunctionsWorkerDefaults().UseAzureMonitorExporter(o =>
        {
            // The exporter's own default is five traces a second.
            if (string.IsNullOrEmpty(configuration["OTEL_TRACES_SAMPLER"]))
                (o.SamplingRatio, o.TracesPerSecond) = (1, null);
        });
    }

    private static void AddSite(
        IServiceCollection services, IConfiguration configuration, AppOptions app, MasterKey secrets)
    {
        var line = DirectLineService.From(configuration, new Uri(app.PublicUrl));
        services.AddCustomerCommWeb(configuration.Read<WebOptions>(HostSettings.Section) with
        {
            BehindProxy = true,
            DirectLine = line.IsSet ? line.Domain : null,
            DirectLineToken = line.IsSet ? "/" + DirectLineFunction.Route : new WebOptions().DirectLineToken,
        });
        services.AddSingleton(line);
        services.AddHttpClient<DirectLineFunction>();
        services.AddDerivedProtection(secrets);
        services.AddSingleton<Site>();
        services.Configure<KestrelServerOptions>(k =>
        {
            k.Limits.MaxRequestBodySize = LongestBody;
            k.AddServerHeader = false;
        });
    }
}
