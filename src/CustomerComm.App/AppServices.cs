using CustomerComm.App.Calls;
using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Enquiries;
using CustomerComm.App.Imports;
using CustomerComm.App.Jobs;
using CustomerComm.App.Ledger;
using CustomerComm.App.Matters;
using CustomerComm.App.Measures;
using CustomerComm.App.Meetings;
using CustomerComm.App.Messages;
using CustomerComm.App.Notices;
using CustomerComm.App.Orders;
using CustomerComm.App.Outside;
using CustomerComm.App.Ports;
using CustomerComm.App.Privacy;
using CustomerComm.App.Pumping;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.App.Reviews;
using CustomerComm.App.Revisits;
using CustomerComm.App.SignIns;
using CustomerComm.App.Storage;
using CustomerComm.App.Surveys;
using CustomerComm.App.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
        services.AddSingleton<CalendarWatch>();
        services.AddSingleton<PostWatch>();
        services.AddSingleton(p => Classifier.WithModel(p.GetRequiredService<AppOptions>().ClassifierModel));
        services.AddSingleton<SealedJson>();
        services.AddSingleton<Pseudonyms>();
        services.AddSingleton<Links>();
        services.AddSingleton<LinksInMemory>();
        services.AddSingleton<LinkMaker>();
        services.AddSingleton<Numbering>();
        services.AddSingleton<Waiting>();
        services.AddSingleton<Intake>();
        services.AddSingleton<DangerHeard>();
        services.AddSingleton<Repetitions>();
        services.AddSingleton(p => new SecondOpinionQueue(p.GetService<ISecondClassifier>() is not null));
        services.AddSingleton<SecondOpinions>();
        services.AddHostedService(p => p.GetRequiredService<SecondOpinions>());
        services.AddSingleton<ImportReader>();
        services.AddSingleton<ConversationStreams>();
        services.AddSingleton<ConversationRunner>();
        services.AddSingleton<StaffReplies>();
        services.AddSingleton<MachineTalk>();
        services.AddSingleton<IStaffWork, ComplaintStaffWork>();
        services.AddSingleton<IStaffWork, OrderStaffWork>();
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
        services.AddSingleton<Erasure>();
        services.AddSingleton<LedgerKnowledge>();
        services.AddSingleton<LedgerVerifier>();
        services.AddSingleton<LedgerAnchoring>();
        services.AddSingleton<Witnessing>();
        services.AddSingleton<RootsReader>();
        services.AddSingleton<EvidenceMaker>();
        services.AddSingleton<JobList>();
        services.AddSingleton(p => p.GetRequiredService<JobList>().All);
        services.AddSingleton<JobRunner>();
        AddKinds(services);
        return services;
    }

    /// <summary>
    /// Adds the witness that is told by webhook, where the settings name one. Throws <see cref="InvalidDataException"/>
    /// naming a wrong setting.
    /// </summary>
    public static IServiceCollection AddWebhookWitness(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Read<WitnessOptions>(HostSettings.Witness).Checked(HostSettings.Witness);
        return options.Webhook is { } address
            ? services.AddSingleton<IWitness>(
                _ => new WebhookWitness(new HttpClient { Timeout = TimeSpan.FromSeconds(20) }, address))
            : services;
    }

    private static void AddKinds(IServiceCollection services)
    {
        services.AddMatter<MeasureKind>();
        services.AddMatter<OutsideKind>();
        services.AddSingleton<OutsideIntake>();
        services.AddMatter<ComplaintKind>();
        services.AddMatter<SignInKind>();
        services.AddMatter<OrderKind>();
        services.AddSingleton<OrderIntake>();
        services.AddSingleton<RepairTalk>();
        services.AddSingleton<OrderReader>();
        services.AddSingleton<IIncomingHandler, OrderReplies>();
        services.AddMatter<RevisitKind>();
        services.AddSingleton<RevisitReader>();
        services.AddSingleton<RevisitPlanning>();
        services.AddMatter<RegisterKind>();
        services.AddSingleton<RegisterFeed>();
        services.AddSingleton<RegisterIntake>();
        services.AddSingleton<RegisterComplaints>();
        services.AddSingleton<RegisterReader>();
        services.AddSingleton<SetAside>();
        services.AddSingleton<DutyBoard>();
        services.AddSingleton<DutyBoardKeeper>();
        services.AddSingleton<CallFigures>();
        services.AddMatter<CallKind>();
        services.AddMatter<RosterKind>();
        services.AddMatter<NoticeKind>();
        services.AddMatter<NoticePostKind>();
        services.AddMatter<NoticeSubscriptionKind>();
        services.AddSingleton<NoticeSpreader>();
        services.AddSingleton<NoticeReader>();
        services.AddSingleton<IIncomingHandler, NoticeQuestions>();
        services.AddMatter<MeetingKind>();
        AddPrivacy(services);
        services.TryAddSingleton(CatalogueFile.Empty);
        services.AddSingleton<ServiceCatalogue>();
        AddSurveys(services);
        AddAnalysis(services);
    }

    private static void AddPrivacy(IServiceCollection services)
    {
        services.AddMatter<DataRequestKind>();
        services.AddSingleton<PersonFinder>();
        services.AddSingleton<DataRequests>();
        services.AddSingleton<PersonFileMaker>();
        services.AddSingleton<AccessLog>();
        services.AddHostedService(p => p.GetRequiredService<AccessLog>());
        services.AddSingleton<Erasures>();
    }

    private static void AddSurveys(IServiceCollection services)
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
    }

    private static void AddAnalysis(IServiceCollection services)
    {
        services.AddSingleton<ConformityReader>();
        services.AddSingleton<TrendReader>();
        services.AddSingleton<IOpinionSource, ComplaintOpinions>();
        services.AddSingleton<IOpinionSource, RegisterOpinions>();
        services.AddMatter<ReviewKind>();
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
