using CustomerComm.App.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Meetings;

/// <summary>Registers meetings.</summary>
internal static class MeetingsServices
{
    public static IServiceCollection AddMeetings(this IServiceCollection services)
    {
        services.AddMatterKind<MeetingKind>();
        services.AddSingleton<IJob, CommitteeMeetingsJob>();
        return services;
    }
}
