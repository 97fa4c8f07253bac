using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using CustomerComm.Domain.SignIns;
using CustomerComm.Web.Api;
using CustomerComm.Web.Areas.Calls;
using CustomerComm.Web.Areas.Complaints;
using CustomerComm.Web.Areas.Enquiries;
using CustomerComm.Web.Areas.Ledger;
using CustomerComm.Web.Areas.Measures;
using CustomerComm.Web.Areas.Meetings;
using CustomerComm.Web.Areas.Notices;
using CustomerComm.Web.Areas.Orders;
using CustomerComm.Web.Areas.Outside;
using CustomerComm.Web.Areas.Privacy;
using CustomerComm.Web.Areas.Registers;
using CustomerComm.Web.Areas.Reviews;
using CustomerComm.Web.Areas.Revisits;
using CustomerComm.Web.Areas.Surveys;
using CustomerComm.Web.Chat;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using CustomerComm.Web.Open311;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web;

/// <summary>The web site: HTTP interface, pages, chat and SMS endpoints; the same in both hosts.</summary>
public static class CustomerCommWeb
{
    /// <summary>Version of the product, as the interface's description names it.</summary>
    private static string Version { get; } =
        typeof(CustomerCommWeb).Assembly.GetName().Version is { } v ? $"{v.Major}.{v.Minor}.{v.Build}" : "0";

    /// <summary>Adds the services of the web site.</summary>
    public static IServiceCollection AddCustomerCommWeb(this IServiceCollection services, WebOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<DirectLineTokens>();
        services.AddSingleton<StaffSessions>();
        services.AddSingleton<WorkList>();
        services.AddRazorComponents();
        // Chinese stays Chinese in the pages: a third of the size of numeric entities.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "cc-form";
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddPages();
        services.AddSingleton<DeskParts>();
        services.AddSingleton<EntryActs>();
        services.AddSingleton<IDeskArea, RegistersArea>();
        services.AddSingleton<IDeskArea, SetAsideArea>();
        services.AddSingleton<IDeskArea, CallsArea>();
        services.AddSingleton<IDeskArea, RosterArea>();
        services.AddSingleton<IDeskArea, ComplaintArea>();
        services.AddSingleton<ISignKind, ComplaintSigning>();
        services.AddSingleton<ISignKind, RepresentativeSigning>();
        services.AddSingleton<IDeskArea, OrdersArea>();
        services.AddSingleton<OrderLists>();
        services.AddSingleton<OrderStatusPages>();
        services.AddSingleton<ISignKind, OrderSigning>();
        services.AddSingleton<IDeskArea, RevisitsArea>();
        services.AddSingleton<ISignKind, RevisitSigning>();
        services.AddSingleton<IDeskArea, NoticeArea>();
        services.AddSingleton<IDeskArea, ReviewArea>();
        services.AddSingleton<OpinionArea>();
        services.AddSingleton<RelatedArea>();
        services.AddSingleton<IDeskArea, SurveyArea>();
        services.AddSingleton<QuestionnaireArea>();
        services.AddSingleton<SurveyPaper>();
        services.AddSingleton<SurveyResultsPages>();
        services.AddSingleton<HomePages>();
        services.AddSingleton<ConformityPages>();
        services.AddSingleton<TrendPages>();
        services.AddSingleton<GeoReport>();
        services.AddSingleton<GeoIntake>();
        services.AddSingleton<IDeskArea, MeetingArea>();
        services.AddSingleton<IDeskArea, MeasureArea>();
        services.AddSingleton<IDeskArea, OutsideArea>();
        services.AddSingleton<IDeskArea, DataRequestArea>();
        services.AddSingleton<PersonPages>();
        services.AddProblemDetails(Problems.Configure);
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(o =>
        {
            o.Cookie.Name = "cc-staff";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.HttpOnly = true;
            o.ExpireTimeSpan = SignInMatter.Day;
            o.SlidingExpiration = false;
            o.Events.OnValidatePrincipal = StaffSessions.ValidateAsync;
            o.LoginPath = "/desk/sign-in";
            o.ReturnUrlParameter = "back";
        });
        services.AddAuthorization();
        services.AddRateLimiter(AskerLimits.Configure);
        services.ConfigureHttpJsonOptions(o => Configure(o.SerializerOptions));
        services.AddOpenApi("v1", o => o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Version = Version;
            return Task.CompletedTask;
        }));
        return services;
    }

    /// <summary>Adds the middleware, in order.</summary>
    public static void UseCustomerCommWeb(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<WebOptions>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(SecurityHeaders.Add(options));
        app.Use(RequestShape.Take(options));
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    /// <summary>
    /// Maps all endpoints but the simulator's. <paramref name="staticAssets"/> names the manifest of the pages' files
    /// beside the program, where it is not the one of the running application.
    /// </summary>
    public static void MapCustomerComm(this IEndpointRouteBuilder app, string? staticAssets = null)
    {
        app.MapStaticAssets(staticAssets);
        app.MapOpenApi();
        app.MapHealth();
        app.MapComplaints();
        app.MapReports();
        app.MapConduct();
        app.MapOpen311();
        app.MapOrders();
        app.MapOutside();
        app.MapSms();
        app.MapCalls();
        app.MapDirectLine();
        app.MapPages();
        app.MapSurveyReports();
        app.MapNoticeBoard();
        app.MapRoots();
        app.MapEvidence();
        app.MapMinutes();
        app.MapServiceCatalogue();
        app.MapDesk();
    }

    private static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.Converters.Add(new JsonStringEnumConverter());
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}
