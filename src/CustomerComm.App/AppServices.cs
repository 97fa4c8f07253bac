using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Ledger;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Reports;
using CustomerComm.App.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App;

/// <summary>Registers what both hosts share.</summary>
public static class AppServices
{
    /// <summary>
    /// Adds the use cases. The host adds the store (<see cref="IEventStore"/>, <see cref="ITables"/>,
    /// <see cref="IPersonKeys"/>), <see cref="ISecrets"/>, <see cref="INudge"/>, the company file, the policy file and
    /// the ways out (<see cref="IMessageChannel"/>).
    /// </summary>
    public static IServiceCollection AddCustomerComm(this IServiceCollection services)
    {
        services.AddSingleton(p => p.GetRequiredService<CompanyFile>().ToDirectory());
        services.AddSingleton(p => new Phones(p.GetRequiredService<CompanyFile>().Region));
        services.AddSingleton<RulesBook>();
        services.AddSingleton<Classifier>();
        services.AddSingleton<SealedJson>();
        services.AddSingleton<Pseudonyms>();
        services.AddSingleton<Links>();
        services.AddSingleton<Composer>();
        services.AddSingleton<Numbering>();
        services.AddSingleton<CaseStreams>();
        services.AddSingleton<CaseService>();
        services.AddSingleton<Waiting>();
        services.AddSingleton<Intake>();
        services.AddSingleton<ConversationStreams>();
        services.AddSingleton<ConversationRunner>();
        services.AddSingleton<StaffReplies>();
        services.AddSingleton<SmsInbox>();
        services.AddSingleton<SmsReports>();
        services.AddSingleton<SmsEventIntake>();
        services.AddSingleton<Projection>();
        services.AddSingleton<ReportReader>();
        services.AddSingleton<Delivery>();
        services.AddSingleton<Pump>();
        services.AddSingleton<Sweeper>();
        services.AddSingleton<NumberAudit>();
        services.AddSingleton<LedgerVerifier>();
        services.AddSingleton<LedgerAnchoring>();
        // Where anchors are published is the host's choice, and only that job asks for it.
        services.AddSingleton(p => new Lazy<LedgerAnchoring>(p.GetRequiredService<LedgerAnchoring>));
        services.AddSingleton<Jobs.Jobs>();
        return services;
    }
}
