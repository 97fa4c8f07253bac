using CustomerComm.App.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Surveys;

/// <summary>Registers the annual survey (4.5.6).</summary>
internal static class SurveyServices
{
    public static IServiceCollection AddSurveys(this IServiceCollection services)
    {
        services.AddSingleton<SurveyHomes>();
        services.AddSingleton<SurveyPasses>();
        services.AddSingleton<SurveyCounting>();
        services.AddSingleton<SurveyAnnouncement>();
        services.AddSingleton<SurveyAnswers>();
        services.AddSingleton<SurveyReportReader>();
        services.AddMatter<SurveyKind>();
        services.AddMatter<HomeAnswerKind>();
        services.AddSingleton<IIncomingHandler, SurveyIncoming>();
        return services;
    }
}
