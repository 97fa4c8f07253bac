using CustomerComm.App.Conversations;
using CustomerComm.App.Ports;
using CustomerComm.Functions.Bot;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Functions;

/// <summary>The Bot Framework's part of the host.</summary>
public static partial class FunctionsHost
{
    private static void AddBot(IServiceCollection services)
    {
        services.AddSingleton<BotFrameworkAuthentication, ConfigurationBotFrameworkAuthentication>();
        services.AddSingleton<ResidentAdapter>();
        services.AddSingleton<BotAdapter>(p => p.GetRequiredService<ResidentAdapter>());
        services.AddSingleton<IBotFrameworkHttpAdapter>(p => p.GetRequiredService<ResidentAdapter>());
        services.AddTransient<IBot, ResidentBot>();
        services.Remove(services.Single(d => d.ImplementationType == typeof(TranscriptChannel)));
        services.AddSingleton<TranscriptChannel>();
        services.AddSingleton<IMessageChannel, BotChannel>();
    }
}
