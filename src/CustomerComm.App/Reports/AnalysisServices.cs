using CustomerComm.App.Complaints;
using CustomerComm.App.Reviews;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Reports;

/// <summary>Registers review, analysis and proof of conduct.</summary>
internal static class AnalysisServices
{
    /// <summary>Adds them.</summary>
    internal static IServiceCollection AddAnalysis(this IServiceCollection services)
    {
        services.AddSingleton<ComplaintKind>();
        services.AddSingleton<ConformityReader>();
        services.AddSingleton<TrendReader>();
        services.AddSingleton<IOpinionSource, CaseOpinions>();
        services.AddMatter<ReviewKind>();
        return services;
    }
}
