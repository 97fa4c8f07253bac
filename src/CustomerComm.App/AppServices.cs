using CustomerComm.App.Calls;
using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Enquiries;
using CustomerComm.App.Jobs;
using CustomerComm.App.Ledger;
using CustomerComm.App.Matters;
using CustomerComm.App.Meetings;
using CustomerComm.App.Messages;
using CustomerComm.App.Notices;
using CustomerComm.App.Orders;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.App.Revisits;
using CustomerComm.App.SignIns;
using CustomerComm.App.Storage;
using CustomerComm.App.Surveys;
using CustomerComm.App.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App;

/// <summary>Registers what both hosts share.</summary>
public static class AppServices
{
    /// <summary>
    /// Adds the use cases. The host adds the store (<see cref="IEventStore"/>, <see cref="ITables"/>,
    /// <see cref="IPersonKeys"/>, <see cref="IAnchorStore"/>), <see cref="ISecrets"/>, <see cref="INudge"/>, the company file, the policy file and
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
        services.AddSingleton<Numbering>();
        services.AddAnalysis();
        services.AddSingleton<Waiting>();
        services.AddSingleton<Intake>();
        services.AddSingleton<ConversationStreams>();
        services.AddSingleton<ConversationRunner>();
        services.AddSingleton<StaffReplies>();
        services.AddSingleton<SmsInbox>();
        services.AddSingleton<SmsReports>();
        services.AddSingleton<SmsEventIntake>();
        services.AddSingleton<ReportReader>();
        services.AddSingleton<OutboxWatch>();
        services.AddSingleton<Gauges>();
        services.AddSingleton<Delivery>();
        services.AddSingleton<Advance>();
        services.AddSingleton<MatterComposer>();
        services.AddSingleton<MatterParts>();
        services.AddSingleton<StreamKinds>();
        services.AddSingleton<IStreamKind, ConversationStreamKind>();
        services.AddSingleton<Pump>();
        services.AddSingleton<Sweeper>();
        services.AddSingleton<NumberAudit>();
        services.AddSingleton<OpenAudit>();
        services.AddSingleton<LedgerVerifier>();
        services.AddSingleton<LedgerAnchoring>();
        services.AddSingleton<JobList>();
        services.AddSingleton(p => p.GetRequiredService<JobList>().All);
        services.AddSingleton<JobRunner>();
        services.AddOrders();
        services.AddRevisits();
        services.AddMatter<ComplaintKind>();
        services.AddMatter<SignInKind>();
        services.AddSurveys();
        services.AddRegisters();
        services.AddCalls();
        services.AddNotices();
        services.AddEnquiries();
        services.AddMeetings();
        return services;
    }

    /// <summary>Adds a kind of matter: as itself, for the pump, and for the work lists.</summary>
    internal static void AddMatter<TService>(this IServiceCollection services)
        where TService : class, IMatterKind
    {
        services.AddSingleton<TService>();
        services.AddSingleton<IStreamKind>(p => p.GetRequiredService<TService>());
        services.AddSingleton<IMatterKind>(p => p.GetRequiredService<TService>());
    }
}
