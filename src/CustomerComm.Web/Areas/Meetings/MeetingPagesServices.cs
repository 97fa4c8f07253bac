using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Areas.Meetings;

/// <summary>Registers the pages of meetings.</summary>
internal static class MeetingPagesServices
{
    public static IServiceCollection AddMeetingPages(this IServiceCollection services)
    {
        services.AddSingleton<IDeskArea, MeetingArea>();
        services.AddSingleton<MeetingView>();
        return services;
    }
}
