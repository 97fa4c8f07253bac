using CustomerComm.App.Conversations;
using CustomerComm.App.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerComm.App.Surveys;

/// <summary>Registers the annual survey (4.5.6).</summary>
internal static class SurveyServices
{
    public static IServiceCollection AddSurveys(this IServiceCollection services)
    {
        services.TryAddSingleton(new SurveyOptions());
        services.AddSingleton<SurveyHomes>();
        services.AddSingleton<SurveyPasses>();
        services.AddSingleton<SurveyCounting>();
        services.AddSingleton<SurveyAnnouncement>();
        services.AddSingleton<SurveyAnswers>();
        services.AddSingleton<SurveyReportReader>();
        services.AddMatter<SurveyKind>();
        services.AddMatter<HomeAnswerKind>();
        services.AddSingleton<IIncomingHandler, SurveyIncoming>();
        services.AddSingleton<IJob, AnnualSurveyJob>();
        return services;
    }
}
