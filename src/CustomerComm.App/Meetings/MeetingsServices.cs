using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Meetings;

/// <summary>Registers meetings.</summary>
internal static class MeetingsServices
{
    public static IServiceCollection AddMeetings(this IServiceCollection services)
    {
        services.AddMatter<MeetingKind>();
        return services;
    }
}
