using CustomerComm.App.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Notices;

/// <summary>Registers notices.</summary>
internal static class NoticesServices
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddMatter<NoticeKind>();
        services.AddMatter<NoticePostKind>();
        services.AddMatter<NoticeSubscriptionKind>();
        services.AddSingleton<NoticeSpreader>();
        services.AddSingleton<NoticeReader>();
        services.AddSingleton<IIncomingHandler, NoticeQuestions>();
        return services;
    }
}
