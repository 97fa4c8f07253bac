using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Areas.Notices;

/// <summary>Registers the pages of notices.</summary>
internal static class NoticePagesServices
{
    public static IServiceCollection AddNoticePages(this IServiceCollection services)
    {
        services.AddSingleton<IDeskArea, NoticeArea>();
        services.AddSingleton<NoticeView>();
        return services;
    }
}
