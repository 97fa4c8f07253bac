using CustomerComm.App.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Notices;

/// <summary>Registers notices.</summary>
internal static class NoticesServices
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddMatterKind<NoticeKind>();
        services.AddMatterKind<NoticePostKind>();
        services.AddMatterKind<NoticeSubscriptionKind>();
        services.AddSingleton<NoticeSpreader>();
        services.AddSingleton<NoticeReader>();
        services.AddSingleton<IIncomingHandler, NoticeQuestions>();
        return services;
    }
}
